/*
 * transition_rules.h
 *	  One row of a law that is a table: what leads from one status to the next. Pure.
 */
#ifndef DOS_TRANSITION_RULES_H
#define DOS_TRANSITION_RULES_H

typedef struct Transition
{
	const char *from;
	const char *to;
	const char *by;				/* command, clock, registry */
	const char *what;			/* which command or act, or which period is over */
} Transition;

#endif
