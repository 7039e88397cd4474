/*
 * epp_commands.h
 *		Everything the gateway can ask for, as one table.
 */
#ifndef EPP_COMMANDS_H
#define EPP_COMMANDS_H

#include "epp_grammar.h"
#include "epp_names.h"
#include "epp_response.h"
#include "gw_db.h"

/* No object: login and the like. */
#define EPP_NO_SERVICE (-1)

typedef struct EppCommand
{
	EppVerb		verb;
	int			service;		/* EPP_SERVICE_DOMAIN, ...; EPP_NO_SERVICE */
	const char *op;				/* of poll, transfer and restore; NULL: there is none */
	const char *name;			/* of the prepared statement, in logs and metrics */
	const char *sql;			/* NULL: known, but not implemented (2101) */
	int			parameters;
	int			columns;		/* of the result, at least */
	bool		transform;		/* the last two parameters (but for the extensions) are cltrid and svtrid */
	const EppRow *grammar;		/* of the object's element, or of the verb's own */
	void		(*write) (EppResponse *response, const PGresult *result);
	bool		batched;		/* a check: calls may be merged */
	bool		extended;		/* the last parameter is what the extensions said, the last column what theirs say */
} EppCommand;

extern const EppCommand epp_commands[];
extern const int epp_command_count;

/* Extensions of commands: their parameters go into the same call. */
typedef struct EppExtension
{
	EppService	extension;
	EppVerb		verb;
	int			object;			/* EPP_NO_SERVICE for login */
	const char *op;				/* of the command it extends */
	const EppRow *grammar;
} EppExtension;

extern const EppExtension epp_extensions[];
extern const int epp_extension_count;

/*
 * The command of a verb, an object and an op. An op that nobody knows finds the first command that has one:
 * the grammar then says what is wrong with it.
 */
const EppCommand *epp_command_find(EppVerb verb, int service, const char *op);

/* The op of info, update and delete that are about a launch application (RFC 8334). */
#define EPP_OP_APPLICATION "application"

/* Is the update one with <rgp:restore> (RFC 3915)? */
bool		epp_command_is_restore(const EppCommand *command);
const EppExtension *epp_extension_find(int extension, const EppCommand *command);

/* The services that the parameters of a login ask for. */
EppServices epp_login_services(EppParameters *parameters);

/* Grammars and writers, each pair in the file of its object. */
extern const EppRow epp_login_grammar[],
			epp_loginsec_grammar[],
			epp_logout_grammar[],
			epp_poll_request_grammar[],
			epp_poll_ack_grammar[],
			epp_domain_check_grammar[],
			epp_domain_info_grammar[],
			epp_domain_create_grammar[],
			epp_domain_update_grammar[],
			epp_domain_delete_grammar[],
			epp_domain_renew_grammar[],
			epp_domain_restore_grammar[],
			epp_domain_transfer_request_grammar[],
			epp_domain_transfer_query_grammar[],
			epp_domain_transfer_answer_grammar[],
			epp_host_check_grammar[],
			epp_host_info_grammar[],
			epp_host_create_grammar[],
			epp_host_update_grammar[],
			epp_host_delete_grammar[],
			epp_contact_check_grammar[],
			epp_contact_info_grammar[],
			epp_contact_create_grammar[],
			epp_contact_update_grammar[],
			epp_contact_delete_grammar[],
			epp_contact_transfer_query_grammar[],
			epp_contact_transfer_answer_grammar[],
			epp_secdns_create_grammar[],
			epp_secdns_update_grammar[],
			epp_rgp_request_grammar[],
			epp_rgp_report_grammar[],
			epp_fee_check_grammar[],
			epp_fee_create_grammar[],
			epp_fee_renew_grammar[],
			epp_fee_transfer_grammar[],
			epp_fee_update_grammar[],
			epp_fee_07_check_grammar[],
			epp_fee_07_info_grammar[],
			epp_fee_09_check_grammar[],
			epp_fee_011_check_grammar[],
			epp_fee_012_check_grammar[],
			epp_fee_draft_create_grammar[],
			epp_fee_draft_renew_grammar[],
			epp_fee_draft_transfer_grammar[],
			epp_fee_draft_update_grammar[],
			epp_token_grammar[],
			epp_token_info_grammar[],
			epp_launch_check_grammar[],
			epp_launch_info_grammar[],
			epp_launch_create_grammar[],
			epp_launch_update_grammar[],
			epp_launch_delete_grammar[],
			epp_idn_grammar[],
			epp_ttl_info_grammar[],
			epp_ttl_create_grammar[],
			epp_ttl_update_grammar[],
			epp_orgext_create_grammar[],
			epp_orgext_update_grammar[],
			epp_addl_email_grammar[],
			epp_org_check_grammar[],
			epp_org_info_grammar[],
			epp_org_create_grammar[],
			epp_org_update_grammar[],
			epp_org_delete_grammar[],
			epp_balance_info_grammar[],
			epp_maint_info_grammar[];

void		epp_domain_write_info(EppResponse *response, const PGresult *result);
void		epp_domain_write_create(EppResponse *response, const PGresult *result);
void		epp_domain_write_renew(EppResponse *response, const PGresult *result);
void		epp_domain_write_transfer(EppResponse *response, const PGresult *result);
void		epp_rgp_write_update(EppResponse *response, const PGresult *result);
void		epp_poll_write_message(EppResponse *response, const PGresult *result);
void		epp_poll_write_ack(EppResponse *response, const PGresult *result);
void		epp_host_write_info(EppResponse *response, const PGresult *result);
void		epp_host_write_create(EppResponse *response, const PGresult *result);
void		epp_contact_write_info(EppResponse *response, const PGresult *result);
void		epp_contact_write_create(EppResponse *response, const PGresult *result);
void		epp_contact_write_transfer(EppResponse *response, const PGresult *result);
void		epp_org_write_info(EppResponse *response, const PGresult *result);
void		epp_balance_write_info(EppResponse *response, const PGresult *result);
void		epp_balance_write_message(EppResponse *response, const PGresult *result);
void		epp_funds_write_info(EppResponse *response, const PGresult *result);
void		epp_maint_write_info(EppResponse *response, const PGresult *result);
void		epp_maint_write_message(EppResponse *response, const PGresult *result);
void		epp_check_write(EppResponse *response, const PGresult *result);

#endif
