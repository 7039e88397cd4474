/*
 * gw_stream.c
 *		One long query, row by row. See gw_stream.h.
 *
 *		CONNECTING -> SETUP -> ROWS -> ENDED
 *
 * Callbacks may close the stream, so it is freed only when no callback of it
 * is on the stack (`depth`).
 */
#include "gw_stream.h"
#include "gw_db_internal.h"
#include "gw_log.h"
#include "gw_main.h"
#include "gw_memory.h"

typedef enum StreamState
{
	STREAM_CONNECTING,
	STREAM_SETUP,
	STREAM_ROWS,
	STREAM_ENDED
} StreamState;

struct GwStream
{
	struct event_base *base;
	GwStreamQuery query;
	StreamState state;
	PGconn	   *pg;
	int			socket;
	struct event *readable;
	struct event *writable;
	struct event *timer;		/* connect time-out; then deferred work */
	bool		paused;
	bool		closed;
	int			depth;
};

static void stream_event(evutil_socket_t fd, short what, void *arg);

static void
stream_watch(GwStream *stream, bool reading, bool writing)
{
	int			socket = PQsocket(stream->pg);

	if (socket != stream->socket)
	{
		if (stream->readable)
		{
			event_free(stream->readable);
			event_free(stream->writable);
		}
		stream->socket = socket;
		stream->readable = event_new(stream->base, socket, EV_READ | EV_PERSIST, stream_event, stream);
		stream->writable = event_new(stream->base, socket, EV_WRITE, stream_event, stream);
	}
	if (reading)
		event_add(stream->readable, NULL);
	else
		event_del(stream->readable);
	if (writing)
		event_add(stream->writable, NULL);
	else
		event_del(stream->writable);
}

/* Tell the owner, once, how it ended. */
static void
stream_end(GwStream *stream, const char *error)
{
	if (stream->state == STREAM_ENDED)
		return;
	stream->state = STREAM_ENDED;
	event_del(stream->timer);
	if (stream->readable)
	{
		event_del(stream->readable);
		event_del(stream->writable);
	}
	if (!stream->closed)
		stream->query.on_end(stream->query.arg, error);
}

/* The error of a result, with its SQLSTATE in front. */
static void
stream_failed(GwStream *stream, const PGresult *result)
{
	const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
	const char *message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
	char		text[512];

	if (state == NULL)
		stream_end(stream, PQresultErrorMessage(result));
	else
	{
		snprintf(text, sizeof(text), "%s: %s", state, message ? message : "");
		stream_end(stream, text);
	}
}

/* Session settings are in; now the query. */
static void
stream_send_query(GwStream *stream)
{
	const GwStreamQuery *q = &stream->query;

	stream->state = STREAM_ROWS;
	if (!PQsendQueryParams(stream->pg, q->sql, q->value_count, NULL, q->values, NULL, NULL, q->binary)
		|| !PQsetSingleRowMode(stream->pg) || PQflush(stream->pg) < 0)
		stream_end(stream, PQerrorMessage(stream->pg));
}

/* Hand out what libpq holds, as long as the owner wants it. */
static void
stream_take(GwStream *stream)
{
	while (stream->state != STREAM_ENDED && !stream->paused && !stream->closed && !PQisBusy(stream->pg))
	{
		PGresult   *result = PQgetResult(stream->pg);

		if (result == NULL && stream->state == STREAM_SETUP)
			stream_send_query(stream);
		else if (result == NULL)
			stream_end(stream, NULL);
		else if (PQresultStatus(result) == PGRES_SINGLE_TUPLE)
			stream->query.on_row(stream->query.arg, result);
		else if (PQresultStatus(result) != PGRES_TUPLES_OK)
			stream_failed(stream, result);
		PQclear(result);
	}
}

/* Free when closed and nothing of it is running. */
static void
stream_leave(GwStream *stream)
{
	if (--stream->depth > 0 || !stream->closed)
		return;
	if (stream->readable)
	{
		event_free(stream->readable);
		event_free(stream->writable);
	}
	event_free(stream->timer);
	PQfinish(stream->pg);
	free((void *) stream->query.values);
	free((void *) stream->query.sql);
	free(stream);
}

static void
stream_connected(GwStream *stream)
{
	char		timeout[24] = "0";	/* a transfer takes as long as it takes */
	const char *values[] = {timeout};

	event_del(stream->timer);
	stream->state = STREAM_SETUP;
	PQsetnonblocking(stream->pg, 1);
	if (!PQsendQueryParams(stream->pg, gw_db_setup_sql, 1, NULL, values, NULL, NULL, 0) || PQflush(stream->pg) < 0)
		stream_end(stream, PQerrorMessage(stream->pg));
	else
		stream_watch(stream, !stream->paused, false);
}

static void
stream_poll(GwStream *stream)
{
	switch (PQconnectPoll(stream->pg))
	{
		case PGRES_POLLING_OK:
			stream_connected(stream);
			break;
		case PGRES_POLLING_READING:
			stream_watch(stream, true, false);
			break;
		case PGRES_POLLING_WRITING:
			stream_watch(stream, false, true);
			break;
		default:
			stream_end(stream, PQerrorMessage(stream->pg));
			break;
	}
}

static void
stream_event(evutil_socket_t fd, short what, void *arg)
{
	GwStream   *stream = arg;

	(void) fd;
	stream->depth++;
	if (stream->state == STREAM_CONNECTING)
		stream_poll(stream);
	else if ((what & EV_READ) && !PQconsumeInput(stream->pg))
		stream_end(stream, PQerrorMessage(stream->pg));
	else
		stream_take(stream);
	if (stream->state == STREAM_SETUP || stream->state == STREAM_ROWS)
	{
		if (PQflush(stream->pg) > 0)
			event_add(stream->writable, NULL);
	}
	stream_leave(stream);
}

/* Connect time-out; a failed start; rows left over from a pause; a close inside a callback. */
static void
stream_timer(evutil_socket_t fd, short what, void *arg)
{
	GwStream   *stream = arg;

	(void) fd;
	(void) what;
	stream->depth++;
	if (PQstatus(stream->pg) == CONNECTION_BAD)
		stream_end(stream, PQerrorMessage(stream->pg));
	else if (stream->state == STREAM_CONNECTING)
		stream_end(stream, "could not connect in time");
	else
		stream_take(stream);
	stream_leave(stream);
}

GwStream *
gw_stream_open(struct event_base *base, const GwStreamQuery *query)
{
	GwStream   *stream = gw_new(sizeof(*stream));
	size_t		size = (size_t) query->value_count * sizeof(char *);
	const char **values;
	char	   *out;
	struct timeval wait = {10, 0};

	for (int i = 0; i < query->value_count; i++)
		size += query->values[i] ? strlen(query->values[i]) + 1 : 0;
	values = gw_malloc(size);
	out = (char *) (values + query->value_count);
	for (int i = 0; i < query->value_count; i++)
	{
		values[i] = query->values[i] ? out : NULL;
		if (query->values[i])
			out = stpcpy(out, query->values[i]) + 1;
	}
	stream->base = base;
	stream->query = *query;
	stream->query.values = values;
	stream->query.sql = gw_strdup(query->sql);
	stream->socket = -1;
	stream->timer = event_new(base, -1, 0, stream_timer, stream);
	stream->pg = gw_db_connect_start(query->application, NULL);
	if (PQstatus(stream->pg) == CONNECTION_BAD)
		wait.tv_sec = 0;
	else
		stream_watch(stream, false, true);
	event_add(stream->timer, &wait);
	return stream;
}

void
gw_stream_pause(GwStream *stream)
{
	stream->paused = true;
	if (stream->readable && stream->state != STREAM_CONNECTING)
		event_del(stream->readable);
}

void
gw_stream_resume(GwStream *stream)
{
	const struct timeval now = {0, 0};

	if (!stream->paused)
		return;
	stream->paused = false;
	if (stream->state == STREAM_CONNECTING || stream->state == STREAM_ENDED)
		return;
	event_add(stream->readable, NULL);
	event_add(stream->timer, &now);	/* rows libpq holds already raise no read event */
}

void
gw_stream_close(GwStream *stream)
{
	if (stream->closed)
		return;
	stream->closed = true;
	if (stream->readable)
	{
		event_del(stream->readable);
		event_del(stream->writable);
	}
	event_del(stream->timer);
	stream->depth++;
	stream_leave(stream);
}
