/*
 * epp_domain.c
 *		Domains: grammars and answers (RFC 5731).
 *
 * Numbers are SQL parameters; $1 is the registrar.
 */
#include "epp_commands.h"
#include "epp_domain.h"
#include "epp_rgp.h"
#include "epp_secdns.h"
#include "gw_array.h"
#include "epp_xml.h"

#include <string.h>

/* dos.domain_info($2 name, $3 auth, $4 auth_roid, $5 hosts) */
const EppRow epp_domain_info_grammar[] = {
	{0, "info", ONE, EPP_ELEMENTS},
	{1, "name", ONE, EPP_LABEL, AS_TEXT, 2},
	{2, "@hosts", OPTIONAL, EPP_HOSTS, AS_TEXT, 5},
	{1, "authInfo", OPTIONAL, EPP_ELEMENTS},
	{2, "pw", ONE, EPP_AUTH, AS_TEXT, 3, .choice = 1},
	{3, "@roid", OPTIONAL, EPP_ROID, AS_TEXT, 4},
	{2, "ext", ONE, EPP_FOREIGN, AS_UNIMPLEMENTED, .choice = 1},
	{.name = NULL}
};

/*
 * dos.domain_create($2 name, $3 period, $4 period_unit, $5 hosts, $6 host_attrs, $7 registrant, $8 contacts,
 * $9 auth, $10 ds, $11 keys, $12 max_sig_life, $13 cltrid, $14 svtrid)
 */
const EppRow epp_domain_create_grammar[] = {
	{0, "create", ONE, EPP_ELEMENTS},
	{1, "name", ONE, EPP_LABEL, AS_TEXT, 2},
	{1, "period", OPTIONAL, EPP_PERIOD, AS_TEXT, 3},
	{2, "@unit", ONE, EPP_PERIOD_UNIT, AS_TEXT, 4},
	{1, "ns", OPTIONAL, EPP_ELEMENTS},
	{2, "hostObj", SOME, EPP_LABEL, AS_LIST, 5, .choice = 1},
	{2, "hostAttr", SOME, EPP_ELEMENTS, AS_GROUP, 6, .choice = 1},
	{3, "hostName", ONE, EPP_LABEL, AS_PIECE},
	{3, "hostAddr", ANY_NUMBER, EPP_ADDRESS, AS_PIECE},
	{4, "@ip", OPTIONAL, EPP_ADDRESS_FAMILY, AS_QUALIFIER},
	{1, "registrant", OPTIONAL, EPP_CLID, AS_TEXT, 7},
	{1, "contact", ANY_NUMBER, EPP_CLID, AS_QUALIFIED, 8},
	{2, "@type", OPTIONAL, EPP_CONTACT_TYPE, AS_QUALIFIER},
	{1, "authInfo", ONE, EPP_ELEMENTS},
	{2, "pw", ONE, EPP_AUTH, AS_TEXT, 9, .choice = 1},
	{3, "@roid", OPTIONAL, EPP_ROID},
	{2, "ext", ONE, EPP_FOREIGN, AS_UNIMPLEMENTED, .choice = 1},
	{.name = NULL}
};

/*
 * dos.domain_update($2 name, $3 add_hosts, $4 rem_hosts, $5 add_host_attrs, $6 rem_host_attrs, $7 add_contacts,
 * $8 rem_contacts, $9 add_statuses, $10 rem_statuses, $11 chg_registrant, $12 chg_auth, $13 rem_all_ds, $14 rem_ds,
 * $15 rem_keys, $16 add_ds, $17 add_keys, $18 chg_max_sig_life, $19 urgent, $20 cltrid, $21 svtrid)
 */
const EppRow epp_domain_update_grammar[] = {
	{0, "update", ONE, EPP_ELEMENTS},
	{1, "name", ONE, EPP_LABEL, AS_TEXT, 2},
	{1, "add", OPTIONAL, EPP_ELEMENTS},
	{2, "ns", OPTIONAL, EPP_ELEMENTS},
	{3, "hostObj", SOME, EPP_LABEL, AS_LIST, 3, .choice = 1},
	{3, "hostAttr", SOME, EPP_ELEMENTS, AS_GROUP, 5, .choice = 1},
	{4, "hostName", ONE, EPP_LABEL, AS_PIECE},
	{4, "hostAddr", ANY_NUMBER, EPP_ADDRESS, AS_PIECE},
	{5, "@ip", OPTIONAL, EPP_ADDRESS_FAMILY, AS_QUALIFIER},
	{2, "contact", ANY_NUMBER, EPP_CLID, AS_QUALIFIED, 7},
	{3, "@type", OPTIONAL, EPP_CONTACT_TYPE, AS_QUALIFIER},
	{2, "status", UP_TO(11), EPP_NORMALIZED},
	{3, "@s", ONE, EPP_DOMAIN_STATUS, AS_LIST, 9},
	{3, "@lang", OPTIONAL, EPP_LANGUAGE},
	{1, "rem", OPTIONAL, EPP_ELEMENTS},
	{2, "ns", OPTIONAL, EPP_ELEMENTS},
	{3, "hostObj", SOME, EPP_LABEL, AS_LIST, 4, .choice = 1},
	{3, "hostAttr", SOME, EPP_ELEMENTS, AS_GROUP, 6, .choice = 1},
	{4, "hostName", ONE, EPP_LABEL, AS_PIECE},
	{4, "hostAddr", ANY_NUMBER, EPP_ADDRESS, AS_PIECE},
	{5, "@ip", OPTIONAL, EPP_ADDRESS_FAMILY, AS_QUALIFIER},
	{2, "contact", ANY_NUMBER, EPP_CLID, AS_QUALIFIED, 8},
	{3, "@type", OPTIONAL, EPP_CONTACT_TYPE, AS_QUALIFIER},
	{2, "status", UP_TO(11), EPP_NORMALIZED},
	{3, "@s", ONE, EPP_DOMAIN_STATUS, AS_LIST, 10},
	{3, "@lang", OPTIONAL, EPP_LANGUAGE},
	{1, "chg", OPTIONAL, EPP_ELEMENTS},
	{2, "registrant", OPTIONAL, EPP_CLID_CHANGE, AS_TEXT, 11},
	{2, "authInfo", OPTIONAL, EPP_ELEMENTS},
	{3, "pw", ONE, EPP_AUTH, AS_TEXT, 12, .choice = 1},
	{4, "@roid", OPTIONAL, EPP_ROID},
	{3, "ext", ONE, EPP_FOREIGN, AS_UNIMPLEMENTED, .choice = 1},
	{3, "null", ONE, EPP_ANYTHING, AS_EMPTY, 12, .choice = 1},
	{.name = NULL}
};

/* dos.domain_delete($2 name, $3 cltrid, $4 svtrid) */
const EppRow epp_domain_delete_grammar[] = {
	{0, "delete", ONE, EPP_ELEMENTS},
	{1, "name", ONE, EPP_LABEL, AS_TEXT, 2},
	{.name = NULL}
};

/* dos.domain_renew($2 name, $3 current_expiry, $4 period, $5 period_unit, $6 cltrid, $7 svtrid) */
const EppRow epp_domain_renew_grammar[] = {
	{0, "renew", ONE, EPP_ELEMENTS},
	{1, "name", ONE, EPP_LABEL, AS_TEXT, 2},
	{1, "curExpDate", ONE, EPP_DATE, AS_TEXT, 3},
	{1, "period", OPTIONAL, EPP_PERIOD, AS_TEXT, 4},
	{2, "@unit", ONE, EPP_PERIOD_UNIT, AS_TEXT, 5},
	{.name = NULL}
};

/* dos.domain_transfer_query($2 name, $3 auth, $4 auth_roid); a period counts with "request" only */
const EppRow epp_domain_transfer_query_grammar[] = {
	{0, "transfer", ONE, EPP_ELEMENTS},
	{1, "name", ONE, EPP_LABEL, AS_TEXT, 2},
	{1, "period", OPTIONAL, EPP_PERIOD},
	{2, "@unit", ONE, EPP_PERIOD_UNIT},
	{1, "authInfo", OPTIONAL, EPP_ELEMENTS},
	{2, "pw", ONE, EPP_AUTH, AS_TEXT, 3, .choice = 1},
	{3, "@roid", OPTIONAL, EPP_ROID, AS_TEXT, 4},
	{2, "ext", ONE, EPP_FOREIGN, AS_UNIMPLEMENTED, .choice = 1},
	{.name = NULL}
};

/* dos.domain_transfer_request($2 name, $3 auth, $4 auth_roid, $5 period, $6 period_unit, $7 cltrid, $8 svtrid) */
const EppRow epp_domain_transfer_request_grammar[] = {
	{0, "transfer", ONE, EPP_ELEMENTS},
	{1, "name", ONE, EPP_LABEL, AS_TEXT, 2},
	{1, "period", OPTIONAL, EPP_PERIOD, AS_TEXT, 5},
	{2, "@unit", ONE, EPP_PERIOD_UNIT, AS_TEXT, 6},
	{1, "authInfo", OPTIONAL, EPP_ELEMENTS},
	{2, "pw", ONE, EPP_AUTH, AS_TEXT, 3, .choice = 1},
	{3, "@roid", OPTIONAL, EPP_ROID, AS_TEXT, 4},
	{2, "ext", ONE, EPP_FOREIGN, AS_UNIMPLEMENTED, .choice = 1},
	{.name = NULL}
};

/* dos.domain_transfer_approve, _reject and _cancel($2 name, $3 cltrid, $4 svtrid); who may is not a matter of authInfo */
const EppRow epp_domain_transfer_answer_grammar[] = {
	{0, "transfer", ONE, EPP_ELEMENTS},
	{1, "name", ONE, EPP_LABEL, AS_TEXT, 2},
	{1, "period", OPTIONAL, EPP_PERIOD},
	{2, "@unit", ONE, EPP_PERIOD_UNIT},
	{1, "authInfo", OPTIONAL, EPP_ELEMENTS},
	{2, "pw", ONE, EPP_AUTH, .choice = 1},
	{3, "@roid", OPTIONAL, EPP_ROID},
	{2, "ext", ONE, EPP_FOREIGN, .choice = 1},
	{.name = NULL}
};

/*
 * <update> with <rgp:restore>: one of add, rem and chg must be there, and
 * nothing in it (RFC 3915, section 4.2.5). The parameters are those of
 * epp_rgp.c; both commands have the name as $2.
 */
const EppRow epp_domain_restore_grammar[] = {
	{0, "update", ONE, EPP_ELEMENTS},
	{1, "name", ONE, EPP_LABEL, AS_TEXT, 2},
	{1, "add", OPTIONAL, EPP_BLANK},
	{1, "rem", OPTIONAL, EPP_BLANK},
	{1, "chg", OPTIONAL, EPP_BLANK},
	{.name = NULL}
};

/* Columns of dos.domain_info */
enum
{
	INFO_CODE, INFO_NAME, INFO_ROID, INFO_STATUSES, INFO_REGISTRANT, INFO_CONTACTS, INFO_HOSTS, INFO_HOST_ATTRS,
	INFO_SUBORDINATE_HOSTS, INFO_SPONSOR, INFO_CREATOR, INFO_CREATED_AT, INFO_UPDATER, INFO_UPDATED_AT,
	INFO_EXPIRES_AT, INFO_TRANSFERRED_AT, INFO_HAS_AUTH, INFO_RGP_STATUSES, INFO_DS, INFO_KEYS, INFO_MAX_SIG_LIFE, INFO_RGP_ENDS_AT
};

/* 'admin:ID' */
static void
write_contacts(EppResponse *response, const PGresult *result)
{
	GwArray    *contacts = epp_column_array(response, result, INFO_CONTACTS);

	for (int i = 0; contacts && i < contacts->count; i++)
	{
		const char *item = contacts->items[i];
		const char *colon = item ? strchr(item, ':') : NULL;

		if (colon == NULL)
			continue;
		gw_buf_printf(response->out, "<domain:contact type=\"%.*s\">", (int) (colon - item), item);
		epp_xml_text(response->out, colon + 1);
		gw_buf_puts(response->out, "</domain:contact>");
	}
	gw_array_free(contacts);
}

/* 'ns1.x.test 192.0.2.1 2001:db8::1' */
static void
write_host_attr(EppResponse *response, char *item)
{
	char	   *rest = NULL;
	char	   *word = strtok_r(item, " ", &rest);

	gw_buf_puts(response->out, "<domain:hostAttr>");
	epp_write_text(response, "hostName", word ? word : "");
	while ((word = strtok_r(NULL, " ", &rest)) != NULL)
		gw_buf_printf(response->out, "<domain:hostAddr ip=\"%s\">%s</domain:hostAddr>", strchr(word, ':') ? "v6" : "v4",
					  word);
	gw_buf_puts(response->out, "</domain:hostAttr>");
}

/* <ns> holds host objects or attributes, never both, never nothing. */
static void
write_name_servers(EppResponse *response, const PGresult *result)
{
	GwArray    *objects = epp_column_array(response, result, INFO_HOSTS);
	GwArray    *attributes = epp_column_array(response, result, INFO_HOST_ATTRS);
	bool		by_object = objects && objects->count > 0;

	if (by_object || (attributes && attributes->count > 0))
	{
		gw_buf_puts(response->out, "<domain:ns>");
		for (int i = 0; by_object && i < objects->count; i++)
			epp_write_text(response, "hostObj", objects->items[i]);
		for (int i = 0; !by_object && i < attributes->count; i++)
			if (attributes->items[i])
				write_host_attr(response, attributes->items[i]);
		gw_buf_puts(response->out, "</domain:ns>");
	}
	gw_array_free(objects);
	gw_array_free(attributes);
}

void
epp_domain_write_info(EppResponse *response, const PGresult *result)
{
	if (!epp_write_data(response, "infData"))
		return;
	epp_write_column(response, "name", result, INFO_NAME);
	epp_write_column(response, "roid", result, INFO_ROID);
	epp_write_statuses(response, result, INFO_STATUSES);
	epp_write_column(response, "registrant", result, INFO_REGISTRANT);
	write_contacts(response, result);
	write_name_servers(response, result);
	epp_write_list(response, "host", result, INFO_SUBORDINATE_HOSTS);
	epp_write_column(response, "clID", result, INFO_SPONSOR);
	epp_write_column(response, "crID", result, INFO_CREATOR);
	epp_write_time(response, "crDate", result, INFO_CREATED_AT);
	epp_write_column(response, "upID", result, INFO_UPDATER);
	epp_write_time(response, "upDate", result, INFO_UPDATED_AT);
	epp_write_time(response, "exDate", result, INFO_EXPIRES_AT);
	epp_write_time(response, "trDate", result, INFO_TRANSFERRED_AT);
	/* no authInfo: it is stored hashed and never shown (RFC 9154) */
	epp_write_data_end(response, "infData");
	epp_rgp_write(response, "infData", result, INFO_RGP_STATUSES, INFO_RGP_ENDS_AT);
	epp_secdns_write_info(response, result, INFO_DS, INFO_KEYS, INFO_MAX_SIG_LIFE);
}

/* (code, name, created_at, expires_at) */
void
epp_domain_write_create(EppResponse *response, const PGresult *result)
{
	if (!epp_write_data(response, "creData"))
		return;
	epp_write_column(response, "name", result, 1);
	epp_write_time(response, "crDate", result, 2);
	epp_write_time(response, "exDate", result, 3);
	epp_write_data_end(response, "creData");
}

/* (code, name, expires_at) */
void
epp_domain_write_renew(EppResponse *response, const PGresult *result)
{
	if (!epp_write_data(response, "renData"))
		return;
	epp_write_column(response, "name", result, 1);
	epp_write_time(response, "exDate", result, 2);
	epp_write_data_end(response, "renData");
}

/* RFC 5731, section 3.1.3 */
void
epp_domain_write_transfer_data(EppResponse *response, const PGresult *result, int first_column)
{
	if (!epp_write_data(response, "trnData"))
		return;
	epp_write_column(response, "name", result, first_column);
	epp_write_column(response, "trStatus", result, first_column + 1);
	epp_write_column(response, "reID", result, first_column + 2);
	epp_write_time(response, "reDate", result, first_column + 3);
	epp_write_column(response, "acID", result, first_column + 4);
	epp_write_time(response, "acDate", result, first_column + 5);
	epp_write_time(response, "exDate", result, first_column + 6);
	epp_write_data_end(response, "trnData");
}

/* (code, name, status, requester, requested_at, actor, acts_at, expires_at) */
void
epp_domain_write_transfer(EppResponse *response, const PGresult *result)
{
	epp_domain_write_transfer_data(response, result, 1);
}
