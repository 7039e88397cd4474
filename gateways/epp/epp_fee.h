/*
 * epp_fee.h
 *		Fees: what RFC 8748 and its drafts write alike, and the drafts.
 */
#ifndef EPP_FEE_H
#define EPP_FEE_H

#include "epp_extension.h"
#include "epp_request.h"

/* create, renew, transfer and update have the same content in RFC 8748 and in its drafts, but for the language of a description */
#define EPP_FEE_TRANSFORM(verb, ...) \
	{0, verb, ONE, EPP_ELEMENTS, AS_OBJECT, .key = "fee"}, \
	{1, "currency", OPTIONAL, EPP_CURRENCY, AS_MEMBER, .key = "currency"}, \
	{1, "fee", SOME, EPP_FEE, AS_OBJECTS, .key = "fees", .value = "amount"}, \
	{2, "@description", OPTIONAL, EPP_ANY_TEXT, AS_MEMBER, .key = "description"}, \
	__VA_ARGS__ \
	{2, "@refundable", OPTIONAL, EPP_BOOLEAN, AS_MEMBER, .key = "refundable"}, \
	{2, "@grace-period", OPTIONAL, EPP_DURATION, AS_MEMBER, .key = "grace_period"}, \
	{2, "@applied", OPTIONAL, EPP_FEE_APPLIED, AS_MEMBER, .key = "applied"}, \
	{1, "credit", ANY_NUMBER, EPP_CREDIT, AS_OBJECTS, .key = "credits", .value = "amount"}, \
	{2, "@description", OPTIONAL, EPP_ANY_TEXT, AS_MEMBER, .key = "description"}, \
	__VA_ARGS__ \
	{.name = NULL}

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
