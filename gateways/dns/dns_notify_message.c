/*
 * dns_notify_message.c
 *		The NOTIFY message (RFC 1996 section 3). See dns_notify_message.h.
 */
#include "dns_notify_message.h"
#include "gw_memory.h"

#include <event2/util.h>
#include <libknot/libknot.h>

size_t
dns_notify_write(DnsNotify *sent, const char *zone, const DnsKey *key, uint8_t *out)
{
	uint8_t    *name = out + DNS_HEADER;
	size_t		length;

	evutil_secure_rng_get_bytes(&sent->id, sizeof(sent->id));
	sent->key = key;
	memset(out, 0, DNS_HEADER);
	knot_wire_set_id(out, sent->id);
	knot_wire_set_opcode(out, KNOT_OPCODE_NOTIFY);
	knot_wire_set_aa(out);
	knot_wire_set_qdcount(out, 1);
	if (knot_dname_from_str(name, zone, DNS_NAME_MAX) == NULL)
		return 0;
	length = DNS_HEADER + knot_dname_size(name);
	knot_wire_write_u16(out + length, KNOT_RRTYPE_SOA);
	knot_wire_write_u16(out + length + 2, KNOT_CLASS_IN);
	length += 4;
	if (key == NULL)
		return length;
	sent->mac_length = sizeof(sent->mac);
	if (knot_tsig_sign(out, &length, DNS_NOTIFY_MAX, NULL, 0, sent->mac, &sent->mac_length, &key->tsig, 0, 0) != KNOT_EOK)
		return 0;
	return length;
}

/* Is the answer signed by the key the NOTIFY was signed with? */
static bool
answer_signed(const DnsNotify *sent, const knot_pkt_t *packet)
{
	if (sent->key == NULL)
		return true;
	return packet->tsig_rr != NULL && knot_tsig_rdata_is_ok(packet->tsig_rr) &&
		knot_tsig_client_check(packet->tsig_rr, packet->wire, packet->size, sent->mac, sent->mac_length, &sent->key->tsig, 0) == KNOT_EOK;
}

DnsNotifyAnswer
dns_notify_answer(const DnsNotify *sent, const uint8_t *wire, size_t length)
{
	DnsNotifyAnswer answer = NOTIFY_OTHER;
	uint8_t    *copy;
	knot_pkt_t *packet;

	if (length < DNS_HEADER || length > DNS_NOTIFY_MAX || !knot_wire_get_qr(wire) || knot_wire_get_id(wire) != sent->id ||
		knot_wire_get_opcode(wire) != KNOT_OPCODE_NOTIFY)
		return NOTIFY_OTHER;
	copy = gw_malloc(length);
	memcpy(copy, wire, length);
	packet = gw_memory_checked(knot_pkt_new(copy, (uint16_t) length, NULL));
	if (knot_pkt_parse(packet, 0) == KNOT_EOK)
	{
		if (knot_wire_get_rcode(wire) != KNOT_RCODE_NOERROR)
			answer = NOTIFY_REFUSED;
		else if (answer_signed(sent, packet))
			answer = NOTIFY_ACKNOWLEDGED;
	}
	knot_pkt_free(packet);
	free(copy);
	return answer;
}
