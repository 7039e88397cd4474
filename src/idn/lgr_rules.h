/*
 * lgr_rules.h
 *	  Label generation rulesets (RFC 7940): repertoire, variants, context and whole-label rules. Pure.
 *
 * A ruleset is read once from XML or from the text form of RFC 4290 and never changed. All memory is in its
 * arena and goes with dos_lgr_free(). Whatever the input, evaluation ends: steps are counted.
 */
#ifndef DOS_LGR_RULES_H
#define DOS_LGR_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LGR_LABEL_MAX		63		/* code points of a label */
#define LGR_SEQUENCE_MAX	16		/* code points of a sequence */
#define LGR_STEPS_MAX		200000	/* of one evaluation */

typedef struct LgrLabel
{
	uint32_t	cp[LGR_LABEL_MAX];
	int			length;
} LgrLabel;

/* a set of code points, as an expression */
typedef enum LgrClassKind
{
	CLASS_RANGES,
	CLASS_PROPERTY,
	CLASS_UNION,
	CLASS_INTERSECTION,
	CLASS_DIFFERENCE,
	CLASS_SYMMETRIC,
	CLASS_COMPLEMENT
} LgrClassKind;

typedef struct LgrClass
{
	LgrClassKind kind;
	const char *name;			/* NULL: anonymous */
	struct LgrClass *next;		/* named classes */
	struct LgrClass *sibling;	/* operands */
	struct LgrClass *operands;
	uint32_t  (*ranges)[2];
	int			range_count;
	const char *tag;			/* its ranges are filled in when all code points are known */
	struct LgrClass *next_tagged;
	int			property;		/* ICU's numbers */
	uint32_t	value;
} LgrClass;

typedef enum LgrNodeKind
{
	NODE_CHAR,
	NODE_CLASS,
	NODE_ANY,
	NODE_START,
	NODE_END,
	NODE_CHOICE,
	NODE_RULE,
	NODE_BEHIND,
	NODE_AHEAD,
	NODE_ANCHOR
} LgrNodeKind;

typedef struct LgrNode
{
	LgrNodeKind kind;
	int			min;			/* how often */
	int			max;
	struct LgrNode *next;		/* what follows in the same rule */
	struct LgrNode *children;	/* of rule, choice, look-behind, look-ahead */
	const LgrClass *class;
	uint32_t	cp[LGR_SEQUENCE_MAX];
	int			length;
} LgrNode;

typedef struct LgrRule
{
	const char *name;
	LgrNode    *nodes;
	struct LgrRule *next;
} LgrRule;

typedef struct LgrVariant
{
	uint32_t	cp[LGR_SEQUENCE_MAX];
	int			length;
	const char *type;
	const char *when;			/* name of a rule, or NULL */
	bool		negated;		/* not-when */
	const LgrRule *rule;
	struct LgrVariant *next;
} LgrVariant;

typedef struct LgrChar
{
	uint32_t	cp[LGR_SEQUENCE_MAX];	/* of a range: the first */
	int			length;
	uint32_t	last;			/* of a range; the same as cp[0] otherwise */
	const char *tags;			/* space-separated */
	const char *when;
	bool		negated;
	const LgrRule *rule;
	LgrVariant *variants;
	struct LgrChar *next;
} LgrChar;

typedef struct LgrAction
{
	const char *disposition;
	const LgrRule *match;
	const LgrRule *not_match;
	const char *any_variant;	/* space-separated types */
	const char *all_variants;
	const char *only_variants;
	struct LgrAction *next;
} LgrAction;

typedef struct Lgr
{
	struct LgrBlock *arena;
	LgrChar    *chars;
	LgrChar    *last_char;
	LgrChar   **sorted;			/* by first code point, longest sequence first */
	int			char_count;
	uint32_t	range_reach;	/* longest range: how far before a code point its entry may begin */
	LgrClass   *classes;
	LgrClass   *tagged;
	LgrRule    *rules;
	LgrAction  *actions;
	LgrAction  *last_action;
	bool		has_variants;
	char		language[64];
	char		version[64];
} Lgr;

typedef enum LgrVerdict
{
	LGR_VALID,
	LGR_NOT_IN_REPERTOIRE,		/* `at` is the code point */
	LGR_CONTEXT,				/* `at` breaks the context rule `rule` */
	LGR_INVALID,				/* an action says so; `rule` is what it matched, or NULL */
	LGR_TOO_COMPLEX
} LgrVerdict;

typedef struct LgrFinding
{
	LgrVerdict	verdict;
	int			at;
	const char *rule;
} LgrFinding;

/* Read a ruleset; NULL with a message in `error` (one line, always ended) when it cannot be. */
extern Lgr *dos_lgr_read_xml(const char *xml, size_t length, char *error, size_t size);
extern Lgr *dos_lgr_read_text(const char *text, size_t length, char *error, size_t size);
extern void dos_lgr_free(Lgr *lgr);

/* Code points of UTF-8 text; false when it is none or too long. And back; `text` has room for 4 bytes each and one more. */
extern bool dos_lgr_label(const char *text, size_t length, LgrLabel *label);
extern void dos_lgr_text(const LgrLabel *label, char *text);

/* May the label be registered? (RFC 7940 section 8.1) */
extern LgrFinding dos_lgr_judge(const Lgr *lgr, const LgrLabel *label);

/* The label that stands for all variants of this one (section 8.5); a label outside the repertoire keeps its code points. */
extern void dos_lgr_index(const Lgr *lgr, const LgrLabel *label, LgrLabel *index);

/* What `other` is as a variant of `label`: a disposition, or NULL when it is none of its variants (section 8.3). */
extern const char *dos_lgr_disposition(const Lgr *lgr, const LgrLabel *label, const LgrLabel *other);

/* Give each variant label and its disposition to `take`, at most `limit`; false when there are more. */
typedef void (*LgrTake) (const LgrLabel *variant, const char *disposition, void *context);
extern bool dos_lgr_variants(const Lgr *lgr, const LgrLabel *label, int limit, LgrTake take, void *context);

/* --- between the files of this room --- */
extern void *dos_lgr_alloc(Lgr *lgr, size_t size);
extern char *dos_lgr_copy(Lgr *lgr, const char *text);
extern Lgr *dos_lgr_new(void);
extern LgrChar *dos_lgr_add_char(Lgr *lgr, const uint32_t *cp, int length, uint32_t last);
extern LgrVariant *dos_lgr_add_variant(Lgr *lgr, LgrChar *entry, const uint32_t *cp, int length, const char *type);
extern LgrRule *dos_lgr_rule(const Lgr *lgr, const char *name);

/* Sort and bind names to rules; false with a message when a name is not defined or the data contradict each other. */
extern bool dos_lgr_finish(Lgr *lgr, char *error, size_t size);
extern bool dos_lgr_class_has(const Lgr *lgr, const LgrClass *class, uint32_t cp);

/* Does the rule match somewhere in the label; with its anchor, if it has one, at this place? Counts *steps down. */
extern bool dos_lgr_matches(const Lgr *lgr, const LgrRule *rule, const LgrLabel *label, int anchor, int anchor_length, int *steps);

#endif
