/*
 * pricing_convert_rules.c
 *	  Arithmetic: rounding, once and stated; lines that add up; fees that fall. Pure: see pricing_rules.h.
 */
#include <string.h>

#include "pricing/pricing_rules.h"

bool
dos_price_scale(int64_t amount, int64_t numerator, int64_t denominator, PriceRounding rounding, int64_t *result)
{
	__int128	product = (__int128) (amount < 0 ? -amount : amount) * numerator;
	__int128	whole = product / denominator;
	__int128	rest = product % denominator;
	bool		up = rest * 2 > denominator || (rest * 2 == denominator && (rounding != PRICE_HALF_EVEN || (whole & 1)));

	if (rounding == PRICE_UP ? rest > 0 : up)
		whole++;
	if (whole > PRICE_AMOUNT_MAX)
		return false;
	*result = amount < 0 ? (int64_t) -whole : (int64_t) whole;
	return true;
}

static int64_t
common_divisor(int64_t a, int64_t b)
{
	while (b != 0)
	{
		int64_t		rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

PriceProblem
dos_price_convert(PriceAnswer *answer, const char *currency, int64_t numerator, int64_t denominator,
				  int exponent_from, int exponent_to, PriceRounding rounding)
{
	int64_t		divisor = common_divisor(numerator, denominator);
	int64_t		running = 0;
	int64_t		turned = 0;

	numerator /= divisor;
	denominator /= divisor;
	for (int i = exponent_from; i < exponent_to; i++)
		if (__builtin_mul_overflow(numerator, (int64_t) 10, &numerator))
			return PRICE_TOO_LARGE;
	for (int i = exponent_to; i < exponent_from; i++)
		if (__builtin_mul_overflow(denominator, (int64_t) 10, &denominator))
			return PRICE_TOO_LARGE;
	answer->refundable = 0;
	for (int i = 0; i < answer->line_count; i++)
	{
		PriceLine  *line = &answer->lines[i];
		int64_t		now;

		running += line->amount;
		if (!dos_price_scale(running, numerator, denominator, rounding, &now))
			return PRICE_TOO_LARGE;
		line->amount = now - turned;
		turned = now;
		if (!line->apart)
			answer->refundable += line->amount;
	}
	answer->total = turned;
	strcpy(answer->currency, currency);
	return PRICE_OK;
}

bool
dos_price_falling(const PriceFall *fall, int64_t elapsed_us, int64_t *amount)
{
	int64_t		tier = elapsed_us / fall->tier_us;
	int64_t		off = 0;

	if (elapsed_us < 0 || tier >= fall->tiers)
		return false;
	if (fall->tiers > 1 && !dos_price_scale(fall->first - fall->last, tier, fall->tiers - 1, PRICE_HALF_UP, &off))
		return false;
	*amount = fall->first - off;
	return true;
}
