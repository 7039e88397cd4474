/*
 * application_table_rules.c
 *	  The statuses of launch applications as a table: it decides, and it is the diagram in docs/application.md.
 *
 * RFC 8334 section 2.4.1 leaves the transitions to the server. Here what the registrar changes is validated
 * again, nothing changes while an outcome is being found (pendingAllocation), and final is final.
 */
#include "application/application_rules.h"

#include <string.h>

static const Transition transitions[] = {
	/* from			to				by			what */
	{"requested", "pendingValidation", "command", "create"},
	{"pendingValidation", "pendingValidation", "command", "update"},
	{"validated", "pendingValidation", "command", "update"},
	{"invalid", "pendingValidation", "command", "update"},
	{"custom", "custom", "command", "update"},
	{"pendingValidation", "withdrawn", "command", "delete"},
	{"validated", "withdrawn", "command", "delete"},
	{"invalid", "withdrawn", "command", "delete"},
	{"pendingAllocation", "withdrawn", "command", "delete"},
	{"custom", "withdrawn", "command", "delete"},
	{"pendingValidation", "validated", "registry", "validate"},
	{"invalid", "validated", "registry", "validate"},
	{"custom", "validated", "registry", "validate"},
	{"pendingValidation", "invalid", "registry", "invalidate"},
	{"validated", "invalid", "registry", "invalidate"},
	{"custom", "invalid", "registry", "invalidate"},
	{"validated", "pendingAllocation", "registry", "contend"},
	{"validated", "allocated", "registry", "allocate"},
	{"pendingAllocation", "allocated", "registry", "allocate"},
	{"pendingValidation", "rejected", "registry", "reject"},
	{"validated", "rejected", "registry", "reject"},
	{"invalid", "rejected", "registry", "reject"},
	{"pendingAllocation", "rejected", "registry", "reject"},
	{"custom", "rejected", "registry", "reject"},
	{"pendingValidation", "custom", "registry", "customize"},
	{"validated", "custom", "registry", "customize"},
	{"invalid", "custom", "registry", "customize"},
	{"pendingAllocation", "custom", "registry", "customize"},
	{"custom", "custom", "registry", "customize"},
};

#define TRANSITIONS (sizeof(transitions) / sizeof(transitions[0]))

size_t
dos_application_transitions(const Transition **table)
{
	*table = transitions;
	return TRANSITIONS;
}

const char *
dos_application_next(const char *status, const char *act)
{
	for (size_t i = 0; i < TRANSITIONS; i++)
		if (strcmp(transitions[i].from, status) == 0 && strcmp(transitions[i].what, act) == 0)
			return transitions[i].to;
	return NULL;
}

bool
dos_application_is_final(const char *status)
{
	for (size_t i = 0; i < TRANSITIONS; i++)
		if (strcmp(transitions[i].from, status) == 0)
			return false;
	return true;
}
