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
#include "utils/hsearch.h"
#include "utils/memutils.h"
#include "utils/rel.h"

#include "history/act.h"

typedef struct HistoryPlan
{
	Oid			table_oid;
	SPIPlanPtr	plan;
} HistoryPlan;

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
	for (int i = 0; i < desc->natts; i++)
	{
		Form_pg_attribute column = TupleDescAttr(desc, i);
		bool		old_null,
					new_null;
		Datum		old_value,
					new_value;

		if (column->attisdropped || is_ignored(NameStr(column->attname)))
			continue;
		old_value = heap_getattr(old, i + 1, desc, &old_null);
		new_value = heap_getattr(new, i + 1, desc, &new_null);
		if (old_null != new_null || (!old_null && !datumIsEqual(old_value, new_value, column->attbyval, column->attlen)))
			return true;
	}
	return false;
}

/* The insert for one table, prepared once per session. $1 the row, $2 the act that ends it. */
static SPIPlanPtr
insert_plan(Relation table, const char *kind, const char *name_column)
{
	static HTAB *plans = NULL;
	Oid			table_oid = RelationGetRelid(table);
	HistoryPlan *entry;
	bool		found;
	Oid			types[2];
	bool		isnull;

	if (plans == NULL)
	{
		HASHCTL		control = {.keysize = sizeof(Oid), .entrysize = sizeof(HistoryPlan)};

		plans = hash_create("dos history", 8, &control, HASH_ELEM | HASH_BLOBS);
	}
	entry = hash_search(plans, &table_oid, HASH_FIND, &found);
	if (found)
		return entry->plan;
	types[0] = RelationGetDescr(table)->tdtypeid;
	if (SPI_execute("SELECT 'dos.act'::pg_catalog.regtype::pg_catalog.oid", true, 1) != SPI_OK_SELECT || SPI_processed != 1)
		elog(ERROR, "could not find type dos.act");
	types[1] = DatumGetObjectId(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &isnull));
	{
		SPIPlanPtr	plan = SPI_prepare(psprintf(
			"INSERT INTO dos.object_history (kind, object_id, object_name, began_at, ended_at, made, ended, image) "
			"SELECT '%s', ($1).id, ($1).%s, b.at, greatest(b.at, ($2).at), ($1).act, $2, "
			"pg_catalog.jsonb_strip_nulls(pg_catalog.to_jsonb($1)) OPERATOR(pg_catalog.-) '{auth_hash,act}'::pg_catalog.text[] "
			"FROM (SELECT coalesce((($1).act).at, ($1).created_at) AS at) AS b", kind, name_column), 2, types);

		if (plan == NULL || SPI_keepplan(plan) != 0)
			elog(ERROR, "could not prepare the insert into dos.object_history");
		entry = hash_search(plans, &table_oid, HASH_ENTER, &found);
		entry->plan = plan;
	}
	return entry->plan;
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
	Datum		values[2];
	bool		notnull = false;

	if (is_update && !differs(desc, old, new))
		return PointerGetDatum(new);
	SPI_connect();
	act_number = SPI_fnumber(desc, "act");
	if (act_number <= 0)
		elog(ERROR, "table \"%s\" has no column \"act\"", RelationGetRelationName(table));
	values[0] = heap_copy_tuple_as_datum(old, desc);
	values[1] = dos_act_datum(version_of(old, desc, act_number) + 1);
	if (SPI_execute_plan(insert_plan(table, trigger->tg_trigger->tgargs[0], trigger->tg_trigger->tgargs[1]),
						 values, NULL, false, 0) != SPI_OK_INSERT)
		elog(ERROR, "could not write dos.object_history");
	if (is_update)
		new = SPI_copytuple(heap_modify_tuple_by_cols(new, desc, 1, &act_number, &values[1], &notnull));
	SPI_finish();
	return PointerGetDatum(new);
}
