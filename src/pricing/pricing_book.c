/*
 * pricing_book.c
 *	  Read the tables of prices into memory, and forget them when one changes.
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/namespace.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

#include "pricing/pricing_book.h"

static MemoryContext book_context = NULL;
static PricingBook kept;
static bool kept_valid = false;

static const char *const watched[] = {
	"price", "price_class", "early_access", "fee", "promotion", "premium_list", "premium_edition", "premium_pattern",
	"price_group_member", "price_policy", "premium_optout", "expiry_access", "token_automatic", "currency"
};

static Oid	watched_ids[lengthof(watched)];

static void
book_invalidate(Datum arg, Oid relid)
{
	if (relid == InvalidOid)
		kept_valid = false;
	for (int i = 0; i < lengthof(watched) && kept_valid; i++)
		if (relid == watched_ids[i])
			kept_valid = false;
}

static void
book_empty(void)
{
	for (int i = 0; i < kept.pattern_count; i++)
		pg_regfree(&kept.patterns[i].compiled);
	memset(&kept, 0, sizeof(kept));
	MemoryContextReset(book_context);
}

static void
book_read(void)
{
	Oid			schema = get_namespace_oid("dos", false);

	book_empty();
	for (int i = 0; i < lengthof(watched); i++)
		watched_ids[i] = get_relname_relid(watched[i], schema);
	kept_valid = true;			/* an invalidation while we read makes it false again */
	dos_pricing_read(&kept, book_context);
	if (IsolationUsesXactSnapshot())
		kept_valid = false;
}

const PricingBook *
dos_pricing_book(void)
{
	if (book_context == NULL)
	{
		book_context = AllocSetContextCreate(TopMemoryContext, "dos prices", ALLOCSET_DEFAULT_SIZES);
		CacheRegisterRelcacheCallback(book_invalidate, (Datum) 0);
	}
	if (!kept_valid)
	{
		PG_TRY();
		{
			book_read();
		}
		PG_CATCH();
		{
			kept_valid = false;
			PG_RE_THROW();
		}
		PG_END_TRY();
	}
	return &kept;
}

PriceBook
dos_pricing_zone_book(const PricingBook *book, int zone_id)
{
	PriceBook	of_zone = book->book;
	int			low = 0;
	int			high = book->book.rule_count;

	while (low < high)
	{
		int			middle = (low + high) / 2;

		if (book->book.rules[middle].zone_id < zone_id)
			low = middle + 1;
		else
			high = middle;
	}
	of_zone.rules += low;
	for (of_zone.rule_count = 0; low + of_zone.rule_count < book->book.rule_count; of_zone.rule_count++)
		if (of_zone.rules[of_zone.rule_count].zone_id != zone_id)
			break;
	return of_zone;
}

int
dos_pricing_exponent(const PricingBook *book, const char *currency)
{
	for (int i = 0; i < book->currency_count; i++)
		if (strcmp(book->currencies[i].code, currency) == 0)
			return book->currencies[i].exponent;
	return -1;
}

char *
dos_pricing_money(const PricingBook *book, int64_t amount, const char *currency)
{
	int			exponent = Max(dos_pricing_exponent(book, currency), 0);
	int64		unit = 1;

	for (int i = 0; i < exponent; i++)
		unit *= 10;
	if (exponent == 0)
		return psprintf(INT64_FORMAT, amount);
	return psprintf("%s" INT64_FORMAT ".%0*d", amount < 0 ? "-" : "", (int64) llabs(amount) / unit, exponent, (int) (llabs(amount) % unit));
}
