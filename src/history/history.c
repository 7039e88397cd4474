/*
 * history.c
 *	  The trigger that keeps the version of an object that a change or a delete ends.
 *
 * Only the past is written: a new object has no past, so a create pays nothing. The row's own `act` says who
 * made the present version; the trigger puts the new one there.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "commands/trigger.h"
#include "executor/executor.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "utils/datum.h"
#include "utils/rel.h"

#include "history/act.h"
#include "history/history.h"

PG_FUNCTION_INFO_V1(dos_sql_history_keep);

/* Columns that are no part of an object: who made the version, and the worker's diary. */
static bool
is_ignored(const char *column)
{
	return strcmp(column, "act") == 0 || strcmp(column, "next_event_at") == 0;
}

static bool
differs(TupleDesc desc, HeapTuple old, HeapTuple new)
{
	Datum	   *values[2];
	bool	   *nulls[2];

	for (int i = 0; i < 2; i++)
	{
		values[i] = palloc(desc->natts * sizeof(Datum));
		nulls[i] = palloc(desc->natts * sizeof(bool));
		heap_deform_tuple(i == 0 ? old : new, desc, values[i], nulls[i]);
	}
	for (int i = 0; i < desc->natts; i++)
	{
		Form_pg_attribute column = TupleDescAttr(desc, i);

		if (column->attisdropped || is_ignored(NameStr(column->attname)))
			continue;
		if (nulls[0][i] != nulls[1][i] ||
			(!nulls[0][i] && !datumIsEqual(values[0][i], values[1][i], column->attbyval, column->attlen)))
			return true;
	}
	return false;
}

static int32
version_of(HeapTuple row, TupleDesc desc, int act_number)
{
	bool		isnull;
	Datum		act = heap_getattr(row, act_number, desc, &isnull);
	Datum		version;

	if (isnull)
		return 1;
	version = GetAttributeByName(DatumGetHeapTupleHeader(act), "version", &isnull);
	return isnull ? 1 : DatumGetInt32(version);
}

/* dos_internal.history_keep(kind, name column): BEFORE UPDATE OR DELETE, for each row */
Datum
dos_sql_history_keep(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = (TriggerData *) fcinfo->context;
	Relation	table = trigger->tg_relation;
	TupleDesc	desc = RelationGetDescr(table);
	HeapTuple	old = trigger->tg_trigtuple;
	bool		is_update = TRIGGER_FIRED_BY_UPDATE(trigger->tg_event);
	HeapTuple	new = is_update ? trigger->tg_newtuple : old;
	int			act_number;
	Datum		act;
	bool		notnull = false;

	if (is_update && !differs(desc, old, new))
		return PointerGetDatum(new);
	act_number = SPI_fnumber(desc, "act");
	if (act_number <= 0)
		elog(ERROR, "table \"%s\" has no column \"act\"", RelationGetRelationName(table));
	act = dos_act_datum(version_of(old, desc, act_number) + 1);
	dos_history_put(table, trigger->tg_trigger->tgargs[0], trigger->tg_trigger->tgargs[1], old, act);
	if (is_update)
		new = heap_modify_tuple_by_cols(new, desc, 1, &act_number, &act, &notnull);
	return PointerGetDatum(new);
}
