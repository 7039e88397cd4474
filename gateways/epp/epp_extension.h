/*
 * epp_extension.h
 *		What extensions say, in commands and answers, as JSON between gateway and database.
 *
 * A command: their grammars (AS_MEMBER and the like) fill one object, the last
 * parameter of the verb. An answer: the last column of the verb is such an
 * object too; each of its members has one writer, in the file of the extension.
 */
#ifndef EPP_EXTENSION_H
#define EPP_EXTENSION_H

#include "epp_commands.h"
#include "epp_parameters.h"

/* What the answer says under one key: of a check one value for each name (some may be NULL), else one. */
typedef struct EppPart
{
	const EppCommand *command;
	const PGresult *result;
	int			first_row;
	int			count;
	json_t	  **values;
} EppPart;

/* Of extensions that a session agreed to and that only answers have: ask for what they say. */
void		epp_extensions_expect(const EppCommand *command, EppServices services, EppParameters *parameters);

/* Write what the last column says. */
void		epp_extensions_write(EppResponse *response, const EppCommand *command, const PGresult *result);

/* ---- for writers ---- */

/* NULL if there is no such text */
const char *epp_member(const json_t *object, const char *key);

/* <fee:NAME>text</fee:NAME>, if the object has the member; numbers too */
void		epp_write_member(EppResponse *response, const char *name, const json_t *object, const char *key);

/* ' name="text"', if the object has the member; true is 1 and false 0 */
void		epp_write_member_attribute(EppResponse *response, const char *name, const json_t *object, const char *key);

void		epp_fee_write(EppResponse *response, const EppPart *part);
void		epp_token_write(EppResponse *response, const EppPart *part);
void		epp_launch_write(EppResponse *response, const EppPart *part);
void		epp_idn_write(EppResponse *response, const EppPart *part);
void		epp_bdn_write(EppResponse *response, const EppPart *part);
void		epp_ttl_write(EppResponse *response, const EppPart *part);
void		epp_orgext_write(EppResponse *response, const EppPart *part);
void		epp_addl_email_write(EppResponse *response, const EppPart *part);
void		epp_change_poll_write(EppResponse *response, const EppPart *part);

#endif
