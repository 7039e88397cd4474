/*
 * name_glance.c
 *	  The rules of each zone for names, unpacked once, and the first look at a name.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "executor/executor.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/hsearch.h"
#include "utils/memutils.h"

#include "base/row_column.h"
#include "phase/name_policy.h"

static MemoryContext kept;
static HTAB *zones;
static uint64 kept_generation;	/* 0: nothing is kept */

static Datum
array_copy(HeapTupleHeader row, const char *column)
{
	return PointerGetDatum(DatumGetArrayTypePCopy(dos_row_column(row, column)));
}

static void
unpack(HeapTupleHeader zone, HeapTupleHeader facts, NameZone *unpacked)
{
	dos_zone_labels(zone, &unpacked->labels);
	unpacked->plain = dos_row_bool(facts, "plain");
	unpacked->lists_only = dos_row_bool(facts, "lists_only");
	unpacked->patterns = array_copy(facts, "patterns");
	unpacked->fee_always = strcmp(dos_row_text(zone, "fee_required"), "always") == 0;
}

/* An empty place to keep zones. */
static void
forget(void)
{
	HASHCTL		control = {.keysize = sizeof(int32), .entrysize = sizeof(NameZone)};

	if (kept == NULL)
		kept = AllocSetContextCreate(TopMemoryContext, "dos names of zones", ALLOCSET_SMALL_SIZES);
	MemoryContextReset(kept);
	control.hcxt = kept;
	zones = hash_create("dos names of zones", 16, &control, HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
	kept_generation = 0;
}

const NameZone *
dos_name_zone(HeapTupleHeader zone)
{
	int32		id = dos_row_int(zone, "id");
	uint64		generation;
	NameZone   *entry;
	NameZone	fresh = {0};
	Datum		facts;
	MemoryContext caller;

	if (kept_generation != 0 && dos_name_facts_generation(&generation) && generation == kept_generation &&
		(entry = hash_search(zones, &id, HASH_FIND, NULL)) != NULL)
		return entry;
	if (!dos_name_facts(id, &facts))
		return NULL;
	if (!dos_name_facts_generation(&generation))
		generation = 0;			/* an old snapshot: good for this call only */
	if (generation == 0 || generation != kept_generation)
		forget();
	kept_generation = generation;
	caller = MemoryContextSwitchTo(kept);
	/* enter it when it is whole: an error on the way must not leave half a zone behind */
	fresh.id = id;
	unpack(zone, DatumGetHeapTupleHeader(facts), &fresh);
	MemoryContextSwitchTo(caller);
	entry = hash_search(zones, &id, HASH_ENTER, NULL);
	*entry = fresh;
	return entry;
}

bool
dos_name_glance(const NameZone *zone, const char *name, LabelProblem *problem, char **explanation)
{
	char	   *label;

	*problem = dos_zone_labels_judge(&zone->labels, name, explanation);
	if (*problem != LABEL_OK)
		return true;
	/* A-labels are judged by the zone's tables */
	if (strncmp(name, "xn--", 4) == 0)
		return false;
	if (zone->plain)
		return true;
	label = pnstrdup(name, strcspn(name, "."));
	return zone->lists_only && !dos_name_lists_may_hold(zone->patterns, label);
}
