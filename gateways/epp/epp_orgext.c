/*
 * epp_orgext.c
 *		Organizations of an object: grammars of the extension and its answer (RFC 8544).
 *
 * "org": {"add": [ORG], "rem": [ORG], "chg": [ORG]}, where ORG is {"role", "id"}; in answers [ORG]
 */
#include "epp_extension.h"
#include "epp_xml.h"

const EppRow epp_orgext_create_grammar[] = {
	{0, "create", ONE, EPP_ELEMENTS, AS_OBJECT, .key = "org"},
	{1, "id", SOME, EPP_TOKEN, AS_OBJECTS, .key = "add", .value = "id"},
	{2, "@role", ONE, EPP_TOKEN, AS_MEMBER, .key = "role"},
	{.name = NULL}
};

const EppRow epp_orgext_update_grammar[] = {
	{0, "update", ONE, EPP_ELEMENTS, AS_OBJECT, .key = "org"},
	{1, "add", OPTIONAL, EPP_ELEMENTS},
	{2, "id", SOME, EPP_TOKEN, AS_OBJECTS, .key = "add", .value = "id"},
	{3, "@role", ONE, EPP_TOKEN, AS_MEMBER, .key = "role"},
	{1, "rem", OPTIONAL, EPP_ELEMENTS},
	{2, "id", SOME, EPP_TOKEN, AS_OBJECTS, .key = "rem", .value = "id"},
	{3, "@role", ONE, EPP_TOKEN, AS_MEMBER, .key = "role"},
	{1, "chg", OPTIONAL, EPP_ELEMENTS},
	{2, "id", SOME, EPP_TOKEN, AS_OBJECTS, .key = "chg", .value = "id"},
	{3, "@role", ONE, EPP_TOKEN, AS_MEMBER, .key = "role"},
	{.name = NULL}
};

void
epp_orgext_write(EppResponse *response, const EppPart *part)
{
	size_t		i;
	json_t	   *org;

	if (json_array_size(part->values[0]) == 0 || !epp_write_extension(response, EPP_SERVICE_ORGEXT, "infData", NULL))
		return;
	json_array_foreach(part->values[0], i, org)
	{
		gw_buf_puts(response->out, "<orgext:id");
		epp_write_member_attribute(response, "role", org, "role");
		gw_buf_putc(response->out, '>');
		epp_xml_text(response->out, epp_member(org, "id") ? epp_member(org, "id") : "");
		gw_buf_puts(response->out, "</orgext:id>");
	}
	epp_write_extension_end(response, EPP_SERVICE_ORGEXT, "infData");
}
