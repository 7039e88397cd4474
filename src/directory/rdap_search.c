/*
 * rdap_search.c
 *	  The document of an RDAP search: objects that SQL has found, written like look-ups, and the
 *	  members that sorting, paging and partial answers add (RFC 9083 section 8; RFC 8977, 8982).
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "base/clock.h"
#include "directory/directory_answer.h"
#include "directory/directory_gather.h"
#include "directory/directory_policy.h"
#include "directory/rdap_rules.h"

PG_FUNCTION_INFO_V1(dos_sql_rdap_results);

typedef struct Search
{
	RdapAnswer	answer;
	const char *tier;
	const char *results;		/* name of the array */
	int			written;
	char		root[64];
} Search;

/* One object; what is gone since it was found is left out. */
static void
write_domain(Search *search, const char *name)
{
	const DirectoryDomain *domain = dos_directory_domain(name, dos_clock_now());

	if (domain == NULL)
		return;
	search->answer.policy = dos_directory_policy(domain->zone_id, search->tier);
	dos_rdap_domain_result(&search->answer, domain);
	search->written++;
}

static void
write_nameserver(Search *search, const char *name)
{
	int32		registrar_id;
	const DirectoryHost *host = dos_directory_host(name, &registrar_id);

	if (host == NULL)
		return;
	dos_rdap_nameserver_result(&search->answer, host, dos_directory_registrar(registrar_id));
	search->written++;
}

static void
write_entity(Search *search, const char *handle)
{
	int32		registrar_id;
	const DirectoryRegistrar *registrar = dos_directory_registrar_find(handle);
	const DirectoryContact *contact = registrar ? NULL : dos_directory_contact(handle, &registrar_id);

	if (registrar != NULL)
		dos_rdap_registrar_result(&search->answer, registrar);
	else if (contact != NULL && dos_rdap_contact_begins(&search->answer, contact, ROLE_CONTACT))
		dos_rdap_contact_result(&search->answer, contact, dos_directory_registrar(registrar_id));
	else
		return;
	search->written++;
}

typedef struct SearchRule
{
	const char *object;
	const char *results;
	void		(*write) (Search *search, const char *name);
} SearchRule;

static const SearchRule rules[] = {
	{"nameservers", "nameserverSearchResults", write_nameserver},
	{"entities", "entitySearchResults", write_entity},
	{"domains", "domainSearchResults", write_domain},
	{"domains/reverse_search/entity", "domainSearchResults", write_domain},
};

static const SearchRule *
rule_of(const char *object)
{
	for (size_t i = 0; i < lengthof(rules); i++)
		if (strcmp(rules[i].object, object) == 0)
			return &rules[i];
	elog(ERROR, "there is no search for \"%s\"", object);
}

static RdapFields
fields_of(const char *word)
{
	return strcmp(word, "id") == 0 ? RDAP_ID : strcmp(word, "brief") == 0 ? RDAP_BRIEF : RDAP_FULL;
}

/* Members that are JSON already, behind others. */
static void
write_raw(JsonWriter *json, const char *members)
{
	dos_text_bytes(json->text, ",", 1);
	dos_text_string(json->text, members);
	json->comma = true;
}

static void
write_found(Search *search, const SearchRule *rule, ArrayType *found)
{
	Datum	   *names;
	bool	   *nulls;
	int			count;
	MemoryContext each = AllocSetContextCreate(CurrentMemoryContext, "dos rdap result", ALLOCSET_DEFAULT_SIZES);

	deconstruct_array(found, TEXTOID, -1, false, TYPALIGN_INT, &names, &nulls, &count);
	for (int i = 0; i < count; i++)
	{
		MemoryContext old = MemoryContextSwitchTo(each);

		snprintf(search->root, sizeof(search->root), "$.%s[%d]", rule->results, search->written);
		if (!nulls[i])
			rule->write(search, TextDatumGetCString(names[i]));
		MemoryContextSwitchTo(old);
		MemoryContextReset(each);
	}
}

/* (object, found, base_url, tier, fields, metadata, notice, request); nothing left of what was found: NULL */
Datum
dos_sql_rdap_results(PG_FUNCTION_ARGS)
{
	static const char *const extensions[] = {"reverse_search", "paging", "sorting", "subsetting", NULL};
	const SearchRule *rule = rule_of(text_to_cstring(PG_GETARG_TEXT_PP(0)));
	char	   *url = text_to_cstring(PG_GETARG_TEXT_PP(2));
	DirectoryText out = dos_answer_begin();
	Search		search = {.tier = text_to_cstring(PG_GETARG_TEXT_PP(3))};
	JsonWriter *json = &search.answer.json;

	if (url[0] == '\0' || url[strlen(url) - 1] != '/')
		url = psprintf("%s/", url);
	SPI_connect();
	search.answer = (RdapAnswer) {
		.json = {.text = &out}, .base_url = url, .policy = dos_directory_policy(DIRECTORY_NO_ZONE, search.tier),
		.database_at = dos_directory_database_at(), .fields = fields_of(text_to_cstring(PG_GETARG_TEXT_PP(4))),
		.extensions = strchr(rule->object, '/') ? extensions : extensions + 1, .root = search.root, .notice = PG_ARGISNULL(6) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(6)),
	};
	dos_json_open(json, '{');
	dos_json_key(json, rule->results);
	dos_json_open(json, '[');
	write_found(&search, rule, PG_GETARG_ARRAYTYPE_P(1));
	dos_json_close(json, ']');
	write_raw(json, text_to_cstring(PG_GETARG_TEXT_PP(5)));
	search.answer.policy = dos_directory_policy(DIRECTORY_NO_ZONE, search.tier);
	search.answer.request = text_to_cstring(PG_GETARG_TEXT_PP(7));
	dos_rdap_finish(&search.answer, RDAP_SEARCH, rule->object, "");
	SPI_finish();
	if (search.written == 0)
		PG_RETURN_NULL();
	return dos_answer_text(&out);
}
