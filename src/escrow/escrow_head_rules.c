/*
 * escrow_head_rules.c
 *	  What stands around the objects of a deposit: namespaces, menu, header (RFC 8909 section 5, RFC 9022 section 5.9).
 */
#include "escrow/escrow_element_rules.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define NS	"urn:ietf:params:xml:ns:"

bool
dos_escrow_kind_in(EscrowKind kind, bool thin)
{
	return !thin || kind == ESCROW_DOMAIN || kind == ESCROW_REGISTRAR;
}

void
dos_escrow_namespaces_xml(const EscrowWriter *out)
{
	static const char *const others[] = {"rde", "rdeHeader", "rdeEppParams", "rdePolicy", "epp", "domain", "contact"};
	char		attribute[120];

	for (int kind = 0; kind < ESCROW_KIND_COUNT; kind++)
	{
		const char *uri = dos_escrow_kind_uri((EscrowKind) kind);
		const char *name = strrchr(uri, ':') + 1;

		snprintf(attribute, sizeof(attribute), " xmlns:%.*s=\"%s\"", (int) strcspn(name, "-"), name, uri);
		dos_escrow_put(out, attribute);
	}
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
	{
		snprintf(attribute, sizeof(attribute), " xmlns:%s=\"" NS "%s-1.0\"", others[i], others[i]);
		dos_escrow_put(out, attribute);
	}
	dos_escrow_put(out, " xmlns:secDNS=\"" NS "secDNS-1.1\"");
}

void
dos_escrow_menu_xml(const EscrowWriter *out, bool thin)
{
	dos_escrow_put(out, "<rde:rdeMenu><rde:version>1.0</rde:version><rde:objURI>" NS "rdeHeader-1.0</rde:objURI>");
	for (int kind = 0; kind < ESCROW_KIND_COUNT; kind++)
		if (dos_escrow_kind_in((EscrowKind) kind, thin))
			dos_escrow_element_text(out, "rde:objURI", dos_escrow_kind_uri((EscrowKind) kind));
	if (!thin)
		dos_escrow_put(out, "<rde:objURI>" NS "rdeEppParams-1.0</rde:objURI><rde:objURI>" NS "rdePolicy-1.0</rde:objURI>");
	dos_escrow_put(out, "</rde:rdeMenu>");
}

static void
count_xml(const EscrowWriter *out, const char *uri, int64_t count)
{
	char		text[24];

	snprintf(text, sizeof(text), "%" PRId64, count);
	dos_escrow_element_with(out, "rdeHeader:count", "uri", uri, text);
}

void
dos_escrow_header_xml(const EscrowWriter *out, const char *zone, const int64_t *counts, int policies)
{
	dos_escrow_put(out, "<rdeHeader:header>");
	dos_escrow_element_text(out, "rdeHeader:tld", zone);
	for (int kind = 0; kind < ESCROW_KIND_COUNT; kind++)
		if (dos_escrow_kind_in((EscrowKind) kind, policies < 0))
			count_xml(out, dos_escrow_kind_uri((EscrowKind) kind), counts[kind]);
	if (policies >= 0)
	{
		count_xml(out, NS "rdeEppParams-1.0", 1);
		count_xml(out, NS "rdePolicy-1.0", policies);
	}
	dos_escrow_put(out, "</rdeHeader:header>");
}
