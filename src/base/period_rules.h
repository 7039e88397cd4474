/*
 * period_rules.h
 *	  Registration periods and calendar arithmetic, pure. Instants are microseconds since
 *	  2000-01-01T00:00:00Z, as in PostgreSQL.
 */
#ifndef DOS_PERIOD_RULES_H
#define DOS_PERIOD_RULES_H

#include <stdint.h>

#define DOS_USECS_PER_DAY	INT64_C(86400000000)

/*
 * The instant `months` later at the same time of day, on the last day of the month where the month
 * is shorter (29 February plus one year is 28 February), as PostgreSQL adds intervals in UTC.
 */
extern int64_t dos_period_add_months(int64_t instant, int months);

/*
 * The same of whole years, faithful to the day the periods began: of what began on 29 February the end lies
 * on 29 February again in each leap year, though it lay on the 28th in the years between. An instant that is
 * INT64_MAX (never) stays so.
 */
extern int64_t dos_period_add_years(int64_t instant, int years, int64_t anchor);

#endif
