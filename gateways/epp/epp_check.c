/*
 * epp_check.c
 *		<check> of all objects: the same command and answer but for names.
 *
 * dos.<object>_check($1 registrar, $2 names) -> (name, available, reason), one
 * row for each name in their order; see epp_batch.h for how calls are shared.
 * With available NULL nobody asked whether the names are: a check for claims
 * (RFC 8334, section 3.1.1) is answered by its extension alone.
 */
#include "epp_commands.h"
#include "epp_xml.h"

#include <string.h>

#define REASON_MAX 32			/* characters; eppcom:reasonBaseType */

const EppRow epp_domain_check_grammar[] = {
	{0, "check", ONE, EPP_ELEMENTS},
	{1, "name", SOME, EPP_LABEL, AS_LIST, 2},
	{.name = NULL}
};

const EppRow epp_host_check_grammar[] = {
	{0, "check", ONE, EPP_ELEMENTS},
	{1, "name", SOME, EPP_LABEL, AS_LIST, 2},
	{.name = NULL}
};

const EppRow epp_contact_check_grammar[] = {
	{0, "check", ONE, EPP_ELEMENTS},
	{1, "id", SOME, EPP_CLID, AS_LIST, 2},
	{.name = NULL}
};

/* A reason, cut to the length the schema allows. */
static void
write_reason(EppResponse *response, const char *reason)
{
	char		cut[REASON_MAX * 4 + 1];
	size_t		length = 0;
	int			characters = 0;

	for (; reason[length] && length < sizeof(cut) - 1; length++)
	{
		if (((unsigned char) reason[length] & 0xc0) != 0x80 && ++characters > REASON_MAX)
			break;
		cut[length] = reason[length];
	}
	cut[length] = '\0';
	if (length > 0)
		epp_write_text(response, "reason", cut);
}

void
epp_check_write(EppResponse *response, const PGresult *result)
{
	const char *key = strcmp(response->prefix, "contact") == 0 || strcmp(response->prefix, "org") == 0 ? "id" : "name";
	int			end = response->first_row + response->row_count;

	if (response->row_count > 0 && PQgetisnull(result, response->first_row, 1))
		return;
	epp_write_data(response, "chkData");
	for (int i = response->first_row; i < end; i++)
	{
		bool		available = PQgetvalue(result, i, 1)[0] == 't';

		epp_write_tag(response, "<", "cd>");
		epp_write_tag(response, "<", key);
		gw_buf_puts(response->out, available ? " avail=\"1\">" : " avail=\"0\">");
		epp_xml_text(response->out, PQgetvalue(result, i, 0));
		epp_write_tag(response, "</", key);
		gw_buf_putc(response->out, '>');
		if (!PQgetisnull(result, i, 2))
			write_reason(response, PQgetvalue(result, i, 2));
		epp_write_tag(response, "</", "cd>");
	}
	epp_write_data_end(response, "chkData");
}
