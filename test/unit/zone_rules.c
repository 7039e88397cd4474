/*
 * zone_rules.c
 *		Labels: both sides of each boundary and the order of objections. States: the whole table.
 */
#include "zone/zone_rules.h"

#include "gw_tap.h"

static const LabelPolicy any = {1, 63, 1, 63, false, true};
static const LabelPolicy idn = {1, 63, 1, 63, true, true};
static const LabelPolicy narrow = {3, 5, 3, 4, true, false};

static const struct
{
	const LabelPolicy *policy;
	const char *label;
	int			characters;
	LabelProblem problem;
}			cases[] = {
	{&any, "a.b", 3, LABEL_DEPTH},
	{&any, "a", 1, LABEL_OK},
	{&any, "1", 1, LABEL_OK},
	{&any, "ab--c", 5, LABEL_HYPHENS},
	{&any, "xn--a", 5, LABEL_HYPHENS},
	{&idn, "xn--a", 5, LABEL_OK},
	{&idn, "xm--a", 5, LABEL_HYPHENS},
	{&any, "ab-c", 4, LABEL_OK},
	{&any, "abc--", 5, LABEL_OK},
	{&narrow, "ab", 2, LABEL_SHORT},
	{&narrow, "abc", 3, LABEL_OK},
	{&narrow, "abcd", 4, LABEL_OK},
	{&narrow, "abcde", 5, LABEL_CHARACTERS_MANY},
	{&narrow, "abcde", 4, LABEL_OK},
	{&narrow, "abcde", 2, LABEL_CHARACTERS_FEW},
	{&narrow, "abcdef", 4, LABEL_LONG},
	{&narrow, "123", 3, LABEL_DIGITS},
	{&narrow, "12a", 3, LABEL_OK},
	{&narrow, "a12", 3, LABEL_OK},
	{&narrow, "1-2", 3, LABEL_OK},
};

int
main(void)
{
	char		text[512];
	static const char *const verbs[] = {"info", "check", "create", "update", "renew", "transfer", "delete", "restore"};
	int			allowed = 0;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		ok(dos_zone_label_judge(cases[i].policy, cases[i].label, strlen(cases[i].label), cases[i].characters) == cases[i].problem, cases[i].label);
	for (int p = LABEL_OK + 1; p < LABEL_PROBLEM_COUNT; p++)
	{
		dos_zone_label_explain(p, &narrow, "example", text, sizeof(text));
		ok(strlen(dos_zone_label_answer(p)) > 0 && strlen(dos_zone_label_answer(p)) <= 32 && strlen(text) > 10 &&
		   strncmp(dos_zone_label_reason(p), "domain_label_", 13) == 0, dos_zone_label_reason(p));
	}
	for (const ZoneStateRule *rule = dos_zone_states; rule->state != NULL; rule++)
		for (size_t v = 0; v < sizeof(verbs) / sizeof(verbs[0]); v++)
			allowed += dos_zone_state_allows(rule->state, verbs[v]);
	ok(allowed == 1 + 8 + 7 + 8 + 8, "verbs allowed in all states");
	ok(!dos_zone_state_allows("", "info") && !dos_zone_state_allows("open", "info"), "an unknown state allows nothing");
	ok(dos_zone_state_rank("predelegation") == 0 && dos_zone_state_rank("test") == 4 && dos_zone_state_rank("x") == -1, "order of states");
	return done();
}
