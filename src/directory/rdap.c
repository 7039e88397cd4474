/*
 * rdap.c
 *	  SQL faces of RDAP: canonical name in, gather, write, text out.
 */
#include "postgres.h"

#include "executor/spi.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "base/clock.h"
#include "base/dname_rules.h"
#include "base/error.h"
#include "base/row_fetch.h"
#include "directory/directory_answer.h"
#include "directory/directory_gather.h"
#include "directory/directory_policy.h"
#include "directory/rdap_rules.h"
#include "directory/rdap_status_rules.h"

PG_FUNCTION_INFO_V1(dos_sql_rdap_domain);
PG_FUNCTION_INFO_V1(dos_sql_rdap_domains);
PG_FUNCTION_INFO_V1(dos_sql_rdap_nameserver);
PG_FUNCTION_INFO_V1(dos_sql_rdap_entity);
PG_FUNCTION_INFO_V1(dos_sql_rdap_help);
PG_FUNCTION_INFO_V1(dos_sql_rdap_statuses);

/* The canonical form of a name asked for. */
static DnameProblem
canonical(text *asked, char *name)
{
	size_t		length;
	DnameProblem problem = dos_dname_canonical(VARDATA_ANY(asked), VARSIZE_ANY_EXHDR(asked), name, &length);

	if (problem == DNAME_OK)
		name[length] = '\0';
	return problem;
}

/* The same, or error R2005. */
static void
canonical_name(text *asked, char *name)
{
	DnameProblem problem = canonical(asked, name);

	if (problem != DNAME_OK)
		ereport(ERROR,
				(errcode(ERRCODE_DOS_PARAMETER_SYNTAX),
				 errmsg("name \"%s\" is not valid", text_to_cstring(asked)),
				 errdetail("%s", dos_dname_problem_text(problem)),
				 dos_reason(dos_dname_problem_reason(problem)),
				 dos_element("name")));
}

static const char *
base_url(text *url)
{
	char	   *given = text_to_cstring(url);
	size_t		length = strlen(given);

	return length > 0 && given[length - 1] == '/' ? given : psprintf("%s/", given);
}

/* The tier of the reader: the argument after the usual ones, where there is one. */
static const char *
tier_of(FunctionCallInfo fcinfo, int number)
{
	return PG_NARGS() > number ? text_to_cstring(PG_GETARG_TEXT_PP(number)) : DIRECTORY_PUBLIC;
}

/* The URL that was asked for, up to its percent-encoding: "domain/" and what stood behind it. */
static const char *
request_url(const char *url, const char *kind, const char *asked)
{
	size_t		length = strlen(url) + strlen(kind);
	size_t		size = 3 * strlen(asked) + 4;	/* what the encoder leaves free, too */
	char	   *request = palloc(length + size);

	strcpy(stpcpy(request, url), kind);
	dos_rdap_encode(asked, request + length, size);
	return request;
}

static RdapAnswer
rdap_begin(DirectoryText *out, const char *url, const char *request, int32 zone_id, const char *tier)
{
	return (RdapAnswer) {
		.json = {.text = out}, .base_url = url, .request = request, .policy = dos_directory_policy(zone_id, tier),
		.database_at = dos_directory_database_at(),
	};
}

/* Between SPI_connect and SPI_finish: the answer for a canonical name, nothing when it is not registered. */
static void
write_domain(DirectoryText *out, text *asked, const char *name, const char *url, const char *tier)
{
	const DirectoryDomain *domain = dos_directory_domain(name, dos_clock_now());

	if (domain != NULL)
	{
		const char *request = request_url(url, "domain/", text_to_cstring(asked));
		RdapAnswer	answer = rdap_begin(out, url, request, domain->zone_id, tier);

		dos_rdap_domain(&answer, domain);
	}
}

Datum
dos_sql_rdap_domain(PG_FUNCTION_ARGS)
{
	char		name[DOS_DNAME_MAX + 1];
	const char *url = base_url(PG_GETARG_TEXT_PP(1));
	DirectoryText out = dos_answer_begin();
	FetchSession *session;

	canonical_name(PG_GETARG_TEXT_PP(0), name);
	SPI_connect();
	session = dos_fetch_begin();
	write_domain(&out, PG_GETARG_TEXT_PP(0), name, url, tier_of(fcinfo, 2));
	dos_fetch_end(session);
	SPI_finish();
	if (dos_answer_is_empty(&out))
		PG_RETURN_NULL();
	return dos_answer_text(&out);
}

/* Many names: a row each, in their order, with the answer, or with the problem of the name, or with neither. */
Datum
dos_sql_rdap_domains(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	const char *url = base_url(PG_GETARG_TEXT_PP(1));
	DirectoryText out = dos_answer_begin();
	int			count;
	text	  **names = dos_answer_questions(PG_GETARG_DATUM(0), &count);
	FetchSession *session;
	MemoryContext each;

	InitMaterializedSRF(fcinfo, 0);
	SPI_connect();
	session = dos_fetch_begin();
	each = AllocSetContextCreate(CurrentMemoryContext, "dos rdap answer", ALLOCSET_DEFAULT_SIZES);
	for (int i = 0; i < count; i++)
	{
		MemoryContext old = MemoryContextSwitchTo(each);
		char		name[DOS_DNAME_MAX + 1];
		DnameProblem problem = canonical(names[i], name);
		Datum		values[2] = {(Datum) 0, (Datum) 0};
		bool		nulls[2] = {true, true};

		dos_answer_again(&out);
		if (problem == DNAME_OK)
			write_domain(&out, names[i], name, url, DIRECTORY_PUBLIC);
		else
		{
			values[1] = CStringGetTextDatum(dos_dname_problem_text(problem));
			nulls[1] = false;
		}
		nulls[0] = dos_answer_is_empty(&out);
		values[0] = dos_answer_text(&out);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
		MemoryContextSwitchTo(old);
		MemoryContextReset(each);
	}
	dos_fetch_end(session);
	SPI_finish();
	return (Datum) 0;
}

Datum
dos_sql_rdap_nameserver(PG_FUNCTION_ARGS)
{
	char		name[DOS_DNAME_MAX + 1];
	const char *url = base_url(PG_GETARG_TEXT_PP(1));
	DirectoryText out = dos_answer_begin();
	const DirectoryHost *host;
	int32		registrar_id;

	canonical_name(PG_GETARG_TEXT_PP(0), name);
	SPI_connect();
	host = dos_directory_host(name, &registrar_id);
	if (host != NULL)
	{
		const char *request = request_url(url, "nameserver/", text_to_cstring(PG_GETARG_TEXT_PP(0)));
		RdapAnswer	answer = rdap_begin(&out, url, request, DIRECTORY_NO_ZONE, tier_of(fcinfo, 2));

		dos_rdap_nameserver(&answer, host, dos_directory_registrar(registrar_id));
	}
	SPI_finish();
	if (dos_answer_is_empty(&out))
		PG_RETURN_NULL();
	return dos_answer_text(&out);
}

/* A registrar by IANA id, a contact by handle, a registrar by clID or name: the first that exists. */
Datum
dos_sql_rdap_entity(PG_FUNCTION_ARGS)
{
	const char *handle = text_to_cstring(PG_GETARG_TEXT_PP(0));
	const char *url = base_url(PG_GETARG_TEXT_PP(1));
	DirectoryText out = dos_answer_begin();
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
		RdapAnswer	answer = rdap_begin(&out, url, request_url(url, "entity/", handle), DIRECTORY_NO_ZONE, tier_of(fcinfo, 2));

		if (registrar != NULL)
			dos_rdap_registrar(&answer, registrar);
		else if (dos_rdap_contact_begins(&answer, contact, ROLE_CONTACT))
			dos_rdap_contact(&answer, contact, dos_directory_registrar(registrar_id));
	}
	SPI_finish();
	if (dos_answer_is_empty(&out))
		PG_RETURN_NULL();
	return dos_answer_text(&out);
}

Datum
dos_sql_rdap_help(PG_FUNCTION_ARGS)
{
	const char *url = base_url(PG_GETARG_TEXT_PP(0));
	DirectoryText out = dos_answer_begin();
	RdapAnswer	answer;

	SPI_connect();
	answer = rdap_begin(&out, url, NULL, DIRECTORY_NO_ZONE, DIRECTORY_PUBLIC);
	dos_rdap_help(&answer);
	SPI_finish();
	return dos_answer_text(&out);
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
