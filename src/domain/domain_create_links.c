/*
 * domain_create_links.c
 *	  What a create names: contacts, name servers, DNSSEC data; found, locked and judged.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "base/sql_call.h"
#include "domain/domain_create.h"

char *
dos_create_text(const Create *c, int n)
{
	FunctionCallInfo fcinfo = c->fcinfo;

	return PG_ARGISNULL(n) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(n));
}

/* An array that says something, else NULL. */
static ArrayType *
array_argument(FunctionCallInfo fcinfo, int n)
{
	return PG_ARGISNULL(n) || ARR_NDIM(PG_GETARG_ARRAYTYPE_P(n)) == 0 ? NULL : PG_GETARG_ARRAYTYPE_P(n);
}

Datum
dos_create_texts(const char *only)
{
	Datum		word = only != NULL ? CStringGetTextDatum(only) : (Datum) 0;

	return PointerGetDatum(construct_array(&word, only != NULL ? 1 : 0, TEXTOID, -1, false, TYPALIGN_INT));
}

/* Contacts that every zone of this model takes; who says no decides in SQL. */
static bool
contacts_fit(const DomainZone *zone, const DomainContacts *contacts)
{
	unsigned	given = 0;

	for (int role = 0; role < ROLE_COUNT; role++)
	{
		given |= contacts->counts[role] > 0 ? 1u << role : 0;
		if (contacts->counts[role] > 1)
			return false;
	}
	return !zone->roles_counted && zone->contacts_max >= 1 && (given & ~zone->roles_allowed) == 0 && (zone->roles_required & ~given) == 0 &&
		(contacts->registrant_id != 0 ? zone->registrant_allowed : !zone->registrant_required);
}

void
dos_create_contacts(Create *c)
{
	FunctionCallInfo fcinfo = c->fcinfo;
	DomainContacts contacts;
	SqlArguments arguments = {0};

	dos_domain_contacts(c->actor_id, dos_create_text(c, ARG_REGISTRANT), array_argument(fcinfo, ARG_CONTACTS), &contacts);
	if (contacts.registrant_id != 0)
		dos_draft_set(&c->fresh, DRAFT_REGISTRANT, Int64GetDatum(contacts.registrant_id));
	for (int role = 0; role < ROLE_COUNT; role++)
		dos_draft_set(&c->fresh, DRAFT_ADMIN + role, dos_bigint_array(contacts.ids[role], contacts.counts[role]));
	if (!contacts_fit(&c->zone, &contacts))
	{
		dos_argument(&arguments, c->zone_row, false);
		dos_argument(&arguments, dos_draft_datum(&c->fresh), false);
		dos_call_void("domain_contacts_require", &arguments);
	}
}

void
dos_create_hosts(Create *c)
{
	FunctionCallInfo fcinfo = c->fcinfo;
	ArrayType  *hosts = array_argument(fcinfo, ARG_HOSTS);
	ArrayType  *attrs = array_argument(fcinfo, ARG_HOST_ATTRS);
	SqlArguments arguments = {0};
	Datum	   *ids = NULL;
	int			count = 0;
	bool		isnull;

	if (hosts != NULL && !c->zone.host_objects)
		dos_domain_host_model_refuse(c->zone.name);
	if (hosts != NULL)
		count = dos_domain_hosts(hosts, &ids);
	dos_draft_set(&c->fresh, DRAFT_HOSTS, dos_bigint_array(ids, count));
	c->delegated = count > 0 || attrs != NULL;
	if (attrs == NULL)
		dos_draft_set(&c->fresh, DRAFT_HOST_ATTRS, PointerGetDatum(construct_empty_array(dos_create_type("host_attribute"))));
	else
	{
		dos_argument(&arguments, c->zone_row, false);
		dos_argument_text(&arguments, c->name);
		dos_argument(&arguments, PointerGetDatum(attrs), false);
		dos_draft_set(&c->fresh, DRAFT_HOST_ATTRS, dos_call("domain_host_attrs", &arguments, &isnull));
		count += ArrayGetNItems(ARR_NDIM(attrs), ARR_DIMS(attrs));
	}
	if (count > c->zone.hosts_max || c->zone.glue_wide)
	{
		arguments.count = 0;
		dos_argument(&arguments, c->zone_row, false);
		dos_argument(&arguments, dos_draft_datum(&c->fresh), false);
		dos_call_void("domain_hosts_require", &arguments);
	}
}

void
dos_create_secdns(Create *c)
{
	FunctionCallInfo fcinfo = c->fcinfo;
	ArrayType  *given[2] = {array_argument(fcinfo, ARG_DS), array_argument(fcinfo, ARG_KEYS)};
	SqlArguments require = {0};
	bool		isnull;

	dos_argument(&require, c->zone_row, false);
	for (int keys = 0; keys < 2; keys++)
	{
		SqlArguments arguments = {0};
		Datum		canonical = given[keys] == NULL ? dos_create_texts(NULL) : (Datum) 0;

		if (given[keys] != NULL)
		{
			dos_argument(&arguments, PointerGetDatum(given[keys]), false);
			dos_argument(&arguments, BoolGetDatum(keys == 1), false);
			canonical = dos_call("secdns_canonical", &arguments, &isnull);
		}
		dos_draft_set(&c->fresh, DRAFT_DS + keys, canonical);
		dos_argument(&require, canonical, false);
	}
	if (given[0] != NULL || given[1] != NULL)
		dos_call_void("secdns_require", &require);
}
