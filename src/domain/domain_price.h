/*
 * domain_price.h
 *	  What a command on a domain costs where nothing but the price list says so.
 */
#ifndef DOS_DOMAIN_PRICE_H
#define DOS_DOMAIN_PRICE_H

#include "utils/jsonb.h"

#include "domain/domain_zone.h"
#include "pricing/pricing.h"

/*
 * Sets what the zone and the registrar (a dos.registrar) say of the question, and answers it if the price is plain. False when it takes
 * a closer look (dos_internal.domain_price_offered): extensions, hooks, tokens, premium names, another currency.
 */
extern bool dos_domain_price(const DomainZone *zone, Datum actor, Jsonb *extensions, PriceQuestion *question, PricePlain *price);

/* Does a command carry this extension? */
extern bool dos_extensions_say(Jsonb *extensions, const char *extension);

#endif
