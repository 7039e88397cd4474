/*
 * sql_call.h
 *	  SQL functions of this extension called from C: the steps of a verb that few commands need, written in SQL.
 */
#ifndef DOS_SQL_CALL_H
#define DOS_SQL_CALL_H

#include "postgres.h"

/* Values in a row for a call: `SqlArguments a = {0}; dos_argument(&a, value, isnull);` */
#define SQL_ARGUMENTS_MAX	20

typedef struct SqlArguments
{
	int			count;
	NullableDatum values[SQL_ARGUMENTS_MAX];
} SqlArguments;

extern void dos_argument(SqlArguments *arguments, Datum value, bool isnull);

/* A text, NULL for a NULL pointer. */
extern void dos_argument_text(SqlArguments *arguments, const char *value);

/*
 * Call the function of schema dos_internal with this name (there is one) and all its arguments. A strict function is not
 * called with a NULL among them. The result is in the current memory context.
 */
extern Datum dos_call(const char *function, const SqlArguments *arguments, bool *isnull);

/* The same of a function that refuses or returns nothing of interest. */
extern void dos_call_void(const char *function, const SqlArguments *arguments);

#endif
