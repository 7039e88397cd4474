/*
 * epp_ttl.c
 *		Times to live of DNS records: grammars of the extension and its answer (RFC 9803).
 *
 * create, update	"ttl": [{"for", "custom", "ttl"}], a NULL ttl for the registry's default
 * info				"ttl": {"policy"}
 * its answer		"ttl": [{"for", "custom", "min", "default", "max", "ttl"}]
 */
#include "epp_extension.h"

#define TTLS(verb) \
	{0, verb, ONE, EPP_ELEMENTS}, \
	{1, "ttl", SOME, EPP_TTL, AS_OBJECTS, .key = "ttl", .value = "ttl"}, \
	{2, "@for", ONE, EPP_RECORD_TYPE, AS_MEMBER, .key = "for", .unique = true}, \
	{2, "@custom", OPTIONAL, EPP_CUSTOM_RECORD_TYPE, AS_MEMBER, .key = "custom"}, \
	{.name = NULL}

const EppRow epp_ttl_create_grammar[] = {TTLS("create")};
const EppRow epp_ttl_update_grammar[] = {TTLS("update")};

const EppRow epp_ttl_info_grammar[] = {
	{0, "info", ONE, EPP_ELEMENTS, AS_OBJECT, .key = "ttl"},
	{1, "@policy", OPTIONAL, EPP_BOOLEAN, AS_MEMBER, .key = "policy"},
	{.name = NULL}
};

void
epp_ttl_write(EppResponse *response, const EppPart *part)
{
	size_t		i;
	json_t	   *ttl;

	if (json_array_size(part->values[0]) == 0 || !epp_write_extension(response, EPP_SERVICE_TTL, "infData", NULL))
		return;
	json_array_foreach(part->values[0], i, ttl)
	{
		json_t	   *value = json_object_get(ttl, "ttl");

		gw_buf_puts(response->out, "<ttl:ttl");
		epp_write_member_attribute(response, "for", ttl, "for");
		epp_write_member_attribute(response, "custom", ttl, "custom");
		epp_write_member_attribute(response, "min", ttl, "min");
		epp_write_member_attribute(response, "default", ttl, "default");
		epp_write_member_attribute(response, "max", ttl, "max");
		if (json_is_integer(value))
			gw_buf_printf(response->out, ">%" JSON_INTEGER_FORMAT "</ttl:ttl>", json_integer_value(value));
		else
			gw_buf_puts(response->out, "/>");
	}
	epp_write_extension_end(response, EPP_SERVICE_TTL, "infData");
}
