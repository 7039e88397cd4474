/*
 * epp_commands.c
 *		Everything the gateway can ask for.
 *
 * $1 is the registrar of the session; the last two parameters of a
 * transform are clTRID and svTRID, but for the extensions of an extended
 * command, which come after them. Which element becomes which parameter is
 * said by the grammar, in the file of the object. Result columns are taken by
 * position, in the order of the SQL functions.
 */
#include "epp_commands.h"

#include <string.h>

#define DOMAIN EPP_SERVICE_DOMAIN
#define HOST EPP_SERVICE_HOST
#define CONTACT EPP_SERVICE_CONTACT
#define SECDNS EPP_SERVICE_SECDNS
#define RGP EPP_SERVICE_RGP
#define FEE EPP_SERVICE_FEE
#define TOKEN EPP_SERVICE_TOKEN
#define LAUNCH EPP_SERVICE_LAUNCH
#define IDN EPP_SERVICE_IDN
#define TTL EPP_SERVICE_TTL
#define ORG EPP_SERVICE_ORG
#define ORGEXT EPP_SERVICE_ORGEXT
#define ADDL_EMAIL EPP_SERVICE_ADDL_EMAIL

/*
 * Checks of several registrars may share a call: $1 their ids, $2 for each an array of names, $3 what the extensions of
 * each said (epp_batch.h).
 */
#define CHECKS(function) \
	"SELECT c.* FROM unnest($1::text[], $2::text[]) AS g (registrar, names), " function "(g.registrar, g.names::text[]) AS c"

const EppCommand epp_commands[] = {
	/* session */
	{EPP_LOGIN, EPP_NO_SERVICE, NULL, "login", "SELECT * FROM dos.epp_login($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)", 12, 7, false,
	epp_login_grammar, NULL},
	{EPP_LOGOUT, EPP_NO_SERVICE, NULL, "logout", NULL, 0, 0, false, epp_logout_grammar, NULL},
	{EPP_POLL, EPP_NO_SERVICE, "req", "poll_request", 
	"SELECT p.code, count, id, queued_at, text, kind, p.name, status, requester, requested_at, actor, acts_at, expires_at, language,"
	" (p.domain).*, (p.contact).*, (p.host).*, p.extension FROM dos.poll_request($1, $2) AS p", 2, 15, false,
	epp_poll_request_grammar, epp_poll_write_message},
	{EPP_POLL, EPP_NO_SERVICE, "ack", "poll_ack", "SELECT code, count, $2::bigint FROM dos.poll_ack($1,$2::bigint)", 2, 3, false,
	epp_poll_ack_grammar, epp_poll_write_ack},

	/* domain */
	{EPP_CHECK, DOMAIN, NULL, "domain_check", "SELECT * FROM dos.domain_checks($1,$2,$3)", 3, 4, false,
	epp_domain_check_grammar, epp_check_write, .batched = true, .extended = true},
	{EPP_INFO, DOMAIN, NULL, "domain_info", "SELECT * FROM dos.domain_info($1,$2,$3,$4,$5,$6)", 6, 23, false,
	epp_domain_info_grammar, epp_domain_write_info, .extended = true},
	{EPP_CREATE, DOMAIN, NULL, "domain_create", "SELECT * FROM dos.domain_create($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15)",
	15, 5, true, epp_domain_create_grammar, epp_domain_write_create, .extended = true},
	{EPP_UPDATE, DOMAIN, NULL, "domain_update",
	"SELECT * FROM dos.domain_update($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22)",
	22, 2, true, epp_domain_update_grammar, NULL, .extended = true},
	{EPP_DELETE, DOMAIN, NULL, "domain_delete", "SELECT * FROM dos.domain_delete($1,$2,$3,$4,$5)", 5, 2, true,
	epp_domain_delete_grammar, NULL, .extended = true},
	{EPP_RENEW, DOMAIN, NULL, "domain_renew", "SELECT * FROM dos.domain_renew($1,$2,$3,$4,$5,$6,$7,$8)", 8, 4, true,
	epp_domain_renew_grammar, epp_domain_write_renew, .extended = true},
	{EPP_TRANSFER, DOMAIN, "query", "domain_transfer_query", "SELECT * FROM dos.domain_transfer_query($1,$2,$3,$4,$5)", 5, 9, false,
	epp_domain_transfer_query_grammar, epp_domain_write_transfer, .extended = true},
	{EPP_TRANSFER, DOMAIN, "request", "domain_transfer_request",
	"SELECT * FROM dos.domain_transfer_request($1,$2,$3,$4,$5,$6,$7,$8,$9)", 9, 9, true,
	epp_domain_transfer_request_grammar, epp_domain_write_transfer, .extended = true},
	{EPP_TRANSFER, DOMAIN, "approve", "domain_transfer_approve", "SELECT * FROM dos.domain_transfer_approve($1,$2,$3,$4,$5)", 5, 9,
	true, epp_domain_transfer_answer_grammar, epp_domain_write_transfer, .extended = true},
	{EPP_TRANSFER, DOMAIN, "reject", "domain_transfer_reject", "SELECT * FROM dos.domain_transfer_reject($1,$2,$3,$4,$5)", 5, 9,
	true, epp_domain_transfer_answer_grammar, epp_domain_write_transfer, .extended = true},
	{EPP_TRANSFER, DOMAIN, "cancel", "domain_transfer_cancel", "SELECT * FROM dos.domain_transfer_cancel($1,$2,$3,$4,$5)", 5, 9,
	true, epp_domain_transfer_answer_grammar, epp_domain_write_transfer, .extended = true},

	/* domain, with <rgp:restore> (RFC 3915): no update, but a command of its own */
	{EPP_UPDATE, DOMAIN, "request", "domain_restore_request", "SELECT * FROM dos.domain_restore_request($1,$2,$3,$4,$5)", 5, 3, true,
	epp_domain_restore_grammar, epp_rgp_write_update, .extended = true},
	{EPP_UPDATE, DOMAIN, "report", "domain_restore_report",
	"SELECT * FROM dos.domain_restore_report($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)", 12, 3, true,
	epp_domain_restore_grammar, epp_rgp_write_update, .extended = true},

	/* domain, with <launch:applicationID> (RFC 8334): an application, shown and changed as the domain it asks for */
	{EPP_INFO, DOMAIN, EPP_OP_APPLICATION, "application_info", "SELECT * FROM dos.application_info($1,$2,$3,$4,$5,$6)", 6, 23, false,
	epp_domain_info_grammar, epp_domain_write_info, .extended = true},
	{EPP_UPDATE, DOMAIN, EPP_OP_APPLICATION, "application_update",
	"SELECT * FROM dos.application_update($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22)",
	22, 2, true, epp_domain_update_grammar, NULL, .extended = true},
	{EPP_DELETE, DOMAIN, EPP_OP_APPLICATION, "application_delete", "SELECT * FROM dos.application_delete($1,$2,$3,$4,$5)", 5, 2, true,
	epp_domain_delete_grammar, NULL, .extended = true},

	/* host */
	{EPP_CHECK, HOST, NULL, "host_check", CHECKS("dos.host_check"), 2, 3, false,
	epp_host_check_grammar, epp_check_write, .batched = true},
	{EPP_INFO, HOST, NULL, "host_info", "SELECT * FROM dos.host_info($1,$2,$3)", 3, 12, false,
	epp_host_info_grammar, epp_host_write_info, .extended = true},
	{EPP_CREATE, HOST, NULL, "host_create", "SELECT * FROM dos.host_create($1,$2,$3,$4,$5,$6)", 6, 4, true,
	epp_host_create_grammar, epp_host_write_create, .extended = true},
	{EPP_UPDATE, HOST, NULL, "host_update", "SELECT * FROM dos.host_update($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)", 10, 2, true,
	epp_host_update_grammar, NULL, .extended = true},
	{EPP_DELETE, HOST, NULL, "host_delete", "SELECT * FROM dos.host_delete($1,$2,$3,$4)", 4, 1, true,
	epp_host_delete_grammar, NULL},

	/* contact */
	{EPP_CHECK, CONTACT, NULL, "contact_check", CHECKS("dos.contact_check"), 2, 3, false,
	epp_contact_check_grammar, epp_check_write, .batched = true},
	{EPP_INFO, CONTACT, NULL, "contact_info", "SELECT * FROM dos.contact_info($1,$2,$3,$4,$5)", 5, 20, false,
	epp_contact_info_grammar, epp_contact_write_info, .extended = true},
	{EPP_CREATE, CONTACT, NULL, "contact_create", "SELECT * FROM dos.contact_create($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15)",
	15, 4, true, epp_contact_create_grammar, epp_contact_write_create, .extended = true},
	{EPP_UPDATE, CONTACT, NULL, "contact_update",
	"SELECT * FROM dos.contact_update($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17)",
	17, 2, true, epp_contact_update_grammar, NULL, .extended = true},
	{EPP_DELETE, CONTACT, NULL, "contact_delete", "SELECT * FROM dos.contact_delete($1,$2,$3,$4)", 4, 1, true,
	epp_contact_delete_grammar, NULL},
	{EPP_TRANSFER, CONTACT, "query", "contact_transfer_query", "SELECT * FROM dos.contact_transfer_query($1,$2,$3,$4)", 4, 8, false,
	epp_contact_transfer_query_grammar, epp_contact_write_transfer},
	{EPP_TRANSFER, CONTACT, "request", "contact_transfer_request", "SELECT * FROM dos.contact_transfer_request($1,$2,$3,$4,$5,$6)", 6, 8,
	true, epp_contact_transfer_query_grammar, epp_contact_write_transfer},
	{EPP_TRANSFER, CONTACT, "approve", "contact_transfer_approve", "SELECT * FROM dos.contact_transfer_approve($1,$2,$3,$4)", 4, 8,
	true, epp_contact_transfer_answer_grammar, epp_contact_write_transfer},
	{EPP_TRANSFER, CONTACT, "reject", "contact_transfer_reject", "SELECT * FROM dos.contact_transfer_reject($1,$2,$3,$4)", 4, 8,
	true, epp_contact_transfer_answer_grammar, epp_contact_write_transfer},
	{EPP_TRANSFER, CONTACT, "cancel", "contact_transfer_cancel", "SELECT * FROM dos.contact_transfer_cancel($1,$2,$3,$4)", 4, 8,
	true, epp_contact_transfer_answer_grammar, epp_contact_write_transfer},

	/* organization; the grammars of create and update fill one object, which is the last parameter */
	{EPP_CHECK, ORG, NULL, "org_check", CHECKS("dos.org_check"), 2, 3, false,
	epp_org_check_grammar, epp_check_write, .batched = true},
	{EPP_INFO, ORG, NULL, "org_info", "SELECT * FROM dos.org_info($1,$2)", 2, 4, false, epp_org_info_grammar, epp_org_write_info},
	{EPP_CREATE, ORG, NULL, "org_create", "SELECT o.*, NULL AS extension FROM dos.org_create($1,$2,$5,$3,$4) AS o", 5, 4, true,
	epp_org_create_grammar, epp_contact_write_create, .extended = true},
	{EPP_UPDATE, ORG, NULL, "org_update", "SELECT o.*, NULL AS extension FROM dos.org_update($1,$2,$5,$3,$4) AS o (code)", 5, 2, true,
	epp_org_update_grammar, NULL, .extended = true},
	{EPP_DELETE, ORG, NULL, "org_delete", "SELECT * FROM dos.org_delete($1,$2,$3,$4)", 4, 1, true, epp_org_delete_grammar, NULL},

	/* the registrar's own account */
	{EPP_INFO, EPP_SERVICE_BALANCE, NULL, "balance_info", "SELECT * FROM dos.balance_info($1)", 1, 7, false,
	epp_balance_info_grammar, epp_balance_write_info},
	{EPP_INFO, EPP_SERVICE_FUNDS, NULL, "funds_info", "SELECT * FROM dos.funds_info($1)", 1, 7, false,
	epp_balance_info_grammar, epp_funds_write_info},

	/* maintenance windows */
	{EPP_INFO, EPP_SERVICE_MAINT, NULL, "maintenance_info", "SELECT * FROM dos.maintenance_info($1,$2)", 2, 2, false,
	epp_maint_info_grammar, epp_maint_write_info},
};

const int	epp_command_count = sizeof(epp_commands) / sizeof(epp_commands[0]);

/* The drafts of fee-1.0 differ in the check. */
#define FEE_DRAFT(service, check) \
	{service, EPP_CHECK, DOMAIN, NULL, check}, \
	{service, EPP_CREATE, DOMAIN, NULL, epp_fee_draft_create_grammar}, \
	{service, EPP_RENEW, DOMAIN, NULL, epp_fee_draft_renew_grammar}, \
	{service, EPP_TRANSFER, DOMAIN, "request", epp_fee_draft_transfer_grammar}, \
	{service, EPP_UPDATE, DOMAIN, NULL, epp_fee_draft_update_grammar}, \
	{service, EPP_UPDATE, DOMAIN, "request", epp_fee_draft_update_grammar}, \
	{service, EPP_UPDATE, DOMAIN, EPP_OP_APPLICATION, epp_fee_draft_update_grammar}

const EppExtension epp_extensions[] = {
	{EPP_SERVICE_LOGINSEC, EPP_LOGIN, EPP_NO_SERVICE, NULL, epp_loginsec_grammar},
	{SECDNS, EPP_CREATE, DOMAIN, NULL, epp_secdns_create_grammar},
	{SECDNS, EPP_UPDATE, DOMAIN, NULL, epp_secdns_update_grammar},
	{SECDNS, EPP_UPDATE, DOMAIN, EPP_OP_APPLICATION, epp_secdns_update_grammar},
	{RGP, EPP_UPDATE, DOMAIN, "request", epp_rgp_request_grammar},
	{RGP, EPP_UPDATE, DOMAIN, "report", epp_rgp_report_grammar},

	{FEE, EPP_CHECK, DOMAIN, NULL, epp_fee_check_grammar},
	{FEE, EPP_CREATE, DOMAIN, NULL, epp_fee_create_grammar},
	{FEE, EPP_RENEW, DOMAIN, NULL, epp_fee_renew_grammar},
	{FEE, EPP_TRANSFER, DOMAIN, "request", epp_fee_transfer_grammar},
	{FEE, EPP_UPDATE, DOMAIN, NULL, epp_fee_update_grammar},
	{FEE, EPP_UPDATE, DOMAIN, "request", epp_fee_update_grammar},
	{FEE, EPP_UPDATE, DOMAIN, EPP_OP_APPLICATION, epp_fee_update_grammar},
	FEE_DRAFT(EPP_SERVICE_FEE_07, epp_fee_07_check_grammar),
	{EPP_SERVICE_FEE_07, EPP_INFO, DOMAIN, NULL, epp_fee_07_info_grammar},
	FEE_DRAFT(EPP_SERVICE_FEE_08, epp_fee_07_check_grammar),
	FEE_DRAFT(EPP_SERVICE_FEE_09, epp_fee_09_check_grammar),
	FEE_DRAFT(EPP_SERVICE_FEE_011, epp_fee_011_check_grammar),
	FEE_DRAFT(EPP_SERVICE_FEE_012, epp_fee_012_check_grammar),

	{TOKEN, EPP_CHECK, DOMAIN, NULL, epp_token_grammar},
	{TOKEN, EPP_INFO, DOMAIN, NULL, epp_token_info_grammar},
	{TOKEN, EPP_INFO, DOMAIN, EPP_OP_APPLICATION, epp_token_info_grammar},
	{TOKEN, EPP_CREATE, DOMAIN, NULL, epp_token_grammar},
	{TOKEN, EPP_TRANSFER, DOMAIN, "request", epp_token_grammar},
	{TOKEN, EPP_UPDATE, DOMAIN, NULL, epp_token_grammar},
	{TOKEN, EPP_UPDATE, DOMAIN, EPP_OP_APPLICATION, epp_token_grammar},

	{LAUNCH, EPP_CHECK, DOMAIN, NULL, epp_launch_check_grammar},
	{LAUNCH, EPP_INFO, DOMAIN, NULL, epp_launch_info_grammar},
	{LAUNCH, EPP_INFO, DOMAIN, EPP_OP_APPLICATION, epp_launch_info_grammar},
	{LAUNCH, EPP_CREATE, DOMAIN, NULL, epp_launch_create_grammar},
	{LAUNCH, EPP_UPDATE, DOMAIN, EPP_OP_APPLICATION, epp_launch_update_grammar},
	{LAUNCH, EPP_DELETE, DOMAIN, EPP_OP_APPLICATION, epp_launch_delete_grammar},

	{IDN, EPP_CREATE, DOMAIN, NULL, epp_idn_grammar},

	{TTL, EPP_INFO, DOMAIN, NULL, epp_ttl_info_grammar},
	{TTL, EPP_INFO, DOMAIN, EPP_OP_APPLICATION, epp_ttl_info_grammar},
	{TTL, EPP_CREATE, DOMAIN, NULL, epp_ttl_create_grammar},
	{TTL, EPP_UPDATE, DOMAIN, NULL, epp_ttl_update_grammar},
	{TTL, EPP_UPDATE, DOMAIN, EPP_OP_APPLICATION, epp_ttl_update_grammar},
	{TTL, EPP_INFO, HOST, NULL, epp_ttl_info_grammar},
	{TTL, EPP_CREATE, HOST, NULL, epp_ttl_create_grammar},
	{TTL, EPP_UPDATE, HOST, NULL, epp_ttl_update_grammar},

	{ORGEXT, EPP_CREATE, DOMAIN, NULL, epp_orgext_create_grammar},
	{ORGEXT, EPP_UPDATE, DOMAIN, NULL, epp_orgext_update_grammar},
	{ORGEXT, EPP_UPDATE, DOMAIN, EPP_OP_APPLICATION, epp_orgext_update_grammar},
	{ORGEXT, EPP_CREATE, HOST, NULL, epp_orgext_create_grammar},
	{ORGEXT, EPP_UPDATE, HOST, NULL, epp_orgext_update_grammar},
	{ORGEXT, EPP_CREATE, CONTACT, NULL, epp_orgext_create_grammar},
	{ORGEXT, EPP_UPDATE, CONTACT, NULL, epp_orgext_update_grammar},

	{ADDL_EMAIL, EPP_CREATE, CONTACT, NULL, epp_addl_email_grammar},
	{ADDL_EMAIL, EPP_UPDATE, CONTACT, NULL, epp_addl_email_grammar},
};

const int	epp_extension_count = sizeof(epp_extensions) / sizeof(epp_extensions[0]);

/* Both none, or the same. */
static bool
is_op(const char *op, const char *wanted)
{
	return op == NULL || wanted == NULL ? op == wanted : strcmp(op, wanted) == 0;
}

const EppCommand *
epp_command_find(EppVerb verb, int service, const char *op)
{
	const EppCommand *nearest = NULL;

	for (int i = 0; i < epp_command_count; i++)
	{
		const EppCommand *command = &epp_commands[i];

		if (command->verb != verb || command->service != service)
			continue;
		if (is_op(command->op, op))
			return command;
		if (nearest == NULL)
			nearest = command;
	}
	return nearest;
}

bool
epp_command_is_restore(const EppCommand *command)
{
	return command->verb == EPP_UPDATE && command->op && strcmp(command->op, EPP_OP_APPLICATION) != 0;
}

const EppExtension *
epp_extension_find(int extension, const EppCommand *command)
{
	for (int i = 0; i < epp_extension_count; i++)
	{
		const EppExtension *e = &epp_extensions[i];

		if ((int) e->extension == extension && e->verb == command->verb && e->object == command->service
			&& is_op(e->op, command->op))
			return e;
	}
	return NULL;
}
