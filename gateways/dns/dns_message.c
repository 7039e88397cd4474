/*
 * dns_message.c
 *		Writing the messages of an answer. See dns_query.h.
 *
 * Each message repeats the question: the database compresses names against
 * it, and clients accept it in every message (RFC 5936 section 2.2.1).
 */
#include "dns_query.h"

#include <libknot/libknot.h>
#include <string.h>

#define OPT_LENGTH		11
#define RECORD_FIXED	10		/* type, class, TTL, length */
#define LABEL_MAX		63

int
dns_records_count(const uint8_t *records, size_t length)
{
	size_t		at = 0;
	int			count = 0;

	while (at < length)
	{
		size_t		data;

		while (at < length && records[at] != 0 && records[at] <= LABEL_MAX)
			at += records[at] + 1u;
		if (at >= length)
			return -1;
		if (records[at] != 0 && (records[at] & 0xc0) != 0xc0)
			return -1;
		at += records[at] == 0 ? 1 : 2;
		if (length < at + RECORD_FIXED)
			return -1;
		data = (size_t) records[at + 8] << 8 | records[at + 9];
		at += RECORD_FIXED + data;
		if (at > length)
			return -1;
		count++;
	}
	return count;
}

/* An OPT record that says how much we take (RFC 6891 section 6.1.2). */
static size_t
opt_put(const DnsQuery *query, uint8_t *out)
{
	const uint8_t opt[OPT_LENGTH] = {0, 0, KNOT_RRTYPE_OPT, DNS_UDP_MAX >> 8, DNS_UDP_MAX & 0xff,
	(uint8_t) (query->rcode >> 4), 0, query->dnssec_ok ? 0x80 : 0, 0, 0, 0};

	memcpy(out, opt, OPT_LENGTH);
	return OPT_LENGTH;
}

/* Sign, or add the TSIG that says why not. The new length, 0 on failure. */
static size_t
message_sign(DnsQuery *query, uint8_t *out, size_t length)
{
	size_t		mac_length = sizeof(query->mac);
	int			result = KNOT_EOK;

	if (query->key == NULL)
	{
		if (query->unsigned_tsig_length == 0)
			return length;
		if (length + query->unsigned_tsig_length > query->answer_max)
			return 0;
		memcpy(out + length, query->unsigned_tsig, query->unsigned_tsig_length);
		knot_wire_add_arcount(out, 1);
		return length + query->unsigned_tsig_length;
	}
	if (query->messages == 0)
		result = knot_tsig_sign(out, &length, DNS_MESSAGE_MAX, query->mac, query->mac_length, query->mac, &mac_length,
								&query->key->tsig, (uint16_t) query->tsig_error, query->time_signed);
	else
		result = knot_tsig_sign_next(out, &length, DNS_MESSAGE_MAX, query->mac, query->mac_length, query->mac, &mac_length,
									 &query->key->tsig, out, length);
	query->mac_length = mac_length;
	return result == KNOT_EOK ? length : 0;
}

size_t
dns_message(DnsQuery *query, const uint8_t *records, size_t length, uint8_t *out)
{
	size_t		tail = (query->edns ? OPT_LENGTH : 0) +
		(query->key ? knot_tsig_wire_size(&query->key->tsig) + 6 : query->unsigned_tsig_length);
	size_t		used = DNS_HEADER + query->question_length;
	int			count = dns_records_count(records, length);
	bool		truncated = used + length + tail > query->answer_max;

	if (count < 0 || (truncated && query->tcp))
		return 0;
	memcpy(out, query->header, DNS_HEADER);
	memcpy(out + DNS_HEADER, query->question, query->question_length);
	memset(out + 2, 0, 10);
	knot_wire_set_qr(out);
	knot_wire_set_opcode(out, knot_wire_get_opcode(query->header));
	if (knot_wire_get_rd(query->header))
		knot_wire_set_rd(out);
	knot_wire_set_rcode(out, query->rcode & 15);
	knot_wire_set_qdcount(out, query->question_length > 0);
	if (truncated)
		knot_wire_set_tc(out);
	else if (length > 0)
	{
		memcpy(out + used, records, length);
		used += length;
		knot_wire_set_aa(out);
		knot_wire_set_ancount(out, (uint16_t) count);
	}
	if (query->edns && query->messages == 0)
	{
		used += opt_put(query, out + used);
		knot_wire_set_arcount(out, 1);
	}
	used = message_sign(query, out, used);
	query->messages++;
	return used;
}
