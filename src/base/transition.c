/*
 * transition.c
 *	  See transition.h.
 */
#include "postgres.h"

#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

#include "base/transition.h"

Datum
dos_transition_rows(FunctionCallInfo fcinfo, const Transition *table, size_t count)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	for (size_t i = 0; i < count; i++)
	{
		Datum		values[4] = {CStringGetTextDatum(table[i].from), CStringGetTextDatum(table[i].to),
		CStringGetTextDatum(table[i].by), CStringGetTextDatum(table[i].what)};
		bool		nulls[4] = {false};

		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}
