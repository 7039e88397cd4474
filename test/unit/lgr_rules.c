/*
 * lgr_rules.c
 *		Rulesets: what cannot be read, labels against repertoire, context and whole-label rules, variants;
 *		hostile rules end; and ICANN's test labels against ICANN's reference tables, when they are at hand.
 */
#include "idn/lgr_rules.h"

#include <dirent.h>
#include <idn2.h>
#include <stdlib.h>

#include "gw_tap.h"

#define HEAD	"<lgr xmlns=\"urn:ietf:params:xml:ns:lgr-1.0\">"
#define SHARED	"../shared/"

static char error[256];

static Lgr *
table(const char *source)
{
	return source[0] == '<' ? dos_lgr_read_xml(source, strlen(source), error, sizeof(error)) : dos_lgr_read_text(source, strlen(source), error, sizeof(error));
}

static LgrLabel
label(const char *text)
{
	LgrLabel	result = {.length = 0};

	dos_lgr_label(text, strlen(text), &result);
	return result;
}

static void
verdicts(void)
{
	static const char source[] = HEAD "<data>"
		"<range first-cp=\"0061\" last-cp=\"0065\" tag=\"low\"/><char cp=\"0066\" when=\"after-a\"/>"
		"<char cp=\"0067\" not-when=\"first\"/><char cp=\"0078 0079\"/><char cp=\"0078\" when=\"after-a\"/>"
		"</data><rules><class name=\"low\" from-tag=\"low\"/><complement name=\"high\"><class by-ref=\"low\"/></complement>"
		"<rule name=\"after-a\"><look-behind><char cp=\"0061\"/></look-behind><anchor/></rule>"
		"<rule name=\"first\"><look-behind><start/></look-behind><anchor/></rule>"
		"<rule name=\"two-to-three\"><start/><class by-ref=\"low\" count=\"2:3\"/><end/></rule>"
		"<rule name=\"ee\"><char cp=\"0065 0065\"/></rule>"
		"<action disp=\"invalid\" match=\"ee\"/></rules></lgr>";
	static const struct
	{
		const char *text;
		LgrVerdict	verdict;
		int			at;
	}			cases[] = {
		{"a", LGR_VALID, 0}, {"abcde", LGR_VALID, 0}, {"z", LGR_NOT_IN_REPERTOIRE, 0}, {"abz", LGR_NOT_IN_REPERTOIRE, 2},
		{"f", LGR_CONTEXT, 0}, {"af", LGR_VALID, 0}, {"baf", LGR_VALID, 0}, {"abf", LGR_CONTEXT, 2}, {"aff", LGR_CONTEXT, 2},
		{"g", LGR_CONTEXT, 0}, {"ag", LGR_VALID, 0}, {"xy", LGR_VALID, 0}, {"x", LGR_CONTEXT, 0}, {"ax", LGR_VALID, 0}, {"y", LGR_NOT_IN_REPERTOIRE, 0},
		{"axy", LGR_VALID, 0}, {"ee", LGR_INVALID, 0}, {"aeeb", LGR_INVALID, 0}, {"eae", LGR_VALID, 0},
	};
	Lgr		   *lgr = table(source);
	int			steps = LGR_STEPS_MAX;
	LgrLabel	given;

	ok(lgr != NULL, "a table with rules");
	for (size_t i = 0; lgr != NULL && i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		LgrFinding	finding;

		given = label(cases[i].text);
		finding = dos_lgr_judge(lgr, &given);
		ok(finding.verdict == cases[i].verdict && finding.at == cases[i].at, cases[i].text);
	}
	for (int length = 1; length <= 4; length++)
	{
		given = label("abcd");
		given.length = length;
		ok(dos_lgr_matches(lgr, dos_lgr_rule(lgr, "two-to-three"), &given, -1, 0, &steps) == (length == 2 || length == 3), "a count from two to three");
	}
	dos_lgr_free(lgr);
}

static void
variants_count(const LgrLabel *variant, const char *disposition, void *context)
{
	int		   *counts = context;

	counts[strcmp(disposition, "allocatable") == 0 ? 0 : strcmp(disposition, "blocked") == 0 ? 1 : 2]++;
	(void) variant;
}

static void
variants(void)
{
	static const char source[] = HEAD "<data>"
		"<char cp=\"0061\"><var cp=\"0062\" type=\"allocatable\"/></char><char cp=\"0062\"><var cp=\"0061\" type=\"blocked\"/></char>"
		"<char cp=\"00DF\"><var cp=\"0073 0073\" type=\"allocatable\"/></char><char cp=\"0073 0073\"><var cp=\"00DF\" type=\"blocked\"/></char><char cp=\"0073\"/>"
		"</data></lgr>";
	static const struct
	{
		const char *from;
		const char *to;
		const char *disposition;
	}			cases[] = {
		{"a", "b", "allocatable"}, {"b", "a", "blocked"}, {"a", "a", NULL}, {"a", "s", NULL}, {"ab", "ba", "blocked"}, {"aa", "ab", "allocatable"},
		{"aa", "bb", "allocatable"}, {"\xc3\x9f", "ss", "allocatable"}, {"ss", "\xc3\x9f", "blocked"}, {"sss", "s\xc3\x9f", "blocked"}, {"sss", "\xc3\x9fs", "blocked"},
		{"a\xc3\x9f", "bss", "allocatable"}, {"a", "ab", NULL},
	};
	Lgr		   *lgr = table(source);
	int			counts[3] = {0};
	LgrLabel	from = label("aab");

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		LgrLabel	a = label(cases[i].from);
		LgrLabel	b = label(cases[i].to);
		LgrLabel	x;
		LgrLabel	y;

		is_text(dos_lgr_disposition(lgr, &a, &b), cases[i].disposition, cases[i].to);
		dos_lgr_index(lgr, &a, &x);
		dos_lgr_index(lgr, &b, &y);
		if (cases[i].disposition != NULL)
			ok(x.length == y.length && memcmp(x.cp, y.cp, x.length * sizeof(x.cp[0])) == 0, "variants share their index label");
	}
	ok(dos_lgr_variants(lgr, &from, 100, variants_count, counts), "all variants");
	ok(counts[0] == 3 && counts[1] == 4 && counts[2] == 0, "aab: three allocatable, four blocked");
	ok(!dos_lgr_variants(lgr, &from, 3, variants_count, counts), "no more than asked for");
	dos_lgr_free(lgr);
	lgr = table("U+0061..U+0065\nU+00E4|U+0061\n");
	from = label("a");
	{
		LgrLabel	to = label("\xc3\xa4");

		is_text(dos_lgr_disposition(lgr, &from, &to), "blocked", "a variant in a range has its own in return");
	}
	ok(lgr->char_count == 3, "the range fell apart");
	dos_lgr_free(lgr);
}

/* Rules that would match for ever end, and what was not decided is not allowed. */
static void
hostile(void)
{
	static const char source[] = HEAD "<data><char cp=\"0061\" not-when=\"r\"/></data><rules><rule name=\"r\">"
		"<rule count=\"0+\"><rule count=\"0+\"><any count=\"0+\"/></rule></rule><rule count=\"0+\"><any count=\"0+\"/></rule><rule count=\"0+\"><any count=\"0+\"/></rule><char cp=\"0062\"/></rule></rules></lgr>";
	Lgr		   *lgr = table(source);
	LgrLabel	given = label("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");

	ok(lgr != NULL && dos_lgr_judge(lgr, &given).verdict == LGR_TOO_COMPLEX, "a rule without end ends");
	dos_lgr_free(lgr);
	given = label("\xff");
	ok(given.length == 0, "no UTF-8");
	ok(!dos_lgr_label("\xc3", 1, &given) && !dos_lgr_label("\xf8\x80\x80\x80", 4, &given) && !dos_lgr_label("", 0, &given), "broken UTF-8");
	ok(!dos_lgr_label("\xf4\x90\x80\x80", 4, &given), "beyond Unicode");
}

/* --- ICANN's labels: one JSON value on each line --- */

static const struct
{
	const char *table;
	const char *file;
}			reference[] = {
	{"de", "german-language"}, {"fr", "french-language"}, {"pl", "polish-language"}, {"pt", "portuguese-language"},
	{"ru", "russian-language"}, {"sr-Cyrl", "serbian-cyrillic-language"}, {"th", "thai-language"}, {"uk", "ukrainian-language"},
	{"und-Arab", "arabic-script"}, {"und-Armn", "armenian-script"}, {"und-Cyrl", "cyrillic-script"}, {"und-Deva", "devanagari-script"},
	{"und-Geor", "georgian-script"}, {"und-Grek", "greek-script"}, {"und-Hebr", "hebrew-script"}, {"und-Latn", "latin-script"},
};

static char *
whole(const char *path, size_t *length)
{
	FILE	   *file = fopen(path, "rb");
	char	   *text = NULL;

	if (file == NULL)
		return NULL;
	fseek(file, 0, SEEK_END);
	*length = (size_t) ftell(file);
	rewind(file);
	text = calloc(1, *length + 1);
	*length = fread(text, 1, *length, file);
	fclose(file);
	return text;
}

static LgrLabel
ulabel(const char *alabel)
{
	char	   *text = NULL;
	LgrLabel	result = {.length = 0};

	if (idn2_to_unicode_8z8z(alabel, &text, 0) == IDN2_OK)
		result = label(text);
	free(text);
	return result;
}

/* Labels of one table: those that must be taken, those that must not, and which variants may be allocated. */
static void
icann_table(const char *name, const Lgr *lgr, const char *labels)
{
	char		start[64];
	const char *at;
	LgrLabel	original = {.length = 0};
	LgrLabel	variant = {.length = 0};
	bool		refused = false;
	int			depth = 1;
	int			wrong = 0;
	int			seen = 0;

	snprintf(start, sizeof(start), "\n\"%s\": {\n", name);
	at = strstr(labels, start);
	for (at = at ? at + strlen(start) : NULL; at != NULL && depth > 0; at = strchr(at, '\n') ? strchr(at, '\n') + 1 : NULL)
	{
		char		text[128];
		char		rest = ' ';

		/* depth 1 is the table, 2 an allocatable label, 3 a variant of it */
		depth += at[0] == '{' ? 1 : at[0] == '}' ? -1 : 0;
		refused |= strncmp(at, "\"unallocatable\": [", 18) == 0;
		if (sscanf(at, "\"label\": \"%100[^\"]\"", text) == 1)
		{
			LgrLabel	given = ulabel(text);

			if (depth == 3)
				variant = given;
			else
			{
				original = given;
				seen++;
				wrong += dos_lgr_judge(lgr, &original).verdict != LGR_VALID;
			}
		}
		else if (depth == 3 && sscanf(at, "\"tables\": [%c", &rest) == 1)
		{
			const char *disposition = dos_lgr_disposition(lgr, &original, &variant);

			seen++;
			wrong += (disposition != NULL && strcmp(disposition, "allocatable") == 0) != (rest != ']');
		}
		else if (refused && strncmp(at, "\"un", 3) != 0 && sscanf(at, "\"%100[a-z0-9-]\"", text) == 1)
		{
			original = ulabel(text);
			seen++;
			wrong += original.length > 0 && dos_lgr_judge(lgr, &original).verdict == LGR_VALID;
		}
	}
	printf("# %s: %d labels, %d wrong\n", name, seen, wrong);
	ok(seen > 4 && wrong == 0, name);
}

static void
icann(void)
{
	size_t		length;
	char	   *labels = whole(SHARED "idn-test-labels/second-level-reference.json", &length);

	for (size_t i = 0; i < sizeof(reference) / sizeof(reference[0]); i++)
	{
		char		path[160];
		char	   *source;
		Lgr		   *lgr;

		snprintf(path, sizeof(path), SHARED "data/idn/lgr-second-level-%s-31may22-en.xml", reference[i].file);
		source = labels ? whole(path, &length) : NULL;
		if (source == NULL)
		{
			printf("ok %d - %s # SKIP the reference tables are not here\n", ++tap_run, reference[i].table);
			continue;
		}
		lgr = dos_lgr_read_xml(source, length, error, sizeof(error));
		if (lgr == NULL)
			ok(false, error);
		else
			icann_table(reference[i].table, lgr, labels);
		dos_lgr_free(lgr);
		free(source);
	}
	free(labels);
}

int
main(void)
{
	verdicts();
	variants();
	hostile();
	icann();
	return done();
}
