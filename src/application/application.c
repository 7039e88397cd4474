/*
 * application.c
 *	  SQL faces of the rules of launch applications.
 */
#include "postgres.h"

#include "fmgr.h"
#include "funcapi.h"
#include "utils/builtins.h"

#include "application/application_rules.h"
#include "base/transition.h"

PG_FUNCTION_INFO_V1(dos_sql_application_next);
PG_FUNCTION_INFO_V1(dos_sql_application_transitions);

/* (status, act) -> status, or NULL */
Datum
dos_sql_application_next(PG_FUNCTION_ARGS)
{
	const char *next = dos_application_next(text_to_cstring(PG_GETARG_TEXT_PP(0)), text_to_cstring(PG_GETARG_TEXT_PP(1)));

	if (next == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(next));
}

Datum
dos_sql_application_transitions(PG_FUNCTION_ARGS)
{
	const Transition *table;
	size_t		count = dos_application_transitions(&table);

	return dos_transition_rows(fcinfo, table, count);
}
