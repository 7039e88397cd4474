/*
 * dns_health.c
 *		The registry's health as metrics. See dns_health.h.
 *
 * Without an answer (a standby, or no database) the figures stay as they are
 * and dos_health_asked_seconds tells their age.
 */
#include "dns_health.h"
#include "dns_serve.h"
#include "dns_statements.h"
#include "gw_log.h"
#include "gw_memory.h"
#include "gw_metrics.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static struct event *timer;

/* Rows of (part, state, findings); parts are the registry's own words. */
static void
answered(void *arg, GwDbOutcome outcome, const PGresult *result)
{
	(void) arg;
	if (outcome != GW_DB_OK)
		return;
	for (int i = 0; i < PQntuples(result); i++)
	{
		char		labels[128];

		snprintf(labels, sizeof(labels), "part=\"%.60s\",state=\"%.8s\"", PQgetvalue(result, i, 0), PQgetvalue(result, i, 1));
		gw_metric_set(gw_metrics_gauge("dos_health_findings", "lines of dos.health() that are warn or bad", labels), atof(PQgetvalue(result, i, 2)));
	}
	gw_metric_set(gw_metrics_gauge("dos_health_asked_seconds", "when dos.health() was last answered, Unix time", ""), (double) time(NULL));
}

static void
ask(evutil_socket_t fd, short what, void *arg)
{
	(void) fd;
	(void) what;
	(void) arg;
	gw_db_call(dns_db, STATEMENT_HEALTH, NULL, 0, answered, NULL);
}

void
dns_health_start(struct event_base *base, long every_s)
{
	const struct timeval every = {.tv_sec = every_s};
	const struct timeval soon = {.tv_sec = 1};

	if (every_s == 0)
		return;
	timer = gw_memory_checked(event_new(base, -1, EV_PERSIST, ask, NULL));
	event_add(timer, &every);
	event_base_once(base, -1, EV_TIMEOUT, ask, NULL, &soon);
}

void
dns_health_stop(void)
{
	if (timer)
		event_free(timer);
	timer = NULL;
}
