/*
 * directory.c
 *	  SQL faces of the directory: canonical name in, gather, write, text out.
 *
 * The answer is written once, into memory of the caller with room for the varlena header in front, and
 * returned as it is.
 */
#include "postgres.h"

#include "executor/spi.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "base/clock.h"
#include "base/dname_rules.h"
#include "base/error.h"
#include "directory/directory_gather.h"
#include "directory/directory_policy.h"
#include "directory/rdap_rules.h"
#include "directory/rdap_status_rules.h"
#include "directory/whois_rules.h"

#define ANSWER_FIRST	8192
#define HOSTS_MAX		50		/* name servers listed for one address */

PG_FUNCTION_INFO_V1(dos_sql_rdap_domain);
PG_FUNCTION_INFO_V1(dos_sql_rdap_nameserver);
PG_FUNCTION_INFO_V1(dos_sql_rdap_entity);
PG_FUNCTION_INFO_V1(dos_sql_rdap_help);
PG_FUNCTION_INFO_V1(dos_sql_rdap_statuses);
PG_FUNCTION_INFO_V1(dos_sql_whois);

static void *
grow(void *data, size_t size)
{
	return repalloc(data, size);
}

/* An empty text in the caller's memory. Before SPI_connect. */
static DirectoryText
text_begin(void)
{
	return (DirectoryText) {palloc(ANSWER_FIRST), VARHDRSZ, ANSWER_FIRST, grow};
}

static Datum
text_end(DirectoryText *text)
{
	SET_VARSIZE(text->data, text->length);
	return PointerGetDatum(text->data);
}

/* The canonical form of a name asked for, or error R2005. */
static void
canonical_name(text *asked, char *name)
{
	size_t		length;
	DnameProblem problem = dos_dname_canonical(VARDATA_ANY(asked), VARSIZE_ANY_EXHDR(asked), name, &length);

	if (problem != DNAME_OK)
		ereport(ERROR,
				(errcode(ERRCODE_DOS_PARAMETER_SYNTAX),
				 errmsg("name \"%s\" is not valid", text_to_cstring(asked)),
				 errdetail("%s", dos_dname_problem_text(problem)),
				 dos_reason(dos_dname_problem_reason(problem)),
				 dos_element("name")));
	name[length] = '\0';
}

static const char *
base_url(text *url)
{
	char	   *given = text_to_cstring(url);
	size_t		length = strlen(given);

	return length > 0 && given[length - 1] == '/' ? given : psprintf("%s/", given);
}

static RdapAnswer
rdap_begin(DirectoryText *text, const char *url, int32 zone_id)
{
	return (RdapAnswer) {
		.json = {text}, .base_url = url, .policy = dos_directory_policy(zone_id), .database_at = dos_directory_database_at(),
	};
}

Datum
dos_sql_rdap_domain(PG_FUNCTION_ARGS)
{
	char		name[DOS_DNAME_MAX + 1];
	const char *url = base_url(PG_GETARG_TEXT_PP(1));
	DirectoryText out = text_begin();
	const DirectoryDomain *domain;

	canonical_name(PG_GETARG_TEXT_PP(0), name);
	SPI_connect();
	domain = dos_directory_domain(name, dos_clock_now());
	if (domain != NULL)
	{
		RdapAnswer	answer = rdap_begin(&out, url, domain->zone_id);

		dos_rdap_domain(&answer, domain);
	}
	SPI_finish();
	if (out.length == VARHDRSZ)
		PG_RETURN_NULL();
	return text_end(&out);
}

Datum
dos_sql_rdap_nameserver(PG_FUNCTION_ARGS)
{
	char		name[DOS_DNAME_MAX + 1];
	const char *url = base_url(PG_GETARG_TEXT_PP(1));
	DirectoryText out = text_begin();
	const DirectoryHost *host;
	int32		registrar_id;

	canonical_name(PG_GETARG_TEXT_PP(0), name);
	SPI_connect();
	host = dos_directory_host(name, &registrar_id);
	if (host != NULL)
	{
		RdapAnswer	answer = rdap_begin(&out, url, DIRECTORY_NO_ZONE);

		dos_rdap_nameserver(&answer, host, dos_directory_registrar(registrar_id));
	}
	SPI_finish();
	if (out.length == VARHDRSZ)
		PG_RETURN_NULL();
	return text_end(&out);
}

/* A registrar by IANA id, a contact by handle, a registrar by clID or name: the first that exists. */
Datum
dos_sql_rdap_entity(PG_FUNCTION_ARGS)
{
	const char *handle = text_to_cstring(PG_GETARG_TEXT_PP(0));
	const char *url = base_url(PG_GETARG_TEXT_PP(1));
	DirectoryText out = text_begin();
	const DirectoryRegistrar *registrar = NULL;
	const DirectoryContact *contact = NULL;
	int32		registrar_id;

	SPI_connect();
	if (strspn(handle, "0123456789") == strlen(handle))
		registrar = dos_directory_registrar_find(handle);
	if (registrar == NULL)
		contact = dos_directory_contact(handle, &registrar_id);
	if (registrar == NULL && contact == NULL)
		registrar = dos_directory_registrar_find(handle);
	if (registrar != NULL || contact != NULL)
	{
		RdapAnswer	answer = rdap_begin(&out, url, DIRECTORY_NO_ZONE);

		if (registrar != NULL)
			dos_rdap_registrar(&answer, registrar);
		else if (dos_disclosure_shows(&answer.policy->disclosure, ROLE_CONTACT, FIELD_OBJECT, contact))
			dos_rdap_contact(&answer, contact, dos_directory_registrar(registrar_id));
	}
	SPI_finish();
	if (out.length == VARHDRSZ)
		PG_RETURN_NULL();
	return text_end(&out);
}

Datum
dos_sql_rdap_help(PG_FUNCTION_ARGS)
{
	const char *url = base_url(PG_GETARG_TEXT_PP(0));
	DirectoryText out = text_begin();
	RdapAnswer	answer;

	SPI_connect();
	answer = rdap_begin(&out, url, DIRECTORY_NO_ZONE);
	dos_rdap_help(&answer);
	SPI_finish();
	return text_end(&out);
}

Datum
dos_sql_rdap_statuses(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	size_t		count;
	const RdapStatusRule *rules = dos_rdap_status_rules(&count);

	InitMaterializedSRF(fcinfo, 0);
	for (size_t i = 0; i < count; i++)
	{
		Datum		values[] = {
			CStringGetTextDatum(rules[i].epp), CStringGetTextDatum(rules[i].rdap), CStringGetTextDatum(rules[i].source),
		};
		bool		nulls[lengthof(values)] = {false};

		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}

static bool
whois_domain(WhoisAnswer *answer, const char *name)
{
	const DirectoryDomain *domain = dos_directory_domain(name, dos_clock_now());

	if (domain == NULL)
		return false;
	answer->policy = dos_directory_policy(domain->zone_id);
	dos_whois_domain(answer, domain);
	return true;
}

static bool
whois_nameserver(WhoisAnswer *answer, const char *name)
{
	int32		registrar_id;
	const DirectoryHost *host = dos_directory_host(name, &registrar_id);

	if (host == NULL)
		return false;
	dos_whois_nameserver(answer, host, dos_directory_registrar(registrar_id));
	return true;
}

static bool
whois_address(WhoisAnswer *answer, const char *address)
{
	const DirectoryHost **hosts;
	size_t		count = dos_directory_hosts_at(address, HOSTS_MAX, &hosts);

	if (count == 1)
		return whois_nameserver(answer, hosts[0]->name);
	if (count > 1)
		dos_whois_nameservers(answer, hosts, count);
	return count > 1;
}

static bool
whois_registrar(WhoisAnswer *answer, const char *word)
{
	const DirectoryRegistrar *registrar = dos_directory_registrar_find(word);

	if (registrar == NULL)
		return false;
	dos_whois_registrar(answer, registrar);
	return true;
}

/* Answer one parsed query; what is asked for decides where to look and in which order. */
static void
whois_answer(WhoisAnswer *answer, const WhoisQuery *query)
{
	const char *term = pnstrdup(query->term, query->length);
	bool		is_registrar = query->object == WHOIS_REGISTRAR || query->object == WHOIS_ANY;
	char		name[DOS_DNAME_MAX + 1];
	size_t		length;
	DnameProblem problem;
	bool		found = false;

	if (query->object == WHOIS_NAMESERVER && dos_whois_is_address(term))
		found = whois_address(answer, term);
	else if (query->object == WHOIS_REGISTRAR)
		found = whois_registrar(answer, term);
	else
	{
		problem = dos_dname_canonical(term, query->length, name, &length);
		if (problem == DNAME_OK)
		{
			name[length] = '\0';
			found = (query->object != WHOIS_NAMESERVER && whois_domain(answer, name)) ||
				(query->object != WHOIS_DOMAIN && whois_nameserver(answer, name));
		}
		if (!found && is_registrar)
			found = whois_registrar(answer, term);
		if (!found && problem != DNAME_OK)
		{
			dos_whois_invalid_name(answer, dos_dname_problem_text(problem));
			return;
		}
	}
	if (!found)
		dos_whois_no_match(answer, query);
}

Datum
dos_sql_whois(PG_FUNCTION_ARGS)
{
	text	   *line = PG_GETARG_TEXT_PP(0);
	DirectoryText out = text_begin();
	WhoisAnswer answer = {.text = &out};
	WhoisQuery	query;
	WhoisProblem problem = dos_whois_parse(VARDATA_ANY(line), VARSIZE_ANY_EXHDR(line), &query);

	SPI_connect();
	answer.policy = dos_directory_policy(DIRECTORY_NO_ZONE);
	answer.database_at = dos_directory_database_at();
	if (problem == WHOIS_OK)
		whois_answer(&answer, &query);
	else
		dos_whois_refusal(&answer, problem);
	SPI_finish();
	return text_end(&out);
}
