/*
 * epp_host.c
 *		Hosts: grammars and answers (RFC 5732).
 *
 * Numbers are SQL parameters; $1 is the registrar.
 */
#include "epp_commands.h"
#include "gw_array.h"

#include <string.h>

/* dos.host_info($2 name) */
const EppRow epp_host_info_grammar[] = {
	{0, "info", ONE, EPP_ELEMENTS},
	{1, "name", ONE, EPP_LABEL, AS_TEXT, 2},
	{.name = NULL}
};

/* dos.host_create($2 name, $3 addresses, $4 cltrid, $5 svtrid) */
const EppRow epp_host_create_grammar[] = {
	{0, "create", ONE, EPP_ELEMENTS},
	{1, "name", ONE, EPP_LABEL, AS_TEXT, 2},
	{1, "addr", ANY_NUMBER, EPP_ADDRESS, AS_LIST, 3},
	{2, "@ip", OPTIONAL, EPP_ADDRESS_FAMILY, AS_QUALIFIER},
	{.name = NULL}
};

/*
 * dos.host_update($2 name, $3 add_addresses, $4 rem_addresses, $5 add_statuses, $6 rem_statuses, $7 new_name,
 * $8 cltrid, $9 svtrid)
 */
const EppRow epp_host_update_grammar[] = {
	{0, "update", ONE, EPP_ELEMENTS},
	{1, "name", ONE, EPP_LABEL, AS_TEXT, 2},
	{1, "add", OPTIONAL, EPP_ELEMENTS},
	{2, "addr", ANY_NUMBER, EPP_ADDRESS, AS_LIST, 3},
	{3, "@ip", OPTIONAL, EPP_ADDRESS_FAMILY, AS_QUALIFIER},
	{2, "status", UP_TO(7), EPP_NORMALIZED},
	{3, "@s", ONE, EPP_HOST_STATUS, AS_LIST, 5},
	{3, "@lang", OPTIONAL, EPP_LANGUAGE},
	{1, "rem", OPTIONAL, EPP_ELEMENTS},
	{2, "addr", ANY_NUMBER, EPP_ADDRESS, AS_LIST, 4},
	{3, "@ip", OPTIONAL, EPP_ADDRESS_FAMILY, AS_QUALIFIER},
	{2, "status", UP_TO(7), EPP_NORMALIZED},
	{3, "@s", ONE, EPP_HOST_STATUS, AS_LIST, 6},
	{3, "@lang", OPTIONAL, EPP_LANGUAGE},
	{1, "chg", OPTIONAL, EPP_ELEMENTS},
	{2, "name", ONE, EPP_LABEL, AS_TEXT, 7},
	{.name = NULL}
};

/* dos.host_delete($2 name, $3 cltrid, $4 svtrid) */
const EppRow epp_host_delete_grammar[] = {
	{0, "delete", ONE, EPP_ELEMENTS},
	{1, "name", ONE, EPP_LABEL, AS_TEXT, 2},
	{.name = NULL}
};

/* Columns of dos.host_info */
enum
{
	INFO_CODE, INFO_NAME, INFO_ROID, INFO_STATUSES, INFO_ADDRESSES, INFO_SPONSOR, INFO_CREATOR, INFO_CREATED_AT,
	INFO_UPDATER, INFO_UPDATED_AT, INFO_TRANSFERRED_AT
};

static void
write_addresses(EppResponse *response, const PGresult *result)
{
	GwArray    *addresses = PQgetisnull(result, 0, INFO_ADDRESSES) ? NULL
		: gw_array_parse(PQgetvalue(result, 0, INFO_ADDRESSES));

	for (int i = 0; addresses && i < addresses->count; i++)
		if (addresses->items[i])
			gw_buf_printf(response->out, "<host:addr ip=\"%s\">%s</host:addr>",
						  strchr(addresses->items[i], ':') ? "v6" : "v4", addresses->items[i]);
	gw_array_free(addresses);
}

void
epp_host_write_info(EppResponse *response, const PGresult *result)
{
	if (!epp_write_data(response, "infData"))
		return;
	epp_write_column(response, "name", result, INFO_NAME);
	epp_write_column(response, "roid", result, INFO_ROID);
	epp_write_statuses(response, result, INFO_STATUSES);
	write_addresses(response, result);
	epp_write_column(response, "clID", result, INFO_SPONSOR);
	epp_write_column(response, "crID", result, INFO_CREATOR);
	epp_write_time(response, "crDate", result, INFO_CREATED_AT);
	epp_write_column(response, "upID", result, INFO_UPDATER);
	epp_write_time(response, "upDate", result, INFO_UPDATED_AT);
	epp_write_time(response, "trDate", result, INFO_TRANSFERRED_AT);
	epp_write_data_end(response, "infData");
}

/* (code, name, created_at) */
void
epp_host_write_create(EppResponse *response, const PGresult *result)
{
	epp_write_data(response, "creData");
	epp_write_column(response, "name", result, 1);
	epp_write_time(response, "crDate", result, 2);
	epp_write_data_end(response, "creData");
}
