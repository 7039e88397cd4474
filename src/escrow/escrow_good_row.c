/*
 * escrow_good_row.c
 *	  A row of an import unpacked. See escrow_good.h.
 */
#include "escrow/escrow_good.h"

#include "catalog/pg_type.h"
#include "executor/executor.h"
#include "utils/builtins.h"
#include "utils/typcache.h"

#include "lifecycle/lifecycle_rules.h"

void
dos_escrow_good_take(HeapTupleHeader tuple, int fields, GoodRow *row)
{
	TupleDesc	desc = lookup_rowtype_tupdesc(HeapTupleHeaderGetTypeId(tuple), HeapTupleHeaderGetTypMod(tuple));
	HeapTupleData data = {.t_len = HeapTupleHeaderGetDatumLength(tuple), .t_data = tuple};

	if (desc->natts != GOOD_BEFORE + fields)
		elog(ERROR, "a row of an import has %d columns, not %d", desc->natts, GOOD_BEFORE + fields);
	heap_deform_tuple(&data, desc, row->values, row->nulls);
	ReleaseTupleDesc(desc);
}

bool
dos_escrow_good_statuses(const GoodRow *row, int field, uint32 allowed, int least)
{
	Datum	   *names;
	bool	   *nulls;
	int			count;

	if (good_items(row, field) < least)
		return false;
	deconstruct_array(DatumGetArrayTypeP(good_value(row, field)), TEXTOID, -1, false, TYPALIGN_INT, &names, &nulls, &count);
	for (int i = 0; i < count; i++)
	{
		LifecycleStatus status = nulls[i] ? EPP_STATUS_COUNT : dos_lifecycle_status_find(TextDatumGetCString(names[i]));

		if (status == EPP_STATUS_COUNT || !(allowed & EPP_STATUS_BIT(status)))
			return false;
	}
	return true;
}
