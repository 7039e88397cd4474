/*
 * pricing_rules.c
 *		Which price beats which, as a table; what promotions and tokens leave of it; and every amount from
 *		0.01 to 999.99 through years, discount and conversion, against arithmetic in 128 bits.
 */
#include "pricing/pricing_rules.h"

#include "gw_tap.h"

#define ALWAYS	{INT64_MIN, INT64_MAX}
#define RULE(n, cmd, yrs, amt, ...) {.id = n, .zone_id = 1, .command = cmd, .years = yrs, .currency = "USD", .amount = amt, .valid = ALWAYS, __VA_ARGS__}

static const PriceRule rules[] = {
	RULE(1, PRICE_CREATE, PRICE_EACH_YEAR, 800),
	RULE(2, PRICE_CREATE, 2, 1500),
	RULE(3, PRICE_CREATE, PRICE_EACH_YEAR, 5000, .phase = "sunrise"),
	RULE(4, PRICE_CREATE, PRICE_EACH_YEAR, 700, .group_id = 5),
	RULE(5, PRICE_CREATE, PRICE_EACH_YEAR, 600, .registrar_id = 7),
	RULE(6, PRICE_CREATE, PRICE_EACH_YEAR, 10000, .class = "gold"),
	RULE(7, PRICE_CREATE, PRICE_EACH_YEAR, 9000, .class = "gold", .group_id = 5),
	RULE(8, PRICE_RENEW, PRICE_EACH_YEAR, 850),
	RULE(9, PRICE_RESTORE, PRICE_EACH_YEAR, 4000),
	RULE(10, PRICE_AUTORENEW, PRICE_EACH_YEAR, 840, .class = "silver"),
	{.id = 11, .zone_id = 1, .command = PRICE_TRANSFER, .years = PRICE_EACH_YEAR, .currency = "USD", .amount = 9, .valid = {100, 200}},
	{.id = 12, .zone_id = 1, .command = PRICE_CREATE, .years = PRICE_EACH_YEAR, .currency = "EUR", .amount = 750, .valid = ALWAYS},
	{.id = 13, .zone_id = 2, .command = PRICE_CREATE, .years = PRICE_EACH_YEAR, .currency = "USD", .amount = 1, .valid = ALWAYS},
};
static const PriceClass classes[] = {
	{.zone_id = 1, .name = "gold", .standard = PRICE_COMMAND_BIT(PRICE_RESTORE) | PRICE_COMMAND_BIT(PRICE_RENEW)},
	{.zone_id = 1, .name = "silver"},
};

static PriceBook book = {.rules = rules, .rule_count = sizeof(rules) / sizeof(rules[0]), .classes = classes, .class_count = 2};

static PriceAsk
ask_of(PriceCommand command, int years)
{
	return (PriceAsk) {.zone_id = 1, .command = command, .years = years, .currency = "USD", .home = "USD", .at = 150, .class = "", .phase = ""};
}

/* "total currency: rule rule ..." or the problem */
static const char *
told(const PriceAsk *ask)
{
	static char text[400];
	PriceAnswer answer;
	PriceProblem problem = dos_price_evaluate(&book, ask, &answer);
	size_t		used;

	if (problem != PRICE_OK)
		return problem == PRICE_MISSING ? "missing" : problem == PRICE_TOO_LARGE ? "too large" : "too many";
	used = snprintf(text, sizeof(text), "%lld %s%s:", (long long) answer.total, answer.currency, answer.standard ? "" : " premium");
	for (int i = 0; i < answer.line_count; i++)
	{
		const PriceLine *line = &answer.lines[i];

		used += snprintf(text + used, sizeof(text) - used, " %s%lld=%lld%s",
						 (const char *const[]) {"price", "own", "token", "token", "promotion", "step", "fall", "fee"}[line->kind],
						 (long long) (line->rule ? line->rule->id : line->promotion ? line->promotion->id : 0), (long long) line->amount, line->apart ? "!" : "");
	}
	return text;
}

static void
precedence(void)
{
	static const struct
	{
		const char *name;
		PriceCommand command;
		int			years;
		const char *currency;
		int			registrar_id;
		int			group_id;
		const char *class;
		const char *phase;
		const char *expected;
	}			cases[] = {
		{"each year", PRICE_CREATE, 1, "USD", 0, 0, "", "", "800 USD: price1=800"},
		{"three years", PRICE_CREATE, 3, "USD", 0, 0, "", "", "2400 USD: price1=2400"},
		{"exact years beat each year", PRICE_CREATE, 2, "USD", 0, 0, "", "", "1500 USD: price2=1500"},
		{"phase beats exact years", PRICE_CREATE, 2, "USD", 0, 0, "", "sunrise", "10000 USD: price3=10000"},
		{"another phase has no price of its own", PRICE_CREATE, 1, "USD", 0, 0, "", "landrush", "800 USD: price1=800"},
		{"group beats phase and years", PRICE_CREATE, 2, "USD", 3, 5, "", "sunrise", "1400 USD: price4=1400"},
		{"own beats group", PRICE_CREATE, 2, "USD", 7, 5, "", "sunrise", "1200 USD: price5=1200"},
		{"a class has its price", PRICE_CREATE, 1, "USD", 7, 0, "gold", "", "10000 USD premium: price6=10000"},
		{"and its group's", PRICE_CREATE, 1, "USD", 7, 5, "gold", "", "9000 USD premium: price7=9000"},
		{"a class without price is no bargain", PRICE_CREATE, 1, "USD", 0, 0, "silver", "", "missing"},
		{"nor is an unknown one", PRICE_CREATE, 1, "USD", 0, 0, "lead", "", "missing"},
		{"standard where the class says so", PRICE_RENEW, 1, "USD", 0, 0, "gold", "", "850 USD: price8=850"},
		{"autorenew costs a renewal", PRICE_AUTORENEW, 1, "USD", 0, 0, "", "", "850 USD: price8=850"},
		{"or its own price", PRICE_AUTORENEW, 1, "USD", 0, 0, "silver", "", "840 USD premium: price10=840"},
		{"restore alone", PRICE_RESTORE, 0, "USD", 0, 0, "", "", "4000 USD: price9=4000"},
		{"restore and what expired", PRICE_RESTORE, 2, "USD", 0, 0, "", "", "5700 USD: price9=4000 price8=1700!"},
		{"native price wins", PRICE_CREATE, 1, "EUR", 0, 0, "", "", "750 EUR: price12=750"},
		{"else the zone's currency", PRICE_RENEW, 1, "EUR", 0, 0, "", "", "850 USD: price8=850"},
		{"no price", PRICE_TRANSFER, 1, "EUR", 0, 0, "silver", "", "missing"},
		{"but a delete costs nothing", PRICE_DELETE, 1, "USD", 0, 0, "", "", "0 USD:"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		PriceAsk	ask = ask_of(cases[i].command, cases[i].years);

		ask.currency = cases[i].currency;
		ask.registrar_id = cases[i].registrar_id;
		ask.group_id = cases[i].group_id;
		ask.class = cases[i].class;
		ask.phase = cases[i].phase;
		is_text(told(&ask), cases[i].expected, cases[i].name);
	}
	for (int at = 99; at <= 200; at++)
	{
		PriceAsk	ask = ask_of(PRICE_TRANSFER, 1);

		ask.at = at;
		if (at <= 100 || at >= 199)
			is_text(told(&ask), at >= 100 && at < 200 ? "9 USD: price11=9" : "missing", "from inclusive, to exclusive");
	}
}

static void
discounts(void)
{
	static const int acme[] = {7};
	PricePromotion promotions[] = {
		{.id = 1, .zone_id = 1, .commands = PRICE_COMMAND_BIT(PRICE_CREATE), .years_max = 10, .class = "*", .percent_bp = 1000, .quota = -1, .budget = -1, .stacks = true, .valid = ALWAYS},
		{.id = 2, .commands = PRICE_COMMAND_BIT(PRICE_CREATE), .years_max = 10, .class = "", .amount = 333, .currency = "USD", .quota = 2, .budget = -1, .valid = ALWAYS},
		{.id = 3, .commands = PRICE_COMMAND_BIT(PRICE_CREATE), .years_max = 10, .class = "", .amount = 100, .currency = "USD", .quota = -1, .budget = 250, .stacks = true, .valid = ALWAYS},
		{.id = 4, .commands = PRICE_COMMAND_BIT(PRICE_RENEW), .years_min = 3, .years_max = 5, .free_years = 1, .quota = -1, .budget = -1, .registrar_count = 1, .registrars = acme, .class = "", .valid = ALWAYS},
	};
	PriceUse	uses[] = {{3, 1, 150}, {2, 1, 333}};
	PriceToken	token = {.id = 9, .percent_bp = 5000};
	PriceAsk	ask = ask_of(PRICE_CREATE, 1);

	book.promotions = promotions;
	book.promotion_count = 4;
	is_text(told(&ask), "620 USD: price1=800 promotion1=-80 promotion3=-100", "those that stack, the one that does not passed over");
	ask.uses = uses;
	ask.use_count = 1;
	is_text(told(&ask), "620 USD: price1=800 promotion1=-80 promotion3=-100", "the budget is just enough");
	uses[0].spent = 151;
	is_text(told(&ask), "720 USD: price1=800 promotion1=-80", "the budget lacks a cent");
	promotions[0].valid.to = 150;
	is_text(told(&ask), "467 USD: price1=800 promotion2=-333", "one that does not stack stands alone");
	ask.use_count = 2;
	is_text(told(&ask), "467 USD: price1=800 promotion2=-333", "one is left of the quota");
	uses[1].used = 2;
	is_text(told(&ask), "800 USD: price1=800", "the quota is used up");
	promotions[1].quota = -1;
	promotions[1].amount = 900;
	is_text(told(&ask), "0 USD: price1=800 promotion2=-800", "never below nothing");
	promotions[0].valid.to = INT64_MAX;
	ask.class = "gold";
	is_text(told(&ask), "9000 USD premium: price6=10000 promotion1=-1000", "a premium name has what is for every name");
	ask = ask_of(PRICE_RENEW, 3);
	is_text(told(&ask), "2550 USD: price8=2550", "for another registrar");
	ask.registrar_id = 7;
	is_text(told(&ask), "1700 USD: price8=2550 promotion4=-850", "a free year of three");
	ask.years = 6;
	is_text(told(&ask), "5100 USD: price8=5100", "too many years");

	ask = ask_of(PRICE_CREATE, 3);
	ask.token = &token;
	is_text(told(&ask), "1200 USD: price1=2400 token0=-1200", "a token stands alone");
	token.discount_years = 1;
	is_text(told(&ask), "2000 USD: price1=2400 token0=-400", "off the first year");
	token.stacks = true;
	is_text(told(&ask), "1700 USD: price1=2400 token0=-400 promotion1=-200 promotion3=-100", "a token that stacks");
	token = (PriceToken) {.id = 9, .has_price = true, .amount = 99, .currency = "USD"};
	is_text(told(&ask), "297 USD: token0=297", "a token's price");
	token = (PriceToken) {.id = 9, .standard_price = true};
	ask.class = "gold";
	is_text(told(&ask), "2400 USD: price1=2400", "a premium name at the standard price");
	book.promotion_count = 0;
}

static void
surcharges(void)
{
	static const PriceStep steps[] = {{.id = 1, .zone_id = 1, .currency = "USD", .amount = 10000, .valid = {100, 200}}};
	static const PriceFee fees[] = {
		{.id = 1, .zone_id = 1, .name = "levy", .commands = PRICE_COMMAND_BIT(PRICE_CREATE), .currency = "USD", .amount = 18, .each_year = true, .refundable = true, .valid = ALWAYS},
		{.id = 2, .zone_id = 1, .name = "desk", .commands = PRICE_COMMAND_BIT(PRICE_RENEW), .currency = "EUR", .amount = 5, .valid = ALWAYS},
	};
	PriceOwn	own = {.currency = "EUR", .amount = 444, .until = 151};
	PriceAsk	ask = ask_of(PRICE_CREATE, 2);

	book.steps = steps;
	book.step_count = 1;
	book.fees = fees;
	book.fee_count = 2;
	is_text(told(&ask), "11536 USD premium: price2=1500 step0=10000! fee0=36", "early access stays, the levy goes back");
	ask.currency = "EUR";
	is_text(told(&ask), "11536 USD premium: price2=1500 step0=10000! fee0=36", "a step without euros is a price without euros");
	ask.at = 200;
	is_text(told(&ask), "1536 USD: price2=1500 fee0=36", "the step is over; the levy knows no euros");
	ask = ask_of(PRICE_RENEW, 1);
	is_text(told(&ask), "missing", "a fee in no currency of the price is missing");
	ask.own = &own;
	is_text(told(&ask), "449 EUR: own0=444 fee0=5!", "a domain's own price, in its currency");
	own.until = 150;
	is_text(told(&ask), "missing", "the promise is over");
	book.step_count = book.fee_count = 0;
	{
		PriceFall	fall = {.zone_id = 1, .currency = "USD", .first = 1000, .last = 10, .tiers = 4, .tier_us = 100};
		static const struct { int64_t elapsed; int64_t amount; } tiers[] = {{-1, -1}, {0, 1000}, {99, 1000}, {100, 670}, {200, 340}, {399, 10}, {400, -1}};
		int			wrong = 0;

		for (size_t i = 0; i < sizeof(tiers) / sizeof(tiers[0]); i++)
		{
			int64_t		amount = -1;

			wrong += dos_price_falling(&fall, tiers[i].elapsed, &amount) != (tiers[i].amount >= 0) || amount != tiers[i].amount;
		}
		ok(wrong == 0, "expiry access falls tier by tier and ends");
		ask = ask_of(PRICE_CREATE, 1);
		ask.fall = &fall;
		is_text(told(&ask), "800 USD: price1=800", "a name that has not dropped");
		ask.dropped_at = 40;
		is_text(told(&ask), "1470 USD premium: price1=800 fall0=670!", "a name in its second tier");
		ask.currency = "EUR";
		is_text(told(&ask), "1470 USD premium: price1=800 fall0=670!", "in the currency it is set in");
		fall.tiers = 1;
		is_text(told(&ask), "750 EUR: price12=750", "and when it is over, as ever");
	}
}

/* half away from zero, in 128 bits */
static int64_t
rounded(__int128 amount, __int128 part, __int128 whole)
{
	return (int64_t) ((2 * amount * part + whole) / (2 * whole));
}

static void
every_amount(void)
{
	static const int percents[] = {1, 333, 1000, 3333, 5000, 9999, 10000};
	static const int exponents[] = {0, 2, 3};
	PricePromotion promotion = {.id = 1, .commands = PRICE_COMMAND_BIT(PRICE_CREATE), .years_max = 10, .class = "", .quota = -1, .budget = -1, .valid = ALWAYS};
	PriceRule	rule = rules[0];
	PriceBook	small = {.rules = &rule, .rule_count = 1, .promotions = &promotion, .promotion_count = 1};
	int			wrong = 0;

	for (int amount = 1; amount <= 99999; amount++)
		for (int years = 1; years <= 10; years++)
		{
			PriceAsk	ask = ask_of(PRICE_CREATE, years);
			PriceAnswer answer;
			int64_t		sum = 0;
			int64_t		total;

			rule.amount = amount;
			promotion.percent_bp = percents[(amount + years) % 7];
			dos_price_evaluate(&small, &ask, &answer);
			total = (int64_t) amount * years - rounded((int64_t) amount * years, promotion.percent_bp, 10000);
			wrong += answer.total != total;
			/* 1 unit = 0.923456789 units, from two decimals to 0, 2 and 3 */
			dos_price_convert(&answer, "EUR", 923456789, 1000000000, 2, exponents[amount % 3], PRICE_HALF_UP);
			for (int i = 0; i < answer.line_count; i++)
				sum += answer.lines[i].amount;
			wrong += sum != answer.total || answer.refundable != answer.total;
			wrong += answer.total != rounded((__int128) total * 923456789, (int64_t[]) {1, 100, 1000}[amount % 3], (__int128) 1000000000 * 100);
		}
	ok(wrong == 0, "every amount from 0.01 to 999.99, 1 to 10 years, discounted and converted: to the cent, and the lines add up");
}

static void
rounding(void)
{
	static const struct
	{
		int64_t		amount, numerator, denominator;
		int64_t		half_up, half_even, up;
	}			cases[] = {
		{5, 1, 2, 3, 2, 3}, {7, 1, 2, 4, 4, 4}, {1, 1, 3, 0, 0, 1}, {2, 1, 3, 1, 1, 1}, {-5, 1, 2, -3, -2, -3}, {-1, 1, 3, 0, 0, -1}, {0, 9, 7, 0, 0, 0}, {6, 1, 2, 3, 3, 3},
	};
	int64_t		result;
	int			wrong = 0;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		wrong += !dos_price_scale(cases[i].amount, cases[i].numerator, cases[i].denominator, PRICE_HALF_UP, &result) || result != cases[i].half_up;
		wrong += !dos_price_scale(cases[i].amount, cases[i].numerator, cases[i].denominator, PRICE_HALF_EVEN, &result) || result != cases[i].half_even;
		wrong += !dos_price_scale(cases[i].amount, cases[i].numerator, cases[i].denominator, PRICE_UP, &result) || result != cases[i].up;
	}
	ok(wrong == 0, "three ways to round");
	ok(!dos_price_scale(PRICE_AMOUNT_MAX, 2, 1, PRICE_UP, &result), "too large is said, not wrapped");
	{
		PriceRule	rule = rules[0];
		PriceBook	large = {.rules = &rule, .rule_count = 1};
		PriceAsk	ask = ask_of(PRICE_CREATE, 10);
		PriceAnswer answer;

		rule.amount = PRICE_AMOUNT_MAX;
		ok(dos_price_evaluate(&large, &ask, &answer) == PRICE_TOO_LARGE, "so is a price of too many years");
	}
}

/* Terms of months: a price of their own, or a share of a year where the zone says so; never a year's price for less or more. */
static void
months(void)
{
	static const PriceRule of_months[] = {
		RULE(1, PRICE_CREATE, PRICE_EACH_YEAR, 1000),
		RULE(2, PRICE_CREATE, PRICE_MONTHS + 6, 600),
		RULE(3, PRICE_CREATE, PRICE_MONTHS + 3, 250, .phase = "sunrise"),
	};
	static const struct
	{
		const char *name;
		int			term;
		bool		pro_rata;
		int			rounding;
		const char *phase;
		const char *expected;
	}			cases[] = {
		{"six months have a price", PRICE_MONTHS + 6, false, PRICE_HALF_UP, "", "600 USD: price2=600"},
		{"and keep it where shares are sold", PRICE_MONTHS + 6, true, PRICE_HALF_UP, "", "600 USD: price2=600"},
		{"seven have none", PRICE_MONTHS + 7, false, PRICE_HALF_UP, "", "missing"},
		{"but a share", PRICE_MONTHS + 7, true, PRICE_HALF_UP, "", "583 USD: price1=583"},
		{"rounded up", PRICE_MONTHS + 7, true, PRICE_UP, "", "584 USD: price1=584"},
		{"of more than a year", PRICE_MONTHS + 119, true, PRICE_HALF_UP, "", "9917 USD: price1=9917"},
		{"a phase's price is of the phase", PRICE_MONTHS + 3, false, PRICE_HALF_UP, "", "missing"},
		{"and beats the share in it", PRICE_MONTHS + 3, true, PRICE_HALF_UP, "sunrise", "250 USD: price3=250"},
		{"years are years", 1, true, PRICE_UP, "", "1000 USD: price1=1000"},
	};
	static const PriceToken cheap = {.id = 1, .has_price = true, .amount = 120, .currency = "USD"};
	static const PriceToken half = {.id = 2, .percent_bp = 5000, .discount_years = 1};
	PriceBook	kept = book;
	PriceAsk	ask = ask_of(PRICE_CREATE, PRICE_MONTHS + 6);

	book = (PriceBook) {.rules = of_months, .rule_count = 3};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		PriceAsk	one = ask_of(PRICE_CREATE, cases[i].term);

		one.pro_rata = cases[i].pro_rata;
		one.rounding = cases[i].rounding;
		one.phase = cases[i].phase;
		is_text(told(&one), cases[i].expected, cases[i].name);
	}
	ask.token = &half;
	is_text(told(&ask), "300 USD: price2=600 token0=-300", "a share off the first years is off the whole term");
	ask.token = &cheap;
	is_text(told(&ask), "missing", "a token's price of a year is none of six months");
	ask.pro_rata = true;
	is_text(told(&ask), "60 USD: token0=60", "but its share");
	book = kept;
}

int
main(void)
{
	precedence();
	months();
	discounts();
	surcharges();
	rounding();
	every_amount();
	return done();
}
