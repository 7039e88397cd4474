/*
 * epp_balance.c
 *		The balance of the registrar's own account: grammar and answer (balance-1.0, a private service).
 *
 * The mapping wants a threshold; an account without one has that of nothing.
 */
#include "epp_commands.h"

#include <string.h>

const EppRow epp_balance_info_grammar[] = {
	{0, "info", ONE, EPP_BLANK},
	{.name = NULL}
};

/* Columns of dos.balance_info */
enum
{
	INFO_CODE, INFO_CURRENCY, INFO_CREDIT_LIMIT, INFO_BALANCE, INFO_AVAILABLE, INFO_THRESHOLD_KIND, INFO_THRESHOLD
};

void
epp_balance_write_info(EppResponse *response, const PGresult *result)
{
	bool		percent = strcmp(PQgetvalue(result, 0, INFO_THRESHOLD_KIND), "percent") == 0;

	if (!epp_write_data(response, "infData"))
		return;
	epp_write_column(response, "creditLimit", result, INFO_CREDIT_LIMIT);
	epp_write_column(response, "balance", result, INFO_BALANCE);
	epp_write_column(response, "availableCredit", result, INFO_AVAILABLE);
	gw_buf_puts(response->out, "<balance:creditThreshold>");
	if (PQgetisnull(result, 0, INFO_THRESHOLD))
		epp_write_text(response, "fixed", "0");
	else
		epp_write_column(response, percent ? "percent" : "fixed", result, INFO_THRESHOLD);
	gw_buf_puts(response->out, "</balance:creditThreshold>");
	epp_write_data_end(response, "infData");
}
