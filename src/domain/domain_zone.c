/*
 * domain_zone.c
 *	  What zones say about domains, kept per backend until one of them changes.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "executor/executor.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/hsearch.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "base/row_column.h"
#include "domain/domain_reference.h"
#include "domain/domain_zone.h"
#include "zone/zone.h"

static MemoryContext kept;
static HTAB *zones;
static uint64 kept_generation;	/* 0: nothing is kept */

static bool
is_given(HeapTupleHeader row, const char *name)
{
	bool		isnull;

	GetAttributeByName(row, name, &isnull);
	return !isnull;
}

/* An array that is there and not empty. */
static bool
has_some(HeapTupleHeader row, const char *name)
{
	bool		isnull;
	Datum		value = GetAttributeByName(row, name, &isnull);

	return !isnull && ARR_NDIM(DatumGetArrayTypeP(value)) > 0;
}

static unsigned
roles(HeapTupleHeader row, const char *name)
{
	Datum	   *words;
	int			count;
	unsigned	bits = 0;

	deconstruct_array(DatumGetArrayTypeP(dos_row_column(row, name)), TEXTOID, -1, false, TYPALIGN_INT, &words, NULL, &count);
	for (int i = 0; i < count; i++)
		bits |= 1u << dos_contact_role(TextDatumGetCString(words[i]));
	return bits;
}

static void
unpack(HeapTupleHeader row, DomainZone *zone)
{
	bool		isnull;
	Datum		life = GetAttributeByName(row, "auth_life", &isnull);

	zone->auth_ends = !isnull;
	if (zone->auth_ends)
		zone->auth_life = *DatumGetIntervalP(life);
	strlcpy(zone->name, dos_row_text(row, "name"), sizeof(zone->name));
	zone->operator_id = dos_row_int(row, "operator_id");
	strlcpy(zone->currency, dos_row_text(row, "currency"), sizeof(zone->currency));
	strlcpy(zone->roid_suffix, dos_row_text(row, "roid_suffix"), sizeof(zone->roid_suffix));
	zone->period_min = dos_row_int(row, "period_min");
	zone->period_max = dos_row_int(row, "period_max");
	zone->period_default = dos_row_int(row, "period_default");
	zone->years_chosen = is_given(row, "years_create") || is_given(row, "years_renew");
	zone->registrant_required = dos_row_bool(row, "registrant_required");
	zone->registrant_allowed = dos_row_bool(row, "registrant_allowed");
	zone->roles_required = roles(row, "contacts_required");
	zone->roles_allowed = roles(row, "contacts_allowed");
	zone->roles_counted = has_some(row, "contacts_counts");
	zone->contacts_max = dos_row_int(row, "contacts_max");
	zone->host_objects = strcmp(dos_row_text(row, "host_model"), "object") == 0;
	zone->hosts_max = dos_row_int(row, "hosts_max");
	zone->glue_wide = strcmp(dos_row_text(row, "glue"), "wide") == 0;
	zone->auth_strict = dos_row_int(row, "auth_length_min") > 0 || dos_row_int(row, "auth_classes_min") > 0;
	zone->restricted = dos_row_bool(row, "restricted");
	zone->fee_always = strcmp(dos_row_text(row, "fee_required"), "always") == 0;
	zone->pending_any = has_some(row, "pending_verbs");
}

static void
forget(void)
{
	HASHCTL		control = {.keysize = sizeof(int32), .entrysize = sizeof(DomainZone)};

	if (kept == NULL)
		kept = AllocSetContextCreate(TopMemoryContext, "dos domains of zones", ALLOCSET_SMALL_SIZES);
	MemoryContextReset(kept);
	control.hcxt = kept;
	zones = hash_create("dos domains of zones", 16, &control, HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
}

bool
dos_domain_zone(int32 id, DomainZone *zone)
{
	uint64		generation;
	DomainZone *entry;
	Datum		row;

	if (kept_generation != 0 && dos_zone_generation(&generation) && generation == kept_generation &&
		(entry = hash_search(zones, &id, HASH_FIND, NULL)) != NULL)
	{
		*zone = *entry;
		return true;
	}
	if (!dos_zone_get(id, &row))
		return false;
	memset(zone, 0, sizeof(*zone));
	zone->id = id;
	unpack(DatumGetHeapTupleHeader(row), zone);
	if (!dos_zone_generation(&generation))
		return true;			/* an old snapshot: good for this call only */
	if (generation != kept_generation)
		forget();
	kept_generation = generation;
	*(DomainZone *) hash_search(zones, &id, HASH_ENTER, NULL) = *zone;
	return true;
}
