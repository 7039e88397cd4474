/*
 * dns_notify.c
 *		NOTIFY. See dns_notify.h.
 *
 * A target is a zone at a secondary. It is sent a NOTIFY at each new serial
 * and, until it answers, after 1, 2, 4 ... seconds, at most
 * `notify_retry_max_s` apart, for as long as it is on the list.
 */
#include "dns_notify.h"
#include "dns_access.h"
#include "dns_client.h"
#include "dns_notify_message.h"
#include "dns_serve.h"
#include "dns_watch.h"
#include "gw_listen.h"
#include "gw_log.h"
#include "gw_memory.h"
#include "gw_metrics.h"

#include <event2/util.h>

typedef struct Target
{
	char	   *zone;
	char	   *secondary;
	struct sockaddr_storage address;
	const DnsKey *key;
	bool		listed;			/* seen in the list being taken over */
	uint32_t	serial;			/* the newest */
	bool		waiting;		/* not acknowledged yet */
	uint32_t	missed;			/* the newest serial when it was seen behind */
	long		attempts;
	DnsNotify	sent;			/* what the answer must fit */
	struct event *timer;
	GwMetric   *serial_metric;
	GwMetric   *waiting_metric;
} Target;

static struct event_base *loop;
static Target **targets;
static int	target_count;
static DnsClient client;

static void
target_log(GwLogLevel level, const char *event, const Target *target, const char *message)
{
	gw_log_begin(level, event);
	gw_log_text("zone", target->zone);
	gw_log_text("secondary", target->secondary);
	gw_log_integer("serial", target->serial);
	gw_log_integer("attempts", target->attempts);
	gw_log_text("message", message);
	gw_log_end();
}

static void
target_send(Target *target)
{
	uint8_t		message[DNS_NOTIFY_MAX];
	long		wait = target->attempts < 16 ? 1L << target->attempts : dns_settings.notify_retry_max_s;
	struct timeval again = {.tv_sec = wait > dns_settings.notify_retry_max_s ? dns_settings.notify_retry_max_s : wait};

	dns_client_send(&client, &target->address, message, dns_notify_write(&target->sent, target->zone, target->key, message));
	gw_metric_add(gw_metrics_counter("dos_dns_notify_sent_total", "NOTIFY messages sent", ""), 1);
	if (++target->attempts == 5)
		target_log(GW_LOG_WARNING, "notify_unanswered", target, "secondary does not acknowledge; trying on");
	event_add(target->timer, &again);
}

static void
target_timer(evutil_socket_t fd, short what, void *arg)
{
	(void) fd;
	(void) what;
	target_send(arg);
}

static void
target_tell(Target *target, uint32_t serial)
{
	target->serial = serial;
	target->waiting = true;
	target->attempts = 0;
	gw_metric_set(target->waiting_metric, 1);
	target_send(target);
}

static void
target_acknowledged(Target *target)
{
	target->waiting = false;
	event_del(target->timer);
	gw_metric_set(target->waiting_metric, 0);
	gw_metric_set(target->serial_metric, target->serial);
	dns_watch_acknowledged(target->zone, target->secondary, target->serial);
	target_log(GW_LOG_DEBUG, "notify_acknowledged", target, NULL);
}

static bool
same_peer(const Target *target, const struct sockaddr_storage *peer)
{
	return evutil_sockaddr_cmp((const struct sockaddr *) &target->address, (const struct sockaddr *) peer, 1) == 0;
}

/* An answer acknowledges the NOTIFY whose id, address and key it has. */
static void
answer_take(const struct sockaddr_storage *peer, const uint8_t *wire, size_t length)
{
	for (int i = 0; i < target_count; i++)
	{
		Target	   *target = targets[i];

		if (!target->waiting || !same_peer(target, peer))
			continue;
		switch (dns_notify_answer(&target->sent, wire, length))
		{
			case NOTIFY_ACKNOWLEDGED:
				target_acknowledged(target);
				return;
			case NOTIFY_REFUSED:
				target_log(GW_LOG_WARNING, "notify_refused", target, "secondary refuses NOTIFY");
				return;
			case NOTIFY_OTHER:
				break;
		}
	}
}

static Target *
target_find(const DnsSecondary *secondary)
{
	for (int i = 0; i < target_count; i++)
		if (strcmp(targets[i]->zone, secondary->zone) == 0 && strcmp(targets[i]->secondary, secondary->name) == 0 &&
			same_peer(targets[i], &secondary->address))
			return targets[i];
	return NULL;
}

static Target *
target_new(const DnsSecondary *secondary)
{
	Target	   *target = gw_new(sizeof(*target));
	char		labels[512];

	target->zone = gw_strdup(secondary->zone);
	target->secondary = gw_strdup(secondary->name);
	target->address = secondary->address;
	target->timer = gw_memory_checked(event_new(loop, -1, 0, target_timer, target));
	snprintf(labels, sizeof(labels), "zone=\"%s\",secondary=\"%s\"", target->zone, target->secondary);
	target->serial_metric = gw_metrics_gauge("dos_dns_notify_acknowledged_serial", "newest serial a secondary was told of and acknowledged", labels);
	target->waiting_metric = gw_metrics_gauge("dos_dns_notify_waiting", "1 while a secondary has not acknowledged the newest serial", labels);
	targets = gw_realloc(targets, (size_t) (target_count + 1) * sizeof(*targets));
	targets[target_count++] = target;
	return target;
}

static void
target_free(Target *target)
{
	gw_metric_set(target->waiting_metric, 0);
	event_free(target->timer);
	free(target->zone);
	free(target->secondary);
	free(target);
}

void
dns_notify_targets(void)
{
	int			count;
	int			kept = 0;
	const DnsSecondary *secondaries = dns_secondaries(&count);

	for (int i = 0; i < target_count; i++)
		targets[i]->listed = false;
	for (int i = 0; i < count; i++)
	{
		const DnsZone *zone = dns_zone_find(secondaries[i].zone);
		Target	   *target;

		if (!secondaries[i].notify || zone == NULL)
			continue;
		target = target_find(&secondaries[i]);
		if (target == NULL)
			target = target_new(&secondaries[i]);
		target->listed = true;
		target->key = secondaries[i].key_name ? dns_key_find(secondaries[i].key_name) : NULL;
		if (target->serial != zone->serial || (target->attempts == 0 && !target->waiting))
			target_tell(target, zone->serial);
	}
	for (int i = 0; i < target_count; i++)
		if (targets[i]->listed)
			targets[kept++] = targets[i];
		else
			target_free(targets[i]);
	target_count = kept;
}

void
dns_notify_zone(const char *zone, uint32_t serial)
{
	for (int i = 0; i < target_count; i++)
		if (strcmp(targets[i]->zone, zone) == 0 && targets[i]->serial != serial)
			target_tell(targets[i], serial);
}

/*
 * An acknowledgement is no promise: one that was reading its zone at that
 * moment may forget what it was told, and would stay behind until the next
 * change or its refresh. Seen behind the same serial twice, it is told again.
 */
void
dns_notify_served(const char *zone, const char *secondary, uint32_t serial)
{
	for (int i = 0; i < target_count; i++)
	{
		Target	   *target = targets[i];

		if (target->waiting || strcmp(target->zone, zone) != 0 || strcmp(target->secondary, secondary) != 0 ||
			(int32_t) (target->serial - serial) <= 0)
			continue;
		if (target->missed == target->serial)
		{
			target_log(GW_LOG_INFO, "notify_reminds", target, "secondary acknowledged this serial and serves an older one");
			target_tell(target, target->serial);
		}
		target->missed = target->serial;
	}
}

bool
dns_notify_start(struct event_base *base)
{
	loop = base;
	return dns_client_open(&client, base, answer_take);
}

void
dns_notify_stop(void)
{
	for (int i = 0; i < target_count; i++)
		target_free(targets[i]);
	target_count = 0;
	dns_client_close(&client);
}
