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
 * A term is a number of years; beyond DOS_TERM_MONTHS it is a number of months. Below zero it leads back.
 */
#define DOS_TERM_MONTHS		1000
#define DOS_TERM_IS_MONTHS(term)	((term) > DOS_TERM_MONTHS || (term) < -DOS_TERM_MONTHS)

extern int	dos_term_months(int term);

/*
 * The end of a term, faithful to the day the periods began: of what began on 29 February the end lies
 * on 29 February again in each leap year, though it lay on the 28th in the years between; of what began on a
 * 31st, on the last day of each month. An instant that is INT64_MAX (never) stays so.
 */
extern int64_t dos_period_add_years(int64_t instant, int term, int64_t anchor);

#endif
