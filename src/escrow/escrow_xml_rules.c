/*
 * escrow_xml_rules.c
 *	  Objects as XML (RFC 9022 sections 5.2.1 to 5.6.1), one line each. Elements come in the order of the schemas;
 *	  values were found good by dos_escrow_problem().
 */
#include "escrow/escrow_element_rules.h"

#include <string.h>

static void
host_xml(const EscrowWriter *out, const EscrowValue *v)
{
	dos_escrow_put(out, "<rdeHost:host>");
	dos_escrow_element(out, "rdeHost:name", &v[HOST_NAME]);
	dos_escrow_element(out, "rdeHost:roid", &v[HOST_ROID]);
	dos_escrow_statuses(out, "rdeHost:status", &v[HOST_STATUSES]);
	for (int i = 0; i < v[HOST_ADDRESSES].count; i++)
		dos_escrow_address(out, "rdeHost:addr", v[HOST_ADDRESSES].items[i]);
	dos_escrow_element(out, "rdeHost:clID", &v[HOST_SPONSOR]);
	dos_escrow_element(out, "rdeHost:crRr", &v[HOST_CREATOR]);
	dos_escrow_element(out, "rdeHost:crDate", &v[HOST_CREATED_AT]);
	dos_escrow_element(out, "rdeHost:upRr", &v[HOST_UPDATER]);
	dos_escrow_element(out, "rdeHost:upDate", &v[HOST_UPDATED_AT]);
	dos_escrow_element(out, "rdeHost:trDate", &v[HOST_TRANSFERRED_AT]);
	dos_escrow_put(out, "</rdeHost:host>");
}

/* Parts 3 to 9 of a postal address; the elements differ between contact and registrar only in their prefix. */
static void
postal_address(const EscrowWriter *out, const EscrowValue *value, const char *const *elements)
{
	for (int i = 2; i < 9; i++)
		if (value->items[i])
			dos_escrow_element_text(out, elements[i - 2], value->items[i]);
}

static void
contact_postal(const EscrowWriter *out, const char *form, const EscrowValue *value)
{
	static const char *const elements[] = {"contact:street", "contact:street", "contact:street", "contact:city",
	"contact:sp", "contact:pc", "contact:cc"};

	if (!value->present)
		return;
	dos_escrow_put(out, "<rdeContact:postalInfo type=\"");
	dos_escrow_put(out, form);
	dos_escrow_put(out, "\">");
	dos_escrow_element_text(out, "contact:name", value->items[0]);
	if (value->items[1])
		dos_escrow_element_text(out, "contact:org", value->items[1]);
	dos_escrow_put(out, "<contact:addr>");
	postal_address(out, value, elements);
	dos_escrow_put(out, "</contact:addr></rdeContact:postalInfo>");
}

static void
telephone(const EscrowWriter *out, const char *name, const EscrowValue *number, const EscrowValue *extension)
{
	if (number->present && extension->present)
		dos_escrow_element_with(out, name, "x", extension->text, number->text);
	else
		dos_escrow_element(out, name, number);
}

static void
contact_transfer(const EscrowWriter *out, const EscrowValue *v)
{
	if (!v[CONTACT_TRANSFER_STATUS].present)
		return;
	dos_escrow_put(out, "<rdeContact:trnData>");
	dos_escrow_element(out, "rdeContact:trStatus", &v[CONTACT_TRANSFER_STATUS]);
	dos_escrow_element(out, "rdeContact:reRr", &v[CONTACT_TRANSFER_REQUESTER]);
	dos_escrow_element(out, "rdeContact:reDate", &v[CONTACT_TRANSFER_REQUESTED_AT]);
	dos_escrow_element(out, "rdeContact:acRr", &v[CONTACT_TRANSFER_ACTOR]);
	dos_escrow_element(out, "rdeContact:acDate", &v[CONTACT_TRANSFER_ACTS_AT]);
	dos_escrow_put(out, "</rdeContact:trnData>");
}

/* The order of contact-1.0, whatever order the fields are stored in. */
static void
contact_disclose(const EscrowWriter *out, const EscrowValue *flag, const EscrowValue *list)
{
	static const char *const order[] = {"name:int", "name:loc", "org:int", "org:loc", "addr:int", "addr:loc", "voice", "fax", "email"};

	if (!flag->present)
		return;
	dos_escrow_put(out, flag->text[0] == 't' ? "<rdeContact:disclose flag=\"1\">" : "<rdeContact:disclose flag=\"0\">");
	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++)
		for (int j = 0; j < list->count; j++)
			if (strcmp(order[i], list->items[j]) == 0)
			{
				char		name[16];
				char		full[32] = "contact:";
				const char *type = dos_escrow_word_split(order[i], ':', name, sizeof(name));

				strcat(full, name);
				if (type)
					dos_escrow_element_with(out, full, "type", type, NULL);
				else
				{
					dos_escrow_put(out, "<");
					dos_escrow_put(out, full);
					dos_escrow_put(out, "/>");
				}
			}
	dos_escrow_put(out, "</rdeContact:disclose>");
}

static void
contact_xml(const EscrowWriter *out, const EscrowValue *v)
{
	dos_escrow_put(out, "<rdeContact:contact>");
	dos_escrow_element(out, "rdeContact:id", &v[CONTACT_HANDLE]);
	dos_escrow_element(out, "rdeContact:roid", &v[CONTACT_ROID]);
	dos_escrow_statuses(out, "rdeContact:status", &v[CONTACT_STATUSES]);
	contact_postal(out, "int", &v[CONTACT_INT_POSTAL]);
	contact_postal(out, "loc", &v[CONTACT_LOC_POSTAL]);
	telephone(out, "rdeContact:voice", &v[CONTACT_VOICE], &v[CONTACT_VOICE_X]);
	telephone(out, "rdeContact:fax", &v[CONTACT_FAX], &v[CONTACT_FAX_X]);
	dos_escrow_element(out, "rdeContact:email", &v[CONTACT_EMAIL]);
	dos_escrow_element(out, "rdeContact:clID", &v[CONTACT_SPONSOR]);
	dos_escrow_element(out, "rdeContact:crRr", &v[CONTACT_CREATOR]);
	dos_escrow_element(out, "rdeContact:crDate", &v[CONTACT_CREATED_AT]);
	dos_escrow_element(out, "rdeContact:upRr", &v[CONTACT_UPDATER]);
	dos_escrow_element(out, "rdeContact:upDate", &v[CONTACT_UPDATED_AT]);
	dos_escrow_element(out, "rdeContact:trDate", &v[CONTACT_TRANSFERRED_AT]);
	contact_transfer(out, v);
	contact_disclose(out, &v[CONTACT_DISCLOSE_FLAG], &v[CONTACT_DISCLOSE]);
	dos_escrow_put(out, "</rdeContact:contact>");
}

/* An address with other than ASCII characters is the localized form. */
static const char *
postal_form(const EscrowValue *value)
{
	for (int i = 2; i < 9; i++)
		for (const char *at = value->items[i]; at && *at; at++)
			if (*at & 0x80)
				return "loc";
	return "int";
}

static void
registrar_xml(const EscrowWriter *out, const EscrowValue *v, bool thin)
{
	static const char *const elements[] = {"rdeRegistrar:street", "rdeRegistrar:street", "rdeRegistrar:street", "rdeRegistrar:city",
	"rdeRegistrar:sp", "rdeRegistrar:pc", "rdeRegistrar:cc"};

	dos_escrow_put(out, "<rdeRegistrar:registrar>");
	dos_escrow_element(out, "rdeRegistrar:id", &v[REGISTRAR_CLID]);
	dos_escrow_element(out, "rdeRegistrar:name", &v[REGISTRAR_NAME]);
	dos_escrow_element(out, "rdeRegistrar:gurid", &v[REGISTRAR_IANA_ID]);
	if (!thin)
		dos_escrow_element(out, "rdeRegistrar:status", &v[REGISTRAR_STATE]);
	if (!thin && v[REGISTRAR_POSTAL].present)
	{
		dos_escrow_put(out, "<rdeRegistrar:postalInfo type=\"");
		dos_escrow_put(out, postal_form(&v[REGISTRAR_POSTAL]));
		dos_escrow_put(out, "\"><rdeRegistrar:addr>");
		postal_address(out, &v[REGISTRAR_POSTAL], elements);
		dos_escrow_put(out, "</rdeRegistrar:addr></rdeRegistrar:postalInfo>");
	}
	if (!thin)
	{
		dos_escrow_element(out, "rdeRegistrar:voice", &v[REGISTRAR_VOICE]);
		dos_escrow_element(out, "rdeRegistrar:fax", &v[REGISTRAR_FAX]);
		dos_escrow_element(out, "rdeRegistrar:email", &v[REGISTRAR_EMAIL]);
	}
	dos_escrow_element(out, "rdeRegistrar:url", &v[REGISTRAR_URL]);
	if (v[REGISTRAR_WHOIS_SERVER].present || v[REGISTRAR_WHOIS_URL].present)
	{
		dos_escrow_put(out, "<rdeRegistrar:whoisInfo>");
		dos_escrow_element(out, "rdeRegistrar:name", &v[REGISTRAR_WHOIS_SERVER]);
		dos_escrow_element(out, "rdeRegistrar:url", &v[REGISTRAR_WHOIS_URL]);
		dos_escrow_put(out, "</rdeRegistrar:whoisInfo>");
	}
	if (!thin)
	{
		dos_escrow_element(out, "rdeRegistrar:crDate", &v[REGISTRAR_CREATED_AT]);
		dos_escrow_element(out, "rdeRegistrar:upDate", &v[REGISTRAR_UPDATED_AT]);
	}
	dos_escrow_put(out, "</rdeRegistrar:registrar>");
}

static void
idn_xml(const EscrowWriter *out, const EscrowValue *v)
{
	dos_escrow_put(out, "<rdeIDN:idnTableRef id=\"");
	dos_escrow_text_xml(out, v[IDN_ID].text);
	dos_escrow_put(out, "\">");
	dos_escrow_element(out, "rdeIDN:url", &v[IDN_URL]);
	dos_escrow_element(out, "rdeIDN:urlPolicy", &v[IDN_POLICY_URL]);
	dos_escrow_put(out, "</rdeIDN:idnTableRef>");
}

static void
nndn_xml(const EscrowWriter *out, const EscrowValue *v)
{
	dos_escrow_put(out, "<rdeNNDN:NNDN>");
	dos_escrow_element(out, "rdeNNDN:aName", &v[NNDN_NAME]);
	dos_escrow_element(out, "rdeNNDN:uName", &v[NNDN_UNAME]);
	dos_escrow_element(out, "rdeNNDN:idnTableId", &v[NNDN_IDN_TABLE]);
	dos_escrow_element(out, "rdeNNDN:originalName", &v[NNDN_ORIGINAL_NAME]);
	if (v[NNDN_MIRRORED].present)
		dos_escrow_element_with(out, "rdeNNDN:nameState", "mirroringNS", v[NNDN_MIRRORED].text[0] == 't' ? "true" : "false", v[NNDN_STATE].text);
	else
		dos_escrow_element(out, "rdeNNDN:nameState", &v[NNDN_STATE]);
	dos_escrow_element(out, "rdeNNDN:crDate", &v[NNDN_CREATED_AT]);
	dos_escrow_put(out, "</rdeNNDN:NNDN>");
}

void
dos_escrow_object_xml(const EscrowWriter *out, EscrowKind kind, const EscrowValue *values, bool thin)
{
	switch (kind)
	{
		case ESCROW_DOMAIN:
			dos_escrow_domain_xml(out, values, thin);
			break;
		case ESCROW_HOST:
			host_xml(out, values);
			break;
		case ESCROW_CONTACT:
			contact_xml(out, values);
			break;
		case ESCROW_REGISTRAR:
			registrar_xml(out, values, thin);
			break;
		case ESCROW_IDN:
			idn_xml(out, values);
			break;
		case ESCROW_NNDN:
			nndn_xml(out, values);
			break;
		case ESCROW_KIND_COUNT:
			break;
	}
}

void
dos_escrow_delete_xml(const EscrowWriter *out, EscrowKind kind, const char *key)
{
	static const char *const elements[ESCROW_KIND_COUNT][2] = {
		[ESCROW_DOMAIN] = {"rdeDomain:delete", "rdeDomain:name"},
		[ESCROW_HOST] = {"rdeHost:delete", "rdeHost:name"},
		[ESCROW_CONTACT] = {"rdeContact:delete", "rdeContact:id"},
		[ESCROW_REGISTRAR] = {"rdeRegistrar:delete", "rdeRegistrar:id"},
		[ESCROW_IDN] = {"rdeIDN:delete", "rdeIDN:id"},
		[ESCROW_NNDN] = {"rdeNNDN:delete", "rdeNNDN:aName"},
	};

	dos_escrow_start(out, elements[kind][0]);
	dos_escrow_element_text(out, elements[kind][1], key);
	dos_escrow_end(out, elements[kind][0]);
}
