/*
 * row_put.c
 *	  Rows into tables without a query.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/table.h"
#include "access/tableam.h"
#include "access/xact.h"
#include "catalog/namespace.h"
#include "catalog/pg_trigger.h"
#include "commands/sequence.h"
#include "commands/trigger.h"
#include "executor/executor.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "storage/lmgr.h"
#include "utils/acl.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

#include "base/row_put.h"

static PutTable *known_tables;

static void
table_invalidated(Datum arg, Oid relation)
{
	for (PutTable *table = known_tables; table != NULL; table = table->next)
		if (relation == InvalidOid || relation == table->table_oid)
			table->is_known = false;
}

static bool
is_given(const PutTable *table, AttrNumber attribute)
{
	for (int column = 0; column < table->column_count; column++)
		if (table->attributes[column] == attribute)
			return true;
	return table->column_count == 0;
}

static bool
has_insert_trigger(const PutTable *table, const TriggerDesc *triggers)
{
	for (int i = 0; triggers != NULL && i < triggers->numtriggers; i++)
		if (TRIGGER_FOR_INSERT(triggers->triggers[i].tgtype) &&
			(table->ruled_out == NULL || strcmp(triggers->triggers[i].tgname, table->ruled_out) != 0))
			return true;
	return false;
}

/* Nothing but columns, constraints and indexes, and a default for no column but those given. */
static bool
is_plain(const PutTable *table, Relation heap)
{
	TupleDesc	desc = RelationGetDescr(heap);

	if (heap->rd_rel->relkind != RELKIND_RELATION || heap->rd_rel->relhasrules || heap->rd_rel->relrowsecurity ||
		has_insert_trigger(table, heap->trigdesc))
		return false;
	for (int i = 0; i < desc->natts; i++)
	{
		Form_pg_attribute column = TupleDescAttr(desc, i);

		if (column->attisdropped || is_given(table, column->attnum))
			continue;
		if ((column->atthasdef && !column->attgenerated) || column->attidentity)
			return false;
	}
	return true;
}

static void
know(PutTable *table)
{
	static bool has_callback;
	Oid			schema = get_namespace_oid("dos", false);
	Relation	heap;

	if (!has_callback)
	{
		CacheRegisterRelcacheCallback(table_invalidated, (Datum) 0);
		has_callback = true;
	}
	if (table->table_oid == InvalidOid)
	{
		table->next = known_tables;
		known_tables = table;
	}
	table->table_oid = get_relname_relid(table->name, schema);
	heap = table_open(table->table_oid, RowExclusiveLock);
	if (table->sequence)
		table->sequence_oid = get_relname_relid(table->sequence, schema);
	for (table->column_count = 0;
		 table->column_count < PUT_COLUMNS_MAX && table->columns[table->column_count] != NULL;
		 table->column_count++)
	{
		AttrNumber	attribute = get_attnum(table->table_oid, table->columns[table->column_count]);

		if (attribute == InvalidAttrNumber)
			elog(ERROR, "table \"%s\" has no column \"%s\"", table->name, table->columns[table->column_count]);
		table->attributes[table->column_count] = attribute;
	}
	table->is_plain = is_plain(table, heap);
	table->is_known = true;
	table_close(heap, NoLock);
}

bool
dos_put_ready(PutTable *table)
{
	if (XactReadOnly || IsInParallelMode())
		return false;
	if (!table->is_known)
		know(table);
	else
	{
		LockRelationOid(table->table_oid, RowExclusiveLock);
		/* taking the lock may have brought news of a change */
		if (!table->is_known)
			know(table);
	}
	return table->is_plain && pg_class_aclcheck(table->table_oid, GetUserId(), ACL_INSERT) == ACLCHECK_OK;
}

int64
dos_put_id(PutTable *table)
{
	return nextval_internal(table->sequence_oid, false);
}

/* The row in the slot's arrays, which are all set. */
static void
insert(EState *estate, Relation heap, TupleTableSlot *slot)
{
	ResultRelInfo *target = makeNode(ResultRelInfo);

	InitResultRelInfo(target, heap, 0, NULL, 0);
	target->ri_TrigDesc = NULL;
	ExecOpenIndices(target, false);
	ExecStoreVirtualTuple(slot);
	ExecSimpleRelationInsert(target, estate, slot);
	ExecCloseIndices(target);
	ExecResetTupleTable(estate->es_tupleTable, false);
	FreeExecutorState(estate);
	table_close(heap, NoLock);
	CommandCounterIncrement();
}

void
dos_put(PutTable *table, const Datum *values, const bool *nulls)
{
	Relation	heap = table_open(table->table_oid, NoLock);
	EState	   *estate = CreateExecutorState();
	TupleTableSlot *slot = ExecInitExtraTupleSlot(estate, RelationGetDescr(heap), &TTSOpsVirtual);

	memset(slot->tts_isnull, true, RelationGetDescr(heap)->natts * sizeof(bool));
	for (int column = 0; column < table->column_count; column++)
	{
		int			place = table->attributes[column] - 1;

		slot->tts_values[place] = values[column];
		slot->tts_isnull[place] = nulls[column];
	}
	insert(estate, heap, slot);
}

void
dos_put_row(PutTable *table, Datum composite)
{
	HeapTupleHeader header = DatumGetHeapTupleHeader(composite);
	HeapTupleData tuple = {.t_len = HeapTupleHeaderGetDatumLength(header), .t_data = header};
	Relation	heap = table_open(table->table_oid, NoLock);
	EState	   *estate = CreateExecutorState();
	TupleTableSlot *slot = ExecInitExtraTupleSlot(estate, RelationGetDescr(heap), &TTSOpsVirtual);

	if (HeapTupleHeaderGetTypeId(header) != RelationGetDescr(heap)->tdtypeid)
		elog(ERROR, "not a row of table \"%s\"", table->name);
	heap_deform_tuple(&tuple, RelationGetDescr(heap), slot->tts_values, slot->tts_isnull);
	insert(estate, heap, slot);
}
