/*
 * escrow_object.c
 *		Elements as rows. See escrow_object.h.
 */
#include "escrow_object.h"
#include "gw_array.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NS	"urn:ietf:params:xml:ns:"

/* The object being written. */
typedef struct Row
{
	Stage	   *stage;
	StageTable	table;
	long		line;
	char	   *key;
} Row;

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
		if (child->type == XML_ELEMENT_NODE && strcmp((const char *) child->name, name) == 0)
			return child;
	return NULL;
}

static xmlNodePtr
next_like(xmlNodePtr node)
{
	const xmlChar *name = node->name;

	for (node = node->next; node; node = node->next)
		if (node->type == XML_ELEMENT_NODE && xmlStrEqual(node->name, name))
			return node;
	return NULL;
}

char *
object_text(xmlNodePtr node)
{
	char	   *text = node ? (char *) xmlNodeGetContent(node) : NULL;
	char	   *from = text;
	size_t		length;

	if (!text)
		return NULL;
	while (isspace((unsigned char) *from))
		from++;
	length = strlen(from);
	while (length > 0 && isspace((unsigned char) from[length - 1]))
		length--;
	memmove(text, from, length);
	text[length] = '\0';
	return text;
}

static void
field(Row *row, const char *text)
{
	stage_field(row->stage, row->table, text);
}

/* The text of a child; empty is absent. */
static void
child_field(Row *row, xmlNodePtr parent, const char *name)
{
	char	   *text = object_text(object_child(parent, name));

	field(row, text && *text ? text : NULL);
	xmlFree(text);
}

/* Names are compared: lower case, without the final dot. */
static char *
name_text(xmlNodePtr node)
{
	char	   *text = object_text(node);
	size_t		length = text ? strlen(text) : 0;

	for (size_t i = 0; i < length; i++)
		if ((unsigned char) text[i] < 0x80)
			text[i] = (char) tolower((unsigned char) text[i]);
	if (length > 1 && text[length - 1] == '.')
		text[length - 1] = '\0';
	return text;
}

static void
name_field(Row *row, xmlNodePtr node)
{
	char	   *text = name_text(node);

	field(row, text && *text ? text : NULL);
	xmlFree(text);
}

static bool
digits(const char **at, int count)
{
	for (int i = 0; i < count; i++)
		if (!isdigit((unsigned char) *(*at)++))
			return false;
	return true;
}

/* dateTime of XML Schema, four digits of year, with a zone; the database judges month and day. */
static bool
is_instant(const char *at)
{
	int			month,
				day;

	if (!digits(&at, 4) || *at++ != '-' || !digits(&at, 2) || *at++ != '-' || !digits(&at, 2) || *at++ != 'T')
		return false;
	month = atoi(at - 6);
	day = atoi(at - 3);
	if (month < 1 || month > 12 || day < 1 || day > (month == 2 ? 29 : 30 + ((month + month / 8) & 1)))
		return false;
	if (!digits(&at, 2) || *at++ != ':' || !digits(&at, 2) || *at++ != ':' || !digits(&at, 2))
		return false;
	if (atoi(at - 8) > 23 || atoi(at - 5) > 59 || atoi(at - 2) > 59)
		return false;
	if (*at == '.')
		for (at++; isdigit((unsigned char) *at); at++)
			;
	if (strcmp(at, "Z") == 0)
		return true;
	return (*at == '+' || *at == '-') && (at++, digits(&at, 2)) && *at++ == ':' && digits(&at, 2) && *at == '\0';
}

static void
instant_field(Row *row, xmlNodePtr parent, const char *name)
{
	char	   *text = object_text(object_child(parent, name));

	if (text && *text && !is_instant(text))
	{
		stage_problem(row->stage, "error", stage_kind(row->table), row->key, row->line, "read_date", text);
		field(row, NULL);
	}
	else
		field(row, text && *text ? text : NULL);
	xmlFree(text);
}

/* A whole number, else a problem. */
static void
number_field(Row *row, xmlNodePtr parent, const char *name)
{
	char	   *text = object_text(object_child(parent, name));
	bool		good = text && *text && strlen(text) <= 9 && strspn(text, "0123456789") == strlen(text);

	if (text && *text && !good)
		stage_problem(row->stage, "error", stage_kind(row->table), row->key, row->line, "read_number", text);
	field(row, good ? text : NULL);
	xmlFree(text);
}

/* Attribute `s` of all elements of a name: statuses; RGP statuses have their text behind it. */
static void
status_list(Row *row, xmlNodePtr parent, const char *name, bool with_text)
{
	GwBuf		list = {0};

	gw_array_begin(&list);
	for (xmlNodePtr child = object_child(parent, name); child; child = next_like(child))
	{
		char	   *status = (char *) xmlGetProp(child, (const xmlChar *) "s");
		char	   *text = object_text(child);
		GwBuf		item = {0};

		gw_buf_puts(&item, status ? status : "");
		if (with_text && text && *text)
			gw_buf_printf(&item, " %s", text);
		gw_array_add(&list, item.data ? item.data : "");
		gw_buf_free(&item);
		xmlFree(status);
		xmlFree(text);
	}
	gw_array_end(&list);
	field(row, list.data);
	gw_buf_free(&list);
}

/* Our own deposits have words key=value in the text of a status; what others write there is for people. */
static void
facts_field(Row *row, xmlNodePtr domain)
{
	char	   *text = NULL;

	for (xmlNodePtr child = object_child(domain, "status"); child && !(text && strchr(text, '=')); child = next_like(child))
	{
		xmlFree(text);
		text = object_text(child);
	}
	field(row, text && strchr(text, '=') ? text : NULL);
	xmlFree(text);
}

static void
contact_list(Row *row, xmlNodePtr domain)
{
	GwBuf		list = {0};

	gw_array_begin(&list);
	for (xmlNodePtr child = object_child(domain, "contact"); child; child = next_like(child))
	{
		char	   *role = (char *) xmlGetProp(child, (const xmlChar *) "type");
		char	   *id = object_text(child);
		GwBuf		item = {0};

		gw_buf_printf(&item, "%s:%s", role ? role : "", id ? id : "");
		gw_array_add(&list, item.data);
		gw_buf_free(&item);
		xmlFree(role);
		xmlFree(id);
	}
	gw_array_end(&list);
	field(row, list.data);
	gw_buf_free(&list);
}

/* The texts of all children of a name as a list. */
static void
text_list(Row *row, xmlNodePtr parent, const char *name, bool names)
{
	GwBuf		list = {0};

	gw_array_begin(&list);
	for (xmlNodePtr child = object_child(parent, name); child; child = next_like(child))
	{
		char	   *text = names ? name_text(child) : object_text(child);

		gw_array_add(&list, text ? text : "");
		xmlFree(text);
	}
	gw_array_end(&list);
	field(row, list.data);
	gw_buf_free(&list);
}

static void
host_attributes(Row *row, xmlNodePtr ns)
{
	GwBuf		list = {0};

	gw_array_begin(&list);
	for (xmlNodePtr attribute = object_child(ns, "hostAttr"); attribute; attribute = next_like(attribute))
	{
		char	   *name = name_text(object_child(attribute, "hostName"));
		GwBuf		item = {0};

		gw_buf_puts(&item, name ? name : "");
		for (xmlNodePtr address = object_child(attribute, "hostAddr"); address; address = next_like(address))
		{
			char	   *text = object_text(address);

			gw_buf_printf(&item, " %s", text ? text : "");
			xmlFree(text);
		}
		gw_array_add(&list, item.data ? item.data : "");
		gw_buf_free(&item);
		xmlFree(name);
	}
	gw_array_end(&list);
	field(row, list.data);
	gw_buf_free(&list);
}

/* The texts of some children in one line; white space inside them goes, as in base64 and hexadecimal digits. */
static void
record_add(GwBuf *record, xmlNodePtr parent, const char *const *names, bool upper_last)
{
	for (; *names; names++)
	{
		char	   *text = object_text(object_child(parent, *names));

		if (record->length > 0)
			gw_buf_putc(record, ' ');
		for (const char *at = text ? text : "?"; *at; at++)
			if (!isspace((unsigned char) *at))
				gw_buf_putc(record, upper_last && !names[1] ? (char) toupper((unsigned char) *at) : *at);
		xmlFree(text);
	}
}

static void
secdns_lists(Row *row, xmlNodePtr secdns)
{
	static const char *const ds_parts[] = {"keyTag", "alg", "digestType", "digest", NULL};
	static const char *const key_parts[] = {"flags", "protocol", "alg", "pubKey", NULL};
	GwBuf		ds = {0},
				keys = {0};

	number_field(row, secdns, "maxSigLife");
	gw_array_begin(&ds);
	gw_array_begin(&keys);
	for (xmlNodePtr data = object_child(secdns, "dsData"); data; data = next_like(data))
	{
		GwBuf		record = {0};
		xmlNodePtr	key = object_child(data, "keyData");

		record_add(&record, data, ds_parts, true);
		if (key)
			record_add(&record, key, key_parts, false);
		gw_array_add(&ds, record.data);
		gw_buf_free(&record);
	}
	for (xmlNodePtr data = object_child(secdns, "keyData"); data; data = next_like(data))
	{
		GwBuf		record = {0};

		record_add(&record, data, key_parts, false);
		gw_array_add(&keys, record.data);
		gw_buf_free(&record);
	}
	gw_array_end(&ds);
	gw_array_end(&keys);
	field(row, ds.data);
	field(row, keys.data);
	gw_buf_free(&ds);
	gw_buf_free(&keys);
}

static void
transfer_fields(Row *row, xmlNodePtr transfer)
{
	child_field(row, transfer, "trStatus");
	child_field(row, transfer, "reRr");
	instant_field(row, transfer, "reDate");
	child_field(row, transfer, "acRr");
	instant_field(row, transfer, "acDate");
}

static void
domain_stage(Row *row, xmlNodePtr o)
{
	name_field(row, object_child(o, "name"));
	child_field(row, o, "roid");
	child_field(row, o, "uName");
	child_field(row, o, "idnTableId");
	child_field(row, o, "originalName");
	status_list(row, o, "status", false);
	facts_field(row, o);
	status_list(row, o, "rgpStatus", true);
	child_field(row, o, "registrant");
	contact_list(row, o);
	text_list(row, object_child(o, "ns"), "hostObj", true);
	host_attributes(row, object_child(o, "ns"));
	child_field(row, o, "clID");
	child_field(row, o, "crRr");
	instant_field(row, o, "crDate");
	instant_field(row, o, "exDate");
	child_field(row, o, "upRr");
	instant_field(row, o, "upDate");
	secdns_lists(row, object_child(o, "secDNS"));
	instant_field(row, o, "trDate");
	transfer_fields(row, object_child(o, "trnData"));
	instant_field(row, object_child(o, "trnData"), "exDate");
}

static void
host_stage(Row *row, xmlNodePtr o)
{
	name_field(row, object_child(o, "name"));
	child_field(row, o, "roid");
	status_list(row, o, "status", false);
	text_list(row, o, "addr", false);
	child_field(row, o, "clID");
	child_field(row, o, "crRr");
	instant_field(row, o, "crDate");
	child_field(row, o, "upRr");
	instant_field(row, o, "upDate");
	instant_field(row, o, "trDate");
}

/* name, org, street1-3, city, sp, pc, cc; a registrar's has no name and organization of its own. */
static void
postal_field(Row *row, xmlNodePtr info)
{
	static const char *const tail[] = {"city", "sp", "pc", "cc"};
	xmlNodePtr	address = object_child(info, "addr");
	xmlNodePtr	street = object_child(address, "street");
	GwBuf		list = {0};
	char	   *text;

	if (!info)
	{
		field(row, NULL);
		return;
	}
	gw_array_begin(&list);
	text = object_text(object_child(info, "name"));
	gw_array_add(&list, text ? text : "");
	xmlFree(text);
	text = object_text(object_child(info, "org"));
	gw_array_add(&list, text && *text ? text : NULL);
	xmlFree(text);
	for (int i = 0; i < 3; i++, street = street ? next_like(street) : NULL)
	{
		text = object_text(street);
		gw_array_add(&list, text && *text ? text : NULL);
		xmlFree(text);
	}
	for (size_t i = 0; i < sizeof(tail) / sizeof(tail[0]); i++)
	{
		text = object_text(object_child(address, tail[i]));
		gw_array_add(&list, text && *text ? text : NULL);
		xmlFree(text);
	}
	gw_array_end(&list);
	field(row, list.data);
	gw_buf_free(&list);
}

/* The postalInfo of a type. */
static xmlNodePtr
postal_of(xmlNodePtr object, const char *form)
{
	for (xmlNodePtr info = object_child(object, "postalInfo"); info; info = next_like(info))
	{
		char	   *type = (char *) xmlGetProp(info, (const xmlChar *) "type");
		bool		found = type && strcmp(type, form) == 0;

		xmlFree(type);
		if (found)
			return info;
	}
	return NULL;
}

static void
telephone(Row *row, xmlNodePtr object, const char *name)
{
	xmlNodePtr	node = object_child(object, name);
	char	   *extension = node ? (char *) xmlGetProp(node, (const xmlChar *) "x") : NULL;

	child_field(row, object, name);
	field(row, extension && *extension ? extension : NULL);
	xmlFree(extension);
}

static void
disclose_fields(Row *row, xmlNodePtr disclose)
{
	char	   *flag = disclose ? (char *) xmlGetProp(disclose, (const xmlChar *) "flag") : NULL;
	GwBuf		list = {0};

	field(row, flag ? (strcmp(flag, "1") == 0 || strcmp(flag, "true") == 0 ? "t" : "f") : NULL);
	gw_array_begin(&list);
	for (xmlNodePtr child = disclose ? disclose->children : NULL; child; child = child->next)
		if (child->type == XML_ELEMENT_NODE)
		{
			char	   *type = (char *) xmlGetProp(child, (const xmlChar *) "type");
			char		item[64];

			snprintf(item, sizeof(item), "%s%s%s", (const char *) child->name, type ? ":" : "", type ? type : "");
			gw_array_add(&list, item);
			xmlFree(type);
		}
	gw_array_end(&list);
	field(row, list.data);
	gw_buf_free(&list);
	xmlFree(flag);
}

static void
contact_stage(Row *row, xmlNodePtr o)
{
	child_field(row, o, "id");
	child_field(row, o, "roid");
	status_list(row, o, "status", false);
	postal_field(row, postal_of(o, "int"));
	postal_field(row, postal_of(o, "loc"));
	telephone(row, o, "voice");
	telephone(row, o, "fax");
	child_field(row, o, "email");
	child_field(row, o, "clID");
	child_field(row, o, "crRr");
	instant_field(row, o, "crDate");
	child_field(row, o, "upRr");
	instant_field(row, o, "upDate");
	instant_field(row, o, "trDate");
	transfer_fields(row, object_child(o, "trnData"));
	disclose_fields(row, object_child(o, "disclose"));
}

static void
registrar_stage(Row *row, xmlNodePtr o)
{
	xmlNodePtr	whois = object_child(o, "whoisInfo");
	xmlNodePtr	postal = postal_of(o, "int");

	child_field(row, o, "id");
	child_field(row, o, "name");
	number_field(row, o, "gurid");
	child_field(row, o, "status");
	postal_field(row, postal ? postal : postal_of(o, "loc"));
	child_field(row, o, "voice");
	child_field(row, o, "fax");
	child_field(row, o, "email");
	child_field(row, o, "url");
	child_field(row, whois, "name");
	child_field(row, whois, "url");
	instant_field(row, o, "crDate");
	instant_field(row, o, "upDate");
}

static void
idn_stage(Row *row, xmlNodePtr o)
{
	char	   *id = (char *) xmlGetProp(o, (const xmlChar *) "id");

	field(row, id);
	child_field(row, o, "url");
	child_field(row, o, "urlPolicy");
	xmlFree(id);
}

static void
nndn_stage(Row *row, xmlNodePtr o)
{
	xmlNodePtr	state = object_child(o, "nameState");
	char	   *mirrored = state ? (char *) xmlGetProp(state, (const xmlChar *) "mirroringNS") : NULL;

	name_field(row, object_child(o, "aName"));
	child_field(row, o, "uName");
	child_field(row, o, "idnTableId");
	child_field(row, o, "originalName");
	child_field(row, o, "nameState");
	field(row, mirrored ? (strcmp(mirrored, "1") == 0 || strcmp(mirrored, "true") == 0 ? "t" : "f") : NULL);
	instant_field(row, o, "crDate");
	xmlFree(mirrored);
}

static void (*const writers[]) (Row *row, xmlNodePtr object) = {
	[STAGE_DOMAIN] = domain_stage,
	[STAGE_HOST] = host_stage,
	[STAGE_CONTACT] = contact_stage,
	[STAGE_REGISTRAR] = registrar_stage,
	[STAGE_IDN] = idn_stage,
	[STAGE_NNDN] = nndn_stage,
};

/* name of domains and hosts, id of the others, aName of NNDN */
static char *
object_key(xmlNodePtr object)
{
	char	   *key = object_text(object_child(object, "name"));

	if (!key)
		key = object_text(object_child(object, "id"));
	if (!key)
		key = object_text(object_child(object, "aName"));
	return key;
}

void
object_stage(Stage *stage, StageTable table, xmlNodePtr object, long line)
{
	Row			row = {stage, table, line, object_key(object)};

	stage_begin(stage, table, line);
	writers[table] (&row, object);
	stage_end(stage, table);
	xmlFree(row.key);
}

void
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
