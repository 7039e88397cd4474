/*
 * registrar_rules.h
 *	  What a registrar may do in each state. Pure.
 */
#ifndef DOS_REGISTRAR_RULES_H
#define DOS_REGISTRAR_RULES_H

#include <stdbool.h>

typedef struct RegistrarStateRule
{
	const char *state;
	bool		reads;			/* login, check, info */
	bool		writes;			/* everything else */
} RegistrarStateRule;

/* The rules, ended by a row without state. */
extern const RegistrarStateRule dos_registrar_states[];

/* Does this verb only read? */
extern bool dos_registrar_reads(const char *verb);

/* May a registrar in this state use this verb? An unknown state allows nothing. */
extern bool dos_registrar_allows(const char *state, const char *verb);

#endif
