/*
 * epp_grammar.c
 *		Walk an element along its grammar. See epp_grammar.h.
 *
 * Order of the checks at one element: attributes, then content; children in
 * document order. The first flaw ends the walk. Depth is that of the table,
 * so hostile nesting cannot recurse.
 */
#include "epp_grammar.h"
#include "epp_names.h"
#include "epp_store.h"
#include "epp_xml.h"
#include "gw_array.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define XSI "http://www.w3.org/2001/XMLSchema-instance"

static bool read_element(EppReader *reader, const EppRow *row, const xmlNode *node, int occurrence);

void
epp_flaw(EppFlaw *flaw, int code, const xmlNode *node, const char *format, ...)
{
	va_list		args;

	flaw->code = code;
	flaw->node = node;
	va_start(args, format);
	vsnprintf(flaw->reason, sizeof(flaw->reason), format, args);
	va_end(args);
}

/* Is this the element of the row? */
static bool
is_row(const EppReader *reader, const EppRow *row, const xmlNode *node)
{
	return epp_is(node, row->uri ? row->uri : reader->uri, row->name);
}

/* The text of an element without child elements, or NULL if it has some. */
static const char *
simple_text(const xmlNode *node, GwBuf *joined)
{
	const xmlNode *child = node->children;

	if (child == NULL)
		return "";
	if (child->type == XML_TEXT_NODE && child->next == NULL)
		return (const char *) child->content;
	gw_buf_reset(joined);
	gw_buf_puts(joined, "");
	for (; child; child = child->next)
	{
		if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE)
			gw_buf_puts(joined, (const char *) child->content);
		else if (child->type == XML_ELEMENT_NODE || child->type == XML_ENTITY_REF_NODE)
			return NULL;
	}
	return joined->data;
}

/* Check a value against its row's type and store it. */
static bool
read_value(EppReader *reader, const EppRow *row, const xmlNode *node, const char *text, int occurrence)
{
	const char *reason;
	char		name[80];
	int			code;

	gw_buf_reset(reader->text);
	code = epp_type_read(row->type, text, reader->qualifier, reader->text, &reason);
	if (code == 0)
		return epp_store(reader, row, node, occurrence);
	if (*row->name == '@')
		epp_flaw(reader->flaw, code, node, "attribute \"%s\" of \"%s\" %s", row->name + 1,
				 epp_node_name(node, name, sizeof(name)), reason ? reason : "is not valid");
	else
		epp_flaw(reader->flaw, code, node, "element \"%s\" %s", epp_node_name(node, name, sizeof(name)),
				 reason ? reason : "is not valid");
	return false;
}

/* Is this an attribute row of the element at `row`? */
static bool
is_attribute_row(const EppRow *row, const EppRow *element)
{
	return row->name && row->depth == element->depth + 1 && *row->name == '@';
}

static bool
is_schema_hint(const xmlAttr *attribute)
{
	return attribute->ns && strcmp((const char *) attribute->ns->href, XSI) == 0
		&& (strcmp((const char *) attribute->name, "schemaLocation") == 0
			|| strcmp((const char *) attribute->name, "noNamespaceSchemaLocation") == 0);
}

/* The row of an attribute the element has, or NULL after a flaw. */
static const EppRow *
find_attribute(EppReader *reader, const EppRow *element, const xmlNode *node, const xmlAttr *attribute)
{
	char		name[80];

	for (const EppRow *row = element + 1; is_attribute_row(row, element); row++)
		if (attribute->ns == NULL && strcmp((const char *) attribute->name, row->name + 1) == 0)
			return row;
	epp_flaw(reader->flaw, 2001, node, "attribute \"%.40s\" of \"%s\" is not known", (const char *) attribute->name,
			 epp_node_name(node, name, sizeof(name)));
	return NULL;
}

static bool
read_attributes(EppReader *reader, const EppRow *element, const xmlNode *node)
{
	static GwBuf joined;
	char		name[80];
	unsigned	seen = 0;

	reader->qualifier[0] = '\0';
	for (const xmlAttr *attribute = node->properties; attribute; attribute = attribute->next)
	{
		const EppRow *row;
		const char *text;

		if (is_schema_hint(attribute))
			continue;
		row = find_attribute(reader, element, node, attribute);
		if (row == NULL)
			return false;
		seen |= 1u << (row - element);
		text = simple_text((const xmlNode *) attribute, &joined);
		if (!read_value(reader, row, node, text ? text : "", 0))
			return false;
	}
	for (const EppRow *row = element + 1; is_attribute_row(row, element); row++)
	{
		if (seen & (1u << (row - element)))
			continue;
		if (row->min > 0)
		{
			epp_flaw(reader->flaw, 2003, node, "attribute \"%s\" of \"%s\" is missing", row->name + 1,
					 epp_node_name(node, name, sizeof(name)));
			return false;
		}
		if (row->clears)
			epp_parameters_text(reader->parameters, row->into, "");
	}
	return true;
}

/* The next row among the brothers and sisters of a row, or NULL. */
static const EppRow *
next_sibling(const EppRow *row)
{
	int			depth = row->depth;

	for (row++; row->name && row->depth > depth; row++)
		;
	return row->name && row->depth == depth ? row : NULL;
}

/* The first child element row, or NULL. */
static const EppRow *
first_child(const EppRow *element)
{
	const EppRow *row = element + 1;

	while (is_attribute_row(row, element))
		row++;
	return row->name && row->depth > element->depth ? row : NULL;
}

/* The row of an element anywhere among the children of `parent_row`, or NULL. */
static const EppRow *
row_of(EppReader *reader, const EppRow *parent_row, const xmlNode *node)
{
	const EppRow *row = first_child(parent_row);

	while (row && !is_row(reader, row, node))
		row = next_sibling(row);
	return row;
}

/* An element that cannot stand where it stands. */
static bool
flaw_misplaced(EppReader *reader, const EppRow *parent_row, const xmlNode *node)
{
	char		name[80];

	epp_flaw(reader->flaw, 2001, node, "element \"%s\" %s", epp_node_name(node, name, sizeof(name)),
			 row_of(reader, parent_row, node) ? "is out of order, given too often or excluded by another one"
			 : "is not expected here");
	return false;
}

/*
 * `row` wants an element (or one of its choice), but `node`, perhaps NULL, is
 * something else. Missing is 2003; there but too late, or beside an element
 * nobody knows, is 2001.
 */
static bool
flaw_missing(EppReader *reader, const EppRow *parent_row, const EppRow *row, const xmlNode *parent, const xmlNode *node)
{
	const char *prefix = epp_prefix_of(reader->uri);
	char		names[120];
	size_t		length = 0;
	int			choice = row->choice;

	if (node && row_of(reader, parent_row, node) == NULL)
		return flaw_misplaced(reader, parent_row, node);
	do
	{
		for (const xmlNode *later = node; later; later = epp_element(later->next))
			if (is_row(reader, row, later))
				return flaw_misplaced(reader, parent_row, node);
		length += (size_t) snprintf(names + length, sizeof(names) - length, "%s\"%s:%s\"", length ? " or " : "",
									prefix ? prefix : "", row->name);
		row = choice ? next_sibling(row) : NULL;
	} while (row && row->choice == choice && length < sizeof(names));
	epp_flaw(reader->flaw, 2003, parent, "element %s is missing", names);
	return false;
}

/* The row behind a whole choice (or behind a plain row). */
static const EppRow *
after_choice(const EppRow *row)
{
	int			choice = row->choice;

	do
		row = next_sibling(row);
	while (row && choice && row->choice == choice);
	return row;
}

/*
 * Match the children with the rows. `row` is the row that may take the next
 * child, `count` how often it (or its choice) has.
 */
static bool
read_children(EppReader *reader, const EppRow *element, const xmlNode *parent)
{
	const EppRow *row = first_child(element);
	const EppRow *taken = NULL; /* the alternative chosen */
	const xmlNode *node = epp_element(parent->children);
	int			count = 0;

	while (row)
	{
		const EppRow *match = NULL;

		if (node)
		{
			/* A choice that was made is made. */
			for (const EppRow *r = taken ? taken : row; r && match == NULL;
				 r = !taken && r->choice ? next_sibling(r) : NULL)
			{
				if (r->choice != row->choice)
					break;
				if (is_row(reader, r, node))
					match = r;
			}
		}
		if (match && (match->max == 0 || count < match->max))
		{
			if (!read_element(reader, match, node, count))
				return false;
			taken = match;
			count++;
			node = epp_element(node->next);
			continue;
		}
		if (count < row->min)
			return flaw_missing(reader, element, row, parent, node);
		row = after_choice(row);
		taken = NULL;
		count = 0;
	}
	return node == NULL || flaw_misplaced(reader, element, node);
}

/* Make a parameter of the fields of one postal address. */
static bool
store_postal(EppReader *reader, const EppRow *row, const xmlNode *node, const char *kind)
{
	EppParameters *p = reader->parameters;
	int			at = row->into + (strcmp(kind, "loc") == 0);

	if (p->set[at])
	{
		epp_flaw(reader->flaw, 2004, node, "there can be only one address of type \"%s\"", kind);
		return false;
	}
	p->set[at] = p->list[at] = true;
	gw_array_begin(&p->value[at]);
	for (int i = 0; i < EPP_POSTAL_FIELDS; i++)
		gw_array_add(&p->value[at], reader->field_set[i] ? reader->fields[i].data : NULL);
	return true;
}

/* Any text, even white space: not allowed in an element that must be empty. */
static bool
has_text(const xmlNode *node)
{
	for (const xmlNode *child = node->children; child; child = child->next)
		if (child->type == XML_TEXT_NODE)
			return true;
	return false;
}

/* An element with child elements, or one that is empty. */
static bool
read_complex(EppReader *reader, const EppRow *row, const xmlNode *node)
{
	char		kind[16];
	char		name[80];

	if (!epp_elements_only(node) || (row->type != EPP_BLANK && first_child(row) == NULL && has_text(node)))
	{
		epp_flaw(reader->flaw, 2001, node, "element \"%s\" has text that is no value",
				 epp_node_name(node, name, sizeof(name)));
		return false;
	}
	memcpy(kind, reader->qualifier, sizeof(kind));
	if (row->as == AS_GROUP)
		gw_buf_reset(reader->group);
	if (row->as == AS_POSTAL)
		memset(reader->field_set, 0, sizeof(reader->field_set));
	if (!read_children(reader, row, node))
		return false;
	if (row->as == AS_NAME)
		return epp_store(reader, row, node, 0);
	if (row->as == AS_GROUP)
		epp_parameters_append(reader->parameters, row->into, reader->group);
	return row->as != AS_POSTAL || store_postal(reader, row, node, kind);
}

/* Exactly one element of a namespace that is not ours. */
static bool
read_foreign(EppReader *reader, const EppRow *row, const xmlNode *node)
{
	const xmlNode *child = epp_element(node->children);
	char		name[80];

	if (epp_elements_only(node) && child && epp_element(child->next) == NULL && child->ns
		&& strcmp((const char *) child->ns->href, reader->uri) != 0)
		return epp_store(reader, row, node, 0);
	epp_flaw(reader->flaw, 2001, node, "element \"%s\" must hold one element of another namespace",
			 epp_node_name(node, name, sizeof(name)));
	return false;
}

/* One element, whose name fits its row, without regard to the object it may be. */
static bool
read_content(EppReader *reader, const EppRow *row, const xmlNode *node, int occurrence)
{
	static GwBuf joined;
	const char *text;
	char		name[80];

	if (row->type == EPP_ANYTHING)
	{
		reader->qualifier[0] = '\0';
		return epp_store(reader, row, node, occurrence);
	}
	if (!read_attributes(reader, row, node))
		return false;
	if (row->type == EPP_MIXED)
	{
		gw_buf_reset(reader->text);
		epp_xml_content(reader->text, node);
		return epp_store(reader, row, node, occurrence);
	}
	if (row->type == EPP_ELEMENTS || row->type == EPP_BLANK)
		return read_complex(reader, row, node);
	if (row->type == EPP_FOREIGN)
		return read_foreign(reader, row, node);
	text = simple_text(node, &joined);
	if (text == NULL)
	{
		epp_flaw(reader->flaw, 2001, node, "element \"%s\" must hold text only", epp_node_name(node, name, sizeof(name)));
		return false;
	}
	return read_value(reader, row, node, text, occurrence);
}

/* One element, whose name fits its row; members below it go into its object, if it is one. */
static bool
read_element(EppReader *reader, const EppRow *row, const xmlNode *node, int occurrence)
{
	json_t	   *outer = reader->object;
	json_t	   *outer_array = reader->array;
	bool		good;

	if (row->as == AS_OBJECT || row->as == AS_OBJECTS)
		epp_store_object(reader, row);
	good = read_content(reader, row, node, occurrence);
	reader->object = outer;
	reader->array = outer_array;
	return good;
}

bool
epp_grammar_read(const EppRow *grammar, const char *uri, const xmlNode *element, EppParameters *parameters,
				 EppFlaw *flaw)
{
	static GwBuf text,
				group,
				fields[EPP_POSTAL_FIELDS];
	EppReader	reader = {
		.uri = uri, .parameters = parameters, .flaw = flaw, .text = &text, .group = &group, .fields = fields,
	};
	char		name[80];

	flaw->code = 0;
	if (!epp_is(element, uri, grammar->name))
	{
		epp_flaw(flaw, 2001, element, "element \"%s\" is not expected here", epp_node_name(element, name, sizeof(name)));
		return false;
	}
	return read_element(&reader, grammar, element, 0);
}
