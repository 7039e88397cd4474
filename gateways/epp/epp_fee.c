/*
 * epp_fee.c
 *		Fees: grammars of the extension and its answers (RFC 8748).
 *
 * check		"fee": {"currency", "commands": [{"name", "custom_name", "phase", "subphase", "period", "unit"}]}
 * transforms	"fee": {"currency", "fees": [FEE], "credits": [{"amount", "description", "lang"}]}
 * FEE			{"amount", "description", "lang", "refundable", "grace_period", "applied"}
 *
 * An answer has the same; of a check also "avail", "class" and "reason", and
 * in each command "standard", "fees", "credits" and "reason"; of a transform
 * also "period", "unit", "balance" and "credit_limit".
 */
#include "epp_fee.h"
#include "epp_xml.h"

const EppRow epp_fee_check_grammar[] = {
	{0, "check", ONE, EPP_ELEMENTS, AS_OBJECT, .key = "fee"},
	{1, "currency", OPTIONAL, EPP_CURRENCY, AS_MEMBER, .key = "currency"},
	{1, "command", SOME, EPP_ELEMENTS, AS_OBJECTS, .key = "commands"},
	{2, "@name", ONE, EPP_FEE_COMMAND, AS_MEMBER, .key = "name"},
	{2, "@customName", OPTIONAL, EPP_TOKEN, AS_MEMBER, .key = "custom_name"},
	{2, "@phase", OPTIONAL, EPP_TOKEN, AS_MEMBER, .key = "phase"},
	{2, "@subphase", OPTIONAL, EPP_TOKEN, AS_MEMBER, .key = "subphase"},
	{2, "period", OPTIONAL, EPP_PERIOD, AS_MEMBER, .key = "period"},
	{3, "@unit", ONE, EPP_PERIOD_UNIT, AS_MEMBER, .key = "unit"},
	{.name = NULL}
};

#define LANGUAGE	{2, "@lang", OPTIONAL, EPP_LANGUAGE, AS_MEMBER, .key = "lang"},

const EppRow epp_fee_create_grammar[] = {EPP_FEE_TRANSFORM("create", LANGUAGE)};
const EppRow epp_fee_renew_grammar[] = {EPP_FEE_TRANSFORM("renew", LANGUAGE)};
const EppRow epp_fee_transfer_grammar[] = {EPP_FEE_TRANSFORM("transfer", LANGUAGE)};
const EppRow epp_fee_update_grammar[] = {EPP_FEE_TRANSFORM("update", LANGUAGE)};

static const char *const answers[EPP_VERB_COUNT] = {
	[EPP_CHECK] = "chkData",[EPP_CREATE] = "creData",[EPP_DELETE] = "delData",[EPP_RENEW] = "renData",
	[EPP_TRANSFER] = "trnData",[EPP_UPDATE] = "updData",
};

void
epp_fee_write_period(EppResponse *response, const json_t *object)
{
	if (json_object_get(object, "period") == NULL)
		return;
	gw_buf_puts(response->out, "<fee:period");
	epp_write_member_attribute(response, "unit", object, "unit");
	gw_buf_printf(response->out, ">%" JSON_INTEGER_FORMAT "</fee:period>",
				  json_integer_value(json_object_get(object, "period")));
}

void
epp_fee_write_amounts(EppResponse *response, const char *name, const json_t *amounts)
{
	size_t		i;
	json_t	   *amount;

	json_array_foreach(amounts, i, amount)
	{
		epp_write_tag(response, "<", name);
		epp_write_member_attribute(response, "description", amount, "description");
		epp_write_member_attribute(response, "lang", amount, "lang");
		epp_write_member_attribute(response, "refundable", amount, "refundable");
		epp_write_member_attribute(response, "grace-period", amount, "grace_period");
		epp_write_member_attribute(response, "applied", amount, "applied");
		gw_buf_putc(response->out, '>');
		epp_xml_text(response->out, epp_member(amount, "amount") ? epp_member(amount, "amount") : "0");
		epp_write_tag(response, "</", name);
		gw_buf_putc(response->out, '>');
	}
}

static void
write_command(EppResponse *response, const json_t *command)
{
	gw_buf_puts(response->out, "<fee:command");
	epp_write_member_attribute(response, "name", command, "name");
	epp_write_member_attribute(response, "customName", command, "custom_name");
	epp_write_member_attribute(response, "phase", command, "phase");
	epp_write_member_attribute(response, "subphase", command, "subphase");
	epp_write_member_attribute(response, "standard", command, "standard");
	gw_buf_putc(response->out, '>');
	epp_fee_write_period(response, command);
	epp_fee_write_amounts(response, "fee", json_object_get(command, "fees"));
	epp_fee_write_amounts(response, "credit", json_object_get(command, "credits"));
	epp_write_member(response, "reason", command, "reason");
	gw_buf_puts(response->out, "</fee:command>");
}

/* One <cd> for each name (RFC 8748, section 5.1.1). */
static void
write_check(EppResponse *response, const EppPart *part)
{
	for (int i = 0; i < part->count; i++)
	{
		const json_t *data = part->values[i];
		size_t		c;
		json_t	   *command;

		if (data == NULL)
			continue;
		gw_buf_puts(response->out, "<fee:cd");
		epp_write_member_attribute(response, "avail", data, "avail");
		gw_buf_putc(response->out, '>');
		epp_write_text(response, "objID", PQgetvalue(part->result, part->first_row + i, 0));
		epp_write_member(response, "class", data, "class");
		json_array_foreach(json_object_get(data, "commands"), c, command)
			write_command(response, command);
		epp_write_member(response, "reason", data, "reason");
		gw_buf_puts(response->out, "</fee:cd>");
	}
}

const char *
epp_fee_answer_name(EppVerb verb)
{
	return answers[verb];
}

void
epp_fee_write(EppResponse *response, const EppPart *part)
{
	const char *name = answers[part->command->verb];
	const json_t *first = NULL;

	if (epp_fee_draft_write(response, part))
		return;
	for (int i = 0; i < part->count && first == NULL; i++)
		first = part->values[i];
	if (name == NULL || !epp_write_extension(response, EPP_SERVICE_FEE, name, NULL))
		return;
	epp_write_member(response, "currency", first, "currency");
	if (part->command->verb == EPP_CHECK)
		write_check(response, part);
	else
	{
		epp_fee_write_period(response, first);
		epp_fee_write_amounts(response, "fee", json_object_get(first, "fees"));
		epp_fee_write_amounts(response, "credit", json_object_get(first, "credits"));
		epp_write_member(response, "balance", first, "balance");
		epp_write_member(response, "creditLimit", first, "credit_limit");
	}
	epp_write_extension_end(response, EPP_SERVICE_FEE, name);
}
