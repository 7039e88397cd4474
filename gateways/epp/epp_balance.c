/*
 * epp_balance.c
 *		The balance of the registrar's own account: grammars, answers, the message that it is low (private services).
 *
 * Three mappings say the same: balance-1.0 and lowbalance-poll-1.0, which belong together, and funds-1.0. All of them want a
 * threshold; an account without one has that of nothing.
 */
#include "epp_commands.h"
#include "epp_extension.h"

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

/* Columns of dos.funds_info */
enum
{
	FUNDS_CODE, FUNDS_BALANCE, FUNDS_CURRENCY, FUNDS_AVAILABLE, FUNDS_CREDIT_LIMIT, FUNDS_THRESHOLD_KIND, FUNDS_THRESHOLD
};

static void
write_threshold(EppResponse *response, const char *kind, const char *threshold)
{
	epp_write_tag(response, "<", "creditThreshold");
	gw_buf_putc(response->out, '>');
	epp_write_text(response, threshold && kind && strcmp(kind, "percent") == 0 ? "percent" : "fixed", threshold ? threshold : "0");
	epp_write_tag(response, "</", "creditThreshold");
	gw_buf_putc(response->out, '>');
}

static const char *
column_text(const PGresult *result, int column)
{
	return PQgetisnull(result, 0, column) ? NULL : PQgetvalue(result, 0, column);
}

void
epp_balance_write_info(EppResponse *response, const PGresult *result)
{
	if (!epp_write_data(response, "infData"))
		return;
	epp_write_column(response, "creditLimit", result, INFO_CREDIT_LIMIT);
	epp_write_column(response, "balance", result, INFO_BALANCE);
	epp_write_column(response, "availableCredit", result, INFO_AVAILABLE);
	write_threshold(response, column_text(result, INFO_THRESHOLD_KIND), column_text(result, INFO_THRESHOLD));
	epp_write_data_end(response, "infData");
}

void
epp_funds_write_info(EppResponse *response, const PGresult *result)
{
	if (!epp_write_data(response, "infData"))
		return;
	epp_write_column(response, "balance", result, FUNDS_BALANCE);
	epp_write_column(response, "currency", result, FUNDS_CURRENCY);
	epp_write_column(response, "availableCredit", result, FUNDS_AVAILABLE);
	epp_write_column(response, "creditLimit", result, FUNDS_CREDIT_LIMIT);
	write_threshold(response, column_text(result, FUNDS_THRESHOLD_KIND), column_text(result, FUNDS_THRESHOLD));
	epp_write_data_end(response, "infData");
}

/* What the balance was when the message was made. */
static void
write_low(EppResponse *response, const json_t *balance)
{
	const char *kind = epp_member(balance, "threshold_kind");

	if (EPP_AGREED(response->services, EPP_SERVICE_LOWBALANCE))
	{
		response->service = EPP_SERVICE_LOWBALANCE;
		response->prefix = epp_prefix_of(EPP_URI_LOWBALANCE);
		if (!epp_write_data(response, "pollData"))
			return;
		epp_write_member(response, "registrarName", balance, "registrar_name");
		epp_write_member(response, "creditLimit", balance, "credit_limit");
		epp_write_tag(response, "<", "creditThreshold");
		gw_buf_printf(response->out, " type=\"%s\">", kind && strcmp(kind, "percent") == 0 ? "PERCENT" : "FIXED");
		gw_buf_puts(response->out, epp_member(balance, "threshold") ? epp_member(balance, "threshold") : "0");
		epp_write_tag(response, "</", "creditThreshold");
		gw_buf_putc(response->out, '>');
		epp_write_member(response, "availableCredit", balance, "available");
		epp_write_data_end(response, "pollData");
	}
	else if (epp_write_data(response, "infData"))
	{
		epp_write_member(response, "creditLimit", balance, "credit_limit");
		epp_write_member(response, "balance", balance, "balance");
		epp_write_member(response, "availableCredit", balance, "available");
		write_threshold(response, kind, epp_member(balance, "threshold"));
		epp_write_data_end(response, "infData");
	}
}

/* The message's text is for everybody; the data only for who may know these services. */
void
epp_balance_write_message(EppResponse *response, const PGresult *result)
{
	json_t	   *extension = json_loads(PQgetvalue(result, 0, PQnfields(result) - 1), 0, NULL);
	const json_t *balance = json_object_get(extension, "balance");

	if (balance && (response->services & (EPP_SERVICE_BIT(EPP_SERVICE_BALANCE) | EPP_SERVICE_BIT(EPP_SERVICE_LOWBALANCE))))
		write_low(response, balance);
	json_decref(extension);
}
