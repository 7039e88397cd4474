/*
 * dns_wire_rules.c
 *		RDATA from text and to text: examples of the RFCs, what must be refused, and random octets, which
 *		must come out as some text within the room that is promised.
 */
#include "dns/dns_wire_rules.h"

#include <stdlib.h>

#include "gw_tap.h"

static const struct
{
	const char *text;
	size_t		length;			/* of the RDATA, 0: refused */
}			ds[] = {
	{"60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118", 24},
	{"60485 5 1 2bb183af5f22588179a53b0a98631fad1a292118", 24},
	{"60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118 256 3 5 AQOe", 24},
	{"60485 5 2 D4B7D520E7BB5F0F67674A0CCEB1E3E0614B93C4F9E99B8383F6A1E4469DA50A", 36},
	{"1 13 4 000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F202122232425262728292A2B2C2D2E2F", 52},
	{"1 13 250 00", 5},
	{"0 0 250 00", 5},
	{"65535 255 255 00", 5},
	{"65536 5 250 00", 0},
	{"1 256 250 00", 0},
	{"1 5 256 00", 0},
	{"-1 5 250 00", 0},
	{"99999999999999999999 5 250 00", 0},
	{"1 5 250 0", 0},
	{"1 5 250 0g", 0},
	{"1 5 250 ", 0},
	{"1 5 250", 0},
	{"1  5 250 00", 0},
	{"", 0},
	{"1 5 1 2BB183AF5F22588179A53B0A98631FAD1A2921", 0},
	{"1 5 1 2BB183AF5F22588179A53B0A98631FAD1A29211800", 0},
	{"1 5 2 2BB183AF5F22588179A53B0A98631FAD1A292118", 0},
	{"1 5 250 000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F202122232425262728292A2B2C2D2E2F303132333435363738393A3B3C3D3E3F", 68},
	{"1 5 250 000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F202122232425262728292A2B2C2D2E2F303132333435363738393A3B3C3D3E3F40", 0},
};

static const struct
{
	const char *text;
	size_t		length;
}			keys[] = {
	{"257 3 8 AQID", 7},
	{"257 3 8 AQI=", 6},
	{"257 3 8 AQ==", 5},
	{"257 3 8 AQ ID\nAQ\t==", 8},
	{"257 3 8 AQ=", 0},
	{"257 3 8 A===", 0},
	{"257 3 8 AQ==AQID", 0},
	{"257 3 8 AQ=D", 0},
	{"257 3 8 AQI", 0},
	{"257 3 8 AQ-D", 0},
	{"257 3 8 ", 0},
	{"257 3 8", 0},
	{"65536 3 8 AQID", 0},
};

/* RFC 4034 section 5.4 */
static const char rfc_key[] = "256 3 5 AQOeiiR0GOMYkDshWoSKz9XzfwJr1AYtsmx3TGkJaNXVbfi/2pHm822aJ5iI9BMzNXxeYCmZDRD99WYwYqUSdjMm"
"mAphXdvxegXd/M5+X7OrzKBaMbCVdFLUUh6DhweJBjEVv5f2wwjM9XzcnOf+EPbtG9DMBmADjFDc2w/rljwvFw==";

static void
test_refusals(void)
{
	uint8_t		rdata[DNS_DNSKEY_MAX];
	size_t		length = dos_dns_dnskey(rfc_key, strlen(rfc_key), rdata);

	for (size_t i = 0; i < sizeof(ds) / sizeof(ds[0]); i++)
		ok(dos_dns_ds(ds[i].text, strlen(ds[i].text), rdata) == ds[i].length, ds[i].text);
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		ok(dos_dns_dnskey(keys[i].text, strlen(keys[i].text), rdata) == keys[i].length, keys[i].length == 8 ? "white space" : keys[i].text);
	length = dos_dns_dnskey(rfc_key, strlen(rfc_key), rdata);
	ok(dos_dns_keytag(rdata, length) == 60485, "key tag of RFC 4034 section 5.4");
}

static void
test_long_key(void)
{
	static char text[3 * DNS_DNSKEY_MAX] = "257 3 8 ";
	uint8_t		rdata[DNS_DNSKEY_MAX];

	memset(text + 8, 'A', 4 * (DNS_DNSKEY_MAX - 4) / 3);
	ok(dos_dns_dnskey(text, strlen(text), rdata) == DNS_DNSKEY_MAX, "longest key");
	strcat(text, "AAAA");
	ok(dos_dns_dnskey(text, strlen(text), rdata) == 0, "a longer one is refused");
}

/* Any octets under any type give text, terminated, within the promised room. */
static void
test_random_text(void)
{
	static const int types[] = {1, 2, 5, 6, 12, 13, 15, 16, 17, 28, 29, 33, 35, 39, 43, 44, 52, 53, 61, 65, 256, 257, 65535};
	bool		good = true;

	srand(1035);
	for (int i = 0; i < 200000; i++)
	{
		size_t		length = (size_t) rand() % (i % 100 == 0 ? 600 : 40);
		uint8_t    *rdata = malloc(length + 1);
		char	   *text = malloc(dos_dns_rdata_text_max(length));
		size_t		used;

		for (size_t c = 0; c < length; c++)
			rdata[c] = rand() % 3 ? (uint8_t) (rand() % 8) : (uint8_t) "abcdef019-"[rand() % 10];
		used = dos_dns_rdata_text(types[rand() % (int) (sizeof(types) / sizeof(types[0]))], rdata, length, text);
		good &= used < dos_dns_rdata_text_max(length) && strlen(text) == used;
		free(rdata);
		free(text);
	}
	ok(good, "any octets have a text");
}

static void
test_soa(void)
{
	char		name[DOS_DNAME_MAX + 1] = "";
	uint8_t		rdata[DNS_SOA_MAX];
	char		text[dos_dns_rdata_text_max(DNS_SOA_MAX)];
	DnsSoa		soa = {"ns1.example", "hostmaster.example", 4294967295u, 2147483647, 1, 2, 0};
	size_t		length = dos_dns_soa(&soa, rdata);

	dos_dns_rdata_text(DNS_TYPE_SOA, rdata, length, text);
	is_text(text, "ns1.example. hostmaster.example. 4294967295 2147483647 1 2 0", "SOA");
	for (int i = 0; i < 127; i++)
		strcat(name, i ? ".a" : "a");
	soa.mname = soa.rname = name;
	length = dos_dns_soa(&soa, rdata);
	ok(length == DNS_SOA_MAX, "longest SOA");
	ok(dos_dns_rdata_text(DNS_TYPE_SOA, rdata, length, text) < sizeof(text), "and its text");
	soa.rname = "a..b";
	ok(dos_dns_soa(&soa, rdata) == 0, "a name that is none is refused");
	ok(dos_dns_rdata_compare((const uint8_t *) "ab", 2, (const uint8_t *) "abc", 3) < 0, "a shorter RDATA sorts first");
	ok(dos_dns_rdata_compare((const uint8_t *) "ac", 2, (const uint8_t *) "abc", 3) > 0, "octets before length");
	ok(dos_dns_rdata_compare((const uint8_t *) "\xff", 1, (const uint8_t *) "\x01", 1) > 0, "octets are unsigned");
}

int
main(void)
{
	test_refusals();
	test_long_key();
	test_random_text();
	test_soa();
	return done();
}
