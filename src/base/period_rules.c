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

int64_t
dos_period_add_months(int64_t instant, int months)
{
	int64_t		days = floor_div(instant, DOS_USECS_PER_DAY);
	int64_t		time = instant - days * DOS_USECS_PER_DAY;
	int64_t		year = 2000 + floor_div(days, days < 0 ? 365 : 366);	/* never too late: the loop below goes up */
	int			month = 0;
	int			day;
	int			last;

	while (days_of(year + 1, 0, 1) <= days)
		year++;
	while (month < 11 && days_of(year, month + 1, 1) <= days)
		month++;
	day = (int) (days - days_of(year, month, 1)) + 1;

	month += months;
	year += floor_div(month, 12);
	month = (int) (month - floor_div(month, 12) * 12);
	last = month_days(year, month);
	return days_of(year, month, day < last ? day : last) * DOS_USECS_PER_DAY + time;
}
