/*
 * epp_commands.c
 *		Everything the gateway can ask for.
 *
 * $1 is the registrar of the session; the last two parameters of a
 * transform are clTRID and svTRID. Which element becomes which parameter is
 * said by the grammar, in the file of the object. Result columns are taken by
 * position, in the order of the SQL functions.
 */
#include "epp_commands.h"

#define DOMAIN EPP_SERVICE_DOMAIN
#define HOST EPP_SERVICE_HOST
#define CONTACT EPP_SERVICE_CONTACT
#define SECDNS EPP_SERVICE_SECDNS

/* Checks of several registrars may share a call: $1 their ids, $2 for each an array of names (epp_batch.h). */
#define CHECKS(function) \
	"SELECT c.* FROM unnest($1::text[], $2::text[]) AS g (registrar, names), " function "(g.registrar, g.names::text[]) AS c"

const EppCommand epp_commands[] = {
	/* session */
	{EPP_LOGIN, EPP_NO_SERVICE, "login", "SELECT * FROM dos.epp_login($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)", 10, 2, true,
	epp_login_grammar, NULL},
	{EPP_LOGOUT, EPP_NO_SERVICE, "logout", NULL, 0, 0, false, epp_logout_grammar, NULL},
	{EPP_POLL, EPP_NO_SERVICE, "poll", NULL, 0, 0, false, epp_poll_grammar, NULL},

	/* domain */
	{EPP_CHECK, DOMAIN, "domain_check", CHECKS("dos.domain_check"), 2, 3, false,
	epp_domain_check_grammar, epp_check_write, .batched = true},
	{EPP_INFO, DOMAIN, "domain_info", "SELECT * FROM dos.domain_info($1,$2,$3,$4,$5)", 5, 21, false,
	epp_domain_info_grammar, epp_domain_write_info},
	{EPP_CREATE, DOMAIN, "domain_create", "SELECT * FROM dos.domain_create($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)",
	14, 4, true, epp_domain_create_grammar, epp_domain_write_create},
	{EPP_UPDATE, DOMAIN, "domain_update",
	"SELECT * FROM dos.domain_update($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21)",
	21, 1, true, epp_domain_update_grammar, NULL},
	{EPP_DELETE, DOMAIN, "domain_delete", "SELECT * FROM dos.domain_delete($1,$2,$3,$4)", 4, 1, true,
	epp_domain_delete_grammar, NULL},
	{EPP_RENEW, DOMAIN, "domain_renew", "SELECT * FROM dos.domain_renew($1,$2,$3,$4,$5,$6,$7)", 7, 3, true,
	epp_domain_renew_grammar, epp_domain_write_renew},
	{EPP_TRANSFER, DOMAIN, "domain_transfer", NULL, 0, 0, false, epp_domain_transfer_grammar, NULL},

	/* host */
	{EPP_CHECK, HOST, "host_check", CHECKS("dos.host_check"), 2, 3, false,
	epp_host_check_grammar, epp_check_write, .batched = true},
	{EPP_INFO, HOST, "host_info", "SELECT * FROM dos.host_info($1,$2)", 2, 11, false,
	epp_host_info_grammar, epp_host_write_info},
	{EPP_CREATE, HOST, "host_create", "SELECT * FROM dos.host_create($1,$2,$3,$4,$5)", 5, 3, true,
	epp_host_create_grammar, epp_host_write_create},
	{EPP_UPDATE, HOST, "host_update", "SELECT * FROM dos.host_update($1,$2,$3,$4,$5,$6,$7,$8,$9)", 9, 1, true,
	epp_host_update_grammar, NULL},
	{EPP_DELETE, HOST, "host_delete", "SELECT * FROM dos.host_delete($1,$2,$3,$4)", 4, 1, true,
	epp_host_delete_grammar, NULL},

	/* contact */
	{EPP_CHECK, CONTACT, "contact_check", CHECKS("dos.contact_check"), 2, 3, false,
	epp_contact_check_grammar, epp_check_write, .batched = true},
	{EPP_INFO, CONTACT, "contact_info", "SELECT * FROM dos.contact_info($1,$2,$3,$4)", 4, 19, false,
	epp_contact_info_grammar, epp_contact_write_info},
	{EPP_CREATE, CONTACT, "contact_create", "SELECT * FROM dos.contact_create($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)",
	14, 3, true, epp_contact_create_grammar, epp_contact_write_create},
	{EPP_UPDATE, CONTACT, "contact_update",
	"SELECT * FROM dos.contact_update($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16)",
	16, 1, true, epp_contact_update_grammar, NULL},
	{EPP_DELETE, CONTACT, "contact_delete", "SELECT * FROM dos.contact_delete($1,$2,$3,$4)", 4, 1, true,
	epp_contact_delete_grammar, NULL},
	{EPP_TRANSFER, CONTACT, "contact_transfer", NULL, 0, 0, false, epp_contact_transfer_grammar, NULL},
};

const int	epp_command_count = sizeof(epp_commands) / sizeof(epp_commands[0]);

const EppExtension epp_extensions[] = {
	{SECDNS, EPP_CREATE, DOMAIN, epp_secdns_create_grammar},
	{SECDNS, EPP_UPDATE, DOMAIN, epp_secdns_update_grammar},
};

const int	epp_extension_count = sizeof(epp_extensions) / sizeof(epp_extensions[0]);

const EppCommand *
epp_command_find(EppVerb verb, int service)
{
	for (int i = 0; i < epp_command_count; i++)
		if (epp_commands[i].verb == verb && epp_commands[i].service == service)
			return &epp_commands[i];
	return NULL;
}

const EppExtension *
epp_extension_find(int extension, EppVerb verb, int object)
{
	for (int i = 0; i < epp_extension_count; i++)
	{
		const EppExtension *e = &epp_extensions[i];

		if ((int) e->extension == extension && e->verb == verb && (int) e->object == object)
			return e;
	}
	return NULL;
}
