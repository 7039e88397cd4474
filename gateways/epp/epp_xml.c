/*
 * epp_xml.c
 *		XML in and out. See epp_xml.h.
 *
 * One parser context lives as long as the process, so that its dictionary of
 * names is warm. Names in it come from the network, so it is thrown away when
 * it has grown past any honest use.
 */
#include "epp_xml.h"
#include "epp_names.h"
#include "gw_memory.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <limits.h>
#include <stdbool.h>

#define DEPTH_MAX 16
#define ATTRIBUTES_MAX 16
#define DICTIONARY_MAX 2000
#define COPY_MAX 2048
#define PARSE_OPTIONS (XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA | XML_PARSE_COMPACT)

static xmlParserCtxt *parser;
static const char *refusal;
static int	depth;				/* of elements that are open */

static const char doctype_refused[] = "a document type declaration is not allowed";
static const char depth_refused[] = "elements are nested too deeply";
static const char attributes_refused[] = "an element has too many attributes";

static void
refuse(xmlParserCtxt *ctxt, const char *why)
{
	refusal = why;
	xmlStopParser(ctxt);
}

/* SAX: a DOCTYPE begins. */
static void
on_doctype(void *ctxt, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
	(void) name;
	(void) external;
	(void) system;
	refuse(ctxt, doctype_refused);
}

/* SAX: an element begins. */
static void
on_element(void *ctxt, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int namespace_count,
		   const xmlChar **namespaces, int attribute_count, int defaulted, const xmlChar **attributes)
{
	if (depth++ >= DEPTH_MAX)
		refuse(ctxt, depth_refused);
	else if (attribute_count + namespace_count > ATTRIBUTES_MAX)
		refuse(ctxt, attributes_refused);
	else
		xmlSAX2StartElementNs(ctxt, name, prefix, uri, namespace_count, namespaces, attribute_count, defaulted,
							  attributes);
}

/* SAX: an element ends. */
static void
on_element_end(void *ctxt, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	depth--;
	xmlSAX2EndElementNs(ctxt, name, prefix, uri);
}

/* libxml2 would write about bad encodings to standard error, whatever its options. */
static void
no_message(void *arg, const char *format, ...)
{
	(void) arg;
	(void) format;
}

/* The context, a new one if need be. */
static xmlParserCtxt *
parser_get(void)
{
	if (parser && xmlDictSize(parser->dict) > DICTIONARY_MAX)
	{
		xmlFreeParserCtxt(parser);
		parser = NULL;
	}
	if (parser == NULL)
	{
		xmlSetGenericErrorFunc(NULL, no_message);
		parser = gw_memory_checked(xmlNewParserCtxt());
		parser->sax->internalSubset = on_doctype;
		parser->sax->externalSubset = on_doctype;
		parser->sax->startElementNs = on_element;
		parser->sax->endElementNs = on_element_end;
	}
	return parser;
}

xmlDoc *
epp_xml_parse(const char *text, size_t length, const char **reason)
{
	xmlParserCtxt *ctxt = parser_get();
	xmlDoc	   *document;

	refusal = NULL;
	depth = 0;
	document = xmlCtxtReadMemory(ctxt, text, (int) length, NULL, NULL, PARSE_OPTIONS);
	/* a prefix without declaration is only a warning to the parser; the schema could not be told (Namespaces in XML 1.0) */
	if (document && refusal == NULL && !ctxt->nsWellFormed)
		refusal = "a namespace prefix is not declared";
	if (document && refusal == NULL)
		return document;
	xmlFreeDoc(document);
	*reason = refusal ? refusal : "the document is not well-formed XML";
	return NULL;
}

void
epp_xml_free(xmlDoc *document)
{
	xmlFreeDoc(document);
}

/* Append escaped text; double quotes too where they would end the value. */
static void
append_escaped(GwBuf *out, const char *text, bool quotes)
{
	const char *plain = text;

	for (;; text++)
	{
		const char *escape = NULL;

		switch (*text)
		{
			case '&':
				escape = "&amp;";
				break;
			case '<':
				escape = "&lt;";
				break;
			case '>':
				escape = "&gt;";
				break;
			case '"':
				escape = quotes ? "&quot;" : NULL;
				break;
			case '\r':
				escape = "&#13;";
				break;
			default:
				/* other control characters cannot be written in XML 1.0 at all */
				if (*text && (unsigned char) *text < 0x20 && *text != '\t' && *text != '\n')
					escape = "?";
				break;
		}
		if (escape == NULL && *text)
			continue;
		gw_buf_add(out, plain, (size_t) (text - plain));
		if (*text == '\0')
			return;
		gw_buf_puts(out, escape);
		plain = text + 1;
	}
}

void
epp_xml_text(GwBuf *out, const char *text)
{
	append_escaped(out, text, false);
}

void
epp_xml_attribute(GwBuf *out, const char *value)
{
	append_escaped(out, value, true);
}

/* Elements whose content is nobody's business. */
static bool
is_secret(const xmlNode *node)
{
	static const char *const names[] = {"pw", "newPW", "authInfo"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp((const char *) node->name, names[i]) == 0)
			return true;
	return false;
}

/* Remove the content of secret elements below (and at) this node. */
static void
blank_secrets(xmlNode *node)
{
	if (node->type == XML_ELEMENT_NODE && is_secret(node))
	{
		xmlFreeNodeList(node->children);
		node->children = node->last = NULL;
	}
	for (xmlNode *child = node->children; child; child = child->next)
		if (child->type == XML_ELEMENT_NODE)
			blank_secrets(child);
}

/* Append a copy without secrets if it has at most `max` octets. how: 1 all of it, 0 no attributes and children. */
static bool
copy_node(GwBuf *out, const xmlNode *node, int how, int max)
{
	xmlNode    *copy = gw_memory_checked(xmlDocCopyNode((xmlNode *) node, node->doc, how));
	xmlBuffer  *text = gw_memory_checked(xmlBufferCreate());
	bool		fits;

	blank_secrets(copy);
	xmlNodeDump(text, node->doc, copy, 0, 0);
	fits = xmlBufferLength(text) <= max;
	if (fits)
		gw_buf_add(out, xmlBufferContent(text), (size_t) xmlBufferLength(text));
	xmlBufferFree(text);
	xmlFreeNode(copy);
	return fits;
}

void
epp_xml_copy(GwBuf *out, const xmlNode *node)
{
	/* <value> may hold one element, and should be of modest size */
	if (copy_node(out, node, 1, COPY_MAX) || copy_node(out, node, 0, COPY_MAX))
		return;
	gw_buf_puts(out, "<epp xmlns=\"" EPP_URI_EPP "\"/>");
}

void
epp_xml_content(GwBuf *out, const xmlNode *node)
{
	bool		markup = false;

	gw_buf_puts(out, "");
	for (const xmlNode *child = node->children; child; child = child->next)
		markup |= child->type == XML_ELEMENT_NODE;
	for (const xmlNode *child = node->children; child; child = child->next)
	{
		if (child->type == XML_ELEMENT_NODE)
			copy_node(out, child, 1, INT_MAX);
		else if (child->type == XML_TEXT_NODE && markup)
			epp_xml_text(out, (const char *) child->content);
		else if (child->type == XML_TEXT_NODE)
			gw_buf_puts(out, (const char *) child->content);
	}
}
