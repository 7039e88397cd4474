/*
 * epp_bdn.c
 *		Sets of variants in the answer to an info (RFC 9095 section 7.1.2): the original as the registered name, the
 *		others as bundled ones. Commands carry none of it: a variant is a domain of its own.
 *
 * "bundle": [{"name", "ulabel"}, ...], the original first
 */
#include "epp_extension.h"
#include "epp_xml.h"

void
epp_bdn_write(EppResponse *response, const EppPart *part)
{
	size_t		i;
	json_t	   *member;

	if (json_array_size(part->values[0]) == 0 || !epp_write_extension(response, EPP_SERVICE_BDN, "infData", NULL))
		return;
	gw_buf_puts(response->out, "<b-dn:bundle>");
	json_array_foreach(part->values[0], i, member)
	{
		const char *name = epp_member(member, "name");

		gw_buf_puts(response->out, i == 0 ? "<b-dn:rdn" : "<b-dn:bdn");
		epp_write_member_attribute(response, "uLabel", member, "ulabel");
		gw_buf_putc(response->out, '>');
		epp_xml_text(response->out, name ? name : "");
		gw_buf_puts(response->out, i == 0 ? "</b-dn:rdn>" : "</b-dn:bdn>");
	}
	gw_buf_puts(response->out, "</b-dn:bundle>");
	epp_write_extension_end(response, EPP_SERVICE_BDN, "infData");
}
