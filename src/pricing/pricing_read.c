/*
 * pricing_read.c
 *	  The tables of prices, row by row, into the book.
 */
#include "postgres.h"

#include "catalog/pg_collation.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "pricing/pricing_book.h"

static MemoryContext book_context;	/* where the book is being written */
static PricingBook *fresh;

#define SPAN(valid) \
	"CASE WHEN lower_inf(" valid ") THEN '-infinity' ELSE lower(" valid ") + CASE WHEN lower_inc(" valid ") THEN '0' ELSE interval '1 us' END END, " \
	"CASE WHEN upper_inf(" valid ") THEN 'infinity' ELSE upper(" valid ") + CASE WHEN upper_inc(" valid ") THEN interval '1 us' ELSE '0' END END"

/* One table of the book: how to read it, and where a row goes. */
typedef struct BookTable
{
	const char *query;
	size_t		size;			/* of a row in memory */
	void		(*read) (void *row, HeapTuple tuple, TupleDesc columns);
	size_t		rows;			/* offsets in PricingBook */
	size_t		count;
} BookTable;

static int64
number(HeapTuple tuple, TupleDesc columns, int column)
{
	bool		isnull;
	Datum		value = SPI_getbinval(tuple, columns, column, &isnull);

	if (isnull)
		return 0;
	switch (SPI_gettypeid(columns, column))
	{
		case BOOLOID:
			return DatumGetBool(value);
		case INT4OID:
			return DatumGetInt32(value);
		default:				/* int8, timestamptz */
			return DatumGetInt64(value);
	}
}

/* In the memory of the book; "" for NULL. */
static char *
words(HeapTuple tuple, TupleDesc columns, int column)
{
	char	   *value = SPI_getvalue(tuple, columns, column);

	return value ? MemoryContextStrdup(book_context, value) : "";
}

static void
word(HeapTuple tuple, TupleDesc columns, int column, char *to, size_t size)
{
	char	   *value = SPI_getvalue(tuple, columns, column);

	strlcpy(to, value ? value : "", size);
}

static PriceSpan
span(HeapTuple tuple, TupleDesc columns, int column)
{
	return (PriceSpan) {number(tuple, columns, column), number(tuple, columns, column + 1)};
}

/* 'create,renew' as bits */
static unsigned
commands(HeapTuple tuple, TupleDesc columns, int column)
{
	char	   *value = SPI_getvalue(tuple, columns, column);
	unsigned	bits = 0;

	for (char *one = strtok(value, ","); one != NULL; one = strtok(NULL, ","))
		bits |= PRICE_COMMAND_BIT(dos_price_command(one));
	return bits;
}

static void
read_rule(void *row, HeapTuple t, TupleDesc c)
{
	PriceRule  *rule = row;

	rule->id = number(t, c, 1);
	rule->zone_id = number(t, c, 2);
	rule->command = dos_price_command(SPI_getvalue(t, c, 3));
	rule->years = number(t, c, 4);
	word(t, c, 5, rule->currency, sizeof(rule->currency));
	rule->amount = number(t, c, 6);
	rule->registrar_id = number(t, c, 7);
	rule->group_id = number(t, c, 8);
	word(t, c, 9, rule->class, sizeof(rule->class));
	word(t, c, 10, rule->phase, sizeof(rule->phase));
	rule->note = words(t, c, 11);
	rule->valid = span(t, c, 12);
}

static void
read_class(void *row, HeapTuple t, TupleDesc c)
{
	PriceClass *class = row;

	class->zone_id = number(t, c, 1);
	word(t, c, 2, class->name, sizeof(class->name));
	class->standard = commands(t, c, 3);
}

static void
read_step(void *row, HeapTuple t, TupleDesc c)
{
	PriceStep  *step = row;

	step->id = number(t, c, 1);
	step->zone_id = number(t, c, 2);
	word(t, c, 3, step->currency, sizeof(step->currency));
	step->amount = number(t, c, 4);
	step->refundable = number(t, c, 5);
	step->note = words(t, c, 6);
	step->valid = span(t, c, 7);
}

static void
read_fee(void *row, HeapTuple t, TupleDesc c)
{
	PriceFee   *fee = row;

	fee->id = number(t, c, 1);
	fee->zone_id = number(t, c, 2);
	fee->name = words(t, c, 3);
	fee->commands = commands(t, c, 4);
	word(t, c, 5, fee->phase, sizeof(fee->phase));
	word(t, c, 6, fee->currency, sizeof(fee->currency));
	fee->amount = number(t, c, 7);
	fee->each_year = number(t, c, 8);
	fee->refundable = number(t, c, 9);
	fee->valid = span(t, c, 10);
}

/* '7,9' as an array of registrars */
static const int *
registrars(HeapTuple t, TupleDesc c, int column, int *count)
{
	char	   *value = SPI_getvalue(t, c, column);
	int		   *ids = MemoryContextAlloc(book_context, sizeof(int) * (value ? strlen(value) + 1 : 1));

	*count = 0;
	for (char *one = value ? strtok(value, ",") : NULL; one != NULL; one = strtok(NULL, ","))
		ids[(*count)++] = atoi(one);
	return ids;
}

static void
read_promotion(void *row, HeapTuple t, TupleDesc c)
{
	PricePromotion *promotion = row;

	promotion->id = number(t, c, 1);
	promotion->name = words(t, c, 2);
	promotion->zone_id = number(t, c, 3);
	promotion->commands = commands(t, c, 4);
	promotion->years_min = number(t, c, 5);
	promotion->years_max = number(t, c, 6);
	word(t, c, 7, promotion->class, sizeof(promotion->class));
	word(t, c, 8, promotion->phase, sizeof(promotion->phase));
	promotion->registrars = registrars(t, c, 9, &promotion->registrar_count);
	promotion->group_id = number(t, c, 10);
	promotion->percent_bp = number(t, c, 11);
	promotion->amount = number(t, c, 12);
	word(t, c, 13, promotion->currency, sizeof(promotion->currency));
	promotion->free_years = number(t, c, 14);
	promotion->quota = number(t, c, 15);
	promotion->budget = number(t, c, 16);
	promotion->stacks = number(t, c, 17);
	promotion->valid = span(t, c, 18);
}

static void
read_list(void *row, HeapTuple t, TupleDesc c)
{
	PricingList *list = row;

	list->id = number(t, c, 1);
	list->zone_id = number(t, c, 2);
	list->name = words(t, c, 3);
}

static void
read_edition(void *row, HeapTuple t, TupleDesc c)
{
	PricingEdition *edition = row;

	edition->id = number(t, c, 1);
	edition->list_id = number(t, c, 2);
	edition->starts_at = number(t, c, 3);
}

static void
read_pattern(void *row, HeapTuple t, TupleDesc c)
{
	PricingPattern *pattern = row;
	int			length;
	pg_wchar   *wide;
	MemoryContext caller;

	pattern->id = number(t, c, 1);
	pattern->list_id = number(t, c, 2);
	pattern->pattern = words(t, c, 3);
	pattern->unicode = strcmp(SPI_getvalue(t, c, 4), "u") == 0;
	pattern->class = words(t, c, 5);
	pattern->valid = span(t, c, 6);
	wide = palloc((strlen(pattern->pattern) + 1) * sizeof(pg_wchar));
	length = pg_mb2wchar_with_len(pattern->pattern, wide, strlen(pattern->pattern));
	caller = MemoryContextSwitchTo(book_context);	/* where PostgreSQL 16 and above keep it */
	if (pg_regcomp(&pattern->compiled, wide, length, REG_ADVANCED | REG_NOSUB, DEFAULT_COLLATION_OID) != REG_OKAY)
		elog(ERROR, "could not compile premium pattern %d", pattern->id);
	MemoryContextSwitchTo(caller);
	fresh->pattern_count++;		/* so that it is freed whatever comes next */
}

static void
read_member(void *row, HeapTuple t, TupleDesc c)
{
	PricingMember *member = row;

	member->registrar_id = number(t, c, 1);
	member->group_id = number(t, c, 2);
	member->valid = span(t, c, 3);
}

static void
read_policy(void *row, HeapTuple t, TupleDesc c)
{
	PricingPolicy *policy = row;
	char	   *rounding = SPI_getvalue(t, c, 2);

	policy->zone_id = number(t, c, 1);
	policy->rounding = strcmp(rounding, "up") == 0 ? PRICE_UP : strcmp(rounding, "half_even") == 0 ? PRICE_HALF_EVEN : PRICE_HALF_UP;
	policy->own_prices = number(t, c, 3);
	policy->pro_rata = number(t, c, 4);
}

static void
read_optout(void *row, HeapTuple t, TupleDesc c)
{
	PricingOptout *optout = row;

	optout->registrar_id = number(t, c, 1);
	optout->zone_id = number(t, c, 2);
}

static void
read_fall(void *row, HeapTuple t, TupleDesc c)
{
	PriceFall  *fall = row;

	fall->zone_id = number(t, c, 1);
	word(t, c, 2, fall->currency, sizeof(fall->currency));
	fall->first = number(t, c, 3);
	fall->last = number(t, c, 4);
	fall->tiers = number(t, c, 5);
	fall->tier_us = number(t, c, 6);
}

static void
read_automatic(void *row, HeapTuple t, TupleDesc c)
{
	PricingAutomatic *automatic = row;

	automatic->token_id = number(t, c, 1);
	automatic->zone_id = number(t, c, 2);
	automatic->registrar_id = number(t, c, 3);
}

static void
read_currency(void *row, HeapTuple t, TupleDesc c)
{
	PricingCurrency *currency = row;

	word(t, c, 1, currency->code, sizeof(currency->code));
	currency->exponent = number(t, c, 2);
}

#define INTO(rows, count) offsetof(PricingBook, rows), offsetof(PricingBook, count)

static const BookTable tables[] = {
	{"SELECT id, zone_id, command, coalesce(years, -1), currency, amount_minor, registrar_id, group_id, class, phase, "
		"concat(', class ' || class, ', phase ' || phase, ', for this registrar' || left(registrar_id::text, 0), ', for its group' || left(group_id::text, 0), "
		"', valid ' || dos_internal.span_text(valid), ' (' || comment || ')'), " SPAN("valid") " FROM dos.price ORDER BY zone_id, id",
		sizeof(PriceRule), read_rule, INTO(book.rules, book.rule_count)},
	{"SELECT zone_id, name, array_to_string(standard, ',') FROM dos.price_class",
		sizeof(PriceClass), read_class, INTO(book.classes, book.class_count)},
	{"SELECT id, zone_id, currency, amount_minor, refundable, dos_internal.span_text(valid), " SPAN("valid") " FROM dos.early_access",
		sizeof(PriceStep), read_step, INTO(book.steps, book.step_count)},
	{"SELECT id, zone_id, name, array_to_string(commands, ','), phase, currency, amount_minor, each_year, refundable, " SPAN("valid") " FROM dos.fee ORDER BY id",
		sizeof(PriceFee), read_fee, INTO(book.fees, book.fee_count)},
	{"SELECT p.id, p.name, p.zone_id, array_to_string(p.commands, ','), lower(p.years), upper(p.years) - 1, p.class, p.phase, "
		"CASE WHEN p.registrars IS NOT NULL THEN (SELECT coalesce(string_agg(r.id::text, ','), '-1') FROM dos.registrar AS r WHERE r.clid = ANY (p.registrars)) END, "
		"g.id, (p.percent * 100)::int, p.amount_minor, p.currency, p.free_years, coalesce(p.quota, -1), coalesce(p.budget_minor, -1), p.stacks, "
		SPAN("p.valid") " FROM dos.promotion AS p LEFT JOIN dos.price_group AS g ON g.name = p.price_group WHERE p.enabled ORDER BY p.rank, p.id",
		sizeof(PricePromotion), read_promotion, INTO(book.promotions, book.promotion_count)},
	{"SELECT id, zone_id, name FROM dos.premium_list WHERE enabled ORDER BY zone_id, rank, id",
		sizeof(PricingList), read_list, INTO(lists, list_count)},
	{"SELECT id, list_id, starts_at FROM dos.premium_edition ORDER BY list_id, starts_at DESC",
		sizeof(PricingEdition), read_edition, INTO(editions, edition_count)},
	{"SELECT id, list_id, pattern, form, class, " SPAN("valid") " FROM dos.premium_pattern ORDER BY rank, id",
		sizeof(PricingPattern), read_pattern, INTO(patterns, pattern_count)},
	{"SELECT registrar_id, group_id, " SPAN("valid") " FROM dos.price_group_member",
		sizeof(PricingMember), read_member, INTO(members, member_count)},
	{"SELECT zone_id, rounding, own_prices, month_terms = 'pro_rata' FROM dos.price_policy",
		sizeof(PricingPolicy), read_policy, INTO(policies, policy_count)},
	{"SELECT registrar_id, zone_id FROM dos.premium_optout",
		sizeof(PricingOptout), read_optout, INTO(optouts, optout_count)},
	{"SELECT zone_id, currency, first_minor, last_minor, tiers, (extract(epoch FROM tier) * 1000000)::bigint FROM dos.expiry_access",
		sizeof(PriceFall), read_fall, INTO(falls, fall_count)},
	{"SELECT token_id, zone_id, registrar_id FROM dos.token_automatic ORDER BY rank, token_id",
		sizeof(PricingAutomatic), read_automatic, INTO(automatic, automatic_count)},
	{"SELECT code, exponent::int FROM dos.currency",
		sizeof(PricingCurrency), read_currency, INTO(currencies, currency_count)},
};

static void
book_table_read(const BookTable *table)
{
	void	  **rows = (void **) ((char *) fresh + table->rows);
	int		   *count = (int *) ((char *) fresh + table->count);
	char	   *row;

	if (SPI_execute(table->query, false, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not read prices: %s", table->query);
	row = MemoryContextAllocZero(book_context, table->size * (SPI_processed + 1));
	*rows = row;
	*count = 0;
	for (uint64 i = 0; i < SPI_processed; i++, row += table->size)
		table->read(row, SPI_tuptable->vals[i], SPI_tuptable->tupdesc);
	*count = SPI_processed;
	SPI_freetuptable(SPI_tuptable);
}

void
dos_pricing_read(PricingBook *book, MemoryContext context)
{
	book_context = context;
	fresh = book;
	SPI_connect();
	for (int i = 0; i < lengthof(tables); i++)
		book_table_read(&tables[i]);
	SPI_finish();
}
