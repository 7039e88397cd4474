/*
 * dns_tcp.c
 *		TCP sessions. See dns_tcp.h.
 *
 *		READING -> ASKING (SOA) or TRANSFERRING -> READING ...
 *
 * While it answers, a session reads nothing, so a client cannot queue work.
 * While the client takes nothing, nothing is read from the database, and no
 * further query is answered. A query must be whole tcp_idle_timeout_s after its
 * first octet, so that one octet now and then holds no session.
 */
#include "dns_tcp.h"
#include "dns_serve.h"
#include "dns_transfer.h"
#include "gw_limit.h"
#include "gw_log.h"
#include "gw_memory.h"
#include "gw_metrics.h"

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <libknot/consts.h>
#include <sys/queue.h>

#define OUTPUT_HIGH (1024 * 1024)	/* octets waiting for the client: stop reading rows */
#define OUTPUT_LOW	(256 * 1024)	/* and go on again */

typedef struct DnsSession
{
	TAILQ_ENTRY(DnsSession) link;
	struct event_base *base;
	struct bufferevent *bev;
	struct sockaddr_storage peer;
	GwDbRequest *request;		/* asking for a SOA */
	DnsTransfer *transfer;		/* transferring */
	bool		paused;
	struct event *slow;			/* pending: a query has begun and is not whole */
	DnsQuery	query;
} DnsSession;

static TAILQ_HEAD(, DnsSession) sessions = TAILQ_HEAD_INITIALIZER(sessions);
static long session_count;
static GwLimit *limit;
static void (*drained) (void);

static GwMetric *
session_gauge(void)
{
	static GwMetric *gauge;

	if (gauge == NULL)
		gauge = gw_metrics_gauge("dos_dns_tcp_sessions", "open TCP connections", "");
	return gauge;
}

static void
session_close(DnsSession *session)
{
	if (session->request)
		gw_db_cancel(session->request);
	if (session->transfer)
		dns_transfer_free(session->transfer);
	event_free(session->slow);
	gw_limit_leave(limit, (struct sockaddr *) &session->peer);
	bufferevent_free(session->bev);
	TAILQ_REMOVE(&sessions, session, link);
	session_count--;
	gw_metric_add(session_gauge(), -1);
	free(session);
	if (drained && session_count == 0)
		drained();
}

static void
session_send(DnsSession *session, const uint8_t *message, size_t length)
{
	const uint8_t prefix[2] = {(uint8_t) (length >> 8), (uint8_t) length};
	struct evbuffer *output = bufferevent_get_output(session->bev);

	evbuffer_add(output, prefix, sizeof(prefix));
	evbuffer_add(output, message, length);
}

static void session_next(DnsSession *session);

/* The query is answered; take the next one. */
static void
session_answered(DnsSession *session)
{
	bufferevent_enable(session->bev, EV_READ);
	session_next(session);
}

static void
session_answer_error(DnsSession *session)
{
	uint8_t		message[DNS_MESSAGE_MAX];
	size_t		length = dns_message(&session->query, NULL, 0, message);

	dns_serve_count(&session->query);
	if (length > 0)
		session_send(session, message, length);
}

static void
soa_came(void *arg, GwDbOutcome outcome, const PGresult *result)
{
	DnsSession *session = arg;
	uint8_t		message[DNS_MESSAGE_MAX];
	size_t		length = dns_serve_soa(&session->query, outcome, result, message);

	session->request = NULL;
	if (length > 0)
		session_send(session, message, length);
	session_answered(session);
}

static void
transfer_message(void *arg, const uint8_t *message, size_t length)
{
	DnsSession *session = arg;

	session_send(session, message, length);
	if (!session->paused && evbuffer_get_length(bufferevent_get_output(session->bev)) > OUTPUT_HIGH)
	{
		session->paused = true;
		dns_transfer_pause(session->transfer);
	}
}

static void
transfer_ended(void *arg, DnsTransferEnd how)
{
	DnsSession *session = arg;

	dns_transfer_free(session->transfer);
	session->transfer = NULL;
	session->paused = false;
	if (how == TRANSFER_BROKEN)
	{
		/* half a transfer must not look like a whole one (RFC 5936 section 2.2) */
		session_close(session);
		return;
	}
	if (how == TRANSFER_FAILED)
	{
		dns_query_refuse(&session->query, KNOT_RCODE_SERVFAIL);
		session_answer_error(session);
	}
	else
		dns_serve_count(&session->query);
	session_answered(session);
}

/* Begin the answer. True when it is complete already. */
static bool
session_query(DnsSession *session, const uint8_t *wire, size_t length)
{
	const DnsTransferSink sink = {transfer_message, transfer_ended, session};
	const DnsSecondary *secondary;

	dns_query_read(&session->query, wire, length, true);
	if (session->query.kind == DNS_DROP)
		return true;
	secondary = dns_serve_judge(&session->query, (struct sockaddr *) &session->peer);
	if (secondary && session->query.kind == DNS_SOA)
		session->request = dns_serve_soa_ask(&session->query, soa_came, session);
	else if (secondary)
	{
		session->transfer = dns_transfer_start(session->base, &session->query, secondary->name, &sink);
		if (session->transfer == NULL)
		{
			gw_log(GW_LOG_WARNING, "transfers_full", "zone %s for %s: transfers_max are running", session->query.zone, secondary->name);
			dns_query_refuse(&session->query, KNOT_RCODE_SERVFAIL);
		}
	}
	if (session->query.kind == DNS_ERROR)
	{
		session_answer_error(session);
		return true;
	}
	bufferevent_disable(session->bev, EV_READ);
	return false;
}

/* The rest of a query that has begun must come in time. */
static void
session_await(DnsSession *session)
{
	const struct timeval time = {.tv_sec = dns_settings.tcp_idle_timeout_s};

	if (evbuffer_get_length(bufferevent_get_input(session->bev)) == 0)
		event_del(session->slow);
	else if (!event_pending(session->slow, EV_TIMEOUT, NULL))
		event_add(session->slow, &time);
}

static bool
session_full(const DnsSession *session)
{
	return evbuffer_get_length(bufferevent_get_output(session->bev)) > OUTPUT_HIGH;
}

/* Take queries from what has been read, until one is being answered. Closes on a frame that is not a query. */
static void
session_next(DnsSession *session)
{
	struct evbuffer *input = bufferevent_get_input(session->bev);
	uint8_t		prefix[2];

	while (!drained && !session_full(session) && evbuffer_copyout(input, prefix, sizeof(prefix)) == sizeof(prefix))
	{
		size_t		length = (size_t) prefix[0] << 8 | prefix[1];
		bool		complete;

		if (length < DNS_HEADER || length > (size_t) dns_settings.query_bytes_max)
		{
			session_close(session);
			return;
		}
		if (evbuffer_get_length(input) < length + sizeof(prefix))
			break;
		complete = session_query(session, evbuffer_pullup(input, (ev_ssize_t) (length + sizeof(prefix))) + sizeof(prefix), length);
		evbuffer_drain(input, length + sizeof(prefix));
		event_del(session->slow);
		if (!complete)
			return;
	}
	if (drained && evbuffer_get_length(bufferevent_get_output(session->bev)) == 0)
		session_close(session);
	else if (!session_full(session))
		session_await(session);
}

static void
session_readable(struct bufferevent *bev, void *arg)
{
	(void) bev;
	session_next(arg);
}

static void
session_writable(struct bufferevent *bev, void *arg)
{
	DnsSession *session = arg;

	(void) bev;
	if (session->transfer && session->paused)
	{
		session->paused = false;
		dns_transfer_resume(session->transfer);
	}
	else if (drained && session->transfer == NULL && session->request == NULL &&
			 evbuffer_get_length(bufferevent_get_output(session->bev)) == 0)
		session_close(session);
	else if (!drained && session->transfer == NULL && session->request == NULL)
		session_next(session);
}

static void
session_slow(evutil_socket_t fd, short what, void *arg)
{
	(void) fd;
	(void) what;
	session_close(arg);
}

/* The end, an error, or silence for tcp_idle_timeout_s. */
static void
session_event(struct bufferevent *bev, short what, void *arg)
{
	(void) bev;
	(void) what;
	session_close(arg);
}

void
dns_tcp_accepted(struct evconnlistener *listener, evutil_socket_t fd, struct sockaddr *address, int length, void *arg)
{
	const struct timeval idle = {.tv_sec = dns_settings.tcp_idle_timeout_s};
	DnsSession *session;

	(void) listener;
	if (limit == NULL)
		limit = gw_limit_new();
	gw_limit_set(limit, 0, 1, dns_settings.tcp_sessions_per_address_max);
	if (session_count >= dns_settings.tcp_sessions_max || (size_t) length > sizeof(session->peer) || !gw_limit_enter(limit, address))
	{
		evutil_closesocket(fd);
		return;
	}
	session = gw_new(sizeof(*session));
	session->base = arg;
	memcpy(&session->peer, address, (size_t) length);
	session->slow = gw_memory_checked(event_new(arg, -1, 0, session_slow, session));
	session->bev = gw_memory_checked(bufferevent_socket_new(arg, fd, BEV_OPT_CLOSE_ON_FREE | BEV_OPT_DEFER_CALLBACKS));
	bufferevent_setcb(session->bev, session_readable, session_writable, session_event, session);
	bufferevent_setwatermark(session->bev, EV_READ, 0, (size_t) dns_settings.query_bytes_max + 2);
	bufferevent_setwatermark(session->bev, EV_WRITE, OUTPUT_LOW, 0);
	bufferevent_set_timeouts(session->bev, &idle, &idle);
	bufferevent_enable(session->bev, EV_READ | EV_WRITE);
	TAILQ_INSERT_TAIL(&sessions, session, link);
	session_count++;
	gw_metric_add(session_gauge(), 1);
}

void
dns_tcp_drain(void (*done) (void))
{
	DnsSession *session;
	DnsSession *next;

	drained = done;
	for (session = TAILQ_FIRST(&sessions); session; session = next)
	{
		next = TAILQ_NEXT(session, link);
		/* low-water mark 0: the last octets call session_writable() */
		bufferevent_setwatermark(session->bev, EV_WRITE, 0, 0);
		if (session->transfer == NULL && session->request == NULL)
			session_close(session);
	}
	if (TAILQ_EMPTY(&sessions))
		done();
}
