/*
 * escrow_facts.c
 *	  SQL faces of escrow_facts_rules.c: dos.escrow_facts of what was shown.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_collation.h"
#include "catalog/pg_type.h"
#include "executor/executor.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/lsyscache.h"
#include "utils/timestamp.h"
#include "utils/typcache.h"

#include "base/pg_version.h"
#include "escrow/escrow_facts_rules.h"
#include "escrow/escrow_rules.h"

/* Columns of dos.escrow_facts */
enum
{
	FACT_DELETED, FACT_RESTORE, FACT_GRACES, FACT_COMPUTED, FACT_AUTORENEW, FACT_EXPIRED, FACT_UNPAID, FACT_RELEASE, FACT_REGISTRANT,
	FACT_NEVER, FACT_TTLS, FACT_DERIVED, FACT_HIDDEN, FACT_PHASE, FACT_COLUMNS
};

/* Kept for the calls of one statement: the type of the answer, and the zone's policy. */
typedef struct FactsCall
{
	TupleDesc	desc;
	int32		zone_id;		/* 0: none yet */
	EscrowPolicy policy;
} FactsCall;

typedef struct FactsRow
{
	TupleDesc	desc;
	Datum		values[FACT_COLUMNS];
	bool		nulls[FACT_COLUMNS];
} FactsRow;

PG_FUNCTION_INFO_V1(dos_sql_escrow_facts);
PG_FUNCTION_INFO_V1(dos_sql_escrow_facts_words);
PG_FUNCTION_INFO_V1(dos_sql_escrow_instant_plain);

static FactsCall *
facts_begin(FunctionCallInfo fcinfo, FactsRow *row)
{
	FactsCall  *call = fcinfo->flinfo->fn_extra;

	if (call == NULL)
	{
		MemoryContext old = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);

		call = palloc0(sizeof(FactsCall));
		if (get_call_result_type(fcinfo, NULL, &call->desc) != TYPEFUNC_COMPOSITE)
			elog(ERROR, "dos.escrow_facts is not a composite type");
		call->desc = BlessTupleDesc(call->desc);
		fcinfo->flinfo->fn_extra = call;
		MemoryContextSwitchTo(old);
	}
	row->desc = call->desc;
	memset(row->nulls, true, sizeof(row->nulls));
	memset(row->values, 0, sizeof(row->values));
	return call;
}

static void
set(FactsRow *row, int column, Datum value)
{
	row->values[column] = value;
	row->nulls[column] = false;
}

static void
set_instant(FactsRow *row, int column, int64 at)
{
	if (at != ESCROW_NO_INSTANT)
		set(row, column, TimestampTzGetDatum(at));
}

static EscrowPart
part_of(Datum value)
{
	text	   *packed = DatumGetTextPP(value);

	return (EscrowPart) {VARDATA_ANY(packed), VARSIZE_ANY_EXHDR(packed)};
}

static Datum
part_datum(EscrowPart part)
{
	return PointerGetDatum(cstring_to_text_with_len(part.text, (int) part.length));
}

/* (text) -> the instant it is, if it is plainly one */
Datum
dos_sql_escrow_instant_plain(PG_FUNCTION_ARGS)
{
	int64		at = dos_escrow_instant_plain(part_of(PG_GETARG_DATUM(0)));

	if (at == ESCROW_NO_INSTANT)
		PG_RETURN_NULL();
	PG_RETURN_TIMESTAMPTZ(at);
}

/* A composite value of the type of a column, or of the elements of the column's array. */
static Datum
composite(Oid type, Datum *values, bool *nulls)
{
	TupleDesc	desc = lookup_rowtype_tupdesc(type, -1);
	Datum		row = HeapTupleGetDatum(heap_form_tuple(desc, values, nulls));

	ReleaseTupleDesc(desc);
	return row;
}

static Datum
graces_datum(Oid array_type, const EscrowLife *life)
{
	Oid			type = get_element_type(array_type);
	Datum		graces[ESCROW_SHOWN_MAX];

	for (int i = 0; i < life->grace_count; i++)
	{
		Datum		values[] = {CStringGetTextDatum(life->graces[i].kind), TimestampTzGetDatum(life->graces[i].ends_at), (Datum) 0, Int32GetDatum(life->graces[i].years)};
		bool		nulls[] = {false, false, true, false};

		graces[i] = composite(type, values, nulls);
	}
	return PointerGetDatum(construct_array(graces, life->grace_count, type, -1, false, TYPALIGN_DOUBLE));
}

static Datum
parts_datum(const EscrowPart *parts, int count)
{
	Datum		texts[ESCROW_SHOWN_MAX + 1];

	for (int i = 0; i < count; i++)
		texts[i] = part_datum(parts[i]);
	return PointerGetDatum(construct_array(texts, count, TEXTOID, -1, false, TYPALIGN_INT));
}

/* NS:3600,DS:60 as {"NS": 3600, "DS": 60}; nothing when it is not that. */
static void
set_ttls(FactsRow *row, EscrowPart ttl)
{
	StringInfoData json;
	const char *at = ttl.text;
	const char *end = ttl.text + ttl.length;

	if (!ttl.text)
		return;
	initStringInfo(&json);
	while (at < end)
	{
		size_t		letters = 0;
		size_t		digits = 0;

		while (at + letters < end && at[letters] >= 'A' && at[letters] <= 'Z')
			letters++;
		while (at + letters + 1 + digits < end && at[letters + 1 + digits] >= '0' && at[letters + 1 + digits] <= '9')
			digits++;
		if (letters == 0 || at + letters == end || at[letters] != ':' || digits < 1 || digits > 10)
			break;
		appendStringInfo(&json, "%s\"%.*s\": %lld", json.len ? ", " : "{", (int) letters, at, atoll(at + letters + 1));
		at += letters + 1 + digits;
		if (at < end && *at == ',')
			at++;
		else
			break;
	}
	if (json.len == 0)
		return;
	appendStringInfoChar(&json, '}');
	set(row, FACT_TTLS, DirectFunctionCall1(jsonb_in, CStringGetDatum(json.data)));
}

static void
set_list(FactsRow *row, int column, EscrowPart list)
{
	if (list.text)
		set(row, column, DirectFunctionCall2Coll(text_to_array, DEFAULT_COLLATION_OID, part_datum(list), CStringGetTextDatum(",")));
}

static void
set_words(FactsRow *row, EscrowPart text)
{
	EscrowWords words;

	dos_escrow_words(text, &words);
	if (words.autorenew >= 0)
		set(row, FACT_AUTORENEW, BoolGetDatum(words.autorenew == 1));
	set_instant(row, FACT_EXPIRED, words.expired_at);
	if (words.unpaid_years >= 0)
	{
		Datum		values[] = {TimestampTzGetDatum(words.unpaid_expires_at), Int32GetDatum(words.unpaid_years), TimestampTzGetDatum(words.unpaid_until)};
		bool		nulls[] = {false, false, false};

		set(row, FACT_UNPAID, composite(TupleDescAttr(row->desc, FACT_UNPAID)->atttypid, values, nulls));
	}
	set_instant(row, FACT_RELEASE, words.release_at);
	set_instant(row, FACT_REGISTRANT, words.registrant_changed_at);
	set(row, FACT_NEVER, BoolGetDatum(words.never));
	set_ttls(row, words.ttl);
	set_list(row, FACT_DERIVED, words.derived);
	set_list(row, FACT_HIDDEN, words.hidden);
	if (words.phase.text)
		set(row, FACT_PHASE, DirectFunctionCall3Coll(replace_text, DEFAULT_COLLATION_OID, part_datum(words.phase), CStringGetTextDatum("%20"), CStringGetTextDatum(" ")));
}

/* (text of a status) -> facts */
Datum
dos_sql_escrow_facts_words(PG_FUNCTION_ARGS)
{
	static const EscrowLife none;
	FactsRow	row;

	facts_begin(fcinfo, &row);
	set(&row, FACT_GRACES, graces_datum(TupleDescAttr(row.desc, FACT_GRACES)->atttypid, &none));
	set(&row, FACT_COMPUTED, parts_datum(NULL, 0));
	set_words(&row, PG_ARGISNULL(0) ? (EscrowPart) {NULL, 0} : part_of(PG_GETARG_DATUM(0)));
	return HeapTupleGetDatum(heap_form_tuple(row.desc, row.values, row.nulls));
}

static EscrowLength
length_of(HeapTupleHeader zone, const char *column)
{
	bool		isnull;
	Datum		value = GetAttributeByName(zone, column, &isnull);
	Interval   *period = isnull ? NULL : DatumGetIntervalP(value);

	return period ? (EscrowLength) {period->month, period->day * USECS_PER_DAY + period->time} : (EscrowLength) {0, 0};
}

/* The policy of a zone does not change within a statement. */
static const EscrowPolicy *
policy_of(FactsCall *call, HeapTupleHeader zone)
{
	bool		isnull;
	int32		id = DatumGetInt32(GetAttributeByName(zone, "id", &isnull));

	if (call->zone_id == id)
		return &call->policy;
	call->zone_id = id;
	call->policy = (EscrowPolicy) {
		.add_grace = length_of(zone, "add_grace"),
		.renew_grace = length_of(zone, "renew_grace"),
		.autorenew_grace = length_of(zone, "autorenew_grace"),
		.transfer_grace = length_of(zone, "transfer_grace"),
		.redemption = length_of(zone, "redemption"),
		.pending_delete = length_of(zone, "pending_delete"),
		.pending_restore = length_of(zone, "pending_restore"),
	};
	return &call->policy;
}

/* A field of dos.escrow_domain. */
static Datum
field(HeapTupleHeader object, enum EscrowDomainField number, bool *isnull)
{
	return GetAttributeByNum(object, number + 1, isnull);
}

static int64
instant(HeapTupleHeader object, enum EscrowDomainField number)
{
	bool		isnull;
	Datum		value = field(object, number, &isnull);

	return isnull ? ESCROW_NO_INSTANT : DatumGetTimestampTz(value);
}

static int
texts(HeapTupleHeader object, enum EscrowDomainField number, EscrowPart *parts, int limit)
{
	bool		isnull;
	Datum		value = field(object, number, &isnull);
	Datum	   *items;
	bool	   *nulls;
	int			count;
	int			used = 0;

	if (isnull)
		return 0;
	deconstruct_array(DatumGetArrayTypeP(value), TEXTOID, -1, false, TYPALIGN_INT, &items, &nulls, &count);
	for (int i = 0; i < count && used < limit; i++)
		if (!nulls[i])
			parts[used++] = part_of(items[i]);
	return used;
}

static void
shown_of(HeapTupleHeader object, TimestampTz watermark, EscrowShown *shown)
{
	EscrowPart	statuses[ESCROW_SHOWN_MAX];
	int			count = texts(object, DOMAIN_STATUSES, statuses, ESCROW_SHOWN_MAX);

	*shown = (EscrowShown) {
		.watermark = watermark,
		.created_at = instant(object, DOMAIN_CREATED_AT),
		.expires_at = instant(object, DOMAIN_EXPIRES_AT),
		.updated_at = instant(object, DOMAIN_UPDATED_AT),
		.transferred_at = instant(object, DOMAIN_TRANSFERRED_AT),
		.transfer_acts_at = instant(object, DOMAIN_TRANSFER_ACTS_AT),
	};
	for (int i = 0; i < count; i++)
		shown->pending_delete |= statuses[i].length == strlen("pendingDelete") && memcmp(statuses[i].text, "pendingDelete", statuses[i].length) == 0;
	shown->rgp_count = texts(object, DOMAIN_RGP, shown->rgp, ESCROW_SHOWN_MAX);
}

/* (dos.escrow_domain, dos.zone, watermark) -> facts */
Datum
dos_sql_escrow_facts(PG_FUNCTION_ARGS)
{
	HeapTupleHeader object = PG_GETARG_HEAPTUPLEHEADER(0);
	EscrowShown shown;
	EscrowLife	life;
	FactsRow	row;
	FactsCall  *call = facts_begin(fcinfo, &row);
	bool		wordless;
	Datum		words = field(object, DOMAIN_FACTS, &wordless);

	shown_of(object, PG_GETARG_TIMESTAMPTZ(2), &shown);
	dos_escrow_life(&shown, policy_of(call, PG_GETARG_HEAPTUPLEHEADER(1)), &life);
	set_words(&row, wordless ? (EscrowPart) {NULL, 0} : part_of(words));
	set_instant(&row, FACT_DELETED, life.deleted_at);
	set_instant(&row, FACT_RESTORE, life.restore_at);
	set(&row, FACT_GRACES, graces_datum(TupleDescAttr(row.desc, FACT_GRACES)->atttypid, &life));
	set(&row, FACT_COMPUTED, parts_datum(life.computed, life.computed_count));
	return HeapTupleGetDatum(heap_form_tuple(row.desc, row.values, row.nulls));
}
