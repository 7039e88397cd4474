/*
 * pricing_rules.h
 *	  What a command costs, pure: rules and an ask in, lines that add up out. No PostgreSQL, no clock.
 *
 * A price is found for the class of the name and never for another; among those the registrar's own beats
 * its group's, which beats the standard one; then the price of the phase beats the one of any phase; then
 * the price of exactly so many years beats the price of each year. Nothing found is a problem, never free,
 * but for update, delete and what is done besides (an application, a status, a lock), which cost nothing unless something is set.
 *
 * All amounts are minor units. One evaluation is in one currency; dos_price_convert() turns the total into
 * another, once.
 */
#ifndef DOS_PRICING_RULES_H
#define DOS_PRICING_RULES_H

#include <stdbool.h>
#include <stdint.h>

#define PRICE_WORD			64		/* a class or a phase with its end */
#define PRICE_EACH_YEAR		(-1)
#define PRICE_MONTHS		1000	/* years above are so many months more (base/period_rules.h) */
#define PRICE_LINES_MAX		64
#define PRICE_AMOUNT_MAX	INT64_C(999999999999999)

typedef enum PriceCommand
{
	PRICE_CREATE,
	PRICE_RENEW,
	PRICE_AUTORENEW,
	PRICE_TRANSFER,
	PRICE_RESTORE,
	PRICE_UPDATE,
	PRICE_DELETE,
	/* what is done with these commands and may cost something besides */
	PRICE_APPLICATION,
	PRICE_STATUS,
	PRICE_LOCK,
	PRICE_COMMAND_COUNT
} PriceCommand;

#define PRICE_COMMAND_BIT(command) (1u << (command))

/* When a rule holds: from <= at < to, microseconds. */
typedef struct PriceSpan
{
	int64_t		from;
	int64_t		to;
} PriceSpan;

typedef struct PriceRule
{
	int64_t		id;
	int			zone_id;
	PriceCommand command;
	int			years;			/* exactly so many, or PRICE_EACH_YEAR */
	char		currency[4];
	int64_t		amount;
	int			registrar_id;	/* 0: of any */
	int			group_id;		/* 0: of any */
	char		class[PRICE_WORD];	/* "": a standard name */
	char		phase[PRICE_WORD];	/* "": any phase */
	PriceSpan	valid;
	const char *note;			/* for people, not read here; likewise below */
} PriceRule;

typedef struct PriceClass
{
	int			zone_id;
	char		name[PRICE_WORD];
	unsigned	standard;		/* commands at the standard price */
} PriceClass;

/* A dated surcharge on create (early access), its own line. */
typedef struct PriceStep
{
	int64_t		id;
	int			zone_id;
	char		currency[4];
	int64_t		amount;
	bool		refundable;
	PriceSpan	valid;
	const char *note;
} PriceStep;

/* A named fee of a command, once or for each year. */
typedef struct PriceFee
{
	int64_t		id;
	int			zone_id;
	const char *name;
	unsigned	commands;
	char		phase[PRICE_WORD];
	char		currency[4];
	int64_t		amount;
	bool		each_year;
	bool		refundable;
	PriceSpan	valid;
} PriceFee;

/* In the book in the order of rank. One that does not stack is granted alone. */
typedef struct PricePromotion
{
	int64_t		id;
	const char *name;
	int			zone_id;		/* 0: all */
	unsigned	commands;
	int			years_min;
	int			years_max;
	char		class[PRICE_WORD];	/* "": standard names, "*": every name */
	char		phase[PRICE_WORD];
	int			registrar_count;	/* 0: all */
	const int  *registrars;
	int			group_id;		/* 0: all */
	int			percent_bp;		/* hundredths of a percent */
	int64_t		amount;
	char		currency[4];	/* of amount and budget; "": neither */
	int			free_years;
	int64_t		quota;			/* -1: none */
	int64_t		budget;			/* -1: none */
	bool		stacks;
	PriceSpan	valid;
} PricePromotion;

typedef struct PriceBook
{
	const PriceRule *rules;
	int			rule_count;
	const PriceClass *classes;
	int			class_count;
	const PriceStep *steps;
	int			step_count;
	const PriceFee *fees;
	int			fee_count;
	const PricePromotion *promotions;
	int			promotion_count;
} PriceBook;

/* What a token does to the price; whether it may be used is decided before. */
typedef struct PriceToken
{
	int64_t		id;
	bool		standard_price;	/* a premium name at the standard price */
	bool		has_price;		/* the price of a year is `amount` */
	int			percent_bp;
	int64_t		amount;			/* price of a year, or taken off once */
	char		currency[4];	/* of amount; "": none */
	int			discount_years; /* percent counts for the first years; 0: all */
	bool		stacks;			/* promotions are granted beside it */
} PriceToken;

/* A domain's own price of a year's renewal (grandfathered). */
typedef struct PriceOwn
{
	char		currency[4];
	int64_t		amount;
	int64_t		until;
} PriceOwn;

/* A fee that falls, tier by tier, from the first to the last after a name has dropped. */
typedef struct PriceFall
{
	int			zone_id;
	char		currency[4];
	int64_t		first;
	int64_t		last;
	int			tiers;
	int64_t		tier_us;		/* how long each lasts */
} PriceFall;

/* How much of a limited promotion is used up. */
typedef struct PriceUse
{
	int64_t		promotion_id;
	int64_t		used;
	int64_t		spent;
} PriceUse;

typedef struct PriceAsk
{
	int			zone_id;
	PriceCommand command;
	int			years;			/* of a restore: years renewed with it */
	const char *currency;		/* wanted */
	const char *home;			/* of the zone */
	int64_t		at;
	int			registrar_id;	/* 0: nobody in particular */
	int			group_id;		/* 0: in none */
	const char *class;			/* "": a standard name */
	const char *phase;			/* "": none */
	bool		pro_rata;		/* a term of months without a price costs its share of a year */
	int			rounding;		/* PriceRounding, of that share */
	const PriceToken *token;	/* or NULL */
	const PriceOwn *own;		/* or NULL */
	const PriceUse *uses;
	int			use_count;
	const PriceFall *fall;		/* of the zone, or NULL */
	int64_t		dropped_at;		/* when the name dropped; 0: not lately */
} PriceAsk;

typedef enum PriceLineKind
{
	PRICE_LINE_BASE,
	PRICE_LINE_OWN,
	PRICE_LINE_TOKEN_PRICE,
	PRICE_LINE_TOKEN,
	PRICE_LINE_PROMOTION,
	PRICE_LINE_STEP,
	PRICE_LINE_FALL,
	PRICE_LINE_FEE
} PriceLineKind;

typedef struct PriceLine
{
	PriceLineKind kind;
	PriceCommand command;		/* what the line is for: renew in a restore */
	int			years;
	int64_t		amount;			/* negative: a discount */
	int64_t		before;			/* the amount before it was converted */
	bool		apart;			/* an entry of its own in the ledger, which no refund takes back */
	const PriceRule *rule;		/* of the kinds that have one */
	const PriceStep *step;
	const PriceFee *fee;
	const PricePromotion *promotion;
} PriceLine;

typedef struct PriceAnswer
{
	char		currency[4];
	char		class[PRICE_WORD];	/* of the name; "": standard */
	bool		standard;		/* what a standard name costs, without early access */
	int64_t		total;
	int64_t		refundable;		/* what the command's own entry holds */
	int			line_count;
	PriceLine	lines[PRICE_LINES_MAX];
} PriceAnswer;

typedef enum PriceProblem
{
	PRICE_OK,
	PRICE_MISSING,				/* no price is set */
	PRICE_TOO_LARGE,			/* an amount leaves the range */
	PRICE_TOO_MANY				/* lines */
} PriceProblem;

typedef enum PriceRounding
{
	PRICE_HALF_UP,				/* half away from zero */
	PRICE_HALF_EVEN,
	PRICE_UP					/* away from zero */
} PriceRounding;

/* "create", ..., or PRICE_COMMAND_COUNT for a word that is none. */
extern PriceCommand dos_price_command(const char *word);
extern const char *dos_price_command_word(PriceCommand command);

extern PriceProblem dos_price_evaluate(const PriceBook *book, const PriceAsk *ask, PriceAnswer *answer);

/* The fee so long after a drop; false when it is over. */
extern bool dos_price_falling(const PriceFall *fall, int64_t elapsed_us, int64_t *amount);

/* amount * numerator / denominator, rounded; false when the result leaves the range. Both positive. */
extern bool dos_price_scale(int64_t amount, int64_t numerator, int64_t denominator, PriceRounding rounding, int64_t *result);

/*
 * Turn an answer into another currency at rate numerator/denominator for one whole unit. The total is
 * converted once; the lines are what the running total grows by, so they add up to it.
 */
extern PriceProblem dos_price_convert(PriceAnswer *answer, const char *currency, int64_t numerator, int64_t denominator,
									  int exponent_from, int exponent_to, PriceRounding rounding);

#endif
