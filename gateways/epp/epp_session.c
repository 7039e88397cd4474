/*
 * epp_session.c
 *		One TLS connection of a registrar. See epp_session.h.
 *
 * epp_session_enter() is the only place where the state changes. How sessions
 * end is in epp_session_end.c.
 */
#include "epp_session.h"
#include "epp_session_end.h"
#include "epp_execute.h"
#include "epp_frame.h"
#include "epp_greeting.h"
#include "epp_report.h"
#include "gw_listen.h"
#include "gw_limit.h"
#include "gw_log.h"
#include "gw_main.h"
#include "gw_memory.h"
#include "gw_metrics.h"

#include <assert.h>
#include <event2/buffer.h>
#include <event2/bufferevent_ssl.h>
#include <openssl/err.h>
#include <time.h>
#include <unistd.h>

#define OUTPUT_PAUSE_BYTES (256 * 1024)	/* no further command while this much is unsent */

EppLimits	epp_limits;

static struct event_base *loop;
static GwTls *tls;
static LIST_HEAD(EppSessionList, EppSession) sessions = LIST_HEAD_INITIALIZER(sessions);
static int	session_total;
static GwLimit *limit;
static GwMetric *session_gauge;

static void session_read(struct bufferevent *bev, void *arg);

void
epp_session_enter(EppSession *session, EppState state)
{
	static const unsigned allowed_from[] = {
		[EPP_WAITING] = 1u << EPP_HANDSHAKE,
		[EPP_GREETED] = 1u << EPP_HANDSHAKE | 1u << EPP_WAITING,
		[EPP_OPEN] = 1u << EPP_GREETED,
		[EPP_CLOSING] = 1u << EPP_HANDSHAKE | 1u << EPP_WAITING | 1u << EPP_GREETED | 1u << EPP_OPEN,
	};

	assert(allowed_from[state] & (1u << session->state));
	session->state = state;
}

bool
epp_session_forget(EppSession *session)
{
	epp_report_ended(session->id);
	LIST_REMOVE(session, link);
	gw_limit_leave(limit, &session->peer.any);
	session_total--;
	gw_metric_set(session_gauge, session_total);
	return session_total == 0;
}

void
epp_session_send(EppSession *session, const GwBuf *document)
{
	uint8_t		header[EPP_FRAME_HEADER];
	struct evbuffer *output;

	if (session->bev == NULL)
		return;
	output = bufferevent_get_output(session->bev);
	epp_frame_write(header, document->length);
	evbuffer_expand(output, EPP_FRAME_HEADER + document->length);
	evbuffer_add(output, header, sizeof(header));
	evbuffer_add(output, document->data, document->length);
}

static void
session_greet(EppSession *session)
{
	static GwBuf greeting;

	epp_session_enter(session, EPP_GREETED);
	gw_buf_reset(&greeting);
	epp_greeting_write(&greeting);
	epp_session_send(session, &greeting);
}

/* The document of a whole frame, in one piece. */
static void
session_run(EppSession *session, struct evbuffer *input, size_t length)
{
	unsigned char *frame = evbuffer_pullup(input, (ssize_t) length);

	session->partial_ms = 0;
	session->running = true;
	session->active_ms = epp_clock_ms();
	epp_execute(session, (const char *) frame + EPP_FRAME_HEADER, length - EPP_FRAME_HEADER);
	evbuffer_drain(input, length);
}

/* An answer that names no command, then the end. */
static void
session_refuse_frame(EppSession *session, const char *reason)
{
	epp_session_count_end("bad_frame");
	epp_execute_refuse(session, reason);
	epp_session_close(session);
}

/*
 * Run the next whole frame, if there is one and nothing is running. Not a
 * loop over all frames: epp_session_done() comes back here.
 */
static bool
session_step(EppSession *session)
{
	struct evbuffer *input = bufferevent_get_input(session->bev);
	size_t		available = evbuffer_get_length(input);
	uint8_t		header[EPP_FRAME_HEADER] = {0};
	size_t		length;

	if (session->running || session->state < EPP_GREETED || session->state == EPP_CLOSING || available == 0)
		return false;
	if (evbuffer_get_length(bufferevent_get_output(session->bev)) > OUTPUT_PAUSE_BYTES)
		return false;
	evbuffer_copyout(input, header, sizeof(header));
	switch (epp_frame_read(header, available, (size_t) epp_limits.frame_bytes_max, &length))
	{
		case EPP_FRAME_PARTIAL:
			if (session->partial_ms == 0)
			{
				session->partial_ms = epp_clock_ms();
				epp_session_arm(session);
			}
			return false;
		case EPP_FRAME_SHORT:
			session_refuse_frame(session, "a frame has at least 5 octets");
			return false;
		case EPP_FRAME_LONG:
			session_refuse_frame(session, "the frame is longer than this server accepts");
			return false;
		case EPP_FRAME_READY:
			break;
	}
	session_run(session, input, length);
	return true;
}

/*
 * Run what can be run. Frames that are answered without the database follow
 * each other in this loop, not by recursion through epp_session_done().
 */
static void
session_steps(EppSession *session)
{
	if (session->stepping)
		return;
	session->stepping = true;
	while (session_step(session) && !session->running)
		;
	session->stepping = false;
	if (session->last && !session->running && session->state != EPP_CLOSING)
		epp_session_close(session);
}

/* What ends a session is heard between two commands: those that wait are answered (epp_execute.c), then it is closed. */
void
epp_session_done(EppSession *session, bool close)
{
	session->running = false;
	session->active_ms = epp_clock_ms();
	session->last = session->ending || gw_draining();
	if (session->bev == NULL)
		epp_session_release(session);
	else if (close)
		epp_session_close(session);
	else
		session_steps(session);
}

static void
session_read(struct bufferevent *bev, void *arg)
{
	EppSession *session = arg;

	if (session->state == EPP_CLOSING)
		evbuffer_drain(bufferevent_get_input(bev), (size_t) -1);
	else
		session_steps(session);
}

/* Output is drained. */
static void
session_written(struct bufferevent *bev, void *arg)
{
	EppSession *session = arg;

	(void) bev;
	if (session->state == EPP_CLOSING)
		epp_session_linger(session);
	else
		session_steps(session);
}

/* The handshake is over: greet, and read no more than one frame ahead. */
static void
session_connected(EppSession *session)
{
	bufferevent_setwatermark(session->bev, EV_READ, 0, (size_t) epp_limits.frame_bytes_max + EPP_FRAME_HEADER);
	if (epp_greeting_known())
		session_greet(session);
	else
		epp_session_enter(session, EPP_WAITING);
}

/* Why the handshake failed, for the operator. */
static void
log_handshake(EppSession *session, struct bufferevent *bev)
{
	unsigned long code = bufferevent_get_openssl_error(bev);
	char		text[160] = "connection closed";

	if (code)
		ERR_error_string_n(code, text, sizeof(text));
	gw_metric_add(gw_metrics_counter("dos_epp_handshake_failures_total", "TLS handshakes that failed", ""), 1);
	gw_log_begin(GW_LOG_INFO, "handshake_failed");
	gw_log_text("address", session->address);
	gw_log_text("message", text);
	gw_log_end();
}

static void
session_event(struct bufferevent *bev, short what, void *arg)
{
	EppSession *session = arg;

	if (what & BEV_EVENT_CONNECTED)
	{
		session_connected(session);
		return;
	}
	if (session->state == EPP_HANDSHAKE)
		log_handshake(session, bev);
	epp_session_drop(session, session->state == EPP_CLOSING ? "closed" : what & BEV_EVENT_TIMEOUT ? "write_timeout"
				 : "disconnected");
}

void
epp_session_accept(struct evconnlistener *listener, evutil_socket_t fd, struct sockaddr *address, int length, void *arg)
{
	const struct timeval write_timeout = {epp_limits.write_timeout_s, 0};
	EppSession *session;

	(void) listener;
	(void) arg;
	if (limit == NULL)
		limit = gw_limit_new();
	gw_limit_set(limit, 0, 1, epp_limits.sessions_per_address_max);
	if (session_total >= epp_limits.sessions_max || !gw_limit_enter(limit, address))
	{
		epp_session_count_end("too_many");
		close(fd);
		return;
	}
	session = gw_new(sizeof(*session));
	gw_address_set(&session->peer, address, length);
	gw_address_text(address, session->address, sizeof(session->address));
	session->opened_ms = session->active_ms = epp_clock_ms();
	session->timer = event_new(loop, -1, 0, epp_session_timer, session);
	session->bev = bufferevent_openssl_socket_new(loop, fd, gw_tls_session(tls), BUFFEREVENT_SSL_ACCEPTING,
												  BEV_OPT_CLOSE_ON_FREE);
	gw_memory_checked(session->bev);
	bufferevent_openssl_set_allow_dirty_shutdown(session->bev, 1);
	bufferevent_setcb(session->bev, session_read, session_written, session_event, session);
	bufferevent_set_timeouts(session->bev, NULL, &write_timeout);
	LIST_INSERT_HEAD(&sessions, session, link);
	session_total++;
	gw_metric_set(session_gauge, session_total);
	gw_metric_add(gw_metrics_counter("dos_epp_connections_total", "connections accepted", ""), 1);
	epp_session_arm(session);
	bufferevent_enable(session->bev, EV_READ | EV_WRITE);
}

void
epp_session_open(EppSession *session, const char *registrar, int64_t id, EppServices services, EppServices accepts,
				 const char *language)
{
	session->id = id;
	if (session->bev == NULL)
		return;
	epp_session_enter(session, EPP_OPEN);
	snprintf(session->registrar, sizeof(session->registrar), "%s", registrar);
	snprintf(session->language, sizeof(session->language), "%s", language);
	session->services = services;
	session->accepts = accepts;
	session->rate = epp_rate_of(registrar);
	session->active_ms = epp_clock_ms();
	epp_session_arm(session);
	epp_report_soon();
}

void
epp_session_end(int64_t id)
{
	EppSession *session;

	LIST_FOREACH(session, &sessions, link)
		if (session->id == id)
			break;
	if (session == NULL || session->state == EPP_CLOSING)
		return;
	session->ending = true;
	if (session->running || session->bev == NULL)
		return;
	epp_session_count_end("ended_by_registry");
	epp_session_close(session);
}

void
epp_sessions_greet(void)
{
	EppSession *session;

	LIST_FOREACH(session, &sessions, link)
	{
		if (session->bev && session->state == EPP_WAITING)
			session_greet(session);
	}
}

static void
sessions_close_idle(evutil_socket_t fd, short what, void *arg)
{
	EppSession *session;
	EppSession *next;

	(void) fd;
	(void) what;
	(void) arg;
	for (session = LIST_FIRST(&sessions); session; session = next)
	{
		next = LIST_NEXT(session, link);
		if (session->state == EPP_HANDSHAKE || session->state == EPP_WAITING)
			epp_session_drop(session, "drained");
		else if (!session->running)
			epp_session_close(session);
	}
	if (session_total == 0)
		epp_sessions_quit();
}

/* A frame that was sent before the signal may still be on its way: it is a command that runs. */
void
epp_sessions_drain(void)
{
	struct timeval moment = {0, 100 * 1000};

	event_base_once(loop, -1, EV_TIMEOUT, sessions_close_idle, NULL, &moment);
}

void
epp_sessions_init(struct event_base *base, GwTls *context)
{
	loop = base;
	tls = context;
	session_gauge = gw_metrics_gauge("dos_epp_sessions", "connections that are open", "");
}
