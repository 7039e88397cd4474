/*
 * epp_idn.c
 *		Internationalized names: grammar of the extension and its answer (draft-ietf-eppext-idnmap).
 *
 * "idn": {"table", "uname"}, in commands and answers
 */
#include "epp_extension.h"

const EppRow epp_idn_grammar[] = {
	{0, "data", ONE, EPP_ELEMENTS, AS_OBJECT, .key = "idn"},
	{1, "table", ONE, EPP_MIN_TOKEN, AS_MEMBER, .key = "table"},
	{1, "uname", OPTIONAL, EPP_LABEL, AS_MEMBER, .key = "uname"},
	{.name = NULL}
};

void
epp_idn_write(EppResponse *response, const EppPart *part)
{
	if (!epp_write_extension(response, EPP_SERVICE_IDN, "data", NULL))
		return;
	epp_write_member(response, "table", part->values[0], "table");
	epp_write_member(response, "uname", part->values[0], "uname");
	epp_write_extension_end(response, EPP_SERVICE_IDN, "data");
}
