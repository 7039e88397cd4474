/*
 * das_rules.c
 *	  The table of answers of the availability service.
 */
#include "directory/das_rules.h"

static const DasStatusRule rules[DAS_STATUS_COUNT] = {
	[DAS_AVAILABLE]  = {"available",  "may be registered, as far as rules that hold for every registrar can tell"},
	[DAS_REGISTERED] = {"registered", "is registered, or was deleted and is not released yet"},
	[DAS_RESERVED]   = {"reserved",   "is kept back by the registry"},
	[DAS_INVALID]    = {"invalid",    "is not a domain name, or can never be registered in its zone"},
	[DAS_NOT_SERVED] = {"not-served", "lies in no zone of this registry"},
};

const DasStatusRule *
dos_das_status(DasStatus status)
{
	return &rules[status];
}
