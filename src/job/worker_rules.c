/*
 * How long a worker process stays away after it ended. One table; the delay doubles up to its cap.
 */
#include "job/worker_rules.h"

typedef struct WorkerRule
{
	const char *name;
	long		first_ms;
	long		cap_ms;
} WorkerRule;

static const WorkerRule rules[WORKER_VERDICT_COUNT] = {
	/*						 name			   first    cap */
	[WORKER_FAILED]		  = {"failed",		   1000,  60000},
	[WORKER_TERMINATED]	  = {"terminated",	   1000,  10000},
	[WORKER_NO_EXTENSION] = {"no extension",   5000,  10000},
	[WORKER_RESTORING]	  = {"restore runs",   2000,  5000},
	[WORKER_ASKED]		  = {"asked to leave", 10000, 10000},
	[WORKER_LANE_EMPTY]	  = {"lane is empty",  0,     0},
};

const char *
dos_worker_verdict_name(WorkerVerdict verdict)
{
	return rules[verdict].name;
}

long
dos_worker_delay_ms(WorkerVerdict verdict, int times)
{
	long		delay = rules[verdict].first_ms;

	while (--times > 0 && delay < rules[verdict].cap_ms)
		delay *= 2;
	return delay < rules[verdict].cap_ms ? delay : rules[verdict].cap_ms;
}
