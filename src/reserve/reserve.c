/*
 * reserve.c
 *	  SQL faces of the classes of reserved names.
 */
#include "postgres.h"

#include "fmgr.h"
#include "funcapi.h"
#include "utils/builtins.h"

#include "reserve/reserve_rules.h"

PG_FUNCTION_INFO_V1(dos_sql_reserved_classes);
PG_FUNCTION_INFO_V1(dos_sql_reserved_rank);

Datum
dos_sql_reserved_classes(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	for (const ReservedClass *class = dos_reserved_classes; class->name != NULL; class++)
	{
		Datum		values[6] = {Int32GetDatum(class - dos_reserved_classes), CStringGetTextDatum(class->name),
			CStringGetTextDatum(class->answer), BoolGetDatum(class->token), BoolGetDatum(class->phase), BoolGetDatum(class->on_hold)};
		bool		nulls[6] = {false};

		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}

Datum
dos_sql_reserved_rank(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(dos_reserved_rank(text_to_cstring(PG_GETARG_TEXT_PP(0))));
}
