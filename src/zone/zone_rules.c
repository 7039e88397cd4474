/*
 * zone_rules.c
 *	  Label rules of a zone, and the table of its states.
 */
#include "zone/zone_rules.h"

#include <stdio.h>
#include <string.h>

static const struct
{
	const char *reason;
	const char *answer;
}			problems[LABEL_PROBLEM_COUNT] = {
	[LABEL_OK] = {"", ""},
	[LABEL_DEPTH] = {"domain_label_depth", "Not directly under a zone"},
	[LABEL_SHORT] = {"domain_label_short", "Label too short"},
	[LABEL_LONG] = {"domain_label_long", "Label too long"},
	[LABEL_CHARACTERS_FEW] = {"domain_label_characters_few", "Label has too few characters"},
	[LABEL_CHARACTERS_MANY] = {"domain_label_characters_many", "Label has too many characters"},
	[LABEL_HYPHENS] = {"domain_label_hyphens", "Hyphens in places 3 and 4"},
	[LABEL_DIGITS] = {"domain_label_digits", "Label of digits only"},
	[LABEL_PATTERN] = {"domain_label_pattern", "Not allowed in this zone"},
	[LABEL_ZONE] = {"domain_label_zone", "Name of a zone"},
	[LABEL_RECORDS] = {"domain_label_records", "Used by the registry"},
};

LabelProblem
dos_zone_label_judge(const LabelPolicy *policy, const char *label, size_t length, int characters)
{
	if (memchr(label, '.', length) != NULL)
		return LABEL_DEPTH;
	if ((int) length < policy->octets_min)
		return LABEL_SHORT;
	if ((int) length > policy->octets_max)
		return LABEL_LONG;
	if (characters < policy->characters_min)
		return LABEL_CHARACTERS_FEW;
	if (characters > policy->characters_max)
		return LABEL_CHARACTERS_MANY;
	if (length >= 4 && label[2] == '-' && label[3] == '-' && !(policy->idn && memcmp(label, "xn", 2) == 0))
		return LABEL_HYPHENS;
	if (!policy->digits_only)
	{
		size_t		digits = 0;

		while (digits < length && label[digits] >= '0' && label[digits] <= '9')
			digits++;
		if (digits == length)
			return LABEL_DIGITS;
	}
	return LABEL_OK;
}

const char *
dos_zone_label_reason(LabelProblem problem)
{
	return problems[problem].reason;
}

const char *
dos_zone_label_answer(LabelProblem problem)
{
	return problems[problem].answer;
}

void
dos_zone_label_explain(LabelProblem problem, const LabelPolicy *policy, const char *zone, char *text, size_t size)
{
	switch (problem)
	{
		case LABEL_DEPTH:
			snprintf(text, size, "Names are registered directly under \"%s\".", zone);
			break;
		case LABEL_SHORT:
			snprintf(text, size, "A label has at least %d octets.", policy->octets_min);
			break;
		case LABEL_LONG:
			snprintf(text, size, "A label has at most %d octets.", policy->octets_max);
			break;
		case LABEL_CHARACTERS_FEW:
			snprintf(text, size, "A label has at least %d characters.", policy->characters_min);
			break;
		case LABEL_CHARACTERS_MANY:
			snprintf(text, size, "A label has at most %d characters.", policy->characters_max);
			break;
		case LABEL_HYPHENS:
			snprintf(text, size, "The third and fourth characters may not both be hyphens.");
			break;
		case LABEL_DIGITS:
			snprintf(text, size, "A label of digits alone is not taken.");
			break;
		case LABEL_PATTERN:
			snprintf(text, size, "The label does not match the pattern of the zone.");
			break;
		case LABEL_ZONE:
			snprintf(text, size, "The name is that of a zone of this registry.");
			break;
		case LABEL_RECORDS:
			snprintf(text, size, "The registry uses the name itself.");
			break;
		default:
			text[0] = '\0';
	}
}

const ZoneStateRule dos_zone_states[] = {
	/* state			 check	create change */
	{"predelegation", false, false, false},
	{"sunrise", true, true, true},
	{"quiet", true, false, true},
	{"general", true, true, true},
	{"test", true, true, true},
	{NULL, false, false, false},
};

int
dos_zone_state_rank(const char *state)
{
	for (int i = 0; dos_zone_states[i].state != NULL; i++)
		if (strcmp(dos_zone_states[i].state, state) == 0)
			return i;
	return -1;
}

bool
dos_zone_state_allows(const char *state, const char *verb)
{
	int			rank = dos_zone_state_rank(state);

	if (rank < 0)
		return false;
	if (strcmp(verb, "info") == 0)
		return true;
	if (strcmp(verb, "check") == 0)
		return dos_zone_states[rank].check;
	if (strcmp(verb, "create") == 0)
		return dos_zone_states[rank].create;
	return dos_zone_states[rank].change;
}
