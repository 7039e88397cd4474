/*
 * gw_tap.h
 *		Test Anything Protocol for C unit tests: ok(), is_text(), done().
 */
#ifndef GW_TAP_H
#define GW_TAP_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static int	tap_run;
static int	tap_failed;

static inline void
ok(bool good, const char *name)
{
	tap_run++;
	tap_failed += !good;
	printf("%sok %d - %s\n", good ? "" : "not ", tap_run, name);
}

static inline void
is_text(const char *got, const char *expected, const char *name)
{
	bool		same = got == expected || (got && expected && strcmp(got, expected) == 0);

	ok(same, name);
	if (!same)
		printf("#      got: %s\n# expected: %s\n", got ? got : "(null)", expected ? expected : "(null)");
}

static inline int
done(void)
{
	printf("1..%d\n", tap_run);
	return tap_failed ? 1 : 0;
}

#endif
