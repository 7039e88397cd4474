/*
 * pricing.c
 *	  SQL face of prices: gather what an ask needs beside the book, evaluate, convert, explain.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "executor/executor.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/json.h"
#include "utils/jsonb.h"
#include "utils/numeric.h"

#include "base/error.h"
#include "base/row_column.h"
#include "pricing/pricing.h"
#include "pricing/pricing_book.h"

PG_FUNCTION_INFO_V1(dos_sql_price_evaluate);

/* arguments of dos_internal.price_evaluate() */
enum
{
	ARG_ZONE_ID, ARG_ZONE_NAME, ARG_HOME, ARG_NAME, ARG_COMMAND, ARG_YEARS, ARG_REGISTRAR_ID, ARG_CURRENCY, ARG_AT, ARG_PHASE, ARG_TOKEN,
	ARG_DOMAIN_ID, ARG_EXPLAIN
};

static SPIPlanPtr own_plan = NULL;
static SPIPlanPtr use_plan = NULL;
static SPIPlanPtr exchange_plan = NULL;
static SPIPlanPtr drop_plan = NULL;

static char *
text_argument(FunctionCallInfo fcinfo, int n)
{
	return PG_ARGISNULL(n) ? "" : text_to_cstring(PG_GETARG_TEXT_PP(n));
}

static const PricingPolicy *
policy_of(const PricingBook *book, int zone_id)
{
	static const PricingPolicy none = {.rounding = PRICE_HALF_UP};

	for (int i = 0; i < book->policy_count; i++)
		if (book->policies[i].zone_id == zone_id)
			return &book->policies[i];
	return &none;
}

static int
group_of(const PricingBook *book, int registrar_id, int64_t at)
{
	for (int i = 0; i < book->member_count; i++)
		if (book->members[i].registrar_id == registrar_id && book->members[i].valid.from <= at && at < book->members[i].valid.to)
			return book->members[i].group_id;
	return 0;
}

/* Run a kept plan; the caller has connected and finishes. */
static uint64
look_up(SPIPlanPtr *plan, const char *query, int count, Oid *types, Datum *values)
{
	if (*plan == NULL)
	{
		*plan = SPI_prepare(query, count, types);
		if (*plan == NULL || SPI_keepplan(*plan) != 0)
			elog(ERROR, "could not prepare \"%s\"", query);
	}
	if (SPI_execute_plan(*plan, values, NULL, false, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not run \"%s\"", query);
	return SPI_processed;
}

static int64
found_number(int row, int column)
{
	bool		isnull;

	return DatumGetInt64(SPI_getbinval(SPI_tuptable->vals[row], SPI_tuptable->tupdesc, column, &isnull));
}

/* The domain's own price, if it may have one and has. */
static const PriceOwn *
own_price(int64 domain_id, int registrar_id)
{
	Oid			types[2] = {INT8OID, INT4OID};
	Datum		values[2] = {Int64GetDatum(domain_id), Int32GetDatum(registrar_id)};
	PriceOwn   *own = palloc0(sizeof(PriceOwn));
	bool		found;

	SPI_connect();
	found = look_up(&own_plan, "SELECT o.amount_minor, o.until, o.currency FROM dos.price_own AS o WHERE o.domain_id = $1 AND o.registrar_id = $2",
					2, types, values) > 0;
	if (found)
	{
		own->amount = found_number(0, 1);
		own->until = found_number(0, 2);
		strlcpy(own->currency, SPI_getvalue(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 3), sizeof(own->currency));
	}
	SPI_finish();
	return found ? own : NULL;
}

/* When a name dropped, if its zone has expiry access and it was lately. */
static void
expiry_access(const PricingBook *book, const char *name, PriceAsk *ask)
{
	Oid			types[2] = {TEXTOID, TIMESTAMPTZOID};
	Datum		values[2] = {CStringGetTextDatum(name), 0};

	for (int i = 0; i < book->fall_count; i++)
		if (book->falls[i].zone_id == ask->zone_id)
			ask->fall = &book->falls[i];
	if (ask->fall == NULL)
		return;
	values[1] = Int64GetDatum(ask->at - ask->fall->tiers * ask->fall->tier_us);
	SPI_connect();
	/* of pendingDelete, not of the add grace period, whose names were never redeemable */
	if (look_up(&drop_plan, "SELECT h.ended_at FROM dos.object_history AS h WHERE h.kind = 'domain' AND h.object_name = $1 AND h.ended_at > $2 "
				"AND h.image ? 'deleted_at' ORDER BY h.ended_at DESC LIMIT 1", 2, types, values) > 0)
		ask->dropped_at = found_number(0, 1);
	SPI_finish();
}

/* How far limited promotions are used up; not asked for when there are none. */
static void
promotion_uses(const PricingBook *book, PriceAsk *ask)
{
	MemoryContext caller = CurrentMemoryContext;
	PriceUse   *uses;
	bool		limited = false;

	for (int i = 0; i < book->book.promotion_count; i++)
		limited = limited || book->book.promotions[i].quota >= 0 || book->book.promotions[i].budget >= 0;
	if (!limited)
		return;
	SPI_connect();
	ask->use_count = look_up(&use_plan, "SELECT u.promotion_id, u.used, u.spent_minor FROM dos.promotion_use AS u", 0, NULL, NULL);
	uses = MemoryContextAlloc(caller, sizeof(PriceUse) * (ask->use_count + 1));
	for (int i = 0; i < ask->use_count; i++)
		uses[i] = (PriceUse) {found_number(i, 1), found_number(i, 2), found_number(i, 3)};
	ask->uses = uses;
	SPI_finish();
}

static int64
field_number(HeapTupleHeader row, const char *name, int64 absent)
{
	bool		isnull;
	Datum		value = GetAttributeByName(row, name, &isnull);

	return isnull ? absent : DatumGetInt64(value);
}

/* What a row of dos.token does to the price; NULL when there is none. */
static const PriceToken *
token_argument(FunctionCallInfo fcinfo)
{
	HeapTupleHeader row;
	PriceToken *token;
	Datum		value;
	bool		isnull;

	if (PG_ARGISNULL(ARG_TOKEN))
		return NULL;
	row = PG_GETARG_HEAPTUPLEHEADER(ARG_TOKEN);
	token = palloc0(sizeof(PriceToken));
	token->id = field_number(row, "id", 0);
	if (token->id == 0)
		return NULL;			/* a row of NULLs */
	token->standard_price = dos_row_bool(row, "standard_price");
	token->stacks = dos_row_bool(row, "stacks");
	token->discount_years = dos_row_int(row, "discount_years");
	value = GetAttributeByName(row, "percent", &isnull);
	token->percent_bp = DatumGetInt32(DirectFunctionCall1(numeric_int4, DirectFunctionCall2(numeric_mul, value, NumericGetDatum(int64_to_numeric(100)))));
	token->amount = field_number(row, "price_minor", -1);
	token->has_price = token->amount >= 0;
	if (!token->has_price)
		token->amount = field_number(row, "amount_minor", 0);
	value = GetAttributeByName(row, "currency", &isnull);
	if (!isnull)
		strlcpy(token->currency, TextDatumGetCString(value), sizeof(token->currency));
	return token;
}

static void
refuse_price(PriceProblem problem, const PriceAsk *ask, const char *zone_name, const char *command)
{
	if (problem == PRICE_MISSING)
		ereport(ERROR,
				(errcode(ERRCODE_DOS_PARAMETER_POLICY),
				 errmsg("no price is set for this command"),
				 ask->class[0] == '\0' ?
				 errdetail("Zone \"%s\" has no price for %s of %s in %s.", zone_name, command, dos_pricing_term(ask->years), ask->currency) :
				 errdetail("Zone \"%s\" has no price for %s of %s in %s for names of class \"%s\".", zone_name, command, dos_pricing_term(ask->years),
						   ask->currency, ask->class),
				 dos_reason("price_missing"), dos_element("domain:period")));
	ereport(ERROR,
			(errcode(ERRCODE_DOS_PARAMETER_POLICY),
			 errmsg("the price of this command is out of range"),
			 errdetail("Zone \"%s\", %s of %s in %s.", zone_name, command, dos_pricing_term(ask->years), ask->currency),
			 dos_reason("price_out_of_range"), dos_element("domain:period")));
}

/* Convert the total once, by rates the zone accepts; returns how, as JSON. */
static char *
convert(const PricingBook *book, const PriceAsk *ask, PriceAnswer *answer)
{
	Oid			types[4] = {TEXTOID, TEXTOID, INT4OID, TIMESTAMPTZOID};
	Datum		values[4] = {CStringGetTextDatum(answer->currency), CStringGetTextDatum(ask->currency), Int32GetDatum(ask->zone_id), Int64GetDatum(ask->at)};
	static const char *const words[] = {[PRICE_HALF_UP] = "half_up", [PRICE_HALF_EVEN] = "half_even", [PRICE_UP] = "up"};
	PriceRounding rounding = policy_of(book, ask->zone_id)->rounding;
	MemoryContext caller = CurrentMemoryContext;
	StringInfoData json;
	char		from[4];
	int64		before = answer->total;
	char	   *words_of_rate = NULL;
	char	   *ids = NULL;
	int64		numerator = 0;
	int64		denominator = 0;

	SPI_connect();
	look_up(&exchange_plan, "SELECT e.numerator, e.denominator, e.explanation, array_to_json(e.ids)::text FROM dos_internal.exchange_find($1, $2, $3, $4) AS e",
			4, types, values);
	if (SPI_getvalue(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1) != NULL)
	{
		numerator = found_number(0, 1);
		denominator = found_number(0, 2);
		words_of_rate = MemoryContextStrdup(caller, SPI_getvalue(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 3));
		ids = MemoryContextStrdup(caller, SPI_getvalue(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 4));
	}
	SPI_finish();
	if (words_of_rate == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_DOS_PARAMETER_POLICY),
				 errmsg("no price is set for this command"),
				 errdetail("The price is in %s, and there is no exchange rate to %s that is recent enough.", answer->currency, ask->currency),
				 dos_reason("price_rate_missing"), dos_element("fee:currency")));
	strlcpy(from, answer->currency, sizeof(from));
	if (dos_price_convert(answer, ask->currency, numerator, denominator, dos_pricing_exponent(book, from),
						  dos_pricing_exponent(book, ask->currency), rounding) != PRICE_OK)
		refuse_price(PRICE_TOO_LARGE, ask, "", dos_price_command_word(ask->command));
	initStringInfo(&json);
	appendStringInfo(&json, "{\"currency\": \"%s\", \"amount_minor\": " INT64_FORMAT ", \"rates\": %s, \"rounding\": \"%s\", \"explanation\": ",
					 from, before, ids, words[rounding]);
	escape_json(&json, words_of_rate);
	appendStringInfoChar(&json, '}');
	return json.data;
}

/* What is asked, with all that must be looked up for it. */
static void
ask_gather(const PriceQuestion *question, const PriceToken *token, const PricingBook *book, PriceAsk *ask, PremiumFound *premium)
{
	bool		renewal;

	memset(ask, 0, sizeof(*ask));
	ask->zone_id = question->zone_id;
	ask->command = dos_price_command(question->command);
	ask->years = question->years;
	ask->home = question->home;
	ask->currency = question->currency ? question->currency : question->home;
	ask->at = question->at;
	ask->registrar_id = question->registrar_id;
	ask->phase = question->phase ? question->phase : "";
	ask->class = "";
	ask->token = token;
	ask->pro_rata = policy_of(book, ask->zone_id)->pro_rata;
	ask->rounding = policy_of(book, ask->zone_id)->rounding;
	if (dos_pricing_exponent(book, ask->currency) < 0)
		ereport(ERROR,
				(errcode(ERRCODE_DOS_PARAMETER_RANGE),
				 errmsg("currency \"%s\" is not known", ask->currency),
				 dos_reason("currency_unknown"), dos_element("fee:currency")));
	ask->group_id = group_of(book, ask->registrar_id, ask->at);
	if (ask->command == PRICE_COMMAND_COUNT || ask->years < 0 || (ask->years > 100 && ask->years <= PRICE_MONTHS) || ask->years >= PRICE_MONTHS + 120)
		refuse_price(PRICE_MISSING, ask, question->zone_name, question->command);
	renewal = ask->command == PRICE_RENEW || ask->command == PRICE_AUTORENEW;
	if (renewal && question->domain_id != 0 && policy_of(book, ask->zone_id)->own_prices)
		ask->own = own_price(question->domain_id, ask->registrar_id);
	promotion_uses(book, ask);
	if (ask->command == PRICE_CREATE && book->fall_count > 0)
		expiry_access(book, question->name, ask);
	*premium = (PremiumFound) {.class = ""};
	if (dos_premium_find(book, ask->zone_id, question->name, ask->at, premium))
		ask->class = premium->class;
}

/* At most one line, and that of a price for a standard name in the currency asked for; an update or delete without a price has none. */
static bool
is_plain(const PriceAsk *ask, const PriceAnswer *answer)
{
	return answer->line_count <= 1 && (answer->line_count == 0 || answer->lines[0].kind == PRICE_LINE_BASE) && ask->token == NULL &&
		ask->class[0] == '\0' && strcmp(answer->currency, ask->currency) == 0;
}

static bool
may_have_token(const PricingBook *book, int zone_id, int registrar_id)
{
	for (int i = 0; i < book->automatic_count; i++)
		if ((book->automatic[i].zone_id == 0 || book->automatic[i].zone_id == zone_id) &&
			(book->automatic[i].registrar_id == 0 || book->automatic[i].registrar_id == registrar_id))
			return true;
	return false;
}

bool
dos_price_plain(const PriceQuestion *question, PricePlain *price)
{
	PriceAsk	ask;
	PremiumFound premium;
	PriceAnswer answer;
	const PricingBook *book = dos_pricing_book();
	PriceBook	of_zone;
	PriceProblem problem;

	if (may_have_token(book, question->zone_id, question->registrar_id))
		return false;
	ask_gather(question, NULL, book, &ask, &premium);
	of_zone = dos_pricing_zone_book(book, ask.zone_id);
	problem = dos_price_evaluate(&of_zone, &ask, &answer);
	if (problem != PRICE_OK)
		refuse_price(problem, &ask, question->zone_name, question->command);
	if (!is_plain(&ask, &answer) || answer.line_count == 0 || !answer.standard || answer.refundable != answer.total)
		return false;
	price->amount = answer.total;
	price->price_id = answer.lines[0].rule->id;
	strlcpy(price->currency, answer.currency, sizeof(price->currency));
	return true;
}

static Datum
jsonb_of(const char *text)
{
	return DirectFunctionCall1(jsonb_in, CStringGetDatum(text));
}

Datum
dos_sql_price_evaluate(PG_FUNCTION_ARGS)
{
	PriceAsk	ask;
	PremiumFound premium;
	PriceAnswer *answer = palloc(sizeof(PriceAnswer));
	const PricingBook *book = dos_pricing_book();	/* once: what it says stays until the next call */
	PriceBook	of_zone;
	PriceProblem problem;
	PriceQuestion question = {
		.zone_id = PG_GETARG_INT32(ARG_ZONE_ID), .zone_name = text_argument(fcinfo, ARG_ZONE_NAME), .home = text_argument(fcinfo, ARG_HOME),
		.name = text_argument(fcinfo, ARG_NAME), .command = text_argument(fcinfo, ARG_COMMAND),
		.years = PG_ARGISNULL(ARG_YEARS) ? 1 : PG_GETARG_INT32(ARG_YEARS),
		.registrar_id = PG_ARGISNULL(ARG_REGISTRAR_ID) ? 0 : PG_GETARG_INT32(ARG_REGISTRAR_ID),
		.currency = PG_ARGISNULL(ARG_CURRENCY) ? NULL : text_argument(fcinfo, ARG_CURRENCY), .at = PG_GETARG_INT64(ARG_AT),
		.phase = text_argument(fcinfo, ARG_PHASE), .domain_id = PG_ARGISNULL(ARG_DOMAIN_ID) ? 0 : PG_GETARG_INT64(ARG_DOMAIN_ID),
	};
	char	   *conversion = NULL;
	TupleDesc	description;
	Datum		values[10] = {0};
	bool		nulls[10] = {0};
	bool		plain;

	if (PG_ARGISNULL(ARG_ZONE_ID) || PG_ARGISNULL(ARG_AT))
		elog(ERROR, "a price has a zone and an instant");
	if (get_call_result_type(fcinfo, NULL, &description) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	ask_gather(&question, token_argument(fcinfo), book, &ask, &premium);
	of_zone = dos_pricing_zone_book(book, ask.zone_id);
	problem = dos_price_evaluate(&of_zone, &ask, answer);
	if (problem != PRICE_OK)
		refuse_price(problem, &ask, question.zone_name, dos_price_command_word(ask.command));
	plain = is_plain(&ask, answer);
	if (answer->line_count > 0 && answer->lines[0].kind == PRICE_LINE_BASE)
		values[3] = Int64GetDatum(answer->lines[0].rule->id);
	else
		nulls[3] = true;
	if (strcmp(answer->currency, ask.currency) != 0)
		conversion = convert(book, &ask, answer);
	values[0] = Int64GetDatum(answer->total);
	values[1] = Int64GetDatum(answer->refundable);
	values[2] = CStringGetTextDatum(answer->currency);
	nulls[4] = ask.class[0] == '\0';
	values[4] = CStringGetTextDatum(ask.class);
	values[5] = BoolGetDatum(answer->standard);
	nulls[6] = plain && !PG_GETARG_BOOL(ARG_EXPLAIN);
	if (!nulls[6])
		values[6] = jsonb_of(dos_pricing_lines(book, &ask, answer, question.zone_name, &premium));
	nulls[7] = conversion == NULL;
	if (!nulls[7])
		values[7] = jsonb_of(conversion);
	nulls[8] = ask.token == NULL;
	values[8] = Int64GetDatum(ask.token ? ask.token->id : 0);
	nulls[9] = true;			/* whom it is owed to: whoever asks for the zone knows */
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(description), values, nulls)));
}
