/*
 * period_rules.c
 *		Adding months to an instant: the cases people get wrong as a table, then every day of four
 *		centuries against libc.
 */
#include "base/period_rules.h"

#include "gw_tap.h"
#include "instant.h"

static const struct
{
	const char *from;
	int			months;
	const char *to;
}			cases[] = {
	/* years */
	{"2026-04-03", 12, "2027-04-03"},
	{"2026-04-03", 120, "2036-04-03"},
	{"2026-04-03T23:59:59", 12, "2027-04-03T23:59:59"},
	/* leap days */
	{"2024-02-29", 12, "2025-02-28"},
	{"2024-02-29", 48, "2028-02-29"},
	{"2023-02-28", 12, "2024-02-28"},
	{"2096-02-29", 48, "2100-02-28"},
	{"1996-02-29", 48, "2000-02-29"},
	/* months of different length */
	{"2026-01-31", 1, "2026-02-28"},
	{"2024-01-31", 1, "2024-02-29"},
	{"2026-01-31", 2, "2026-03-31"},
	{"2026-03-31", 1, "2026-04-30"},
	{"2026-12-31", 2, "2027-02-28"},
	{"2026-11-30", 3, "2027-02-28"},
	/* across the epoch of PostgreSQL, where the numbers change sign */
	{"1999-12-31T12:00:00", 12, "2000-12-31T12:00:00"},
	{"1999-01-01", 12, "2000-01-01"},
	{"1998-12-31T23:59:59", 12, "1999-12-31T23:59:59"},
	{"2000-01-01", 0, "2000-01-01"},
	/* backwards */
	{"2000-03-31", -1, "2000-02-29"},
	{"2000-01-01", -1, "1999-12-01"},
	{"2026-04-03", -12, "2025-04-03"},
	{"2027-01-31", -11, "2026-02-28"},
};

/* Ends of terms, faithful to the day of the anchor; a term above 1000 is months. */
static const struct
{
	const char *from;
	int			term;
	const char *anchor;
	const char *to;
}			terms[] = {
	{"2026-01-31", 1, "2026-01-31", "2027-01-31"},
	{"2026-01-31", 1001, "2026-01-31", "2026-02-28"},
	{"2026-02-28", 1001, "2026-01-31", "2026-03-31"},
	{"2026-02-28", 1002, "2026-01-31", "2026-04-30"},
	{"2026-02-28", 1001, "2026-01-30", "2026-03-30"},
	{"2026-02-28", 1001, "2026-01-28", "2026-03-28"},
	{"2026-02-28", 1001, "2026-02-28", "2026-03-28"},
	{"2026-02-28", 2, "2026-01-31", "2028-02-29"},
	{"2027-02-28", 1, "2026-01-30", "2028-02-29"},
	/* another time of the day: no end of this life's terms */
	{"2026-02-28T12:00:00", 1001, "2026-01-31", "2026-03-28T12:00:00"},
	/* back again */
	{"2026-03-31", -1001, "2026-01-31", "2026-02-28"},
	{"2026-02-28", -1001, "2026-01-31", "2026-01-31"},
	{"2026-04-30", -1003, "2026-01-31", "2026-01-31"},
	{"2026-04-30", 1119, "2026-01-31", "2036-03-31"},
	/* leap days */
	{"2024-02-29", 1, "2024-02-29", "2025-02-28"},
	{"2025-02-28", 3, "2024-02-29", "2028-02-29"},
	{"2025-02-28", 1001, "2024-02-29", "2025-03-29"},
	{"2025-02-28", 1, "2024-02-29", "2026-02-28"},
	{"2024-02-29", 1012, "2024-02-29", "2025-02-28"},
	{"2028-02-29", -1, "2024-02-29", "2027-02-28"},
};

/* The same by libc: normalise year and month, then clamp the day. */
static int64_t
witness(int64_t at, int months)
{
	int64_t		micros = ((at % USECS) + USECS) % USECS;
	time_t		seconds = (time_t) ((at - micros) / USECS + EPOCH_2000);
	struct tm	from;
	struct tm	first = {0};
	struct tm	last = {0};
	struct tm	to;
	time_t		end;

	gmtime_r(&seconds, &from);
	first.tm_year = from.tm_year;
	first.tm_mon = from.tm_mon + months;
	first.tm_mday = 1;
	timegm(&first);
	last = first;
	last.tm_mon++;
	last.tm_mday = 0;			/* the day before the next month */
	end = timegm(&last);
	gmtime_r(&end, &last);
	to = from;
	to.tm_year = first.tm_year;
	to.tm_mon = first.tm_mon;
	to.tm_mday = from.tm_mday < last.tm_mday ? from.tm_mday : last.tm_mday;
	return ((int64_t) timegm(&to) - EPOCH_2000) * USECS + micros;
}

int
main(void)
{
	static const int steps[] = {-13, -12, -1, 0, 1, 11, 12, 13, 24, 60, 120};
	int			wrong = 0;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		char		name[80];

		snprintf(name, sizeof(name), "%s %+d months", cases[i].from, cases[i].months);
		is_text(instant_text(dos_period_add_months(instant(cases[i].from), cases[i].months)), cases[i].to, name);
	}
	for (size_t i = 0; i < sizeof(terms) / sizeof(terms[0]); i++)
	{
		char		name[96];

		snprintf(name, sizeof(name), "%s and a term of %d, begun %s", terms[i].from, terms[i].term, terms[i].anchor);
		is_text(instant_text(dos_period_add_years(instant(terms[i].from), terms[i].term, instant(terms[i].anchor))), terms[i].to, name);
	}
	ok(dos_period_add_years(INT64_MAX, 1001, instant("2026-01-31")) == INT64_MAX, "never stays never");
	for (int64_t at = instant("1850-01-01T06:07:08") + 123; at < instant("2250-01-01"); at += DAYS(1))
		for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
			wrong += dos_period_add_months(at, steps[i]) != witness(at, steps[i]);
	ok(wrong == 0, "every day from 1850 to 2249, eleven steps each, as libc has it");
	return done();
}
