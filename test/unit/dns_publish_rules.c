/*
 * dns_publish_rules.c
 *		Serial arithmetic against the definition of RFC 1982 section 3.2, and the names of the rule table.
 */
#include "dns/publish_rules.h"

#include <stdlib.h>

#include "gw_tap.h"

/* RFC 1982 section 3.2, word by word; 2^31 apart it is undefined, and neither holds. */
static bool
rfc_less(uint32_t i1, uint32_t i2)
{
	return (i1 < i2 && (uint64_t) i2 - i1 < (UINT64_C(1) << 31)) || (i1 > i2 && (uint64_t) i1 - i2 > (UINT64_C(1) << 31));
}

static void
test_serial(void)
{
	bool		good = true;

	srand(1982);
	for (int i = 0; i < 1000000; i++)
	{
		uint32_t	a = (uint32_t) rand() << 16 ^ (uint32_t) rand();
		uint32_t	b = i % 2 ? a + (uint32_t) (rand() % 5 - 2) + (i % 4 == 1 ? 0x80000000u : 0) : (uint32_t) rand() << 16 ^ (uint32_t) rand();
		int			order = dos_serial_compare(a, b);

		if (b - a == 0x80000000u)
			good &= order < 0;
		else
			good &= (order < 0) == rfc_less(a, b) && (order > 0) == rfc_less(b, a) && (order == 0) == (a == b);
	}
	ok(good, "serials compare as RFC 1982 defines");
}

static void
test_names(void)
{
	bool		good = true;

	for (int i = 0; i < PUBLISH_CASE_COUNT; i++)
	{
		const PublishRule *rule = dos_publish_rule((PublishCase) i);

		good &= rule->name && rule->records && rule->because && dos_publish_case_find(rule->name) == (PublishCase) i;
		/* wide publishes all that narrow does */
		good &= rule->published[GLUE_WIDE] || !rule->published[GLUE_NARROW];
	}
	ok(good, "every case has a row, found by its name");
	ok(dos_publish_case_find("no") == PUBLISH_CASE_COUNT, "an unknown case is none");
	ok(dos_publish_glue_find("narrow") == GLUE_NARROW && dos_publish_glue_find("wide") == GLUE_WIDE && dos_publish_glue_find("") == GLUE_POLICY_COUNT, "glue policies by name");
}

int
main(void)
{
	test_serial();
	test_names();
	return done();
}
