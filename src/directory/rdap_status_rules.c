/*
 * rdap_status_rules.c
 *	  The table of RFC 8056 section 2, and the two rules of the gTLD profile about it: no status twice,
 *	  and "active" never beside another.
 */
#include "directory/rdap_status_rules.h"

#include <string.h>

static const RdapStatusRule rules[] = {
	/* EPP						 RDAP							 defined in */
	{"addPeriod",				 "add period",					 "RFC 3915"},
	{"autoRenewPeriod",			 "auto renew period",			 "RFC 3915"},
	{"clientDeleteProhibited",	 "client delete prohibited",	 "RFC 5731"},
	{"clientHold",				 "client hold",					 "RFC 5731"},
	{"clientRenewProhibited",	 "client renew prohibited",		 "RFC 5731"},
	{"clientTransferProhibited", "client transfer prohibited",	 "RFC 5731"},
	{"clientUpdateProhibited",	 "client update prohibited",	 "RFC 5731"},
	{"inactive",				 "inactive",					 "RFC 5731"},
	{"linked",					 "associated",					 "RFC 5732"},
	{"ok",						 "active",						 "RFC 5731"},
	{"pendingCreate",			 "pending create",				 "RFC 5731"},
	{"pendingDelete",			 "pending delete",				 "RFC 5731"},
	{"pendingRenew",			 "pending renew",				 "RFC 5731"},
	{"pendingRestore",			 "pending restore",				 "RFC 3915"},
	{"pendingTransfer",			 "pending transfer",			 "RFC 5731"},
	{"pendingUpdate",			 "pending update",				 "RFC 5731"},
	{"redemptionPeriod",		 "redemption period",			 "RFC 3915"},
	{"renewPeriod",				 "renew period",				 "RFC 3915"},
	{"serverDeleteProhibited",	 "server delete prohibited",	 "RFC 5731"},
	{"serverHold",				 "server hold",					 "RFC 5731"},
	{"serverRenewProhibited",	 "server renew prohibited",		 "RFC 5731"},
	{"serverTransferProhibited", "server transfer prohibited",	 "RFC 5731"},
	{"serverUpdateProhibited",	 "server update prohibited",	 "RFC 5731"},
	{"transferPeriod",			 "transfer period",				 "RFC 3915"},
};

#define RULE_COUNT	(sizeof(rules) / sizeof(rules[0]))

static const char active[] = "active";

const RdapStatusRule *
dos_rdap_status_rules(size_t *count)
{
	*count = RULE_COUNT;
	return rules;
}

static const char *
rdap_status(const char *epp)
{
	for (size_t i = 0; i < RULE_COUNT; i++)
		if (strcmp(rules[i].epp, epp) == 0)
			return rules[i].rdap;
	return NULL;
}

static bool
is_among(const char *status, const char **list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i], status) == 0)
			return true;
	return false;
}

size_t
dos_rdap_statuses(const DirectoryList *statuses, const char **out)
{
	size_t		count = 0;
	bool		is_active = false;

	for (size_t i = 0; i < statuses->count; i++)
	{
		const char *status = rdap_status(statuses->items[i]);

		if (status == NULL || is_among(status, out, count))
			continue;
		if (strcmp(status, active) == 0)
			is_active = true;
		else
			out[count++] = status;
	}
	if (is_active && count == 0)
		out[count++] = active;
	return count;
}
