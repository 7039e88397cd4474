/*
 * escrow_object.h
 *		Elements of a deposit (RFC 9022) as rows. Prefixes do not matter, names and namespaces do; what a deposit has
 *		beyond the schemas is passed over.
 */
#ifndef ESCROW_OBJECT_H
#define ESCROW_OBJECT_H

#include <libxml/tree.h>

#include "escrow_stage.h"

/* What an element below <contents> or <deletes> is; STAGE_TABLES: nothing that is staged. */
StageTable	object_table(const char *uri, const char *name);

/* Whether it is known at all, staged or not (header, EPP parameters, policy). */
bool		object_is_known(const char *uri);

/* What names an object; freed with xmlFree(). */
char	   *object_key(StageTable table, xmlNodePtr object);

/* First child of this name, and its text without white space around it; freed with xmlFree(). NULL when absent. */
xmlNodePtr	object_child(xmlNodePtr parent, const char *name);
char	   *object_text(xmlNodePtr node);

/* The next element of the same name. */
xmlNodePtr	object_next(xmlNodePtr node);

#endif
