/*
 * escrow_parse.c
 *		The XML of a deposit. See escrow_parse.h.
 *
 * No DTD, no entities, no network: a document type is refused where it stands. libxml2's SAX parser builds its tree; an
 * object is taken out of it as soon as it is whole, so one at a time is in memory, and its size is limited.
 */
#include "escrow_parse.h"
#include "escrow_object.h"
#include "gw_memory.h"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NS_RDE	"urn:ietf:params:xml:ns:rde-1.0"

typedef struct Parser
{
	xmlParserCtxtPtr context;
	xmlSAXHandler tree;			/* libxml2's own, which builds the tree */
	ParseRead	read;
	void	   *source;
	long		since_object;	/* octets read since the last object ended */
	const ParseSink *sink;
	ParsedDeposit *deposit;
	int			depth;			/* elements that are open */
	int			line;			/* where the object began */
	bool		in_deletes;
	bool		in_objects;
	bool		seen_root;
	bool		closed;			/* the root element ended */
	char	   *error;
	size_t		error_size;
	bool		failed;
} Parser;

static void fail(Parser *parser, int line, const char *format, ...) __attribute__((format(printf, 3, 4)));

static void
fail(Parser *parser, int line, const char *format, ...)
{
	va_list		arguments;
	int			used;

	if (parser->failed)
		return;
	parser->failed = true;
	used = line > 0 ? snprintf(parser->error, parser->error_size, "line %d: ", line) : 0;
	va_start(arguments, format);
	vsnprintf(parser->error + used, parser->error_size - (size_t) used, format, arguments);
	va_end(arguments);
	parser->error[strcspn(parser->error, "\n")] = '\0';
}

static int
counted_read(void *context, char *buffer, int size)
{
	Parser	   *parser = context;
	int			got = parser->read(parser->source, buffer, size);

	if (got > 0 && (parser->since_object += got) > OBJECT_BYTES_MAX)
	{
		fail(parser, 0, "an object is larger than %d octets", OBJECT_BYTES_MAX);
		return -1;
	}
	return got;
}

static int
nothing_to_close(void *context)
{
	(void) context;
	return 0;
}

/* libxml2 2.12 and later show it without letting it be changed */
#if LIBXML_VERSION >= 21200
#define SEEN	const
#else
#define SEEN
#endif

static void
xml_error(void *arg, SEEN xmlError *error)
{
	xmlParserCtxtPtr context = arg;
	Parser	   *parser = context->_private;

	if (error->level >= XML_ERR_ERROR)
		fail(parser, error->line, "%s", error->message);
}

/* Counts by the kind of their namespace, in the order of StageTable; those of the CSV model count the same objects. */
static void
header_take(Parser *parser, xmlNodePtr header)
{
	static const char *const kinds[][2] = {{"Domain-1.0", "domain"}, {"Host-1.0", "host"}, {"Contact-1.0", "contact"},
	{"Registrar-1.0", "registrar"}, {"IDN-1.0", "idn"}, {"NNDN-1.0", "nndn"}};
	char	   *zone = object_text(object_child(header, "tld"));

	parser->deposit->zone = zone ? gw_strdup(zone) : NULL;
	xmlFree(zone);
	gw_buf_reset(&parser->deposit->counts);
	gw_buf_putc(&parser->deposit->counts, '{');
	for (xmlNodePtr count = header->children; count; count = count->next)
	{
		char	   *uri,
				   *number;
		const char *tail;

		if (count->type != XML_ELEMENT_NODE || strcmp((const char *) count->name, "count") != 0
			|| xmlHasProp(count, (const xmlChar *) "rcdn") || xmlHasProp(count, (const xmlChar *) "registrarId"))
			continue;
		uri = (char *) xmlGetProp(count, (const xmlChar *) "uri");
		number = object_text(count);
		tail = uri ? strrchr(uri, ':') : NULL;
		for (size_t i = 0; tail && number && strspn(number, "0123456789") == strlen(number) && *number && i < sizeof(kinds) / sizeof(kinds[0]); i++)
			if (strlen(tail) == strlen(kinds[i][0]) + 4 && strcmp(tail + 4, kinds[i][0]) == 0)
			{
				parser->deposit->counted[i] = true;
				parser->deposit->said[i] = atol(number);
				gw_buf_printf(&parser->deposit->counts, "%s\"%s\": %s", parser->deposit->counts.length > 1 ? ", " : "", kinds[i][1], number);
			}
		xmlFree(uri);
		xmlFree(number);
	}
	gw_buf_putc(&parser->deposit->counts, '}');
}

/* An element below <contents> or <deletes>, whole. */
static void
object_take(Parser *parser, xmlNodePtr object)
{
	const char *name = (const char *) object->name;
	const char *uri = object->ns ? (const char *) object->ns->href : "";
	StageTable	table = object_table(uri, name);

	if (strcmp(name, "header") == 0 && strstr(uri, "rdeHeader-1.0"))
		header_take(parser, object);
	if (table == STAGE_TABLES)
		parser->sink->other(parser->sink->arg, uri, name, object, parser->in_deletes, parser->line);
	else if (parser->in_deletes || strcmp(name, "delete") != 0)
		parser->sink->object(parser->sink->arg, table, object, parser->in_deletes, parser->line);
}

static char *
attribute(xmlNodePtr node, const char *name)
{
	xmlChar    *value = xmlGetNoNsProp(node, (const xmlChar *) name);
	char	   *text = value ? gw_strdup((const char *) value) : NULL;

	xmlFree(value);
	return text;
}

static void
root_take(Parser *parser, xmlNodePtr root, int line)
{
	const char *uri = root->ns ? (const char *) root->ns->href : "";

	if (strcmp(uri, NS_RDE) != 0 || strcmp((const char *) root->name, "deposit") != 0)
	{
		fail(parser, line, "\"%s\" of namespace \"%s\" is no deposit", (const char *) root->name, uri);
		return;
	}
	parser->seen_root = true;
	parser->deposit->type = attribute(root, "type");
	parser->deposit->id = attribute(root, "id");
	parser->deposit->prev_id = attribute(root, "prevId");
	parser->deposit->resend = attribute(root, "resend");
}

/* Nothing more is read after a failure. */
static bool
stopped(Parser *parser)
{
	if (!parser->failed && !parser->sink->failed(parser->sink->arg))
		return false;
	xmlStopParser(parser->context);
	return true;
}

static void
element_begins(void *arg, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int namespace_count, const xmlChar **namespaces,
			   int attribute_count, int defaulted_count, const xmlChar **attributes)
{
	xmlParserCtxtPtr context = arg;
	Parser	   *parser = context->_private;

	if (stopped(parser))
		return;
	parser->tree.startElementNs(arg, name, prefix, uri, namespace_count, namespaces, attribute_count, defaulted_count, attributes);
	parser->depth++;
	if (parser->depth == 1)
		root_take(parser, context->node, xmlSAX2GetLineNumber(context));
	else if (parser->depth == 2)
	{
		parser->in_deletes = xmlStrEqual(name, (const xmlChar *) "deletes");
		parser->in_objects = parser->in_deletes || xmlStrEqual(name, (const xmlChar *) "contents");
	}
	else if (parser->depth == 3)
		parser->line = xmlSAX2GetLineNumber(context);
}

/* What is below a node has been read, and is needed no more. */
static void
forget(xmlNodePtr parent)
{
	while (parent->children)
	{
		xmlNodePtr	child = parent->children;

		xmlUnlinkNode(child);
		xmlFreeNode(child);
	}
}

static void
element_ends(void *arg, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	xmlParserCtxtPtr context = arg;
	Parser	   *parser = context->_private;
	xmlNodePtr	node = context->node;

	if (stopped(parser) || !node)
		return;
	parser->tree.endElementNs(arg, name, prefix, uri);
	if (parser->depth == 3 && parser->in_objects)
		object_take(parser, node);
	else if (parser->depth == 2 && strcmp((const char *) node->name, "watermark") == 0)
	{
		char	   *text = object_text(node);

		free(parser->deposit->watermark);
		parser->deposit->watermark = text ? gw_strdup(text) : NULL;
		xmlFree(text);
	}
	if (parser->depth == 1)
		parser->closed = true;
	else if (parser->depth <= 3)
	{
		forget(node->parent);
		parser->since_object = 0;
	}
	parser->depth--;
}

static void
document_type(void *arg, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
	xmlParserCtxtPtr context = arg;

	(void) name;
	(void) external;
	(void) system;
	fail(context->_private, xmlSAX2GetLineNumber(context), "a deposit has no document type and no entities");
	xmlStopParser(context);
}

static void
entity(void *arg, const xmlChar *name)
{
	document_type(arg, name, NULL, NULL);
}

static void
nodes_read(Parser *parser)
{
	xmlSAXHandler *sax = parser->context->sax;

	parser->tree = *sax;
	sax->startElementNs = element_begins;
	sax->endElementNs = element_ends;
	sax->internalSubset = document_type;
	sax->reference = entity;
	sax->serror = xml_error;
	parser->context->_private = parser;
	xmlParseDocument(parser->context);
	if (parser->sink->failed(parser->sink->arg))
		return;
	if (!parser->context->wellFormed)
		fail(parser, xmlSAX2GetLineNumber(parser->context), "the XML is not well-formed");
	else if (!parser->seen_root || !parser->closed)
		fail(parser, xmlSAX2GetLineNumber(parser->context), "the deposit ends before its end");
}

bool
deposit_parse(ParseRead read, void *source, const ParseSink *sink, ParsedDeposit *deposit, char *error, size_t error_size)
{
	Parser		parser = {.read = read, .source = source, .sink = sink, .deposit = deposit, .error = error, .error_size = error_size};

	error[0] = '\0';
	parser.context = xmlCreateIOParserCtxt(NULL, NULL, counted_read, nothing_to_close, &parser, XML_CHAR_ENCODING_NONE);
	if (!parser.context)
	{
		fail(&parser, 0, "no XML");
		return false;
	}
	xmlCtxtUseOptions(parser.context, XML_PARSE_NONET | XML_PARSE_NOBLANKS | XML_PARSE_NOCDATA);
	nodes_read(&parser);
	xmlFreeDoc(parser.context->myDoc);
	xmlFreeParserCtxt(parser.context);
	return !parser.failed && !sink->failed(sink->arg);
}

void
deposit_free(ParsedDeposit *deposit)
{
	free(deposit->zone);
	free(deposit->type);
	free(deposit->id);
	free(deposit->prev_id);
	free(deposit->resend);
	free(deposit->watermark);
	gw_buf_free(&deposit->counts);
}
