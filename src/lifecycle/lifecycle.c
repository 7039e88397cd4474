/*
 * lifecycle.c
 *	  SQL faces of the lifecycle rules: unpack Datums, ask the rule, pack the answer.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "executor/executor.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"

#include "base/transition.h"
#include "lifecycle/lifecycle.h"
#include "lifecycle/lifecycle_rules.h"
#include "lifecycle/lifecycle_table.h"

PG_FUNCTION_INFO_V1(dos_sql_lifecycle_project);
PG_FUNCTION_INFO_V1(dos_sql_lifecycle_statuses);
PG_FUNCTION_INFO_V1(dos_sql_lifecycle_refusal);
PG_FUNCTION_INFO_V1(dos_sql_lifecycle_transitions);

uint32
dos_lifecycle_statuses_of(ArrayType *array)
{
	Datum	   *names;
	bool	   *nulls;
	int			count;
	uint32		set = 0;

	if (ARR_NDIM(array) == 0)
		return 0;
	deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &names, &nulls, &count);
	for (int i = 0; i < count; i++)
	{
		LifecycleStatus status = EPP_STATUS_COUNT;

		if (!nulls[i])
			status = dos_lifecycle_status_find(TextDatumGetCString(names[i]));
		if (status == EPP_STATUS_COUNT)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("status \"%s\" is not known", nulls[i] ? "NULL" : TextDatumGetCString(names[i]))));
		set |= EPP_STATUS_BIT(status);
	}
	return set;
}

static int
years_of(HeapTupleHeader grace)
{
	bool		isnull;
	Datum		years = GetAttributeByNum(grace, 4, &isnull);

	return isnull ? 0 : DatumGetInt32(years);
}

size_t
dos_lifecycle_graces_of(ArrayType *array, LifecycleGrace *graces)
{
	Datum	   *rows;
	bool	   *nulls;
	int			count;
	size_t		used = 0;

	if (ARR_NDIM(array) == 0)
		return 0;
	deconstruct_array(array, ARR_ELEMTYPE(array), -1, false, TYPALIGN_DOUBLE, &rows, &nulls, &count);
	for (int i = 0; i < count && used < LIFECYCLE_GRACES_MAX; i++)
	{
		HeapTupleHeader row = nulls[i] ? NULL : DatumGetHeapTupleHeader(rows[i]);
		bool		no_kind = true;
		bool		no_end = true;
		Datum		kind = row ? GetAttributeByNum(row, 1, &no_kind) : (Datum) 0;
		Datum		ends_at = row ? GetAttributeByNum(row, 2, &no_end) : (Datum) 0;

		if (no_kind || no_end)
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("a grace period has a kind and an end")));
		graces[used].kind = dos_lifecycle_grace_find(TextDatumGetCString(kind));
		if (graces[used].kind == RGP_COUNT)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("grace period \"%s\" is not known", TextDatumGetCString(kind))));
		graces[used].ends_at = DatumGetTimestampTz(ends_at);
		graces[used].years = years_of(row);
		used++;
	}
	return used;
}

int64
dos_lifecycle_length(const Interval *interval)
{
	return interval->time + (interval->day + INT64CONST(30) * interval->month) * USECS_PER_DAY;
}

static Datum
text_array_of(const char *const *words, int count)
{
	Datum		elements[EPP_STATUS_COUNT];

	for (int i = 0; i < count; i++)
		elements[i] = CStringGetTextDatum(words[i]);
	return PointerGetDatum(construct_array(elements, count, TEXTOID, -1, false, TYPALIGN_INT));
}

static Datum
instant_datum(int64 instant, bool *isnull)
{
	*isnull = instant == LIFECYCLE_NEVER;
	return TimestampTzGetDatum(instant);
}

Datum
dos_lifecycle_statuses_datum(const LifecycleState *state)
{
	const char *words[EPP_STATUS_COUNT];
	int			count = 0;

	for (int status = 0; status < EPP_STATUS_COUNT; status++)
		if (state->statuses & EPP_STATUS_BIT(status))
			words[count++] = dos_lifecycle_status((LifecycleStatus) status)->name;
	return text_array_of(words, count);
}

Datum
dos_lifecycle_rgp_datum(const LifecycleState *state)
{
	const char *words[RGP_COUNT];
	int			count = 0;

	for (int rgp = 0; rgp < RGP_COUNT; rgp++)
		if (state->rgp & (UINT32_C(1) << rgp))
			words[count++] = dos_lifecycle_rgp_name((LifecycleRgp) rgp);
	return text_array_of(words, count);
}

Datum
dos_lifecycle_rgp_ends_datum(const LifecycleState *state)
{
	Datum		ends[RGP_COUNT];
	int			count = 0;

	for (int rgp = 0; rgp < RGP_COUNT; rgp++)
		if (state->rgp & (UINT32_C(1) << rgp))
			ends[count++] = TimestampTzGetDatum(state->rgp_ends_at[rgp]);
	return PointerGetDatum(construct_array(ends, count, TIMESTAMPTZOID, 8, FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}

Datum
dos_lifecycle_state_datum(FunctionCallInfo fcinfo, const LifecycleState *state)
{
	TupleDesc	tupdesc = (TupleDesc) fcinfo->flinfo->fn_extra;
	Datum		values[18];
	bool		nulls[18] = {false};

	if (tupdesc == NULL)
	{
		MemoryContext old = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);

		if (get_call_result_type(fcinfo, NULL, &tupdesc) != TYPEFUNC_COMPOSITE)
			elog(ERROR, "dos.domain_state is not a composite type");
		tupdesc = BlessTupleDesc(tupdesc);
		fcinfo->flinfo->fn_extra = tupdesc;
		MemoryContextSwitchTo(old);
	}

	values[0] = BoolGetDatum(state->registered);
	values[1] = dos_lifecycle_statuses_datum(state);
	values[2] = dos_lifecycle_rgp_datum(state);
	values[3] = dos_lifecycle_rgp_ends_datum(state);
	values[4] = instant_datum(state->expires_at, &nulls[4]);
	values[5] = Int32GetDatum(state->renewals);
	values[6] = BoolGetDatum(state->transferred);
	values[7] = BoolGetDatum(state->absorbed);
	values[8] = BoolGetDatum(state->restore_lapsed);
	values[9] = instant_datum(state->deleted_at, &nulls[9]);
	values[10] = BoolGetDatum(state->delegated);
	values[11] = instant_datum(state->next_event_at, &nulls[11]);
	values[12] = BoolGetDatum(state->expired);
	values[13] = instant_datum(state->expired_at, &nulls[13]);
	values[14] = BoolGetDatum(state->parked);
	values[15] = BoolGetDatum(state->lapsed);
	values[16] = BoolGetDatum(state->settled);
	values[17] = instant_datum(state->purge_at, &nulls[17]);
	return HeapTupleGetDatum(heap_form_tuple(tupdesc, values, nulls));
}

static Datum
field(HeapTupleHeader row, int number, const char *what)
{
	bool		isnull;
	Datum		value = GetAttributeByNum(row, number, &isnull);

	if (isnull)
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("%s of a domain's life must be known", what)));
	return value;
}

static int64
instant_or_never(HeapTupleHeader row, int number)
{
	bool		isnull;
	Datum		value = GetAttributeByNum(row, number, &isnull);

	return isnull ? LIFECYCLE_NEVER : DatumGetTimestampTz(value);
}

static int
int_or(HeapTupleHeader row, int number, int otherwise)
{
	bool		isnull;
	Datum		value = GetAttributeByNum(row, number, &isnull);

	return isnull ? otherwise : DatumGetInt32(value);
}

static int
flag_or(HeapTupleHeader row, int number, int otherwise)
{
	bool		isnull;
	Datum		value = GetAttributeByNum(row, number, &isnull);

	return isnull ? otherwise : DatumGetBool(value);
}

static LifecyclePending
pending_of(HeapTupleHeader row, int number)
{
	bool		isnull;
	Datum		value = GetAttributeByNum(row, number, &isnull);

	if (isnull)
		return PENDING_NOTHING;
	return strcmp(TextDatumGetCString(value), "create") == 0 ? PENDING_CREATE : PENDING_UPDATE;
}

/* (dos.lifecycle_facts, dos.lifecycle_policy[], instant) */
Datum
dos_sql_lifecycle_project(PG_FUNCTION_ARGS)
{
	HeapTupleHeader stored = PG_GETARG_HEAPTUPLEHEADER(0);
	LifecycleGrace graces[LIFECYCLE_GRACES_MAX];
	LifecycleFacts facts = {.graces = graces};
	LifecyclePolicies policies;
	LifecycleState state;

	facts.statuses = dos_lifecycle_statuses_of(DatumGetArrayTypeP(field(stored, 1, "statuses")));
	facts.expires_at = DatumGetTimestampTz(field(stored, 2, "expiry"));
	facts.deleted_at = instant_or_never(stored, 3);
	facts.restore_at = instant_or_never(stored, 4);
	facts.transfer_at = instant_or_never(stored, 5);
	facts.transfer_years = facts.transfer_at == LIFECYCLE_NEVER ? 0 : DatumGetInt32(field(stored, 6, "transfer years"));
	facts.grace_count = dos_lifecycle_graces_of(DatumGetArrayTypeP(field(stored, 7, "graces")), graces);
	facts.has_hosts = DatumGetBool(field(stored, 8, "hosts"));
	facts.began_at = instant_or_never(stored, 9);
	facts.expired_at = instant_or_never(stored, 10);
	facts.autorenew = flag_or(stored, 11, -1);
	facts.transfer_autorenew = facts.autorenew;
	facts.unpaid_until = instant_or_never(stored, 12);
	facts.unpaid_expires_at = instant_or_never(stored, 13);
	facts.pending = pending_of(stored, 14);
	facts.pending_until = instant_or_never(stored, 15);
	facts.pending_approved = flag_or(stored, 16, 0);
	facts.release_at = instant_or_never(stored, 17);
	facts.draw = (uint32) int_or(stored, 18, 0);
	if (!dos_lifecycle_policies_of(PG_GETARG_ARRAYTYPE_P(1), &policies))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a life needs a policy, and the last one is in force for ever")));

	dos_lifecycle_project(&facts, &policies, PG_GETARG_TIMESTAMPTZ(2), &state);
	PG_RETURN_DATUM(dos_lifecycle_state_datum(fcinfo, &state));
}

Datum
dos_sql_lifecycle_statuses(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < EPP_STATUS_COUNT; i++)
	{
		const LifecycleStatusRule *rule = dos_lifecycle_status((LifecycleStatus) i);
		const char *words[EPP_STATUS_COUNT];
		int			count = 0;
		Datum		values[5];
		bool		nulls[5] = {false};

		for (int verb = 0; verb < VERB_COUNT; verb++)
			if (rule->prohibits & (UINT32_C(1) << verb))
				words[count++] = dos_lifecycle_verb_name((LifecycleVerb) verb);
		values[0] = CStringGetTextDatum(rule->name);
		values[1] = CStringGetTextDatum(rule->setter == SET_BY_CLIENT ? "client" : "server");
		values[2] = text_array_of(words, count);
		values[3] = BoolGetDatum(rule->withholds);
		count = 0;
		for (int other = 0; other < EPP_STATUS_COUNT; other++)
			if (rule->displaces & EPP_STATUS_BIT(other))
				words[count++] = dos_lifecycle_status((LifecycleStatus) other)->name;
		values[4] = text_array_of(words, count);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}

Datum
dos_sql_lifecycle_refusal(PG_FUNCTION_ARGS)
{
	char	   *name = text_to_cstring(PG_GETARG_TEXT_PP(0));
	LifecycleVerb verb = dos_lifecycle_verb_find(name);
	LifecycleStatus status;

	if (verb == VERB_COUNT)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("verb \"%s\" is not known", name)));
	status = dos_lifecycle_refusal(verb, dos_lifecycle_statuses_of(PG_GETARG_ARRAYTYPE_P(1)));
	if (status == EPP_STATUS_COUNT)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(dos_lifecycle_status(status)->name));
}

Datum
dos_sql_lifecycle_transitions(PG_FUNCTION_ARGS)
{
	const Transition *table;
	size_t		count = dos_lifecycle_transitions(&table);

	return dos_transition_rows(fcinfo, table, count);
}
