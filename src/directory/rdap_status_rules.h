/*
 * rdap_status_rules.h
 *	  EPP and RGP statuses as RDAP says them (RFC 8056), pure.
 */
#ifndef DOS_RDAP_STATUS_RULES_H
#define DOS_RDAP_STATUS_RULES_H

#include "directory/directory_facts.h"

typedef struct RdapStatusRule
{
	const char *epp;
	const char *rdap;
	const char *source;			/* the RFC that defines the EPP status */
} RdapStatusRule;

extern const RdapStatusRule *dos_rdap_status_rules(size_t *count);

/*
 * The RDAP statuses of a set of EPP and RGP statuses, in the order of the set: each once, "active"
 * only when it is the only one, and words without a mapping left out. `out` has room for
 * statuses->count items; returns how many were written.
 */
extern size_t dos_rdap_statuses(const DirectoryList *statuses, const char **out);

#endif
