/*
 * gw_db_conn.c
 *		One connection of the pool: an explicit state machine.
 *
 *		WAITING --timer--> CONNECTING --connected--> PREPARING --flight empty--> READY
 *		   ^------------------- gw_db_conn_lost() from any state -------------------'
 *		   '--wanted-- ASLEEP <----------------- not used for long -----------------'
 *
 * conn_enter() is the only place that changes the state, and it asserts where
 * it came from. The socket is asked for again after each PQconnectPoll, since
 * libpq opens another one for another host or another try.
 */
#include "gw_db_internal.h"
#include "gw_db_lag.h"
#include "gw_log.h"
#include "gw_main.h"
#include "gw_memory.h"

#include <assert.h>

#define BACKOFF_FIRST_MS 50
#define BACKOFF_LAST_MS 5000
#define BACKOFF_LAST_BESIDE_MS 30000	/* of a pool beside the main one, which may have no host for long */
#define CONNECT_TIMEOUT_MS 10000
#define LAG_PERIOD_MS 1000

/* Session settings every gateway needs; through a pooler as well, so no startup options. */
const char	gw_db_setup_sql[] =
	"SELECT pg_catalog.set_config('TimeZone', 'UTC', false),"
	" pg_catalog.set_config('DateStyle', 'ISO, MDY', false),"
	" pg_catalog.set_config('bytea_output', 'hex', false),"
	" pg_catalog.set_config('statement_timeout', $1, false)";

/* Errors after which the connection is of no more use, once its flight is empty. */
static const char *const renew_states[] = {
	"0A000",					/* cached plan must not change result type: the extension was updated */
	"25006",					/* read-only: the primary has moved */
	"57P01", "57P02", "57P03",	/* shutting down */
};

static const char *const state_names[] = {
	[DB_WAITING] = "waiting",
	[DB_ASLEEP] = "asleep",
	[DB_CONNECTING] = "connecting",
	[DB_PREPARING] = "preparing",
	[DB_READY] = "ready",
};

static void conn_event(evutil_socket_t fd, short what, void *arg);
static void conn_start(GwDbConn *conn);

static void
conn_enter(GwDbConn *conn, GwDbState state)
{
	static const unsigned allowed_from[] = {
		[DB_WAITING] = ~0u,
		[DB_ASLEEP] = 1u << DB_READY | 1u << DB_WAITING,
		[DB_CONNECTING] = 1u << DB_WAITING,
		[DB_PREPARING] = 1u << DB_CONNECTING,
		[DB_READY] = 1u << DB_PREPARING,
	};

	assert(allowed_from[state] & (1u << conn->state));
	gw_log_begin(GW_LOG_DEBUG, "db_state");
	gw_log_integer("connection", conn->number);
	gw_log_text("from", state_names[conn->state]);
	gw_log_text("to", state_names[state]);
	gw_log_end();
	conn->state = state;
}

/* Watch the socket libpq uses now. */
static void
conn_watch(GwDbConn *conn, bool reading, bool writing)
{
	int			socket = PQsocket(conn->pg);

	if (socket != conn->socket || conn->readable == NULL)
	{
		if (conn->readable)
		{
			event_free(conn->readable);
			event_free(conn->writable);
		}
		conn->socket = socket;
		conn->readable = event_new(conn->db->base, socket, EV_READ | EV_PERSIST, conn_event, conn);
		conn->writable = event_new(conn->db->base, socket, EV_WRITE, conn_event, conn);
	}
	if (reading)
		event_add(conn->readable, NULL);
	else
		event_del(conn->readable);
	if (writing)
		event_add(conn->writable, NULL);
	else
		event_del(conn->writable);
}

static void
conn_set_timer(GwDbConn *conn, long ms)
{
	struct timeval wait = {ms / 1000, (ms % 1000) * 1000};

	event_add(conn->timer, &wait);
}

/* Forget socket and libpq object. */
static void
conn_drop(GwDbConn *conn)
{
	if (conn->readable)
	{
		event_free(conn->readable);
		event_free(conn->writable);
		conn->readable = conn->writable = NULL;
	}
	conn->socket = -1;
	PQfinish(conn->pg);
	conn->pg = NULL;
	conn->renew = false;
	memset(conn->prepared, 0, (size_t) conn->db->statement_count * sizeof(bool));
}

/*
 * The connection is gone: requests in flight fail, another try comes later.
 */
void
gw_db_conn_lost(GwDbConn *conn, const char *why)
{
	long		backoff_last = conn->db->database ? BACKOFF_LAST_BESIDE_MS : BACKOFF_LAST_MS;
	struct GwDbRequestList failed;
	GwDbRequest *request;

	gw_log_begin(GW_LOG_WARNING, "db_lost");
	gw_log_integer("connection", conn->number);
	gw_log_text("state", state_names[conn->state]);
	gw_log_integer("in_flight", conn->flight_count);
	gw_log_text("message", why);
	gw_log_end();
	conn_enter(conn, DB_WAITING);
	conn_drop(conn);
	conn_set_timer(conn, conn->backoff_ms);
	conn->backoff_ms = conn->backoff_ms * 2 > backoff_last ? backoff_last : conn->backoff_ms * 2;
	TAILQ_INIT(&failed);
	TAILQ_CONCAT(&failed, &conn->flight, link);
	conn->flight_count = 0;
	while ((request = TAILQ_FIRST(&failed)) != NULL)
	{
		TAILQ_REMOVE(&failed, request, link);
		gw_db_request_finish(conn->db, request, GW_DB_LOST);
	}
}

void
gw_db_conn_wake(GwDbConn *conn)
{
	conn_enter(conn, DB_WAITING);
	conn_set_timer(conn, 0);
}

void
gw_db_conn_sleep(GwDbConn *conn)
{
	assert(conn->flight_count == 0);
	conn_enter(conn, DB_ASLEEP);
	conn_drop(conn);
}

/* Put a request that was sent on the flight list. */
static void
conn_flying(GwDbConn *conn, GwDbRequest *request)
{
	if (conn->flight_count++ == 0)
		conn->progress_ms = gw_db_clock_ms();
	TAILQ_INSERT_TAIL(&conn->flight, request, link);
}

/* Send one of the pool's own statements. */
static bool
conn_send_own(GwDbConn *conn, int statement)
{
	GwDbRequest *request = gw_new(sizeof(*request));
	char		timeout[24];
	const char *values[] = {timeout};
	int			sent;

	request->statement = statement;
	conn_flying(conn, request);
	snprintf(timeout, sizeof(timeout), "%ld", gw_settings.db_timeout_ms);
	if (statement == STATEMENT_SETUP)
		sent = PQsendQueryParams(conn->pg, gw_db_setup_sql, 1, NULL, values, NULL, NULL, 0);
	else if (statement == STATEMENT_LAG)
		sent = PQsendQueryParams(conn->pg, GW_DB_LAG_SQL, 0, NULL, NULL, NULL, NULL, 0);
	else if (statement == STATEMENT_LISTEN)
	{
		char	   *channel = PQescapeIdentifier(conn->pg, conn->db->channel, strlen(conn->db->channel));
		char		sql[256];

		snprintf(sql, sizeof(sql), "LISTEN %s", channel ? channel : "\"\"");
		PQfreemem(channel);
		sent = PQsendQueryParams(conn->pg, sql, 0, NULL, NULL, NULL, NULL, 0);
	}
	else
	{
		const GwStatement *s = &conn->db->statements[STATEMENT_PREPARED(statement)];

		sent = PQsendPrepare(conn->pg, s->name, s->sql, s->parameters, NULL);
	}
	return sent && PQpipelineSync(conn->pg);
}

/*
 * Send a request. It belongs to the connection from now on, whatever the
 * answer; after false the caller calls gw_db_conn_lost().
 */
bool
gw_db_conn_send(GwDbConn *conn, GwDbRequest *request)
{
	const GwStatement *statement = &conn->db->statements[request->statement];
	bool		sent = true;

	/* Not there when it failed at connect time, perhaps because the extension was missing. */
	if (!conn->prepared[request->statement])
		sent = conn_send_own(conn, STATEMENT_PREPARE(request->statement));
	conn_flying(conn, request);
	conn->used_ms = request->asked_ms;
	return sent
		&& PQsendQueryPrepared(conn->pg, statement->name, request->value_count, request->values, NULL, NULL, 0)
		&& PQpipelineSync(conn->pg);
}

/* Push what libpq holds; watch for writability while it does not all go. */
void
gw_db_conn_flush(GwDbConn *conn)
{
	int			left = PQflush(conn->pg);

	if (left < 0)
		gw_db_conn_lost(conn, PQerrorMessage(conn->pg));
	else if (left > 0)
		event_add(conn->writable, NULL);
}

/* An internal statement was answered. */
static void
conn_own_answered(GwDbConn *conn, GwDbRequest *request)
{
	bool		good = request->result && PQresultStatus(request->result) != PGRES_FATAL_ERROR;

	if (request->statement == STATEMENT_LAG && good && PQntuples(request->result) == 1)
		conn->renew |= gw_db_lag_leave(conn->pg, PQgetisnull(request->result, 0, 0) ? NULL : PQgetvalue(request->result, 0, 0));
	if (request->statement <= STATEMENT_PREPARE(0))
		conn->prepared[STATEMENT_PREPARED(request->statement)] = good;
	if (!good)
	{
		gw_log_begin(GW_LOG_ERROR, "db_prepare_failed");
		if (request->statement <= STATEMENT_PREPARE(0))
			gw_log_text("statement", conn->db->statements[STATEMENT_PREPARED(request->statement)].name);
		gw_log_text("message", PQresultErrorField(request->result, PG_DIAG_MESSAGE_PRIMARY));
		gw_log_end();
	}
	PQclear(request->result);
	free(request);
}

/* Once a second, of a pool on the settings' database. */
void
gw_db_conn_ask_lag(GwDbConn *conn)
{
	int64_t		now = gw_db_clock_ms();

	if (conn->db->database || conn->renew || now - conn->lag_asked_ms < LAG_PERIOD_MS || !gw_db_lag_watched())
		return;
	conn->lag_asked_ms = now;
	if (!conn_send_own(conn, STATEMENT_LAG))
		gw_db_conn_lost(conn, PQerrorMessage(conn->pg));
	else
		gw_db_conn_flush(conn);
}

/* Everything that comes first has been answered. */
static void
conn_ready(GwDbConn *conn)
{
	GwDb	   *db = conn->db;

	conn_enter(conn, DB_READY);
	conn->used_ms = gw_db_clock_ms();
	conn->backoff_ms = BACKOFF_FIRST_MS;
	gw_log_begin(GW_LOG_INFO, "db_ready");
	gw_log_integer("connection", conn->number);
	gw_log_text("host", PQhost(conn->pg));
	gw_log_text("database", PQdb(conn->pg));
	gw_log_end();
	if (conn->number == 0 && db->channel)
		db->on_notify(db->on_notify_arg, NULL);
	if (db->on_ready)
		db->on_ready(db->on_ready_arg);
}

/* The oldest request of the flight is complete. */
static void
conn_landed(GwDbConn *conn)
{
	GwDbRequest *request = TAILQ_FIRST(&conn->flight);
	const char *state = PQresultErrorField(request->result, PG_DIAG_SQLSTATE);

	for (size_t i = 0; state && i < sizeof(renew_states) / sizeof(renew_states[0]); i++)
		conn->renew |= strcmp(state, renew_states[i]) == 0;
	TAILQ_REMOVE(&conn->flight, request, link);
	conn->flight_count--;
	conn->progress_ms = gw_db_clock_ms();
	if (request->statement < 0)
		conn_own_answered(conn, request);
	else
		gw_db_request_answered(conn->db, request);
}

/*
 * Take one result from libpq. The error wins over rows that came before it:
 * a deferred constraint fails after the rows, at the Sync.
 */
static void
conn_take(GwDbConn *conn, PGresult *result)
{
	GwDbRequest *request = TAILQ_FIRST(&conn->flight);

	if (PQresultStatus(result) == PGRES_PIPELINE_SYNC)
	{
		PQclear(result);
		if (request)
			conn_landed(conn);
		return;
	}
	if (request == NULL || (request->result && PQresultStatus(request->result) == PGRES_FATAL_ERROR))
	{
		PQclear(result);
		return;
	}
	PQclear(request->result);
	request->result = result;
}

/* Read everything that has arrived. */
static void
conn_read(GwDbConn *conn)
{
	PGnotify   *notify;
	int			ends = 0;

	if (!PQconsumeInput(conn->pg))
	{
		gw_db_conn_lost(conn, PQerrorMessage(conn->pg));
		return;
	}
	while (conn->flight_count > 0 && ends < 2 && !PQisBusy(conn->pg))
	{
		PGresult   *result = PQgetResult(conn->pg);

		ends = result ? 0 : ends + 1;
		if (result)
			conn_take(conn, result);
	}
	while ((notify = PQnotifies(conn->pg)) != NULL)
	{
		if (conn->db->on_notify)
			conn->db->on_notify(conn->db->on_notify_arg, notify->extra);
		PQfreemem(notify);
	}
	if (PQstatus(conn->pg) == CONNECTION_BAD)
		gw_db_conn_lost(conn, PQerrorMessage(conn->pg));
	else if (conn->renew && conn->flight_count == 0)
		gw_db_conn_lost(conn, "connection is renewed after an error of the server");
	else if (conn->state == DB_PREPARING && conn->flight_count == 0)
		conn_ready(conn);
}

/* Connected: session settings, LISTEN, and all statements, in one go. */
static void
conn_prepare(GwDbConn *conn)
{
	bool		sent;

	event_del(conn->timer);
	conn_enter(conn, DB_PREPARING);
	sent = PQsetnonblocking(conn->pg, 1) == 0 && PQenterPipelineMode(conn->pg) && conn_send_own(conn, STATEMENT_SETUP);
	if (sent && conn->number == 0 && conn->db->channel)
		sent = conn_send_own(conn, STATEMENT_LISTEN);
	for (int i = 0; sent && i < conn->db->statement_count; i++)
		if (conn->db->statements[i].sql)
			sent = conn_send_own(conn, STATEMENT_PREPARE(i));
	if (sent && conn->db->database == NULL && gw_db_lag_watched())
		sent = conn_send_own(conn, STATEMENT_LAG);
	if (!sent)
	{
		gw_db_conn_lost(conn, PQerrorMessage(conn->pg));
		return;
	}
	conn_watch(conn, true, false);
	gw_db_conn_flush(conn);
}

static void
conn_poll(GwDbConn *conn)
{
	switch (PQconnectPoll(conn->pg))
	{
		case PGRES_POLLING_OK:
			conn_prepare(conn);
			break;
		case PGRES_POLLING_READING:
			conn_watch(conn, true, false);
			break;
		case PGRES_POLLING_WRITING:
			conn_watch(conn, false, true);
			break;
		default:
			gw_db_conn_lost(conn, PQerrorMessage(conn->pg));
			break;
	}
}

static void
conn_event(evutil_socket_t fd, short what, void *arg)
{
	GwDbConn   *conn = arg;

	(void) fd;
	if (conn->state == DB_CONNECTING)
	{
		conn_poll(conn);
		return;
	}
	if (what & EV_READ)
		conn_read(conn);
	if (conn->state == DB_READY)
		gw_db_dispatch(conn->db);
	else if (conn->state == DB_PREPARING)
		gw_db_conn_flush(conn);
}

static void
conn_timer(evutil_socket_t fd, short what, void *arg)
{
	GwDbConn   *conn = arg;

	(void) fd;
	(void) what;
	if (conn->state == DB_WAITING)
		conn_start(conn);
	else if (conn->state == DB_CONNECTING)
		gw_db_conn_lost(conn, "could not connect in time");
}

/* NOTICE and WARNING of the server, which libpq would write to standard error. */
static void
conn_notice(void *arg, const PGresult *notice)
{
	(void) arg;
	gw_log_begin(GW_LOG_DEBUG, "db_notice");
	gw_log_text("severity", PQresultErrorField(notice, PG_DIAG_SEVERITY));
	gw_log_text("message", PQresultErrorField(notice, PG_DIAG_MESSAGE_PRIMARY));
	gw_log_end();
}

PGconn *
gw_db_connect_start(const char *application, const char *database)
{
	PGconn	   *pg;
	const char *const keys[] = {"dbname", "application_name", "client_encoding", NULL};
	const char *const values[] = {database ? database : gw_settings.database ? gw_settings.database : "", application, "UTF8", NULL};

	pg = database == NULL && gw_db_lag_watched() ? gw_db_lag_connect(application) : NULL;
	if (pg == NULL)
		pg = gw_memory_checked(PQconnectStartParams(keys, values, 1));
	PQsetNoticeReceiver(pg, conn_notice, NULL);
	return pg;
}

static void
conn_start(GwDbConn *conn)
{
	conn_enter(conn, DB_CONNECTING);
	conn->pg = gw_db_connect_start(conn->db->application, conn->db->database);
	if (PQstatus(conn->pg) == CONNECTION_BAD)
	{
		gw_db_conn_lost(conn, PQerrorMessage(conn->pg));
		return;
	}
	conn_watch(conn, false, true);
	conn_set_timer(conn, CONNECT_TIMEOUT_MS);
}

void
gw_db_conn_init(GwDbConn *conn, GwDb *db, int number)
{
	conn->db = db;
	conn->number = number;
	conn->socket = -1;
	conn->state = DB_WAITING;
	conn->backoff_ms = BACKOFF_FIRST_MS;
	conn->prepared = gw_new((size_t) db->statement_count * sizeof(bool));
	conn->timer = event_new(db->base, -1, 0, conn_timer, conn);
	TAILQ_INIT(&conn->flight);
	if (number < db->awake_min)
		conn_set_timer(conn, 0);
	else
		conn_enter(conn, DB_ASLEEP);
}

void
gw_db_conn_close(GwDbConn *conn)
{
	GwDbRequest *request;

	while ((request = TAILQ_FIRST(&conn->flight)) != NULL)
	{
		TAILQ_REMOVE(&conn->flight, request, link);
		PQclear(request->result);
		free(request);
	}
	conn_drop(conn);
	event_free(conn->timer);
	free(conn->prepared);
}
