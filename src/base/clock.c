/*
 * clock.c
 *	  The registry's clock: the start of the transaction, unless the setting dos.clock moves it.
 *
 * dos.clock is empty (real time), an instant ('2030-01-01T00:00:00Z': the clock stands still there)
 * or a signed interval ('+40 days': the clock runs, that much ahead). Only a superuser may set it,
 * for a session, a database or the cluster. Milliseconds are the resolution, because that is what
 * EPP, RDAP and WHOIS show: what is stored is then equal to what was said.
 */
#include "postgres.h"

#include "access/xact.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/datetime.h"
#include "utils/guc.h"
#include "utils/timestamp.h"

#include "base/clock.h"
#include "base/pg_version.h"

typedef enum ClockKind
{
	CLOCK_REAL,
	CLOCK_STANDING,
	CLOCK_SHIFTED
} ClockKind;

typedef struct ClockSetting
{
	ClockKind	kind;
	TimestampTz instant;		/* CLOCK_STANDING */
	Interval	shift;			/* CLOCK_SHIFTED */
} ClockSetting;

static char *clock_text;
static ClockSetting clock_setting = {CLOCK_REAL, 0, {0, 0, 0}};

PG_FUNCTION_INFO_V1(dos_sql_now);
PG_FUNCTION_INFO_V1(dos_sql_iso8601);

/* Read a setting by the type's own input function; false when that would raise an error. */
static bool
clock_parse(const char *text, ClockSetting *setting)
{
	MemoryContext context = CurrentMemoryContext;
	volatile bool valid = true;

	PG_TRY();
	{
		if (text[0] == '+' || text[0] == '-')
		{
			Datum		shift = DirectFunctionCall3(interval_in, CStringGetDatum(text),
													ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1));

			setting->kind = CLOCK_SHIFTED;
			setting->shift = *DatumGetIntervalP(shift);
		}
		else
		{
			Datum		instant = DirectFunctionCall3(timestamptz_in, CStringGetDatum(text),
													  ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1));

			setting->kind = CLOCK_STANDING;
			setting->instant = DatumGetTimestampTz(instant);
			valid = !TIMESTAMP_NOT_FINITE(setting->instant);
		}
	}
	PG_CATCH();
	{
		MemoryContextSwitchTo(context);
		FlushErrorState();
		valid = false;
	}
	PG_END_TRY();
	return valid;
}

/*
 * An instant is kept in figures alone: a parallel worker is given its settings in the order of their names, so this one
 * before the abbreviations of time zones, without which "Z" and "T" cannot be read.
 */
static bool
clock_in_figures(char **newval, TimestampTz instant)
{
	struct pg_tm tm;
	fsec_t		fsec;
	char		text[64];
	char	   *copy;

	if (timestamp2tm(instant, NULL, &tm, &fsec, NULL, NULL) != 0 || tm.tm_year < 1 || tm.tm_year > 9999)
		return true;
	snprintf(text, sizeof(text), "%04d-%02d-%02d %02d:%02d:%02d.%06d+00", tm.tm_year, tm.tm_mon, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec, (int) fsec);
	copy = SETTING_COPY(text);
	if (copy == NULL)
		return false;
	SETTING_FREE(*newval);
	*newval = copy;
	return true;
}

static bool
clock_check(char **newval, void **extra, GucSource source)
{
	ClockSetting setting = {CLOCK_REAL, 0, {0, 0, 0}};

	if (*newval != NULL && **newval != '\0' && !clock_parse(*newval, &setting))
	{
		GUC_check_errdetail("Write an instant (\"2030-01-01T00:00:00Z\"), a signed interval (\"+40 days\") or nothing.");
		return false;
	}
	if (setting.kind == CLOCK_STANDING && !clock_in_figures(newval, setting.instant))
		return false;
	*extra = SETTING_ALLOC(sizeof(ClockSetting));
	if (*extra == NULL)
		return false;
	memcpy(*extra, &setting, sizeof(ClockSetting));
	return true;
}

static void
clock_assign(const char *newval, void *extra)
{
	if (extra != NULL)
		clock_setting = *(ClockSetting *) extra;
}

void
dos_clock_init(void)
{
	DefineCustomStringVariable("dos.clock",
							   "Moves the registry's clock: an instant, a signed interval, or empty for real time.",
							   NULL, &clock_text, "", PGC_SUSET, 0,
							   clock_check, clock_assign, NULL);
}

TimestampTz
dos_clock_now(void)
{
	TimestampTz now = GetCurrentTransactionStartTimestamp();

	if (clock_setting.kind == CLOCK_STANDING)
		now = clock_setting.instant;
	else if (clock_setting.kind == CLOCK_SHIFTED)
		now = DatumGetTimestampTz(DirectFunctionCall2(timestamptz_pl_interval, TimestampTzGetDatum(now),
													  PointerGetDatum(&clock_setting.shift)));
	return now - (now % 1000 + 1000) % 1000;	/* down, also before 2000 */
}

Datum
dos_sql_now(PG_FUNCTION_ARGS)
{
	PG_RETURN_TIMESTAMPTZ(dos_clock_now());
}

/* dos.iso8601(at); NULL for what never comes */
Datum
dos_sql_iso8601(PG_FUNCTION_ARGS)
{
	TimestampTz at = PG_GETARG_TIMESTAMPTZ(0);
	struct pg_tm tm;
	fsec_t		fsec;

	if (TIMESTAMP_NOT_FINITE(at))
		PG_RETURN_NULL();
	if (timestamp2tm(at, NULL, &tm, &fsec, NULL, NULL) != 0)
		ereport(ERROR, (errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE), errmsg("timestamp out of range")));
	PG_RETURN_TEXT_P(cstring_to_text(psprintf("%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", tm.tm_year, tm.tm_mon, tm.tm_mday, tm.tm_hour, tm.tm_min,
											  tm.tm_sec, (int) (fsec / 1000))));
}
