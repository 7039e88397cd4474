/*
 * dns_watch.c
 *		Watching secondaries. See dns_watch.h.
 */
#include "dns_watch.h"
#include "dns_access.h"
#include "dns_client.h"
#include "dns_notify.h"
#include "dns_probe.h"
#include "dns_serve.h"
#include "dns_statements.h"
#include "gw_array.h"
#include "gw_listen.h"
#include "gw_log.h"
#include "gw_memory.h"
#include "gw_metrics.h"

#include <event2/util.h>
#include <string.h>

#define REPORT_EVERY_S 5

/* what a report has a column for */
enum
{
	SEEN_TOOK,
	SEEN_ACKNOWLEDGED,
	SEEN_SERVED,
	SEEN_SIGNED_UNTIL,
	SEEN_COUNT
};

/* A zone at a secondary, and what has not been told of it yet. */
typedef struct Watched
{
	char	   *zone;
	char	   *secondary;
	bool		is_new[SEEN_COUNT];
	uint32_t	value[SEEN_COUNT];
	bool		took;			/* something, from this process */
	uint16_t	asked;			/* id of the question that is out, */
	struct sockaddr_storage address;	/* and where it went */
	bool		waiting;
} Watched;

static Watched *watched;
static int	watched_count;
static DnsClient client;
static struct event *report_timer;
static struct event *probe_timer;

static Watched *
watched_get(const char *zone, const char *secondary)
{
	for (int i = 0; i < watched_count; i++)
		if (strcmp(watched[i].zone, zone) == 0 && strcmp(watched[i].secondary, secondary) == 0)
			return &watched[i];
	watched = gw_realloc(watched, (size_t) (watched_count + 1) * sizeof(*watched));
	memset(&watched[watched_count], 0, sizeof(*watched));
	watched[watched_count].zone = gw_strdup(zone);
	watched[watched_count].secondary = gw_strdup(secondary);
	return &watched[watched_count++];
}

static void
watched_set(Watched *w, int what, uint32_t value)
{
	w->value[what] = value;
	w->is_new[what] = true;
}

void
dns_watch_took(const char *zone, const char *secondary, uint32_t serial)
{
	Watched    *w = watched_get(zone, secondary);

	watched_set(w, SEEN_TOOK, serial);
	w->took = true;
}

void
dns_watch_acknowledged(const char *zone, const char *secondary, uint32_t serial)
{
	watched_set(watched_get(zone, secondary), SEEN_ACKNOWLEDGED, serial);
}

/* --- asking ---------------------------------------------------------------------------------- */

static void
probe_send(const DnsSecondary *secondary)
{
	uint8_t		message[DNS_PROBE_MAX];
	Watched    *w = watched_get(secondary->zone, secondary->name);

	evutil_secure_rng_get_bytes(&w->asked, sizeof(w->asked));
	w->address = secondary->address;
	w->waiting = true;
	dns_client_send(&client, &w->address, message, dns_probe_write(w->asked, w->zone, message));
}

/* Ask every secondary that has an address of its own; one answer a round is enough, so questions are not repeated. */
static void
probe_round(evutil_socket_t fd, short what, void *arg)
{
	int			count;
	const DnsSecondary *secondaries = dns_secondaries(&count);

	(void) fd;
	(void) what;
	(void) arg;
	for (int i = 0; i < count; i++)
		if (secondaries[i].notify && dns_zone_find(secondaries[i].zone) != NULL)
			probe_send(&secondaries[i]);
}

static void
probe_answer(const struct sockaddr_storage *peer, const uint8_t *wire, size_t length)
{
	for (int i = 0; i < watched_count; i++)
	{
		Watched    *w = &watched[i];
		DnsProbeAnswer answer;

		if (!w->waiting || evutil_sockaddr_cmp((const struct sockaddr *) &w->address, (const struct sockaddr *) peer, 1) != 0 ||
			!dns_probe_read(w->asked, w->zone, wire, length, &answer))
			continue;
		w->waiting = false;
		watched_set(w, SEEN_SERVED, answer.serial);
		if (answer.signed_until != 0)
			watched_set(w, SEEN_SIGNED_UNTIL, answer.signed_until);
		/* one that signs may count serials of its own: what it took tells how far it is */
		if (answer.signed_until == 0)
			dns_notify_served(w->zone, w->secondary, answer.serial);
		else if (w->took)
			dns_notify_served(w->zone, w->secondary, w->value[SEEN_TOOK]);
		return;
	}
}

/* --- telling the database -------------------------------------------------------------------- */

static bool
anything_new(const Watched *w)
{
	for (int i = 0; i < SEEN_COUNT; i++)
		if (w->is_new[i])
			return true;
	return false;
}

/* A report that is lost is made up for by the next: nothing is kept for it. */
static void
reported(void *arg, GwDbOutcome outcome, const PGresult *result)
{
	(void) arg;
	if (outcome == GW_DB_ERROR)
		gw_log(GW_LOG_WARNING, "report_refused", "%s", PQresultErrorMessage(result));
}

static void
report(evutil_socket_t fd, short what, void *arg)
{
	static GwBuf columns[2 + SEEN_COUNT];
	const char *values[2 + SEEN_COUNT];
	int			rows = 0;

	(void) fd;
	(void) what;
	(void) arg;
	for (int c = 0; c < 2 + SEEN_COUNT; c++)
	{
		gw_buf_reset(&columns[c]);
		gw_array_begin(&columns[c]);
	}
	for (int i = 0; i < watched_count; i++)
	{
		Watched    *w = &watched[i];

		if (!anything_new(w))
			continue;
		rows++;
		gw_array_add(&columns[0], w->zone);
		gw_array_add(&columns[1], w->secondary);
		for (int c = 0; c < SEEN_COUNT; c++)
		{
			char		number[16];

			snprintf(number, sizeof(number), "%u", w->value[c]);
			gw_array_add(&columns[2 + c], w->is_new[c] ? number : NULL);
			w->is_new[c] = false;
		}
	}
	if (rows == 0)
		return;
	for (int c = 0; c < 2 + SEEN_COUNT; c++)
	{
		gw_array_end(&columns[c]);
		values[c] = columns[c].data;
	}
	gw_db_call(dns_db, STATEMENT_SEEN, values, 0, reported, NULL);
}

static struct event *
timer_every(struct event_base *base, long seconds, event_callback_fn callback)
{
	const struct timeval every = {.tv_sec = seconds};
	struct event *timer = gw_memory_checked(event_new(base, -1, EV_PERSIST, callback, NULL));

	event_add(timer, &every);
	return timer;
}

void
dns_watch_start(struct event_base *base, bool asks)
{
	report_timer = timer_every(base, REPORT_EVERY_S, report);
	if (!asks || dns_settings.probe_every_s == 0)
		return;
	dns_client_open(&client, base, probe_answer);
	probe_timer = timer_every(base, dns_settings.probe_every_s, probe_round);
}

static void
event_end(struct event **event)
{
	if (*event)
		event_free(*event);
	*event = NULL;
}

void
dns_watch_stop(void)
{
	event_end(&report_timer);
	event_end(&probe_timer);
	dns_client_close(&client);
	for (int i = 0; i < watched_count; i++)
	{
		free(watched[i].zone);
		free(watched[i].secondary);
	}
	free(watched);
	watched = NULL;
	watched_count = 0;
}
