/*
 * escrow_object.c
 *		Elements as rows. See escrow_object.h.
 */
#include "escrow_object.h"
#include "escrow_csv.h"
#include "escrow_field.h"
#include "escrow_parse.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NS	"urn:ietf:params:xml:ns:"

static const struct
{
	const char *uri;
	const char *element;
	StageTable	table;
}			objects[] = {
	{NS "rdeDomain-1.0", "domain", STAGE_DOMAIN},
	{NS "rdeHost-1.0", "host", STAGE_HOST},
	{NS "rdeContact-1.0", "contact", STAGE_CONTACT},
	{NS "rdeRegistrar-1.0", "registrar", STAGE_REGISTRAR},
	{NS "rdeIDN-1.0", "idnTableRef", STAGE_IDN},
	{NS "rdeNNDN-1.0", "NNDN", STAGE_NNDN},
};

StageTable
object_table(const char *uri, const char *name)
{
	for (size_t i = 0; i < sizeof(objects) / sizeof(objects[0]); i++)
		if (strcmp(objects[i].uri, uri) == 0 && (strcmp(objects[i].element, name) == 0 || strcmp(name, "delete") == 0))
			return objects[i].table;
	return STAGE_TABLES;
}

bool
object_is_known(const char *uri)
{
	static const char *const others[] = {NS "rdeHeader-1.0", NS "rdeEppParams-1.0", NS "rdePolicy-1.0"};

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (strcmp(others[i], uri) == 0)
			return true;
	for (size_t i = 0; i < sizeof(objects) / sizeof(objects[0]); i++)
		if (strcmp(objects[i].uri, uri) == 0)
			return true;
	return false;
}

xmlNodePtr
object_child(xmlNodePtr parent, const char *name)
{
	for (xmlNodePtr child = parent ? parent->children : NULL; child; child = child->next)
		if (child->type == XML_ELEMENT_NODE && *child->name == (xmlChar) *name && strcmp((const char *) child->name, name) == 0)
			return child;
	return NULL;
}

xmlNodePtr
object_next(xmlNodePtr node)
{
	const xmlChar *name = node->name;

	for (node = node->next; node; node = node->next)
		if (node->type == XML_ELEMENT_NODE && xmlStrEqual(node->name, name))
			return node;
	return NULL;
}

/* Without the white space around it. */
static char *
trimmed(const char *from)
{
	size_t		length;

	while (isspace((unsigned char) *from))
		from++;
	length = strlen(from);
	while (length > 0 && isspace((unsigned char) from[length - 1]))
		length--;
	return (char *) xmlStrndup((const xmlChar *) from, (int) length);
}

char *
object_text(xmlNodePtr node)
{
	char	   *whole,
			   *text;

	if (!node)
		return NULL;
	/* nearly always */
	if (!node->children || (node->children->type == XML_TEXT_NODE && !node->children->next))
		return trimmed(node->children ? (const char *) node->children->content : "");
	whole = (char *) xmlNodeGetContent(node);
	text = whole ? trimmed(whole) : NULL;
	xmlFree(whole);
	return text;
}

static void
host_stage(Row *row, xmlNodePtr o)
{
	row_name(row, object_child(o, "name"));
	row_child(row, o, "roid");
	row_statuses(row, o, "status", false);
	row_texts(row, o, "addr", false);
	row_child(row, o, "clID");
	row_child(row, o, "crRr");
	row_instant(row, o, "crDate");
	row_child(row, o, "upRr");
	row_instant(row, o, "upDate");
	row_instant(row, o, "trDate");
}

static void
idn_stage(Row *row, xmlNodePtr o)
{
	char	   *id = (char *) xmlGetProp(o, (const xmlChar *) "id");

	row_field(row, id);
	row_child(row, o, "url");
	row_child(row, o, "urlPolicy");
	xmlFree(id);
}

static void
nndn_stage(Row *row, xmlNodePtr o)
{
	xmlNodePtr	state = object_child(o, "nameState");
	char	   *mirrored = state ? (char *) xmlGetProp(state, (const xmlChar *) "mirroringNS") : NULL;

	row_name(row, object_child(o, "aName"));
	row_child(row, o, "uName");
	row_child(row, o, "idnTableId");
	row_child(row, o, "originalName");
	row_child(row, o, "nameState");
	row_field(row, mirrored ? (strcmp(mirrored, "1") == 0 || strcmp(mirrored, "true") == 0 ? "t" : "f") : NULL);
	row_instant(row, o, "crDate");
	xmlFree(mirrored);
}

static void (*const writers[]) (Row *row, xmlNodePtr object) = {
	[STAGE_DOMAIN] = row_domain,
	[STAGE_HOST] = host_stage,
	[STAGE_CONTACT] = row_contact,
	[STAGE_REGISTRAR] = row_registrar,
	[STAGE_IDN] = idn_stage,
	[STAGE_NNDN] = nndn_stage,
};

/* name of domains and hosts, id of contacts, registrars and IDN tables, aName of NNDN */
char *
object_key(StageTable table, xmlNodePtr object)
{
	if (table == STAGE_IDN)
		return (char *) xmlGetProp(object, (const xmlChar *) "id");
	if (table == STAGE_NNDN)
		return row_name_text(object_child(object, "aName"));
	return table == STAGE_DOMAIN || table == STAGE_HOST ? row_name_text(object_child(object, "name")) : object_text(object_child(object, "id"));
}

static void
object_stage(Stage *stage, StageTable table, xmlNodePtr object, long line)
{
	Row			row = {stage, table, line, object_key(table, object)};

	stage_begin(stage, table, line);
	writers[table] (&row, object);
	stage_end(stage, table);
	xmlFree(row.key);
}

static void
object_delete(Stage *stage, StageTable table, xmlNodePtr object, long line)
{
	for (xmlNodePtr child = object->children; child; child = child->next)
		if (child->type == XML_ELEMENT_NODE)
		{
			char	   *key = object_text(child);

			stage_begin(stage, STAGE_DELETE, line);
			stage_field(stage, STAGE_DELETE, stage_kind(table));
			stage_field(stage, STAGE_DELETE, key ? key : "");
			stage_end(stage, STAGE_DELETE);
			xmlFree(key);
		}
}

static void
sink_object(void *arg, StageTable table, xmlNodePtr object, bool deleted, long line)
{
	if (deleted)
		object_delete(arg, table, object, line);
	else
		object_stage(arg, table, object, line);
}

static void
sink_other(void *arg, const char *uri, const char *name, xmlNodePtr node, bool deleted, long line)
{
	if (!csv_definitions_take(arg, uri, node, deleted, line) && !object_is_known(uri))
		stage_problem(arg, "warning", "deposit", name, line, "read_unknown", uri);
}

static bool
sink_failed(void *arg)
{
	return ((Stage *) arg)->failed;
}

ParseSink
object_sink(Stage *stage)
{
	return (ParseSink) {stage, sink_object, sink_other, sink_failed};
}
