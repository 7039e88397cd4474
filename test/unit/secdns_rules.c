/*
 * secdns_rules.c
 *		DS and key data: what is accepted, in which canonical form, and what is refused for which reason.
 */
#include "domain/secdns_rules.h"

#include <stdlib.h>

#include "gw_tap.h"

#define HEX8	"0123456789ABCDEF"
#define HEX20	HEX8 HEX8 "01234567"
#define HEX32	HEX8 HEX8 HEX8 HEX8
#define HEX48	HEX32 HEX8 HEX8
#define HEX64	HEX32 HEX32

static const struct
{
	const char *text;
	SecdnsProblem problem;
	const char *canonical;
}			ds[] = {
	/* fields */
	{"", SECDNS_SYNTAX, NULL},
	{"nonsense", SECDNS_SYNTAX, NULL},
	{"1 13 2", SECDNS_SYNTAX, NULL},
	{"1 13 2 ", SECDNS_SYNTAX, NULL},
	{"1 13 " HEX32, SECDNS_SYNTAX, NULL},
	{"-1 13 2 " HEX32, SECDNS_SYNTAX, NULL},
	{"+1 13 2 " HEX32, SECDNS_SYNTAX, NULL},
	{"0x1 13 2 " HEX32, SECDNS_SYNTAX, NULL},
	{"1,13 2 " HEX32, SECDNS_SYNTAX, NULL},
	/* ranges: key tag of 16 bits, algorithm and digest type of 8 */
	{"65536 13 2 " HEX32, SECDNS_SYNTAX, NULL},
	{"1 256 2 " HEX32, SECDNS_SYNTAX, NULL},
	{"1 13 256 " HEX32, SECDNS_SYNTAX, NULL},
	{"99999999999999999999 13 2 " HEX32, SECDNS_SYNTAX, NULL},
	{"0 0 2 " HEX32, SECDNS_OK, "0 0 2 " HEX32},
	{"65535 255 2 " HEX32, SECDNS_OK, "65535 255 2 " HEX32},
	/* digest: hexadecimal of the length of its type */
	{"1 13 2 " HEX32 "0", SECDNS_SYNTAX, NULL},
	{"1 13 2 " HEX8 HEX8 HEX8 "012345678", SECDNS_SYNTAX, NULL},
	{"1 13 2 " HEX32 "G", SECDNS_SYNTAX, NULL},
	{"1 13 2 " HEX8 " " HEX8 HEX8 HEX8, SECDNS_DIGEST_LENGTH, NULL},
	{"1 13 1 " HEX32, SECDNS_DIGEST_LENGTH, NULL},
	{"1 13 2 " HEX20, SECDNS_DIGEST_LENGTH, NULL},
	{"1 13 2 " HEX48, SECDNS_DIGEST_LENGTH, NULL},
	{"1 13 3 " HEX48, SECDNS_DIGEST_LENGTH, NULL},
	{"1 13 4 " HEX32, SECDNS_DIGEST_LENGTH, NULL},
	{"1 13 1 " HEX20, SECDNS_OK, "1 13 1 " HEX20},
	{"1 13 2 " HEX32, SECDNS_OK, "1 13 2 " HEX32},
	{"1 13 3 " HEX32, SECDNS_OK, "1 13 3 " HEX32},
	{"1 13 4 " HEX48, SECDNS_OK, "1 13 4 " HEX48},
	/* a digest type nobody knows yet: any length up to 64 octets */
	{"1 13 99 ab", SECDNS_OK, "1 13 99 AB"},
	{"1 13 99 " HEX64, SECDNS_OK, "1 13 99 " HEX64},
	{"1 13 99 " HEX64 "AB", SECDNS_DIGEST_LENGTH, NULL},
	/* one canonical form */
	{"  00001\t013  002   0123456789abcdef" HEX8 HEX8 HEX8 "  ", SECDNS_OK, "1 13 2 " HEX32},
	/* with the key that it was made from */
	{"1 13 2 " HEX32 " 257 3 13 AQ ID", SECDNS_OK, "1 13 2 " HEX32 " 257 3 13 AQID"},
	{"1 13 2 " HEX32 " 257 3 13", SECDNS_SYNTAX, NULL},
	{"1 13 2 " HEX32 " 257 2 13 AQID", SECDNS_PROTOCOL, NULL},
	{"1 13 2 " HEX32 " 257 3 13 A", SECDNS_SYNTAX, NULL},
};

static const struct
{
	const char *text;
	SecdnsProblem problem;
	const char *canonical;
	size_t		length;
}			keys[] = {
	{"", SECDNS_SYNTAX, NULL, 0},
	{"257 3 13", SECDNS_SYNTAX, NULL, 0},
	{"257 3 13 ", SECDNS_KEY_EMPTY, NULL, 0},
	{"65536 3 13 AQID", SECDNS_SYNTAX, NULL, 0},
	{"257 256 13 AQID", SECDNS_SYNTAX, NULL, 0},
	{"257 3 256 AQID", SECDNS_SYNTAX, NULL, 0},
	{"257 2 13 AQID", SECDNS_PROTOCOL, NULL, 0},
	{"257 0 13 AQID", SECDNS_PROTOCOL, NULL, 0},
	/* base64: groups of four, padding only at the end */
	{"257 3 13 A", SECDNS_SYNTAX, NULL, 0},
	{"257 3 13 AQ", SECDNS_SYNTAX, NULL, 0},
	{"257 3 13 AQI", SECDNS_SYNTAX, NULL, 0},
	{"257 3 13 AQ=I", SECDNS_SYNTAX, NULL, 0},
	{"257 3 13 AQID=", SECDNS_SYNTAX, NULL, 0},
	{"257 3 13 A===", SECDNS_SYNTAX, NULL, 0},
	{"257 3 13 ====", SECDNS_SYNTAX, NULL, 0},
	{"257 3 13 AQID====", SECDNS_SYNTAX, NULL, 0},
	{"257 3 13 AQ-D", SECDNS_SYNTAX, NULL, 0},
	{"257 3 13 AQ==", SECDNS_OK, "257 3 13 AQ==", 1},
	{"257 3 13 AQI=", SECDNS_OK, "257 3 13 AQI=", 2},
	{"257 3 13 AQID", SECDNS_OK, "257 3 13 AQID", 3},
	{"0257 03 013 A Q\nI\tD", SECDNS_OK, "257 3 13 AQID", 3},
	{"0 3 0 +/+/", SECDNS_OK, "0 3 0 +/+/", 3},
};

/* A key of so many octets, all zero. */
static char *
key_of(size_t octets)
{
	size_t		digits = (octets * 4 + 2) / 3;
	size_t		all = (octets + 2) / 3 * 4;
	char	   *text = malloc(all + 16);
	size_t		used = (size_t) sprintf(text, "257 3 13 ");

	memset(text + used, 'A', digits);
	memset(text + used + digits, '=', all - digits);
	text[used + all] = '\0';
	return text;
}

int
main(void)
{
	static SecdnsDs read_ds;
	static SecdnsKey read_key;
	char		name[200];

	for (size_t i = 0; i < sizeof(ds) / sizeof(ds[0]); i++)
	{
		SecdnsProblem problem = dos_secdns_ds(ds[i].text, &read_ds);

		snprintf(name, sizeof(name), "DS \"%.60s\": %s", ds[i].text, dos_secdns_problem_reason(ds[i].problem));
		ok(problem == ds[i].problem, name);
		if (problem == SECDNS_OK && ds[i].canonical)
			is_text(read_ds.text, ds[i].canonical, "  in canonical form");
	}
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
	{
		SecdnsProblem problem = dos_secdns_key(keys[i].text, &read_key);

		snprintf(name, sizeof(name), "key %zu: %s", i, dos_secdns_problem_reason(keys[i].problem));
		ok(problem == keys[i].problem, name);
		if (problem == SECDNS_OK && keys[i].canonical)
		{
			is_text(read_key.text, keys[i].canonical, "  in canonical form");
			ok(read_key.key_length == keys[i].length, "  of this length");
		}
	}

	/* the parts, not only the text */
	dos_secdns_ds("12345 13 4 " HEX48, &read_ds);
	ok(read_ds.key_tag == 12345 && read_ds.algorithm == 13 && read_ds.digest_type == 4, "a DS is taken apart");
	dos_secdns_key("257 3 13 AQID", &read_key);
	ok(read_key.flags == 257 && read_key.protocol == 3 && read_key.algorithm == 13 && memcmp(read_key.key, "\1\2\3", 3) == 0, "a key is taken apart");

	/* the largest key, and one octet more */
	for (size_t octets = SECDNS_KEY_MAX - 4; octets <= SECDNS_KEY_MAX + 4; octets++)
	{
		char	   *text = key_of(octets);
		SecdnsProblem problem = dos_secdns_key(text, &read_key);

		snprintf(name, sizeof(name), "a key of %zu octets is%s taken", octets, octets <= SECDNS_KEY_MAX ? "" : " not");
		ok(octets <= SECDNS_KEY_MAX ? problem == SECDNS_OK && read_key.key_length == octets : problem != SECDNS_OK, name);
		free(text);
	}
	ok(strcmp(dos_secdns_problem_text(SECDNS_OK), "") == 0 && *dos_secdns_problem_text(SECDNS_KEY_EMPTY), "every problem has words");
	return done();
}
