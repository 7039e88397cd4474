/*
 * das_rules.c
 *	  The table of answers of the availability service.
 */
#include "directory/das_rules.h"

#include <string.h>

static const DasStatusRule rules[DAS_STATUS_COUNT] = {
	[DAS_AVAILABLE]  = {"available",  "may be registered, as far as rules that hold for every registrar can tell"},
	[DAS_REGISTERED] = {"registered", "is registered, or was deleted and is not released yet"},
	[DAS_PREMIUM]    = {"premium",    "may be registered at the price of its class"},
	[DAS_RESERVED]   = {"reserved",   "is kept back by the registry, or is a variant of a registered name"},
	[DAS_CLOSED]     = {"closed",     "cannot be registered now: its zone, or the running launch phase, is not open to everybody"},
	[DAS_INVALID]    = {"invalid",    "is not a domain name, or can never be registered in its zone"},
	[DAS_NOT_SERVED] = {"not-served", "lies in no zone of this registry"},
};

const DasStatusRule *
dos_das_status(DasStatus status)
{
	return &rules[status];
}

DasStatus
dos_das_status_find(const char *word)
{
	for (int status = 0; status < DAS_STATUS_COUNT; status++)
		if (strcmp(rules[status].word, word) == 0)
			return (DasStatus) status;
	return DAS_STATUS_COUNT;
}
