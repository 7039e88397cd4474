/*
 * application_rules.h
 *	  The law of launch applications: their statuses and what leads from one to the next (RFC 8334 section 2.4). Pure.
 */
#ifndef DOS_APPLICATION_RULES_H
#define DOS_APPLICATION_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/transition_rules.h"

/* The whole table; how many rows it has. "requested" comes before there is an application, "withdrawn" when there is none any more. */
extern size_t dos_application_transitions(const Transition **table);

/* The status after an act, or NULL if a status does not allow it. */
extern const char *dos_application_next(const char *status, const char *act);

/* Is nothing to be done any more in this status? */
extern bool dos_application_is_final(const char *status);

#endif
