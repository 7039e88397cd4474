/*
 * row_fetch.c
 *	  Rows by the key of an index.
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/relscan.h"
#include "access/skey.h"
#include "access/stratnum.h"
#include "access/table.h"
#include "access/tableam.h"
#include "access/xact.h"
#include "catalog/namespace.h"
#include "executor/tuptable.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/resowner.h"
#include "utils/snapmgr.h"

#include "base/pg_version.h"
#include "base/row_fetch.h"

/* An open table and a scan of its index by one key. */
struct FetchScan
{
	Relation	heap;
	Relation	index;
	TupleTableSlot *slot;
	Snapshot	snapshot;
	ScanKeyData key;
	IndexScanDesc scan;
	MemoryContext context;
};

/* Scans that are kept; what they hold belongs to the resource owner that began. */
struct FetchSession
{
	MemoryContext context;
	ResourceOwner owner;
	SubTransactionId level;
	FetchTable *tables;
	MemoryContextCallback forget;
};

static FetchTable *known_tables;
static FetchSession *session;	/* NULL: nothing is kept */

/* A table has changed, or may have: its names are looked up again. */
static void
table_invalidated(Datum arg, Oid relation)
{
	for (FetchTable *table = known_tables; table != NULL; table = table->next)
		if (relation == InvalidOid || relation == table->table_oid || relation == table->index_oid)
			table->is_known = false;
}

static void
know(FetchTable *table)
{
	static bool has_callback;
	Oid			schema = get_namespace_oid("dos", false);

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
	table->index_oid = get_relname_relid(table->index, schema);
	for (table->column_count = 0;
		 table->column_count < FETCH_COLUMNS_MAX && table->columns[table->column_count] != NULL;
		 table->column_count++)
	{
		AttrNumber	attribute = get_attnum(table->table_oid, table->columns[table->column_count]);

		if (attribute == InvalidAttrNumber)
			elog(ERROR, "table \"%s\" has no column \"%s\"", table->name, table->columns[table->column_count]);
		table->attributes[table->column_count] = attribute;
	}
	table->is_known = true;
}

/* The wanted columns of a row, copied out of the buffer. */
static void
take(const FetchTable *table, Relation heap, TupleTableSlot *slot, FetchedRow *row)
{
	int			natts = RelationGetDescr(heap)->natts;
	HeapTuple	tuple = ExecCopySlotHeapTuple(slot);
	Datum	   *values = palloc(natts * sizeof(Datum));
	bool	   *nulls = palloc(natts * sizeof(bool));

	heap_deform_tuple(tuple, RelationGetDescr(heap), values, nulls);
	row->values = palloc(table->column_count * sizeof(Datum));
	row->nulls = palloc(table->column_count * sizeof(bool));
	for (int column = 0; column < table->column_count; column++)
	{
		row->values[column] = values[table->attributes[column] - 1];
		row->nulls[column] = nulls[table->attributes[column] - 1];
	}
}

/* Open a table and a scan of its index, in the current memory context. */
static void
scan_open(FetchTable *table, FetchScan *scan)
{
	if (!table->is_known)
		know(table);
	scan->context = CurrentMemoryContext;
	scan->heap = table_open(table->table_oid, AccessShareLock);
	/* taking the lock may have brought news of a change */
	if (!table->is_known)
		know(table);
	scan->index = index_open(table->index_oid, AccessShareLock);
	scan->slot = table_slot_create(scan->heap, NULL);
	scan->snapshot = GetActiveSnapshot();
	ScanKeyEntryInitialize(&scan->key, 0, 1, BTEqualStrategyNumber, InvalidOid, scan->index->rd_indcollation[0],
						   table->equals, (Datum) 0);
	scan->scan = INDEX_SCAN(scan->heap, scan->index, scan->snapshot, 1);
}

/* Locks stay until the end of the transaction, as those of a query do: the next look takes them for nothing. */
static void
scan_close(FetchScan *scan)
{
	index_endscan(scan->scan);
	ExecDropSingleTupleTableSlot(scan->slot);
	index_close(scan->index, NoLock);
	table_close(scan->heap, NoLock);
}

/* The scan to look with: one that is kept, where that is possible, else `own`, which the caller closes. */
static FetchScan *
scan_for(FetchTable *table, FetchScan *own)
{
	MemoryContext caller;
	FetchScan  *kept;
	bool		is_ours = session != NULL && session->owner == CurrentResourceOwner;

	/* what a kept scan has pinned belongs to the owner that began: a query inside the call has its own */
	if (is_ours && table->kept != NULL && table->kept->snapshot == GetActiveSnapshot())
		return table->kept;
	if (!is_ours || table->kept != NULL)
	{
		scan_open(table, own);
		return own;
	}
	caller = MemoryContextSwitchTo(session->context);
	kept = palloc(sizeof(FetchScan));
	scan_open(table, kept);
	MemoryContextSwitchTo(caller);
	table->kept = kept;
	table->next_kept = session->tables;
	session->tables = table;
	return kept;
}

/* The next row, into the scan's slot. What an index scan allots on its way must live as long as the scan. */
static bool
scan_next(FetchScan *scan)
{
	MemoryContext caller = MemoryContextSwitchTo(scan->context);
	bool		found = index_getnext_slot(scan->scan, ForwardScanDirection, scan->slot);

	MemoryContextSwitchTo(caller);
	return found;
}

/* Rows with this key, at most `limit`, into `rows`. */
static int
search(FetchTable *table, Datum key, FetchedRow **rows, int limit)
{
	FetchScan	own;
	FetchScan  *scan = scan_for(table, &own);
	int			room = 1;
	int			found = 0;

	scan->key.sk_argument = key;
	index_rescan(scan->scan, &scan->key, 1, NULL, 0);
	while (found < limit && scan_next(scan))
	{
		if (found == room)
		{
			room *= 4;
			*rows = found == 1 ? memcpy(palloc(room * sizeof(FetchedRow)), *rows, sizeof(FetchedRow))
				: repalloc(*rows, room * sizeof(FetchedRow));
		}
		take(table, scan->heap, scan->slot, &(*rows)[found++]);
	}
	if (scan == &own)
		scan_close(scan);
	else
		ExecClearTuple(scan->slot);
	return found;
}

/* Lock the row that `found` holds; the version that is in force then goes to `held`. */
static bool
hold(Relation heap, TupleTableSlot *found, TupleTableSlot *held, LockTupleMode mode, bool *moved)
{
	TM_FailureData failure = {0};
	uint8		flags = TUPLE_LOCK_FLAG_LOCK_UPDATE_IN_PROGRESS | (IsolationUsesXactSnapshot() ? 0 : TUPLE_LOCK_FLAG_FIND_LAST_VERSION);
	ItemPointerData place = found->tts_tid;
	TM_Result	result = table_tuple_lock(heap, &place, GetActiveSnapshot(), held, GetCurrentCommandId(true), mode,
										  LockWaitBlock, flags, &failure);

	*moved = failure.traversed;
	if (result == TM_Ok)
		return true;
	if (IsolationUsesXactSnapshot() && (result == TM_Updated || result == TM_Deleted))
		ereport(ERROR, (errcode(ERRCODE_T_R_SERIALIZATION_FAILURE), errmsg("could not serialize access due to concurrent update")));
	if (result != TM_Deleted && result != TM_SelfModified)
		elog(ERROR, "unexpected result %d of a row lock", result);
	return false;
}

/* Is it still the row of these keys? */
static bool
has_keys(TupleTableSlot *slot, Relation index, const ScanKeyData *keys, int count)
{
	for (int i = 0; i < count; i++)
	{
		bool		isnull;
		Datum		value = slot_getattr(slot, index->rd_index->indkey.values[i], &isnull);

		if (isnull || !DatumGetBool(FunctionCall2Coll(unconstify(FmgrInfo *, &keys[i].sk_func), keys[i].sk_collation, value, keys[i].sk_argument)))
			return false;
	}
	return true;
}

/* Find and lock the row with these keys: its columns to `row`, or all of it to `whole`. */
static bool
search_locked(FetchTable *table, const Datum *keys, LockTupleMode mode, FetchedRow *row, Datum *whole)
{
	Oid			equals[2] = {table->equals, table->second_equals};
	int			count = table->second_equals == InvalidOid ? 1 : 2;
	ScanKeyData scan_keys[2];
	Relation	heap;
	Relation	index;
	IndexScanDesc scan;
	TupleTableSlot *found;
	TupleTableSlot *held;
	bool		moved;
	bool		taken = false;

	PreventCommandIfReadOnly(mode == LockTupleKeyShare ? "SELECT FOR KEY SHARE" : "SELECT FOR NO KEY UPDATE");
	if (!table->is_known)
		know(table);
	heap = table_open(table->table_oid, RowShareLock);
	if (!table->is_known)
		know(table);
	index = index_open(table->index_oid, AccessShareLock);
	found = table_slot_create(heap, NULL);
	held = table_slot_create(heap, NULL);
	for (int i = 0; i < count; i++)
		ScanKeyEntryInitialize(&scan_keys[i], 0, i + 1, BTEqualStrategyNumber, InvalidOid, index->rd_indcollation[i], equals[i], keys[i]);
	scan = INDEX_SCAN(heap, index, GetActiveSnapshot(), count);
	index_rescan(scan, scan_keys, count, NULL, 0);
	while (!taken && index_getnext_slot(scan, ForwardScanDirection, found))
		taken = hold(heap, found, held, mode, &moved) && (!moved || has_keys(held, index, scan_keys, count));
	if (taken && row != NULL)
		take(table, heap, held, row);
	else if (taken)
		*whole = ExecFetchSlotHeapTupleDatum(held);
	index_endscan(scan);
	ExecDropSingleTupleTableSlot(found);
	ExecDropSingleTupleTableSlot(held);
	index_close(index, AccessShareLock);
	table_close(heap, NoLock);
	return taken;
}

bool
dos_fetch_share(FetchTable *table, const Datum *keys, FetchedRow *row)
{
	return search_locked(table, keys, LockTupleKeyShare, row, NULL);
}

bool
dos_fetch_lock(FetchTable *table, const Datum *keys, Datum *row)
{
	return search_locked(table, keys, LockTupleNoKeyExclusive, NULL, row);
}

bool
dos_fetch(FetchTable *table, Datum key, FetchedRow *row)
{
	return search(table, key, &row, 1) > 0;
}

int
dos_fetch_all(FetchTable *table, Datum key, FetchedRow **rows)
{
	*rows = palloc(sizeof(FetchedRow));
	return search(table, key, rows, INT_MAX);
}

/* Nothing of a session is used any more; its relations are closed, or its resource owner closes them. Once or twice. */
static void
session_forget(void *arg)
{
	FetchSession *gone = arg;

	for (FetchTable *table = gone->tables; table != NULL; table = table->next_kept)
		table->kept = NULL;
	gone->tables = NULL;
	if (session == gone)
		session = NULL;
}

/* An error may leave the session's memory behind for a while, but not its relations. */
static void
transaction_ends(XactEvent event, void *arg)
{
	if (session != NULL)
		session_forget(session);
}

static void
subtransaction_ends(SubXactEvent event, SubTransactionId level, SubTransactionId parent, void *arg)
{
	if (session != NULL && event == SUBXACT_EVENT_ABORT_SUB && session->level == level)
		session_forget(session);
}

FetchSession *
dos_fetch_begin(void)
{
	static bool has_callbacks;
	MemoryContext context;
	FetchSession *begun;

	if (session != NULL)
		return NULL;
	if (!has_callbacks)
	{
		RegisterXactCallback(transaction_ends, NULL);
		RegisterSubXactCallback(subtransaction_ends, NULL);
		has_callbacks = true;
	}
	context = AllocSetContextCreate(CurrentMemoryContext, "dos fetch", ALLOCSET_DEFAULT_SIZES);
	begun = MemoryContextAllocZero(context, sizeof(FetchSession));
	begun->context = context;
	begun->owner = CurrentResourceOwner;
	begun->level = GetCurrentSubTransactionId();
	begun->forget = (MemoryContextCallback) {.func = session_forget, .arg = begun};
	MemoryContextRegisterResetCallback(context, &begun->forget);
	session = begun;
	return begun;
}

void
dos_fetch_end(FetchSession *begun)
{
	if (begun == NULL)
		return;
	for (FetchTable *table = begun->tables; table != NULL; table = table->next_kept)
		scan_close(table->kept);
	MemoryContextDelete(begun->context);
}
