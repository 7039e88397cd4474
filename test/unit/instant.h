/*
 * instant.h
 *		Instants in unit tests are written as people write them. libc does the
 *		arithmetic, so that the rules under test have an independent witness.
 */
#ifndef INSTANT_H
#define INSTANT_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define USECS			INT64_C(1000000)
#define EPOCH_2000		INT64_C(946684800)
#define DAYS(n)			((int64_t) (n) * 86400 * USECS)

/* "2026-04-03" or "2026-04-03T10:00:00" as microseconds since 2000-01-01T00:00:00Z. */
static inline int64_t
instant(const char *text)
{
	struct tm	tm = {0};
	int			fields = sscanf(text, "%d-%d-%dT%d:%d:%d", &tm.tm_year, &tm.tm_mon, &tm.tm_mday,
								&tm.tm_hour, &tm.tm_min, &tm.tm_sec);

	if (fields != 3 && fields != 6)
		abort();
	tm.tm_year -= 1900;
	tm.tm_mon -= 1;
	return ((int64_t) timegm(&tm) - EPOCH_2000) * USECS;
}

/* The way back; several results may be in use at once. */
static inline const char *
instant_text(int64_t at)
{
	static char ring[8][40];
	static int	next;
	char	   *text = ring[next++ % 8];
	time_t		seconds = (time_t) ((at - (((at % USECS) + USECS) % USECS)) / USECS + EPOCH_2000);
	struct tm	tm;

	if (at == INT64_MAX)
		return strcpy(text, "never");
	gmtime_r(&seconds, &tm);
	strftime(text, 40, tm.tm_hour || tm.tm_min || tm.tm_sec ? "%Y-%m-%dT%H:%M:%S" : "%Y-%m-%d", &tm);
	return text;
}

#endif
