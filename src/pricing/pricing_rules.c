/*
 * pricing_rules.c
 *	  The one evaluator of prices. Pure: see pricing_rules.h for what must always be true.
 */
#include "pricing/pricing_rules.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static const char *const command_words[PRICE_COMMAND_COUNT] = {
	[PRICE_CREATE] = "create",
	[PRICE_RENEW] = "renew",
	[PRICE_AUTORENEW] = "autorenew",
	[PRICE_TRANSFER] = "transfer",
	[PRICE_RESTORE] = "restore",
	[PRICE_UPDATE] = "update",
	[PRICE_DELETE] = "delete",
	[PRICE_APPLICATION] = "application",
	[PRICE_STATUS] = "status",
	[PRICE_LOCK] = "lock",
};

/* What is asked for when a command has no price of its own. */
static const PriceCommand stands_in[PRICE_COMMAND_COUNT] = {
	[PRICE_CREATE] = PRICE_COMMAND_COUNT,
	[PRICE_RENEW] = PRICE_COMMAND_COUNT,
	[PRICE_AUTORENEW] = PRICE_RENEW,
	[PRICE_TRANSFER] = PRICE_COMMAND_COUNT,
	[PRICE_RESTORE] = PRICE_COMMAND_COUNT,
	[PRICE_UPDATE] = PRICE_COMMAND_COUNT,
	[PRICE_DELETE] = PRICE_COMMAND_COUNT,
	[PRICE_APPLICATION] = PRICE_COMMAND_COUNT,
	[PRICE_STATUS] = PRICE_COMMAND_COUNT,
	[PRICE_LOCK] = PRICE_COMMAND_COUNT,
};

PriceCommand
dos_price_command(const char *word)
{
	PriceCommand command;

	for (command = 0; command < PRICE_COMMAND_COUNT; command++)
		if (strcmp(word, command_words[command]) == 0)
			break;
	return command;
}

const char *
dos_price_command_word(PriceCommand command)
{
	return command_words[command];
}

static bool
holds(const PriceSpan *span, int64_t at)
{
	return span->from <= at && at < span->to;
}

/* "" in a rule stands for any phase. */
static bool
phase_fits(const char *rule, const char *ask)
{
	return rule[0] == '\0' || strcmp(rule, ask) == 0;
}

/* The class a command of a name is priced in: its own, or the standard where the class says so. */
static const char *
class_for(const PriceBook *book, const PriceAsk *ask, PriceCommand command)
{
	if (ask->class[0] == '\0' || (ask->token && ask->token->standard_price))
		return "";
	for (int i = 0; i < book->class_count; i++)
	{
		const PriceClass *class = &book->classes[i];

		if (class->zone_id == ask->zone_id && strcmp(class->name, ask->class) == 0)
			return class->standard & PRICE_COMMAND_BIT(command) ? "" : ask->class;
	}
	return ask->class;
}

/* How closely a rule fits: -1 not at all; the order of the header, most telling digit first. */
static int
rule_fit(const PriceRule *rule, const PriceAsk *ask, PriceCommand command, int years, const char *class, const char *currency)
{
	int			scope = 0;

	if (rule->command != command || (rule->years == PRICE_EACH_YEAR ? years > PRICE_MONTHS && !ask->pro_rata : rule->years != years))
		return -1;
	if (rule->zone_id != ask->zone_id || !holds(&rule->valid, ask->at))
		return -1;
	if (rule->class[0] != class[0] || strcmp(rule->class, class) != 0 || strcmp(rule->currency, currency) != 0 || !phase_fits(rule->phase, ask->phase))
		return -1;
	if (rule->registrar_id != 0)
	{
		if (rule->registrar_id != ask->registrar_id)
			return -1;
		scope = 2;
	}
	else if (rule->group_id != 0)
	{
		if (rule->group_id != ask->group_id)
			return -1;
		scope = 1;
	}
	return scope * 4 + (rule->phase[0] != '\0') * 2 + (rule->years != PRICE_EACH_YEAR);
}

static const PriceRule *
rule_find(const PriceBook *book, const PriceAsk *ask, PriceCommand command, int years, const char *currency)
{
	const char *class = class_for(book, ask, command);
	const PriceRule *best = NULL;
	int			best_fit = -1;

	for (int i = 0; i < book->rule_count; i++)
	{
		int			fit = rule_fit(&book->rules[i], ask, command, years, class, currency);

		if (fit > best_fit)
		{
			best = &book->rules[i];
			best_fit = fit;
		}
	}
	if (best == NULL && stands_in[command] != PRICE_COMMAND_COUNT)
		return rule_find(book, ask, stands_in[command], years, currency);
	return best;
}

static PriceProblem
add_line(PriceAnswer *answer, PriceLine line)
{
	if (answer->line_count == PRICE_LINES_MAX)
		return PRICE_TOO_MANY;
	if (llabs(line.amount) > PRICE_AMOUNT_MAX || llabs(answer->total + line.amount) > PRICE_AMOUNT_MAX)
		return PRICE_TOO_LARGE;
	line.before = line.amount;
	answer->lines[answer->line_count++] = line;
	answer->total += line.amount;
	if (!line.apart)
		answer->refundable += line.amount;
	return PRICE_OK;
}

/* amount for each of so many years, or its share for so many months; nothing else below one year is asked for */
static bool
for_years(const PriceAsk *ask, int64_t amount, int years, int64_t *result)
{
	if (years > PRICE_MONTHS)
		return dos_price_scale(amount, years - PRICE_MONTHS, 12, (PriceRounding) ask->rounding, result);
	return !__builtin_mul_overflow(amount, (int64_t) (years > 1 ? years : 1), result);
}

/* The line of a command itself; `apart` for a renewal that comes with a restore. */
static PriceProblem
add_base(const PriceBook *book, const PriceAsk *ask, PriceCommand command, int years, bool apart, const char *currency, PriceAnswer *answer)
{
	PriceLine	line = {.kind = PRICE_LINE_BASE, .command = command, .years = years, .apart = apart};
	bool		renewal = command == PRICE_RENEW || command == PRICE_AUTORENEW;
	bool		fits;

	if (ask->token && ask->token->has_price && !apart && strcmp(ask->token->currency, currency) == 0)
	{
		line.kind = PRICE_LINE_TOKEN_PRICE;
		if (years > PRICE_MONTHS && !ask->pro_rata)
			return PRICE_MISSING;
		fits = for_years(ask, ask->token->amount, years, &line.amount);
	}
	else if (renewal && ask->own && ask->own->until > ask->at && strcmp(ask->own->currency, currency) == 0)
	{
		line.kind = PRICE_LINE_OWN;
		if (years > PRICE_MONTHS && !ask->pro_rata)
			return PRICE_MISSING;
		fits = for_years(ask, ask->own->amount, years, &line.amount);
	}
	else
	{
		line.rule = rule_find(book, ask, command, years, currency);
		if (line.rule == NULL)
			return PRICE_MISSING;
		if (!apart)
			answer->standard = line.rule->class[0] == '\0';
		line.amount = line.rule->amount;
		fits = line.rule->years != PRICE_EACH_YEAR || for_years(ask, line.rule->amount, years, &line.amount);
	}
	return fits ? add_line(answer, line) : PRICE_TOO_LARGE;
}

/* Early access: a step that holds and has no amount in this currency is a price that is missing. */
static PriceProblem
add_steps(const PriceBook *book, const PriceAsk *ask, const char *currency, PriceAnswer *answer)
{
	bool		due = false;

	for (int i = 0; i < book->step_count; i++)
	{
		const PriceStep *step = &book->steps[i];

		if (step->zone_id != ask->zone_id || !holds(&step->valid, ask->at))
			continue;
		due = true;
		answer->standard = false;
		if (strcmp(step->currency, currency) == 0)
			return add_line(answer, (PriceLine) {.kind = PRICE_LINE_STEP, .command = ask->command, .amount = step->amount,
							.apart = !step->refundable, .step = step});
	}
	return due ? PRICE_MISSING : PRICE_OK;
}

/* Expiry access: only in the currency it is set in. */
static PriceProblem
add_fall(const PriceAsk *ask, const char *currency, PriceAnswer *answer)
{
	int64_t		amount;

	if (ask->fall == NULL || ask->dropped_at == 0 || !dos_price_falling(ask->fall, ask->at - ask->dropped_at, &amount))
		return PRICE_OK;
	if (strcmp(ask->fall->currency, currency) != 0)
		return PRICE_MISSING;
	answer->standard = false;
	return add_line(answer, (PriceLine) {.kind = PRICE_LINE_FALL, .command = ask->command, .amount = amount, .apart = true});
}

/* Is there a fee of this name in this currency? */
static bool
fee_in(const PriceBook *book, const PriceFee *like, const PriceAsk *ask, const char *currency)
{
	for (int i = 0; i < book->fee_count; i++)
	{
		const PriceFee *fee = &book->fees[i];

		if (fee->zone_id == like->zone_id && strcmp(fee->name, like->name) == 0 && fee->commands & PRICE_COMMAND_BIT(ask->command) &&
			holds(&fee->valid, ask->at) && phase_fits(fee->phase, ask->phase) && strcmp(fee->currency, currency) == 0)
			return true;
	}
	return false;
}

static PriceProblem
add_fees(const PriceBook *book, const PriceAsk *ask, const char *currency, PriceAnswer *answer)
{
	PriceProblem problem = PRICE_OK;

	for (int i = 0; i < book->fee_count && problem == PRICE_OK; i++)
	{
		const PriceFee *fee = &book->fees[i];
		PriceLine	line = {.kind = PRICE_LINE_FEE, .command = ask->command, .amount = fee->amount, .apart = !fee->refundable, .fee = fee};

		if (fee->zone_id != ask->zone_id || !(fee->commands & PRICE_COMMAND_BIT(ask->command)) || !holds(&fee->valid, ask->at) ||
			!phase_fits(fee->phase, ask->phase))
			continue;
		if (strcmp(fee->currency, currency) != 0)
			problem = fee_in(book, fee, ask, currency) ? PRICE_OK : PRICE_MISSING;
		else if (fee->each_year && (ask->years <= PRICE_MONTHS || ask->pro_rata) && !for_years(ask, fee->amount, ask->years, &line.amount))
			problem = PRICE_TOO_LARGE;
		else
			problem = add_line(answer, line);
	}
	return problem;
}

/* Never more than what is left of the price. */
static int64_t
at_most(int64_t discount, int64_t left)
{
	return discount < left ? discount : left;
}

/* A share of the price, in hundredths of a percent of the first years. */
static int64_t
share(int64_t price, int years, int percent_bp, int first_years)
{
	int64_t		counted = years < 1 || years > PRICE_MONTHS ? 1 : years;
	int64_t		part = first_years > 0 && first_years < counted ? first_years : counted;
	int64_t		result;

	return dos_price_scale(price, (int64_t) percent_bp * part, 10000 * counted, PRICE_HALF_UP, &result) ? result : 0;
}

static PriceProblem
add_token(const PriceAsk *ask, int64_t base, const char *currency, PriceAnswer *answer)
{
	const PriceToken *token = ask->token;
	int64_t		discount = share(base, ask->years, token->percent_bp, token->discount_years);

	if (!token->has_price && token->amount > 0 && strcmp(token->currency, currency) == 0)
		discount += token->amount;
	discount = at_most(discount, base);
	if (discount == 0)
		return PRICE_OK;
	return add_line(answer, (PriceLine) {.kind = PRICE_LINE_TOKEN, .command = ask->command, .years = ask->years, .amount = -discount});
}

static bool
promotion_fits(const PricePromotion *promotion, const PriceAsk *ask, const char *currency)
{
	bool		named = promotion->registrar_count == 0;

	if ((promotion->zone_id != 0 && promotion->zone_id != ask->zone_id) || !(promotion->commands & PRICE_COMMAND_BIT(ask->command)) ||
		!holds(&promotion->valid, ask->at) || !phase_fits(promotion->phase, ask->phase))
		return false;
	if (ask->years < promotion->years_min || ask->years > promotion->years_max)
		return false;
	if (strcmp(promotion->class, "*") != 0 && strcmp(promotion->class, ask->class) != 0)
		return false;
	if (promotion->currency[0] != '\0' && strcmp(promotion->currency, currency) != 0)
		return false;
	for (int i = 0; i < promotion->registrar_count && !named; i++)
		named = promotion->registrars[i] == ask->registrar_id;
	return named && (promotion->group_id == 0 || promotion->group_id == ask->group_id);
}

/* Is there enough left of a promotion's quota and budget? */
static bool
promotion_left(const PricePromotion *promotion, const PriceAsk *ask, int64_t discount)
{
	int64_t		used = 0;
	int64_t		spent = 0;

	for (int i = 0; i < ask->use_count; i++)
		if (ask->uses[i].promotion_id == promotion->id)
		{
			used = ask->uses[i].used;
			spent = ask->uses[i].spent;
		}
	return (promotion->quota < 0 || used < promotion->quota) && (promotion->budget < 0 || spent + discount <= promotion->budget);
}

/*
 * In the order of rank. The first that fits is granted; if it stacks, others that stack are granted on
 * what is left of the price, and those that do not are passed over.
 */
static PriceProblem
add_promotions(const PriceBook *book, const PriceAsk *ask, int64_t left, const char *currency, PriceAnswer *answer)
{
	bool		granted = ask->token != NULL;
	PriceProblem problem = PRICE_OK;

	for (int i = 0; i < book->promotion_count && problem == PRICE_OK; i++)
	{
		const PricePromotion *promotion = &book->promotions[i];
		int64_t		discount;

		if (!promotion_fits(promotion, ask, currency) || (granted && !promotion->stacks))
			continue;
		discount = share(left, ask->years, promotion->percent_bp, 0) + promotion->amount;
		if (promotion->free_years > 0)
			discount += share(left, ask->years, 10000, promotion->free_years);
		discount = at_most(discount, left);
		if (discount == 0 || !promotion_left(promotion, ask, discount))
			continue;
		problem = add_line(answer, (PriceLine) {.kind = PRICE_LINE_PROMOTION, .command = ask->command, .years = ask->years,
						   .amount = -discount, .promotion = promotion});
		left -= discount;
		granted = true;
		if (!promotion->stacks)
			break;
	}
	return problem;
}

/* The whole price in one currency. */
static PriceProblem
evaluate_in(const PriceBook *book, const PriceAsk *ask, const char *currency, PriceAnswer *answer)
{
	PriceProblem problem;
	int64_t		base;

	memset(answer, 0, offsetof(PriceAnswer, lines));
	strcpy(answer->currency, currency);
	strcpy(answer->class, ask->class);
	answer->standard = true;
	problem = add_base(book, ask, ask->command, ask->command == PRICE_RESTORE ? 0 : ask->years, false, currency, answer);
	/* these cost what is set for them, and else nothing */
	if (problem == PRICE_MISSING && ask->command >= PRICE_UPDATE)
		problem = PRICE_OK;
	base = answer->total;
	if (problem == PRICE_OK && ask->token)
		problem = add_token(ask, base, currency, answer);
	if (problem == PRICE_OK && (ask->token == NULL || ask->token->stacks))
		problem = add_promotions(book, ask, answer->total, currency, answer);
	if (problem == PRICE_OK && ask->command == PRICE_RESTORE && ask->years > 0)
		problem = add_base(book, ask, PRICE_RENEW, ask->years, true, currency, answer);
	if (problem == PRICE_OK && ask->command == PRICE_CREATE)
		problem = add_steps(book, ask, currency, answer);
	if (problem == PRICE_OK && ask->command == PRICE_CREATE)
		problem = add_fall(ask, currency, answer);
	if (problem == PRICE_OK)
		problem = add_fees(book, ask, currency, answer);
	return problem;
}

PriceProblem
dos_price_evaluate(const PriceBook *book, const PriceAsk *ask, PriceAnswer *answer)
{
	bool		renewal = ask->command == PRICE_RENEW || ask->command == PRICE_AUTORENEW;
	PriceProblem problem;

	/* what was promised to the domain holds in the currency of the promise */
	if (renewal && ask->own && ask->own->until > ask->at)
		return evaluate_in(book, ask, ask->own->currency, answer);
	/* a token's price, too */
	if (ask->token && ask->token->currency[0] != '\0')
		return evaluate_in(book, ask, ask->token->currency, answer);
	problem = evaluate_in(book, ask, ask->currency, answer);
	if (problem == PRICE_MISSING && strcmp(ask->currency, ask->home) != 0)
		problem = evaluate_in(book, ask, ask->home, answer);
	return problem;
}
