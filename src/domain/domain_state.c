/*
 * domain_state.c
 *	  The state of a domain row: the one place that knows which columns are facts of its life, and
 *	  which columns of its zone are policy.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "executor/executor.h"
#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/typcache.h"

#include "domain/domain_state.h"
#include "lifecycle/lifecycle.h"
#include "zone/zone.h"

PG_FUNCTION_INFO_V1(dos_sql_domain_state);

static Datum
fact(HeapTupleHeader row, const char *column, bool *isnull)
{
	return GetAttributeByName(row, column, isnull);
}

static int64
instant_or_never(HeapTupleHeader row, const char *column)
{
	bool		isnull;
	Datum		value = fact(row, column, &isnull);

	return isnull ? LIFECYCLE_NEVER : DatumGetTimestampTz(value);
}

static bool
array_is_empty(HeapTupleHeader row, const char *column)
{
	bool		isnull;
	Datum		value = fact(row, column, &isnull);

	return isnull || ARR_NDIM(DatumGetArrayTypeP(value)) == 0;
}

/* A transfer counts while it pends; afterwards it is history. */
static void
transfer_facts(HeapTupleHeader domain, LifecycleFacts *facts)
{
	bool		isnull;
	Datum		value = fact(domain, "transfer", &isnull);
	HeapTupleHeader transfer;
	Datum		status;

	facts->transfer_at = LIFECYCLE_NEVER;
	facts->transfer_years = 0;
	if (isnull)
		return;
	transfer = DatumGetHeapTupleHeader(value);
	status = fact(transfer, "status", &isnull);
	if (isnull || strcmp(TextDatumGetCString(status), "pending") != 0)
		return;
	facts->transfer_at = instant_or_never(transfer, "acts_at");
	facts->transfer_years = DatumGetInt32(fact(transfer, "years", &isnull));
}

static int64
policy_length(HeapTupleHeader zone, const char *column)
{
	bool		isnull;

	return dos_lifecycle_length(DatumGetIntervalP(fact(zone, column, &isnull)));
}

static void
policy_of(HeapTupleHeader zone, LifecyclePolicy *policy)
{
	bool		isnull;

	policy->autorenew = DatumGetBool(fact(zone, "autorenew", &isnull));
	policy->autorenew_grace = policy_length(zone, "autorenew_grace");
	policy->redemption = policy_length(zone, "redemption");
	policy->pending_delete = policy_length(zone, "pending_delete");
	policy->pending_restore = policy_length(zone, "pending_restore");
	policy->transfer_grace = policy_length(zone, "transfer_grace");
	policy->horizon_years = DatumGetInt32(fact(zone, "horizon_years", &isnull));
}

bool
dos_domain_state(HeapTupleHeader domain, TimestampTz at, LifecycleState *state)
{
	LifecycleGrace graces[LIFECYCLE_GRACES_MAX];
	LifecycleFacts facts = {.graces = graces};
	LifecyclePolicy policy;
	Datum		zone;
	Datum		zone_id;
	bool		isnull;

	zone_id = fact(domain, "zone_id", &isnull);
	if (isnull || !dos_zone_get(DatumGetInt32(zone_id), &zone))
		return false;
	facts.statuses = dos_lifecycle_statuses_of(DatumGetArrayTypeP(fact(domain, "statuses", &isnull)));
	facts.expires_at = instant_or_never(domain, "expires_at");
	facts.deleted_at = instant_or_never(domain, "deleted_at");
	facts.restore_at = instant_or_never(domain, "restore_at");
	at = dos_lifecycle_not_before(&facts, at);
	transfer_facts(domain, &facts);
	facts.grace_count = dos_lifecycle_graces_of(DatumGetArrayTypeP(fact(domain, "graces", &isnull)), graces);
	facts.has_hosts = !array_is_empty(domain, "host_ids") || !array_is_empty(domain, "host_attrs");
	policy_of(DatumGetHeapTupleHeader(zone), &policy);
	dos_lifecycle_project(&facts, &policy, at, state);
	return true;
}

Datum
dos_sql_domain_state(PG_FUNCTION_ARGS)
{
	LifecycleState state;

	if (!dos_domain_state(PG_GETARG_HEAPTUPLEHEADER(0), PG_GETARG_TIMESTAMPTZ(1), &state))
		PG_RETURN_NULL();
	PG_RETURN_DATUM(dos_lifecycle_state_datum(fcinfo, &state));
}
