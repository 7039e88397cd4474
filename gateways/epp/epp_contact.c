/*
 * epp_contact.c
 *		Contacts: grammars and answers (RFC 5733).
 *
 * Numbers are SQL parameters; $1 is the registrar. A postal address is a
 * text[9] of name, org, street 1 to 3, city, sp, pc, cc: fields 0 to 8.
 */
#include "epp_commands.h"
#include "epp_contact.h"
#include "epp_xml.h"
#include "gw_array.h"

#include <string.h>

enum
{
	POSTAL_NAME, POSTAL_ORG, POSTAL_STREET, POSTAL_CITY = POSTAL_STREET + 3, POSTAL_SP, POSTAL_PC, POSTAL_CC
};

/* dos.contact_info($2 id, $3 auth, $4 auth_roid) */
const EppRow epp_contact_info_grammar[] = {
	{0, "info", ONE, EPP_ELEMENTS},
	{1, "id", ONE, EPP_CLID, AS_TEXT, 2},
	{1, "authInfo", OPTIONAL, EPP_ELEMENTS},
	{2, "pw", ONE, EPP_AUTH, AS_TEXT, 3, .choice = 1},
	{3, "@roid", OPTIONAL, EPP_ROID, AS_TEXT, 4},
	{2, "ext", ONE, EPP_FOREIGN, AS_UNIMPLEMENTED, .choice = 1},
	{.name = NULL}
};

/*
 * dos.contact_create($2 id, $3 int_postal, $4 loc_postal, $5 voice, $6 voice_x, $7 fax, $8 fax_x, $9 email, $10 auth,
 * $11 disclose_flag, $12 disclose, $13 cltrid, $14 svtrid)
 */
const EppRow epp_contact_create_grammar[] = {
	{0, "create", ONE, EPP_ELEMENTS},
	{1, "id", ONE, EPP_CLID, AS_TEXT, 2},
	{1, "postalInfo", ONE_TO(2), EPP_ELEMENTS, AS_POSTAL, 3},
	{2, "@type", ONE, EPP_POSTAL_TYPE, AS_QUALIFIER},
	{2, "name", ONE, EPP_POSTAL_LINE, AS_FIELD, POSTAL_NAME},
	{2, "org", OPTIONAL, EPP_POSTAL_OPTIONAL, AS_FIELD, POSTAL_ORG},
	{2, "addr", ONE, EPP_ELEMENTS},
	{3, "street", UP_TO(3), EPP_POSTAL_OPTIONAL, AS_FIELD, POSTAL_STREET},
	{3, "city", ONE, EPP_POSTAL_LINE, AS_FIELD, POSTAL_CITY},
	{3, "sp", OPTIONAL, EPP_POSTAL_OPTIONAL, AS_FIELD, POSTAL_SP},
	{3, "pc", OPTIONAL, EPP_POSTAL_CODE, AS_FIELD, POSTAL_PC},
	{3, "cc", ONE, EPP_COUNTRY, AS_FIELD, POSTAL_CC},
	{1, "voice", OPTIONAL, EPP_E164, AS_TEXT, 5},
	{2, "@x", OPTIONAL, EPP_TOKEN, AS_TEXT, 6},
	{1, "fax", OPTIONAL, EPP_E164, AS_TEXT, 7},
	{2, "@x", OPTIONAL, EPP_TOKEN, AS_TEXT, 8},
	{1, "email", ONE, EPP_MIN_TOKEN, AS_TEXT, 9},
	{1, "authInfo", ONE, EPP_ELEMENTS},
	{2, "pw", ONE, EPP_AUTH, AS_TEXT, 10, .choice = 1},
	{3, "@roid", OPTIONAL, EPP_ROID},
	{2, "ext", ONE, EPP_FOREIGN, AS_UNIMPLEMENTED, .choice = 1},
	{1, "disclose", OPTIONAL, EPP_ELEMENTS},
	{2, "@flag", ONE, EPP_BOOLEAN, AS_TEXT, 11},
	{2, "name", UP_TO(2), EPP_ELEMENTS, AS_NAME, 12},
	{3, "@type", ONE, EPP_POSTAL_TYPE, AS_QUALIFIER},
	{2, "org", UP_TO(2), EPP_ELEMENTS, AS_NAME, 12},
	{3, "@type", ONE, EPP_POSTAL_TYPE, AS_QUALIFIER},
	{2, "addr", UP_TO(2), EPP_ELEMENTS, AS_NAME, 12},
	{3, "@type", ONE, EPP_POSTAL_TYPE, AS_QUALIFIER},
	{2, "voice", OPTIONAL, EPP_ANYTHING, AS_NAME, 12},
	{2, "fax", OPTIONAL, EPP_ANYTHING, AS_NAME, 12},
	{2, "email", OPTIONAL, EPP_ANYTHING, AS_NAME, 12},
	{.name = NULL}
};

/*
 * dos.contact_update($2 id, $3 add_statuses, $4 rem_statuses, $5 int_postal, $6 loc_postal, $7 voice, $8 voice_x, $9 fax,
 * $10 fax_x, $11 email, $12 auth, $13 disclose_flag, $14 disclose, $15 cltrid, $16 svtrid)
 */
const EppRow epp_contact_update_grammar[] = {
	{0, "update", ONE, EPP_ELEMENTS},
	{1, "id", ONE, EPP_CLID, AS_TEXT, 2},
	{1, "add", OPTIONAL, EPP_ELEMENTS},
	{2, "status", ONE_TO(7), EPP_NORMALIZED},
	{3, "@s", ONE, EPP_CONTACT_STATUS, AS_LIST, 3},
	{3, "@lang", OPTIONAL, EPP_LANGUAGE},
	{1, "rem", OPTIONAL, EPP_ELEMENTS},
	{2, "status", ONE_TO(7), EPP_NORMALIZED},
	{3, "@s", ONE, EPP_CONTACT_STATUS, AS_LIST, 4},
	{3, "@lang", OPTIONAL, EPP_LANGUAGE},
	{1, "chg", OPTIONAL, EPP_ELEMENTS},
	{2, "postalInfo", UP_TO(2), EPP_ELEMENTS, AS_POSTAL, 5},
	{3, "@type", ONE, EPP_POSTAL_TYPE, AS_QUALIFIER},
	{3, "name", OPTIONAL, EPP_POSTAL_LINE, AS_FIELD, POSTAL_NAME},
	{3, "org", OPTIONAL, EPP_POSTAL_OPTIONAL, AS_FIELD, POSTAL_ORG},
	{3, "addr", OPTIONAL, EPP_ELEMENTS},
	{4, "street", UP_TO(3), EPP_POSTAL_OPTIONAL, AS_FIELD, POSTAL_STREET},
	{4, "city", ONE, EPP_POSTAL_LINE, AS_FIELD, POSTAL_CITY},
	{4, "sp", OPTIONAL, EPP_POSTAL_OPTIONAL, AS_FIELD, POSTAL_SP},
	{4, "pc", OPTIONAL, EPP_POSTAL_CODE, AS_FIELD, POSTAL_PC},
	{4, "cc", ONE, EPP_COUNTRY, AS_FIELD, POSTAL_CC},
	{2, "voice", OPTIONAL, EPP_E164, AS_TEXT, 7},
	{3, "@x", OPTIONAL, EPP_TOKEN, AS_TEXT, 8, .clears = true},
	{2, "fax", OPTIONAL, EPP_E164, AS_TEXT, 9},
	{3, "@x", OPTIONAL, EPP_TOKEN, AS_TEXT, 10, .clears = true},
	{2, "email", OPTIONAL, EPP_MIN_TOKEN, AS_TEXT, 11},
	{2, "authInfo", OPTIONAL, EPP_ELEMENTS},
	{3, "pw", ONE, EPP_AUTH, AS_TEXT, 12, .choice = 1},
	{4, "@roid", OPTIONAL, EPP_ROID},
	{3, "ext", ONE, EPP_FOREIGN, AS_UNIMPLEMENTED, .choice = 1},
	{2, "disclose", OPTIONAL, EPP_ELEMENTS},
	{3, "@flag", ONE, EPP_BOOLEAN, AS_TEXT, 13},
	{3, "name", UP_TO(2), EPP_ELEMENTS, AS_NAME, 14},
	{4, "@type", ONE, EPP_POSTAL_TYPE, AS_QUALIFIER},
	{3, "org", UP_TO(2), EPP_ELEMENTS, AS_NAME, 14},
	{4, "@type", ONE, EPP_POSTAL_TYPE, AS_QUALIFIER},
	{3, "addr", UP_TO(2), EPP_ELEMENTS, AS_NAME, 14},
	{4, "@type", ONE, EPP_POSTAL_TYPE, AS_QUALIFIER},
	{3, "voice", OPTIONAL, EPP_ANYTHING, AS_NAME, 14},
	{3, "fax", OPTIONAL, EPP_ANYTHING, AS_NAME, 14},
	{3, "email", OPTIONAL, EPP_ANYTHING, AS_NAME, 14},
	{.name = NULL}
};

/* dos.contact_delete($2 id, $3 cltrid, $4 svtrid) */
const EppRow epp_contact_delete_grammar[] = {
	{0, "delete", ONE, EPP_ELEMENTS},
	{1, "id", ONE, EPP_CLID, AS_TEXT, 2},
	{.name = NULL}
};

/* dos.contact_transfer_query($2 id, $3 auth, $4 auth_roid), and _request(the same, $5 cltrid, $6 svtrid) */
const EppRow epp_contact_transfer_query_grammar[] = {
	{0, "transfer", ONE, EPP_ELEMENTS},
	{1, "id", ONE, EPP_CLID, AS_TEXT, 2},
	{1, "authInfo", OPTIONAL, EPP_ELEMENTS},
	{2, "pw", ONE, EPP_AUTH, AS_TEXT, 3, .choice = 1},
	{3, "@roid", OPTIONAL, EPP_ROID, AS_TEXT, 4},
	{2, "ext", ONE, EPP_FOREIGN, AS_UNIMPLEMENTED, .choice = 1},
	{.name = NULL}
};

/* dos.contact_transfer_approve, _reject and _cancel($2 id, $3 cltrid, $4 svtrid); who may is not a matter of authInfo */
const EppRow epp_contact_transfer_answer_grammar[] = {
	{0, "transfer", ONE, EPP_ELEMENTS},
	{1, "id", ONE, EPP_CLID, AS_TEXT, 2},
	{1, "authInfo", OPTIONAL, EPP_ELEMENTS},
	{2, "pw", ONE, EPP_AUTH, .choice = 1},
	{3, "@roid", OPTIONAL, EPP_ROID},
	{2, "ext", ONE, EPP_FOREIGN, .choice = 1},
	{.name = NULL}
};

/* Columns of dos.contact_info */
enum
{
	INFO_CODE, INFO_ID, INFO_ROID, INFO_STATUSES, INFO_INT_POSTAL, INFO_LOC_POSTAL, INFO_VOICE, INFO_VOICE_X, INFO_FAX,
	INFO_FAX_X, INFO_EMAIL, INFO_SPONSOR, INFO_CREATOR, INFO_CREATED_AT, INFO_UPDATER, INFO_UPDATED_AT,
	INFO_TRANSFERRED_AT, INFO_DISCLOSE_FLAG, INFO_DISCLOSE
};

static void
write_postal(EppResponse *response, const PGresult *result, int column, const char *type)
{
	static const char *const elements[EPP_POSTAL_FIELDS] = {
		[POSTAL_NAME] = "name",[POSTAL_ORG] = "org",[POSTAL_STREET] = "street",[POSTAL_STREET + 1] = "street",
		[POSTAL_STREET + 2] = "street",[POSTAL_CITY] = "city",[POSTAL_SP] = "sp",[POSTAL_PC] = "pc",[POSTAL_CC] = "cc",
	};
	GwArray    *postal = PQgetisnull(result, 0, column) ? NULL : gw_array_parse(PQgetvalue(result, 0, column));

	if (postal && postal->count == EPP_POSTAL_FIELDS)
	{
		gw_buf_printf(response->out, "<contact:postalInfo type=\"%s\">", type);
		for (int i = 0; i < EPP_POSTAL_FIELDS; i++)
		{
			if (i == POSTAL_STREET)
				gw_buf_puts(response->out, "<contact:addr>");
			epp_write_text(response, elements[i], postal->items[i]);
		}
		gw_buf_puts(response->out, "</contact:addr></contact:postalInfo>");
	}
	gw_array_free(postal);
}

/* A telephone number with its extension. */
static void
write_number(EppResponse *response, const char *name, const PGresult *result, int column)
{
	if (PQgetisnull(result, 0, column))
		return;
	gw_buf_printf(response->out, "<contact:%s", name);
	if (!PQgetisnull(result, 0, column + 1) && *PQgetvalue(result, 0, column + 1))
	{
		gw_buf_puts(response->out, " x=\"");
		epp_xml_attribute(response->out, PQgetvalue(result, 0, column + 1));
		gw_buf_putc(response->out, '"');
	}
	gw_buf_putc(response->out, '>');
	epp_xml_text(response->out, PQgetvalue(result, 0, column));
	gw_buf_printf(response->out, "</contact:%s>", name);
}

/* In the order of the schema, whatever the order in the database. */
static void
write_disclose(EppResponse *response, const PGresult *result)
{
	static const char *const order[] = {
		"name:int", "name:loc", "org:int", "org:loc", "addr:int", "addr:loc", "voice", "fax", "email",
	};
	GwArray    *items;

	if (PQgetisnull(result, 0, INFO_DISCLOSE_FLAG) || PQgetisnull(result, 0, INFO_DISCLOSE))
		return;
	items = gw_array_parse(PQgetvalue(result, 0, INFO_DISCLOSE));
	gw_buf_printf(response->out, "<contact:disclose flag=\"%d\">", PQgetvalue(result, 0, INFO_DISCLOSE_FLAG)[0] == 't');
	for (size_t o = 0; o < sizeof(order) / sizeof(order[0]); o++)
	{
		size_t		name = strcspn(order[o], ":");

		for (int i = 0; items && i < items->count; i++)
		{
			if (items->items[i] == NULL || strcmp(items->items[i], order[o]) != 0)
				continue;
			if (order[o][name])
				gw_buf_printf(response->out, "<contact:%.*s type=\"%s\"/>", (int) name, order[o], order[o] + name + 1);
			else
				gw_buf_printf(response->out, "<contact:%s/>", order[o]);
			break;
		}
	}
	gw_buf_puts(response->out, "</contact:disclose>");
	gw_array_free(items);
}

void
epp_contact_write_info(EppResponse *response, const PGresult *result)
{
	if (!epp_write_data(response, "infData"))
		return;
	epp_write_column(response, "id", result, INFO_ID);
	epp_write_column(response, "roid", result, INFO_ROID);
	epp_write_statuses(response, result, INFO_STATUSES);
	write_postal(response, result, INFO_INT_POSTAL, "int");
	write_postal(response, result, INFO_LOC_POSTAL, "loc");
	write_number(response, "voice", result, INFO_VOICE);
	write_number(response, "fax", result, INFO_FAX);
	epp_write_column(response, "email", result, INFO_EMAIL);
	epp_write_column(response, "clID", result, INFO_SPONSOR);
	epp_write_column(response, "crID", result, INFO_CREATOR);
	epp_write_time(response, "crDate", result, INFO_CREATED_AT);
	epp_write_column(response, "upID", result, INFO_UPDATER);
	epp_write_time(response, "upDate", result, INFO_UPDATED_AT);
	epp_write_time(response, "trDate", result, INFO_TRANSFERRED_AT);
	/* no authInfo: it is stored hashed and never shown (RFC 9154) */
	write_disclose(response, result);
	epp_write_data_end(response, "infData");
}

/* (code, id, created_at) */
void
epp_contact_write_create(EppResponse *response, const PGresult *result)
{
	epp_write_data(response, "creData");
	epp_write_column(response, "id", result, 1);
	epp_write_time(response, "crDate", result, 2);
	epp_write_data_end(response, "creData");
}

/* RFC 5733, section 3.1.3 */
void
epp_contact_write_transfer_data(EppResponse *response, const PGresult *result, int first_column)
{
	if (!epp_write_data(response, "trnData"))
		return;
	epp_write_column(response, "id", result, first_column);
	epp_write_column(response, "trStatus", result, first_column + 1);
	epp_write_column(response, "reID", result, first_column + 2);
	epp_write_time(response, "reDate", result, first_column + 3);
	epp_write_column(response, "acID", result, first_column + 4);
	epp_write_time(response, "acDate", result, first_column + 5);
	epp_write_data_end(response, "trnData");
}

/* (code, id, status, requester, requested_at, actor, acts_at, expires_at) */
void
epp_contact_write_transfer(EppResponse *response, const PGresult *result)
{
	epp_contact_write_transfer_data(response, result, 1);
}
