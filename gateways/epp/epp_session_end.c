/*
 * epp_session_end.c
 *		How sessions end. See epp_session_end.h.
 *
 * A session has one timer; it fires at the earliest time anything could be due,
 * looks at the timestamps, and is set again, so commands need not touch it.
 *
 * Closing is polite: the last answer is flushed, TLS is ended, and what the
 * client still sends is read and dropped for a moment, because closing a
 * socket with unread input resets it and can destroy the answer on its way.
 */
#include "epp_session_end.h"
#include "epp_count.h"
#include "epp_report.h"
#include "gw_log.h"
#include "gw_main.h"
#include "gw_metrics.h"

#include <event2/buffer.h>
#include <event2/bufferevent_ssl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

#define LINGER_MS 2000

int64_t
epp_clock_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t) now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Count why a session ended. */
void
epp_session_count_end(const char *reason)
{
	char		label[64];

	snprintf(label, sizeof(label), "reason=\"%s\"", reason);
	gw_metric_add(gw_metrics_counter("dos_epp_sessions_ended_total", "sessions ended, by reason", label), 1);
}

/* The numbers of commands go last. */
static void
count_last(void)
{
	epp_count_end(gw_quit);
}

void
epp_sessions_quit(void)
{
	epp_report_last(count_last);
}

/* Give the session back, once neither connection nor command holds it. */
void
epp_session_release(EppSession *session)
{
	bool		last;

	if (session->bev || session->running)
		return;
	last = epp_session_forget(session);
	event_free(session->timer);
	free(session);
	if (gw_draining() && last)
		epp_sessions_quit();
}

/* Close the connection at once. */
void
epp_session_drop(EppSession *session, const char *reason)
{
	SSL		   *ssl;

	if (session->bev)
	{
		epp_session_count_end(reason);
		gw_log_begin(GW_LOG_INFO, "session_end");
		gw_log_text("address", session->address);
		gw_log_text("registrar", *session->registrar ? session->registrar : NULL);
		gw_log_text("reason", reason);
		gw_log_end();
		/* no TLS work for a peer that is gone */
		ssl = bufferevent_openssl_get_ssl(session->bev);
		SSL_set_shutdown(ssl, SSL_RECEIVED_SHUTDOWN | SSL_SENT_SHUTDOWN);
		bufferevent_free(session->bev);
		session->bev = NULL;
	}
	event_del(session->timer);
	epp_session_release(session);
}

/* CLOSING and everything sent: end TLS, then wait shortly for the client to go. */
void
epp_session_linger(EppSession *session)
{
	const struct timeval wait = {LINGER_MS / 1000, (LINGER_MS % 1000) * 1000};

	SSL_shutdown(bufferevent_openssl_get_ssl(session->bev));
	shutdown(bufferevent_getfd(session->bev), SHUT_WR);
	event_add(session->timer, &wait);
}

/* No more commands; what has been written goes out, then the end. */
void
epp_session_close(EppSession *session)
{
	if (session->state == EPP_CLOSING)
		return;
	epp_session_enter(session, EPP_CLOSING);
	evbuffer_drain(bufferevent_get_input(session->bev), (size_t) -1);
	if (evbuffer_get_length(bufferevent_get_output(session->bev)) == 0)
		epp_session_linger(session);
}

/* When anything may be due next. */
static int64_t
session_deadline(const EppSession *session, const char **reason)
{
	int64_t		deadline = session->opened_ms + epp_limits.session_timeout_s * 1000;
	int64_t		other;

	*reason = "session_timeout";
	if (session->state == EPP_OPEN)
	{
		other = session->active_ms + epp_limits.idle_timeout_s * 1000;
		if (other < deadline)
		{
			deadline = other;
			*reason = "idle_timeout";
		}
	}
	else
	{
		other = session->opened_ms + epp_limits.login_timeout_s * 1000;
		if (other < deadline)
		{
			deadline = other;
			*reason = "login_timeout";
		}
	}
	other = session->partial_ms + epp_limits.frame_timeout_s * 1000;
	if (session->partial_ms && other < deadline)
	{
		deadline = other;
		*reason = "frame_timeout";
	}
	return deadline;
}

/* Set the timer for the next deadline. */
void
epp_session_arm(EppSession *session)
{
	const char *reason;
	int64_t		wait = session_deadline(session, &reason) - epp_clock_ms();
	struct timeval tv;

	wait = wait < 10 ? 10 : wait;
	tv = (struct timeval) {wait / 1000, (wait % 1000) * 1000};
	event_add(session->timer, &tv);
}

void
epp_session_timer(evutil_socket_t fd, short what, void *arg)
{
	EppSession *session = arg;
	const char *reason;

	(void) fd;
	(void) what;
	if (session->state == EPP_CLOSING)
		epp_session_drop(session, "closed");
	else if (session->running || session_deadline(session, &reason) > epp_clock_ms())
		epp_session_arm(session);
	else
		epp_session_drop(session, reason);
}
