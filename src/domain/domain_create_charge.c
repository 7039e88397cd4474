/*
 * domain_create_charge.c
 *	  What a create costs and tells: price, charge, grace period, event, hooks, answer.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/namespace.h"
#include "catalog/pg_type.h"
#include "executor/executor.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/syscache.h"
#include "utils/typcache.h"

#include "base/period.h"
#include "base/sql_call.h"
#include "domain/domain_create.h"
#include "domain/domain_event.h"
#include "domain/domain_price.h"
#include "ledger/ledger.h"
#include "lifecycle/lifecycle.h"
#include "outbox/outbox.h"
#include "policy/hook.h"

bool
dos_create_says(const Create *c, const char *extension)
{
	return dos_extensions_say(c->extensions, extension);
}

Oid
dos_create_type(const char *name)
{
	Oid			type = GetSysCacheOid2(TYPENAMENSP, Anum_pg_type_oid, CStringGetDatum(name), ObjectIdGetDatum(get_namespace_oid("dos", false)));

	if (type == InvalidOid)
		elog(ERROR, "type dos.%s does not exist", name);
	return type;
}

/* zone, domain, registrar, years: what the steps in SQL look at */
static void
describe(const Create *c, SqlArguments *arguments)
{
	dos_argument(arguments, c->zone_row, false);
	dos_argument(arguments, dos_draft_datum(&c->fresh), false);
	dos_argument(arguments, c->actor, false);
	dos_argument(arguments, Int32GetDatum(c->years), false);
}

void
dos_create_hooks(Create *c, const char *stage)
{
	SqlArguments arguments = {0};

	if (!dos_hook_wanted(stage, "domain", "create", c->zone.id))
		return;
	dos_argument_text(&arguments, stage);
	dos_argument_text(&arguments, "create");
	describe(c, &arguments);
	dos_call_void("domain_hooks", &arguments);
}

static Datum
price_field(const Create *c, const char *field, bool *isnull)
{
	return GetAttributeByName(DatumGetHeapTupleHeader(c->price), field, isnull);
}

/* Every other price, and whether the command offers it. */
static void
price_in_sql(Create *c, const char *phase)
{
	SqlArguments ask = {0};
	bool		isnull;
	Datum		value;

	dos_argument(&ask, c->zone_row, false);
	dos_argument_text(&ask, "create");
	dos_argument(&ask, Int32GetDatum(c->years), false);
	dos_argument(&ask, dos_draft_datum(&c->fresh), false);
	dos_argument(&ask, c->actor, false);
	dos_argument(&ask, PointerGetDatum(c->extensions), c->extensions == NULL);
	dos_argument_text(&ask, phase);
	dos_argument(&ask, TimestampTzGetDatum(c->now), false);
	c->price = dos_call("domain_price_offered", &ask, &isnull);
	c->plain.amount = DatumGetInt64(price_field(c, "amount_minor", &isnull));
	value = price_field(c, "currency", &isnull);
	strlcpy(c->plain.currency, isnull ? "" : TextDatumGetCString(value), sizeof(c->plain.currency));
}

void
dos_create_price(Create *c, const char *phase)
{
	PriceQuestion question = {.name = c->name, .command = "create", .years = c->years, .at = c->now, .phase = phase, .domain_id = c->id};
	SqlArguments arguments = {0};
	bool		isnull;

	c->is_plain = dos_domain_price(&c->zone, c->actor, c->extensions, &question, &c->plain);
	if (!c->is_plain)
		price_in_sql(c, phase);
	if (c->zone.pending_any || dos_hook_wanted("pending", "domain", "create", c->zone.id))
	{
		describe(c, &arguments);
		c->waits = DatumGetBool(dos_call("create_waits", &arguments, &isnull));
	}
}

void
dos_create_charge(Create *c)
{
	LedgerCharge charge = {
		.registrar_id = c->actor_id, .operator_id = c->zone.operator_id, .currency = c->plain.currency, .amount = c->plain.amount, .entry_amount = c->plain.amount, .kind = "create",
		.object_name = c->name, .object_id = c->id, .years = c->years, .price_id = c->plain.price_id, .svtrid = c->svtrid,
		.receiver = c->waits ? "hold" : "revenue",
	};
	SqlArguments arguments = {0};
	bool		isnull;

	if (c->is_plain)
	{
		c->entry_id = dos_ledger_spend(&charge);
		return;
	}
	dos_argument(&arguments, c->price, false);
	dos_argument(&arguments, Int32GetDatum(c->actor_id), false);
	dos_argument_text(&arguments, charge.kind);
	dos_argument_text(&arguments, c->name);
	dos_argument(&arguments, Int64GetDatum(c->id), false);
	dos_argument(&arguments, Int32GetDatum(c->years), false);
	dos_argument_text(&arguments, c->svtrid);
	dos_argument_text(&arguments, charge.receiver);
	c->entry_id = DatumGetInt64(dos_call("price_charge", &arguments, &isnull));
}

/* Until when a delete gives the money back: as the zone says, or the token that was spent. */
static TimestampTz
grace_end(const Create *c)
{
	const LifecycleZone *life = dos_lifecycle_zone(c->zone.id);
	SqlArguments arguments = {0};
	bool		isnull = true;
	Datum		token = c->is_plain ? (Datum) 0 : price_field(c, "token_id", &isnull);
	Datum		period;

	if (!isnull)
	{
		dos_argument(&arguments, token, false);
		period = dos_call("token_grace", &arguments, &isnull);
		if (!isnull)
			return dos_period_plus(c->now, DatumGetIntervalP(period));
	}
	if (life == NULL)
		elog(ERROR, "zone %d has no policy", c->zone.id);
	return c->now + dos_lifecycle_policy_at(&life->policies, c->now, c->now)->add_grace;
}

void
dos_create_grace(Create *c)
{
	SqlArguments wait = {0};
	bool		isnull;
	TimestampTz next = c->expires_at;

	if (c->waits)
	{
		dos_argument(&wait, c->zone_row, false);
		dos_argument(&wait, TimestampTzGetDatum(c->now), false);
		dos_argument(&wait, Int64GetDatum(c->entry_id), false);
		dos_argument(&wait, Int32GetDatum(c->years), false);
		dos_argument_text(&wait, c->cltrid);
		dos_argument_text(&wait, c->svtrid);
		dos_draft_set(&c->fresh, DRAFT_PENDING, dos_call("create_pending", &wait, &isnull));
		wait.values[0].value = GetAttributeByName(DatumGetHeapTupleHeader(c->fresh.values[DRAFT_PENDING]), "acts_at", &isnull);
		if (!isnull && DatumGetTimestampTz(wait.values[0].value) < next)
			next = DatumGetTimestampTz(wait.values[0].value);
	}
	dos_draft_set(&c->fresh, DRAFT_NEXT_EVENT, TimestampTzGetDatum(next));
	dos_draft_set(&c->fresh, DRAFT_GRACES, dos_graces_one("add", grace_end(c), c->entry_id, c->years));
}

void
dos_create_announce(Create *c)
{
	OutboxEvent event = {
		.event = c->waits ? "domain.create_pending" : "domain.created", .object_name = c->name, .object_id = c->id, .registrar = c->clid,
		.cltrid = c->cltrid, .svtrid = c->svtrid, .content = dos_domain_charged(c->years, c->expires_at, c->plain.amount, c->plain.currency),
	};

	dos_outbox_put(&event);
	if (c->on_hold)
	{
		event.event = "domain.collision_held";
		event.registrar = NULL;
		event.content = dos_domain_notice(c->clid);
		dos_outbox_put(&event);
	}
}

Datum
dos_create_answer(Create *c)
{
	TupleDesc	description;
	SqlArguments fee = {0};
	Datum		values[5] = {Int32GetDatum(c->waits ? 1001 : 1000), CStringGetTextDatum(c->name), TimestampTzGetDatum(c->now),
		TimestampTzGetDatum(c->expires_at), (Datum) 0};
	bool		nulls[5] = {false, false, false, false, true};

	if (get_call_result_type(c->fcinfo, NULL, &description) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "domain_create() returns a row");
	if (dos_create_says(c, "fee"))
	{
		dos_argument(&fee, c->zone_row, false);
		dos_argument(&fee, Int32GetDatum(c->actor_id), false);
		dos_argument_text(&fee, "create");
		dos_argument(&fee, c->price, false);
		values[4] = dos_call("fee_extension", &fee, &nulls[4]);
	}
	return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(description), values, nulls));
}
