/*
 * period_rules.c
 *	  Calendar arithmetic in the proleptic Gregorian calendar, UTC.
 */
#include "base/period_rules.h"

/* days between 0000-03-01 and 2000-01-01: a year that begins in March has its leap day at the end */
#define EPOCH_DAYS	730425

static const int month_start[12] = {0, 31, 61, 92, 122, 153, 184, 214, 245, 275, 306, 337};	/* from March */

static int64_t
floor_div(int64_t value, int64_t by)
{
	int64_t		quotient = value / by;

	return (value % by < 0) ? quotient - 1 : quotient;
}

static int
is_leap(int64_t year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int
month_days(int64_t year, int month)
{
	static const int days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return days[month] + (month == 1 && is_leap(year));
}

/* Days since 2000-01-01 of a civil date; month counts from 0. */
static int64_t
days_of(int64_t year, int month, int day)
{
	int64_t		march_year = month >= 2 ? year : year - 1;
	int			march_month = (month + 10) % 12;

	return march_year * 365 + floor_div(march_year, 4) - floor_div(march_year, 100) + floor_div(march_year, 400)
		+ month_start[march_month] + (day - 1) - EPOCH_DAYS;
}

typedef struct CivilDate
{
	int64_t		year;
	int			month;			/* from 0 */
	int			day;
	int64_t		time;			/* of the day */
} CivilDate;

static CivilDate
civil_of(int64_t instant)
{
	int64_t		days = floor_div(instant, DOS_USECS_PER_DAY);
	CivilDate	date = {.year = 2000 + floor_div(days, days < 0 ? 365 : 366)};	/* never too late: the loop goes up */

	while (days_of(date.year + 1, 0, 1) <= days)
		date.year++;
	while (date.month < 11 && days_of(date.year, date.month + 1, 1) <= days)
		date.month++;
	date.day = (int) (days - days_of(date.year, date.month, 1)) + 1;
	date.time = instant - days * DOS_USECS_PER_DAY;
	return date;
}

int64_t
dos_period_add_months(int64_t instant, int months)
{
	CivilDate	from = civil_of(instant);
	int64_t		year = from.year;
	int			month = from.month + months;
	int			last;

	year += floor_div(month, 12);
	month = (int) (month - floor_div(month, 12) * 12);
	last = month_days(year, month);
	return days_of(year, month, from.day < last ? from.day : last) * DOS_USECS_PER_DAY + from.time;
}

static int
is_date(const CivilDate *date, int month, int day)
{
	return date->month == month - 1 && date->day == day;
}

int
dos_term_months(int term)
{
	if (!DOS_TERM_IS_MONTHS(term))
		return 12 * term;
	return term > 0 ? term - DOS_TERM_MONTHS : term + DOS_TERM_MONTHS;
}

/* Does it lie on the last day of a month only because that month has no day as late as the anchor's? */
static int
is_clipped(const CivilDate *date, const CivilDate *anchor)
{
	return date->day < anchor->day && date->time == anchor->time && date->day == month_days(date->year, date->month);
}

int64_t
dos_period_add_years(int64_t instant, int term, int64_t anchor)
{
	int64_t		result;
	CivilDate	from;
	CivilDate	end;
	CivilDate	began;

	if (instant == INT64_MAX)
		return instant;
	result = dos_period_add_months(instant, dos_term_months(term));
	end = civil_of(result);
	if (end.day >= 28 && anchor != INT64_MAX)
	{
		from = civil_of(instant);
		began = civil_of(anchor);
		if (is_clipped(&from, &began))
		{
			int			last = month_days(end.year, end.month);

			return result + ((began.day < last ? began.day : last) - end.day) * DOS_USECS_PER_DAY;
		}
	}
	if (!is_date(&end, 2, 28) || !is_leap(end.year) || anchor == INT64_MAX)
		return result;
	began = civil_of(anchor);
	return is_date(&began, 2, 29) && began.time == end.time ? result + DOS_USECS_PER_DAY : result;
}
