/*
 * dname_rules.c
 *		Names: what has a canonical form and which, what is wrong with the others, wire form, order.
 */
#include "base/dname_rules.h"

#include <stdlib.h>

#include "gw_tap.h"

#define L10 "abcdefghij"
#define L63 L10 L10 L10 L10 L10 L10 "abc"
#define L64 L63 "d"
#define N253 L63 "." L63 "." L63 "." L10 L10 L10 L10 L10 L10 "a"

static const struct
{
	const char *name;
	const char *result;			/* the canonical form, or the reason there is none */
}			canonical_cases[] = {
	/* refused */
	{"", "dname_empty"},
	{".", "dname_empty"},
	{"..", "dname_label_empty"},
	{".example", "dname_label_empty"},
	{"a..example", "dname_label_empty"},
	{"a.example..", "dname_label_empty"},
	{L64 ".example", "dname_label_too_long"},
	{N253 "b", "dname_too_long"},
	{"-a.example", "dname_hyphen"},
	{"a-.example", "dname_hyphen"},
	{"a.-", "dname_hyphen"},
	{"a_b.example", "dname_character"},
	{"a b.example", "dname_character"},
	{"*.example", "dname_character"},
	{"a/b.example", "dname_character"},
	{"a\\.b.example", "dname_character"},
	{"a\tb.example", "dname_character"},
	{"xn--a.example", "dname_idna"},	/* does not decode */
	{"xn--example-.example", "dname_hyphen"},
	{"\xff\xfe.example", "dname_idna"},	/* not UTF-8 */
	{"\xe2\x98\x83.example", "dname_idna"},	/* a snowman: a symbol, DISALLOWED in IDNA2008 */
	{"xn--x4h.example", "dname_idna"},	/* a symbol that is no emoji; those: emoji_rules.c */
	/* accepted */
	{"example", "example"},
	{"a.example", "a.example"},
	{"A.EXAMPLE", "a.example"},
	{"a.example.", "a.example"},
	{"1.example", "1.example"},
	{"a-b.example", "a-b.example"},
	{"a--b.example", "a--b.example"},
	{L63 ".example", L63 ".example"},
	{N253, N253},
	{N253 ".", N253},
	{"b\xc3\xbc" "cher.example", "xn--bcher-kva.example"},
	{"xn--bcher-kva.example", "xn--bcher-kva.example"},
	{"XN--BCHER-KVA.EXAMPLE", "xn--bcher-kva.example"},
	{"fa\xc3\x9f.example", "xn--fa-hia.example"},	/* sharp s is kept: IDNA2008, not 2003 */
	{"\xd0\xbf\xd1\x80\xd0\xb8\xd0\xbc\xd0\xb5\xd1\x80.example", "xn--e1afmkfd.example"},
};

/* RFC 4034 section 6.1, the example there and its neighbours, in order */
static const char *const ordered[] = {
	"example", "a.example", "yljkjljk.a.example", "z.a.example", "aa.example", "a-b.example.example", "z.example", "zz",
};

static void
test_canonical(void)
{
	for (size_t i = 0; i < sizeof(canonical_cases) / sizeof(canonical_cases[0]); i++)
	{
		char		out[DOS_DNAME_MAX + 1] = "";
		char		title[400];
		size_t		length = 0;
		DnameProblem problem = dos_dname_canonical(canonical_cases[i].name, strlen(canonical_cases[i].name), out, &length);

		snprintf(title, sizeof(title), "canonical form of \"%.60s\"", canonical_cases[i].name);
		is_text(problem == DNAME_OK ? out : dos_dname_problem_reason(problem), canonical_cases[i].result, title);
		if (problem == DNAME_OK)
			ok(length == strlen(out) && dos_dname_is_canonical(out, length), "  and that is canonical");
	}
	for (DnameProblem problem = DNAME_EMPTY; problem < DNAME_PROBLEM_COUNT; problem++)
		ok(strncmp(dos_dname_problem_reason(problem), "dname_", 6) == 0 && strchr(dos_dname_problem_text(problem), '.'),
		   "each problem has a reason and a sentence");
	ok(dos_dname_canonical("a\0b", 3, (char[DOS_DNAME_MAX + 1]) {0}, &(size_t) {0}) == DNAME_CHARACTER, "a zero byte is a wrong character");
	ok(!dos_dname_is_canonical("A.example", 9), "upper case is not canonical");
	ok(!dos_dname_is_canonical("a.example.", 10), "a final dot is not canonical");
}

/* Text to wire and back, and every truncation of the wire form refused. */
static void
test_wire(void)
{
	static const char *const names[] = {"example", "a.example", "1-2.test", L63 "." L63, N253};
	uint8_t		wire[DOS_DNAME_WIRE_MAX];
	char		text[DOS_DNAME_WIRE_MAX + 1];

	ok(dos_dname_wire(".", 1, wire) == 1 && wire[0] == 0, "the root is one octet");
	ok(dos_dname_from_wire(wire, 1, text) == 1 && strcmp(text, ".") == 0, "  and back");
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
	{
		size_t		length = dos_dname_wire(names[i], strlen(names[i]), wire);
		size_t		refused = 0;
		char		title[100];

		snprintf(title, sizeof(title), "wire form of \"%.40s\"", names[i]);
		ok(length == strlen(names[i]) + 2, title);
		ok(dos_dname_from_wire(wire, length, text) == length, "  is read whole");
		is_text(text, names[i], "  and back");
		for (size_t cut = 0; cut < length; cut++)
		{
			uint8_t    *exact = malloc(cut + 1);

			memcpy(exact, wire, cut);
			refused += dos_dname_from_wire(exact, cut, text) == 0;
			free(exact);
		}
		ok(refused == length, "  and no beginning of it passes");
	}
	ok(dos_dname_wire("", 0, wire) == 0, "no name has no wire form");
	ok(dos_dname_wire("a..b", 4, wire) == 0, "an empty label has no wire form");
	ok(dos_dname_wire(L64, 64, wire) == 0, "a label of 64 octets has no wire form");
	ok(dos_dname_from_wire((const uint8_t *) "\xc0\x0c", 2, text) == 0, "a compression pointer is not followed");
}

static int
order(const char *a, const char *b)
{
	int			result = dos_dname_compare(a, strlen(a), b, strlen(b));

	return (result > 0) - (result < 0);
}

static void
test_order(void)
{
	size_t		count = sizeof(ordered) / sizeof(ordered[0]);

	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < count; j++)
		{
			char		title[100];

			snprintf(title, sizeof(title), "\"%s\" against \"%s\"", ordered[i], ordered[j]);
			ok(order(ordered[i], ordered[j]) == (i > j) - (i < j), title);
		}
}

static void
test_within(void)
{
	static const struct
	{
		const char *name;
		const char *ancestor;
		bool		within;
	}			cases[] = {
		{"example", "example", true}, {"a.example", "example", true}, {"b.a.example", "example", true},
		{"b.a.example", "a.example", true}, {"aexample", "example", false}, {"ba.example", "a.example", false},
		{"example", "a.example", false}, {"a.test", "example", false},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		char		title[100];

		snprintf(title, sizeof(title), "\"%s\" %s within \"%s\"", cases[i].name, cases[i].within ? "is" : "is not", cases[i].ancestor);
		ok(dos_dname_is_within(cases[i].name, strlen(cases[i].name), cases[i].ancestor, strlen(cases[i].ancestor)) == cases[i].within, title);
	}
}

static void
test_unicode(void)
{
	char	   *text = dos_dname_unicode("xn--bcher-kva.example");

	is_text(text, "b\xc3\xbc" "cher.example", "A-labels are shown as U-labels");
	free(text);
	text = dos_dname_unicode("plain.example");
	is_text(text, "plain.example", "other labels stay");
	free(text);
}

int
main(void)
{
	test_canonical();
	test_wire();
	test_order();
	test_within();
	test_unicode();
	return done();
}
