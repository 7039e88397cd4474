/*
 * epp_request_find.c
 *		The element of a document that the database means. See epp_request.h.
 */
#include "epp_request.h"

#include <stdio.h>
#include <string.h>

/* The next node of a walk through a tree, in document order. */
static const xmlNode *
next_node(const xmlNode *node, const xmlNode *top)
{
	if (node->children && node->type == XML_ELEMENT_NODE)
		return node->children;
	while (node != top && node->next == NULL)
		node = node->parent;
	return node == top ? NULL : node->next;
}

/* Does the message quote the content of the element? */
static bool
is_quoted(const xmlNode *node, const char *message)
{
	char		quoted[300];

	if (node->children == NULL || node->children->type != XML_TEXT_NODE || message == NULL)
		return false;
	snprintf(quoted, sizeof(quoted), "\"%s\"", (const char *) node->children->content);
	return strcasestr(message, quoted) != NULL;
}

/*
 * Of a name that is none the database does not know where it stood: it is the
 * element the message quotes, or the object's own name.
 */
static const xmlNode *
find_quoted(const EppRequest *request, const xmlNode *root, const char *message)
{
	const xmlNode *object = request->object_node;

	for (const xmlNode *node = root; node; node = next_node(node, root))
		if (node->type == XML_ELEMENT_NODE && is_quoted(node, message))
			return node;
	for (const xmlNode *node = object ? epp_element(object->children) : NULL; node; node = epp_element(node->next))
		if (strcmp((const char *) node->name, "name") == 0)
			return node;
	return NULL;
}

/* Has it this name, in the namespace or in another one that is called by the same prefix (a draft)? */
static bool
is_named(const xmlNode *node, const char *uri, const char *prefix, const char *name)
{
	const char *own = node->ns ? epp_prefix_of((const char *) node->ns->href) : NULL;

	return epp_is(node, uri, name) || (own && strcmp(own, prefix) == 0 && strcmp((const char *) node->name, name) == 0);
}

/*
 * Several elements may have the name; the one the message quotes is meant.
 */
const xmlNode *
epp_request_find(const EppRequest *request, const char *element, const char *message)
{
	const xmlNode *root = request->document ? xmlDocGetRootElement(request->document) : NULL;
	const xmlNode *found = NULL;
	const char *colon = strchr(element, ':');
	const char *uri;
	char		prefix[16];

	snprintf(prefix, sizeof(prefix), "%.*s", colon ? (int) (colon - element) : 3, colon ? element : "epp");
	uri = epp_uri_of(prefix);
	if (uri == NULL)
		return NULL;
	if (strcmp(element, "name") == 0)
		return find_quoted(request, root, message);
	for (const xmlNode *node = root; node; node = next_node(node, root))
	{
		if (node->type != XML_ELEMENT_NODE || !is_named(node, uri, prefix, colon ? colon + 1 : element))
			continue;
		if (is_quoted(node, message))
			return node;
		if (found == NULL)
			found = node;
	}
	return found;
}
