/*
 * claims_rules.c
 *		Identifiers of claims notices: the example of RFC 9361, and every way to be wrong.
 */
#include "phase/claims_rules.h"

#include "gw_tap.h"

static const struct
{
	const char *id;
	const char *label;
	int64_t		not_after;
	NoticeProblem problem;
}			cases[] = {
	{"370d0b7c9223372036854775807", "example-one", 1281949200, NOTICE_OK},
	{"370D0B7C9223372036854775807", "example-one", 1281949200, NOTICE_OK},
	{"370d0b7c9223372036854775807", "example-two", 1281949200, NOTICE_CHECKSUM},
	{"370d0b7c9223372036854775807", "example-one", 1281949201, NOTICE_CHECKSUM},
	{"370d0b7d9223372036854775807", "example-one", 1281949200, NOTICE_CHECKSUM},
	{"370d0b7c9223372036854775806", "example-one", 1281949200, NOTICE_CHECKSUM},
	{"370d0b7c9223372036854775808", "example-one", 1281949200, NOTICE_FORM},
	{"370d0b7c0000000000000000000", "example-one", 1281949200, NOTICE_FORM},
	{"370d0b7c922337203685477580", "example-one", 1281949200, NOTICE_FORM},
	{"370d0b7c92233720368547758070", "example-one", 1281949200, NOTICE_FORM},
	{"370d0b7g9223372036854775807", "example-one", 1281949200, NOTICE_FORM},
	{"370d0b7c922337203685477580a", "example-one", 1281949200, NOTICE_FORM},
	{"", "example-one", 1281949200, NOTICE_FORM},
	{"370d0b7", "example-one", 1281949200, NOTICE_FORM},
};

int
main(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		ok(dos_claims_notice_judge(cases[i].id, cases[i].label, cases[i].not_after) == cases[i].problem, cases[i].id);
	return done();
}
