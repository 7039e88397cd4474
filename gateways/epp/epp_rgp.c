/*
 * epp_rgp.c
 *		Grace periods: grammars of the extension and its answers (RFC 3915).
 *
 * An update with <rgp:restore> is a command of its own; its op, "request" or
 * "report", chooses the row of epp_commands[] and the grammar here. Only a
 * report has, and must have, <rgp:report>.
 */
#include "epp_rgp.h"
#include "epp_commands.h"
#include "gw_array.h"

/* dos.domain_restore_request($2 name, $3 cltrid, $4 svtrid) */
const EppRow epp_rgp_request_grammar[] = {
	{0, "update", ONE, EPP_ELEMENTS},
	{1, "restore", ONE, EPP_BLANK},
	{2, "@op", ONE, EPP_RESTORE_OP},
	{.name = NULL}
};

/*
 * dos.domain_restore_report($2 name, $3 pre_data, $4 post_data, $5 deleted_at, $6 restored_at, $7 reason, $8 statements,
 * $9 other, $10 cltrid, $11 svtrid). The schema would do with one statement.
 */
const EppRow epp_rgp_report_grammar[] = {
	{0, "update", ONE, EPP_ELEMENTS},
	{1, "restore", ONE, EPP_ELEMENTS},
	{2, "@op", ONE, EPP_RESTORE_OP},
	{2, "report", ONE, EPP_ELEMENTS},
	{3, "preData", ONE, EPP_MIXED, AS_TEXT, 3},
	{3, "postData", ONE, EPP_MIXED, AS_TEXT, 4},
	{3, "delTime", ONE, EPP_DATE_TIME, AS_TEXT, 5},
	{3, "resTime", ONE, EPP_DATE_TIME, AS_TEXT, 6},
	{3, "resReason", ONE, EPP_MIXED, AS_TEXT, 7},
	{4, "@lang", OPTIONAL, EPP_LANGUAGE},
	{3, "statement", 2, 2, EPP_MIXED, AS_LIST, 8},
	{4, "@lang", OPTIONAL, EPP_LANGUAGE},
	{3, "other", OPTIONAL, EPP_MIXED, AS_TEXT, 9},
	{.name = NULL}
};

static void
write_status(EppResponse *response, const char *status, const char *ends_at)
{
	char		text[40];

	if (ends_at == NULL || *ends_at == 'i')		/* infinity */
	{
		gw_buf_printf(response->out, "<rgp:rgpStatus s=\"%s\"/>", status);
		return;
	}
	epp_time_text(ends_at, text, sizeof(text));
	gw_buf_printf(response->out, "<rgp:rgpStatus s=\"%s\">endDate=%s</rgp:rgpStatus>", status, text);
}

void
epp_rgp_write(EppResponse *response, const char *name, const PGresult *result, int column, int ends_column)
{
	GwArray    *statuses = epp_column_array(response, result, column);
	GwArray    *ends = ends_column >= 0 ? epp_column_array(response, result, ends_column) : NULL;

	if (statuses && statuses->count > 0 && epp_write_extension(response, EPP_SERVICE_RGP, name, NULL))
	{
		for (int i = 0; i < statuses->count; i++)
			if (statuses->items[i])
				write_status(response, statuses->items[i], ends && i < ends->count ? ends->items[i] : NULL);
		epp_write_extension_end(response, EPP_SERVICE_RGP, name);
	}
	gw_array_free(statuses);
	gw_array_free(ends);
}

/* (code, rgp_statuses) */
void
epp_rgp_write_update(EppResponse *response, const PGresult *result)
{
	epp_rgp_write(response, "upData", result, 1, -1);
}
