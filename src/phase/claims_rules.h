/*
 * claims_rules.h
 *	  Identifiers of trademark claims notices (RFC 9361 section 6.5). Pure.
 */
#ifndef DOS_CLAIMS_RULES_H
#define DOS_CLAIMS_RULES_H

#include <stdint.h>

typedef enum NoticeProblem
{
	NOTICE_OK,
	NOTICE_FORM,				/* not eight hexadecimal digits and a number of 19 digits */
	NOTICE_CHECKSUM				/* of another label or another expiry */
} NoticeProblem;

/* Is this the identifier of a notice on this label with this expiry, in seconds since 1970 (UTC)? */
extern NoticeProblem dos_claims_notice_judge(const char *id, const char *label, int64_t not_after);

#endif
