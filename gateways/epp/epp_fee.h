/*
 * epp_fee.h
 *		Fees: what RFC 8748 and its drafts write alike, and the drafts.
 */
#ifndef EPP_FEE_H
#define EPP_FEE_H

#include "epp_extension.h"
#include "epp_request.h"

/* <fee:period>, if there is one; <fee:fee> or <fee:credit>, as often as there are amounts */
void		epp_fee_write_period(EppResponse *response, const json_t *object);
void		epp_fee_write_amounts(EppResponse *response, const char *name, const json_t *amounts);

/* The element of an answer to this verb; NULL: there is none. */
const char *epp_fee_answer_name(EppVerb verb);

/* Which of them an answer is written in: that of the command, else the latest that the session agreed to. */
EppService	epp_fee_dialect(const EppRequest *request, EppServices services);

/* What a draft's check means beyond its words: each command has its own currency and its own reason. */
void		epp_fee_draft_complete(EppParameters *parameters);

/* In the words of response->fee, if that is a draft; else false. */
bool		epp_fee_draft_write(EppResponse *response, const EppPart *part);

#endif
