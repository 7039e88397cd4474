/*
 * dns_main.c
 *		dos-dns: the hidden primary. SOA, AXFR, IXFR and NOTIFY for the zones of
 *		the registry, to the secondaries it lists; everything else is refused.
 */
#include "dns_access.h"
#include "dns_health.h"
#include "dns_key.h"
#include "dns_notify.h"
#include "dns_serve.h"
#include "dns_statements.h"
#include "dns_tcp.h"
#include "dns_udp.h"
#include "dns_watch.h"
#include "gw_listen.h"
#include "gw_log.h"
#include "gw_main.h"
#include "gw_memory.h"

#define ACCESS_EVERY_S 60

static const GwStatement statements[STATEMENT_COUNT] = {
	[STATEMENT_ZONES] = {"zones", "SELECT zone, serial FROM dos.dns_zones()", 0},
	[STATEMENT_SECONDARIES] = {"secondaries", "SELECT zone, secondary, address, port, notify, key_name FROM dos.dns_secondaries()", 0},
	[STATEMENT_SOA] = {"soa", "SELECT dos.dns_soa($1)", 1},
	/* two rows say that there is more than one message: then it is streamed */
	[STATEMENT_IXFR] = {"ixfr", "SELECT dos.dns_ixfr($1, $2, $3) LIMIT 2", 3},
	[STATEMENT_SEEN] = {"seen", "SELECT dos.dns_secondary_seen($1, $2, $3, $4, $5, $6)", 6},
	[STATEMENT_HEALTH] = {"health", "SELECT part, state, findings FROM dos.health_summary()", 0},
};

static const GwSetting settings[] = {
	{"listen", GW_LIST, &dns_settings.listen, "127.0.0.1:53", .fixed = true, .help = "addresses for UDP and TCP"},
	{"tsig_key", GW_LIST, &dns_settings.tsig_keys, NULL, .help = "TSIG keys, name:algorithm:base64; hmac-sha256, hmac-sha384 or hmac-sha512"},
	{"query_bytes_max", GW_INTEGER, &dns_settings.query_bytes_max, "4096", 512, 65535, .help = "longest query that is read"},
	{"tcp_sessions_max", GW_INTEGER, &dns_settings.tcp_sessions_max, "200", 1, 100000, .help = "open TCP connections; more are closed"},
	{"tcp_sessions_per_address_max", GW_INTEGER, &dns_settings.tcp_sessions_per_address_max, "50", 0, 100000, .help = "open TCP connections of one IPv4 address or IPv6 /64; more are closed; 0: no limit"},
	{"tcp_idle_timeout_s", GW_INTEGER, &dns_settings.tcp_idle_timeout_s, "30", 1, 3600, .help = "close a connection on which nothing moves, or whose query is not whole so long after its first octet"},
	{"udp_pending_max", GW_INTEGER, &dns_settings.udp_pending_max, "1000", 1, 100000, .help = "UDP queries that may wait for the database; more are dropped"},
	{"transfers_max", GW_INTEGER, &dns_settings.transfers_max, "20", 1, 1000, .help = "transfers at a time, each with a database connection"},
	{"transfer_timeout_s", GW_INTEGER, &dns_settings.transfer_timeout_s, "1800", 1, 86400, .help = "longest time a transfer may take"},
	{"ixfr_condensed", GW_BOOLEAN, &dns_settings.ixfr_condensed, "off", .help = "IXFR as one net difference instead of serial by serial"},
	{"notify_retry_max_s", GW_INTEGER, &dns_settings.notify_retry_max_s, "60", 1, 3600, .help = "longest wait between NOTIFYs to one that does not answer"},
	{"probe_every_s", GW_INTEGER, &dns_settings.probe_every_s, "60", 0, 86400, .fixed = true, .help = "how often secondaries are asked which serial they serve; 0: never"},
	{"health_every_s", GW_INTEGER, &dns_settings.health_every_s, "30", 0, 86400, .fixed = true, .help = "how often the registry is asked how it is, for the metrics; 0: never"},
};

/* One process tells the secondaries; it does not matter which. */
static bool
notifies(void)
{
	return gw_process == 0 && !gw_draining();
}

static void
access_changed(void)
{
	if (notifies())
		dns_notify_targets();
}

static void
access_timer(evutil_socket_t fd, short what, void *arg)
{
	(void) fd;
	(void) what;
	(void) arg;
	dns_access_load(dns_db, access_changed);
}

/* Channel dos_zone: "<zone> <serial>", "*" when the list has changed, NULL when something may have been missed. */
static void
zone_heard(void *arg, const char *payload)
{
	char		name[256];
	unsigned	serial;
	DnsZone    *zone;

	(void) arg;
	if (payload == NULL || sscanf(payload, "%255s %u", name, &serial) != 2 || (zone = dns_zone_find(name)) == NULL)
	{
		dns_access_load(dns_db, access_changed);
		return;
	}
	zone->serial = serial;
	if (notifies())
		dns_notify_zone(name, serial);
}

static bool
check(void)
{
	return dns_keys_load(&dns_settings.tsig_keys);
}

static bool
start(struct event_base *base)
{
	const struct timeval every = {.tv_sec = ACCESS_EVERY_S};
	struct event *timer = gw_memory_checked(event_new(base, -1, EV_PERSIST, access_timer, NULL));

	if (!dns_keys_load(&dns_settings.tsig_keys))
		return false;
	dns_db = gw_db_new(base, "dos-dns", statements, STATEMENT_COUNT);
	gw_db_listen(dns_db, "dos_zone", zone_heard, NULL);
	event_add(timer, &every);
	dns_watch_start(base, gw_process == 0);
	if (gw_process == 0)
		dns_health_start(base, dns_settings.health_every_s);
	return (gw_process != 0 || dns_notify_start(base)) && dns_udp_listen(base, &dns_settings.listen) &&
		gw_listen(base, &dns_settings.listen, dns_tcp_accepted, base);
}

static void
reload(void)
{
	dns_keys_load(&dns_settings.tsig_keys);
	dns_access_load(dns_db, access_changed);
}

static void
drain(void)
{
	dns_udp_close();
	dns_notify_stop();
	dns_watch_stop();
	dns_health_stop();
	dns_tcp_drain(gw_quit);
}

static const GwProgram program = {
	.name = "dos-dns",
	.purpose = "zone transfers to the registry's secondaries (AXFR, IXFR, NOTIFY, TSIG)",
	.settings = settings,
	.setting_count = sizeof(settings) / sizeof(settings[0]),
	.check = check,
	.start = start,
	.reload = reload,
	.drain = drain,
};

int
main(int argc, char **argv)
{
	return gw_main(argc, argv, &program);
}
