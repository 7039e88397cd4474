/*
 * whois_line_rules.c
 *	  The table of items, and the usual lines, in the order of Specification 4.
 */
#include "directory/whois_line_rules.h"

#include <string.h>

static const struct
{
	const char *name;
	const char *label;
}			items[ITEM_COUNT] = {
	[ITEM_NAME]            = {"name",			 "Domain Name"},
	[ITEM_UNICODE]         = {"unicode_name",	 "Internationalized Domain Name"},
	[ITEM_ROID]            = {"roid",			 "Registry Domain ID"},
	[ITEM_REGISTRAR_WHOIS] = {"registrar_whois", "Registrar WHOIS Server"},
	[ITEM_REGISTRAR_URL]   = {"registrar_url",	 "Registrar URL"},
	[ITEM_UPDATED]         = {"updated",		 "Updated Date"},
	[ITEM_CREATED]         = {"created",		 "Creation Date"},
	[ITEM_EXPIRES]         = {"expires",		 "Registry Expiry Date"},
	[ITEM_REGISTRAR]       = {"registrar",		 "Registrar"},
	[ITEM_IANA_ID]         = {"iana_id",		 "Registrar IANA ID"},
	[ITEM_ABUSE_EMAIL]     = {"abuse_email",	 "Registrar Abuse Contact Email"},
	[ITEM_ABUSE_PHONE]     = {"abuse_phone",	 "Registrar Abuse Contact Phone"},
	[ITEM_STATUS]          = {"status",			 "Domain Status"},
	[ITEM_REGISTRANT]      = {"registrant",		 NULL},
	[ITEM_ADMIN]           = {"admin",			 NULL},
	[ITEM_TECH]            = {"tech",			 NULL},
	[ITEM_BILLING]         = {"billing",		 NULL},
	[ITEM_NAME_SERVER]     = {"name_server",	 "Name Server"},
	[ITEM_ADDRESS]         = {"address",		 "IP Address"},
	[ITEM_DNSSEC]          = {"dnssec",			 "DNSSEC"},
	[ITEM_DS]              = {"ds",				 "DNSSEC DS Data"},
	[ITEM_TEXT]            = {"text",			 ""},
};

static const WhoisLine usual[] = {
	{ITEM_NAME, NULL}, {ITEM_UNICODE, NULL}, {ITEM_ROID, NULL}, {ITEM_REGISTRAR_WHOIS, NULL}, {ITEM_REGISTRAR_URL, NULL},
	{ITEM_UPDATED, NULL}, {ITEM_CREATED, NULL}, {ITEM_EXPIRES, NULL}, {ITEM_REGISTRAR, NULL}, {ITEM_IANA_ID, NULL},
	{ITEM_ABUSE_EMAIL, NULL}, {ITEM_ABUSE_PHONE, NULL}, {ITEM_STATUS, NULL}, {ITEM_REGISTRANT, NULL}, {ITEM_ADMIN, NULL},
	{ITEM_TECH, NULL}, {ITEM_BILLING, NULL}, {ITEM_NAME_SERVER, NULL}, {ITEM_ADDRESS, NULL}, {ITEM_DNSSEC, NULL}, {ITEM_DS, NULL},
};

const char *
dos_whois_item_name(WhoisItem item)
{
	return items[item].name;
}

WhoisItem
dos_whois_item_find(const char *name)
{
	for (int item = 0; item < ITEM_COUNT; item++)
		if (strcmp(items[item].name, name) == 0)
			return (WhoisItem) item;
	return ITEM_COUNT;
}

const char *
dos_whois_item_label(WhoisItem item)
{
	return items[item].label;
}

const WhoisLine *
dos_whois_lines(size_t *count)
{
	*count = sizeof(usual) / sizeof(usual[0]);
	return usual;
}
