/*
 * escrow_xml_rules.c
 *	  Objects as XML (RFC 9022 sections 5.1.1 to 5.6.1), one line each. Elements come in the order of the schemas;
 *	  values were found good by dos_escrow_problem().
 */
#include "escrow/escrow_rules.h"

#include <string.h>

typedef const EscrowWriter *Out;

static void
put(Out out, const char *text)
{
	out->write(out->arg, text, strlen(text));
}

/* Line ends and tabs never come here: the check refuses them. */
void
dos_escrow_text_xml(const EscrowWriter *out, const char *text)
{
	const char *plain = text;

	for (;; text++)
	{
		const char *entity;

		switch (*text)
		{
			case '&':
				entity = "&amp;";
				break;
			case '<':
				entity = "&lt;";
				break;
			case '>':
				entity = "&gt;";
				break;
			case '"':
				entity = "&quot;";
				break;
			case '\0':
				entity = NULL;
				break;
			default:
				continue;
		}
		if (text > plain)
			out->write(out->arg, plain, (size_t) (text - plain));
		if (!entity)
			return;
		put(out, entity);
		plain = text + 1;
	}
}

static void
start(Out out, const char *element)
{
	put(out, "<");
	put(out, element);
	put(out, ">");
}

static void
end(Out out, const char *element)
{
	put(out, "</");
	put(out, element);
	put(out, ">");
}

static void
element_text(Out out, const char *element, const char *text)
{
	start(out, element);
	dos_escrow_text_xml(out, text);
	end(out, element);
}

static void
element(Out out, const char *name, const EscrowValue *value)
{
	if (value->present)
		element_text(out, name, value->text);
}

/* <element attribute="value"/>, or with a text. */
static void
element_with(Out out, const char *name, const char *attribute, const char *value, const char *text)
{
	put(out, "<");
	put(out, name);
	put(out, " ");
	put(out, attribute);
	put(out, "=\"");
	dos_escrow_text_xml(out, value);
	if (!text)
	{
		put(out, "\"/>");
		return;
	}
	put(out, "\">");
	dos_escrow_text_xml(out, text);
	end(out, name);
}

/* Split "word rest" at its first `separator`; the word is copied, cut at its limit. */
static const char *
word_split(const char *text, char separator, char *word, size_t size)
{
	const char *found = strchr(text, separator);
	size_t		length = found ? (size_t) (found - text) : strlen(text);

	if (length >= size)
		length = size - 1;
	memcpy(word, text, length);
	word[length] = '\0';
	return found ? found + 1 : NULL;
}

static void
statuses(Out out, const char *name, const EscrowValue *value)
{
	for (int i = 0; i < value->count; i++)
		element_with(out, name, "s", value->items[i], NULL);
}

/* "addPeriod endDate=... years=1" */
static void
rgp_statuses(Out out, const EscrowValue *value)
{
	for (int i = 0; i < value->count; i++)
	{
		char		status[40];
		const char *text = word_split(value->items[i], ' ', status, sizeof(status));

		element_with(out, "rdeDomain:rgpStatus", "s", status, text);
	}
}

/* "admin:ID" */
static void
contacts(Out out, const EscrowValue *value)
{
	for (int i = 0; i < value->count; i++)
	{
		char		role[16];
		const char *id = word_split(value->items[i], ':', role, sizeof(role));

		element_with(out, "rdeDomain:contact", "type", role, id ? id : "");
	}
}

static void
address(Out out, const char *name, const char *text)
{
	element_with(out, name, "ip", strchr(text, ':') ? "v6" : "v4", text);
}

/* "ns1.name.example 192.0.2.1 2001:db8::1" */
static void
host_attribute(Out out, const char *text)
{
	char		part[256];
	const char *rest = word_split(text, ' ', part, sizeof(part));

	put(out, "<domain:hostAttr>");
	element_text(out, "domain:hostName", part);
	while (rest)
	{
		rest = word_split(rest, ' ', part, sizeof(part));
		address(out, "domain:hostAddr", part);
	}
	put(out, "</domain:hostAttr>");
}

static void
name_servers(Out out, const EscrowValue *hosts, const EscrowValue *attributes)
{
	if (hosts->count + attributes->count == 0)
		return;
	put(out, "<rdeDomain:ns>");
	for (int i = 0; i < hosts->count; i++)
		element_text(out, "domain:hostObj", hosts->items[i]);
	for (int i = 0; hosts->count == 0 && i < attributes->count; i++)
		host_attribute(out, attributes->items[i]);
	put(out, "</rdeDomain:ns>");
}

/* The words of a record into elements; what remains after the last one is returned. */
static const char *
record_words(Out out, const char *rest, const char *const *elements)
{
	char		part[8192];

	for (; *elements && rest; elements++)
	{
		rest = word_split(rest, ' ', part, sizeof(part));
		element_text(out, *elements, part);
	}
	return rest;
}

static void
key_data(Out out, const char *text)
{
	static const char *const parts[] = {"secDNS:flags", "secDNS:protocol", "secDNS:alg", "secDNS:pubKey", NULL};

	put(out, "<secDNS:keyData>");
	record_words(out, text, parts);
	put(out, "</secDNS:keyData>");
}

static void
ds_data(Out out, const char *text)
{
	static const char *const parts[] = {"secDNS:keyTag", "secDNS:alg", "secDNS:digestType", "secDNS:digest", NULL};
	const char *key;

	put(out, "<secDNS:dsData>");
	key = record_words(out, text, parts);
	if (key)
		key_data(out, key);
	put(out, "</secDNS:dsData>");
}

static void
secdns(Out out, const EscrowValue *v)
{
	if (v[DOMAIN_DS].count + v[DOMAIN_KEYS].count == 0)
		return;					/* the schema has no maxSigLife alone */
	put(out, "<rdeDomain:secDNS>");
	element(out, "secDNS:maxSigLife", &v[DOMAIN_MAX_SIG_LIFE]);
	for (int i = 0; i < v[DOMAIN_DS].count; i++)
		ds_data(out, v[DOMAIN_DS].items[i]);
	for (int i = 0; v[DOMAIN_DS].count == 0 && i < v[DOMAIN_KEYS].count; i++)
		key_data(out, v[DOMAIN_KEYS].items[i]);
	put(out, "</rdeDomain:secDNS>");
}

static void
domain_transfer(Out out, const EscrowValue *v)
{
	if (!v[DOMAIN_TRANSFER_STATUS].present)
		return;
	put(out, "<rdeDomain:trnData>");
	element(out, "rdeDomain:trStatus", &v[DOMAIN_TRANSFER_STATUS]);
	element(out, "rdeDomain:reRr", &v[DOMAIN_TRANSFER_REQUESTER]);
	element(out, "rdeDomain:reDate", &v[DOMAIN_TRANSFER_REQUESTED_AT]);
	element(out, "rdeDomain:acRr", &v[DOMAIN_TRANSFER_ACTOR]);
	element(out, "rdeDomain:acDate", &v[DOMAIN_TRANSFER_ACTS_AT]);
	element(out, "rdeDomain:exDate", &v[DOMAIN_TRANSFER_EXPIRES_AT]);
	put(out, "</rdeDomain:trnData>");
}

static void
domain_xml(Out out, const EscrowValue *v, bool thin)
{
	put(out, "<rdeDomain:domain>");
	element(out, "rdeDomain:name", &v[DOMAIN_NAME]);
	element(out, "rdeDomain:roid", &v[DOMAIN_ROID]);
	if (!thin)
	{
		element(out, "rdeDomain:uName", &v[DOMAIN_UNAME]);
		element(out, "rdeDomain:idnTableId", &v[DOMAIN_IDN_TABLE]);
		element(out, "rdeDomain:originalName", &v[DOMAIN_ORIGINAL_NAME]);
	}
	statuses(out, "rdeDomain:status", &v[DOMAIN_STATUSES]);
	if (!thin)
	{
		rgp_statuses(out, &v[DOMAIN_RGP]);
		element(out, "rdeDomain:registrant", &v[DOMAIN_REGISTRANT]);
		contacts(out, &v[DOMAIN_CONTACTS]);
	}
	name_servers(out, &v[DOMAIN_HOSTS], &v[DOMAIN_HOST_ATTRS]);
	element(out, "rdeDomain:clID", &v[DOMAIN_SPONSOR]);
	if (!thin)
		element(out, "rdeDomain:crRr", &v[DOMAIN_CREATOR]);
	element(out, "rdeDomain:crDate", &v[DOMAIN_CREATED_AT]);
	element(out, "rdeDomain:exDate", &v[DOMAIN_EXPIRES_AT]);
	if (!thin)
		element(out, "rdeDomain:upRr", &v[DOMAIN_UPDATER]);
	element(out, "rdeDomain:upDate", &v[DOMAIN_UPDATED_AT]);
	if (!thin)
	{
		secdns(out, v);
		element(out, "rdeDomain:trDate", &v[DOMAIN_TRANSFERRED_AT]);
		domain_transfer(out, v);
	}
	put(out, "</rdeDomain:domain>");
}

static void
host_xml(Out out, const EscrowValue *v)
{
	put(out, "<rdeHost:host>");
	element(out, "rdeHost:name", &v[HOST_NAME]);
	element(out, "rdeHost:roid", &v[HOST_ROID]);
	statuses(out, "rdeHost:status", &v[HOST_STATUSES]);
	for (int i = 0; i < v[HOST_ADDRESSES].count; i++)
		address(out, "rdeHost:addr", v[HOST_ADDRESSES].items[i]);
	element(out, "rdeHost:clID", &v[HOST_SPONSOR]);
	element(out, "rdeHost:crRr", &v[HOST_CREATOR]);
	element(out, "rdeHost:crDate", &v[HOST_CREATED_AT]);
	element(out, "rdeHost:upRr", &v[HOST_UPDATER]);
	element(out, "rdeHost:upDate", &v[HOST_UPDATED_AT]);
	element(out, "rdeHost:trDate", &v[HOST_TRANSFERRED_AT]);
	put(out, "</rdeHost:host>");
}

/* Parts 3 to 9 of a postal address; the elements differ between contact and registrar only in their prefix. */
static void
postal_address(Out out, const EscrowValue *value, const char *const *elements)
{
	for (int i = 2; i < 9; i++)
		if (value->items[i])
			element_text(out, elements[i - 2], value->items[i]);
}

static void
contact_postal(Out out, const char *form, const EscrowValue *value)
{
	static const char *const elements[] = {"contact:street", "contact:street", "contact:street", "contact:city",
	"contact:sp", "contact:pc", "contact:cc"};

	if (!value->present)
		return;
	put(out, "<rdeContact:postalInfo type=\"");
	put(out, form);
	put(out, "\">");
	element_text(out, "contact:name", value->items[0]);
	if (value->items[1])
		element_text(out, "contact:org", value->items[1]);
	put(out, "<contact:addr>");
	postal_address(out, value, elements);
	put(out, "</contact:addr></rdeContact:postalInfo>");
}

static void
telephone(Out out, const char *name, const EscrowValue *number, const EscrowValue *extension)
{
	if (number->present && extension->present)
		element_with(out, name, "x", extension->text, number->text);
	else
		element(out, name, number);
}

static void
contact_transfer(Out out, const EscrowValue *v)
{
	if (!v[CONTACT_TRANSFER_STATUS].present)
		return;
	put(out, "<rdeContact:trnData>");
	element(out, "rdeContact:trStatus", &v[CONTACT_TRANSFER_STATUS]);
	element(out, "rdeContact:reRr", &v[CONTACT_TRANSFER_REQUESTER]);
	element(out, "rdeContact:reDate", &v[CONTACT_TRANSFER_REQUESTED_AT]);
	element(out, "rdeContact:acRr", &v[CONTACT_TRANSFER_ACTOR]);
	element(out, "rdeContact:acDate", &v[CONTACT_TRANSFER_ACTS_AT]);
	put(out, "</rdeContact:trnData>");
}

/* The order of contact-1.0, whatever order the fields are stored in. */
static void
contact_disclose(Out out, const EscrowValue *flag, const EscrowValue *list)
{
	static const char *const order[] = {"name:int", "name:loc", "org:int", "org:loc", "addr:int", "addr:loc", "voice", "fax", "email"};

	if (!flag->present)
		return;
	put(out, flag->text[0] == 't' ? "<rdeContact:disclose flag=\"1\">" : "<rdeContact:disclose flag=\"0\">");
	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++)
		for (int j = 0; j < list->count; j++)
			if (strcmp(order[i], list->items[j]) == 0)
			{
				char		name[16];
				char		full[32] = "contact:";
				const char *type = word_split(order[i], ':', name, sizeof(name));

				strcat(full, name);
				if (type)
					element_with(out, full, "type", type, NULL);
				else
				{
					put(out, "<");
					put(out, full);
					put(out, "/>");
				}
			}
	put(out, "</rdeContact:disclose>");
}

static void
contact_xml(Out out, const EscrowValue *v)
{
	put(out, "<rdeContact:contact>");
	element(out, "rdeContact:id", &v[CONTACT_HANDLE]);
	element(out, "rdeContact:roid", &v[CONTACT_ROID]);
	statuses(out, "rdeContact:status", &v[CONTACT_STATUSES]);
	contact_postal(out, "int", &v[CONTACT_INT_POSTAL]);
	contact_postal(out, "loc", &v[CONTACT_LOC_POSTAL]);
	telephone(out, "rdeContact:voice", &v[CONTACT_VOICE], &v[CONTACT_VOICE_X]);
	telephone(out, "rdeContact:fax", &v[CONTACT_FAX], &v[CONTACT_FAX_X]);
	element(out, "rdeContact:email", &v[CONTACT_EMAIL]);
	element(out, "rdeContact:clID", &v[CONTACT_SPONSOR]);
	element(out, "rdeContact:crRr", &v[CONTACT_CREATOR]);
	element(out, "rdeContact:crDate", &v[CONTACT_CREATED_AT]);
	element(out, "rdeContact:upRr", &v[CONTACT_UPDATER]);
	element(out, "rdeContact:upDate", &v[CONTACT_UPDATED_AT]);
	element(out, "rdeContact:trDate", &v[CONTACT_TRANSFERRED_AT]);
	contact_transfer(out, v);
	contact_disclose(out, &v[CONTACT_DISCLOSE_FLAG], &v[CONTACT_DISCLOSE]);
	put(out, "</rdeContact:contact>");
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
registrar_xml(Out out, const EscrowValue *v, bool thin)
{
	static const char *const elements[] = {"rdeRegistrar:street", "rdeRegistrar:street", "rdeRegistrar:street", "rdeRegistrar:city",
	"rdeRegistrar:sp", "rdeRegistrar:pc", "rdeRegistrar:cc"};

	put(out, "<rdeRegistrar:registrar>");
	element(out, "rdeRegistrar:id", &v[REGISTRAR_CLID]);
	element(out, "rdeRegistrar:name", &v[REGISTRAR_NAME]);
	element(out, "rdeRegistrar:gurid", &v[REGISTRAR_IANA_ID]);
	if (!thin)
		element(out, "rdeRegistrar:status", &v[REGISTRAR_STATE]);
	if (!thin && v[REGISTRAR_POSTAL].present)
	{
		put(out, "<rdeRegistrar:postalInfo type=\"");
		put(out, postal_form(&v[REGISTRAR_POSTAL]));
		put(out, "\"><rdeRegistrar:addr>");
		postal_address(out, &v[REGISTRAR_POSTAL], elements);
		put(out, "</rdeRegistrar:addr></rdeRegistrar:postalInfo>");
	}
	if (!thin)
	{
		element(out, "rdeRegistrar:voice", &v[REGISTRAR_VOICE]);
		element(out, "rdeRegistrar:fax", &v[REGISTRAR_FAX]);
		element(out, "rdeRegistrar:email", &v[REGISTRAR_EMAIL]);
	}
	element(out, "rdeRegistrar:url", &v[REGISTRAR_URL]);
	if (v[REGISTRAR_WHOIS_SERVER].present || v[REGISTRAR_WHOIS_URL].present)
	{
		put(out, "<rdeRegistrar:whoisInfo>");
		element(out, "rdeRegistrar:name", &v[REGISTRAR_WHOIS_SERVER]);
		element(out, "rdeRegistrar:url", &v[REGISTRAR_WHOIS_URL]);
		put(out, "</rdeRegistrar:whoisInfo>");
	}
	if (!thin)
	{
		element(out, "rdeRegistrar:crDate", &v[REGISTRAR_CREATED_AT]);
		element(out, "rdeRegistrar:upDate", &v[REGISTRAR_UPDATED_AT]);
	}
	put(out, "</rdeRegistrar:registrar>");
}

static void
idn_xml(Out out, const EscrowValue *v)
{
	put(out, "<rdeIDN:idnTableRef id=\"");
	dos_escrow_text_xml(out, v[IDN_ID].text);
	put(out, "\">");
	element(out, "rdeIDN:url", &v[IDN_URL]);
	element(out, "rdeIDN:urlPolicy", &v[IDN_POLICY_URL]);
	put(out, "</rdeIDN:idnTableRef>");
}

static void
nndn_xml(Out out, const EscrowValue *v)
{
	put(out, "<rdeNNDN:NNDN>");
	element(out, "rdeNNDN:aName", &v[NNDN_NAME]);
	element(out, "rdeNNDN:uName", &v[NNDN_UNAME]);
	element(out, "rdeNNDN:idnTableId", &v[NNDN_IDN_TABLE]);
	element(out, "rdeNNDN:originalName", &v[NNDN_ORIGINAL_NAME]);
	if (v[NNDN_MIRRORED].present)
		element_with(out, "rdeNNDN:nameState", "mirroringNS", v[NNDN_MIRRORED].text[0] == 't' ? "true" : "false", v[NNDN_STATE].text);
	else
		element(out, "rdeNNDN:nameState", &v[NNDN_STATE]);
	element(out, "rdeNNDN:crDate", &v[NNDN_CREATED_AT]);
	put(out, "</rdeNNDN:NNDN>");
}

void
dos_escrow_object_xml(const EscrowWriter *out, EscrowKind kind, const EscrowValue *values, bool thin)
{
	switch (kind)
	{
		case ESCROW_DOMAIN:
			domain_xml(out, values, thin);
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

	start(out, elements[kind][0]);
	element_text(out, elements[kind][1], key);
	end(out, elements[kind][0]);
}
