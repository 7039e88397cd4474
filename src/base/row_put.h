/*
 * row_put.h
 *	  A row into a table, without a query: through the executor's own insert (constraints, indexes), but with no
 *	  plan to start. A prepared INSERT of one row costs five times as much.
 */
#ifndef DOS_ROW_PUT_H
#define DOS_ROW_PUT_H

#include "postgres.h"

#include "access/attnum.h"
#include "utils/relcache.h"

#define PUT_COLUMNS_MAX	40

/* A table and the columns given, in this order. Keep it static: names are looked up once and when the table has changed. */
typedef struct PutTable
{
	const char *name;			/* in schema dos */
	const char *sequence;		/* that of its ids, if dos_put_id() is asked for some */
	const char *ruled_out;		/* a trigger that would do nothing for the rows put */
	const char *columns[PUT_COLUMNS_MAX];
	/* private */
	bool		is_known;
	bool		is_plain;
	bool		is_changeable;	/* no rule, row security or statement trigger would see an UPDATE */
	Oid			table_oid;
	Oid			sequence_oid;
	int			column_count;
	AttrNumber	attributes[PUT_COLUMNS_MAX];
	struct PutWork *work;
	struct PutTable *next;
} PutTable;

/*
 * False, and nothing done, when the table asks for more than a plain insert (somebody put a trigger, a rule, row security or
 * a default on it, or the user may not insert): then the caller runs the INSERT, which does that or says why not.
 */
extern bool dos_put_ready(PutTable *table);
extern int64 dos_put_id(PutTable *table);

/* After dos_put_ready(): the row, seen by what comes next in the transaction. */
extern void dos_put(PutTable *table, const Datum *values, const bool *nulls);

/* The same of a row that the trigger ruled out is for: it fires. */
extern void dos_put_firing(PutTable *table, const Datum *values, const bool *nulls);

/* For a partition: false, and nothing done, when the row belongs into another one. */
extern bool dos_put_fitting(PutTable *table, const Datum *values, const bool *nulls);

/*
 * row_change.c: these columns of `row`, a composite of the table's row type, into the row that the transaction holds and that the
 * index of the primary key finds. Row triggers fire as in an UPDATE of these columns. Only after dos_change_ready(): false when
 * somebody has put something on the table that sees statements.
 */
extern bool dos_change_ready(PutTable *table);
extern void dos_change(PutTable *table, const char *key_index, Datum key, Datum row, int count, char *const *columns);

/* For row_change.c: the table as the target of an insert or update, its indexes open. */
struct ResultRelInfo;
extern struct ResultRelInfo *dos_put_target(const PutTable *table, Relation heap, Index place);

/* The table goes by another name from now on. */
extern void dos_put_rename(PutTable *table, const char *name);

/* The same as a composite of the table's row type. */
extern Datum dos_put_datum(PutTable *table, const Datum *values, const bool *nulls);

#endif
