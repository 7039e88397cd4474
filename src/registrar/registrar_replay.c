/*
 * registrar_replay.c
 *	  The answer to a command as it is kept for its repetition: what a client would read of each column.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/typcache.h"

PG_FUNCTION_INFO_V1(dos_sql_record_texts);

/* record -> text[], NULL where the column is */
Datum
dos_sql_record_texts(PG_FUNCTION_ARGS)
{
	HeapTupleHeader row = PG_GETARG_HEAPTUPLEHEADER(0);
	TupleDesc	shape = lookup_rowtype_tupdesc(HeapTupleHeaderGetTypeId(row), HeapTupleHeaderGetTypMod(row));
	HeapTupleData tuple = {.t_len = HeapTupleHeaderGetDatumLength(row), .t_data = row};
	Datum	   *values = palloc(sizeof(Datum) * shape->natts);
	bool	   *nulls = palloc(sizeof(bool) * shape->natts);
	int			dimensions[1] = {shape->natts};
	int			lower_bounds[1] = {1};

	heap_deform_tuple(&tuple, shape, values, nulls);
	for (int i = 0; i < shape->natts; i++)
	{
		Oid			output;
		bool		varlena;

		if (nulls[i])
			continue;
		getTypeOutputInfo(TupleDescAttr(shape, i)->atttypid, &output, &varlena);
		values[i] = CStringGetTextDatum(OidOutputFunctionCall(output, values[i]));
	}
	ReleaseTupleDesc(shape);
	PG_RETURN_ARRAYTYPE_P(construct_md_array(values, nulls, 1, dimensions, lower_bounds, TEXTOID, -1, false, TYPALIGN_INT));
}
