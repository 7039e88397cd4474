/*
 * domain_create.c
 *	  The verb: gather, decide, charge, apply, announce (RFC 5731 section 3.2.1).
 *
 * What every create needs is done here, without a query. What few commands name (DNSSEC, extensions, phases, hooks, tokens, approval)
 * are the SQL functions that other verbs use as well; so is every refusal that is not of one line. The order is the order of precedence.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "executor/executor.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/snapmgr.h"

#include "base/clock.h"
#include "base/dname.h"
#include "base/error.h"
#include "base/period_rules.h"
#include "base/row_column.h"
#include "base/secret.h"
#include "base/sql_call.h"
#include "domain/domain_create.h"
#include "history/act.h"
#include "lifecycle/lifecycle.h"
#include "outbox/outbox.h"
#include "policy/hook.h"
#include "registrar/registrar.h"
#include "zone/dirty.h"
#include "zone/zone.h"

PG_FUNCTION_INFO_V1(dos_sql_domain_create);

/* Who acts, on which name of which zone. */
static void
gather(Create *c)
{
	FunctionCallInfo fcinfo = c->fcinfo;
	char	   *clid = dos_create_text(c, ARG_REGISTRAR);
	HeapTupleHeader actor;

	c->now = dos_clock_now();
	c->cltrid = dos_create_text(c, ARG_CLTRID);
	c->svtrid = dos_create_text(c, ARG_SVTRID);
	actor = dos_registrar_act(clid, "create", c->svtrid);
	c->actor = PointerGetDatum(actor);
	c->actor_id = dos_row_int(actor, "id");
	c->clid = clid;
	c->name = PG_ARGISNULL(ARG_NAME) ? NULL : dos_dname_require(PG_GETARG_TEXT_PP(ARG_NAME));
	if (c->name == NULL || !dos_zone_of(c->name, &c->zone_row) ||
		!dos_domain_zone(dos_row_int(DatumGetHeapTupleHeader(c->zone_row), "id"), &c->zone))
		ereport(ERROR,
				(errcode(ERRCODE_DOS_PARAMETER_POLICY),
				 errmsg("\"%s\" is in no zone of this registry", c->name ? dos_create_text(c, ARG_NAME) : ""),
				 errdetail("\"%s\" is in no zone of this registry.", c->name ? dos_create_text(c, ARG_NAME) : ""),
				 dos_reason("zone_unknown"), dos_element("domain:name")));
	c->extensions = PG_ARGISNULL(ARG_EXTENSIONS) ? NULL : PG_GETARG_JSONB_P(ARG_EXTENSIONS);
	dos_draft_begin(&c->fresh);
	dos_draft_text(&c->fresh, DRAFT_NAME, c->name);
	dos_draft_set(&c->fresh, DRAFT_ZONE, Int32GetDatum(c->zone.id));
	dos_draft_set(&c->fresh, DRAFT_REGISTRAR, Int32GetDatum(c->actor_id));
	dos_draft_set(&c->fresh, DRAFT_CREATOR, Int32GetDatum(c->actor_id));
}

/* A field of what policy says of the name; NULL where it says nothing. */
static Datum
verdict_field(const Create *c, const char *field, bool *isnull)
{
	*isnull = true;
	return c->has_verdict ? GetAttributeByName(DatumGetHeapTupleHeader(c->verdict), field, isnull) : (Datum) 0;
}

static bool
verdict_flag(const Create *c, const char *field)
{
	bool		isnull;
	Datum		value = verdict_field(c, field, &isnull);

	return !isnull && DatumGetBool(value);
}

/* The name is taken as an application: everything else is that verb's. */
static bool
apply_for(const Create *c, Datum *answer)
{
	FunctionCallInfo fcinfo = c->fcinfo;
	SqlArguments arguments = {0};
	bool		isnull;

	dos_argument(&arguments, c->actor, false);
	dos_argument(&arguments, c->zone_row, false);
	dos_argument(&arguments, c->verdict, false);
	for (int i = 0; i < PG_NARGS(); i++)
		dos_argument(&arguments, fcinfo->args[i].value, fcinfo->args[i].isnull);
	*answer = dos_call("application_create", &arguments, &isnull);
	return true;
}

/* May the name be registered, and is it free? True when policy takes it as an application, which is all there is to answer. */
static bool
decide_name(Create *c, Datum *answer)
{
	static const char *const refusal[] = {"code", "problem", "element", "message", "detail"};
	SqlArguments ask = {0};
	SqlArguments refuse = {0};
	SqlArguments claim = {0};
	bool		isnull;

	dos_argument(&ask, c->zone_row, false);
	dos_argument_text(&ask, c->name);
	dos_argument(&ask, Int32GetDatum(c->actor_id), false);
	dos_argument_text(&ask, "create");
	dos_argument(&ask, PointerGetDatum(c->extensions), c->extensions == NULL);
	dos_argument(&ask, TimestampTzGetDatum(c->now), false);
	c->verdict = dos_call("name_policy", &ask, &isnull);
	c->has_verdict = !isnull;
	verdict_field(c, "problem", &isnull);
	if (!isnull && DatumGetInt32(verdict_field(c, "code", &isnull)) == 1001)
		return apply_for(c, answer);
	verdict_field(c, "problem", &isnull);
	if (!isnull)
	{
		for (int i = 0; i < lengthof(refusal); i++)
		{
			Datum		value = verdict_field(c, refusal[i], &isnull);

			dos_argument(&refuse, value, isnull);
		}
		dos_call_void("refuse", &refuse);
	}
	if (dos_domain_hold(c->name))
	{
		dos_argument_text(&claim, c->name);
		dos_call_void("domain_claim", &claim);
	}
	return false;
}

/* Whole years within the zone's policy. */
static void
decide_period(Create *c)
{
	FunctionCallInfo fcinfo = c->fcinfo;
	char	   *unit = dos_create_text(c, ARG_PERIOD_UNIT);
	SqlArguments arguments = {0};
	bool		isnull;

	c->years = PG_ARGISNULL(ARG_PERIOD) ? c->zone.period_default : PG_GETARG_INT32(ARG_PERIOD);
	if ((PG_ARGISNULL(ARG_PERIOD) || unit == NULL || strcmp(unit, "y") == 0) && !c->zone.years_chosen &&
		c->years >= c->zone.period_min && c->years <= c->zone.period_max)
		return;
	dos_argument(&arguments, c->zone_row, false);
	dos_argument(&arguments, PG_GETARG_DATUM(ARG_PERIOD), PG_ARGISNULL(ARG_PERIOD));
	dos_argument_text(&arguments, unit);
	dos_argument_text(&arguments, "create");
	c->years = DatumGetInt32(dos_call("period_years", &arguments, &isnull));
}

/* What phases and tables of the zone ask beside the name itself. */
static void
decide_phase(Create *c)
{
	static const DraftColumn roles[] = {DRAFT_ADMIN, DRAFT_TECH, DRAFT_BILLING};
	SqlArguments terms = {0};
	SqlArguments variant = {0};
	bool		isnull;
	Datum		phase = verdict_field(c, "phase_id", &isnull);

	if (!isnull)
	{
		dos_draft_set(&c->fresh, DRAFT_PHASE, phase);
		dos_argument(&terms, phase, false);
		dos_argument(&terms, Int32GetDatum(c->years), false);
		dos_argument(&terms, BoolGetDatum(!c->fresh.nulls[DRAFT_REGISTRANT]), false);
		for (int i = 0; i < lengthof(roles); i++)
			dos_argument(&terms, BoolGetDatum(ARR_NDIM(DatumGetArrayTypeP(c->fresh.values[roles[i]])) > 0), false);
		dos_call_void("phase_terms_require", &terms);
	}
	dos_argument(&variant, verdict_field(c, "variant_of", &isnull), false);
	if (!isnull)
	{
		dos_argument_text(&variant, c->name);
		dos_argument(&variant, Int32GetDatum(c->actor_id), false);
		dos_argument(&variant, c->fresh.values[DRAFT_REGISTRANT], c->fresh.nulls[DRAFT_REGISTRANT]);
		dos_call_void("variant_holder_require", &variant);
	}
	c->fresh.values[DRAFT_IDN_TABLE] = verdict_field(c, "table_id", &c->fresh.nulls[DRAFT_IDN_TABLE]);
	dos_draft_set(&c->fresh, DRAFT_IDN_INDEXED, BoolGetDatum(verdict_flag(c, "indexed")));
}

/* What a new row says of itself. */
static void
draft_facts(Create *c)
{
	DomainDraft *fresh = &c->fresh;

	c->id = dos_draft_id();
	c->expires_at = dos_period_add_years(c->now, c->years, c->now);
	dos_draft_set(fresh, DRAFT_ID, Int64GetDatum(c->id));
	dos_draft_text(fresh, DRAFT_ROID, psprintf("D" INT64_FORMAT "-%s", c->id, c->zone.roid_suffix));
	dos_draft_set(fresh, DRAFT_CREATED, TimestampTzGetDatum(c->now));
	dos_draft_set(fresh, DRAFT_EXPIRES, TimestampTzGetDatum(c->expires_at));
	dos_draft_set(fresh, DRAFT_ACT, dos_act_datum(1));
	c->on_hold = verdict_flag(c, "on_hold");
	dos_draft_set(fresh, DRAFT_STATUSES, dos_create_texts(c->on_hold ? "serverHold" : NULL));
}

static void
decide_auth(Create *c)
{
	FunctionCallInfo fcinfo = c->fcinfo;
	SqlArguments arguments = {0};

	if (PG_ARGISNULL(ARG_AUTH) || VARSIZE_ANY_EXHDR(PG_GETARG_TEXT_PP(ARG_AUTH)) == 0)
		return;
	if (c->zone.auth_strict)
	{
		dos_argument(&arguments, c->zone_row, false);
		dos_argument(&arguments, PG_GETARG_DATUM(ARG_AUTH), false);
		dos_call_void("authinfo_require", &arguments);
	}
	dos_draft_set(&c->fresh, DRAFT_AUTH, PointerGetDatum(dos_authinfo_hash(PG_GETARG_TEXT_PP(ARG_AUTH))));
	if (c->zone.auth_ends)
		dos_draft_set(&c->fresh, DRAFT_AUTH_UNTIL,
					  DirectFunctionCall2(timestamptz_pl_interval, TimestampTzGetDatum(c->now), IntervalPGetDatum(&c->zone.auth_life)));
}

/* Extensions, eligibility, the DBA's own checks. */
static void
decide_policy(Create *c)
{
	FunctionCallInfo fcinfo = c->fcinfo;
	SqlArguments extend = {0};
	SqlArguments eligible = {0};
	bool		isnull;

	if (!PG_ARGISNULL(ARG_MAX_SIG_LIFE))
	{
		dos_draft_set(&c->fresh, DRAFT_MAX_SIG_LIFE, PG_GETARG_DATUM(ARG_MAX_SIG_LIFE));
		if (PG_GETARG_INT32(ARG_MAX_SIG_LIFE) < 1)
			ereport(ERROR,
					(errcode(ERRCODE_DOS_PARAMETER_SYNTAX),
					 errmsg("the signature lifetime is not valid"),
					 errdetail("It is at least one second."),
					 dos_reason("secdns_max_sig_life"), dos_element("secDNS:maxSigLife")));
	}
	if (dos_create_says(c, "ttl") || dos_create_says(c, "org"))
	{
		dos_argument(&extend, dos_draft_datum(&c->fresh), false);
		dos_argument(&extend, c->zone_row, false);
		dos_argument(&extend, c->actor, false);
		dos_argument_text(&extend, "create");
		dos_argument(&extend, PointerGetDatum(c->extensions), false);
		dos_draft_take(&c->fresh, dos_call("domain_extend", &extend, &isnull));
	}
	if (c->zone.restricted)
	{
		dos_argument(&eligible, c->zone_row, false);
		dos_argument(&eligible, dos_draft_datum(&c->fresh), false);
		dos_call_void("eligibility_require", &eligible);
	}
	dos_create_hooks(c, "check");
}

/* The row, what the name used up, and the DNS. */
static void
apply(Create *c)
{
	SqlArguments used = {0};
	bool		notice;
	bool		override;

	dos_create_grace(c);
	dos_draft_put(&c->fresh);
	verdict_field(c, "notice", &notice);
	verdict_field(c, "override_id", &override);
	if (!notice || !override || verdict_flag(c, "indexed"))
	{
		dos_argument(&used, c->zone_row, false);
		dos_argument(&used, c->verdict, false);
		dos_argument_text(&used, c->name);
		dos_argument(&used, Int64GetDatum(c->id), false);
		dos_argument(&used, Int32GetDatum(c->actor_id), false);
		dos_argument(&used, PointerGetDatum(c->extensions), c->extensions == NULL);
		dos_argument_text(&used, c->svtrid);
		dos_call_void("name_policy_apply", &used);
	}
	if (c->delegated && !c->waits)
		dos_dns_mark(c->zone.id, c->name);
}

Datum
dos_sql_domain_create(PG_FUNCTION_ARGS)
{
	Create	   *c = palloc0(sizeof(Create));
	char	   *phase;
	bool		isnull;
	Datum		answer;

	c->fcinfo = fcinfo;
	gather(c);
	if (decide_name(c, &answer))
		PG_RETURN_DATUM(answer);
	/* what others have committed while this command waited for the name */
	PushActiveSnapshot(GetTransactionSnapshot());
	decide_period(c);
	dos_create_contacts(c);
	decide_phase(c);
	dos_create_hosts(c);
	dos_create_secdns(c);
	draft_facts(c);
	decide_auth(c);
	decide_policy(c);
	phase = (verdict_field(c, "phase", &isnull), isnull) ? NULL : TextDatumGetCString(verdict_field(c, "phase", &isnull));
	dos_create_price(c, phase);
	PopActiveSnapshot();
	dos_create_charge(c);
	apply(c);
	dos_create_announce(c);
	dos_create_hooks(c, "after");
	return dos_create_answer(c);
}
