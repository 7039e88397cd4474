/*
 * row_put.c
 *	  Rows into tables without a query.
 *
 * What PostgreSQL makes of a table's CHECK constraints, index expressions and index predicates before it can insert is made
 * once and kept until the table changes: it costs more than the insert.
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "access/tableam.h"
#include "access/xact.h"
#include "catalog/index.h"
#include "catalog/namespace.h"
#include "catalog/pg_trigger.h"
#include "commands/sequence.h"
#include "commands/trigger.h"
#include "executor/executor.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "storage/lmgr.h"
#include "utils/acl.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/partcache.h"
#include "utils/rel.h"

#include "base/pg_version.h"
#include "base/row_put.h"

/* A table's indexes and checks, ready to be used: all of it in one memory context. */
typedef struct PutWork
{
	MemoryContext context;
	int			index_count;
	Oid		   *index_oids;
	IndexInfo **indexes;
	ExprState **checks;			/* as ResultRelInfo keeps them, or NULL */
	ExprState  *partition;		/* what is true of the rows of this partition, or NULL */
} PutWork;

static PutTable *known_tables;

static bool
has_index(const PutWork *work, Oid relation)
{
	for (int i = 0; work != NULL && i < work->index_count; i++)
		if (work->index_oids[i] == relation)
			return true;
	return false;
}

static void
table_invalidated(Datum arg, Oid relation)
{
	for (PutTable *table = known_tables; table != NULL; table = table->next)
		if (relation == InvalidOid || relation == table->table_oid || has_index(table->work, relation))
			table->is_known = false;
}

static bool
is_given(const PutTable *table, AttrNumber attribute)
{
	for (int column = 0; column < table->column_count; column++)
		if (table->attributes[column] == attribute)
			return true;
	return false;
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

/* Would row triggers be all that an UPDATE meets? */
static bool
is_changeable(Relation heap)
{
	TriggerDesc *triggers = heap->trigdesc;

	return heap->rd_rel->relkind == RELKIND_RELATION && !heap->rd_rel->relhasrules && !heap->rd_rel->relrowsecurity &&
		(triggers == NULL || !(triggers->trig_update_before_statement || triggers->trig_update_after_statement ||
							   triggers->trig_update_old_table || triggers->trig_update_new_table));
}

static ExprState **
checks_ready(Relation heap, EState *estate)
{
	TupleConstr *constraints = RelationGetDescr(heap)->constr;
	ExprState **checks;

	if (constraints == NULL || constraints->num_check == 0)
		return NULL;
	checks = palloc0(constraints->num_check * sizeof(ExprState *));
	for (int i = 0; i < constraints->num_check; i++)
		if (CHECK_ENFORCED(&constraints->check[i]))
			checks[i] = ExecPrepareExpr(stringToNode(constraints->check[i].ccbin), estate);
	return checks;
}

static PutWork *
work_ready(Relation heap)
{
	MemoryContext context = AllocSetContextCreate(TopMemoryContext, "dos row put", ALLOCSET_SMALL_SIZES);
	MemoryContext caller = MemoryContextSwitchTo(context);
	PutWork    *work = palloc0(sizeof(PutWork));
	EState	   *estate = CreateExecutorState();
	List	   *oids = RelationGetIndexList(heap);
	ListCell   *cell;

	work->context = context;
	work->index_oids = palloc(sizeof(Oid) * (list_length(oids) + 1));
	work->indexes = palloc(sizeof(IndexInfo *) * (list_length(oids) + 1));
	/* what is prepared lives as long as the state, which goes with the context */
	MemoryContextSwitchTo(estate->es_query_cxt);
	foreach(cell, oids)
	{
		Relation	index = index_open(lfirst_oid(cell), RowExclusiveLock);
		IndexInfo  *info = BuildIndexInfo(index);

		info->ii_ExpressionsState = ExecPrepareExprList(info->ii_Expressions, estate);
		info->ii_PredicateState = ExecPrepareQual(info->ii_Predicate, estate);
		work->index_oids[work->index_count] = lfirst_oid(cell);
		work->indexes[work->index_count++] = info;
		index_close(index, RowExclusiveLock);
	}
	work->checks = checks_ready(heap, estate);
	if (heap->rd_rel->relispartition)
		work->partition = ExecPrepareCheck(RelationGetPartitionQual(heap), estate);
	MemoryContextSwitchTo(caller);
	return work;
}

static void
know(PutTable *table)
{
	static bool has_callback;
	Oid			schema = get_namespace_oid("dos", false);
	PutWork    *before = table->work;
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
	table->is_changeable = is_changeable(heap);
	table->work = NULL;
	if (before != NULL)
		MemoryContextDelete(before->context);
	if (heap->rd_rel->relkind == RELKIND_RELATION)
		table->work = work_ready(heap);
	table->is_known = true;
	table_close(heap, NoLock);
}

/* Lock the table, and know it as it is then. */
static bool
is_ready(PutTable *table)
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
	return true;
}

bool
dos_change_ready(PutTable *table)
{
	return is_ready(table) && table->is_changeable && pg_class_aclcheck(table->table_oid, GetUserId(), ACL_UPDATE) == ACLCHECK_OK;
}

bool
dos_put_ready(PutTable *table)
{
	return is_ready(table) && table->is_plain && pg_class_aclcheck(table->table_oid, GetUserId(), ACL_INSERT) == ACLCHECK_OK;
}

int64
dos_put_id(PutTable *table)
{
	return nextval_internal(table->sequence_oid, false);
}

/* As ExecOpenIndices(), with what is ready. */
static void
open_indexes(const PutWork *work, ResultRelInfo *target)
{
	target->ri_NumIndices = work->index_count;
	target->ri_IndexRelationDescs = palloc(sizeof(Relation) * (work->index_count + 1));
	target->ri_IndexRelationInfo = work->indexes;
	for (int i = 0; i < work->index_count; i++)
	{
		target->ri_IndexRelationDescs[i] = index_open(work->index_oids[i], RowExclusiveLock);
		/* what access methods keep there points to the relation as it is opened now */
		work->indexes[i]->ii_AmCache = NULL;
		work->indexes[i]->ii_Context = CurrentMemoryContext;
	}
}

ResultRelInfo *
dos_put_target(const PutTable *table, Relation heap, Index place)
{
	ResultRelInfo *target = makeNode(ResultRelInfo);

	InitResultRelInfo(target, heap, place, NULL, 0);
	CHECK_EXPRESSIONS(target) = table->work->checks;
	open_indexes(table->work, target);
	return target;
}

/* The row in the slot's arrays, which are all set; false when it is another partition's. */
static bool
insert(const PutTable *table, EState *estate, Relation heap, TupleTableSlot *slot, bool fires)
{
	ResultRelInfo *target = makeNode(ResultRelInfo);
	bool		fits;

	InitResultRelInfo(target, heap, 0, NULL, 0);
	if (!fires)
		target->ri_TrigDesc = NULL;
	CHECK_EXPRESSIONS(target) = table->work->checks;
	target->ri_PartitionCheckExpr = table->work->partition;
	ExecStoreVirtualTuple(slot);
	fits = table->work->partition == NULL || ExecPartitionCheck(target, slot, estate, false);
	if (fits)
	{
		open_indexes(table->work, target);
		if (fires)
		{
			AfterTriggerBeginQuery();
			estate->es_opened_result_relations = lappend(estate->es_opened_result_relations, target);
		}
		ExecSimpleRelationInsert(target, estate, slot);
		if (fires)
			AfterTriggerEndQuery(estate);
		ExecCloseIndices(target);
	}
	ExecResetTupleTable(estate->es_tupleTable, false);
	FreeExecutorState(estate);
	table_close(heap, NoLock);
	CommandCounterIncrement();
	return fits;
}

/* Values of the columns given to their places in the row, NULL in all others. */
static void
place(const PutTable *table, const Datum *values, const bool *nulls, int natts, Datum *row, bool *row_nulls)
{
	memset(row_nulls, true, natts * sizeof(bool));
	for (int column = 0; column < table->column_count; column++)
	{
		row[table->attributes[column] - 1] = values[column];
		row_nulls[table->attributes[column] - 1] = nulls[column];
	}
}

static bool
put(PutTable *table, const Datum *values, const bool *nulls, bool fires)
{
	Relation	heap = table_open(table->table_oid, NoLock);
	EState	   *estate = CreateExecutorState();
	TupleTableSlot *slot = ExecInitExtraTupleSlot(estate, RelationGetDescr(heap), &TTSOpsVirtual);

	place(table, values, nulls, RelationGetDescr(heap)->natts, slot->tts_values, slot->tts_isnull);
	return insert(table, estate, heap, slot, fires);
}

bool
dos_put_fitting(PutTable *table, const Datum *values, const bool *nulls)
{
	return put(table, values, nulls, false);
}

void
dos_put_firing(PutTable *table, const Datum *values, const bool *nulls)
{
	put(table, values, nulls, true);
}

void
dos_put(PutTable *table, const Datum *values, const bool *nulls)
{
	if (!dos_put_fitting(table, values, nulls))
		elog(ERROR, "a row for another partition than \"%s\"", table->name);
}

void
dos_put_rename(PutTable *table, const char *name)
{
	table->name = name;
	table->is_known = false;
}

Datum
dos_put_datum(PutTable *table, const Datum *values, const bool *nulls)
{
	Relation	heap;
	TupleDesc	desc;
	Datum	   *row;
	bool	   *row_nulls;
	Datum		composite;

	if (!table->is_known)
		know(table);
	heap = table_open(table->table_oid, AccessShareLock);
	desc = RelationGetDescr(heap);
	row = palloc0(desc->natts * sizeof(Datum));
	row_nulls = palloc(desc->natts * sizeof(bool));
	place(table, values, nulls, desc->natts, row, row_nulls);
	composite = HeapTupleGetDatum(heap_form_tuple(desc, row, row_nulls));
	table_close(heap, AccessShareLock);
	return composite;
}
