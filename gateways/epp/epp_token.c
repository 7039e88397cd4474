/*
 * epp_token.c
 *		Allocation tokens: grammars of the extension and its answer (RFC 8495).
 *
 * "token" is the text; in an info command it is an empty object, which asks for it.
 */
#include "epp_extension.h"
#include "epp_xml.h"

const EppRow epp_token_grammar[] = {
	{0, "allocationToken", ONE, EPP_MIN_TOKEN, AS_MEMBER, .key = "token"},
	{.name = NULL}
};

const EppRow epp_token_info_grammar[] = {
	{0, "info", ONE, EPP_ELEMENTS, AS_OBJECT, .key = "token"},
	{.name = NULL}
};

void
epp_token_write(EppResponse *response, const EppPart *part)
{
	const char *token = json_string_value(part->values[0]);

	if (token == NULL || !epp_write_extension(response, EPP_SERVICE_TOKEN, "allocationToken", NULL))
		return;
	epp_xml_text(response->out, token);
	epp_write_extension_end(response, EPP_SERVICE_TOKEN, "allocationToken");
}
