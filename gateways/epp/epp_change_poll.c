/*
 * epp_change_poll.c
 *		Who changed an object, and why: the answer of poll (RFC 8590).
 *
 * "change": {"operation", "op", "date", "svTRID", "who", "case": {"type", "name", "id"}, "reason", "state"}
 */
#include "epp_extension.h"
#include "epp_xml.h"

void
epp_change_poll_write(EppResponse *response, const EppPart *part)
{
	const json_t *change = part->values[0];
	const json_t *dispute = json_object_get(change, "case");
	const char *operation = epp_member(change, "operation");
	const char *state = epp_member(change, "state");

	if (operation == NULL
		|| !epp_write_extension(response, EPP_SERVICE_CHANGE_POLL, "changeData", state && *state == 'b' ? " state=\"before\"" : " state=\"after\""))
		return;
	gw_buf_puts(response->out, "<changePoll:operation");
	epp_write_member_attribute(response, "op", change, "op");
	gw_buf_puts(response->out, ">");
	epp_xml_text(response->out, operation);
	gw_buf_puts(response->out, "</changePoll:operation>");
	epp_write_member(response, "date", change, "date");
	epp_write_member(response, "svTRID", change, "svTRID");
	epp_write_member(response, "who", change, "who");
	if (dispute && epp_member(dispute, "id"))
	{
		gw_buf_puts(response->out, "<changePoll:caseId");
		epp_write_member_attribute(response, "type", dispute, "type");
		epp_write_member_attribute(response, "name", dispute, "name");
		gw_buf_puts(response->out, ">");
		epp_xml_text(response->out, epp_member(dispute, "id"));
		gw_buf_puts(response->out, "</changePoll:caseId>");
	}
	epp_write_member(response, "reason", change, "reason");
	epp_write_extension_end(response, EPP_SERVICE_CHANGE_POLL, "changeData");
}
