/*
 * registrar_rules.c
 *	  The table of registrar states.
 */
#include "registrar/registrar_rules.h"

#include <stddef.h>
#include <string.h>

const RegistrarStateRule dos_registrar_states[] = {
	/* state	   reads  writes */
	{"pending", false, false},
	{"ok", true, true},
	{"readonly", true, false},
	{"suspended", false, false},
	{"terminated", false, false},
	{NULL, false, false},
};

static const char *const reading_verbs[] = {"login", "check", "info", NULL};

bool
dos_registrar_reads(const char *verb)
{
	const char *const *reading = reading_verbs;

	while (*reading != NULL && strcmp(*reading, verb) != 0)
		reading++;
	return *reading != NULL;
}

bool
dos_registrar_allows(const char *state, const char *verb)
{
	const RegistrarStateRule *rule = dos_registrar_states;

	while (rule->state != NULL && strcmp(rule->state, state) != 0)
		rule++;
	return dos_registrar_reads(verb) ? rule->reads : rule->writes;
}
