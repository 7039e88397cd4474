/*
 * row_change.c
 *	  A new version of a row without a query, as logical replication applies one: constraints, indexes and row triggers are in force.
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/relscan.h"
#include "access/skey.h"
#include "access/sysattr.h"
#include "access/table.h"
#include "access/tableam.h"
#include "access/xact.h"
#include "catalog/namespace.h"
#include "commands/trigger.h"
#include "executor/executor.h"
#include "nodes/makefuncs.h"
#include "parser/parse_relation.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

#include "base/pg_version.h"
#include "base/row_put.h"

/* The version in force, which this transaction holds. */
static void
find(Relation heap, const char *key_index, Datum key, TupleTableSlot *slot)
{
	Relation	index = index_open(get_relname_relid(key_index, get_namespace_oid("dos", false)), AccessShareLock);
	ScanKeyData scan_key;
	IndexScanDesc scan;

	ScanKeyInit(&scan_key, 1, BTEqualStrategyNumber, F_INT8EQ, key);
	scan = INDEX_SCAN(heap, index, GetActiveSnapshot(), 1);
	index_rescan(scan, &scan_key, 1, NULL, 0);
	if (!index_getnext_slot(scan, ForwardScanDirection, slot))
		elog(ERROR, "the row to be changed in table \"%s\" is not there", RelationGetRelationName(heap));
	ExecMaterializeSlot(slot);
	index_endscan(scan);
	index_close(index, NoLock);
}

/* The old row with these columns of the new one, into `new`; which they are, as triggers ask for them. */
static Bitmapset *
merge(TupleDesc desc, TupleTableSlot *old, HeapTuple row, TupleTableSlot *new, int count, char *const *columns)
{
	Bitmapset  *changed = NULL;

	slot_getallattrs(old);
	memcpy(new->tts_values, old->tts_values, desc->natts * sizeof(Datum));
	memcpy(new->tts_isnull, old->tts_isnull, desc->natts * sizeof(bool));
	for (int i = 0; i < count; i++)
	{
		int			place = 0;

		while (place < desc->natts && (TupleDescAttr(desc, place)->attisdropped || namestrcmp(&TupleDescAttr(desc, place)->attname, columns[i]) != 0))
			place++;
		if (place == desc->natts)
			elog(ERROR, "the table has no column \"%s\"", columns[i]);
		new->tts_values[place] = heap_getattr(row, place + 1, desc, &new->tts_isnull[place]);
		changed = bms_add_member(changed, place + 1 - FirstLowInvalidHeapAttributeNumber);
	}
	ExecStoreVirtualTuple(new);
	return changed;
}

/* An executor whose only table is this one. */
static EState *
executor_for(Relation heap, Bitmapset *changed)
{
	EState	   *estate = CreateExecutorState();
	RangeTblEntry *entry = makeNode(RangeTblEntry);

	entry->rtekind = RTE_RELATION;
	entry->relid = RelationGetRelid(heap);
	entry->relkind = heap->rd_rel->relkind;
	entry->rellockmode = AccessShareLock;
	RANGE_TABLE_UPDATE(estate, entry, changed);
	estate->es_snapshot = GetActiveSnapshot();
	estate->es_output_cid = GetCurrentCommandId(true);
	return estate;
}

void
dos_change(PutTable *table, const char *key_index, Datum key, Datum row, int count, char *const *columns)
{
	Relation	heap = table_open(table->table_oid, NoLock);
	TupleDesc	desc = RelationGetDescr(heap);
	HeapTupleHeader header = DatumGetHeapTupleHeader(row);
	HeapTupleData tuple = {.t_len = HeapTupleHeaderGetDatumLength(header), .t_data = header};
	TupleTableSlot *old = table_slot_create(heap, NULL);
	TupleTableSlot *new = MakeSingleTupleTableSlot(desc, &TTSOpsVirtual);
	EState	   *estate;
	EPQState	check;
	ResultRelInfo *target;

	if (HeapTupleHeaderGetTypeId(header) != desc->tdtypeid)
		elog(ERROR, "not a row of table \"%s\"", table->name);
	PushActiveSnapshot(GetTransactionSnapshot());
	find(heap, key_index, key, old);
	estate = executor_for(heap, merge(desc, old, &tuple, new, count, columns));
	AfterTriggerBeginQuery();
	target = dos_put_target(table, heap, 1);
	estate->es_opened_result_relations = lappend(estate->es_opened_result_relations, target);
	RECHECK_INIT(&check, estate);
	ExecSimpleRelationUpdate(target, estate, &check, old, new);
	AfterTriggerEndQuery(estate);
	EvalPlanQualEnd(&check);
	ExecCloseIndices(target);
	ExecResetTupleTable(estate->es_tupleTable, false);
	FreeExecutorState(estate);
	PopActiveSnapshot();
	ExecDropSingleTupleTableSlot(old);
	ExecDropSingleTupleTableSlot(new);
	table_close(heap, NoLock);
	CommandCounterIncrement();
}
