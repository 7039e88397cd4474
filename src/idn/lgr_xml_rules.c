/*
 * lgr_xml_rules.c
 *	  Rulesets in XML (RFC 7940) become rulesets in memory. What is not understood is refused, not skipped.
 */
#include "idn/lgr_rules.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

#define DEPTH_MAX	32			/* elements in each other */
#define LGR_URI		"urn:ietf:params:xml:ns:lgr-1.0"

typedef struct Reader
{
	Lgr		   *lgr;
	char	   *error;
	size_t		size;
	bool		failed;
} Reader;

static bool fail(Reader *reader, const xmlNode *node, const char *format, ...) __attribute__((format(printf, 3, 4)));

static bool
fail(Reader *reader, const xmlNode *node, const char *format, ...)
{
	va_list		arguments;
	int			used;

	if (reader->failed)
		return false;
	reader->failed = true;
	used = snprintf(reader->error, reader->size, "line %ld: ", node ? xmlGetLineNo(node) : 0L);
	va_start(arguments, format);
	if (used >= 0 && (size_t) used < reader->size)
		vsnprintf(reader->error + used, reader->size - used, format, arguments);
	va_end(arguments);
	return false;
}

static bool
is(const xmlNode *node, const char *name)
{
	return node->type == XML_ELEMENT_NODE && strcmp((const char *) node->name, name) == 0;
}

/* The value of an attribute in the ruleset's memory, or NULL. */
static char *
attribute(Reader *reader, const xmlNode *node, const char *name)
{
	xmlChar    *value = xmlGetNoNsProp(node, BAD_CAST name);
	char	   *copy = value ? dos_lgr_copy(reader->lgr, (const char *) value) : NULL;

	xmlFree(value);
	return copy;
}

/* "0061 0301" */
static int
code_points(Reader *reader, const xmlNode *node, const char *text, uint32_t *cp)
{
	int			count = 0;

	while (text != NULL && *(text += strspn(text, " \t\r\n")) != '\0')
	{
		char	   *end;
		unsigned long value = strtoul(text, &end, 16);

		if (end == text || value > 0x10FFFF || strchr(" \t\r\n", *end) == NULL || count == LGR_SEQUENCE_MAX)
		{
			fail(reader, node, "\"%.60s\" is no sequence of code points", text);
			return -1;
		}
		cp[count++] = (uint32_t) value;
		text = end;
	}
	return count;
}

/* --- classes --- */

static LgrClass *
class_new(Reader *reader, LgrClassKind kind)
{
	LgrClass   *class = dos_lgr_alloc(reader->lgr, sizeof(LgrClass));

	class->kind = kind;
	return class;
}

static bool
class_property(Reader *reader, const xmlNode *node, LgrClass *class, char *property)
{
	char	   *value = strchr(property, ':');
	UProperty	number;
	int32_t		code;

	if (value == NULL)
		return fail(reader, node, "\"%.60s\" is no property and value", property);
	*value++ = '\0';
	number = u_getPropertyEnum(property);
	if (number == UCHAR_GENERAL_CATEGORY)
		number = UCHAR_GENERAL_CATEGORY_MASK;
	code = number == UCHAR_INVALID_CODE ? UCHAR_INVALID_CODE : u_getPropertyValueEnum(number, value);
	if (number == UCHAR_CANONICAL_COMBINING_CLASS && code == UCHAR_INVALID_CODE && strspn(value, "0123456789") == strlen(value) && *value)
		code = atoi(value);
	if (number == UCHAR_INVALID_CODE || code == UCHAR_INVALID_CODE)
		return fail(reader, node, "property \"%.40s:%.40s\" is not known", property, value);
	class->kind = CLASS_PROPERTY;
	class->property = number;
	class->value = (uint32_t) code;
	return true;
}

/* "0061 0063-0065" */
static bool
class_ranges(Reader *reader, const xmlNode *node, LgrClass *class)
{
	xmlChar    *content = xmlNodeGetContent(node);
	const char *text = (const char *) content;
	int			room = 1;
	bool		good = true;

	for (const char *at = text; at != NULL && *at != '\0'; at++)
		room += strchr(" \t\r\n", *at) != NULL;
	class->ranges = dos_lgr_alloc(reader->lgr, (room + 1) * sizeof(*class->ranges));
	while (good && text != NULL && *(text += strspn(text, " \t\r\n")) != '\0')
	{
		char	   *end;
		unsigned long first = strtoul(text, &end, 16);
		unsigned long last = first;
		bool		read = end != text;

		if (read && *end == '-')
		{
			text = end + 1;
			last = strtoul(text, &end, 16);
			read = end != text;
		}
		if (!read || first > last || last > 0x10FFFF || strchr(" \t\r\n", *end) == NULL)
			good = fail(reader, node, "the class has no list of code points");
		class->ranges[class->range_count][0] = (uint32_t) first;
		class->ranges[class->range_count++][1] = (uint32_t) last;
		text = end;
	}
	xmlFree(content);
	return good;
}

static LgrClass *class_read(Reader *reader, const xmlNode *node, int depth);

static LgrClass *
class_combined(Reader *reader, const xmlNode *node, LgrClassKind kind, int depth)
{
	LgrClass   *class = class_new(reader, kind);
	LgrClass  **place = &class->operands;
	int			count = 0;

	for (const xmlNode *child = node->children; child != NULL; child = child->next)
	{
		LgrClass   *operand;
		LgrClass   *copy;

		if (child->type != XML_ELEMENT_NODE)
			continue;
		operand = class_read(reader, child, depth + 1);
		if (operand == NULL)
			return NULL;
		/* a named class may be an operand of several: each has a copy of its own to chain */
		copy = class_new(reader, operand->kind);
		if (operand->tag != NULL)
		{
			copy->tag = operand->tag;
			copy->next_tagged = reader->lgr->tagged;
			reader->lgr->tagged = copy;
		}
		else
			*copy = *operand;
		copy->sibling = NULL;
		*place = copy;
		place = &copy->sibling;
		count++;
	}
	if (kind == CLASS_COMPLEMENT ? count != 1 : count < 2)
	{
		fail(reader, node, "<%s> has the wrong number of classes", node->name);
		return NULL;
	}
	return class;
}

static const struct
{
	const char *name;
	LgrClassKind kind;
}			combined[] = {
	{"union", CLASS_UNION},
	{"intersection", CLASS_INTERSECTION},
	{"difference", CLASS_DIFFERENCE},
	{"symmetric-difference", CLASS_SYMMETRIC},
	{"complement", CLASS_COMPLEMENT},
};

static LgrClass *
class_read(Reader *reader, const xmlNode *node, int depth)
{
	char	   *reference;
	char	   *tag;
	char	   *property;
	LgrClass   *class;

	if (depth > DEPTH_MAX)
	{
		fail(reader, node, "elements are nested too deeply");
		return NULL;
	}
	for (size_t i = 0; i < sizeof(combined) / sizeof(combined[0]); i++)
		if (is(node, combined[i].name))
			return class_combined(reader, node, combined[i].kind, depth);
	if (!is(node, "class"))
	{
		fail(reader, node, "<%s> is no class", node->name);
		return NULL;
	}
	reference = attribute(reader, node, "by-ref");
	if (reference != NULL)
	{
		for (class = reader->lgr->classes; class != NULL; class = class->next)
			if (strcmp(class->name, reference) == 0)
				return class;
		fail(reader, node, "class \"%.60s\" is not defined", reference);
		return NULL;
	}
	class = class_new(reader, CLASS_RANGES);
	tag = attribute(reader, node, "from-tag");
	property = attribute(reader, node, "property");
	if (tag != NULL)
	{
		class->tag = tag;
		class->next_tagged = reader->lgr->tagged;
		reader->lgr->tagged = class;
		return class;
	}
	if (property != NULL ? class_property(reader, node, class, property) : class_ranges(reader, node, class))
		return class;
	return NULL;
}

/* --- rules --- */

static const struct
{
	const char *name;
	LgrNodeKind kind;
	bool		group;
}			operators[] = {
	{"char", NODE_CHAR, false},
	{"any", NODE_ANY, false},
	{"start", NODE_START, false},
	{"end", NODE_END, false},
	{"anchor", NODE_ANCHOR, false},
	{"choice", NODE_CHOICE, true},
	{"rule", NODE_RULE, true},
	{"look-behind", NODE_BEHIND, true},
	{"look-ahead", NODE_AHEAD, true},
};

/* "2", "1+", "0:3" */
static bool
count_read(Reader *reader, const xmlNode *node, LgrNode *made)
{
	char	   *text = attribute(reader, node, "count");
	char	   *end;
	long		value;

	made->min = made->max = 1;
	if (text == NULL)
		return true;
	value = strtol(text, &end, 10);
	made->min = made->max = (int) value;
	if (end == text || value < 0 || value > LGR_LABEL_MAX)
		return fail(reader, node, "count \"%.20s\" has no meaning", text);
	if (strcmp(end, "+") == 0)
		made->max = LGR_LABEL_MAX;
	else if (*end == ':')
	{
		value = strtol(end + 1, &end, 10);
		made->max = (int) (value < LGR_LABEL_MAX ? value : LGR_LABEL_MAX);
		if (*end != '\0' || value < made->min)
			return fail(reader, node, "count \"%.20s\" has no meaning", text);
	}
	else if (*end != '\0')
		return fail(reader, node, "count \"%.20s\" has no meaning", text);
	if ((made->min != 1 || made->max != 1) &&
		(made->kind == NODE_START || made->kind == NODE_END || made->kind == NODE_ANCHOR || made->kind == NODE_BEHIND || made->kind == NODE_AHEAD))
		return fail(reader, node, "<%s> has no count", node->name);
	return true;
}

static bool nodes_read(Reader *reader, const xmlNode *parent, LgrNode **place, int depth);

static LgrNode *
node_read(Reader *reader, const xmlNode *node, int depth)
{
	LgrNode    *made = dos_lgr_alloc(reader->lgr, sizeof(LgrNode));
	char	   *text;
	size_t		i = 0;

	while (i < sizeof(operators) / sizeof(operators[0]) && !is(node, operators[i].name))
		i++;
	if (i == sizeof(operators) / sizeof(operators[0]))
	{
		made->kind = NODE_CLASS;
		made->class = class_read(reader, node, depth);
		return made->class != NULL && count_read(reader, node, made) ? made : NULL;
	}
	made->kind = operators[i].kind;
	if (!count_read(reader, node, made))
		return NULL;
	if (made->kind == NODE_CHAR)
	{
		text = attribute(reader, node, "cp");
		made->length = code_points(reader, node, text, made->cp);
		if (made->length <= 0)
		{
			fail(reader, node, "<char> has no code point");
			return NULL;
		}
	}
	text = made->kind == NODE_RULE ? attribute(reader, node, "by-ref") : NULL;
	if (text != NULL)
	{
		const LgrRule *rule = dos_lgr_rule(reader->lgr, text);

		if (rule == NULL)
		{
			fail(reader, node, "rule \"%.60s\" is not defined", text);
			return NULL;
		}
		made->children = rule->nodes;
	}
	else if (operators[i].group && !nodes_read(reader, node, &made->children, depth + 1))
		return NULL;
	return made;
}

static bool
nodes_read(Reader *reader, const xmlNode *parent, LgrNode **place, int depth)
{
	if (depth > DEPTH_MAX)
		return fail(reader, parent, "elements are nested too deeply");
	for (const xmlNode *child = parent->children; child != NULL; child = child->next)
	{
		if (child->type != XML_ELEMENT_NODE)
			continue;
		*place = node_read(reader, child, depth);
		if (*place == NULL)
			return false;
		place = &(*place)->next;
	}
	return true;
}

static bool
action_read(Reader *reader, const xmlNode *node)
{
	Lgr		   *lgr = reader->lgr;
	LgrAction  *action = dos_lgr_alloc(lgr, sizeof(LgrAction));
	char	   *match = attribute(reader, node, "match");
	char	   *not_match = attribute(reader, node, "not-match");

	action->disposition = attribute(reader, node, "disp");
	action->any_variant = attribute(reader, node, "any-variant");
	action->all_variants = attribute(reader, node, "all-variants");
	action->only_variants = attribute(reader, node, "only-variants");
	if (action->disposition == NULL)
		return fail(reader, node, "an action has no disposition");
	if ((match != NULL && (action->match = dos_lgr_rule(lgr, match)) == NULL) ||
		(not_match != NULL && (action->not_match = dos_lgr_rule(lgr, not_match)) == NULL))
		return fail(reader, node, "rule \"%.60s\" is not defined", match ? match : not_match);
	if (lgr->last_action != NULL)
		lgr->last_action->next = action;
	else
		lgr->actions = action;
	lgr->last_action = action;
	return true;
}

static bool
rules_read(Reader *reader, const xmlNode *rules)
{
	Lgr		   *lgr = reader->lgr;

	for (const xmlNode *node = rules->children; node != NULL && !reader->failed; node = node->next)
	{
		char	   *name;

		if (node->type != XML_ELEMENT_NODE)
			continue;
		if (is(node, "action"))
		{
			action_read(reader, node);
			continue;
		}
		name = attribute(reader, node, "name");
		if (name == NULL)
			return fail(reader, node, "<%s> has no name", node->name);
		if (is(node, "rule"))
		{
			LgrRule    *rule = dos_lgr_alloc(lgr, sizeof(LgrRule));

			rule->name = name;
			if (dos_lgr_rule(lgr, name) != NULL)
				return fail(reader, node, "rule \"%.60s\" is defined twice", name);
			if (!nodes_read(reader, node, &rule->nodes, 0))
				return false;
			rule->next = lgr->rules;
			lgr->rules = rule;
		}
		else
		{
			LgrClass   *class = class_read(reader, node, 0);

			if (class == NULL)
				return false;
			class->name = name;
			class->next = lgr->classes;
			lgr->classes = class;
		}
	}
	return !reader->failed;
}

/* --- code points --- */

static bool
condition_read(Reader *reader, const xmlNode *node, const char **when, bool *negated)
{
	char	   *positive = attribute(reader, node, "when");
	char	   *negative = attribute(reader, node, "not-when");

	*when = positive ? positive : negative;
	*negated = negative != NULL;
	return positive == NULL || negative == NULL || fail(reader, node, "\"when\" and \"not-when\" exclude each other");
}

static bool
variants_read(Reader *reader, const xmlNode *node, LgrChar *entry)
{
	for (const xmlNode *child = node->children; child != NULL && !reader->failed; child = child->next)
	{
		uint32_t	cp[LGR_SEQUENCE_MAX];
		int			length;
		char	   *type;
		LgrVariant *variant;

		if (child->type != XML_ELEMENT_NODE)
			continue;
		if (!is(child, "var"))
			return fail(reader, child, "<%s> has no place in <char>", child->name);
		length = code_points(reader, child, attribute(reader, child, "cp"), cp);
		type = attribute(reader, child, "type");
		if (length < 0)
			return false;
		variant = dos_lgr_add_variant(reader->lgr, entry, cp, length, type ? type : "blocked");
		condition_read(reader, child, &variant->when, &variant->negated);
	}
	return !reader->failed;
}

static bool
data_read(Reader *reader, const xmlNode *data)
{
	for (const xmlNode *node = data->children; node != NULL && !reader->failed; node = node->next)
	{
		uint32_t	cp[LGR_SEQUENCE_MAX];
		uint32_t	last[LGR_SEQUENCE_MAX];
		int			length;
		char	   *tags;
		LgrChar    *entry;

		if (node->type != XML_ELEMENT_NODE)
			continue;
		if (is(node, "char"))
		{
			length = code_points(reader, node, attribute(reader, node, "cp"), cp);
			last[0] = cp[0];
		}
		else if (is(node, "range"))
		{
			length = code_points(reader, node, attribute(reader, node, "first-cp"), cp);
			if (code_points(reader, node, attribute(reader, node, "last-cp"), last) != 1 || length != 1 || last[0] < cp[0])
				return fail(reader, node, "a range has a first and a last code point");
		}
		else
			return fail(reader, node, "<%s> has no place in <data>", node->name);
		if (length <= 0)
			return fail(reader, node, "<%s> has no code point", node->name);
		entry = dos_lgr_add_char(reader->lgr, cp, length, length == 1 ? last[0] : cp[0]);
		tags = attribute(reader, node, "tag");
		entry->tags = tags ? tags : "";
		condition_read(reader, node, &entry->when, &entry->negated);
		variants_read(reader, node, entry);
	}
	return !reader->failed;
}

static void
meta_read(Reader *reader, const xmlNode *meta)
{
	for (const xmlNode *node = meta->children; node != NULL; node = node->next)
	{
		char	   *target = is(node, "version") ? reader->lgr->version : is(node, "language") ? reader->lgr->language : NULL;
		xmlChar    *content;

		if (target == NULL || *target != '\0')
			continue;
		content = xmlNodeGetContent(node);
		snprintf(target, sizeof(reader->lgr->version), "%s", content ? (char *) content : "");
		xmlFree(content);
	}
}

Lgr *
dos_lgr_read_xml(const char *xml, size_t length, char *error, size_t size)
{
	Reader		reader = {dos_lgr_new(), error, size, false};
	xmlDoc	   *document = length > INT32_MAX ? NULL :
		xmlReadMemory(xml, (int) length, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_BIG_LINES);
	const xmlNode *root = document ? xmlDocGetRootElement(document) : NULL;

	if (root == NULL)
		fail(&reader, NULL, "this is not well-formed XML");
	else if (document->intSubset != NULL)
		fail(&reader, NULL, "a document type has no place here");
	else if (!is(root, "lgr") || root->ns == NULL || strcmp((const char *) root->ns->href, LGR_URI) != 0)
		fail(&reader, root, "this is no <lgr> of RFC 7940");
	/* rules first: nothing else refers to what comes later */
	for (const xmlNode *node = root && !reader.failed ? root->children : NULL; node != NULL && !reader.failed; node = node->next)
	{
		if (is(node, "meta"))
			meta_read(&reader, node);
		else if (is(node, "data"))
			data_read(&reader, node);
		else if (is(node, "rules"))
			rules_read(&reader, node);
		else if (node->type == XML_ELEMENT_NODE)
			fail(&reader, node, "<%s> has no place in <lgr>", node->name);
	}
	xmlFreeDoc(document);
	if (reader.failed || !dos_lgr_finish(reader.lgr, error, size))
	{
		dos_lgr_free(reader.lgr);
		return NULL;
	}
	return reader.lgr;
}
