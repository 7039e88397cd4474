/*
 * epp_org.c
 *		Organizations: grammars and answers (RFC 8543).
 *
 * What a create or update holds goes to the database as one JSON object,
 * nested as its elements are; src/org/org_create.sql names the members.
 */
#include "epp_extension.h"
#include "epp_xml.h"

#define ROLE(depth, count) \
	{depth, "role", count, EPP_ELEMENTS, AS_OBJECTS, .key = "roles"}, \
	{depth + 1, "type", ONE, EPP_TOKEN, AS_MEMBER, .key = "type"}, \
	{depth + 1, "status", UP_TO(3), EPP_ORG_ROLE_STATUS, AS_STRINGS, .key = "statuses"}, \
	{depth + 1, "roleID", OPTIONAL, EPP_TOKEN, AS_MEMBER, .key = "role_id"}

#define POSTAL(depth, name_count) \
	{depth, "postalInfo", UP_TO(2), EPP_ELEMENTS, AS_OBJECTS, .key = "postal"}, \
	{depth + 1, "@type", ONE, EPP_POSTAL_TYPE, AS_MEMBER, .key = "form"}, \
	{depth + 1, "name", name_count, EPP_POSTAL_LINE, AS_MEMBER, .key = "name"}, \
	{depth + 1, "addr", OPTIONAL, EPP_ELEMENTS, AS_OBJECT, .key = "addr"}, \
	{depth + 2, "street", UP_TO(3), EPP_POSTAL_OPTIONAL, AS_STRINGS, .key = "streets"}, \
	{depth + 2, "city", ONE, EPP_POSTAL_LINE, AS_MEMBER, .key = "city"}, \
	{depth + 2, "sp", OPTIONAL, EPP_POSTAL_OPTIONAL, AS_MEMBER, .key = "sp"}, \
	{depth + 2, "pc", OPTIONAL, EPP_POSTAL_CODE, AS_MEMBER, .key = "pc"}, \
	{depth + 2, "cc", ONE, EPP_COUNTRY, AS_MEMBER, .key = "cc"}

#define NUMBERS(depth) \
	{depth, "voice", OPTIONAL, EPP_E164, AS_OBJECT, .key = "voice", .value = "number"}, \
	{depth + 1, "@x", OPTIONAL, EPP_TOKEN, AS_MEMBER, .key = "x"}, \
	{depth, "fax", OPTIONAL, EPP_E164, AS_OBJECT, .key = "fax", .value = "number"}, \
	{depth + 1, "@x", OPTIONAL, EPP_TOKEN, AS_MEMBER, .key = "x"}, \
	{depth, "email", OPTIONAL, EPP_MIN_TOKEN, AS_MEMBER, .key = "email"}, \
	{depth, "url", OPTIONAL, EPP_URI, AS_MEMBER, .key = "url"}

#define CONTACTS(depth) \
	{depth, "contact", ANY_NUMBER, EPP_CLID, AS_OBJECTS, .key = "contacts", .value = "id"}, \
	{depth + 1, "@type", ONE, EPP_ORG_CONTACT, AS_MEMBER, .key = "type"}, \
	{depth + 1, "@typeName", OPTIONAL, EPP_TOKEN, AS_MEMBER, .key = "type_name"}

#define CHANGES(verb) \
	{1, verb, OPTIONAL, EPP_ELEMENTS, AS_OBJECT, .key = verb}, \
	CONTACTS(2), \
	ROLE(2, ANY_NUMBER), \
	{2, "status", UP_TO(9), EPP_ORG_STATUS, AS_STRINGS, .key = "statuses"}

const EppRow epp_org_check_grammar[] = {
	{0, "check", ONE, EPP_ELEMENTS},
	{1, "id", SOME, EPP_CLID, AS_LIST, 2},
	{.name = NULL}
};

/* dos.org_info($2 id) */
const EppRow epp_org_info_grammar[] = {
	{0, "info", ONE, EPP_ELEMENTS},
	{1, "id", ONE, EPP_CLID, AS_TEXT, 2},
	{.name = NULL}
};

/* dos.org_create($2 id, data, $3 cltrid, $4 svtrid) */
const EppRow epp_org_create_grammar[] = {
	{0, "create", ONE, EPP_ELEMENTS},
	{1, "id", ONE, EPP_CLID, AS_TEXT, 2},
	ROLE(1, SOME),
	{1, "status", UP_TO(4), EPP_ORG_STATUS, AS_STRINGS, .key = "statuses"},
	{1, "parentId", OPTIONAL, EPP_CLID, AS_MEMBER, .key = "parent"},
	POSTAL(1, ONE),
	NUMBERS(1),
	CONTACTS(1),
	{.name = NULL}
};

/* dos.org_update($2 id, data, $3 cltrid, $4 svtrid) */
const EppRow epp_org_update_grammar[] = {
	{0, "update", ONE, EPP_ELEMENTS},
	{1, "id", ONE, EPP_CLID, AS_TEXT, 2},
	CHANGES("add"),
	CHANGES("rem"),
	{1, "chg", OPTIONAL, EPP_ELEMENTS, AS_OBJECT, .key = "chg"},
	{2, "parentId", OPTIONAL, EPP_CLID, AS_MEMBER, .key = "parent"},
	POSTAL(2, OPTIONAL),
	NUMBERS(2),
	{.name = NULL}
};

/* dos.org_delete($2 id, $3 cltrid, $4 svtrid) */
const EppRow epp_org_delete_grammar[] = {
	{0, "delete", ONE, EPP_ELEMENTS},
	{1, "id", ONE, EPP_CLID, AS_TEXT, 2},
	{.name = NULL}
};

/* Columns of dos.org_info */
enum
{
	INFO_CODE, INFO_CREATED_AT, INFO_UPDATED_AT, INFO_DATA
};

static void
write_texts(EppResponse *response, const char *name, const json_t *list)
{
	size_t		i;
	json_t	   *text;

	json_array_foreach(list, i, text)
		epp_write_text(response, name, json_string_value(text));
}

static void
write_role(EppResponse *response, const json_t *role)
{
	gw_buf_puts(response->out, "<org:role>");
	epp_write_member(response, "type", role, "type");
	write_texts(response, "status", json_object_get(role, "statuses"));
	epp_write_member(response, "roleID", role, "role_id");
	gw_buf_puts(response->out, "</org:role>");
}

static void
write_postal(EppResponse *response, const json_t *postal)
{
	gw_buf_puts(response->out, "<org:postalInfo");
	epp_write_member_attribute(response, "type", postal, "form");
	gw_buf_putc(response->out, '>');
	epp_write_member(response, "name", postal, "name");
	if (epp_member(postal, "city"))
	{
		gw_buf_puts(response->out, "<org:addr>");
		write_texts(response, "street", json_object_get(postal, "streets"));
		epp_write_member(response, "city", postal, "city");
		epp_write_member(response, "sp", postal, "sp");
		epp_write_member(response, "pc", postal, "pc");
		epp_write_member(response, "cc", postal, "cc");
		gw_buf_puts(response->out, "</org:addr>");
	}
	gw_buf_puts(response->out, "</org:postalInfo>");
}

static void
write_number(EppResponse *response, const char *name, const json_t *data, const char *extension)
{
	if (epp_member(data, name) == NULL)
		return;
	epp_write_tag(response, "<", name);
	epp_write_member_attribute(response, "x", data, extension);
	gw_buf_putc(response->out, '>');
	epp_xml_text(response->out, epp_member(data, name));
	epp_write_tag(response, "</", name);
	gw_buf_putc(response->out, '>');
}

static void
write_contact(EppResponse *response, const json_t *contact)
{
	gw_buf_puts(response->out, "<org:contact");
	epp_write_member_attribute(response, "type", contact, "type");
	epp_write_member_attribute(response, "typeName", contact, "type_name");
	gw_buf_putc(response->out, '>');
	epp_xml_text(response->out, epp_member(contact, "id") ? epp_member(contact, "id") : "");
	gw_buf_puts(response->out, "</org:contact>");
}

static void
write_parts(EppResponse *response, const json_t *list, void (*write) (EppResponse *, const json_t *))
{
	size_t		i;
	json_t	   *part;

	json_array_foreach(list, i, part)
		write(response, part);
}

void
epp_org_write_info(EppResponse *response, const PGresult *result)
{
	json_t	   *data = json_loads(PQgetvalue(result, 0, INFO_DATA), 0, NULL);

	epp_write_data(response, "infData");
	epp_write_member(response, "id", data, "id");
	epp_write_member(response, "roid", data, "roid");
	write_parts(response, json_object_get(data, "roles"), write_role);
	write_texts(response, "status", json_object_get(data, "statuses"));
	epp_write_member(response, "parentId", data, "parent");
	write_parts(response, json_object_get(data, "postal"), write_postal);
	write_number(response, "voice", data, "voice_x");
	write_number(response, "fax", data, "fax_x");
	epp_write_member(response, "email", data, "email");
	epp_write_member(response, "url", data, "url");
	write_parts(response, json_object_get(data, "contacts"), write_contact);
	epp_write_member(response, "clID", data, "sponsor");
	epp_write_member(response, "crID", data, "creator");
	epp_write_time(response, "crDate", result, INFO_CREATED_AT);
	epp_write_member(response, "upID", data, "updater");
	epp_write_time(response, "upDate", result, INFO_UPDATED_AT);
	epp_write_data_end(response, "infData");
	json_decref(data);
}
