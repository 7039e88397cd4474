/*
 * epp_poll.c
 *		Messages of the server: grammars and answers (RFC 5730, section 2.9.2.3).
 *
 * Numbers are SQL parameters; $1 is the registrar, $2 of req the language of the session. The schema lets msgID stand
 * in both forms and in both be absent; "req" ignores it, "ack" needs it.
 */
#include "epp_commands.h"
#include "epp_contact.h"
#include "epp_domain.h"
#include "epp_extension.h"
#include "epp_xml.h"

#include <stdio.h>
#include <string.h>

/* dos.poll_request($2 language) */
const EppRow epp_poll_request_grammar[] = {
	{0, "poll", ONE, EPP_ELEMENTS},
	{1, "@op", ONE, EPP_POLL_OP},
	{1, "@msgID", OPTIONAL, EPP_TOKEN},
	{.name = NULL}
};

/* dos.poll_ack($2 id) */
const EppRow epp_poll_ack_grammar[] = {
	{0, "poll", ONE, EPP_ELEMENTS},
	{1, "@op", ONE, EPP_POLL_OP},
	{1, "@msgID", ONE, EPP_MESSAGE_ID, AS_TEXT, 2},
	{.name = NULL}
};

/* Columns of dos.poll_request; from NAME on those of a transfer, then those of each object's info, which begin with "code" */
enum
{
	POLL_CODE, POLL_COUNT, POLL_ID, POLL_QUEUED_AT, POLL_TEXT, POLL_KIND, POLL_NAME, POLL_CREATED_AT = POLL_NAME + 3,
	POLL_EXPIRES_AT = POLL_NAME + 6, POLL_LANGUAGE, POLL_OBJECTS
};

/* Columns of one object's info as a result of their own, which the writer of <info> understands. */
static PGresult *
object_columns(const PGresult *result, EppService object)
{
	static const int place[] = {[EPP_SERVICE_DOMAIN] = 0,[EPP_SERVICE_CONTACT] = 1,[EPP_SERVICE_HOST] = 2};
	int			columns = PQnfields(result);
	int			first = POLL_OBJECTS,
				next;
	PGresult   *object_result = PQmakeEmptyPGresult(NULL, PGRES_TUPLES_OK);
	PGresAttDesc attributes[64] = {{0}};

	for (int skip = place[object]; skip > 0; skip--)
		for (first++; first < columns && strcmp(PQfname(result, first), "code") != 0;)
			first++;
	for (next = first + 1; next < columns && strcmp(PQfname(result, next), "code") != 0;)
		next++;
	if (object_result == NULL || first >= columns || PQgetisnull(result, 0, first) || next - first > 64)
	{
		PQclear(object_result);
		return NULL;
	}
	for (int i = first; i < next; i++)
		attributes[i - first].name = PQfname(result, i);
	PQsetResultAttrs(object_result, next - first, attributes);
	for (int i = first; i < next; i++)
	{
		bool		isnull = PQgetisnull(result, 0, i);

		PQsetvalue(object_result, 0, i - first, isnull ? NULL : PQgetvalue(result, 0, i), isnull ? -1 : PQgetlength(result, 0, i));
	}
	return object_result;
}

static void
write_object(EppResponse *response, const PGresult *result, EppService object, void (*write) (EppResponse *, const PGresult *))
{
	PGresult   *columns = object_columns(result, object);

	if (columns)
		write(response, columns);
	PQclear(columns);
}

static void
write_domain(EppResponse *response, const PGresult *result)
{
	write_object(response, result, EPP_SERVICE_DOMAIN, epp_domain_write_info);
}

static void
write_contact(EppResponse *response, const PGresult *result)
{
	write_object(response, result, EPP_SERVICE_CONTACT, epp_contact_write_info);
}

static void
write_host(EppResponse *response, const PGresult *result)
{
	write_object(response, result, EPP_SERVICE_HOST, epp_host_write_info);
}

static void
write_domain_transfer(EppResponse *response, const PGresult *result)
{
	epp_domain_write_transfer_data(response, result, POLL_NAME);
}

static void
write_contact_transfer(EppResponse *response, const PGresult *result)
{
	epp_contact_write_transfer_data(response, result, POLL_NAME);
}

static void
write_created(EppResponse *response, const PGresult *result)
{
	if (!epp_write_data(response, "creData"))
		return;
	epp_write_column(response, "name", result, POLL_NAME);
	epp_write_time(response, "crDate", result, POLL_CREATED_AT);
	epp_write_time(response, "exDate", result, POLL_EXPIRES_AT);
	epp_write_data_end(response, "creData");
}

static void
write_renewed(EppResponse *response, const PGresult *result)
{
	if (!epp_write_data(response, "renData"))
		return;
	epp_write_column(response, "name", result, POLL_NAME);
	epp_write_time(response, "exDate", result, POLL_EXPIRES_AT);
	epp_write_data_end(response, "renData");
}

/* RFC 5731 and 5733, section 3.3: what became of a command that waited for the registry. */
static void
write_reviewed(EppResponse *response, const PGresult *result)
{
	json_t	   *extension = json_loads(PQgetvalue(result, 0, PQnfields(result) - 1), 0, NULL);
	const json_t *pan = json_object_get(extension, "pan");
	const char *name = response->service == EPP_SERVICE_CONTACT ? "id" : "name";

	if (pan && epp_write_data(response, "panData"))
	{
		epp_write_tag(response, "<", name);
		gw_buf_printf(response->out, " paResult=\"%d\">", json_is_true(json_object_get(pan, "result")));
		epp_xml_text(response->out, PQgetvalue(result, 0, POLL_NAME));
		epp_write_tag(response, "</", name);
		gw_buf_puts(response->out, ">");
		epp_write_tag(response, "<", "paTRID");
		gw_buf_puts(response->out, ">");
		if (epp_member(pan, "cltrid"))
		{
			gw_buf_puts(response->out, "<clTRID>");
			epp_xml_text(response->out, epp_member(pan, "cltrid"));
			gw_buf_puts(response->out, "</clTRID>");
		}
		gw_buf_puts(response->out, "<svTRID>");
		epp_xml_text(response->out, epp_member(pan, "svtrid") ? epp_member(pan, "svtrid") : "none");
		gw_buf_puts(response->out, "</svTRID>");
		epp_write_tag(response, "</", "paTRID");
		gw_buf_puts(response->out, ">");
		epp_write_member(response, "paDate", pan, "date");
		epp_write_data_end(response, "panData");
	}
	json_decref(extension);
}

/* What comes with a message, by its kind. */
static const struct
{
	const char *kind;
	EppService	service;
	void		(*write) (EppResponse *response, const PGresult *result);
}			contents[] = {
	{"domain:trnData", EPP_SERVICE_DOMAIN, write_domain_transfer},
	{"contact:trnData", EPP_SERVICE_CONTACT, write_contact_transfer},
	{"domain:creData", EPP_SERVICE_DOMAIN, write_created},
	{"domain:renData", EPP_SERVICE_DOMAIN, write_renewed},
	{"domain:panData", EPP_SERVICE_DOMAIN, write_reviewed},
	{"contact:panData", EPP_SERVICE_CONTACT, write_reviewed},
	{"domain:infData", EPP_SERVICE_DOMAIN, write_domain},
	{"contact:infData", EPP_SERVICE_CONTACT, write_contact},
	{"host:infData", EPP_SERVICE_HOST, write_host},
	{"balance:infData", EPP_SERVICE_BALANCE, epp_balance_write_message},
	{"maint:infData", EPP_SERVICE_MAINT, epp_maint_write_message},
};

/* The writer leaves out, or moves, what the session did not agree to (RFC 9038, section 6); the text says what happened. */
static void
write_content(EppResponse *response, const PGresult *result)
{
	const char *kind = PQgetvalue(result, 0, POLL_KIND);

	for (size_t i = 0; i < sizeof(contents) / sizeof(contents[0]); i++)
	{
		if (strcmp(contents[i].kind, kind) != 0)
			continue;
		response->service = (int) contents[i].service;
		response->prefix = epp_prefix_of(epp_service_uri(contents[i].service));
		contents[i].write(response, result);
	}
}

/* 1300: the queue is empty, and nothing more is said. */
void
epp_poll_write_message(EppResponse *response, const PGresult *result)
{
	char		queued_at[40];

	if (PQgetisnull(result, 0, POLL_ID))
		return;
	epp_time_text(PQgetvalue(result, 0, POLL_QUEUED_AT), queued_at, sizeof(queued_at));
	gw_buf_printf(response->out, "<msgQ count=\"%s\" id=\"%s\"><qDate>%s</qDate>", PQgetvalue(result, 0, POLL_COUNT),
				  PQgetvalue(result, 0, POLL_ID), queued_at);
	epp_write_message(response->out, PQgetvalue(result, 0, POLL_TEXT), PQgetvalue(result, 0, POLL_LANGUAGE));
	gw_buf_puts(response->out, "</msgQ>");
	write_content(response, result);
	epp_extensions_write(response, NULL, result);
}

/* (code, count, id): how many remain, and which one was acknowledged */
void
epp_poll_write_ack(EppResponse *response, const PGresult *result)
{
	gw_buf_printf(response->out, "<msgQ count=\"%s\" id=\"%s\"/>", PQgetvalue(result, 0, 1), PQgetvalue(result, 0, 2));
}
