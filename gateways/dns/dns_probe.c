/*
 * dns_probe.c
 *		Asking for a SOA and its signature. See dns_probe.h.
 */
#include "dns_probe.h"
#include "dns_query.h"
#include "gw_memory.h"

#include <libknot/libknot.h>

/* OPT: root owner, payload size, DO bit, no options (RFC 6891) */
static const uint8_t edns[] = {0, 0, KNOT_RRTYPE_OPT, DNS_PROBE_MAX >> 8, DNS_PROBE_MAX & 255, 0, 0, 0x80, 0, 0, 0};

size_t
dns_probe_write(uint16_t id, const char *zone, uint8_t *out)
{
	uint8_t    *name = out + DNS_HEADER;
	size_t		length;

	memset(out, 0, DNS_HEADER);
	knot_wire_set_id(out, id);
	knot_wire_set_qdcount(out, 1);
	knot_wire_set_arcount(out, 1);
	if (knot_dname_from_str(name, zone, DNS_NAME_MAX) == NULL)
		return 0;
	length = DNS_HEADER + knot_dname_size(name);
	knot_wire_write_u16(out + length, KNOT_RRTYPE_SOA);
	knot_wire_write_u16(out + length + 2, KNOT_CLASS_IN);
	memcpy(out + length + 4, edns, sizeof(edns));
	return length + 4 + sizeof(edns);
}

/* Take what the answer section says of the zone. True if the SOA is there. */
static bool
section_read(const knot_pktsection_t *section, const knot_dname_t *zone, DnsProbeAnswer *answer)
{
	bool		found = false;

	for (uint16_t i = 0; i < section->count; i++)
	{
		const knot_rrset_t *rr = knot_pkt_rr(section, i);

		if (!knot_dname_is_equal(rr->owner, zone) || rr->rrs.count == 0)
			continue;
		if (rr->type == KNOT_RRTYPE_SOA)
		{
			answer->serial = knot_soa_serial(rr->rrs.rdata);
			found = true;
		}
		else if (rr->type == KNOT_RRTYPE_RRSIG && knot_rrsig_type_covered(rr->rrs.rdata) == KNOT_RRTYPE_SOA)
		{
			uint32_t	until = knot_rrsig_sig_expiration(rr->rrs.rdata);

			if (answer->signed_until == 0 || until < answer->signed_until)
				answer->signed_until = until;
		}
	}
	return found;
}

bool
dns_probe_read(uint16_t id, const char *zone, const uint8_t *wire, size_t length, DnsProbeAnswer *answer)
{
	uint8_t		name[DNS_NAME_MAX];
	bool		found = false;
	uint8_t    *copy;
	knot_pkt_t *packet;

	memset(answer, 0, sizeof(*answer));
	if (length < DNS_HEADER || length > DNS_PROBE_MAX || !knot_wire_get_qr(wire) || knot_wire_get_id(wire) != id ||
		!knot_wire_get_aa(wire) || knot_wire_get_rcode(wire) != KNOT_RCODE_NOERROR || knot_dname_from_str(name, zone, sizeof(name)) == NULL)
		return false;
	copy = gw_malloc(length);
	memcpy(copy, wire, length);
	packet = gw_memory_checked(knot_pkt_new(copy, (uint16_t) length, NULL));
	if (knot_pkt_parse(packet, 0) == KNOT_EOK && packet->qname_size > 0 && knot_dname_is_equal(knot_pkt_qname(packet), name))
		found = section_read(knot_pkt_section(packet, KNOT_ANSWER), name, answer);
	knot_pkt_free(packet);
	free(copy);
	return found;
}
