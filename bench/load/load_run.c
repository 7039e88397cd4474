/*
 * load_run.c
 *		The course of a run: open all clients, let them go at once, warm up,
 *		measure, stop.
 *
 * A run ends when its time is over or its count is used up, and every request
 * that was sent is answered (or five seconds later). With a rate, requests leave at fixed times, as far as a client is free.
 */
#include "load.h"
#include "load_stats.h"
#include "gw_memory.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define STRAGGLERS_MS 5000
#define SECOND_NS INT64_C(1000000000)

static struct event_base *loop;
static const LoadProtocol *protocol;
static int	opened;				/* clients asked to connect */
static int	ready;
static int	lost;
static bool going;
static bool measuring;
static bool over;
static long sent;
static long answered;
static int64_t began_ns;
static int64_t measure_from_ns;
static int64_t measure_to_ns;
static int64_t last_answer_ns;
static struct event *bell;
static struct Turn *turns;		/* with a rate: one for each client */
static int64_t next_turn_ns;

int64_t
load_clock_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t) now.tv_sec * 1000000000 + now.tv_nsec;
}

static void
set_bell(long ms)
{
	const struct timeval wait = {ms / 1000, ms % 1000 * 1000};

	event_add(bell, &wait);
}

/* No more requests; the loop ends when those under way are answered. */
static void
end_if_answered(void)
{
	if (over && answered >= sent)
		event_base_loopbreak(loop);
}

/* The warm-up is over; the measured time is over; nobody waits any longer. */
static void
time_is_up(evutil_socket_t fd, short what, void *arg)
{
	(void) fd;
	(void) what;
	(void) arg;
	if (!measuring)
	{
		measuring = true;
		load_stats_begin();
		set_bell(load_options.duration_ms);
		return;
	}
	if (over)
		event_base_loopbreak(loop);
	load_stats_end();
	over = true;
	set_bell(STRAGGLERS_MS);
	end_if_answered();
}

/* One client's place in the pace of all. */
typedef struct Turn
{
	struct event *timer;
	bool		taken;			/* its time has been fixed */
} Turn;

static void
turn_comes(evutil_socket_t fd, short what, void *arg)
{
	(void) fd;
	(void) what;
	protocol->go((int) ((Turn *) arg - turns));
}

/* With a rate: fix the time of this client's next request, and come back to it then. */
static bool
must_wait(int client)
{
	Turn	   *turn = &turns[client];
	int64_t		now = load_clock_ns();
	int64_t		wait_us;
	struct timeval wait;

	if (turn->taken)
	{
		turn->taken = false;
		return false;
	}
	if (next_turn_ns == 0)
		next_turn_ns = now;
	if (next_turn_ns < now - SECOND_NS)	/* nobody makes up for more than a second */
		next_turn_ns = now - SECOND_NS;
	wait_us = next_turn_ns > now ? (next_turn_ns - now) / 1000 : 0;
	next_turn_ns += SECOND_NS / load_options.rate;
	if (wait_us == 0)
		return false;
	turn->taken = true;
	wait = (struct timeval) {wait_us / 1000000, wait_us % 1000000};
	event_add(turn->timer, &wait);
	return true;
}

bool
load_run_next(int client)
{
	if (load_options.count && sent >= load_options.count)
		over = true;
	if (over || (load_options.rate && must_wait(client)))
		return false;
	sent++;
	return true;
}

static void
go(void)
{
	going = true;
	if (strcmp(load_options.scenario, "idle") == 0)
	{
		puts("ready");
		fflush(stdout);
	}
	began_ns = load_clock_ns();
	measure_from_ns = began_ns + load_options.warmup_ms * 1000000;
	measure_to_ns = measure_from_ns + load_options.duration_ms * 1000000;
	if (load_options.warmup_ms > 0)
		set_bell(load_options.warmup_ms);
	else
		time_is_up(-1, 0, NULL);
	for (int i = 0; i < load_options.sessions; i++)
		protocol->go(i);
}

void
load_run_ready(int client)
{
	(void) client;
	ready++;
	if (opened < load_options.sessions)
		protocol->open(opened++);
	else if (ready == load_options.sessions && !going)
		go();
}

void
load_run_answered(int64_t sent_ns, int code, bool good)
{
	int64_t		now = load_clock_ns();

	answered++;
	load_stats_code(code, good);
	if (now >= measure_from_ns && now < measure_to_ns)
	{
		load_stats_measure(now - sent_ns);
		last_answer_ns = now;
	}
	end_if_answered();
}

void
load_run_lost(int client, const char *why)
{
	if (!going)
		load_fatal("client %d: %s", client, why);
	if (lost++ == 0)
		fprintf(stderr, "dos-load: client %d: %s\n", client, why);
	load_stats_lost();
	if (lost == load_options.sessions)
		event_base_loopbreak(loop);
}

void
load_run(struct event_base *base, const LoadProtocol *chosen)
{
	int64_t		end_ns;

	loop = base;
	protocol = chosen;
	bell = event_new(base, -1, 0, time_is_up, NULL);
	turns = gw_new((size_t) load_options.sessions * sizeof(Turn));
	for (int i = 0; i < load_options.sessions; i++)
		turns[i].timer = event_new(base, -1, 0, turn_comes, &turns[i]);
	protocol->setup(base);
	while (opened < load_options.sessions && opened < load_options.ramp)
		protocol->open(opened++);
	event_base_dispatch(base);

	load_stats_end();
	/* a count that was used up before the time: to the last answer */
	end_ns = over && load_options.count && sent >= load_options.count ? last_answer_ns : load_clock_ns();
	if (end_ns > measure_to_ns)
		end_ns = measure_to_ns;
	load_stats_print(end_ns > measure_from_ns ? (double) (end_ns - measure_from_ns) / 1e9 : 0);
	event_free(bell);
	for (int i = 0; i < load_options.sessions; i++)
		event_free(turns[i].timer);
	free(turns);
}
