/*
 * escrow_object_contact.c
 *		Contacts and registrars as rows (RFC 9022 sections 5.3.1 and 5.4.1). See escrow_field.h.
 */
#include "escrow_field.h"
#include "gw_array.h"

#include <stdio.h>
#include <string.h>

void
row_transfer(Row *row, xmlNodePtr transfer)
{
	row_child(row, transfer, "trStatus");
	row_child(row, transfer, "reRr");
	row_instant(row, transfer, "reDate");
	row_child(row, transfer, "acRr");
	row_instant(row, transfer, "acDate");
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

void
row_contact(Row *row, xmlNodePtr o)
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
	row_transfer(row, object_child(o, "trnData"));
	disclose_fields(row, object_child(o, "disclose"));
}

void
row_registrar(Row *row, xmlNodePtr o)
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
