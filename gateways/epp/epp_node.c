/*
 * epp_node.c
 *		Questions about nodes of a document. See epp_node.h.
 */
#include "epp_node.h"
#include "epp_names.h"

#include <stdio.h>
#include <string.h>

bool
epp_is(const xmlNode *node, const char *uri, const char *name)
{
	return node->ns && strcmp((const char *) node->name, name) == 0 && strcmp((const char *) node->ns->href, uri) == 0;
}

const xmlNode *
epp_element(const xmlNode *node)
{
	while (node && node->type != XML_ELEMENT_NODE)
		node = node->next;
	return node;
}

bool
epp_elements_only(const xmlNode *parent)
{
	for (const xmlNode *node = parent->children; node; node = node->next)
	{
		if (node->type == XML_CDATA_SECTION_NODE || node->type == XML_ENTITY_REF_NODE)
			return false;
		if (node->type == XML_TEXT_NODE && node->content[strspn((const char *) node->content, " \t\r\n")] != '\0')
			return false;
	}
	return true;
}

/* "domain:name", whatever prefix the client chose. */
const char *
epp_node_name(const xmlNode *node, char *text, size_t size)
{
	const char *prefix = node->ns ? epp_prefix_of((const char *) node->ns->href) : NULL;

	snprintf(text, size, "%s%s%.60s", prefix ? prefix : "", prefix ? ":" : "", (const char *) node->name);
	return text;
}
