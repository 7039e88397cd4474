/*
 * row_cache.c
 *	  Rows kept per backend, forgotten when their table changes.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/xact.h"
#include "catalog/namespace.h"
#include "catalog/pg_type.h"
#include "commands/trigger.h"
#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

#include "base/row_cache.h"

#define KEY_SIZE	256			/* a name has at most 253 octets */
#define ROWS_MAX	20000		/* then the cache starts again: memory is bounded */

typedef struct CachedRow
{
	char		key[KEY_SIZE];
	Datum		row;
} CachedRow;

static RowCache *caches;
static bool callback_registered;

PG_FUNCTION_INFO_V1(dos_sql_row_cache_changed);

static void
row_cache_invalidate(Datum arg, Oid relid)
{
	for (RowCache *cache = caches; cache != NULL; cache = cache->next)
	{
		bool		hit = relid == InvalidOid || relid == cache->relid;

		for (int i = 0; i < ROW_CACHE_ALSO && cache->also[i] != NULL && !hit; i++)
			hit = relid == cache->also_relid[i];
		if (hit)
			cache->generation++;
	}
}

/* What was read through the one snapshot of a transaction is true for that transaction only. */
static void
row_cache_transaction_end(XactEvent event, void *arg)
{
	if (event == XACT_EVENT_PRE_COMMIT || event == XACT_EVENT_PARALLEL_PRE_COMMIT || event == XACT_EVENT_PRE_PREPARE)
		return;
	for (RowCache *cache = caches; cache != NULL; cache = cache->next)
		if (cache->for_transaction)
		{
			cache->for_transaction = false;
			cache->generation++;
		}
}

/* Start with nothing: at first use, after an invalidation, and when the cache is full. */
static void
row_cache_empty(RowCache *cache)
{
	HASHCTL		control = {.keysize = KEY_SIZE, .entrysize = sizeof(CachedRow)};

	if (cache->context != NULL)
		MemoryContextDelete(cache->context);
	cache->context = AllocSetContextCreate(TopMemoryContext, "dos row cache", ALLOCSET_SMALL_SIZES);
	control.hcxt = cache->context;
	cache->rows = hash_create(cache->table, 64, &control, HASH_ELEM | HASH_STRINGS | HASH_CONTEXT);
	cache->relid = get_relname_relid(cache->table, get_namespace_oid("dos", false));
	for (int i = 0; i < ROW_CACHE_ALSO && cache->also[i] != NULL; i++)
		cache->also_relid[i] = get_relname_relid(cache->also[i], get_namespace_oid("dos", false));
	cache->complete = false;
}

static void
row_cache_register(RowCache *cache)
{
	if (!callback_registered)
	{
		CacheRegisterRelcacheCallback(row_cache_invalidate, (Datum) 0);
		RegisterXactCallback(row_cache_transaction_end, NULL);
		callback_registered = true;
	}
	cache->next = caches;
	caches = cache;
	cache->generation = 1;
}

static void
row_cache_put(RowCache *cache, const char *key, Datum row)
{
	CachedRow  *entry;
	bool		found;
	MemoryContext old = MemoryContextSwitchTo(cache->context);

	/* the composite of a query may point to a toasted tuple: keep it flat */
	row = datumCopy(PointerGetDatum(DatumGetHeapTupleHeader(row)), false, -1);
	MemoryContextSwitchTo(old);
	entry = hash_search(cache->rows, key, HASH_ENTER, &found);
	entry->row = row;
}

/*
 * Read what is asked for. The row is returned from the result itself, so that it can be used even when
 * it may not be kept.
 */
static bool
row_cache_read(RowCache *cache, const char *key, Datum *row)
{
	MemoryContext caller = CurrentMemoryContext;
	Oid			argtype = TEXTOID;
	Datum		argument = CStringGetTextDatum(key);
	uint64		generation = cache->generation;
	bool		keep;
	bool		found = false;

	SPI_connect();
	if (cache->plan == NULL)
	{
		SPIPlanPtr	plan = SPI_prepare(cache->query, cache->whole ? 0 : 1, &argtype);

		if (plan == NULL || SPI_keepplan(plan) != 0)
			elog(ERROR, "could not prepare \"%s\"", cache->query);
		cache->plan = plan;
	}
	if (SPI_execute_plan(cache->plan, cache->whole ? NULL : &argument, NULL, false, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not read table dos.%s", cache->table);

	/* somebody changed the table while it was read */
	keep = generation == cache->generation;
	cache->for_transaction |= IsolationUsesXactSnapshot();
	if (keep && hash_get_num_entries(cache->rows) + SPI_processed > ROWS_MAX && !cache->whole)
		row_cache_empty(cache);
	for (uint64 i = 0; i < SPI_processed; i++)
	{
		HeapTuple	tuple = SPI_tuptable->vals[i];
		bool		isnull;
		char	   *row_key = SPI_getvalue(tuple, SPI_tuptable->tupdesc, 1);
		Datum		value = SPI_getbinval(tuple, SPI_tuptable->tupdesc, 2, &isnull);

		if (keep)
			row_cache_put(cache, row_key, value);
		if (strcmp(row_key, key) == 0)
		{
			MemoryContext old = MemoryContextSwitchTo(caller);

			*row = datumCopy(PointerGetDatum(DatumGetHeapTupleHeader(value)), false, -1);
			MemoryContextSwitchTo(old);
			found = true;
		}
	}
	cache->complete = keep && cache->whole;
	SPI_finish();
	return found;
}

bool
dos_row_cache_get(RowCache *cache, const char *key, Datum *row)
{
	CachedRow  *entry;

	if (cache->generation == 0)
		row_cache_register(cache);
	/* a pending invalidation counts before the first statement that could act on a stale row */
	if (cache->kept_generation != cache->generation)
	{
		row_cache_empty(cache);
		cache->kept_generation = cache->generation;
	}
	if (strlen(key) >= KEY_SIZE)
		return false;
	entry = hash_search(cache->rows, key, HASH_FIND, NULL);
	if (entry != NULL)
	{
		*row = datumCopy(entry->row, false, -1);
		return true;
	}
	return !cache->complete && row_cache_read(cache, key, row);
}

bool
dos_row_cache_current(RowCache *cache, uint64 *generation)
{
	*generation = cache->generation;
	/* what the caller makes of them may come from this snapshot, too */
	cache->for_transaction |= IsolationUsesXactSnapshot();
	return cache->generation != 0 && cache->generation == cache->kept_generation;
}

Datum
dos_sql_row_cache_changed(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = (TriggerData *) fcinfo->context;

	if (!CALLED_AS_TRIGGER(fcinfo))
		elog(ERROR, "row_cache_changed() is a trigger function");
	CacheInvalidateRelcacheByRelid(RelationGetRelid(trigger->tg_relation));
	return PointerGetDatum(NULL);
}
