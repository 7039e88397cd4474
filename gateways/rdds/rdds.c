/*
 * rdds.c
 *		dos-whois: WHOIS (RFC 3912) and the availability service (DAS) on TCP and UDP.
 *
 * Everything a client can ask for is one of two SQL functions; the gateway only
 * reads lines, limits clients and passes answers on.
 */
#include "rdds.h"
#include "gw_listen.h"
#include "gw_log.h"
#include "gw_main.h"
#include "gw_proxy.h"

#include <stdio.h>

RddsSettings rdds_settings;
struct event_base *rdds_loop;
GwBatch    *rdds_batch[RDDS_SERVICE_COUNT];
GwLimit    *rdds_limit;
GwCounts   *rdds_counts;
int			rdds_connections;

static GwNetworks proxies;

static const char *const kinds[RDDS_KIND_COUNT] = {
	[RDDS_KIND_WHOIS] = "whois",
	[RDDS_KIND_WHOIS_LIMITED] = "whois-limited",
	[RDDS_KIND_DAS] = "das",
	[RDDS_KIND_DAS_LIMITED] = "das-limited",
};

static const GwSetting settings[] = {
	{"whois_listen", GW_LIST, &rdds_settings.whois_listen, "127.0.0.1:43", .fixed = true,
	.help = "addresses of the WHOIS service"},
	{"das_listen", GW_LIST, &rdds_settings.das_listen, NULL, .fixed = true,
	.help = "addresses of the availability service; off when empty"},
	{"das_udp_listen", GW_LIST, &rdds_settings.das_udp_listen, NULL, .fixed = true,
	.help = "addresses of the availability service over UDP; off when empty"},
	{"read_timeout_s", GW_INTEGER, &rdds_settings.read_timeout_s, "10", 1, 3600,
	.help = "longest time until a whole query has come (DAS: from the first octet of a line); WHOIS: also for writing the answer"},
	{"idle_timeout_s", GW_INTEGER, &rdds_settings.idle_timeout_s, "60", 1, 3600,
	.help = "DAS: longest time without a line"},
	{"connections_max", GW_INTEGER, &rdds_settings.connections_max, "10000", 1, 1000000,
	.help = "open connections of each process; more are closed at once"},
	{"connections_per_address_max", GW_INTEGER, &rdds_settings.connections_per_address_max, "1000", 0, 1000000,
	.help = "the same from one IPv4 address or IPv6 /64; 0: no limit"},
	{"rate_limit", GW_INTEGER, &rdds_settings.rate_limit, "100", 0, 1000000,
	.help = "queries in rate_period_s from one IPv4 address or IPv6 /64, in each process; 0: no limit"},
	{"rate_period_s", GW_INTEGER, &rdds_settings.rate_period_s, "1", 1, 86400,
	.help = "the period of rate_limit: 10 queries in 60 s are one each 6 s"},
	{"rate_burst", GW_INTEGER, &rdds_settings.rate_burst, "1000", 1, 1000000,
	.help = "queries that may come at once after a pause"},
	{"rate_48_times", GW_INTEGER, &rdds_settings.rate_wide, "16", 0, 65536,
	.help = "so many times the rate and burst are allowed to one IPv6 /48; 0: no limit of its own"},
	{"rate_exempt", GW_LIST, &rdds_settings.rate_exempt, "127.0.0.0/8 ::1/128",
	.help = "networks without these limits; \"none\" for none"},
	{"proxy_protocol", GW_LIST, &rdds_settings.proxy_protocol, NULL,
	.help = "networks of proxies: a connection from there must begin with a PROXY header, version 1 or 2"},
	{"count_s", GW_INTEGER, &rdds_settings.count_s, "10", 0, 3600, .fixed = true,
	.help = "how often the numbers of queries are brought to the database; 0: never"},
	{"count_database", GW_TEXT, &rdds_settings.count_database, NULL, .fixed = true,
	.help = "connection string for them; else that of \"database\", where a host that takes writes will do"},
	{"batch_size", GW_INTEGER, &rdds_settings.batch_size, "32", 1, 1000, .fixed = true,
	.help = "most queries that share one database call"},
	{"batches_in_flight", GW_INTEGER, &rdds_settings.batches_in_flight, "4", 1, 256, .fixed = true,
	.help = "database calls of one service that run at the same time before queries wait and share"},
};

static const GwStatement statements[] = {
	[RDDS_WHOIS] = {"whois", "SELECT answer FROM dos.whois_answers($1) AS answer", 1},
	[RDDS_DAS] = {"das", "SELECT status FROM dos.das_check($1)", 1},
};

static const char *const service_names[] = {
	[RDDS_WHOIS] = "whois",
	[RDDS_DAS] = "das",
};

#define OUTCOMES_KNOWN 16		/* more than there are; what finds no room is looked up each time */

/* Looked up by the address of the word, which is a constant of the program. */
static GwMetric *
outcome_counter(RddsService service, const char *outcome)
{
	static struct
	{
		const char *outcome;
		GwMetric   *counter;
	}			known[RDDS_SERVICE_COUNT][OUTCOMES_KNOWN];
	char		labels[64];
	int			place = 0;
	GwMetric   *counter;

	while (place < OUTCOMES_KNOWN && known[service][place].outcome != NULL)
	{
		if (known[service][place].outcome == outcome)
			return known[service][place].counter;
		place++;
	}
	snprintf(labels, sizeof(labels), "service=\"%s\",outcome=\"%s\"", service_names[service], outcome);
	counter = gw_metrics_counter("dos_rdds_queries_total", "WHOIS and DAS queries by outcome", labels);
	if (place < OUTCOMES_KNOWN)
	{
		known[service][place].outcome = outcome;
		known[service][place].counter = counter;
	}
	return counter;
}

void
rdds_count(RddsService service, const char *outcome)
{
	gw_metric_add(outcome_counter(service, outcome), 1);
}

static GwMetric *
connection_gauge(RddsService service)
{
	static GwMetric *gauges[RDDS_SERVICE_COUNT];
	char		labels[32];

	if (gauges[service] == NULL)
	{
		snprintf(labels, sizeof(labels), "service=\"%s\"", service_names[service]);
		gauges[service] = gw_metrics_gauge("dos_rdds_connections", "open connections", labels);
	}
	return gauges[service];
}

bool
rdds_entered(RddsService service, const struct sockaddr *peer)
{
	if (rdds_connections >= rdds_settings.connections_max || !gw_limit_enter(rdds_limit, peer))
	{
		rdds_count(service, "crowded");
		return false;
	}
	rdds_connections++;
	gw_metric_add(connection_gauge(service), 1);
	return true;
}

void
rdds_left(RddsService service, const struct sockaddr *peer)
{
	gw_limit_leave(rdds_limit, peer);
	gw_metric_add(connection_gauge(service), -1);
	rdds_connections--;
	if (gw_draining() && rdds_connections == 0)
		gw_counts_end(rdds_counts, gw_quit);
}

static void
limits_apply(void)
{
	gw_limit_set(rdds_limit, rdds_settings.rate_limit, rdds_settings.rate_burst,
				 rdds_settings.connections_per_address_max);
	gw_limit_set_period(rdds_limit, rdds_settings.rate_period_s);
	gw_limit_set_wide(rdds_limit, rdds_settings.rate_wide);
	gw_limit_exempt(rdds_limit, &rdds_settings.rate_exempt);
	gw_networks_set(&proxies, &rdds_settings.proxy_protocol);
}

static bool
check(void)
{
	return gw_limit_exempt(NULL, &rdds_settings.rate_exempt) && gw_networks_set(NULL, &rdds_settings.proxy_protocol);
}

static bool
start(struct event_base *base)
{
	GwDb	   *db = gw_db_new(base, "dos-whois", statements, RDDS_SERVICE_COUNT);

	rdds_loop = base;
	rdds_limit = gw_limit_new();
	limits_apply();
	rdds_counts = gw_counts_new(base, "dos-whois", kinds, RDDS_KIND_COUNT, rdds_settings.count_s, rdds_settings.count_database);
	for (int service = 0; service < RDDS_SERVICE_COUNT; service++)
		rdds_batch[service] = gw_batch_new(base, db, service, NULL, (int) rdds_settings.batch_size,
										   (int) rdds_settings.batches_in_flight);
	return gw_listen(base, &rdds_settings.whois_listen, gw_proxy_accepted,
					 gw_proxy_door_new(base, &proxies, &rdds_settings.read_timeout_s, whois_accepted, NULL)) &&
		gw_listen(base, &rdds_settings.das_listen, gw_proxy_accepted,
				  gw_proxy_door_new(base, &proxies, &rdds_settings.read_timeout_s, das_accepted, NULL)) &&
		das_udp_listen(&rdds_settings.das_udp_listen);
}

static void
drain(void)
{
	das_drain();
	if (rdds_connections == 0)
		gw_counts_end(rdds_counts, gw_quit);
}

const GwProgram rdds_program = {
	.name = "dos-whois",
	.purpose = "WHOIS and availability (DAS)",
	.settings = settings,
	.setting_count = sizeof(settings) / sizeof(settings[0]),
	.check = check,
	.start = start,
	.reload = limits_apply,
	.drain = drain,
};
