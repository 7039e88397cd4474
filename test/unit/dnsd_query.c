/*
 * dnsd_query.c
 *		Queries read and answered in memory: a transfer of signed messages as a secondary verifies it,
 *		truncation, refusals, who may transfer what, NOTIFY with its answer, and what a secondary says it serves.
 */
#include "dns_access.h"
#include "dns_notify_message.h"
#include "dns_probe.h"
#include "dns_query.h"
#include "gw_tap.h"

#include <arpa/inet.h>
#include <libknot/libknot.h>

#define SECRET "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="

static uint8_t wire[DNS_MESSAGE_MAX];

/* A query, signed when there is a key; keeps the request's MAC. Its length. */
static size_t
query_write(const char *zone, uint16_t type, uint32_t serial, const DnsKey *key, uint8_t *mac, size_t *mac_length)
{
	knot_dname_t *name = knot_dname_from_str_alloc(zone);
	knot_pkt_t *packet = knot_pkt_new(wire, sizeof(wire), NULL);
	size_t		length;

	knot_pkt_clear(packet);
	knot_wire_set_id(packet->wire, 4711);
	knot_pkt_put_question(packet, name, KNOT_CLASS_IN, type);
	if (type == KNOT_RRTYPE_IXFR)
	{
		uint8_t		soa[22] = {0, 0, (uint8_t) (serial >> 24), (uint8_t) (serial >> 16), (uint8_t) (serial >> 8), (uint8_t) serial};
		knot_rrset_t *rr = knot_rrset_new(name, KNOT_RRTYPE_SOA, KNOT_CLASS_IN, 0, NULL);

		knot_rrset_add_rdata(rr, soa, sizeof(soa), NULL);
		knot_pkt_begin(packet, KNOT_AUTHORITY);
		knot_pkt_put(packet, KNOT_COMPR_HINT_NONE, rr, 0);
		knot_rrset_free(rr, NULL);
	}
	length = packet->size;
	knot_pkt_free(packet);
	knot_dname_free(name, NULL);
	if (key)
		knot_tsig_sign(wire, &length, sizeof(wire), NULL, 0, mac, mac_length, &key->tsig, 0, 0);
	return length;
}

/* Verify message number `number` of an answer as a secondary does. */
static bool
message_verifies(uint8_t *message, size_t length, int number, const DnsKey *key, uint8_t *mac, size_t *mac_length)
{
	knot_pkt_t *packet = knot_pkt_new(message, (uint16_t) length, NULL);
	int			result = knot_pkt_parse(packet, 0);

	if (result == KNOT_EOK && packet->tsig_rr == NULL)
		result = KNOT_ENOTSIG;
	if (result == KNOT_EOK)
		result = number == 0 ? knot_tsig_client_check(packet->tsig_rr, packet->wire, packet->size, mac, *mac_length, &key->tsig, 0)
			: knot_tsig_client_check_next(packet->tsig_rr, packet->wire, packet->size, mac, *mac_length, &key->tsig, 0);
	if (result == KNOT_EOK)
	{
		*mac_length = knot_tsig_rdata_mac_length(packet->tsig_rr);
		memcpy(mac, knot_tsig_rdata_mac(packet->tsig_rr), *mac_length);
	}
	knot_pkt_free(packet);
	return result == KNOT_EOK;
}

static void
test_transfer(const char *key_name)
{
	const DnsKey *key = dns_key_find(key_name);
	uint8_t		mac[DNS_MAC_MAX];
	size_t		mac_length = sizeof(mac);
	size_t		length = query_write("Example.", KNOT_RRTYPE_AXFR, 0, key, mac, &mac_length);
	static uint8_t run[60000];
	static uint8_t message[DNS_MESSAGE_MAX];
	size_t		run_length = 0;
	DnsQuery	query;
	bool		good = true;

	while (run_length + 16 <= sizeof(run))
	{
		static const uint8_t record[] = {0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 1};

		memcpy(run + run_length, record, sizeof(record));
		run_length += sizeof(record);
	}
	dns_query_read(&query, wire, length, true);
	ok(query.kind == DNS_AXFR && query.key == key, "a signed AXFR query");
	is_text(query.zone, "example", "its zone in lower case");
	for (int i = 0; i < 5; i++)
	{
		length = dns_message(&query, run, run_length, message);
		good &= length > run_length && knot_wire_get_ancount(message) == run_length / 16 && knot_wire_get_id(message) == 4711;
		good &= message_verifies(message, length, i, key, mac, &mac_length);
	}
	ok(good, "five messages of 60,000 octets verify one after the other");
}

static void
test_udp(void)
{
	uint8_t		run[600] = {0};
	uint8_t		message[DNS_MESSAGE_MAX];
	DnsQuery	query;
	size_t		length = query_write("example.", KNOT_RRTYPE_SOA, 0, NULL, NULL, NULL);

	/* one record of 500 octets */
	memcpy(run, (uint8_t[]) {0xc0, 12, 0, 99, 0, 1, 0, 0, 0, 0, 1, 0xf4}, 12);
	dns_query_read(&query, wire, length, false);
	ok(query.kind == DNS_SOA && query.key == NULL, "a SOA query over UDP");
	length = dns_message(&query, run, 512, message);
	ok(length == 25 && knot_wire_get_tc(message) && knot_wire_get_ancount(message) == 0, "an answer above 512 octets is truncated");
	query.answer_max = DNS_UDP_MAX;
	length = dns_message(&query, run, 512, message);
	ok(length == 25 + 512 && !knot_wire_get_tc(message) && knot_wire_get_aa(message), "but not for one that takes more");
	ok(dns_message(&query, run, 511, message) == 0, "half a record is never sent");
	length = query_write("example.", KNOT_RRTYPE_IXFR, 4294967295u, NULL, NULL, NULL);
	dns_query_read(&query, wire, length, false);
	ok(query.kind == DNS_IXFR && query.serial == 4294967295u, "an IXFR query has a serial");
	wire[2] |= 0x80;
	dns_query_read(&query, wire, length, false);
	ok(query.kind == DNS_DROP, "a response is dropped");
}

static PGresult *
result_of(int columns, int rows, const char *const *values)
{
	PGresult   *result = PQmakeEmptyPGresult(NULL, PGRES_TUPLES_OK);
	PGresAttDesc descriptions[6] = {{0}};

	for (int i = 0; i < 6; i++)
		descriptions[i].name = (char *) "x";
	PQsetResultAttrs(result, columns, descriptions);
	for (int i = 0; i < columns * rows; i++)
		PQsetvalue(result, i / columns, i % columns, (char *) values[i], values[i] ? (int) strlen(values[i]) : -1);
	return result;
}

static const char *
who(const char *zone, const char *address, const char *key)
{
	static DnsQuery query;
	struct sockaddr_storage peer = {0};
	const DnsSecondary *found;

	query.kind = DNS_SOA;
	query.key = key ? dns_key_find(key) : NULL;
	strcpy(query.zone, zone);
	if (strchr(address, ':'))
	{
		peer.ss_family = AF_INET6;
		inet_pton(AF_INET6, address, &((struct sockaddr_in6 *) &peer)->sin6_addr);
	}
	else
	{
		peer.ss_family = AF_INET;
		inet_pton(AF_INET, address, &((struct sockaddr_in *) &peer)->sin_addr);
	}
	found = dns_access_find(&query, (struct sockaddr *) &peer);
	return found ? found->name : NULL;
}

static void
test_access(void)
{
	static const char *const zones[] = {"example", "1", "test", "2", "other", "3"};
	static const char *const rows[] = {
		"example", "keyed", "192.0.2.1", "53", "t", "k256",
		"example", "open", "198.51.100.0/25", "53", "f", NULL,
		"example", "six", "2001:db8::/33", "53", "f", NULL,
		"test", "all", "0.0.0.0/0", "53", "f", "k512",
		"test", "one", "192.0.2.1", "53", "f", NULL,
		"gone", "all", "0.0.0.0/0", "53", "f", NULL,
	};
	static const struct
	{
		const char *zone;
		const char *address;
		const char *key;
		const char *name;
	}			cases[] = {
		{"example", "192.0.2.1", "k256", "keyed"},
		{"example", "192.0.2.1", NULL, NULL},
		{"example", "192.0.2.1", "k512", NULL},
		{"example", "192.0.2.2", "k256", NULL},
		{"example", "198.51.100.127", NULL, "open"},
		{"example", "198.51.100.127", "k256", "open"},
		{"example", "198.51.100.128", NULL, NULL},
		{"example", "2001:db8:7fff::1", NULL, "six"},
		{"example", "2001:db8:8000::1", NULL, NULL},
		{"test", "203.0.113.1", "k512", "all"},
		{"test", "203.0.113.1", NULL, NULL},
		{"test", "192.0.2.1", NULL, "one"},
		{"test", "::1", "k512", NULL},
		{"other", "192.0.2.1", NULL, NULL},
		{"gone", "192.0.2.1", NULL, NULL},
		{"nowhere", "192.0.2.1", NULL, NULL},
	};
	PGresult   *result = result_of(2, 3, zones);

	is_text(who("example", "192.0.2.1", "k256"), NULL, "before the lists are read nobody may");
	ok(dns_access_zones(result) && !dns_access_loaded(), "zones");
	PQclear(result);
	result = result_of(6, 6, rows);
	ok(dns_access_secondaries(result) && dns_access_loaded(), "secondaries");
	PQclear(result);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		char		name[200];

		snprintf(name, sizeof(name), "%s from %s with %s: %s", cases[i].zone, cases[i].address,
				 cases[i].key ? cases[i].key : "no key", cases[i].name ? cases[i].name : "nobody");
		is_text(who(cases[i].zone, cases[i].address, cases[i].key), cases[i].name, name);
	}
	ok(dns_zone_find("test")->serial == 2, "a zone's serial");
}

static void
test_notify(const char *key_name)
{
	const DnsKey *key = key_name ? dns_key_find(key_name) : NULL;
	DnsNotify	sent;
	uint8_t		message[DNS_NOTIFY_MAX];
	uint8_t		mac[DNS_MAC_MAX];
	size_t		mac_length = sizeof(mac);
	size_t		length = dns_notify_write(&sent, "example", key, message);

	ok(length > 0 && knot_wire_get_opcode(message) == KNOT_OPCODE_NOTIFY && dns_notify_answer(&sent, message, length) == NOTIFY_OTHER,
	   "a NOTIFY is not its own answer");
	/* as a secondary answers: the same with QR, signed over our MAC */
	length = DNS_HEADER + 9 + 4;
	knot_wire_set_arcount(message, 0);
	knot_wire_set_qr(message);
	ok(dns_notify_answer(&sent, message, length) == (key ? NOTIFY_OTHER : NOTIFY_ACKNOWLEDGED), "an unsigned answer counts only for an unsigned NOTIFY");
	if (key)
	{
		knot_tsig_sign(message, &length, sizeof(message), sent.mac, sent.mac_length, mac, &mac_length, &key->tsig, 0, 0);
		ok(dns_notify_answer(&sent, message, length) == NOTIFY_ACKNOWLEDGED, "a signed one counts");
		message[length - 7] ^= 1;
	}
	else
		message[1] ^= 1;
	ok(dns_notify_answer(&sent, message, length) == NOTIFY_OTHER, "a changed one does not");
}

static void
test_keys(void)
{
	static const char *const wrong[] = {"", "a", "a:b", "k:hmac-md5:" SECRET, "k:hmac-sha256:", "k:hmac-sha256:c2hvcnQ=", "k:hmac-sha256:!!!!", ":hmac-sha256:" SECRET, "a..b:hmac-sha256:" SECRET};
	char	   *words[] = {(char *) "k256:hmac-sha256:" SECRET, (char *) "K512.:hmac-sha512:" SECRET};
	GwList		keys = {2, words};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
	{
		char	   *word = (char *) wrong[i];
		GwList		list = {1, &word};

		ok(!dns_keys_load(&list), wrong[i]);
	}
	ok(dns_keys_load(&keys) && dns_key_find("k256") && dns_key_find("k512") && !dns_key_find("K512."), "keys by name");
	keys.count = 1;
	ok(dns_keys_load(&keys) && dns_key_find("k256") && !dns_key_find("k512"), "a key that is gone is gone");
	keys.count = 2;
	ok(dns_keys_load(&keys) && dns_key_find("k512"), "and comes back");
}

/* The answer to a probe: SOA and RRSIGs as given, header flags as given. Its length. */
static size_t
probe_answer_write(uint16_t id, const char *owner, uint16_t flags, uint32_t serial, const uint32_t *signatures, int count)
{
	size_t		length = dns_probe_write(id, "example", wire) - 11;

	knot_wire_write_u16(wire + 2, flags);
	knot_wire_set_arcount(wire, 0);
	knot_wire_set_ancount(wire, (uint16_t) (1 + count));
	for (int i = 0; i <= count; i++)
	{
		uint8_t	   *rr = wire + length;
		size_t		name = (size_t) knot_dname_size(knot_dname_from_str(rr, owner, DNS_NAME_MAX));
		uint8_t		soa[22] = {0, 0, (uint8_t) (serial >> 24), (uint8_t) (serial >> 16), (uint8_t) (serial >> 8), (uint8_t) serial};
		uint8_t		rrsig[20] = {0, KNOT_RRTYPE_SOA, 13, 1, 0, 0, 0, 60};
		size_t		rdata = i == 0 ? sizeof(soa) : sizeof(rrsig);

		if (i > 0)
			knot_wire_write_u32(rrsig + 8, signatures[i - 1]);
		knot_wire_write_u16(rr + name, i == 0 ? KNOT_RRTYPE_SOA : KNOT_RRTYPE_RRSIG);
		knot_wire_write_u16(rr + name + 2, KNOT_CLASS_IN);
		knot_wire_write_u32(rr + name + 4, 60);
		knot_wire_write_u16(rr + name + 8, (uint16_t) rdata);
		memcpy(rr + name + 10, i == 0 ? soa : rrsig, rdata);
		length += name + 10 + rdata;
	}
	return length;
}

static void
test_probe(void)
{
	enum { ANSWER = 0x8400 };	/* QR and AA */
	const uint32_t signatures[] = {2000000000, 1900000000, 2100000000};
	DnsProbeAnswer answer;
	DnsQuery	query;
	size_t		length = dns_probe_write(77, "example", wire);

	dns_query_read(&query, wire, length, false);
	ok(query.kind == DNS_SOA && knot_wire_get_id(wire) == 77, "a probe is a SOA query");
	ok(!dns_probe_read(77, "example", wire, length, &answer), "and no answer to itself");
	length = probe_answer_write(77, "example", ANSWER, 4294967295u, NULL, 0);
	ok(dns_probe_read(77, "example", wire, length, &answer) && answer.serial == 4294967295u && answer.signed_until == 0, "unsigned");
	ok(!dns_probe_read(78, "example", wire, length, &answer), "another id");
	ok(!dns_probe_read(77, "example2", wire, length, &answer), "another zone");
	for (size_t cut = 0; cut < length; cut++)
		if (dns_probe_read(77, "example", wire, cut, &answer))
			ok(false, "cut short");
	length = probe_answer_write(77, "example", ANSWER, 5, signatures, 3);
	ok(dns_probe_read(77, "example", wire, length, &answer) && answer.serial == 5 && answer.signed_until == 1900000000, "the signature that ends first");
	length = probe_answer_write(77, "other", ANSWER, 5, signatures, 3);
	ok(!dns_probe_read(77, "example", wire, length, &answer), "a SOA of another name");
	length = probe_answer_write(77, "example", 0x8000, 5, NULL, 0);
	ok(!dns_probe_read(77, "example", wire, length, &answer), "not authoritative");
	length = probe_answer_write(77, "example", ANSWER | KNOT_RCODE_SERVFAIL, 5, NULL, 0);
	ok(!dns_probe_read(77, "example", wire, length, &answer), "an error");
}

int
main(void)
{
	test_keys();
	test_transfer("k256");
	test_transfer("k512");
	test_udp();
	test_access();
	test_notify(NULL);
	test_notify("k256");
	test_probe();
	return done();
}
