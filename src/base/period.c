/*
 * period.c
 *	  SQL face of the calendar arithmetic. PostgreSQL's own operator counts in the session's time zone;
 *	  a registry's dates may not depend on who asks.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/timestamp.h"

#include "base/period.h"
#include "base/period_rules.h"

PG_FUNCTION_INFO_V1(dos_sql_period_add);
PG_FUNCTION_INFO_V1(dos_sql_period_add_years);

TimestampTz
dos_period_plus(TimestampTz at, const Interval *period)
{
	if (TIMESTAMP_NOT_FINITE(at))
		return at;
	if (period->month != 0)
		at = dos_period_add_months(at, period->month);
	return at + period->day * USECS_PER_DAY + period->time;
}

Datum
dos_sql_period_add(PG_FUNCTION_ARGS)
{
	PG_RETURN_TIMESTAMPTZ(dos_period_plus(PG_GETARG_TIMESTAMPTZ(0), PG_GETARG_INTERVAL_P(1)));
}

/* (instant, years, anchor) */
Datum
dos_sql_period_add_years(PG_FUNCTION_ARGS)
{
	TimestampTz at = PG_GETARG_TIMESTAMPTZ(0);
	TimestampTz anchor = PG_GETARG_TIMESTAMPTZ(2);

	if (TIMESTAMP_NOT_FINITE(at))
		PG_RETURN_TIMESTAMPTZ(at);
	PG_RETURN_TIMESTAMPTZ(dos_period_add_years(at, PG_GETARG_INT32(1), TIMESTAMP_NOT_FINITE(anchor) ? PG_INT64_MAX : anchor));
}
