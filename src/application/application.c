/*
 * application.c
 *	  SQL faces of the rules of launch applications.
 */
#include "postgres.h"

#include "fmgr.h"
#include "funcapi.h"
#include "utils/builtins.h"

#include "application/application_rules.h"

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
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	const ApplicationTransition *table;
	size_t		count = dos_application_transitions(&table);

	InitMaterializedSRF(fcinfo, 0);
	for (size_t i = 0; i < count; i++)
	{
		Datum		values[4] = {CStringGetTextDatum(table[i].from), CStringGetTextDatum(table[i].to),
		CStringGetTextDatum(table[i].by), CStringGetTextDatum(table[i].act)};
		bool		nulls[4] = {false};

		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}
