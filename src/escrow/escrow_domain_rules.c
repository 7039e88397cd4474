/*
 * escrow_domain_rules.c
 *	  A domain as XML (RFC 9022 section 5.1.1), in the order of rdeDomain-1.0.
 */
#include "escrow/escrow_element_rules.h"

/* "addPeriod endDate=... years=1" */
static void
rgp_statuses(const EscrowWriter *out, const EscrowValue *value)
{
	for (int i = 0; i < value->count; i++)
	{
		char		status[40];
		const char *text = dos_escrow_word_split(value->items[i], ' ', status, sizeof(status));

		dos_escrow_element_with(out, "rdeDomain:rgpStatus", "s", status, text);
	}
}

/* "admin:ID" */
static void
contacts(const EscrowWriter *out, const EscrowValue *value)
{
	for (int i = 0; i < value->count; i++)
	{
		char		role[16];
		const char *id = dos_escrow_word_split(value->items[i], ':', role, sizeof(role));

		dos_escrow_element_with(out, "rdeDomain:contact", "type", role, id ? id : "");
	}
}

/* "ns1.name.example 192.0.2.1 2001:db8::1"; bulk access has the names alone (registry agreement, Specification 4). */
static void
host_attribute(const EscrowWriter *out, const char *text, bool thin)
{
	char		part[256];
	const char *rest = dos_escrow_word_split(text, ' ', part, sizeof(part));

	dos_escrow_put(out, "<domain:hostAttr>");
	dos_escrow_element_text(out, "domain:hostName", part);
	while (rest && !thin)
	{
		rest = dos_escrow_word_split(rest, ' ', part, sizeof(part));
		dos_escrow_address(out, "domain:hostAddr", part);
	}
	dos_escrow_put(out, "</domain:hostAttr>");
}

static void
name_servers(const EscrowWriter *out, const EscrowValue *hosts, const EscrowValue *attributes, bool thin)
{
	if (hosts->count + attributes->count == 0)
		return;
	dos_escrow_put(out, "<rdeDomain:ns>");
	for (int i = 0; i < hosts->count; i++)
		dos_escrow_element_text(out, "domain:hostObj", hosts->items[i]);
	for (int i = 0; hosts->count == 0 && i < attributes->count; i++)
		host_attribute(out, attributes->items[i], thin);
	dos_escrow_put(out, "</rdeDomain:ns>");
}

/* The words of a record into elements; what remains after the last one is returned. */
static const char *
record_words(const EscrowWriter *out, const char *rest, const char *const *elements)
{
	char		part[8192];

	for (; *elements && rest; elements++)
	{
		rest = dos_escrow_word_split(rest, ' ', part, sizeof(part));
		dos_escrow_element_text(out, *elements, part);
	}
	return rest;
}

static void
key_data(const EscrowWriter *out, const char *text)
{
	static const char *const parts[] = {"secDNS:flags", "secDNS:protocol", "secDNS:alg", "secDNS:pubKey", NULL};

	dos_escrow_put(out, "<secDNS:keyData>");
	record_words(out, text, parts);
	dos_escrow_put(out, "</secDNS:keyData>");
}

static void
ds_data(const EscrowWriter *out, const char *text)
{
	static const char *const parts[] = {"secDNS:keyTag", "secDNS:alg", "secDNS:digestType", "secDNS:digest", NULL};
	const char *key;

	dos_escrow_put(out, "<secDNS:dsData>");
	key = record_words(out, text, parts);
	if (key)
		key_data(out, key);
	dos_escrow_put(out, "</secDNS:dsData>");
}

static void
secdns(const EscrowWriter *out, const EscrowValue *v)
{
	if (v[DOMAIN_DS].count + v[DOMAIN_KEYS].count == 0)
		return;					/* the schema has no maxSigLife alone */
	dos_escrow_put(out, "<rdeDomain:secDNS>");
	dos_escrow_element(out, "secDNS:maxSigLife", &v[DOMAIN_MAX_SIG_LIFE]);
	for (int i = 0; i < v[DOMAIN_DS].count; i++)
		ds_data(out, v[DOMAIN_DS].items[i]);
	for (int i = 0; v[DOMAIN_DS].count == 0 && i < v[DOMAIN_KEYS].count; i++)
		key_data(out, v[DOMAIN_KEYS].items[i]);
	dos_escrow_put(out, "</rdeDomain:secDNS>");
}

static void
domain_transfer(const EscrowWriter *out, const EscrowValue *v)
{
	if (!v[DOMAIN_TRANSFER_STATUS].present)
		return;
	dos_escrow_put(out, "<rdeDomain:trnData>");
	dos_escrow_element(out, "rdeDomain:trStatus", &v[DOMAIN_TRANSFER_STATUS]);
	dos_escrow_element(out, "rdeDomain:reRr", &v[DOMAIN_TRANSFER_REQUESTER]);
	dos_escrow_element(out, "rdeDomain:reDate", &v[DOMAIN_TRANSFER_REQUESTED_AT]);
	dos_escrow_element(out, "rdeDomain:acRr", &v[DOMAIN_TRANSFER_ACTOR]);
	dos_escrow_element(out, "rdeDomain:acDate", &v[DOMAIN_TRANSFER_ACTS_AT]);
	dos_escrow_element(out, "rdeDomain:exDate", &v[DOMAIN_TRANSFER_EXPIRES_AT]);
	dos_escrow_put(out, "</rdeDomain:trnData>");
}

void
dos_escrow_domain_xml(const EscrowWriter *out, const EscrowValue *v, bool thin)
{
	dos_escrow_put(out, "<rdeDomain:domain>");
	dos_escrow_element(out, "rdeDomain:name", &v[DOMAIN_NAME]);
	dos_escrow_element(out, "rdeDomain:roid", &v[DOMAIN_ROID]);
	if (!thin)
	{
		dos_escrow_element(out, "rdeDomain:uName", &v[DOMAIN_UNAME]);
		dos_escrow_element(out, "rdeDomain:idnTableId", &v[DOMAIN_IDN_TABLE]);
		dos_escrow_element(out, "rdeDomain:originalName", &v[DOMAIN_ORIGINAL_NAME]);
	}
	/* what the protocol has no field for is the text of the first status */
	for (int i = 0; i < v[DOMAIN_STATUSES].count; i++)
		dos_escrow_element_with(out, "rdeDomain:status", "s", v[DOMAIN_STATUSES].items[i],
								i == 0 && !thin && v[DOMAIN_FACTS].present ? v[DOMAIN_FACTS].text : NULL);
	if (!thin)
	{
		rgp_statuses(out, &v[DOMAIN_RGP]);
		dos_escrow_element(out, "rdeDomain:registrant", &v[DOMAIN_REGISTRANT]);
		contacts(out, &v[DOMAIN_CONTACTS]);
	}
	name_servers(out, &v[DOMAIN_HOSTS], &v[DOMAIN_HOST_ATTRS], thin);
	dos_escrow_element(out, "rdeDomain:clID", &v[DOMAIN_SPONSOR]);
	if (!thin)
		dos_escrow_element(out, "rdeDomain:crRr", &v[DOMAIN_CREATOR]);
	dos_escrow_element(out, "rdeDomain:crDate", &v[DOMAIN_CREATED_AT]);
	dos_escrow_element(out, "rdeDomain:exDate", &v[DOMAIN_EXPIRES_AT]);
	if (!thin)
		dos_escrow_element(out, "rdeDomain:upRr", &v[DOMAIN_UPDATER]);
	dos_escrow_element(out, "rdeDomain:upDate", &v[DOMAIN_UPDATED_AT]);
	if (!thin)
	{
		secdns(out, v);
		dos_escrow_element(out, "rdeDomain:trDate", &v[DOMAIN_TRANSFERRED_AT]);
		domain_transfer(out, v);
	}
	dos_escrow_put(out, "</rdeDomain:domain>");
}
