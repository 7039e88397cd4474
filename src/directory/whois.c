/*
 * whois.c
 *	  SQL faces of WHOIS: read the query, decide where to look, gather, write, text out.
 */
#include "postgres.h"

#include "executor/spi.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "base/clock.h"
#include "base/dname_rules.h"
#include "base/row_fetch.h"
#include "directory/directory_answer.h"
#include "directory/directory_gather.h"
#include "directory/directory_policy.h"
#include "directory/whois_rules.h"

#define HOSTS_MAX		50		/* name servers listed for one address */

PG_FUNCTION_INFO_V1(dos_sql_whois);
PG_FUNCTION_INFO_V1(dos_sql_whois_answers);

static bool
whois_domain(WhoisAnswer *answer, const char *name)
{
	const DirectoryDomain *domain = dos_directory_domain(name, dos_clock_now());

	answer->policy = dos_directory_policy(domain ? domain->zone_id : dos_directory_zone_of(name), DIRECTORY_PUBLIC);
	if (!dos_directory_has_whois(answer->policy))
		dos_whois_off(answer);
	else if (domain != NULL)
		dos_whois_domain(answer, domain);
	else
		return false;
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
	size_t		count;

	if (!dos_directory_has_addresses(answer->policy))
		return false;
	count = dos_directory_hosts_at(address, HOSTS_MAX, &hosts);
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

/* Between SPI_connect and SPI_finish: the whole answer to one line. */
static void
write_answer(DirectoryText *out, text *line)
{
	WhoisAnswer answer = {
		.text = out, .policy = dos_directory_policy(DIRECTORY_NO_ZONE, DIRECTORY_PUBLIC), .database_at = dos_directory_database_at(),
	};
	WhoisQuery	query;
	WhoisProblem problem = dos_whois_parse(VARDATA_ANY(line), VARSIZE_ANY_EXHDR(line), &query);

	if (problem == WHOIS_OK)
		whois_answer(&answer, &query);
	else
		dos_whois_refusal(&answer, problem);
}

Datum
dos_sql_whois(PG_FUNCTION_ARGS)
{
	text	   *line = PG_GETARG_TEXT_PP(0);
	DirectoryText out = dos_answer_begin();
	FetchSession *session;

	SPI_connect();
	session = dos_fetch_begin();
	write_answer(&out, line);
	dos_fetch_end(session);
	SPI_finish();
	return dos_answer_text(&out);
}

/* Many lines: an answer each, in their order. */
Datum
dos_sql_whois_answers(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	DirectoryText out = dos_answer_begin();
	int			count;
	text	  **lines = dos_answer_questions(PG_GETARG_DATUM(0), &count);
	FetchSession *session;
	MemoryContext each;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	SPI_connect();
	session = dos_fetch_begin();
	each = AllocSetContextCreate(CurrentMemoryContext, "dos whois answer", ALLOCSET_DEFAULT_SIZES);
	for (int i = 0; i < count; i++)
	{
		MemoryContext old = MemoryContextSwitchTo(each);
		Datum		value;
		bool		isnull = false;

		dos_answer_again(&out);
		write_answer(&out, lines[i]);
		value = dos_answer_text(&out);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, &value, &isnull);
		MemoryContextSwitchTo(old);
		MemoryContextReset(each);
	}
	dos_fetch_end(session);
	SPI_finish();
	return (Datum) 0;
}
