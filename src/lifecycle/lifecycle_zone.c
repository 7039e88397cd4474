/*
 * lifecycle_zone.c
 *	  What zones say about lives, unpacked once per backend and generation of dos.zone: a domain's state is
 *	  asked for by every command and by every answer of a reader.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "common/cryptohash.h"
#include "common/sha2.h"
#include "executor/executor.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/hsearch.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "base/row_column.h"
#include "lifecycle/lifecycle.h"
#include "zone/zone.h"

PG_FUNCTION_INFO_V1(dos_sql_zone_period);

typedef struct KeptZone
{
	int32		zone_id;
	LifecycleZone *zone;
} KeptZone;

static MemoryContext kept_context;
static HTAB *kept;
static uint64 kept_generation;

/* Columns of dos.lifecycle_policy */
enum
{
	UNTIL = 1, AUTORENEW, AUTORENEW_YEARS, HORIZON_YEARS, ADD_GRACE, RENEW_GRACE, AUTORENEW_GRACE, TRANSFER_GRACE, TRANSFER_PENDING,
	REDEMPTION, PENDING_DELETE, PENDING_RESTORE, EXPIRY_HOLD, EXPIRY_DNS, EXPIRY_DNS_AFTER, RELEASE, RELEASE_AT, RELEASE_WINDOW
};

static Datum
part(HeapTupleHeader row, int number, bool *isnull)
{
	return GetAttributeByNum(row, number, isnull);
}

static int64
length_of(HeapTupleHeader row, int number)
{
	bool		isnull;
	Datum		value = part(row, number, &isnull);

	return isnull ? 0 : dos_lifecycle_length(DatumGetIntervalP(value));
}

static int
number_of(HeapTupleHeader row, int number, int otherwise)
{
	bool		isnull;
	Datum		value = part(row, number, &isnull);

	return isnull ? otherwise : DatumGetInt32(value);
}

static const char *
word_of(HeapTupleHeader row, int number, const char *otherwise)
{
	bool		isnull;
	Datum		value = part(row, number, &isnull);

	return isnull ? otherwise : TextDatumGetCString(value);
}

static void
policy_of(HeapTupleHeader row, LifecyclePolicy *policy)
{
	bool		no_end;
	bool		isnull;
	Datum		until = part(row, UNTIL, &no_end);
	Datum		autorenew = part(row, AUTORENEW, &isnull);

	policy->until = no_end ? LIFECYCLE_NEVER : DatumGetTimestampTz(until);
	policy->autorenew = !isnull && DatumGetBool(autorenew);
	policy->autorenew_years = number_of(row, AUTORENEW_YEARS, 1);
	policy->horizon_years = number_of(row, HORIZON_YEARS, 10);
	policy->add_grace = length_of(row, ADD_GRACE);
	policy->renew_grace = length_of(row, RENEW_GRACE);
	policy->autorenew_grace = length_of(row, AUTORENEW_GRACE);
	policy->transfer_grace = length_of(row, TRANSFER_GRACE);
	policy->transfer_pending = length_of(row, TRANSFER_PENDING);
	policy->redemption = length_of(row, REDEMPTION);
	policy->pending_delete = length_of(row, PENDING_DELETE);
	policy->pending_restore = length_of(row, PENDING_RESTORE);
	policy->expiry_hold = length_of(row, EXPIRY_HOLD);
	policy->expiry_dns = dos_lifecycle_expiry_dns_find(word_of(row, EXPIRY_DNS, "leave"));
	policy->expiry_dns_after = length_of(row, EXPIRY_DNS_AFTER);
	policy->release = dos_lifecycle_release_find(word_of(row, RELEASE, "exact"));
	policy->release_hour = length_of(row, RELEASE_AT);
	policy->release_window = length_of(row, RELEASE_WINDOW);
}

bool
dos_lifecycle_policies_of(ArrayType *array, LifecyclePolicies *policies)
{
	LifecyclePolicy *versions;
	Datum	   *rows;
	bool	   *nulls;
	int			count;

	*policies = (LifecyclePolicies) {0};
	if (ARR_NDIM(array) == 0)
		return false;
	deconstruct_array(array, ARR_ELEMTYPE(array), -1, false, TYPALIGN_DOUBLE, &rows, &nulls, &count);
	versions = palloc0(count * sizeof(LifecyclePolicy));
	for (int i = 0; i < count; i++)
	{
		if (nulls[i])
			return false;
		policy_of(DatumGetHeapTupleHeader(rows[i]), &versions[i]);
	}
	policies->count = count;
	policies->versions = versions;
	return versions[count - 1].until == LIFECYCLE_NEVER;
}

/* The row's own columns are the last version; those before are in past_policies. */
static void
own_policy(HeapTupleHeader row, LifecyclePolicy *policy)
{
	bool		isnull;

#define LENGTH(column)	dos_lifecycle_length(DatumGetIntervalP(GetAttributeByName(row, #column, &isnull)))
	policy->until = LIFECYCLE_NEVER;
	policy->autorenew = dos_row_bool(row, "autorenew");
	policy->autorenew_years = dos_row_int(row, "autorenew_years");
	policy->horizon_years = dos_row_int(row, "horizon_years");
	policy->add_grace = LENGTH(add_grace);
	policy->renew_grace = LENGTH(renew_grace);
	policy->autorenew_grace = LENGTH(autorenew_grace);
	policy->transfer_grace = LENGTH(transfer_grace);
	policy->transfer_pending = LENGTH(transfer_pending);
	policy->redemption = LENGTH(redemption);
	policy->pending_delete = LENGTH(pending_delete);
	policy->pending_restore = LENGTH(pending_restore);
	policy->expiry_hold = LENGTH(expiry_hold);
	policy->expiry_dns = dos_lifecycle_expiry_dns_find(dos_row_text(row, "expiry_dns"));
	policy->expiry_dns_after = LENGTH(expiry_dns_after);
	policy->release = dos_lifecycle_release_find(dos_row_text(row, "release"));
	policy->release_hour = LENGTH(release_hour);
	policy->release_window = LENGTH(release_window);
#undef LENGTH
}

static LifecycleZone *
unpack(HeapTupleHeader row)
{
	LifecycleZone *zone = palloc0(sizeof(LifecycleZone));
	LifecyclePolicies past;
	LifecyclePolicy *versions;
	bytea	   *seed;
	bool		isnull;

	dos_lifecycle_policies_of(DatumGetArrayTypeP(GetAttributeByName(row, "past_policies", &isnull)), &past);
	versions = palloc((past.count + 1) * sizeof(LifecyclePolicy));
	if (past.count > 0)
		memcpy(versions, past.versions, past.count * sizeof(LifecyclePolicy));
	own_policy(row, &versions[past.count]);
	zone->policies = (LifecyclePolicies) {
		.count = past.count + 1, .versions = versions,
		.by_expiry = strcmp(dos_row_text(row, "policy_by"), "expiry") == 0
	};
	for (size_t i = 0; i < zone->policies.count; i++)
		zone->draws |= versions[i].release == RELEASE_RANDOM;
	seed = DatumGetByteaPCopy(GetAttributeByName(row, "release_seed", &isnull));
	zone->seed = (uint8 *) VARDATA_ANY(seed);
	zone->seed_length = VARSIZE_ANY_EXHDR(seed);
	return zone;
}

static void
keep(int32 zone_id, LifecycleZone *zone, uint64 generation)
{
	bool		found;
	KeptZone   *entry;

	if (kept == NULL || generation != kept_generation)
		elog(ERROR, "zones are kept in no context");
	entry = hash_search(kept, &zone_id, HASH_ENTER, &found);
	entry->zone = zone;
}

static void
keep_none(uint64 generation)
{
	HASHCTL		control = {.keysize = sizeof(int32), .entrysize = sizeof(KeptZone)};

	if (kept_context != NULL)
		MemoryContextDelete(kept_context);
	kept = NULL;
	kept_context = AllocSetContextCreate(TopMemoryContext, "dos lifecycle of zones", ALLOCSET_SMALL_SIZES);
	control.hcxt = kept_context;
	kept = hash_create("dos lifecycle of zones", 16, &control, HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
	kept_generation = generation;
}

const LifecycleZone *
dos_lifecycle_zone(int32 zone_id)
{
	uint64		generation;
	KeptZone   *entry;
	LifecycleZone *zone;
	MemoryContext caller = CurrentMemoryContext;
	bool		current = dos_zone_generation(&generation);
	Datum		row;

	if (current && kept != NULL && generation == kept_generation && (entry = hash_search(kept, &zone_id, HASH_FIND, NULL)) != NULL)
		return entry->zone;
	if (!dos_zone_get(zone_id, &row))
		return NULL;
	current = dos_zone_generation(&generation);
	if (!current)
		return unpack(DatumGetHeapTupleHeader(row));
	if (kept == NULL || generation != kept_generation)
		keep_none(generation);
	MemoryContextSwitchTo(kept_context);
	zone = unpack(DatumGetHeapTupleHeader(row));
	MemoryContextSwitchTo(caller);
	keep(zone_id, zone, generation);
	return zone;
}

uint32
dos_lifecycle_draw(const LifecycleZone *zone, const char *name)
{
	pg_cryptohash_ctx *context;
	uint8		digest[PG_SHA256_DIGEST_LENGTH];

	if (!zone->draws)
		return 0;
	context = pg_cryptohash_create(PG_SHA256);
	if (pg_cryptohash_init(context) < 0 || pg_cryptohash_update(context, zone->seed, zone->seed_length) < 0
		|| pg_cryptohash_update(context, (const uint8 *) name, strlen(name)) < 0
		|| pg_cryptohash_final(context, digest, sizeof(digest)) < 0)
		elog(ERROR, "could not compute a digest");
	pg_cryptohash_free(context);
	return (uint32) digest[0] << 24 | (uint32) digest[1] << 16 | (uint32) digest[2] << 8 | digest[3];
}

static Datum
interval_datum(int64 length)
{
	Interval   *interval = palloc0(sizeof(Interval));

	interval->day = (int32) (length / USECS_PER_DAY);
	interval->time = length % USECS_PER_DAY;
	return IntervalPGetDatum(interval);
}

/* (zone id, period, instant) -> interval: a period as it is at an instant, for verbs */
Datum
dos_sql_zone_period(PG_FUNCTION_ARGS)
{
	static const struct
	{
		const char *name;
		size_t		offset;
	}			periods[] = {
		{"add_grace", offsetof(LifecyclePolicy, add_grace)},
		{"renew_grace", offsetof(LifecyclePolicy, renew_grace)},
		{"transfer_grace", offsetof(LifecyclePolicy, transfer_grace)},
		{"transfer_pending", offsetof(LifecyclePolicy, transfer_pending)},
	};
	const LifecycleZone *zone = dos_lifecycle_zone(PG_GETARG_INT32(0));
	char	   *period = text_to_cstring(PG_GETARG_TEXT_PP(1));
	TimestampTz at = PG_GETARG_TIMESTAMPTZ(2);
	const LifecyclePolicy *policy;

	if (zone == NULL)
		PG_RETURN_NULL();
	policy = dos_lifecycle_policy_at(&zone->policies, at, at);
	for (size_t i = 0; i < lengthof(periods); i++)
		if (strcmp(periods[i].name, period) == 0)
			PG_RETURN_DATUM(interval_datum(*(const int64 *) ((const char *) policy + periods[i].offset)));
	elog(ERROR, "period \"%s\" is not known", period);
}
