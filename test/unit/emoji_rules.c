/*
 * emoji_rules.c
 *		Labels of emoji: their one normal form, and everything near it that is none.
 */
#include "base/emoji_rules.h"

#include <string.h>

#include "base/dname_rules.h"
#include "gw_tap.h"

static const struct
{
	const char *text;
	const char *result;			/* the A-label, or why there is none */
}			cases[] = {
	{"", "There is no emoji in it."},
	{"abc", "There is no emoji in it."},
	{"☃", "xn--n3h"},
	{"❤", "xn--qei"},
	{"❤\xEF\xB8\x8F", "xn--qei"},	/* with a variation selector */
	{"❤\xEF\xB8\x8E", "xn--qei"},
	{"☕", "xn--53h"},
	{"😀", "xn--e28h"},
	{"I❤", "xn--i-7iq"},
	{"i❤you", "xn--iyou-lw4b"},
	{"👩\xE2\x80\x8D🚀", "xn--1ug1855p5kb"},
	{"🇦🇧", "xn--e77hc"},
	{"-❤", "A label does not begin or end with a hyphen."},
	{"❤-", "A label does not begin or end with a hyphen."},
	{"\xE2\x80\x8D❤", "A joiner stands between two emoji."},
	{"❤\xE2\x80\x8D", "A joiner stands between two emoji."},
	{"a\xE2\x80\x8D❤", "A joiner stands between two emoji."},
	{"❤é", "A label of emoji holds emoji, letters, digits and hyphens alone."},
	{"❤.", "A label of emoji holds emoji, letters, digits and hyphens alone."},
	{"❤ ", "A label of emoji holds emoji, letters, digits and hyphens alone."},
	{"❤\xC3", "It is not valid UTF-8."},
	{"\xFF❤", "It is not valid UTF-8."},
};

/* Canonical names: what is exactly in normal form passes, nothing else that IDNA2008 refuses. */
static const struct
{
	const char *name;
	const char *result;
}			names[] = {
	{"xn--qei.example", "xn--qei.example"},
	{"XN--QEI.Example.", "xn--qei.example"},
	{"a.xn--qei.xn--bcher-kva.example", "a.xn--qei.xn--bcher-kva.example"},
	{"xn--i-7iq.example", "xn--i-7iq.example"},
	{"❤.example", "dname_idna"},	/* a U-label never */
	{"a❤.example", "dname_idna"},
	{"xn--i-7iq8702e.example", "dname_idna"},
	{"xn--qei-.example", "dname_hyphen"},
	{"xn--n3h.example", "xn--n3h.example"},
	{"☃.example", "dname_idna"},
	{"xn--x4h.example", "dname_idna"},	/* U+2630, a symbol that is no emoji */
	{"xn--zca.xn--qei.example", "xn--zca.xn--qei.example"},
	{"xn--.xn--qei", "dname_hyphen"},
	{"xn--qeiqei.example", "dname_idna"},
	{"xn--a.xn--qei.example", "dname_idna"},
};

int
main(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		char		out[64];
		uint32_t	cp[DOS_EMOJI_LABEL_MAX];
		char		back[4 * DOS_EMOJI_LABEL_MAX + 1];
		char		again[64];
		const char *problem = dos_emoji_alabel(cases[i].text, strlen(cases[i].text), out);
		int			count;

		is_text(problem != NULL ? problem : out, cases[i].result, cases[i].text);
		if (problem != NULL)
			continue;
		count = dos_emoji_label(out, strlen(out), cp);
		ok(count > 0, "it is known again");
		dos_emoji_text(cp, count, back);
		ok(dos_emoji_alabel(back, strlen(back), again) == NULL && strcmp(out, again) == 0, "and comes back the same");
	}
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
	{
		char		out[DOS_DNAME_MAX + 1];
		size_t		length;
		DnameProblem problem = dos_dname_canonical(names[i].name, strlen(names[i].name), out, &length);

		is_text(problem == DNAME_OK ? out : dos_dname_problem_reason(problem), names[i].result, names[i].name);
	}
	return done();
}
