/*
 * rdap_rules.c
 *	  RDAP's domain, nameserver and help answers, pure.
 */
#include "directory/rdap_rules.h"

#include <stdlib.h>
#include <string.h>

static void
names(JsonWriter *json, const char *name, const char *unicode_name)
{
	dos_json_member(json, "ldhName", name);
	dos_json_member(json, "unicodeName", unicode_name);
}

static void
addresses(JsonWriter *json, const char *key, const DirectoryList *list)
{
	if (list->count == 0)
		return;
	dos_json_key(json, key);
	dos_json_open(json, '[');
	for (size_t i = 0; i < list->count; i++)
		dos_json_string(json, list->items[i]);
	dos_json_close(json, ']');
}

static void
ip_addresses(JsonWriter *json, const DirectoryHost *host)
{
	if (host->v4.count + host->v6.count == 0)
		return;
	dos_json_key(json, "ipAddresses");
	dos_json_open(json, '{');
	addresses(json, "v4", &host->v4);
	addresses(json, "v6", &host->v6);
	dos_json_close(json, '}');
}

/* Members of an object from the numbers and words of "257 3 13 KEY": names in order, the last is text. */
static void
record(JsonWriter *json, const char *words, const char *const *members, int count)
{
	dos_json_open(json, '{');
	for (int i = 0; i < count; i++)
	{
		size_t		length = strcspn(words, " ");

		dos_json_key(json, members[i]);
		if (i < count - 1)
			dos_json_integer(json, strtol(words, NULL, 10));
		else
			dos_json_string_bytes(json, words, length);
		words += length;
		words += *words == ' ';
	}
	dos_json_close(json, '}');
}

static void
records(JsonWriter *json, const char *key, const DirectoryList *list, const char *const *members, int count)
{
	if (list->count == 0)
		return;
	dos_json_key(json, key);
	dos_json_open(json, '[');
	for (size_t i = 0; i < list->count; i++)
		record(json, list->items[i], members, count);
	dos_json_close(json, ']');
}

/* RFC 9083 section 5.3. What is delegated and has DS data has DS records in the parent: the zone. */
static void
secure_dns(JsonWriter *json, const DirectoryDomain *domain)
{
	static const char *const ds_members[] = {"keyTag", "algorithm", "digestType", "digest"};
	static const char *const key_members[] = {"flags", "protocol", "algorithm", "publicKey"};

	dos_json_key(json, "secureDNS");
	dos_json_open(json, '{');
	dos_json_key(json, "delegationSigned");
	dos_json_boolean(json, domain->delegated && domain->ds.count + domain->keys.count > 0);
	if (domain->max_sig_life > 0)
	{
		dos_json_key(json, "maxSigLife");
		dos_json_integer(json, domain->max_sig_life);
	}
	records(json, "dsData", &domain->ds, ds_members, 4);
	records(json, "keyData", &domain->keys, key_members, 4);
	dos_json_close(json, '}');
}

static void
domain_events(RdapAnswer *answer, const DirectoryDomain *domain)
{
	dos_json_key(&answer->json, "events");
	dos_json_open(&answer->json, '[');
	dos_rdap_event(answer, "registration", domain->created_at);
	dos_rdap_event(answer, "expiration", domain->expires_at);
	dos_rdap_event(answer, "last changed", domain->updated_at);
	dos_rdap_event(answer, "transfer", domain->transferred_at);
	dos_rdap_event(answer, "last update of RDAP database", answer->database_at);
	dos_json_close(&answer->json, ']');
}

static void
domain_entities(RdapAnswer *answer, const DirectoryDomain *domain)
{
	answer->registrar = domain->registrar;
	dos_json_key(&answer->json, "entities");
	dos_json_open(&answer->json, '[');
	if (domain->registrar != NULL)
		dos_rdap_registrar_entity(answer, domain->registrar);
	for (int role = 0; role < DIRECTORY_DOMAIN_ROLES; role++)
		for (size_t i = 0; i < domain->contacts[role].count; i++)
			dos_rdap_contact_entity(answer, domain->contacts[role].items[i], (DirectoryRole) role, domain->name);
	dos_json_close(&answer->json, ']');
}

static void
domain_nameservers(JsonWriter *json, const DirectoryDomain *domain)
{
	if (domain->host_count == 0)
		return;
	dos_json_key(json, "nameservers");
	dos_json_open(json, '[');
	for (size_t i = 0; i < domain->host_count; i++)
	{
		const DirectoryHost *host = domain->hosts[i];

		dos_json_open(json, '{');
		dos_json_member(json, "objectClassName", "nameserver");
		names(json, host->name, host->unicode_name);
		ip_addresses(json, host);
		dos_json_close(json, '}');
	}
	dos_json_close(json, ']');
}

/* RFC 9083 section 5.3; nothing for names without variants. */
static void
domain_variants(JsonWriter *json, const DirectoryDomain *domain)
{
	static const char *const relations[VARIANT_RELATION_COUNT] = {
		[VARIANT_RESTRICTED] = "registration restricted",
		[VARIANT_OPEN] = "open registration",
		[VARIANT_REGISTERED] = "registered",
	};

	if (domain->idn_table == NULL)
		return;
	dos_json_key(json, "variants");
	dos_json_open(json, '[');
	for (int relation = 0; relation < VARIANT_RELATION_COUNT; relation++)
	{
		const DirectoryList *list = &domain->variants[relation];

		if (list->count == 0)
			continue;
		dos_json_open(json, '{');
		dos_json_key(json, "relation");
		dos_json_open(json, '[');
		dos_json_string(json, relations[relation]);
		dos_json_close(json, ']');
		dos_json_member(json, "idnTable", domain->idn_table);
		dos_json_key(json, "variantNames");
		dos_json_open(json, '[');
		for (size_t i = 0; i < list->count; i++)
		{
			dos_json_open(json, '{');
			names(json, list->items[i], domain->variants_unicode[relation][i]);
			dos_json_close(json, '}');
		}
		dos_json_close(json, ']');
		dos_json_close(json, '}');
	}
	dos_json_close(json, ']');
}

static void
domain_members(RdapAnswer *answer, const DirectoryDomain *domain)
{
	JsonWriter *json = &answer->json;
	const DirectoryRegistrar *registrar = domain->registrar;

	dos_json_open(json, '{');
	dos_json_member(json, "objectClassName", "domain");
	dos_json_member(json, "handle", domain->roid);
	names(json, domain->name, domain->unicode_name);
	if (answer->fields == RDAP_FULL)
		domain_variants(json, domain);
	if (answer->fields != RDAP_ID)
	{
		dos_rdap_status(answer, &domain->statuses);
		domain_events(answer, domain);
	}
	if (answer->fields == RDAP_FULL)
	{
		domain_entities(answer, domain);
		domain_nameservers(json, domain);
		secure_dns(json, domain);
	}
	dos_json_key(json, "links");
	dos_json_open(json, '[');
	dos_rdap_link(answer, &(RdapLink) {"self", answer->base_url, "domain/", domain->name, false});
	if (registrar != NULL && registrar->rdap_base_url != NULL && !dos_rdap_iana_id_reserved(registrar->iana_id))
		dos_rdap_link(answer, &(RdapLink) {"related", registrar->rdap_base_url, "domain/", domain->name, true});
	dos_json_close(json, ']');
}

void
dos_rdap_domain(RdapAnswer *answer, const DirectoryDomain *domain)
{
	domain_members(answer, domain);
	dos_rdap_finish(answer, RDAP_DOMAIN, "domain/", domain->name);
}

void
dos_rdap_domain_result(RdapAnswer *answer, const DirectoryDomain *domain)
{
	domain_members(answer, domain);
	dos_rdap_result_end(answer, RDAP_DOMAIN);
}

static void
nameserver_events(RdapAnswer *answer, const DirectoryHost *host)
{
	JsonWriter *json = &answer->json;

	dos_json_key(json, "events");
	dos_json_open(json, '[');
	dos_rdap_event(answer, "registration", host->created_at);
	dos_rdap_event(answer, "last changed", host->updated_at);
	dos_rdap_event(answer, "transfer", host->transferred_at);
	dos_rdap_event(answer, "last update of RDAP database", answer->database_at);
	dos_json_close(json, ']');
}

static void
nameserver_members(RdapAnswer *answer, const DirectoryHost *host, const DirectoryRegistrar *registrar)
{
	JsonWriter *json = &answer->json;

	dos_json_open(json, '{');
	dos_json_member(json, "objectClassName", "nameserver");
	dos_json_member(json, "handle", host->roid);
	names(json, host->name, host->unicode_name);
	if (answer->fields != RDAP_ID)
	{
		ip_addresses(json, host);
		dos_rdap_status(answer, &host->statuses);
		nameserver_events(answer, host);
	}
	if (registrar != NULL && answer->fields == RDAP_FULL)
	{
		dos_json_key(json, "entities");
		dos_json_open(json, '[');
		dos_rdap_registrar_entity(answer, registrar);
		dos_json_close(json, ']');
	}
	dos_json_key(json, "links");
	dos_json_open(json, '[');
	dos_rdap_link(answer, &(RdapLink) {"self", answer->base_url, "nameserver/", host->name, false});
	dos_json_close(json, ']');
}

void
dos_rdap_nameserver(RdapAnswer *answer, const DirectoryHost *host, const DirectoryRegistrar *registrar)
{
	nameserver_members(answer, host, registrar);
	dos_rdap_finish(answer, RDAP_NAMESERVER, "nameserver/", host->name);
}

void
dos_rdap_nameserver_result(RdapAnswer *answer, const DirectoryHost *host, const DirectoryRegistrar *registrar)
{
	nameserver_members(answer, host, registrar);
	dos_rdap_result_end(answer, RDAP_NAMESERVER);
}

/* RFC 9536 section 4 */
static void
reverse_search(JsonWriter *json)
{
	static const char *const properties[] = {"handle", "role"};

	dos_json_key(json, "reverse_search_properties");
	dos_json_open(json, '[');
	for (size_t i = 0; i < sizeof(properties) / sizeof(properties[0]); i++)
	{
		dos_json_open(json, '{');
		dos_json_member(json, "searchableResourceType", "domains");
		dos_json_member(json, "relatedResourceType", "entity");
		dos_json_member(json, "property", properties[i]);
		dos_json_close(json, '}');
	}
	dos_json_close(json, ']');
}

void
dos_rdap_help(RdapAnswer *answer)
{
	static const char *const searches[] = {"paging", "sorting", "subsetting", NULL};
	static const char *const all[] = {"paging", "sorting", "subsetting", "reverse_search", NULL};

	/* searches by address and by name are always there; RFC 9536 section 9: reverse search is said where it is offered */
	bool		is_reverse = strcmp(answer->policy->settings[SETTING_SEARCH_DOMAINS], "off") != 0;

	answer->extensions = is_reverse ? all : searches;
	dos_json_open(&answer->json, '{');
	if (is_reverse)
		reverse_search(&answer->json);
	dos_rdap_finish(answer, RDAP_HELP, "help", "");
}
