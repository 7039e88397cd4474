/*
 * zone_rules.h
 *	  What a zone says about labels and about verbs. Pure.
 */
#ifndef DOS_ZONE_RULES_H
#define DOS_ZONE_RULES_H

#include <stdbool.h>
#include <stddef.h>

typedef struct LabelPolicy
{
	int			octets_min;
	int			octets_max;
	int			characters_min;
	int			characters_max;
	bool		idn;			/* A-labels are taken */
	bool		digits_only;	/* labels of digits alone are taken */
} LabelPolicy;

typedef enum LabelProblem
{
	LABEL_OK,
	LABEL_DEPTH,
	LABEL_SHORT,
	LABEL_LONG,
	LABEL_CHARACTERS_FEW,
	LABEL_CHARACTERS_MANY,
	LABEL_HYPHENS,
	LABEL_DIGITS,
	LABEL_PATTERN,				/* judged by the caller: the language of patterns is PostgreSQL's */
	LABEL_ZONE,					/* likewise: a zone has this name */
	LABEL_RECORDS,				/* likewise: the operator's own records have it */
	LABEL_PROBLEM_COUNT
} LabelProblem;

/* What is wrong with a canonical label of so many characters as U-label, first objection first. */
extern LabelProblem dos_zone_label_judge(const LabelPolicy *policy, const char *label, size_t length, int characters);

/* The stable reason ("domain_label_short"), and what domain:check says (RFC 5731: at most 32 characters). */
extern const char *dos_zone_label_reason(LabelProblem problem);
extern const char *dos_zone_label_answer(LabelProblem problem);

/* The sentence that explains it, written to `text`. */
extern void dos_zone_label_explain(LabelProblem problem, const LabelPolicy *policy, const char *zone, char *text, size_t size);

/* States of a zone in the order in which they follow each other, and the verbs of each. */
typedef struct ZoneStateRule
{
	const char *state;
	bool		check;
	bool		create;
	bool		change;			/* update, renew, transfer, delete, restore; info is always allowed */
} ZoneStateRule;

extern const ZoneStateRule dos_zone_states[];	/* ended by a row without state */

/* May this verb be used in this state? An unknown state allows nothing. */
extern bool dos_zone_state_allows(const char *state, const char *verb);

/* The place of a state in the order, -1 if there is no such state. */
extern int	dos_zone_state_rank(const char *state);

#endif
