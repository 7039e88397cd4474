/*
 * domain_state.c
 *	  The state of a domain row: the one place that knows which columns are facts of its life. SQL hands over
 *	  whole rows, readers that fetch by index the columns alone.
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
#include "registrar/registrar.h"

PG_FUNCTION_INFO_V1(dos_sql_domain_state);
PG_FUNCTION_INFO_V1(dos_sql_domain_gone_at);

/* Fields of dos.transfer, dos.unpaid and dos.pending_action */
enum
{
	TRANSFER_STATUS = 1, TRANSFER_REQUESTER, TRANSFER_REQUESTED, TRANSFER_ACTOR, TRANSFER_ACTS, TRANSFER_YEARS
};
enum
{
	UNPAID_EXPIRES = 1, UNPAID_YEARS, UNPAID_UNTIL
};
enum
{
	PENDING_KIND = 1, PENDING_REQUESTED, PENDING_ACTS, PENDING_APPROVES
};

static int64
instant_or_never(const Datum *values, const bool *nulls, DomainStateColumn column)
{
	return nulls[column] ? LIFECYCLE_NEVER : DatumGetTimestampTz(values[column]);
}

static int64
field_instant(HeapTupleHeader row, int number)
{
	bool		isnull;
	Datum		value = GetAttributeByNum(row, number, &isnull);

	return isnull ? LIFECYCLE_NEVER : DatumGetTimestampTz(value);
}

static bool
field_is(HeapTupleHeader row, int number, const char *word)
{
	bool		isnull;
	Datum		value = GetAttributeByNum(row, number, &isnull);

	return !isnull && strcmp(TextDatumGetCString(value), word) == 0;
}

static bool
array_is_empty(const Datum *values, const bool *nulls, DomainStateColumn column)
{
	return nulls[column] || ARR_NDIM(DatumGetArrayTypeP(values[column])) == 0;
}

/* A transfer counts while it pends; afterwards it is history. */
static void
transfer_facts(const Datum *values, const bool *nulls, LifecycleFacts *facts)
{
	bool		isnull;
	HeapTupleHeader transfer;

	facts->transfer_at = LIFECYCLE_NEVER;
	facts->transfer_years = 0;
	if (nulls[STATE_TRANSFER])
		return;
	transfer = DatumGetHeapTupleHeader(values[STATE_TRANSFER]);
	if (!field_is(transfer, TRANSFER_STATUS, "pending"))
		return;
	facts->transfer_at = field_instant(transfer, TRANSFER_ACTS);
	facts->transfer_years = DatumGetInt32(GetAttributeByNum(transfer, TRANSFER_YEARS, &isnull));
}

static void
unpaid_facts(const Datum *values, const bool *nulls, LifecycleFacts *facts)
{
	facts->unpaid_until = LIFECYCLE_NEVER;
	facts->unpaid_expires_at = LIFECYCLE_NEVER;
	if (nulls[STATE_UNPAID])
		return;
	facts->unpaid_until = field_instant(DatumGetHeapTupleHeader(values[STATE_UNPAID]), UNPAID_UNTIL);
	facts->unpaid_expires_at = field_instant(DatumGetHeapTupleHeader(values[STATE_UNPAID]), UNPAID_EXPIRES);
}

static void
pending_facts(const Datum *values, const bool *nulls, LifecycleFacts *facts)
{
	HeapTupleHeader pending;
	bool		isnull;
	Datum		approves;

	facts->pending = PENDING_NOTHING;
	facts->pending_until = LIFECYCLE_NEVER;
	if (nulls[STATE_PENDING])
		return;
	pending = DatumGetHeapTupleHeader(values[STATE_PENDING]);
	if (field_is(pending, PENDING_KIND, "create"))
		facts->pending = PENDING_CREATE;
	else if (field_is(pending, PENDING_KIND, "update"))
		facts->pending = PENDING_UPDATE;
	facts->pending_until = field_instant(pending, PENDING_ACTS);
	approves = GetAttributeByNum(pending, PENDING_APPROVES, &isnull);
	facts->pending_approved = !isnull && DatumGetBool(approves);
}

/* The domain's own word, else its registrar's, which matters only where something is due. */
static void
autorenew_facts(const Datum *values, const bool *nulls, LifecycleFacts *facts, TimestampTz at)
{
	facts->autorenew = -1;
	facts->transfer_autorenew = -1;
	if (!nulls[STATE_AUTORENEW])
		facts->autorenew = facts->transfer_autorenew = DatumGetBool(values[STATE_AUTORENEW]);
	else if (facts->expires_at <= at && facts->deleted_at == LIFECYCLE_NEVER)
	{
		facts->autorenew = dos_registrar_autorenew(DatumGetInt32(values[STATE_REGISTRAR]));
		if (facts->transfer_at != LIFECYCLE_NEVER)
			facts->transfer_autorenew = dos_registrar_autorenew(dos_domain_transferee(values));
	}
}

bool
dos_domain_state_of(const Datum *values, const bool *nulls, TimestampTz at, LifecycleState *state)
{
	LifecycleGrace graces[LIFECYCLE_GRACES_MAX];
	LifecycleFacts facts = {.graces = graces};
	const LifecycleZone *zone;

	if (nulls[STATE_ZONE] || (zone = dos_lifecycle_zone(DatumGetInt32(values[STATE_ZONE]))) == NULL)
		return false;
	facts.statuses = dos_lifecycle_statuses_of(DatumGetArrayTypeP(values[STATE_STATUSES]));
	facts.began_at = instant_or_never(values, nulls, STATE_CREATED);
	facts.expires_at = instant_or_never(values, nulls, STATE_EXPIRES);
	facts.expired_at = instant_or_never(values, nulls, STATE_EXPIRED);
	facts.deleted_at = instant_or_never(values, nulls, STATE_DELETED);
	facts.restore_at = instant_or_never(values, nulls, STATE_RESTORE);
	facts.release_at = instant_or_never(values, nulls, STATE_RELEASE);
	at = dos_lifecycle_not_before(&facts, at);
	transfer_facts(values, nulls, &facts);
	unpaid_facts(values, nulls, &facts);
	pending_facts(values, nulls, &facts);
	autorenew_facts(values, nulls, &facts, at);
	facts.draw = zone->draws && !nulls[STATE_NAME] ? dos_lifecycle_draw(zone, TextDatumGetCString(values[STATE_NAME])) : 0;
	facts.grace_count = dos_lifecycle_graces_of(DatumGetArrayTypeP(values[STATE_GRACES]), graces);
	facts.has_hosts = !array_is_empty(values, nulls, STATE_HOSTS) || !array_is_empty(values, nulls, STATE_HOST_ATTRS);
	dos_lifecycle_project(&facts, &zone->policies, at, state);
	return true;
}

int32
dos_domain_transferee(const Datum *values)
{
	bool		isnull;

	return DatumGetInt32(GetAttributeByNum(DatumGetHeapTupleHeader(values[STATE_TRANSFER]), TRANSFER_REQUESTER, &isnull));
}

/* Where the columns are in rows of this type; looked up once, for the table's type does not change under an extension. */
static const AttrNumber *
columns_of(TupleDesc desc)
{
	static const char *const names[STATE_COLUMN_COUNT] = {DOMAIN_STATE_COLUMNS};
	static AttrNumber numbers[STATE_COLUMN_COUNT];
	static Oid	known;
	static int	width;

	if (desc->tdtypeid == known && desc->natts == width && known != RECORDOID)
		return numbers;
	for (int column = 0; column < STATE_COLUMN_COUNT; column++)
	{
		numbers[column] = InvalidAttrNumber;
		for (int i = 0; i < desc->natts; i++)
			if (!TupleDescAttr(desc, i)->attisdropped && namestrcmp(&TupleDescAttr(desc, i)->attname, names[column]) == 0)
				numbers[column] = TupleDescAttr(desc, i)->attnum;
		if (numbers[column] == InvalidAttrNumber)
			elog(ERROR, "dos.domain has no column \"%s\"", names[column]);
	}
	known = desc->tdtypeid;
	width = desc->natts;
	return numbers;
}

bool
dos_domain_state(HeapTupleHeader domain, TimestampTz at, LifecycleState *state)
{
	TupleDesc	desc = lookup_rowtype_tupdesc(HeapTupleHeaderGetTypeId(domain), HeapTupleHeaderGetTypMod(domain));
	HeapTupleData tuple = {.t_len = HeapTupleHeaderGetDatumLength(domain), .t_data = domain, .t_tableOid = InvalidOid};
	const AttrNumber *numbers = columns_of(desc);
	Datum		values[STATE_COLUMN_COUNT];
	bool		nulls[STATE_COLUMN_COUNT];

	ItemPointerSetInvalid(&tuple.t_self);
	for (int column = 0; column < STATE_COLUMN_COUNT; column++)
		values[column] = heap_getattr(&tuple, numbers[column], desc, &nulls[column]);
	ReleaseTupleDesc(desc);
	return dos_domain_state_of(values, nulls, at, state);
}

Datum
dos_sql_domain_state(PG_FUNCTION_ARGS)
{
	LifecycleState state;

	if (!dos_domain_state(PG_GETARG_HEAPTUPLEHEADER(0), PG_GETARG_TIMESTAMPTZ(1), &state))
		PG_RETURN_NULL();
	PG_RETURN_DATUM(dos_lifecycle_state_datum(fcinfo, &state));
}

/* (domain, until): from one thing that the clock brings to the next, until the name is gone. */
Datum
dos_sql_domain_gone_at(PG_FUNCTION_ARGS)
{
	static const char *const last[] = {"deleted_at", "updated_at", "created_at"};
	HeapTupleHeader domain = PG_GETARG_HEAPTUPLEHEADER(0);
	TimestampTz until = PG_GETARG_TIMESTAMPTZ(1);
	TimestampTz at = until;
	bool		isnull = true;

	for (int i = 0; isnull && i < (int) lengthof(last); i++)
		at = DatumGetTimestampTz(GetAttributeByName(domain, last[i], &isnull));
	for (int step = 0; step < 50; step++)
	{
		LifecycleState state;

		if (isnull || !dos_domain_state(domain, at, &state))
			break;
		if (!state.registered)
			PG_RETURN_TIMESTAMPTZ(Min(at, until));
		if (state.next_event_at == LIFECYCLE_NEVER || state.next_event_at <= at || state.next_event_at > until)
			break;
		at = state.next_event_at;
	}
	PG_RETURN_TIMESTAMPTZ(until);
}
