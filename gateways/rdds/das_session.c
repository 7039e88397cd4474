/*
 * das_session.c
 *		One availability connection: many lines, one answer line each, in order.
 *
 * Questions of all connections share database calls, so answers come back in
 * any order; each session keeps its own in a queue and sends from its head.
 */
#include "rdds.h"
#include "rdds_line.h"
#include "gw_listen.h"
#include "gw_log.h"
#include "gw_memory.h"

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/queue.h>

#define QUESTIONS_MAX 256		/* of one session, before it is read no further */
#define OUTPUT_BYTES_MAX 65536	/* unsent answers, before it is read no further */

typedef struct DasQuestion
{
	STAILQ_ENTRY(DasQuestion) link;
	struct DasSession *session;
	int			zone;			/* for the counts */
	char		status[16];		/* empty: not answered yet */
	char		name[];
} DasQuestion;

typedef struct DasSession
{
	LIST_ENTRY(DasSession) link;	/* while bev is not NULL */
	struct bufferevent *bev;	/* NULL: closed, waiting for its last answers */
	struct event *slow;			/* pending: a line has begun and is not whole */
	struct sockaddr_in6 peer;	/* or sockaddr_in, which is smaller */
	bool		hung_up;		/* the client sends no more */
	bool		ended;			/* nothing more will be read */
	int			question_count;
	int			waiting;		/* questions with the database */
	STAILQ_HEAD(DasQuestionList, DasQuestion) questions;
} DasSession;

static LIST_HEAD(DasSessionList, DasSession) sessions = LIST_HEAD_INITIALIZER(sessions);

static void session_read(struct bufferevent *bev, void *arg);

/* Free the session when nobody will call back for it any more. */
static void
session_release(DasSession *session)
{
	DasQuestion *question;

	if (session->bev || session->waiting > 0)
		return;
	while ((question = STAILQ_FIRST(&session->questions)) != NULL)
	{
		STAILQ_REMOVE_HEAD(&session->questions, link);
		free(question);
	}
	free(session);
}

static void
session_close(DasSession *session)
{
	event_free(session->slow);
	bufferevent_free(session->bev);
	session->bev = NULL;
	LIST_REMOVE(session, link);
	rdds_left(RDDS_DAS, (struct sockaddr *) &session->peer);
	session_release(session);
}

static bool
session_is_full(const DasSession *session)
{
	return session->question_count >= QUESTIONS_MAX ||
		evbuffer_get_length(bufferevent_get_output(session->bev)) >= OUTPUT_BYTES_MAX;
}

/* Send the answers at the head of the queue. The session may be gone afterwards. */
static void
session_send(DasSession *session)
{
	struct evbuffer *output = bufferevent_get_output(session->bev);
	DasQuestion *question;

	while ((question = STAILQ_FIRST(&session->questions)) != NULL && question->status[0])
	{
		evbuffer_add_printf(output, "%s %s\r\n", question->name, question->status);
		STAILQ_REMOVE_HEAD(&session->questions, link);
		session->question_count--;
		free(question);
	}
	if (session->ended && session->question_count == 0 && evbuffer_get_length(output) == 0)
		session_close(session);
	else if (!session->ended && !session->hung_up && !session_is_full(session))
		bufferevent_enable(session->bev, EV_READ);
}

static void
question_answered(void *arg, GwDbOutcome outcome, const PGresult *result, int row)
{
	DasQuestion *question = arg;
	DasSession *session = question->session;

	if (outcome == GW_DB_ERROR)
		gw_log(GW_LOG_ERROR, "das_failed", "%s", result ? PQresultErrorMessage(result) : "wrong number of answers");
	rdds_count(RDDS_DAS, gw_db_outcome_names[outcome]);
	snprintf(question->status, sizeof(question->status), "%s",
			 outcome == GW_DB_OK ? PQgetvalue(result, row, 0) : "unavailable");
	if (outcome == GW_DB_OK)
		gw_counts_add(rdds_counts, RDDS_KIND_DAS, question->zone);
	session->waiting--;
	if (session->bev == NULL)
		session_release(session);
	else
		session_read(session->bev, session);
}

/* Put a question into the queue, with its answer if that is known already. */
static void
session_ask(DasSession *session, const char *name, const char *status)
{
	size_t		size = strlen(name) + 1;
	DasQuestion *question = gw_new(sizeof(*question) + size);

	question->session = session;
	memcpy(question->name, name, size);
	STAILQ_INSERT_TAIL(&session->questions, question, link);
	session->question_count++;
	if (status)
		snprintf(question->status, sizeof(question->status), "%s", status);
	else
	{
		session->waiting++;
		question->zone = gw_counts_zone(rdds_counts, name);
		gw_batch_ask(rdds_batch[RDDS_DAS], name, question_answered, question);
	}
}

/* One verdict of rdds_line_take(); false when the session is to end. */
static bool
session_line(DasSession *session, RddsLine verdict, const char *line)
{
	switch (verdict)
	{
		case RDDS_LINE_READY:
			if (gw_limit_take(rdds_limit, (struct sockaddr *) &session->peer))
				session_ask(session, line, NULL);
			else
			{
				rdds_count(RDDS_DAS, "limited");
				gw_counts_add(rdds_counts, RDDS_KIND_DAS_LIMITED, GW_COUNTS_NO_ZONE);
				session_ask(session, line, "limited");
			}
			return true;
		case RDDS_LINE_BLANK:
			return true;
		case RDDS_LINE_JUNK:
			rdds_count(RDDS_DAS, "junk");
			session_ask(session, "?", "invalid");
			return true;
		default:
			rdds_count(RDDS_DAS, "too_long");
			session_ask(session, "?", "invalid");
			return false;
	}
}

static void
session_slow(evutil_socket_t fd, short what, void *arg)
{
	(void) fd;
	(void) what;
	session_close(arg);
}

/* A line has begun: the rest of it must come in time, not one octet now and then. */
static void
session_await(DasSession *session)
{
	const struct timeval time = {rdds_settings.read_timeout_s, 0};

	if (!event_pending(session->slow, EV_TIMEOUT, NULL))
		event_add(session->slow, &time);
}

/* Take the lines that are there, then send the answers that are. */
static void
session_read(struct bufferevent *bev, void *arg)
{
	DasSession *session = arg;
	struct evbuffer *input = bufferevent_get_input(bev);

	while (!session->ended && !session_is_full(session))
	{
		size_t		length = evbuffer_get_length(input);
		size_t		size = length < RDDS_LINE_MAX + 2 ? length : RDDS_LINE_MAX + 2;
		char		data[RDDS_LINE_MAX + 3];
		char		line[RDDS_LINE_MAX + 1];
		size_t		used;
		RddsLine	verdict;

		if (size == 0)
			break;
		evbuffer_copyout(input, data, size);
		/* a client that closes its side without an end of line has asked too */
		if (session->hung_up && size == length)
			data[size++] = '\n';
		verdict = rdds_line_take(data, size, line, &used);
		if (verdict == RDDS_LINE_MORE)
		{
			session_await(session);
			break;
		}
		event_del(session->slow);
		if (!session_line(session, verdict, line))
			session->ended = true;
		evbuffer_drain(input, used);
	}
	if (session->hung_up && evbuffer_get_length(input) == 0)
		session->ended = true;
	if (session_is_full(session) || session->ended)
		bufferevent_disable(bev, EV_READ);
	session_send(session);
}

/* Answers have left: go on reading, or close after the last one. */
static void
session_written(struct bufferevent *bev, void *arg)
{
	session_read(bev, arg);
}

static void
session_event(struct bufferevent *bev, short what, void *arg)
{
	DasSession *session = arg;

	if ((what & BEV_EVENT_EOF) && (what & BEV_EVENT_READING))
	{
		/* the client has asked its last question and may still wait for answers */
		session->hung_up = true;
		session_read(bev, session);
		return;
	}
	session_close(session);
}

void
das_accepted(struct evconnlistener *listener, evutil_socket_t fd, struct sockaddr *peer, int length, void *arg)
{
	const struct timeval idle = {rdds_settings.idle_timeout_s, 0};
	DasSession *session;

	(void) listener;
	(void) arg;
	if (!rdds_entered(RDDS_DAS, peer))
	{
		evutil_closesocket(fd);
		return;
	}
	session = gw_new(sizeof(*session));
	STAILQ_INIT(&session->questions);
	LIST_INSERT_HEAD(&sessions, session, link);
	memcpy(&session->peer, peer, (size_t) length < sizeof(session->peer) ? (size_t) length : sizeof(session->peer));
	session->bev = gw_memory_checked(bufferevent_socket_new(rdds_loop, fd, BEV_OPT_CLOSE_ON_FREE));
	session->slow = gw_memory_checked(event_new(rdds_loop, -1, 0, session_slow, session));
	bufferevent_setcb(session->bev, session_read, session_written, session_event, session);
	bufferevent_set_timeouts(session->bev, &idle, &idle);
	bufferevent_setwatermark(session->bev, EV_READ, 0, OUTPUT_BYTES_MAX);
	bufferevent_enable(session->bev, EV_READ | EV_WRITE);
}

void
das_drain(void)
{
	DasSession *session;
	DasSession *next;

	for (session = LIST_FIRST(&sessions); session; session = next)
	{
		next = LIST_NEXT(session, link);
		session->ended = true;
		bufferevent_disable(session->bev, EV_READ);
		session_send(session);
	}
}
