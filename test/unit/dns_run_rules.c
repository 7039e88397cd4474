/*
 * dns_run_rules.c
 *		Runs of records: what is written is read back by another reader, that follows pointers and trusts
 *		nothing; runs of random names come back as they went in, and end exactly where there is no room.
 */
#include "dns/dns_wire_rules.h"

#include <stdlib.h>

#include "gw_tap.h"

#define RECORDS_MAX 4000

typedef struct Record
{
	char		owner[DOS_DNAME_MAX + 1];
	int			rtype;
	uint32_t	ttl;
	char		rdata[2 * 600];
} Record;

static Record records[RECORDS_MAX];
static uint8_t message[65536];

/* A name at an offset of the message, pointers backwards only; octets it takes in place, 0 if it is wrong. */
static size_t
read_name(size_t at, size_t end, char *text)
{
	size_t		taken = 0;
	size_t		limit = end;
	size_t		written = 0;

	for (;;)
	{
		uint8_t		label;

		if (at >= limit)
			return 0;
		label = message[at];
		if (label >= 0xc0)
		{
			size_t		target = (size_t) (label & 0x3f) << 8 | message[at + 1];

			if (target >= at || target < DNS_HEADER_SIZE)
				return 0;
			taken = taken ? taken : at + 2;
			limit = at;
			at = target;
			continue;
		}
		if (label > DOS_LABEL_MAX)
			return 0;
		at++;
		if (label == 0)
			break;
		if (written + label + 1 > DOS_DNAME_MAX + 1)
			return 0;
		if (written > 0)
			text[written++] = '.';
		memcpy(text + written, message + at, label);
		written += label;
		at += label;
	}
	text[written] = '\0';
	return taken ? taken : at;
}

/* Read the record at *at and compare. */
static bool
record_is(size_t *at, size_t end, const Record *expected)
{
	char		owner[DOS_DNAME_MAX + 2];
	char		target[DOS_DNAME_MAX + 2];
	uint8_t		wire[DOS_DNAME_WIRE_MAX];
	size_t		fixed = read_name(*at, end, owner);
	size_t		length;
	uint8_t		rdata[600];
	size_t		rdata_length;

	if (fixed == 0 || strcmp(owner, expected->owner) != 0)
		return false;
	if ((message[fixed] << 8 | message[fixed + 1]) != expected->rtype || (message[fixed + 2] << 8 | message[fixed + 3]) != 1)
		return false;
	if (((uint32_t) message[fixed + 4] << 24 | message[fixed + 5] << 16 | message[fixed + 6] << 8 | message[fixed + 7]) != expected->ttl)
		return false;
	length = (size_t) message[fixed + 8] << 8 | message[fixed + 9];
	*at = fixed + 10 + length;
	if (*at > end)
		return false;
	if (expected->rtype == DNS_TYPE_NS)
	{
		if (read_name(fixed + 10, end, target) != *at)
			return false;
		rdata_length = dos_dname_wire(expected->rdata, strlen(expected->rdata), wire);
		return strcmp(target, expected->rdata) == 0 && rdata_length > 0;
	}
	rdata_length = strlen(expected->rdata);
	memcpy(rdata, message + fixed + 10, length < sizeof(rdata) ? length : sizeof(rdata));
	return length == rdata_length && memcmp(rdata, expected->rdata, length) == 0;
}

static bool
record_add(DnsRun *run, const Record *record)
{
	uint8_t		owner[DOS_DNAME_WIRE_MAX];
	uint8_t		target[DOS_DNAME_WIRE_MAX];
	size_t		owner_length = dos_dname_wire(record->owner, strlen(record->owner), owner);
	size_t		length;

	if (record->rtype != DNS_TYPE_NS)
		return dos_dns_run_add(run, owner, owner_length, record->rtype, record->ttl, (const uint8_t *) record->rdata, strlen(record->rdata));
	length = dos_dname_wire(record->rdata, strlen(record->rdata), target);
	return dos_dns_run_add(run, owner, owner_length, record->rtype, record->ttl, target, length);
}

/* Fill a run with the records until one does not fit, read it all back; how many there were, -1 if one was wrong. */
static int
round_trip(const char *zone, size_t size, int count)
{
	DnsRun		run;
	size_t		start;
	size_t		at;
	int			written = 0;

	memset(message, 0xee, sizeof(message));
	start = DNS_HEADER_SIZE + dos_dname_wire(zone, strlen(zone), message + DNS_HEADER_SIZE) + 4;
	if (!dos_dns_run_init(&run, zone, strlen(zone), message + start, size))
		return -1;
	while (written < count && record_add(&run, &records[written]))
		written++;
	if (run.used > size || message[start + size] != 0xee)
		return -1;
	at = start;
	for (int i = 0; i < written; i++)
		if (!record_is(&at, start + run.used, &records[i]))
		{
			printf("# record %d of %d: %s\n", i, written, records[i].owner);
			return -1;
		}
	return at == start + run.used ? written : -1;
}

static void
random_name(char *text, const char *zone)
{
	static const char *const hosters[] = {"ns1.hoster.test", "ns2.hoster.test", "a.very.long.name.of.a.server.somewhere.invalid", "x"};
	int			labels = 1 + rand() % 3;
	char	   *at = text;

	if (rand() % 3 == 0)
	{
		strcpy(text, hosters[rand() % 4]);
		return;
	}
	for (int i = 0; i < labels; i++)
	{
		int			length = 1 + rand() % (rand() % 10 == 0 ? 63 : 6);

		for (int c = 0; c < length; c++)
			*at++ = "abcdefgh0123"[rand() % 12];
		*at++ = '.';
	}
	if (rand() % 5 == 0)
		at[-1] = '\0';
	else
		strcpy(at, zone);
}

static void
test_random(void)
{
	static const char *const zones[] = {"example", "co.example", "a.rather.long.zone.name.example", "."};
	bool		good = true;
	int			fewest = RECORDS_MAX;

	srand(1995);
	for (int round = 0; round < 40; round++)
	{
		const char *zone = zones[round % 4];
		int			written;

		for (int i = 0; i < RECORDS_MAX; i++)
		{
			random_name(records[i].owner, round % 4 == 3 ? "tld" : zone);
			records[i].ttl = (uint32_t) rand() * 3u;
			records[i].rtype = rand() % 2 ? DNS_TYPE_NS : DNS_TYPE_DS;
			if (records[i].rtype == DNS_TYPE_NS)
				random_name(records[i].rdata, zone[0] == '.' ? "tld" : zone);
			else
				strcpy(records[i].rdata, "thirty-six octets that are no digest");
		}
		written = round_trip(zone, 60000, RECORDS_MAX);
		good &= written > 0;
		fewest = written < fewest ? written : fewest;
	}
	ok(good, "runs of random records come back as they went in");
	ok(fewest > 1000 && fewest < RECORDS_MAX, "and fill the run");
}

static void
test_sizes(void)
{
	bool		good = true;

	for (int i = 0; i < 20; i++)
		records[i] = (Record) {.owner = "name.example", .rtype = DNS_TYPE_NS, .ttl = 86400, .rdata = "ns.test"};
	for (size_t size = 0; size < 400; size++)
		good &= round_trip("example", size, 20) >= 0;
	ok(good, "a run ends where there is no room, at every size");
	ok(round_trip("example", 2, 20) == 0, "no room at all");
}

static void
test_length(void)
{
	DnsRun		run;
	uint8_t		data[200];
	uint8_t		owner[DOS_DNAME_WIRE_MAX];
	uint8_t		target[DOS_DNAME_WIRE_MAX];
	size_t		owner_length = dos_dname_wire("a.example", 9, owner);
	size_t		target_length = dos_dname_wire("ns1.hoster.test", 15, target);

	dos_dns_run_init(&run, "example", 7, data, sizeof(data));
	dos_dns_run_add(&run, owner, owner_length, DNS_TYPE_NS, 1, target, target_length);
	ok(run.used == 4 + 10 + 17, "first: label and pointer to the zone, target in full");
	dos_dns_run_add(&run, owner, owner_length, DNS_TYPE_NS, 1, target, target_length);
	ok(run.used == 31 + 2 + 10 + 2, "second: two pointers");
	dos_dns_run_reset(&run);
	dos_dns_run_add(&run, owner, owner_length, DNS_TYPE_NS, 1, target, target_length);
	ok(run.used == 31, "after a reset as at first");
	ok(!dos_dns_run_init(&run, "a..b", 4, data, sizeof(data)), "a zone that is no name is refused");
	ok(dos_dns_rr(data, owner, owner_length, DNS_TYPE_A, 3600, (const uint8_t *) "abcd", 4) == 11 + 10 + 4, "one record, uncompressed");
}

int
main(void)
{
	test_random();
	test_sizes();
	test_length();
	return done();
}
