/*
 * pricing_explain.c
 *	  The lines of a price in words: what, how much, by which rule and why.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "utils/json.h"

#include "pricing/pricing_book.h"

static const char *const kind_words[] = {
	[PRICE_LINE_BASE] = "price",
	[PRICE_LINE_OWN] = "own",
	[PRICE_LINE_TOKEN_PRICE] = "token",
	[PRICE_LINE_TOKEN] = "token",
	[PRICE_LINE_PROMOTION] = "promotion",
	[PRICE_LINE_STEP] = "early_access",
	[PRICE_LINE_FALL] = "expiry_access",
	[PRICE_LINE_FEE] = "fee",
};

char *
dos_pricing_term(int years)
{
	return years > PRICE_MONTHS ? psprintf("%d month(s)", years - PRICE_MONTHS) : psprintf("%d year(s)", years);
}

static int64
rule_id(const PriceAsk *ask, const PriceLine *line)
{
	switch (line->kind)
	{
		case PRICE_LINE_BASE:
			return line->rule->id;
		case PRICE_LINE_STEP:
			return line->step->id;
		case PRICE_LINE_FEE:
			return line->fee->id;
		case PRICE_LINE_PROMOTION:
			return line->promotion->id;
		case PRICE_LINE_TOKEN:
		case PRICE_LINE_TOKEN_PRICE:
			return ask->token->id;
		case PRICE_LINE_OWN:
		case PRICE_LINE_FALL:
			break;
	}
	return 0;
}

/* What the line is, as an invoice would say it. */
static char *
line_item(const PriceLine *line, const char *zone_name)
{
	switch (line->kind)
	{
		case PRICE_LINE_STEP:
			return "early access";
		case PRICE_LINE_FALL:
			return "expiry access";
		case PRICE_LINE_FEE:
			return pstrdup(line->fee->name);
		case PRICE_LINE_PROMOTION:
			return psprintf("promotion %s", line->promotion->name);
		case PRICE_LINE_TOKEN:
			return "allocation token";
		default:
			return psprintf("%s %s, %s", dos_price_command_word(line->command), zone_name, dos_pricing_term(line->years));
	}
}

static char *
base_explanation(const PricingBook *book, const PriceLine *line, const PremiumFound *premium)
{
	const PriceRule *rule = line->rule;
	StringInfoData text;

	initStringInfo(&text);
	appendStringInfo(&text, "base price " INT64_FORMAT ": %s %s ", rule->id, dos_pricing_money(book, rule->amount, rule->currency), rule->currency);
	if (rule->years == PRICE_EACH_YEAR)
		appendStringInfoString(&text, line->years > PRICE_MONTHS ? "for each year, pro rata" : "for each year");
	else
		appendStringInfo(&text, "for %s", dos_pricing_term(rule->years));
	appendStringInfoString(&text, rule->note);
	if (rule->class[0] != '\0' && premium != NULL && premium->pattern != NULL)
		appendStringInfo(&text, "; list \"%s\", pattern %s", premium->list, premium->pattern);
	else if (rule->class[0] != '\0' && premium != NULL)
		appendStringInfo(&text, "; list \"%s\"", premium->list);
	return text.data;
}

static char *
promotion_explanation(const PricingBook *book, const PricePromotion *promotion)
{
	StringInfoData text;

	initStringInfo(&text);
	appendStringInfo(&text, "promotion " INT64_FORMAT ":", promotion->id);
	if (promotion->percent_bp > 0)
		appendStringInfo(&text, " %d.%02d %%", promotion->percent_bp / 100, promotion->percent_bp % 100);
	if (promotion->amount > 0)
		appendStringInfo(&text, " %s %s", dos_pricing_money(book, promotion->amount, promotion->currency), promotion->currency);
	if (promotion->free_years > 0)
		appendStringInfo(&text, " %d year(s)", promotion->free_years);
	appendStringInfoString(&text, promotion->stacks ? " off, with others" : " off");
	return text.data;
}

static char *
token_explanation(const PricingBook *book, const PriceToken *token, bool price)
{
	if (price)
		return psprintf("token " INT64_FORMAT ": %s %s for each year", token->id, dos_pricing_money(book, token->amount, token->currency), token->currency);
	if (token->amount > 0 && !token->has_price)
		return psprintf("token " INT64_FORMAT ": %s %s off", token->id, dos_pricing_money(book, token->amount, token->currency), token->currency);
	if (token->discount_years > 0)
		return psprintf("token " INT64_FORMAT ": %d.%02d %% off the first %d year(s)", token->id, token->percent_bp / 100, token->percent_bp % 100,
						token->discount_years);
	return psprintf("token " INT64_FORMAT ": %d.%02d %% off", token->id, token->percent_bp / 100, token->percent_bp % 100);
}

static char *
line_explanation(const PricingBook *book, const PriceAsk *ask, const PriceLine *line, const PremiumFound *premium)
{
	switch (line->kind)
	{
		case PRICE_LINE_BASE:
			return base_explanation(book, line, premium);
		case PRICE_LINE_OWN:
			return psprintf("the domain's own price: %s %s for each year", dos_pricing_money(book, ask->own->amount, ask->own->currency), ask->own->currency);
		case PRICE_LINE_STEP:
			return psprintf("early access " INT64_FORMAT ": %s %s, valid %s", line->step->id,
							dos_pricing_money(book, line->step->amount, line->step->currency), line->step->currency, line->step->note);
		case PRICE_LINE_FALL:
			return psprintf("expiry access: %s %s falling to %s in %d tiers of %d min", dos_pricing_money(book, ask->fall->first, ask->fall->currency),
							ask->fall->currency, dos_pricing_money(book, ask->fall->last, ask->fall->currency), ask->fall->tiers,
							(int) (ask->fall->tier_us / (60 * INT64CONST(1000000))));
		case PRICE_LINE_FEE:
			return psprintf("fee " INT64_FORMAT ": %s %s %s", line->fee->id, dos_pricing_money(book, line->fee->amount, line->fee->currency),
							line->fee->currency, line->fee->each_year ? "for each year" : "once");
		case PRICE_LINE_PROMOTION:
			return promotion_explanation(book, line->promotion);
		default:
			return token_explanation(book, ask->token, line->kind == PRICE_LINE_TOKEN_PRICE);
	}
}

/* Which entry of the ledger a line belongs to. */
static const char *
line_entry(const PriceAsk *ask, const PriceLine *line)
{
	if (!line->apart)
		return dos_price_command_word(ask->command);
	return line->kind == PRICE_LINE_STEP ? "early_access" : line->kind == PRICE_LINE_FALL ? "expiry_access" : line->kind == PRICE_LINE_FEE ? "fee" : dos_price_command_word(line->command);
}

char *
dos_pricing_lines(const PricingBook *book, const PriceAsk *ask, const PriceAnswer *answer, const char *zone_name, const PremiumFound *premium)
{
	StringInfoData json;

	initStringInfo(&json);
	for (int i = 0; i < answer->line_count; i++)
	{
		const PriceLine *line = &answer->lines[i];

		appendStringInfo(&json, "%s{\"item\": ", i == 0 ? "[" : ", ");
		escape_json(&json, line_item(line, zone_name));
		appendStringInfo(&json, ", \"amount_minor\": " INT64_FORMAT ", \"rule\": \"%s\", \"id\": " INT64_FORMAT ", \"entry\": \"%s\", \"years\": %d, "
						 "\"refundable\": %s, \"explanation\": ", line->amount, kind_words[line->kind], rule_id(ask, line), line_entry(ask, line), line->years,
						 line->apart ? "false" : "true");
		escape_json(&json, line_explanation(book, ask, line, premium));
		if (line->kind == PRICE_LINE_PROMOTION)
			appendStringInfo(&json, ", \"granted_minor\": " INT64_FORMAT, line->before);
		appendStringInfoChar(&json, '}');
	}
	appendStringInfoChar(&json, ']');
	return json.data;
}
