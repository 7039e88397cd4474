/*
 * epp_poll.c
 *		Messages of the server: grammars and answers (RFC 5730, section 2.9.2.3).
 *
 * Numbers are SQL parameters; $1 is the registrar. The schema lets msgID stand
 * in both forms and in both be absent; "req" ignores it, "ack" needs it.
 */
#include "epp_commands.h"
#include "epp_contact.h"
#include "epp_domain.h"
#include "epp_xml.h"

#include <stdio.h>
#include <string.h>

/* dos.poll_request() */
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

/* Columns of dos.poll_request; from NAME on those of a transfer */
enum
{
	POLL_CODE, POLL_COUNT, POLL_ID, POLL_QUEUED_AT, POLL_TEXT, POLL_KIND, POLL_NAME
};

/* What comes with a message, by its kind. */
static const struct
{
	const char *kind;
	EppService	service;
	void		(*write) (EppResponse *response, const PGresult *result, int first_column);
}			contents[] = {
	{"domain:trnData", EPP_SERVICE_DOMAIN, epp_domain_write_transfer_data},
	{"contact:trnData", EPP_SERVICE_CONTACT, epp_contact_write_transfer_data},
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
		contents[i].write(response, result, POLL_NAME);
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
	gw_buf_printf(response->out, "<msgQ count=\"%s\" id=\"%s\"><qDate>%s</qDate><msg>", PQgetvalue(result, 0, POLL_COUNT),
				  PQgetvalue(result, 0, POLL_ID), queued_at);
	epp_xml_text(response->out, PQgetvalue(result, 0, POLL_TEXT));
	gw_buf_puts(response->out, "</msg></msgQ>");
	write_content(response, result);
}

/* (code, count, id): how many remain, and which one was acknowledged */
void
epp_poll_write_ack(EppResponse *response, const PGresult *result)
{
	gw_buf_printf(response->out, "<msgQ count=\"%s\" id=\"%s\"/>", PQgetvalue(result, 0, 1), PQgetvalue(result, 0, 2));
}
