/*
 * pricing.h
 *	  Prices for C code of the rooms above.
 */
#ifndef DOS_PRICING_H
#define DOS_PRICING_H

#include "datatype/timestamp.h"

/* What a price is asked for; texts that are not known are NULL, numbers 0. */
typedef struct PriceQuestion
{
	int32		zone_id;
	const char *zone_name;
	const char *home;			/* currency of the zone */
	const char *name;
	const char *command;
	int32		years;
	int32		registrar_id;
	const char *currency;		/* NULL: the zone's */
	TimestampTz at;
	const char *phase;
	int64		domain_id;
} PriceQuestion;

/* A price of one line: a row of dos.price and nothing else. */
typedef struct PricePlain
{
	int64		amount;
	int64		price_id;
	char		currency[4];
} PricePlain;

/*
 * The price of a command if it is a plain one. False when there is more to it (a class, fees, promotions, an automatic token,
 * another currency): then dos_internal.domain_price() says. R2306 without any price.
 */
extern bool dos_price_plain(const PriceQuestion *question, PricePlain *price);

#endif
