/*
 * pricing_lookup.c
 *	  Small questions to the book that verbs ask before they do anything about prices: next to free.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "pricing/pricing_book.h"

PG_FUNCTION_INFO_V1(dos_sql_premium_class);
PG_FUNCTION_INFO_V1(dos_sql_premium_refused);
PG_FUNCTION_INFO_V1(dos_sql_token_candidates);
PG_FUNCTION_INFO_V1(dos_sql_price_exists);

/* dos_internal.premium_class(zone_id, name, at) */
Datum
dos_sql_premium_class(PG_FUNCTION_ARGS)
{
	PremiumFound found;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2) ||
		!dos_premium_find(dos_pricing_book(), PG_GETARG_INT32(0), text_to_cstring(PG_GETARG_TEXT_PP(1)), PG_GETARG_INT64(2), &found))
		PG_RETURN_NULL();
	PG_RETURN_DATUM(CStringGetTextDatum(found.class));
}

/* dos_internal.premium_refused(registrar_id, zone_id, name, at) */
Datum
dos_sql_premium_refused(PG_FUNCTION_ARGS)
{
	const PricingBook *book = dos_pricing_book();
	PremiumFound found;

	for (int i = 0; i < book->optout_count; i++)
		if (book->optouts[i].registrar_id == PG_GETARG_INT32(0) && book->optouts[i].zone_id == PG_GETARG_INT32(1))
			PG_RETURN_BOOL(dos_premium_find(book, PG_GETARG_INT32(1), text_to_cstring(PG_GETARG_TEXT_PP(2)), PG_GETARG_INT64(3), &found));
	PG_RETURN_BOOL(false);
}

/* dos_internal.token_candidates(zone_id, registrar_id) */
Datum
dos_sql_token_candidates(PG_FUNCTION_ARGS)
{
	const PricingBook *book = dos_pricing_book();
	Datum	   *ids = palloc(sizeof(Datum) * (book->automatic_count + 1));
	int			count = 0;

	for (int i = 0; i < book->automatic_count; i++)
	{
		const PricingAutomatic *automatic = &book->automatic[i];

		if ((automatic->zone_id == 0 || automatic->zone_id == PG_GETARG_INT32(0)) &&
			(automatic->registrar_id == 0 || automatic->registrar_id == PG_GETARG_INT32(1)))
			ids[count++] = Int64GetDatum(automatic->token_id);
	}
	if (count == 0)
		PG_RETURN_NULL();
	PG_RETURN_DATUM(PointerGetDatum(construct_array(ids, count, INT8OID, sizeof(int64), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE)));
}

/* dos_internal.price_exists(zone_id, command) */
Datum
dos_sql_price_exists(PG_FUNCTION_ARGS)
{
	const PricingBook *book = dos_pricing_book();
	PriceBook	of_zone = dos_pricing_zone_book(book, PG_GETARG_INT32(0));
	PriceCommand command = dos_price_command(text_to_cstring(PG_GETARG_TEXT_PP(1)));

	for (int i = 0; i < of_zone.rule_count; i++)
		if (of_zone.rules[i].command == command)
			PG_RETURN_BOOL(true);
	for (int i = 0; i < of_zone.fee_count; i++)
		if (of_zone.fees[i].zone_id == PG_GETARG_INT32(0) && of_zone.fees[i].commands & PRICE_COMMAND_BIT(command))
			PG_RETURN_BOOL(true);
	PG_RETURN_BOOL(false);
}
