/*
 * lifecycle_table.h
 *	  The phases of a domain's life and what leads from one to the next, as a table. Pure.
 */
#ifndef DOS_LIFECYCLE_TABLE_H
#define DOS_LIFECYCLE_TABLE_H

#include <stddef.h>

#include "base/transition_rules.h"

/* The whole table; how many rows it has. */
extern size_t dos_lifecycle_transitions(const Transition **table);

#endif
