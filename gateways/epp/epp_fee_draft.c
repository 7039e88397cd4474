/*
 * epp_fee_draft.c
 *		Fees as the drafts of RFC 8748 said them: fee-0.7 (draft-brown-epp-fees-05), 0.8, 0.9 (-06), 0.11
 *		(draft-ietf-regext-epp-fees-00) and 0.12, for clients that never learnt the RFC.
 *
 * Commands fill the same JSON as those of fee-1.0 (epp_fee.c). In checks of 0.7 to 0.9 each command names its "object" and
 * "currency"; 0.11 has one command, whose "period", "unit" and "class" stand beside it; 0.12 has "class" in each. "each" says
 * that a command without fee has its own "reason", and all have their "currency".
 *
 * Of 0.12 this is the form that is in use: <fee:command name="...">, as in fee-1.0. It cannot say why there is no fee.
 */
#include "epp_fee.h"
#include "epp_xml.h"

#include <string.h>

#define PHASES(depth) \
	{depth, "@phase", OPTIONAL, EPP_TOKEN, AS_MEMBER, .key = "phase"}, \
	{depth, "@subphase", OPTIONAL, EPP_TOKEN, AS_MEMBER, .key = "subphase"}
#define PERIOD(depth) \
	{depth, "period", OPTIONAL, EPP_PERIOD, AS_MEMBER, .key = "period"}, \
	{depth + 1, "@unit", ONE, EPP_PERIOD_UNIT, AS_MEMBER, .key = "unit"}

/* fee-0.7, 0.8 */
const EppRow epp_fee_07_check_grammar[] = {
	{0, "check", ONE, EPP_ELEMENTS, AS_OBJECT, .key = "fee"},
	{1, "domain", SOME, EPP_ELEMENTS, AS_OBJECTS, .key = "commands"},
	{2, "name", ONE, EPP_LABEL, AS_MEMBER, .key = "object"},
	{2, "currency", OPTIONAL, EPP_CURRENCY, AS_MEMBER, .key = "currency"},
	{2, "command", ONE, EPP_FEE_DRAFT_COMMAND, AS_MEMBER, .key = "name"},
	PHASES(3),
	PERIOD(2),
	{.name = NULL}
};

const EppRow epp_fee_07_info_grammar[] = {
	{0, "info", ONE, EPP_ELEMENTS, AS_OBJECT, .key = "fee"},
	{1, "currency", OPTIONAL, EPP_CURRENCY, AS_MEMBER, .key = "currency"},
	{1, "command", ONE, EPP_FEE_DRAFT_COMMAND, AS_OBJECTS, .key = "commands", .value = "name"},
	PHASES(2),
	PERIOD(1),
	{.name = NULL}
};

/* The object is a domain, whatever its attributes say: nothing else has fees. */
const EppRow epp_fee_09_check_grammar[] = {
	{0, "check", ONE, EPP_ELEMENTS, AS_OBJECT, .key = "fee"},
	{1, "object", SOME, EPP_ELEMENTS, AS_OBJECTS, .key = "commands"},
	{2, "@objURI", OPTIONAL, EPP_URI, AS_NOTHING},
	{2, "objID", ONE, EPP_LABEL, AS_MEMBER, .key = "object"},
	{3, "@element", OPTIONAL, EPP_TOKEN, AS_NOTHING},
	{2, "currency", OPTIONAL, EPP_CURRENCY, AS_MEMBER, .key = "currency"},
	{2, "command", ONE, EPP_FEE_DRAFT_COMMAND, AS_MEMBER, .key = "name"},
	PHASES(3),
	PERIOD(2),
	{.name = NULL}
};

const EppRow epp_fee_011_check_grammar[] = {
	{0, "check", ONE, EPP_ELEMENTS, AS_OBJECT, .key = "fee"},
	{1, "command", ONE, EPP_FEE_DRAFT_COMMAND, AS_OBJECTS, .key = "commands", .value = "name"},
	PHASES(2),
	{1, "currency", OPTIONAL, EPP_CURRENCY, AS_MEMBER, .key = "currency"},
	PERIOD(1),
	{1, "class", OPTIONAL, EPP_TOKEN, AS_MEMBER, .key = "class"},
	{.name = NULL}
};

const EppRow epp_fee_012_check_grammar[] = {
	{0, "check", ONE, EPP_ELEMENTS, AS_OBJECT, .key = "fee"},
	{1, "currency", OPTIONAL, EPP_CURRENCY, AS_MEMBER, .key = "currency"},
	{1, "command", SOME, EPP_ELEMENTS, AS_OBJECTS, .key = "commands"},
	{2, "@name", ONE, EPP_FEE_DRAFT_COMMAND, AS_MEMBER, .key = "name"},
	PHASES(2),
	PERIOD(2),
	{2, "class", OPTIONAL, EPP_TOKEN, AS_MEMBER, .key = "class"},
	{2, "date", OPTIONAL, EPP_DATE_TIME, AS_UNIMPLEMENTED},
	{.name = NULL}
};

const EppRow epp_fee_draft_create_grammar[] = {EPP_FEE_TRANSFORM("create")};
const EppRow epp_fee_draft_renew_grammar[] = {EPP_FEE_TRANSFORM("renew")};
const EppRow epp_fee_draft_transfer_grammar[] = {EPP_FEE_TRANSFORM("transfer")};
const EppRow epp_fee_draft_update_grammar[] = {EPP_FEE_TRANSFORM("update")};

typedef struct Dialect
{
	EppService	service;
	const char *object;			/* element of a name in the answer to a check; NULL: <fee:object> with a copy of it */
	bool		nested;			/* the currency once, the rest in <fee:command> */
	bool		reasons;		/* says why there is no fee */
	bool		balance;		/* of the answer to a transfer */
} Dialect;

/* The latest first; fee-1.0 goes before all of them. */
static const Dialect dialects[] = {
	{EPP_SERVICE_FEE_012, NULL, .nested = true, .balance = true},
	{EPP_SERVICE_FEE_011, NULL, .reasons = true, .balance = true},
	{EPP_SERVICE_FEE_09, "objID"},
	{EPP_SERVICE_FEE_08, "name"},
	{EPP_SERVICE_FEE_07, "name", .balance = true},
};

#define DIALECTS (sizeof(dialects) / sizeof(dialects[0]))

EppService
epp_fee_dialect(const EppRequest *request, EppServices services)
{
	for (int i = 0; i < request->extension_count; i++)
	{
		int			service = epp_service_of((const char *) request->extensions[i]->ns->href);

		if (service >= 0 && (EPP_FEE_SERVICES & EPP_SERVICE_BIT(service)))
			return (EppService) service;
	}
	if (EPP_AGREED(services, EPP_SERVICE_FEE))
		return EPP_SERVICE_FEE;
	for (size_t i = 0; i < DIALECTS; i++)
		if (EPP_AGREED(services, dialects[i].service))
			return dialects[i].service;
	return EPP_SERVICE_FEE;
}

void
epp_fee_draft_complete(EppParameters *parameters)
{
	json_object_set_new(json_object_get(epp_parameters_extensions(parameters), "fee"), "each", json_true());
}

static void
write_name(EppResponse *response, const Dialect *dialect, const char *name)
{
	if (dialect->object)
	{
		epp_write_text(response, dialect->object, name);
		return;
	}
	gw_buf_puts(response->out, "<fee:object><domain:name xmlns:domain=\"" EPP_URI_DOMAIN "\">");
	epp_xml_text(response->out, name);
	gw_buf_puts(response->out, "</domain:name></fee:object>");
}

static void
write_command(EppResponse *response, const json_t *command)
{
	gw_buf_puts(response->out, "<fee:command");
	epp_write_member_attribute(response, "phase", command, "phase");
	epp_write_member_attribute(response, "subphase", command, "subphase");
	gw_buf_putc(response->out, '>');
	epp_xml_text(response->out, epp_member(command, "name"));
	gw_buf_puts(response->out, "</fee:command>");
}

/* What it costs, and the class; of a command without fee neither. */
static void
write_price(EppResponse *response, const json_t *data, const json_t *command)
{
	epp_fee_write_period(response, command);
	epp_fee_write_amounts(response, "fee", json_object_get(command, "fees"));
	epp_fee_write_amounts(response, "credit", json_object_get(command, "credits"));
	if (epp_member(command, "reason") == NULL)
		epp_write_member(response, "class", data, "class");
}

/* One <cd> for each name and command. */
static void
write_cd(EppResponse *response, const Dialect *dialect, const char *name, const json_t *data, const json_t *command)
{
	const json_t *priced = json_object_get(command, "currency") ? command : data;

	gw_buf_puts(response->out, "<fee:cd");
	if (dialect->reasons)
		gw_buf_printf(response->out, " avail=\"%d\"", epp_member(command, "reason") == NULL);
	gw_buf_putc(response->out, '>');
	write_name(response, dialect, name);
	if (dialect->nested)
	{
		gw_buf_puts(response->out, "<fee:command");
		epp_write_member_attribute(response, "name", command, "name");
		epp_write_member_attribute(response, "phase", command, "phase");
		epp_write_member_attribute(response, "subphase", command, "subphase");
		gw_buf_putc(response->out, '>');
		write_price(response, data, command);
		gw_buf_puts(response->out, "</fee:command>");
	}
	else
	{
		if (dialect->object)
			epp_write_member(response, "currency", priced, "currency");
		write_command(response, command);
		if (!dialect->object)
			epp_write_member(response, "currency", priced, "currency");
		write_price(response, data, command);
		if (dialect->reasons)
			epp_write_member(response, "reason", command, "reason");
	}
	gw_buf_puts(response->out, "</fee:cd>");
}

/* Names that no command asked about have no <cd>, and without any there is no answer. */
static void
write_check(EppResponse *response, const Dialect *dialect, const EppPart *part)
{
	const json_t *first = NULL;
	size_t		c;
	json_t	   *command;

	for (int i = 0; i < part->count && first == NULL; i++)
		if (json_array_size(json_object_get(part->values[i], "commands")) > 0)
			first = part->values[i];
	if (first == NULL || !epp_write_extension(response, dialect->service, "chkData", NULL))
		return;
	if (dialect->nested)
		epp_write_member(response, "currency", first, "currency");
	for (int i = 0; i < part->count; i++)
	{
		json_array_foreach(json_object_get(part->values[i], "commands"), c, command)
			write_cd(response, dialect, PQgetvalue(part->result, part->first_row + i, 0), part->values[i], command);
	}
	epp_write_extension_end(response, dialect->service, "chkData");
}

/* fee-0.7: what a command on this domain would cost */
static void
write_info(EppResponse *response, const Dialect *dialect, const json_t *data)
{
	const json_t *command = json_array_get(json_object_get(data, "commands"), 0);

	if (command == NULL || !epp_write_extension(response, dialect->service, "infData", NULL))
		return;
	epp_write_member(response, "currency", data, "currency");
	write_command(response, command);
	write_price(response, data, command);
	epp_write_extension_end(response, dialect->service, "infData");
}

/* What was charged or given back; of nothing nothing is said. */
static void
write_transform(EppResponse *response, const Dialect *dialect, const EppPart *part)
{
	const char *name = epp_fee_answer_name(part->command->verb);
	const json_t *data = part->values[0];
	const json_t *fees = json_object_get(data, "fees");
	const json_t *credits = json_object_get(data, "credits");
	bool		transfer = part->command->verb == EPP_TRANSFER;

	if (name == NULL || json_array_size(fees) + (transfer ? 0 : json_array_size(credits)) == 0
		|| !epp_write_extension(response, dialect->service, name, NULL))
		return;
	epp_write_member(response, "currency", data, "currency");
	if (transfer)
		epp_fee_write_period(response, data);
	epp_fee_write_amounts(response, "fee", fees);
	epp_fee_write_amounts(response, "credit", credits);
	if (dialect->balance || !transfer)
	{
		epp_write_member(response, "balance", data, "balance");
		epp_write_member(response, "creditLimit", data, "credit_limit");
	}
	epp_write_extension_end(response, dialect->service, name);
}

bool
epp_fee_draft_write(EppResponse *response, const EppPart *part)
{
	const Dialect *dialect = NULL;

	for (size_t i = 0; i < DIALECTS; i++)
		if (dialects[i].service == response->fee)
			dialect = &dialects[i];
	if (dialect == NULL)
		return false;
	if (part->command->verb == EPP_CHECK)
		write_check(response, dialect, part);
	else if (part->command->verb == EPP_INFO)
		write_info(response, dialect, part->values[0]);
	else
		write_transform(response, dialect, part);
	return true;
}
