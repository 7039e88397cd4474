/*
 * idn_rules.c
 *		IDNA2008 for registration, scripts, skeletons.
 */
#include "idn/idn_rules.h"

#include "gw_tap.h"

static const struct
{
	const char *ulabel;
	const char *reason;
	const char *begins;			/* how the explanation begins */
}			idna[] = {
	{"b\xc3\xbc" "cher", NULL, NULL},
	{"a\xe2\x98\x83", "idn_disallowed", "U+2603"},
	{"a\xcc\x81", "idn_form", "The label"},
	{"\xcc\x80" "a", "idn_combining", "U+0300"},
	{"a\xc2\xb7" "b", "idn_context", "U+00B7"},
	{"l\xc2\xb7l", NULL, NULL},
	{"a\xe2\x80\x8d" "b", "idn_context", "U+200D"},
	{"\xd7\x90" "a", "idn_bidi", "Letters"},
};

int
main(void)
{
	char		text[IDN_EXPLANATION_MAX];
	char		other[IDN_EXPLANATION_MAX];

	for (size_t i = 0; i < sizeof(idna) / sizeof(idna[0]); i++)
	{
		is_text(dos_idn_problem(idna[i].ulabel, text, sizeof(text)), idna[i].reason, idna[i].ulabel);
		if (idna[i].reason != NULL)
			ok(strncmp(text, idna[i].begins, strlen(idna[i].begins)) == 0, text);
	}
	ok(!dos_idn_mixes_scripts("paypal-1", text, sizeof(text)), "Latin, digits and a hyphen");
	ok(dos_idn_mixes_scripts("p\xd0\xb0ypal", text, sizeof(text)) && strstr(text, "Cyrillic") != NULL, "Latin and Cyrillic");
	ok(!dos_idn_mixes_scripts("\xe3\x81\xb2\xe3\x82\xab\xe6\xbc\xa2", text, sizeof(text)), "Hiragana, Katakana and Han are Japanese");
	ok(dos_idn_mixes_scripts("\xe3\x81\xb2\xed\x95\x9c", text, sizeof(text)), "Hiragana and Hangul are nothing");
	ok(dos_idn_skeleton("paypal", text, sizeof(text)) && dos_idn_skeleton("p\xd0\xb0ypal", other, sizeof(other)) && strcmp(text, other) == 0, "look-alikes");
	ok(dos_idn_skeleton("paypall", other, sizeof(other)) && strcmp(text, other) != 0, "no look-alikes");
	ok(!dos_idn_skeleton("paypal", other, 3), "no room");
	return done();
}
