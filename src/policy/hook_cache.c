/*
 * hook_cache.c
 *	  The hooks of this database, kept per backend, so that a verb without hooks pays next to nothing.
 *
 * A trigger on dos.hook sends an invalidation of that table; every backend receives it when the change
 * commits and reads the table again at its next call.
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/namespace.h"
#include "utils/builtins.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"

#include "policy/hook.h"

static MemoryContext hook_context = NULL;
static Oid	hook_table = InvalidOid;
static Hook *hooks = NULL;
static int	hook_count = 0;
static bool hooks_valid = false;

static void
hooks_invalidate(Datum arg, Oid relid)
{
	if (relid == InvalidOid || relid == hook_table)
		hooks_valid = false;
}

/* The value of a column by its name, so that the order of columns does not matter here. */
static Datum
column(Relation table, HeapTuple row, const char *name, bool *isnull)
{
	return heap_getattr(row, get_attnum(RelationGetRelid(table), name), RelationGetDescr(table), isnull);
}

static char *
text_column(Relation table, HeapTuple row, const char *name)
{
	bool		isnull;
	Datum		value = column(table, row, name, &isnull);

	return isnull ? "" : TextDatumGetCString(value);
}

static void
hook_read(Relation table, HeapTuple row, Hook *hook)
{
	bool		isnull;

	hook->id = DatumGetInt32(column(table, row, "id", &isnull));
	strlcpy(hook->stage, text_column(table, row, "stage"), NAMEDATALEN);
	strlcpy(hook->object, text_column(table, row, "object"), NAMEDATALEN);
	strlcpy(hook->verb, text_column(table, row, "verb"), NAMEDATALEN);
	hook->zone_id = DatumGetInt32(column(table, row, "zone_id", &hook->all_zones));
	hook->function = text_column(table, row, "function");
	hook->rank = DatumGetInt32(column(table, row, "rank", &isnull));
	hook->enabled = DatumGetBool(column(table, row, "enabled", &isnull));
	hook->time_limit_ms = DatumGetInt32(column(table, row, "time_limit_ms", &isnull));
}

static int
hook_order(const void *a, const void *b)
{
	const Hook *x = a;
	const Hook *y = b;

	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return x->id < y->id ? -1 : x->id > y->id;
}

/* Read dos.hook as it is now, with the rights of nobody in particular. */
static void
hooks_load(void)
{
	Relation	table;
	SysScanDesc scan;
	HeapTuple	row;
	MemoryContext caller;
	int			size = 8;

	MemoryContextReset(hook_context);
	hook_count = 0;
	hook_table = get_relname_relid("hook", get_namespace_oid("dos", false));
	hooks_valid = true;			/* an invalidation while we read makes it false again */

	caller = MemoryContextSwitchTo(hook_context);
	hooks = palloc(size * sizeof(Hook));
	table = table_open(hook_table, AccessShareLock);
	scan = systable_beginscan(table, InvalidOid, false, NULL, 0, NULL);
	while (HeapTupleIsValid(row = systable_getnext(scan)))
	{
		if (hook_count == size)
			hooks = repalloc(hooks, (size *= 2) * sizeof(Hook));
		hook_read(table, row, &hooks[hook_count++]);
	}
	systable_endscan(scan);
	table_close(table, AccessShareLock);
	qsort(hooks, hook_count, sizeof(Hook), hook_order);
	MemoryContextSwitchTo(caller);
}

const Hook *
dos_hook_list(int *count)
{
	if (hook_context == NULL)
	{
		hook_context = AllocSetContextCreate(TopMemoryContext, "dos hooks", ALLOCSET_SMALL_SIZES);
		CacheRegisterRelcacheCallback(hooks_invalidate, (Datum) 0);
	}
	if (!hooks_valid)
	{
		PG_TRY();
		{
			hooks_load();
		}
		PG_CATCH();
		{
			hooks_valid = false;
			PG_RE_THROW();
		}
		PG_END_TRY();
	}
	*count = hook_count;
	return hooks;
}
