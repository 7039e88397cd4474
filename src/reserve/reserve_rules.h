/*
 * reserve_rules.h
 *	  Classes of reserved names, strongest first. Pure.
 */
#ifndef DOS_RESERVE_RULES_H
#define DOS_RESERVE_RULES_H

#include <stdbool.h>

typedef struct ReservedClass
{
	const char *name;
	const char *answer;			/* what domain:check says, at most 32 characters */
	bool		token;			/* an allocation token may release it */
	bool		phase;			/* a launch phase may release it */
	bool		on_hold;		/* released by a phase, the domain is created with serverHold */
} ReservedClass;

extern const ReservedClass dos_reserved_classes[];	/* ended by a row without name */

/* The place of a class, 0 the strongest; -1 if there is no such class. */
extern int	dos_reserved_rank(const char *name);

#endif
