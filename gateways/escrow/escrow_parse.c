/*
 * escrow_parse.c
 *		The XML of a deposit. See escrow_parse.h.
 *
 * No DTD, no entities, no network: a document type is refused where it stands. The reader frees what it has passed, and
 * one object at a time is built as a tree, whose size is limited.
 */
#include "escrow_parse.h"
#include "escrow_object.h"
#include "gw_memory.h"

#include <libxml/xmlreader.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NS_RDE	"urn:ietf:params:xml:ns:rde-1.0"

typedef struct Parser
{
	xmlTextReaderPtr reader;
	ParseRead	read;
	void	   *source;
	long		since_object;	/* octets read since the last object ended */
	const ParseSink *sink;
	ParsedDeposit *deposit;
	bool		in_deletes;
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

static void
xml_error(void *context, xmlErrorPtr error)
{
	Parser	   *parser = context;

	if (error->level >= XML_ERR_ERROR)
		fail(parser, error->line, "%s", error->message);
}

static char *
attribute(Parser *parser, const char *name)
{
	xmlChar    *value = xmlTextReaderGetAttribute(parser->reader, (const xmlChar *) name);
	char	   *text = value ? gw_strdup((const char *) value) : NULL;

	xmlFree(value);
	return text;
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
object_take(Parser *parser, const char *uri, const char *name)
{
	int			line = xmlTextReaderGetParserLineNumber(parser->reader);
	StageTable	table = object_table(uri, name);
	xmlNodePtr	object = xmlTextReaderExpand(parser->reader);

	if (!object)
	{
		fail(parser, line, "element \"%s\" is not complete", name);
		return;
	}
	if (strcmp(name, "header") == 0 && strstr(uri, "rdeHeader-1.0"))
		header_take(parser, object);
	if (table == STAGE_TABLES)
		parser->sink->other(parser->sink->arg, uri, name, object, parser->in_deletes, line);
	else if (parser->in_deletes || strcmp(name, "delete") != 0)
		parser->sink->object(parser->sink->arg, table, object, parser->in_deletes, line);
}

static void
root_take(Parser *parser, const char *uri, const char *name, int line)
{
	if (strcmp(uri, NS_RDE) != 0 || strcmp(name, "deposit") != 0)
	{
		fail(parser, line, "\"%s\" of namespace \"%s\" is no deposit", name, uri);
		return;
	}
	parser->seen_root = true;
	parser->deposit->type = attribute(parser, "type");
	parser->deposit->id = attribute(parser, "id");
	parser->deposit->prev_id = attribute(parser, "prevId");
	parser->deposit->resend = attribute(parser, "resend");
	parser->closed = xmlTextReaderIsEmptyElement(parser->reader) == 1;
}

/* True when the element was taken whole, so that the reader passes over what is below it. */
static bool
element_take(Parser *parser)
{
	const char *name = (const char *) xmlTextReaderConstLocalName(parser->reader);
	const char *uri = (const char *) xmlTextReaderConstNamespaceUri(parser->reader);
	int			depth = xmlTextReaderDepth(parser->reader);
	int			line = xmlTextReaderGetParserLineNumber(parser->reader);

	uri = uri ? uri : "";
	if (depth == 0)
		root_take(parser, uri, name, line);
	else if (depth == 1 && strcmp(name, "watermark") == 0)
	{
		xmlNodePtr	node = xmlTextReaderExpand(parser->reader);
		char	   *text = object_text(node);

		parser->deposit->watermark = text ? gw_strdup(text) : NULL;
		xmlFree(text);
		return true;
	}
	else if (depth == 1 && (strcmp(name, "deletes") == 0 || strcmp(name, "contents") == 0))
		parser->in_deletes = name[0] == 'd';
	else if (depth == 1)
		return true;
	else if (depth == 2)
	{
		object_take(parser, uri, name);
		return true;
	}
	return false;
}

static void
nodes_read(Parser *parser)
{
	int			more = xmlTextReaderRead(parser->reader);

	while (more == 1 && !parser->failed && !parser->sink->failed(parser->sink->arg))
	{
		bool		whole = false;

		switch (xmlTextReaderNodeType(parser->reader))
		{
			case XML_READER_TYPE_ELEMENT:
				whole = element_take(parser);
				break;
			case XML_READER_TYPE_END_ELEMENT:
				parser->closed |= xmlTextReaderDepth(parser->reader) == 0;
				break;
			case XML_READER_TYPE_DOCUMENT_TYPE:
			case XML_READER_TYPE_ENTITY_REFERENCE:
				fail(parser, xmlTextReaderGetParserLineNumber(parser->reader), "a deposit has no document type and no entities");
				break;
			default:
				break;
		}
		if (whole)
			parser->since_object = 0;
		more = whole ? xmlTextReaderNext(parser->reader) : xmlTextReaderRead(parser->reader);
	}
	if (more < 0)
		fail(parser, xmlTextReaderGetParserLineNumber(parser->reader), "the XML is not well-formed");
	else if (!parser->failed && (!parser->seen_root || !parser->closed))
		fail(parser, xmlTextReaderGetParserLineNumber(parser->reader), "the deposit ends before its end");
}

bool
deposit_parse(ParseRead read, void *source, const ParseSink *sink, ParsedDeposit *deposit, char *error, size_t error_size)
{
	Parser		parser = {.read = read, .source = source, .sink = sink, .deposit = deposit, .error = error, .error_size = error_size};

	error[0] = '\0';
	parser.reader = xmlReaderForIO(counted_read, nothing_to_close, &parser, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOBLANKS | XML_PARSE_NOCDATA);
	if (!parser.reader)
	{
		fail(&parser, 0, "no XML");
		return false;
	}
	xmlTextReaderSetStructuredErrorHandler(parser.reader, (xmlStructuredErrorFunc) xml_error, &parser);
	nodes_read(&parser);
	xmlFreeTextReader(parser.reader);
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
