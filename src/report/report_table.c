/*
 * report_table.c
 *	  What is remembered of objects at instants while a report is made.
 */
#include "postgres.h"

#include "utils/hsearch.h"
#include "utils/memutils.h"

#include "report/report_table.h"

/* A thing of an object at an instant: a charge of a kind, a transfer; the rest of the key is zero. */
typedef struct KnownKey
{
	int64		object_id;
	TimestampTz at;
	int64		kind;			/* ReportEvent */
} KnownKey;

typedef struct Known
{
	KnownKey	key;
	TimestampTz at;				/* when it went back, or took place */
} Known;

/* Most objects are in no table: a bit says so without looking further. */
#define SIEVE_BITS	22

struct ReportTable
{
	HTAB	   *entries;
	uint8	   *sieve;
	bool		filled;			/* has an entry: the sieve is worth the look */
};

ReportTable *
dos_report_table_new(MemoryContext context, const char *name)
{
	HASHCTL		control = {.keysize = sizeof(KnownKey), .entrysize = sizeof(Known), .hcxt = context};
	ReportTable *table = MemoryContextAllocZero(context, sizeof(ReportTable));

	table->entries = hash_create(name, 256, &control, HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
	table->sieve = MemoryContextAllocZero(context, (1 << SIEVE_BITS) / 8);
	return table;
}

static uint32
sieve_place(int64 object_id)
{
	return (uint32) (((uint64) object_id * UINT64CONST(0x9E3779B97F4A7C15)) >> (64 - SIEVE_BITS));
}

/* Remember the earlier of two instants. */
void
dos_report_table_put(ReportTable *table, int64 object_id, TimestampTz key_at, int64 kind, TimestampTz at)
{
	KnownKey	key = {object_id, key_at, kind};
	uint32		place = sieve_place(object_id);
	bool		found;
	Known	   *entry = hash_search(table->entries, &key, HASH_ENTER, &found);

	table->sieve[place / 8] |= 1 << place % 8;
	table->filled = true;
	if (!found || at < entry->at)
		entry->at = at;
}

bool
dos_report_table_find(ReportTable *table, int64 object_id, TimestampTz key_at, int64 kind, TimestampTz *at)
{
	KnownKey	key = {object_id, key_at, kind};
	uint32		place = sieve_place(object_id);
	Known	   *entry = NULL;

	if (table->filled && table->sieve[place / 8] & 1 << place % 8)
		entry = hash_search(table->entries, &key, HASH_FIND, NULL);
	if (entry && at)
		*at = entry->at;
	return entry != NULL;
}
