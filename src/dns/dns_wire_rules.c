/*
 * dns_wire_rules.c
 *	  RDATA from the registry's own text to wire; dns_text_rules.c goes the other way.
 */
#include "dns/dns_wire_rules.h"

#include <stdio.h>
#include <string.h>

/* octets of a DS digest by digest type (IANA: DS RR Type Digest Algorithms); other types may have any */
static const struct
{
	const char *name;
	size_t		octets;
}			digests[] = {
	[1] = {"SHA-1", 20},
	[2] = {"SHA-256", 32},
	[3] = {"GOST R 34.11-94", 32},
	[4] = {"SHA-384", 48},
	[5] = {"GOST R 34.11-2012", 32},
	[6] = {"SM3", 32},
};

#define lengthof(array)		(sizeof(array) / sizeof((array)[0]))

static void
put_u16(uint8_t *at, uint16_t value)
{
	at[0] = (uint8_t) (value >> 8);
	at[1] = (uint8_t) value;
}

static void
put_u32(uint8_t *at, uint32_t value)
{
	put_u16(at, (uint16_t) (value >> 16));
	put_u16(at + 2, (uint16_t) value);
}

size_t
dos_dns_soa(const DnsSoa *soa, uint8_t *rdata)
{
	const uint32_t times[] = {soa->serial, soa->refresh, soa->retry, soa->expire, soa->minimum};
	size_t		mname = dos_dname_wire(soa->mname, strlen(soa->mname), rdata);
	size_t		rname = mname == 0 ? 0 : dos_dname_wire(soa->rname, strlen(soa->rname), rdata + mname);

	if (rname == 0)
		return 0;
	for (size_t i = 0; i < lengthof(times); i++)
		put_u32(rdata + mname + rname + 4 * i, times[i]);
	return mname + rname + 4 * lengthof(times);
}

/* --- DS and DNSKEY from the text of secDNS-1.1 --------------------------------------------------- */

/* The next number up to `max`, followed by one space; -1 if there is none. */
static long
take_number(const char **text, const char *end, long max)
{
	const char *at = *text;
	long		value = 0;

	while (at < end && *at >= '0' && *at <= '9' && value <= max)
		value = value * 10 + (*at++ - '0');
	if (at == *text || value > max || at == end || *at != ' ')
		return -1;
	*text = at + 1;
	return value;
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

size_t
dos_dns_ds(const char *text, size_t length, uint8_t *rdata)
{
	const char *end = text + length;
	long		keytag = take_number(&text, end, 65535);
	long		algorithm = keytag < 0 ? -1 : take_number(&text, end, 255);
	long		digest = algorithm < 0 ? -1 : take_number(&text, end, 255);
	size_t		octets = 0;

	if (digest < 0)
		return 0;
	put_u16(rdata, (uint16_t) keytag);
	rdata[2] = (uint8_t) algorithm;
	rdata[3] = (uint8_t) digest;
	while (text < end && *text != ' ')
	{
		int			high = hex_digit(text[0]);
		int			low = end - text > 1 ? hex_digit(text[1]) : -1;

		if (high < 0 || low < 0 || octets == DNS_DIGEST_MAX)
			return 0;
		rdata[4 + octets++] = (uint8_t) (high << 4 | low);
		text += 2;
	}
	if (octets == 0 || (digest < (long) lengthof(digests) && digests[digest].octets != 0 && digests[digest].octets != octets))
		return 0;
	return 4 + octets;
}

static int
base64_digit(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* Base64 with any white space in it (xsd:base64Binary); octets written, 0 if malformed, empty or too long. */
static size_t
base64_decode(const char *text, const char *end, uint8_t *out, size_t size)
{
	uint32_t	group = 0;
	int			digits = 0;
	int			padding = 0;
	size_t		used = 0;

	for (; text < end; text++)
	{
		int			digit = base64_digit(*text);

		if (*text == ' ' || *text == '\t' || *text == '\r' || *text == '\n')
			continue;
		if (*text == '=' && digits >= 2)
			padding++;
		else if (digit < 0 || padding > 0)
			return 0;
		group = group << 6 | (uint32_t) (padding > 0 ? 0 : digit);
		if (++digits < 4)
			continue;
		if (used + 3 > size)
			return 0;
		for (int i = 0; i < 3 - padding; i++)
			out[used++] = (uint8_t) (group >> (16 - 8 * i));
		group = 0;
		digits = 0;
		if (padding > 0)
			size = 0;			/* nothing may follow */
	}
	return digits == 0 ? used : 0;
}

size_t
dos_dns_dnskey(const char *text, size_t length, uint8_t *rdata)
{
	const char *end = text + length;
	long		flags = take_number(&text, end, 65535);
	long		protocol = flags < 0 ? -1 : take_number(&text, end, 255);
	long		algorithm = protocol < 0 ? -1 : take_number(&text, end, 255);
	size_t		octets = algorithm < 0 ? 0 : base64_decode(text, end, rdata + 4, DNS_DNSKEY_MAX - 4);

	if (octets == 0)
		return 0;
	put_u16(rdata, (uint16_t) flags);
	rdata[2] = (uint8_t) protocol;
	rdata[3] = (uint8_t) algorithm;
	return 4 + octets;
}

uint16_t
dos_dns_keytag(const uint8_t *dnskey, size_t length)
{
	uint32_t	sum = 0;

	for (size_t i = 0; i < length; i++)
		sum += i & 1 ? dnskey[i] : (uint32_t) dnskey[i] << 8;
	return (uint16_t) (sum + (sum >> 16));
}

size_t
dos_dns_name_length(const uint8_t *wire, size_t available)
{
	size_t		used = 0;

	while (used < available && used < DOS_DNAME_WIRE_MAX)
	{
		uint8_t		label = wire[used++];

		if (label == 0)
			return used;
		if (label > DOS_LABEL_MAX)
			return 0;
		used += label;
	}
	return 0;
}

int
dos_dns_rdata_compare(const uint8_t *a, size_t a_length, const uint8_t *b, size_t b_length)
{
	int			order = memcmp(a, b, a_length < b_length ? a_length : b_length);

	return order != 0 ? order : (a_length > b_length) - (a_length < b_length);
}
