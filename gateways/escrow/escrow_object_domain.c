/*
 * escrow_object_domain.c
 *		A domain as a row (RFC 9022 section 5.1.1). See escrow_field.h.
 */
#include "escrow_field.h"
#include "gw_array.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

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

void
row_domain(Row *row, xmlNodePtr o)
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
	row_transfer(row, object_child(o, "trnData"));
	row_instant(row, object_child(o, "trnData"), "exDate");
}
