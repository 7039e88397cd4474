/*
 * epp_node.h
 *		Questions about nodes of a document.
 */
#ifndef EPP_NODE_H
#define EPP_NODE_H

#include <libxml/tree.h>
#include <stdbool.h>

/* Does the element have this local name and namespace? */
bool		epp_is(const xmlNode *node, const char *uri, const char *name);

/* Next element among the siblings, from this node on. Other nodes are skipped. */
const xmlNode *epp_element(const xmlNode *node);

/* False if anything but white space, comments and elements is among the children. */
bool		epp_elements_only(const xmlNode *parent);

/* "domain:name" for messages. */
const char *epp_node_name(const xmlNode *node, char *text, size_t size);

#endif
