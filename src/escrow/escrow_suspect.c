/*
 * escrow_suspect.c
 *	  What an import has twice, and what it refers to without having it: one pass over what was read, with names as
 *	  64-bit hashes, so a deposit of millions fits into memory. Whoever is named here is looked at again: two names with
 *	  the same hash make a suspect, and a suspect may be innocent.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/tuplestore.h"

#include "base/pg_version.h"

#define FETCH_ROWS	1000

/* Open addressing; 0 is a free place. */
typedef struct HashSet
{
	MemoryContext context;
	uint64	   *slots;
	uint64		size;			/* a power of two */
	uint64		used;
} HashSet;

typedef struct Suspects
{
	Tuplestorestate *store;
	TupleDesc	desc;
	HashSet		hosts;
	HashSet		contacts;
	HashSet		domains;
} Suspects;

/* Columns of the queries below */
enum
{
	SEEN_KEY = 1, SEEN_LINE, SEEN_HOSTS, SEEN_CONTACTS, SEEN_REGISTRANT
};

PG_FUNCTION_INFO_V1(dos_sql_escrow_suspects);

static uint64
hash_of(const char *name, size_t length)
{
	uint64		hash = hash_bytes_extended((const unsigned char *) name, (int) length, 0);

	return hash ? hash : 1;
}

static uint64 *
slot_of(const HashSet *set, uint64 hash)
{
	uint64		at = hash & (set->size - 1);

	while (set->slots[at] != 0 && set->slots[at] != hash)
		at = (at + 1) & (set->size - 1);
	return &set->slots[at];
}

static void
set_grow(HashSet *set)
{
	HashSet		larger = {.context = set->context, .size = set->size ? set->size * 2 : 1024, .used = set->used};

	larger.slots = MemoryContextAllocExtended(set->context, larger.size * sizeof(uint64), MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	for (uint64 i = 0; i < set->size; i++)
		if (set->slots[i])
			*slot_of(&larger, set->slots[i]) = set->slots[i];
	if (set->slots)
		pfree(set->slots);
	*set = larger;
}

/* False when it is there already. */
static bool
set_add(HashSet *set, uint64 hash)
{
	uint64	   *slot;

	if (set->used * 2 >= set->size)
		set_grow(set);
	slot = slot_of(set, hash);
	if (*slot)
		return false;
	*slot = hash;
	set->used++;
	return true;
}

static bool
set_has(const HashSet *set, const char *name, size_t length)
{
	return set->size > 0 && *slot_of(set, hash_of(name, length)) != 0;
}

static void
suspect(Suspects *suspects, const char *kind, Datum key, Datum line, const char *reason, const char *detail, size_t length)
{
	Datum		values[] = {CStringGetTextDatum(kind), key, line, CStringGetTextDatum(reason),
	detail ? PointerGetDatum(cstring_to_text_with_len(detail, (int) length)) : (Datum) 0};
	bool		nulls[] = {false, false, false, false, detail == NULL};

	tuplestore_putvalues(suspects->store, suspects->desc, values, nulls);
}

static void
refer(Suspects *suspects, const HashSet *set, Datum key, Datum line, const char *reason, Datum name, bool after_colon)
{
	const char *text = VARDATA_ANY(DatumGetPointer(name));
	size_t		length = VARSIZE_ANY_EXHDR(DatumGetPointer(name));
	const char *colon = after_colon ? memchr(text, ':', length) : NULL;

	if (colon)
	{
		length -= (size_t) (colon + 1 - text);
		text = colon + 1;
	}
	if (!set_has(set, text, length))
		suspect(suspects, "domain", key, line, reason, text, length);
}

static void
refer_all(Suspects *suspects, const HashSet *set, Datum key, Datum line, const char *reason, Datum array, bool after_colon)
{
	Datum	   *names;
	bool	   *nulls;
	int			count;

	deconstruct_array(DatumGetArrayTypeP(array), TEXTOID, -1, false, TYPALIGN_INT, &names, &nulls, &count);
	for (int i = 0; i < count; i++)
		if (!nulls[i])
			refer(suspects, set, key, line, reason, names[i], after_colon);
}

/* A row: has its key been there, and is there what it refers to? */
static void
row_take(Suspects *suspects, const char *kind, HashSet *set, HeapTuple row, TupleDesc columns)
{
	bool		isnull;
	Datum		key = PointerGetDatum(DatumGetTextPP(heap_getattr(row, SEEN_KEY, columns, &isnull)));
	Datum		line = heap_getattr(row, SEEN_LINE, columns, &isnull);
	Datum		value;

	if (!set_add(set, hash_of(VARDATA_ANY(DatumGetPointer(key)), VARSIZE_ANY_EXHDR(DatumGetPointer(key)))))
		suspect(suspects, kind, key, line, "repeated", NULL, 0);
	if (columns->natts < SEEN_HOSTS)
		return;
	value = heap_getattr(row, SEEN_HOSTS, columns, &isnull);
	if (!isnull)
		refer_all(suspects, &suspects->hosts, key, line, "host_unknown", value, false);
	value = heap_getattr(row, SEEN_CONTACTS, columns, &isnull);
	if (!isnull)
		refer_all(suspects, &suspects->contacts, key, line, "contact_unknown", value, true);
	value = heap_getattr(row, SEEN_REGISTRANT, columns, &isnull);
	if (!isnull)
		refer(suspects, &suspects->contacts, key, line, "contact_unknown", PointerGetDatum(DatumGetTextPP(value)), false);
}

static void
rows_take(Suspects *suspects, const char *kind, HashSet *set, const char *query, Datum import)
{
	static Oid	types[] = {INT8OID};
	MemoryContext batch = AllocSetContextCreate(CurrentMemoryContext, "dos escrow suspects", ALLOCSET_DEFAULT_SIZES);
	Portal		portal = SPI_cursor_open_with_args(NULL, query, 1, types, &import, NULL, true, 0);

	do
	{
		MemoryContext old;

		CHECK_FOR_INTERRUPTS();
		SPI_cursor_fetch(portal, true, FETCH_ROWS);
		old = MemoryContextSwitchTo(batch);
		for (uint64 i = 0; i < SPI_processed; i++)
			row_take(suspects, kind, set, SPI_tuptable->vals[i], SPI_tuptable->tupdesc);
		MemoryContextSwitchTo(old);
		MemoryContextReset(batch);
		SPI_freetuptable(SPI_tuptable);
	} while (SPI_processed > 0);
	SPI_cursor_close(portal);
	MemoryContextDelete(batch);
}

/* (import) -> kind, key, line, reason, detail */
Datum
dos_sql_escrow_suspects(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	MemoryContext sets = AllocSetContextCreate(CurrentMemoryContext, "dos escrow names", ALLOCSET_DEFAULT_SIZES);
	Suspects	suspects = {.hosts = {.context = sets}, .contacts = {.context = sets}, .domains = {.context = sets}};

	InitMaterializedSRF(fcinfo, 0);
	suspects.store = result->setResult;
	suspects.desc = result->setDesc;
	SPI_connect();
	rows_take(&suspects, "host", &suspects.hosts, "SELECT o.name, o.line FROM dos.escrow_in_host AS o WHERE o.import_id = $1 AND o.name IS NOT NULL", PG_GETARG_DATUM(0));
	rows_take(&suspects, "contact", &suspects.contacts, "SELECT o.handle, o.line FROM dos.escrow_in_contact AS o WHERE o.import_id = $1 AND o.handle IS NOT NULL", PG_GETARG_DATUM(0));
	rows_take(&suspects, "domain", &suspects.domains,
			  "SELECT o.name, o.line, o.hosts, o.contacts, o.registrant FROM dos.escrow_in_domain AS o WHERE o.import_id = $1 AND o.name IS NOT NULL", PG_GETARG_DATUM(0));
	SPI_finish();
	MemoryContextDelete(sets);
	return (Datum) 0;
}
