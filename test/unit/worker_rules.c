/*
 * worker_rules.c
 *		How long a worker stays away: the whole table, for the first ends in a row and for very many.
 */
#include "job/worker_rules.h"

#include "gw_tap.h"

static const struct
{
	WorkerVerdict verdict;
	const char *name;
	long		delays_ms[6];	/* after 1, 2, 3, 7, 100 and INT_MAX ends in a row */
}			cases[] = {
	{WORKER_FAILED, "failed", {1000, 2000, 4000, 60000, 60000, 60000}},
	{WORKER_TERMINATED, "terminated", {1000, 2000, 4000, 10000, 10000, 10000}},
	{WORKER_NO_EXTENSION, "no extension", {5000, 10000, 10000, 10000, 10000, 10000}},
	{WORKER_RESTORING, "restore runs", {2000, 4000, 5000, 5000, 5000, 5000}},
	{WORKER_ASKED, "asked to leave", {10000, 10000, 10000, 10000, 10000, 10000}},
	{WORKER_LANE_EMPTY, "lane is empty", {0, 0, 0, 0, 0, 0}},
};

static const int times[6] = {1, 2, 3, 7, 100, 2147483647};

int
main(void)
{
	char		name[80];

	ok(sizeof(cases) / sizeof(cases[0]) == WORKER_VERDICT_COUNT, "every verdict is in the table");
	for (int i = 0; i < WORKER_VERDICT_COUNT; i++)
	{
		is_text(dos_worker_verdict_name(cases[i].verdict), cases[i].name, cases[i].name);
		for (int n = 0; n < 6; n++)
		{
			snprintf(name, sizeof(name), "%s, %d in a row: %ld ms", cases[i].name, times[n], cases[i].delays_ms[n]);
			ok(dos_worker_delay_ms(cases[i].verdict, times[n]) == cases[i].delays_ms[n], name);
		}
	}
	return done();
}
