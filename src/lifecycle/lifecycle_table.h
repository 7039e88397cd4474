/*
 * lifecycle_table.h
 *	  The phases of a domain's life and what leads from one to the next, as a table. Pure.
 */
#ifndef DOS_LIFECYCLE_TABLE_H
#define DOS_LIFECYCLE_TABLE_H

#include <stddef.h>

typedef struct LifecycleTransition
{
	const char *from;
	const char *to;
	const char *by;				/* command, clock, registry */
	const char *what;			/* which command, or which period of the zone's policy is over */
} LifecycleTransition;

/* The whole table; how many rows it has. */
extern size_t dos_lifecycle_transitions(const LifecycleTransition **table);

#endif
