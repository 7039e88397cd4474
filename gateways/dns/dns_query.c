/*
 * dns_query.c
 *		Reading and judging a query. See dns_query.h.
 */
#include "dns_query.h"
#include "gw_memory.h"

#include <ctype.h>
#include <libdnssec/tsig.h>
#include <libknot/libknot.h>

#define MAC_LEAST	10

const char *const dns_kind_names[DNS_KIND_COUNT] = {
	[DNS_DROP] = "drop",
	[DNS_ERROR] = "error",
	[DNS_SOA] = "soa",
	[DNS_AXFR] = "axfr",
	[DNS_IXFR] = "ixfr",
};

void
dns_query_refuse(DnsQuery *query, int rcode)
{
	query->kind = DNS_ERROR;
	query->rcode = rcode;
}

static void
key_name_text(const knot_dname_t *name, char *text, size_t size)
{
	size_t		length;

	if (knot_dname_to_str(text, name, size) == NULL)
		text[0] = '\0';
	for (char *c = text; *c; c++)
		*c = (char) tolower((unsigned char) *c);
	length = strlen(text);
	if (length > 1 && text[length - 1] == '.')
		text[length - 1] = '\0';
}

/*
 * The TSIG record that goes with an error that cannot be signed (RFC 8945
 * section 5.3.2): libknot appends it to a message; keep what it appended.
 */
static void
unsigned_tsig_make(DnsQuery *query, const knot_rrset_t *tsig)
{
	uint8_t		message[DNS_HEADER + sizeof(query->unsigned_tsig)] = {0};
	size_t		length = DNS_HEADER;

	memcpy(message, query->header, 2);	/* the original id */
	if (knot_tsig_add(message, &length, sizeof(message), (uint16_t) query->tsig_error, tsig) != KNOT_EOK)
		return;
	query->unsigned_tsig_length = length - DNS_HEADER;
	memcpy(query->unsigned_tsig, message + DNS_HEADER, query->unsigned_tsig_length);
}

/* A MAC longer than the hash, or cut to less than half of it (or ten octets), is malformed (RFC 8945 section 5.2.2.1). */
static bool
mac_size_is_ok(const knot_rrset_t *tsig)
{
	size_t		whole = dnssec_tsig_algorithm_size(knot_tsig_rdata_alg(tsig));
	size_t		least = whole / 2 < MAC_LEAST ? MAC_LEAST : whole / 2;
	size_t		given = knot_tsig_rdata_mac_length(tsig);

	return whole == 0 || (given >= least && given <= whole);	/* 0: an unknown algorithm is a bad key */
}

/* Verify the signature, if there is one. False: the query is refused. */
static bool
tsig_check(DnsQuery *query, const knot_pkt_t *packet)
{
	char		name[4 * DNS_NAME_MAX + 2];
	const DnsKey *key;
	int			verdict = KNOT_TSIG_EBADKEY;

	if (packet->tsig_rr == NULL)
		return true;
	if (!knot_tsig_rdata_is_ok(packet->tsig_rr) || !mac_size_is_ok(packet->tsig_rr))
	{
		dns_query_refuse(query, KNOT_RCODE_FORMERR);
		return false;
	}
	key_name_text(packet->tsig_rr->owner, name, sizeof(name));
	key = dns_key_find(name);
	if (key && key->tsig.algorithm == knot_tsig_rdata_alg(packet->tsig_rr))
		verdict = knot_tsig_server_check(packet->tsig_rr, packet->wire, packet->size, &key->tsig);
	switch (verdict)
	{
		case KNOT_EOK:
			break;
		case KNOT_TSIG_EBADKEY:
			query->tsig_error = KNOT_RCODE_BADKEY;
			break;
		case KNOT_TSIG_EBADSIG:
			query->tsig_error = KNOT_RCODE_BADSIG;
			break;
		case KNOT_TSIG_EBADTRUNC:
			query->tsig_error = KNOT_RCODE_BADTRUNC;
			break;
		case KNOT_TSIG_EBADTIME:
			query->tsig_error = KNOT_RCODE_BADTIME;
			query->time_signed = knot_tsig_rdata_time_signed(packet->tsig_rr);
			break;
		default:
			dns_query_refuse(query, KNOT_RCODE_FORMERR);
			return false;
	}
	if (verdict == KNOT_EOK || verdict == KNOT_TSIG_EBADTIME)
	{
		query->key = key;
		query->mac_length = knot_tsig_rdata_mac_length(packet->tsig_rr);
		if (query->mac_length > sizeof(query->mac))
			query->mac_length = sizeof(query->mac);
		memcpy(query->mac, knot_tsig_rdata_mac(packet->tsig_rr), query->mac_length);
	}
	if (verdict == KNOT_EOK)
		return true;
	dns_query_refuse(query, KNOT_RCODE_NOTAUTH);
	if (query->key == NULL)
		unsigned_tsig_make(query, packet->tsig_rr);
	return false;
}

/* The serial the client has: the SOA in the authority section (RFC 1995 section 3). */
static bool
ixfr_serial(DnsQuery *query, const knot_pkt_t *packet)
{
	const knot_pktsection_t *authority = knot_pkt_section(packet, KNOT_AUTHORITY);
	const knot_rrset_t *soa;

	if (authority->count != 1)
		return false;
	soa = knot_pkt_rr(authority, 0);
	if (soa->type != KNOT_RRTYPE_SOA || soa->rrs.count != 1 || !knot_dname_is_case_equal(soa->owner, knot_pkt_qname(packet)))
		return false;
	query->serial = knot_soa_serial(soa->rrs.rdata);
	return true;
}

static void
type_check(DnsQuery *query, const knot_pkt_t *packet)
{
	if (knot_pkt_qclass(packet) != KNOT_CLASS_IN)
	{
		dns_query_refuse(query, KNOT_RCODE_REFUSED);
		return;
	}
	switch (knot_pkt_qtype(packet))
	{
		case KNOT_RRTYPE_SOA:
			query->kind = DNS_SOA;
			break;
		case KNOT_RRTYPE_AXFR:
			query->kind = DNS_AXFR;
			if (!query->tcp)	/* RFC 5936 section 4.2 */
				dns_query_refuse(query, KNOT_RCODE_REFUSED);
			break;
		case KNOT_RRTYPE_IXFR:
			query->kind = DNS_IXFR;
			if (!ixfr_serial(query, packet))
				dns_query_refuse(query, KNOT_RCODE_FORMERR);
			break;
		default:
			dns_query_refuse(query, KNOT_RCODE_REFUSED);
	}
}

/* EDNS (RFC 6891): how much the client takes; versions above 0 are refused. */
static bool
edns_check(DnsQuery *query, const knot_pkt_t *packet)
{
	if (packet->opt_rr == NULL)
		return true;
	query->edns = true;
	query->dnssec_ok = knot_edns_do(packet->opt_rr);
	if (!query->tcp)
	{
		size_t		payload = knot_edns_get_payload(packet->opt_rr);

		query->answer_max = payload < DNS_UDP_MIN ? DNS_UDP_MIN : payload > DNS_UDP_MAX ? DNS_UDP_MAX : payload;
	}
	if (knot_edns_get_version(packet->opt_rr) == 0)
		return true;
	dns_query_refuse(query, KNOT_RCODE_BADVERS);
	return false;
}

static void
packet_judge(DnsQuery *query, knot_pkt_t *packet)
{
	int			parsed = knot_pkt_parse(packet, 0);

	if (packet->qname_size > 0 && packet->parsed >= (size_t) DNS_HEADER + knot_pkt_question_size(packet))
	{
		query->question_length = knot_pkt_question_size(packet);
		memcpy(query->question, packet->wire + DNS_HEADER, query->question_length);
		key_name_text(knot_pkt_qname(packet), query->zone, sizeof(query->zone));
	}
	if (parsed != KNOT_EOK || query->question_length == 0)
	{
		dns_query_refuse(query, KNOT_RCODE_FORMERR);
		return;
	}
	if (tsig_check(query, packet) && edns_check(query, packet))
		type_check(query, packet);
}

void
dns_query_read(DnsQuery *query, const uint8_t *wire, size_t length, bool tcp)
{
	uint8_t    *copy;
	knot_pkt_t *packet;

	memset(query, 0, sizeof(*query));
	query->tcp = tcp;
	query->answer_max = tcp ? DNS_MESSAGE_MAX : DNS_UDP_MIN;
	if (length < DNS_HEADER || length > DNS_MESSAGE_MAX || knot_wire_get_qr(wire))
	{
		query->kind = DNS_DROP;
		return;
	}
	memcpy(query->header, wire, DNS_HEADER);
	if (knot_wire_get_opcode(wire) != KNOT_OPCODE_QUERY)
	{
		dns_query_refuse(query, KNOT_RCODE_NOTIMPL);
		return;
	}
	if (knot_wire_get_qdcount(wire) != 1)
	{
		dns_query_refuse(query, KNOT_RCODE_FORMERR);
		return;
	}
	/* the parser takes TSIG off the message */
	copy = gw_malloc(length);
	memcpy(copy, wire, length);
	packet = gw_memory_checked(knot_pkt_new(copy, (uint16_t) length, NULL));
	packet_judge(query, packet);
	knot_pkt_free(packet);
	free(copy);
}
