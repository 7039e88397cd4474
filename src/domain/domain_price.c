/*
 * domain_price.c
 *	  The price of a command that names none of what prices depend on, in a zone where nothing else makes them: most commands.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "executor/executor.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"

#include "base/clock.h"
#include "base/row_column.h"
#include "domain/domain_price.h"
#include "ledger/ledger.h"
#include "policy/hook.h"

PG_FUNCTION_INFO_V1(dos_sql_domain_price_plain);

bool
dos_extensions_say(Jsonb *extensions, const char *extension)
{
	return extensions != NULL && JB_ROOT_IS_OBJECT(extensions) &&
		getKeyJsonValueFromContainer(&extensions->root, extension, strlen(extension), NULL) != NULL;
}

/* Does the registrar pay in the zone's currency where it says none? */
static bool
pays_in_zones(const DomainZone *zone, Datum actor, int32 actor_id)
{
	bool		isnull;
	Datum		own = GetAttributeByName(DatumGetHeapTupleHeader(actor), "currency", &isnull);
	Datum		account;

	return (!isnull && strcmp(TextDatumGetCString(own), zone->currency) == 0) ||
		dos_account_find(actor_id, "registrar", zone->currency, zone->operator_id, &account) != 0;
}

bool
dos_domain_price(const DomainZone *zone, Datum actor, Jsonb *extensions, PriceQuestion *question, PricePlain *price)
{
	question->zone_id = zone->id;
	question->zone_name = zone->name;
	question->home = question->currency = zone->currency;
	question->registrar_id = dos_row_int(DatumGetHeapTupleHeader(actor), "id");
	return !zone->fee_always && !dos_extensions_say(extensions, "fee") && !dos_extensions_say(extensions, "token") &&
		!dos_extensions_say(extensions, "quote") && !dos_hook_wanted("price", "domain", question->command, zone->id) &&
		pays_in_zones(zone, actor, question->registrar_id) && dos_price_plain(question, price);
}

/* dos_internal.domain_price_plain(zone_id, command, years, name, domain_id, actor, extensions) -> dos.price_data, NULL when it is not plain */
Datum
dos_sql_domain_price_plain(PG_FUNCTION_ARGS)
{
	DomainZone	zone;
	PricePlain	price;
	PriceQuestion question = {
		.command = text_to_cstring(PG_GETARG_TEXT_PP(1)), .years = PG_GETARG_INT32(2), .name = text_to_cstring(PG_GETARG_TEXT_PP(3)),
		.domain_id = PG_GETARG_INT64(4), .at = dos_clock_now(),
	};
	TupleDesc	description;
	Datum		values[10] = {0};
	bool		nulls[10] = {false, false, false, false, true, false, true, true, true, false};

	for (int i = 0; i < 6; i++)
		if (PG_ARGISNULL(i))
			PG_RETURN_NULL();
	if (!dos_domain_zone(PG_GETARG_INT32(0), &zone) ||
		!dos_domain_price(&zone, PG_GETARG_DATUM(5), PG_ARGISNULL(6) ? NULL : PG_GETARG_JSONB_P(6), &question, &price))
		PG_RETURN_NULL();
	if (get_call_result_type(fcinfo, NULL, &description) != TYPEFUNC_COMPOSITE || description->natts != lengthof(values))
		elog(ERROR, "dos.price_data is not what it was");
	values[0] = values[1] = Int64GetDatum(price.amount);
	values[2] = CStringGetTextDatum(price.currency);
	values[3] = Int64GetDatum(price.price_id);
	values[5] = BoolGetDatum(true);
	values[9] = Int32GetDatum(zone.operator_id);
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(description), values, nulls)));
}
