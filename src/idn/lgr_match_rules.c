/*
 * lgr_match_rules.c
 *	  Classes, context rules and whole-label rules (RFC 7940 section 6), matched by backtracking.
 */
#include "idn/lgr_rules.h"

#include <string.h>
#include <unicode/uchar.h>

/* What comes after the nodes in hand: the rest of the rule around them, or a place where to end. */
typedef struct Rest
{
	const LgrNode *nodes;
	int			must_end;		/* -1: anywhere */
	const struct Rest *outer;
} Rest;

typedef struct Match
{
	const Lgr  *lgr;
	const LgrLabel *label;
	int			anchor;
	int			anchor_length;
	int		   *steps;
} Match;

static bool match_nodes(const Match *match, const LgrNode *node, int at, const Rest *rest);

bool
dos_lgr_class_has(const Lgr *lgr, const LgrClass *class, uint32_t cp)
{
	bool		first;
	bool		result;

	switch (class->kind)
	{
		case CLASS_RANGES:
			for (int i = 0; i < class->range_count; i++)
				if (class->ranges[i][0] <= cp && cp <= class->ranges[i][1])
					return true;
			return false;
		case CLASS_PROPERTY:
			if (class->property == UCHAR_GENERAL_CATEGORY_MASK)
				return (U_MASK(u_charType((UChar32) cp)) & class->value) != 0;
			return (uint32_t) u_getIntPropertyValue((UChar32) cp, (UProperty) class->property) == class->value;
		default:
			break;
	}
	first = class->operands != NULL && dos_lgr_class_has(lgr, class->operands, cp);
	if (class->kind == CLASS_COMPLEMENT)
		return !first;
	result = first;
	for (const LgrClass *operand = class->operands ? class->operands->sibling : NULL; operand != NULL; operand = operand->sibling)
	{
		bool		has = dos_lgr_class_has(lgr, operand, cp);

		switch (class->kind)
		{
			case CLASS_UNION:
				result |= has;
				break;
			case CLASS_INTERSECTION:
				result &= has;
				break;
			case CLASS_DIFFERENCE:
				result &= !has;
				break;
			default:
				result ^= has;
		}
	}
	return result;
}

static bool
match_rest(const Match *match, int at, const Rest *rest)
{
	if (rest == NULL)
		return true;
	if (rest->must_end >= 0)
		return at == rest->must_end;
	return match_nodes(match, rest->nodes, at, rest->outer);
}

/* One copy of the node, then what follows. */
static bool
match_one(const Match *match, const LgrNode *node, int at, const Rest *rest)
{
	const LgrLabel *label = match->label;

	switch (node->kind)
	{
		case NODE_CHAR:
			return at + node->length <= label->length &&
				memcmp(label->cp + at, node->cp, node->length * sizeof(uint32_t)) == 0 &&
				match_rest(match, at + node->length, rest);
		case NODE_CLASS:
			return at < label->length && dos_lgr_class_has(match->lgr, node->class, label->cp[at]) && match_rest(match, at + 1, rest);
		case NODE_ANY:
			return at < label->length && match_rest(match, at + 1, rest);
		case NODE_START:
			return at == 0 && match_rest(match, at, rest);
		case NODE_END:
			return at == label->length && match_rest(match, at, rest);
		case NODE_ANCHOR:
			return at == match->anchor && match_rest(match, at + match->anchor_length, rest);
		case NODE_RULE:
			return match_nodes(match, node->children, at, rest);
		case NODE_CHOICE:
			for (const LgrNode *child = node->children; child != NULL; child = child->next)
			{
				LgrNode		alone = *child;

				alone.next = NULL;
				if (match_nodes(match, &alone, at, rest))
					return true;
			}
			return false;
		case NODE_AHEAD:
			return match_nodes(match, node->children, at, NULL) && match_rest(match, at, rest);
		case NODE_BEHIND:
			for (int from = at; from >= 0; from--)
			{
				Rest		here = {.must_end = at};

				if (match_nodes(match, node->children, from, &here))
					return match_rest(match, at, rest);
			}
			return false;
	}
	return false;
}

/* `done` copies have matched up to `at`: more of them as long as it goes, then what follows the node. */
static bool
match_count(const Match *match, const LgrNode *node, int done, int at, const Rest *rest)
{
	if (--*match->steps < 0)
		return false;
	if (done < node->max)
	{
		/* every copy but zero-width ones moves on; a copy is followed by the decision about the next one */
		if (node->kind == NODE_CHAR || node->kind == NODE_CLASS || node->kind == NODE_ANY)
		{
			int			width = node->kind == NODE_CHAR ? node->length : 1;

			if (match_one(match, node, at, NULL) && match_count(match, node, done + 1, at + width, rest))
				return true;
		}
		else
		{
			/* the copies of a group may have any width: try each */
			for (int to = match->label->length; to >= at; to--)
			{
				Rest		here = {.must_end = to};

				if ((to > at || node->max == 1) && match_one(match, node, at, &here) && match_count(match, node, done + 1, to, rest))
					return true;
			}
		}
	}
	return done >= node->min && match_nodes(match, node->next, at, rest);
}

static bool
match_nodes(const Match *match, const LgrNode *node, int at, const Rest *rest)
{
	Rest		after;

	if (--*match->steps < 0)
		return false;
	if (node == NULL)
		return match_rest(match, at, rest);
	if (node->min != 1 || node->max != 1)
		return match_count(match, node, 0, at, rest);
	after = (Rest) {.nodes = node->next, .must_end = -1, .outer = rest};
	return match_one(match, node, at, node->next == NULL ? rest : &after);
}

bool
dos_lgr_matches(const Lgr *lgr, const LgrRule *rule, const LgrLabel *label, int anchor, int anchor_length, int *steps)
{
	Match		match = {lgr, label, anchor, anchor_length, steps};

	for (int from = 0; from <= label->length; from++)
		if (match_nodes(&match, rule->nodes, from, NULL))
			return true;
	return false;
}
