/*
 * escrow_object.c
 *		Elements as rows. See escrow_object.h.
 */
#include "escrow_object.h"
#include "escrow_field.h"
#include "gw_array.h"

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
		if (child->type == XML_ELEMENT_NODE && strcmp((const char *) child->name, name) == 0)
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
contact_list(Row *row, xmlNodePtr domain)
{
	GwBuf		list = {0};

	gw_array_begin(&list);
	for (xmlNodePtr child = object_child(domain, "contact"); child; child = object_next(child))
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
	row_field(row, list.data);
	gw_buf_free(&list);
}

static void
host_attributes(Row *row, xmlNodePtr ns)
{
	GwBuf		list = {0};

	gw_array_begin(&list);
	for (xmlNodePtr attribute = object_child(ns, "hostAttr"); attribute; attribute = object_next(attribute))
	{
		char	   *name = row_name_text(object_child(attribute, "hostName"));
		GwBuf		item = {0};

		gw_buf_puts(&item, name ? name : "");
		for (xmlNodePtr address = object_child(attribute, "hostAddr"); address; address = object_next(address))
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
	row_field(row, list.data);
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

	row_number(row, secdns, "maxSigLife");
	gw_array_begin(&ds);
	gw_array_begin(&keys);
	for (xmlNodePtr data = object_child(secdns, "dsData"); data; data = object_next(data))
	{
		GwBuf		record = {0};
		xmlNodePtr	key = object_child(data, "keyData");

		record_add(&record, data, ds_parts, true);
		if (key)
			record_add(&record, key, key_parts, false);
		gw_array_add(&ds, record.data);
		gw_buf_free(&record);
	}
	for (xmlNodePtr data = object_child(secdns, "keyData"); data; data = object_next(data))
	{
		GwBuf		record = {0};

		record_add(&record, data, key_parts, false);
		gw_array_add(&keys, record.data);
		gw_buf_free(&record);
	}
	gw_array_end(&ds);
	gw_array_end(&keys);
	row_field(row, ds.data);
	row_field(row, keys.data);
	gw_buf_free(&ds);
	gw_buf_free(&keys);
}

static void
transfer_fields(Row *row, xmlNodePtr transfer)
{
	row_child(row, transfer, "trStatus");
	row_child(row, transfer, "reRr");
	row_instant(row, transfer, "reDate");
	row_child(row, transfer, "acRr");
	row_instant(row, transfer, "acDate");
}

static void
domain_stage(Row *row, xmlNodePtr o)
{
	row_name(row, object_child(o, "name"));
	row_child(row, o, "roid");
	row_child(row, o, "uName");
	row_child(row, o, "idnTableId");
	row_child(row, o, "originalName");
	row_statuses(row, o, "status", false);
	row_facts(row, o);
	row_statuses(row, o, "rgpStatus", true);
	row_child(row, o, "registrant");
	contact_list(row, o);
	row_texts(row, object_child(o, "ns"), "hostObj", true);
	host_attributes(row, object_child(o, "ns"));
	row_child(row, o, "clID");
	row_child(row, o, "crRr");
	row_instant(row, o, "crDate");
	row_instant(row, o, "exDate");
	row_child(row, o, "upRr");
	row_instant(row, o, "upDate");
	secdns_lists(row, object_child(o, "secDNS"));
	row_instant(row, o, "trDate");
	transfer_fields(row, object_child(o, "trnData"));
	row_instant(row, object_child(o, "trnData"), "exDate");
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
		row_field(row, NULL);
		return;
	}
	gw_array_begin(&list);
	text = object_text(object_child(info, "name"));
	gw_array_add(&list, text ? text : "");
	xmlFree(text);
	text = object_text(object_child(info, "org"));
	gw_array_add(&list, text && *text ? text : NULL);
	xmlFree(text);
	for (int i = 0; i < 3; i++, street = street ? object_next(street) : NULL)
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
	row_field(row, list.data);
	gw_buf_free(&list);
}

/* The postalInfo of a type. */
static xmlNodePtr
postal_of(xmlNodePtr object, const char *form)
{
	for (xmlNodePtr info = object_child(object, "postalInfo"); info; info = object_next(info))
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

	row_child(row, object, name);
	row_field(row, extension && *extension ? extension : NULL);
	xmlFree(extension);
}

static void
disclose_fields(Row *row, xmlNodePtr disclose)
{
	char	   *flag = disclose ? (char *) xmlGetProp(disclose, (const xmlChar *) "flag") : NULL;
	GwBuf		list = {0};

	row_field(row, flag ? (strcmp(flag, "1") == 0 || strcmp(flag, "true") == 0 ? "t" : "f") : NULL);
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
	row_field(row, list.data);
	gw_buf_free(&list);
	xmlFree(flag);
}

static void
contact_stage(Row *row, xmlNodePtr o)
{
	row_child(row, o, "id");
	row_child(row, o, "roid");
	row_statuses(row, o, "status", false);
	postal_field(row, postal_of(o, "int"));
	postal_field(row, postal_of(o, "loc"));
	telephone(row, o, "voice");
	telephone(row, o, "fax");
	row_child(row, o, "email");
	row_child(row, o, "clID");
	row_child(row, o, "crRr");
	row_instant(row, o, "crDate");
	row_child(row, o, "upRr");
	row_instant(row, o, "upDate");
	row_instant(row, o, "trDate");
	transfer_fields(row, object_child(o, "trnData"));
	disclose_fields(row, object_child(o, "disclose"));
}

static void
registrar_stage(Row *row, xmlNodePtr o)
{
	xmlNodePtr	whois = object_child(o, "whoisInfo");
	xmlNodePtr	postal = postal_of(o, "int");

	row_child(row, o, "id");
	row_child(row, o, "name");
	row_number(row, o, "gurid");
	row_child(row, o, "status");
	postal_field(row, postal ? postal : postal_of(o, "loc"));
	row_child(row, o, "voice");
	row_child(row, o, "fax");
	row_child(row, o, "email");
	row_child(row, o, "url");
	row_child(row, whois, "name");
	row_child(row, whois, "url");
	row_instant(row, o, "crDate");
	row_instant(row, o, "upDate");
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
