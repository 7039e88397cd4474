/*
 * pricing_book.h
 *	  All that prices are made of, read from its tables once and kept per backend until one of them changes.
 *
 * A change is in force at its commit in every session: each table has a statement trigger that sends an
 * invalidation (base/row_cache.sql). Under REPEATABLE READ the book is read anew each time.
 */
#ifndef DOS_PRICING_BOOK_H
#define DOS_PRICING_BOOK_H

#include "datatype/timestamp.h"
#include "regex/regex.h"

#include "pricing/pricing_rules.h"

typedef struct PricingPattern
{
	int			id;
	int			list_id;
	const char *pattern;
	bool		unicode;		/* on the U-label */
	const char *class;			/* "": a standard name */
	PriceSpan	valid;
	regex_t		compiled;
} PricingPattern;

typedef struct PricingEdition
{
	int			id;
	int			list_id;
	TimestampTz starts_at;
} PricingEdition;

typedef struct PricingList
{
	int			id;
	int			zone_id;
	const char *name;
} PricingList;

typedef struct PricingMember
{
	int			registrar_id;
	int			group_id;
	PriceSpan	valid;
} PricingMember;

typedef struct PricingPolicy
{
	int			zone_id;
	PriceRounding rounding;
	bool		own_prices;
	bool		pro_rata;		/* of month terms */
} PricingPolicy;

typedef struct PricingOptout
{
	int			registrar_id;
	int			zone_id;
} PricingOptout;

typedef struct PricingAutomatic
{
	int64_t		token_id;
	int			zone_id;		/* 0: of all */
	int			registrar_id;	/* 0: of all */
} PricingAutomatic;

typedef struct PricingCurrency
{
	char		code[4];
	int			exponent;
} PricingCurrency;

typedef struct PricingBook
{
	PriceBook	book;			/* rules by zone, promotions by rank */
	PricingList *lists;			/* by zone and rank */
	int			list_count;
	PricingEdition *editions;	/* of each list the latest first */
	int			edition_count;
	PricingPattern *patterns;	/* by rank */
	int			pattern_count;
	PricingMember *members;
	int			member_count;
	PricingPolicy *policies;
	int			policy_count;
	PriceFall  *falls;
	int			fall_count;
	PricingOptout *optouts;
	int			optout_count;
	PricingAutomatic *automatic;	/* by rank */
	int			automatic_count;
	PricingCurrency *currencies;
	int			currency_count;
} PricingBook;

/* Valid until the next call. */
extern const PricingBook *dos_pricing_book(void);

/* Fill an empty book from the tables. pricing_read.c */
extern void dos_pricing_read(PricingBook *book, MemoryContext context);

/* A zone's rules alone. */
extern PriceBook dos_pricing_zone_book(const PricingBook *book, int zone_id);

/* The class of a name and the list and pattern that say so. pricing_premium.c */
typedef struct PremiumFound
{
	const char *class;
	const char *list;
	const char *pattern;		/* or NULL: the label itself is on the list */
} PremiumFound;

/* False for a standard name, which costs next to nothing where there are no lists. */
extern bool dos_premium_find(const PricingBook *book, int zone_id, const char *name, int64_t at, PremiumFound *found);

/* An amount with the decimals of its currency, in palloc'ed memory. */
/* a term in words */
extern char *dos_pricing_term(int years);
extern char *dos_pricing_money(const PricingBook *book, int64_t amount, const char *currency);
extern int	dos_pricing_exponent(const PricingBook *book, const char *currency);

/* The lines of an answer as JSON text. pricing_explain.c */
extern char *dos_pricing_lines(const PricingBook *book, const PriceAsk *ask, const PriceAnswer *answer, const char *zone_name,
							   const PremiumFound *premium);

#endif
