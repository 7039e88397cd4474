/*
 * epp_addl_email.c
 *		A second e-mail address of a contact: grammar of the extension and its answer (RFC 9873).
 *
 * "addl_email": {"email", "primary"}, in commands and answers; an empty address in an update removes it
 */
#include "epp_extension.h"
#include "epp_xml.h"

const EppRow epp_addl_email_grammar[] = {
	{0, "addlEmail", ONE, EPP_ELEMENTS, AS_OBJECT, .key = "addl_email"},
	{1, "email", ONE, EPP_TOKEN, AS_MEMBER, .key = "email"},
	{2, "@primary", OPTIONAL, EPP_BOOLEAN, AS_MEMBER, .key = "primary"},
	{.name = NULL}
};

void
epp_addl_email_write(EppResponse *response, const EppPart *part)
{
	const char *email = epp_member(part->values[0], "email");

	if (!epp_write_extension(response, EPP_SERVICE_ADDL_EMAIL, "addlEmail", NULL))
		return;
	gw_buf_puts(response->out, "<addlEmail:email");
	epp_write_member_attribute(response, "primary", part->values[0], "primary");
	gw_buf_putc(response->out, '>');
	epp_xml_text(response->out, email ? email : "");
	gw_buf_puts(response->out, "</addlEmail:email>");
	epp_write_extension_end(response, EPP_SERVICE_ADDL_EMAIL, "addlEmail");
}
