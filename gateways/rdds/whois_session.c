/*
 * whois_session.c
 *		One WHOIS connection: one line in, one answer out, closed.
 *
 * Plain sockets, because most connections need no event at all before the
 * database has answered: the query is there when the connection is accepted,
 * and the answer fits the socket's buffer. A session waits for exactly one
 * thing at a time: its line, its answer, room to write, or the client's end.
 */
#include "rdds.h"
#include "rdds_line.h"
#include "gw_listen.h"
#include "gw_log.h"
#include "gw_memory.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdint.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define LINGER_BYTES_MAX 65536	/* read and thrown away after a refusal */
#define LINGER_S 2

typedef enum WhoisPhase
{
	WHOIS_READING,
	WHOIS_ASKING,
	WHOIS_WRITING,
	WHOIS_LINGERING
} WhoisPhase;

typedef struct WhoisSession
{
	WhoisPhase	phase;
	int			fd;
	struct event *event;		/* made when first needed */
	struct sockaddr_in6 peer;	/* or sockaddr_in, which is smaller */
	int64_t		deadline_ms;
	int			zone;			/* for the counts */
	size_t		length;			/* of input so far */
	char		input[RDDS_LINE_MAX + 2];
	char	   *rest;			/* of an answer that did not fit the socket */
	size_t		rest_length;
	size_t		rest_sent;
	bool		is_unread;		/* the client may have sent more than was read */
	size_t		lingered;
} WhoisSession;

static const char unavailable[] = "This service is temporarily unavailable. Please try again later.\r\n";
static const char crowded[] = "Too many connections. Please try again later.\r\n";
static const char too_long[] = "Invalid query: The line is too long.\r\n";
static const char junk[] = "Invalid query: Control characters and bytes that are not UTF-8 are not allowed.\r\n";
static const char blank[] = "Invalid query: A name is needed.\r\n";

static void session_ready(evutil_socket_t fd, short what, void *arg);
static void session_linger(WhoisSession *session);
static void session_write(WhoisSession *session);

static int64_t
clock_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
	return (int64_t) now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void
session_free(WhoisSession *session)
{
	if (session->event)
		event_free(session->event);
	close(session->fd);
	rdds_left(RDDS_WHOIS, (struct sockaddr *) &session->peer);
	free(session->rest);
	free(session);
}

/* Wait for the socket until the deadline. */
static void
session_wait(WhoisSession *session, short what)
{
	int64_t		left = session->deadline_ms - clock_ms();
	struct timeval wait = {left > 0 ? left / 1000 : 0, left > 0 ? left % 1000 * 1000 : 0};

	if (session->event)
		event_free(session->event);
	session->event = event_new(rdds_loop, session->fd, what | EV_TIMEOUT, session_ready, session);
	event_add(session->event, &wait);
}

/* Nothing more to say. A client that has not been read to its end would lose the answer to a reset. */
static void
session_finish(WhoisSession *session)
{
	shutdown(session->fd, SHUT_WR);
	session->phase = WHOIS_LINGERING;
	session->deadline_ms = clock_ms() + LINGER_S * 1000;
	session_linger(session);
}

static void
session_linger(WhoisSession *session)
{
	char		waste[4096];
	ssize_t		got;

	while ((got = recv(session->fd, waste, sizeof(waste), 0)) > 0)
		if ((session->lingered += (size_t) got) > LINGER_BYTES_MAX)
			break;
	if (got < 0 && errno == EAGAIN && session->is_unread)
		session_wait(session, EV_READ);
	else
		session_free(session);
}

static void
session_write(WhoisSession *session)
{
	while (session->rest_sent < session->rest_length)
	{
		ssize_t		sent = send(session->fd, session->rest + session->rest_sent, session->rest_length - session->rest_sent,
								MSG_NOSIGNAL | MSG_MORE);

		if (sent < 0 && errno == EAGAIN)
		{
			session_wait(session, EV_WRITE);
			return;
		}
		if (sent <= 0)
		{
			session_free(session);
			return;
		}
		session->rest_sent += (size_t) sent;
	}
	session_finish(session);
}

/*
 * Send the whole answer; what does not fit waits in the session. MSG_MORE: the end of the connection follows, and the
 * last octets leave with it, so that the client is woken once for both.
 */
static void
session_say(WhoisSession *session, const char *answer, size_t length)
{
	ssize_t		sent = send(session->fd, answer, length, MSG_NOSIGNAL | MSG_MORE);

	if (sent == (ssize_t) length)
		session_finish(session);
	else if (sent < 0 && errno != EAGAIN)
		session_free(session);
	else
	{
		sent = sent < 0 ? 0 : sent;
		session->rest_length = length - (size_t) sent;
		session->rest = gw_malloc(session->rest_length);
		memcpy(session->rest, answer + sent, session->rest_length);
		session->phase = WHOIS_WRITING;
		session->deadline_ms = clock_ms() + rdds_settings.read_timeout_s * 1000;
		session_wait(session, EV_WRITE);
	}
}

static void
session_refuse(WhoisSession *session, const char *outcome, const char *sentence)
{
	rdds_count(RDDS_WHOIS, outcome);
	session_say(session, sentence, strlen(sentence));
}

static void
session_refuse_limited(WhoisSession *session)
{
	long		wait = gw_limit_wait_s(rdds_limit, (struct sockaddr *) &session->peer, 1);
	char		sentence[100];

	snprintf(sentence, sizeof(sentence), "Query rate limit exceeded. Please try again in %ld second%s.\r\n", wait, wait == 1 ? "" : "s");
	gw_counts_add(rdds_counts, RDDS_KIND_WHOIS_LIMITED, GW_COUNTS_NO_ZONE);
	session_refuse(session, "limited", sentence);
}

static void
session_answered(void *arg, GwDbOutcome outcome, const PGresult *result, int row)
{
	WhoisSession *session = arg;

	if (outcome == GW_DB_OK)
	{
		rdds_count(RDDS_WHOIS, "ok");
		gw_counts_add(rdds_counts, RDDS_KIND_WHOIS, session->zone);
		session_say(session, PQgetvalue(result, row, 0), (size_t) PQgetlength(result, row, 0));
		return;
	}
	if (outcome == GW_DB_ERROR)
		gw_log(GW_LOG_ERROR, "whois_failed", "%s", result ? PQresultErrorMessage(result) : "wrong number of answers");
	session_refuse(session, gw_db_outcome_names[outcome], unavailable);
}

/* Act on what has been read so far. */
static void
session_line(WhoisSession *session, bool ended)
{
	char		line[RDDS_LINE_MAX + 1];
	size_t		used;
	RddsLine	verdict;

	/* a client that closes its side without an end of line has asked too */
	if (ended && session->length < sizeof(session->input))
		session->input[session->length++] = '\n';
	verdict = rdds_line_take(session->input, session->length, line, &used);
	if (verdict == RDDS_LINE_MORE)
		session_wait(session, EV_READ);
	else if (verdict == RDDS_LINE_TOO_LONG)
	{
		session->is_unread = true;
		session_refuse(session, "too_long", too_long);
	}
	else if (verdict == RDDS_LINE_JUNK)
		session_refuse(session, "junk", junk);
	else if (verdict == RDDS_LINE_BLANK)
		session_refuse(session, "blank", blank);
	else if (!gw_limit_take(rdds_limit, (struct sockaddr *) &session->peer))
		session_refuse_limited(session);
	else
	{
		session->phase = WHOIS_ASKING;
		session->zone = gw_counts_zone(rdds_counts, line);
		gw_batch_ask(rdds_batch[RDDS_WHOIS], line, session_answered, session);
	}
}

static void
session_read(WhoisSession *session)
{
	ssize_t		got = recv(session->fd, session->input + session->length, sizeof(session->input) - session->length, 0);

	if (got < 0 && errno == EAGAIN)
		session_wait(session, EV_READ);
	else if (got < 0 || (got == 0 && session->length == 0))
		session_free(session);
	else
	{
		session->length += (size_t) got;
		session_line(session, got == 0);
	}
}

static void
session_ready(evutil_socket_t fd, short what, void *arg)
{
	WhoisSession *session = arg;

	(void) fd;
	if (what & EV_TIMEOUT)
	{
		if (session->phase != WHOIS_LINGERING)
			rdds_count(RDDS_WHOIS, "timeout");
		session_free(session);
	}
	else if (session->phase == WHOIS_WRITING)
		session_write(session);
	else if (session->phase == WHOIS_LINGERING)
		session_linger(session);
	else
		session_read(session);
}

void
whois_accepted(struct evconnlistener *listener, evutil_socket_t fd, struct sockaddr *peer, int length, void *arg)
{
	WhoisSession *session;

	(void) listener;
	(void) arg;
	if (!rdds_entered(RDDS_WHOIS, peer))
	{
		if (send(fd, crowded, sizeof(crowded) - 1, MSG_NOSIGNAL | MSG_DONTWAIT) < 0)
			gw_log(GW_LOG_DEBUG, "whois_crowded", "client gone");
		close(fd);
		return;
	}
	session = gw_new(sizeof(*session));
	session->fd = fd;
	memcpy(&session->peer, peer, (size_t) length < sizeof(session->peer) ? (size_t) length : sizeof(session->peer));
	session->deadline_ms = clock_ms() + rdds_settings.read_timeout_s * 1000;
	session_read(session);
}
