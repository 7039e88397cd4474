/*
 * domain_event.c
 *	  Content of the events of charged verbs, and grace periods, made without a query.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/namespace.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/datetime.h"
#include "utils/json.h"
#include "utils/numeric.h"
#include "utils/syscache.h"
#include "utils/typcache.h"

#include "domain/domain_event.h"

static void
push_text(JsonbParseState **state, JsonbIteratorToken token, const char *text)
{
	JsonbValue	value = {.type = jbvString, .val.string = {.len = strlen(text), .val = unconstify(char *, text)}};

	pushJsonbValue(state, token, &value);
}

static void
push_number(JsonbParseState **state, int64 number)
{
	JsonbValue	value = {.type = jbvNumeric, .val.numeric = int64_to_numeric(number)};

	pushJsonbValue(state, WJB_VALUE, &value);
}

Jsonb *
dos_domain_charged(int years, TimestampTz expires_at, int64 amount, const char *currency)
{
	JsonbParseState *state = NULL;
	JsonbValue *object;
	char		instant[MAXDATELEN + 1];

	JsonEncodeDateTime(instant, TimestampTzGetDatum(expires_at), TIMESTAMPTZOID, NULL);
	pushJsonbValue(&state, WJB_BEGIN_OBJECT, NULL);
	push_text(&state, WJB_KEY, "years");
	push_number(&state, years);
	push_text(&state, WJB_KEY, "expires_at");
	push_text(&state, WJB_VALUE, instant);
	push_text(&state, WJB_KEY, "amount_minor");
	push_number(&state, amount);
	push_text(&state, WJB_KEY, "currency");
	push_text(&state, WJB_VALUE, currency);
	object = pushJsonbValue(&state, WJB_END_OBJECT, NULL);
	return JsonbValueToJsonb(object);
}

Jsonb *
dos_domain_notice(const char *clid)
{
	JsonbParseState *state = NULL;

	pushJsonbValue(&state, WJB_BEGIN_OBJECT, NULL);
	push_text(&state, WJB_KEY, "notify");
	pushJsonbValue(&state, WJB_BEGIN_ARRAY, NULL);
	push_text(&state, WJB_ELEM, clid);
	pushJsonbValue(&state, WJB_END_ARRAY, NULL);
	return JsonbValueToJsonb(pushJsonbValue(&state, WJB_END_OBJECT, NULL));
}

Datum
dos_graces_one(const char *kind, TimestampTz ends_at, int64 entry_id, int years)
{
	Oid			type = GetSysCacheOid2(TYPENAMENSP, Anum_pg_type_oid, CStringGetDatum("grace"), ObjectIdGetDatum(get_namespace_oid("dos", false)));
	TupleDesc	desc = lookup_rowtype_tupdesc(type, -1);
	Datum		values[4] = {CStringGetTextDatum(kind), TimestampTzGetDatum(ends_at), Int64GetDatum(entry_id), Int32GetDatum(years)};
	bool		nulls[4] = {false};
	Datum		grace = HeapTupleGetDatum(heap_form_tuple(desc, values, nulls));

	ReleaseTupleDesc(desc);
	return PointerGetDatum(construct_array(&grace, 1, type, -1, false, TYPALIGN_DOUBLE));
}
