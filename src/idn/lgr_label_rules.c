/*
 * lgr_label_rules.c
 *	  A label against a ruleset (RFC 7940 section 8): is it eligible, which variants has it, what are they.
 */
#include "idn/lgr_rules.h"

#include <string.h>

#define TYPES_MAX	LGR_LABEL_MAX

/* The first entry that may begin with this code point. */
static int
first_entry(const Lgr *lgr, uint32_t cp)
{
	uint32_t	from = cp > lgr->range_reach ? cp - lgr->range_reach : 0;
	int			low = 0;
	int			high = lgr->char_count;

	while (low < high)
	{
		int			middle = low + (high - low) / 2;

		if (lgr->sorted[middle]->cp[0] < from)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool
entry_is_at(const LgrChar *entry, const LgrLabel *label, int at)
{
	if (entry->length == 1)
		return entry->cp[0] <= label->cp[at] && label->cp[at] <= entry->last;
	return at + entry->length <= label->length && memcmp(entry->cp, label->cp + at, entry->length * sizeof(uint32_t)) == 0;
}

static bool
context_holds(const Lgr *lgr, const LgrRule *rule, bool negated, const LgrLabel *label, int at, int length, int *steps)
{
	return rule == NULL || dos_lgr_matches(lgr, rule, label, at, length, steps) != negated;
}

/* The longest entry at this place whose context holds; otherwise NULL, and *blocked is one whose context does not. */
static const LgrChar *
entry_at(const Lgr *lgr, const LgrLabel *label, int at, const LgrChar **blocked, int *steps)
{
	const LgrChar *best = NULL;

	*blocked = NULL;
	for (int i = first_entry(lgr, label->cp[at]); i < lgr->char_count && lgr->sorted[i]->cp[0] <= label->cp[at]; i++)
	{
		const LgrChar *entry = lgr->sorted[i];

		if (!entry_is_at(entry, label, at) || (best != NULL && best->length >= entry->length))
			continue;
		if (context_holds(lgr, entry->rule, entry->negated, label, at, entry->length, steps))
			best = entry;
		else
			*blocked = entry;
	}
	return best;
}

static bool
has_type(const char *types, const char *type)
{
	size_t		length = strlen(type);

	for (const char *at = types; at != NULL && *at != '\0'; at = strchr(at, ' '))
	{
		at += strspn(at, " ");
		if (strncmp(at, type, length) == 0 && (at[length] == ' ' || at[length] == '\0'))
			return true;
	}
	return false;
}

/* Variants applied while a label was made from another. */
typedef struct Applied
{
	const char *types[TYPES_MAX];
	int			count;
	bool		only;			/* every code point comes from a mapping */
} Applied;

static bool
types_any(const Applied *applied, const char *types)
{
	for (int i = 0; i < applied->count; i++)
		if (has_type(types, applied->types[i]))
			return true;
	return false;
}

static bool
types_all(const Applied *applied, const char *types)
{
	for (int i = 0; i < applied->count; i++)
		if (!has_type(types, applied->types[i]))
			return false;
	return applied->count > 0;
}

/* The first action that the label triggers, or the default ones (section 7.6). */
static const char *
disposition_of(const Lgr *lgr, const LgrLabel *label, const Applied *applied, const LgrAction **action, int *steps)
{
	static const char *const defaults[] = {"invalid", "out-of-repertoire-var", "blocked", "blocked"};

	for (*action = lgr->actions; *action != NULL; *action = (*action)->next)
	{
		const LgrAction *a = *action;

		if ((a->match != NULL && !dos_lgr_matches(lgr, a->match, label, -1, 0, steps)) ||
			(a->not_match != NULL && dos_lgr_matches(lgr, a->not_match, label, -1, 0, steps)) ||
			(a->any_variant != NULL && !types_any(applied, a->any_variant)) ||
			(a->all_variants != NULL && !types_all(applied, a->all_variants)) ||
			(a->only_variants != NULL && !(applied->only && types_all(applied, a->only_variants))))
			continue;
		return a->disposition;
	}
	for (int i = 0; i < 4; i += 2)
		if (types_any(applied, defaults[i + 1]))
			return defaults[i];
	return types_all(applied, "allocatable activated") ? "allocatable" : "valid";
}

LgrFinding
dos_lgr_judge(const Lgr *lgr, const LgrLabel *label)
{
	int			steps = LGR_STEPS_MAX;
	Applied		applied = {.count = 0, .only = false};
	const LgrAction *action;
	const LgrChar *blocked;
	const char *disposition;

	for (int at = 0; at < label->length;)
	{
		const LgrChar *entry = entry_at(lgr, label, at, &blocked, &steps);

		if (steps < 0)
			return (LgrFinding) {LGR_TOO_COMPLEX, at, NULL};
		if (entry == NULL)
			return (LgrFinding) {blocked ? LGR_CONTEXT : LGR_NOT_IN_REPERTOIRE, at, blocked ? blocked->when : NULL};
		/* reflexive mappings say what the label is as a variant of itself (section 8.1.1) */
		for (const LgrVariant *variant = entry->variants; variant != NULL; variant = variant->next)
			if (variant->length == entry->length && memcmp(variant->cp, label->cp + at, variant->length * sizeof(uint32_t)) == 0 &&
				context_holds(lgr, variant->rule, variant->negated, label, at, variant->length, &steps))
				applied.types[applied.count++] = variant->type;
		at += entry->length;
	}
	disposition = disposition_of(lgr, label, &applied, &action, &steps);
	if (steps < 0)
		return (LgrFinding) {LGR_TOO_COMPLEX, 0, NULL};
	if (strcmp(disposition, "invalid") == 0)
		return (LgrFinding) {LGR_INVALID, 0, action == NULL ? NULL : action->match ? action->match->name : action->not_match ? action->not_match->name : NULL};
	return (LgrFinding) {LGR_VALID, 0, NULL};
}

static int
sequence_order(const uint32_t *a, int a_length, const uint32_t *b, int b_length)
{
	for (int i = 0; i < a_length && i < b_length; i++)
		if (a[i] != b[i])
			return a[i] < b[i] ? -1 : 1;
	return a_length - b_length;
}

void
dos_lgr_index(const Lgr *lgr, const LgrLabel *label, LgrLabel *index)
{
	index->length = 0;
	for (int at = 0; at < label->length;)
	{
		const LgrChar *entry = NULL;
		const uint32_t *least = label->cp + at;
		int			least_length = 1;
		int			width = 1;

		/* contexts are left out: labels that collide in some context are told apart by their disposition */
		for (int i = first_entry(lgr, label->cp[at]); i < lgr->char_count && lgr->sorted[i]->cp[0] <= label->cp[at]; i++)
			if (entry_is_at(lgr->sorted[i], label, at) && (entry == NULL || lgr->sorted[i]->length > entry->length))
				entry = lgr->sorted[i];
		if (entry != NULL)
		{
			width = least_length = entry->length;
			for (const LgrVariant *variant = entry->variants; variant != NULL; variant = variant->next)
				if (variant->length > 0 && sequence_order(variant->cp, variant->length, least, least_length) < 0)
				{
					least = variant->cp;
					least_length = variant->length;
				}
		}
		for (int i = 0; i < least_length && index->length < LGR_LABEL_MAX; i++)
			index->cp[index->length++] = least[i];
		at += width;
	}
}

/* All ways to make labels from a label by its variant mappings; with a goal, those that make the goal. */
typedef struct Walk
{
	const Lgr  *lgr;
	const LgrLabel *label;
	const LgrLabel *goal;		/* NULL: all */
	LgrLabel	made;
	Applied		applied;
	const LgrVariant *mappings[LGR_LABEL_MAX];
	int			places[LGR_LABEL_MAX];
	int			mapping_count;
	int			steps;
	int			limit;
	LgrTake		take;
	void	   *context;
	const char *found;
} Walk;

static void walk(Walk *w, int at);

static void
walk_end(Walk *w)
{
	const LgrAction *action;
	const char *disposition;
	const LgrChar *blocked;

	if ((w->goal != NULL && w->made.length != w->goal->length) || w->found != NULL)
		return;
	if (w->made.length == w->label->length && memcmp(w->made.cp, w->label->cp, w->made.length * sizeof(uint32_t)) == 0)
		return;
	for (int i = 0; i < w->mapping_count; i++)
		if (!context_holds(w->lgr, w->mappings[i]->rule, w->mappings[i]->negated, &w->made, w->places[i], w->mappings[i]->length, &w->steps))
			return;
	disposition = disposition_of(w->lgr, &w->made, &w->applied, &action, &w->steps);
	/* a variant label stands by its own code points, too */
	for (int at = 0; at < w->made.length && strcmp(disposition, "invalid") != 0;)
	{
		const LgrChar *entry = entry_at(w->lgr, &w->made, at, &blocked, &w->steps);

		if (entry == NULL)
			disposition = "invalid";
		else
			at += entry->length;
	}
	if (w->goal != NULL)
		w->found = disposition;
	else if (strcmp(disposition, "invalid") != 0)
	{
		if (w->limit-- > 0)
			w->take(&w->made, disposition, w->context);
	}
}

/* Append a sequence and go on; take it back afterwards. */
static void
walk_with(Walk *w, const uint32_t *cp, int length, const LgrVariant *mapping, const char *type, int next)
{
	LgrLabel   *made = &w->made;
	bool		only = w->applied.only;
	int			types = w->applied.count;
	int			mappings = w->mapping_count;

	if (made->length + length > LGR_LABEL_MAX ||
		(w->goal != NULL && (made->length + length > w->goal->length ||
							 memcmp(w->goal->cp + made->length, cp, length * sizeof(uint32_t)) != 0)))
		return;
	memcpy(made->cp + made->length, cp, length * sizeof(uint32_t));
	if (mapping != NULL)
	{
		w->places[w->mapping_count] = made->length;
		w->mappings[w->mapping_count++] = mapping;
	}
	if (type != NULL)
		w->applied.types[w->applied.count++] = type;
	else
		w->applied.only = false;
	made->length += length;
	walk(w, next);
	made->length -= length;
	w->applied.count = types;
	w->applied.only = only;
	w->mapping_count = mappings;
}

static void
walk(Walk *w, int at)
{
	const LgrLabel *label = w->label;

	if (--w->steps < 0 || w->found != NULL || w->limit < 0)
		return;
	if (at == label->length)
	{
		walk_end(w);
		return;
	}
	for (int i = first_entry(w->lgr, label->cp[at]); i < w->lgr->char_count && w->lgr->sorted[i]->cp[0] <= label->cp[at]; i++)
	{
		const LgrChar *entry = w->lgr->sorted[i];
		const char *reflexive = NULL;

		if (!entry_is_at(entry, label, at))
			continue;
		for (const LgrVariant *variant = entry->variants; variant != NULL; variant = variant->next)
			if (variant->length == entry->length && memcmp(variant->cp, label->cp + at, variant->length * sizeof(uint32_t)) == 0)
				reflexive = variant->type;
			else
				walk_with(w, variant->cp, variant->length, variant, variant->type, at + entry->length);
		walk_with(w, label->cp + at, entry->length, NULL, reflexive, at + entry->length);
	}
}

const char *
dos_lgr_disposition(const Lgr *lgr, const LgrLabel *label, const LgrLabel *other)
{
	Walk		w = {.lgr = lgr, .label = label, .goal = other, .applied = {.only = true}, .steps = LGR_STEPS_MAX, .limit = 1};

	walk(&w, 0);
	/* what cannot be decided is not given away */
	return w.steps < 0 && w.found == NULL ? "blocked" : w.found;
}

bool
dos_lgr_variants(const Lgr *lgr, const LgrLabel *label, int limit, LgrTake take, void *context)
{
	Walk		w = {.lgr = lgr, .label = label, .applied = {.only = true}, .steps = LGR_STEPS_MAX, .limit = limit, .take = take, .context = context};

	walk(&w, 0);
	return w.steps >= 0 && w.limit >= 0;
}
