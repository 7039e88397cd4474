/*
 * gw_db.c
 *		The request queue of the pool. See gw_db.h.
 *
 * Requests wait in one queue and go to the least busy ready connection, first
 * in, first out, until every connection has `db_pipeline_depth` in flight.
 * Connections are opened when a request has to wait for another one, and closed
 * when nothing has come for `db_idle_s`; a few always stay. While one more could
 * be opened, nothing is sent behind a request that may take long.
 */
#include "gw_db_internal.h"
#include "gw_log.h"
#include "gw_main.h"
#include "gw_memory.h"
#include "gw_metrics.h"

#include <time.h>

#define TICK_MS 100
#define DOWN_WAIT_MS 1000		/* how long a request waits for any connection */
#define STUCK_EXTRA_MS 2000		/* server should have timed out long before */
#define RETRY_MAX 3
#define AWAKE_MIN 2				/* connections that are there before anybody asks */

const char *const gw_db_outcome_names[] = {
	[GW_DB_OK] = "ok",
	[GW_DB_ERROR] = "error",
	[GW_DB_LOST] = "lost",
	[GW_DB_DOWN] = "down",
	[GW_DB_FULL] = "full",
	[GW_DB_TIMEOUT] = "timeout",
};

int64_t
gw_db_clock_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t) now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Count the outcome, call back, forget the request. */
void
gw_db_request_finish(GwDb *db, GwDbRequest *request, GwDbOutcome outcome)
{
	static GwMetric *counters[GW_DB_TIMEOUT + 1];
	PGresult   *result = request->result;

	(void) db;
	if (counters[outcome] == NULL)
	{
		char		label[32];

		snprintf(label, sizeof(label), "outcome=\"%s\"", gw_db_outcome_names[outcome]);
		counters[outcome] = gw_metrics_counter("dos_db_requests_total", "database requests by outcome", label);
	}
	if (request->statement >= 0)
		gw_metric_add(counters[outcome], 1);
	if (request->callback && !request->cancelled)
		request->callback(request->arg, outcome, outcome <= GW_DB_ERROR ? result : NULL);
	PQclear(result);
	free(request);
}

/* Is this error worth another try? */
static bool
request_retryable(const GwDbRequest *request)
{
	const char *state = PQresultErrorField(request->result, PG_DIAG_SQLSTATE);

	return (request->flags & GW_DB_RETRY) && !request->cancelled && request->attempts < RETRY_MAX && state
		&& (strcmp(state, "40001") == 0 || strcmp(state, "40P01") == 0);
}

/* The Sync of this request has come back. */
void
gw_db_request_answered(GwDb *db, GwDbRequest *request)
{
	ExecStatusType status = request->result ? PQresultStatus(request->result) : PGRES_FATAL_ERROR;

	if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK)
		gw_db_request_finish(db, request, GW_DB_OK);
	else if (request->result == NULL)
		gw_db_request_finish(db, request, GW_DB_LOST);
	else if (request_retryable(request))
	{
		request->attempts++;
		PQclear(request->result);
		request->result = NULL;
		TAILQ_INSERT_HEAD(&db->queue, request, link);
		db->queue_count++;
	}
	else
		gw_db_request_finish(db, request, GW_DB_ERROR);
}

/* The ready connection with the shortest flight, or NULL if all have so much in flight. */
static GwDbConn *
db_least_busy(GwDb *db, int depth)
{
	GwDbConn   *best = NULL;

	for (int i = 0; i < db->conn_count; i++)
	{
		GwDbConn   *conn = &db->conns[i];

		if (conn->state == DB_READY && !conn->renew && conn->flight_count < depth
			&& (best == NULL || conn->flight_count < best->flight_count))
			best = conn;
	}
	return best;
}

/* Requests wait that other connections could answer at once: open some, unless enough are on their way. */
static void
db_wake(GwDb *db)
{
	int			coming = 0;

	for (int i = 0; i < db->conn_count; i++)
		coming += db->conns[i].state != DB_READY && db->conns[i].state != DB_ASLEEP;
	for (int i = db->awake_min; i < db->conn_count && coming < db->queue_count; i++)
		if (db->conns[i].state == DB_ASLEEP)
		{
			gw_db_conn_wake(&db->conns[i]);
			coming++;
		}
}

/* Connections that were not used for long are the server's memory. */
static void
db_sleep(GwDb *db, int64_t now)
{
	for (int i = db->awake_min; i < db->conn_count; i++)
	{
		GwDbConn   *conn = &db->conns[i];

		if (conn->state == DB_READY && conn->flight_count == 0 && now - conn->used_ms > gw_settings.db_idle_s * 1000)
			gw_db_conn_sleep(conn);
	}
}

/* Send what can be sent. */
void
gw_db_dispatch(GwDb *db)
{
	GwDbConn   *conn;
	int			depth = gw_db_ready(db) < db->conn_count ? 1 : db->depth;

	while (!TAILQ_EMPTY(&db->queue) && (conn = db_least_busy(db, depth)) != NULL)
	{
		GwDbRequest *request = TAILQ_FIRST(&db->queue);

		TAILQ_REMOVE(&db->queue, request, link);
		db->queue_count--;
		if (request->cancelled)
			free(request);
		else if (!gw_db_conn_send(conn, request))
			gw_db_conn_lost(conn, PQerrorMessage(conn->pg));
	}
	if (!TAILQ_EMPTY(&db->queue))
		db_wake(db);
	for (int i = 0; i < db->conn_count; i++)
		if (db->conns[i].state == DB_READY)
			gw_db_conn_flush(&db->conns[i]);
}

static void
db_dispatch_event(evutil_socket_t fd, short what, void *arg)
{
	(void) fd;
	(void) what;
	gw_db_dispatch(arg);
}

/* Fail what waited too long in the queue. */
static void
db_expire_queue(GwDb *db, int64_t now)
{
	bool		down = gw_db_ready(db) == 0;
	GwDbRequest *request;
	GwDbRequest *next;

	/* Callbacks only append, and this walk takes `next` after the callback's possible append. */
	for (request = TAILQ_FIRST(&db->queue); request; request = next)
	{
		int64_t		age = now - request->asked_ms;

		next = TAILQ_NEXT(request, link);
		if (!request->refused && age < gw_settings.db_timeout_ms && !(down && age >= DOWN_WAIT_MS))
			continue;
		TAILQ_REMOVE(&db->queue, request, link);
		db->queue_count--;
		gw_db_request_finish(db, request, down ? GW_DB_DOWN : request->refused ? GW_DB_FULL : GW_DB_TIMEOUT);
	}
}

static void
db_tick(evutil_socket_t fd, short what, void *arg)
{
	static GwMetric *ready,
			   *queued;
	GwDb	   *db = arg;
	int64_t		now = gw_db_clock_ms();

	(void) fd;
	(void) what;
	if (ready == NULL)
	{
		ready = gw_metrics_gauge("dos_db_connections_ready", "database connections in service", "");
		queued = gw_metrics_gauge("dos_db_queue_length", "database requests waiting", "");
	}
	gw_metric_set(ready, gw_db_ready(db));
	gw_metric_set(queued, db->queue_count);
	db_expire_queue(db, now);
	db_sleep(db, now);
	for (int i = 0; i < db->conn_count; i++)
	{
		GwDbConn   *conn = &db->conns[i];

		if (conn->state == DB_READY)
			gw_db_conn_ask_lag(conn);
		/* The server's statement_timeout comes first; this is for a dead network. */
		if (conn->flight_count > 0 && now - conn->progress_ms > gw_settings.db_timeout_ms + STUCK_EXTRA_MS)
			gw_db_conn_lost(conn, "no answer in time");
	}
}

const char *
gw_db_writer(void)
{
	static const char word[] = "target_session_attrs=read-write";
	static char *writer;
	const char *database = gw_settings.database ? gw_settings.database : "";
	size_t		size = strlen(database) + sizeof(word) + 1;
	bool		is_uri = strstr(database, "://") != NULL;

	if (writer == NULL)
	{
		writer = gw_malloc(size);
		snprintf(writer, size, "%s%s%s", database, !is_uri ? " " : strchr(database, '?') ? "&" : "?", word);
	}
	return writer;
}

GwDb *
gw_db_new(struct event_base *base, const char *application, const GwStatement *statements, int count)
{
	return gw_db_new_at(base, application, NULL, (int) gw_settings.db_connections, statements, count);
}

GwDb *
gw_db_new_at(struct event_base *base, const char *application, const char *database, int connections,
			 const GwStatement *statements, int count)
{
	const struct timeval period = {0, TICK_MS * 1000};
	GwDb	   *db = gw_new(sizeof(*db));

	db->base = base;
	db->application = application;
	db->database = database;
	db->statements = statements;
	db->statement_count = count;
	db->conn_count = connections;
	db->awake_min = gw_settings.db_idle_s > 0 && AWAKE_MIN < connections ? AWAKE_MIN : connections;
	db->depth = (int) gw_settings.db_pipeline_depth;
	TAILQ_INIT(&db->queue);
	db->dispatch = event_new(base, -1, 0, db_dispatch_event, db);
	db->tick = event_new(base, -1, EV_PERSIST, db_tick, db);
	event_add(db->tick, &period);
	db->conns = gw_new((size_t) db->conn_count * sizeof(*db->conns));
	for (int i = 0; i < db->conn_count; i++)
		gw_db_conn_init(&db->conns[i], db, i);
	return db;
}

GwDbRequest *
gw_db_call(GwDb *db, int statement, const char *const *values, unsigned flags, GwDbCallback callback, void *arg)
{
	int			count = db->statements[statement].parameters;
	size_t		head = sizeof(GwDbRequest) + (size_t) count * sizeof(char *);
	size_t		size = head;
	GwDbRequest *request;
	char	   *out;

	for (int i = 0; i < count; i++)
		size += values[i] ? strlen(values[i]) + 1 : 0;
	request = gw_malloc(size);
	memset(request, 0, sizeof(*request));
	out = (char *) request + head;
	for (int i = 0; i < count; i++)
	{
		request->values[i] = values[i] ? out : NULL;
		if (values[i])
			out = stpcpy(out, values[i]) + 1;
	}
	request->statement = statement;
	request->flags = flags;
	request->callback = callback;
	request->arg = arg;
	request->value_count = count;
	request->asked_ms = gw_db_clock_ms();
	/* A request too many is refused by the next tick, never from inside this call. */
	request->refused = db->queue_count >= gw_settings.db_queue_max;
	TAILQ_INSERT_TAIL(&db->queue, request, link);
	db->queue_count++;
	event_active(db->dispatch, EV_TIMEOUT, 0);
	return request;
}

void
gw_db_cancel(GwDbRequest *request)
{
	request->cancelled = true;
}

int
gw_db_ready(const GwDb *db)
{
	int			ready = 0;

	for (int i = 0; i < db->conn_count; i++)
		ready += db->conns[i].state == DB_READY;
	return ready;
}

bool
gw_db_busy(const GwDb *db)
{
	for (int i = 0; i < db->conn_count; i++)
		if (db->conns[i].state == DB_READY && db->conns[i].flight_count == 0)
			return false;
	return true;
}

int
gw_db_pending(const GwDb *db)
{
	int			pending = db->queue_count;

	for (int i = 0; i < db->conn_count; i++)
		pending += db->conns[i].flight_count;
	return pending;
}

void
gw_db_on_ready(GwDb *db, void (*callback) (void *arg), void *arg)
{
	db->on_ready = callback;
	db->on_ready_arg = arg;
}

void
gw_db_listen(GwDb *db, const char *channel, void (*callback) (void *arg, const char *payload), void *arg)
{
	db->channel = gw_strdup(channel);
	db->on_notify = callback;
	db->on_notify_arg = arg;
}

void
gw_db_free(GwDb *db)
{
	GwDbRequest *request;

	for (int i = 0; i < db->conn_count; i++)
		gw_db_conn_close(&db->conns[i]);
	while ((request = TAILQ_FIRST(&db->queue)) != NULL)
	{
		TAILQ_REMOVE(&db->queue, request, link);
		free(request);
	}
	event_free(db->dispatch);
	event_free(db->tick);
	free(db->channel);
	free(db->conns);
	free(db);
}
