/*
 * gw_db.c
 *		The database pool against a live server.
 *
 * Needs GW_TEST_DATABASE, a connection string of a scratch database where
 * objects may be created; otherwise everything is skipped.
 */
#include "gw_db.h"
#include "gw_log.h"
#include "gw_main.h"
#include "gw_stream.h"
#include "gw_tap.h"

#include <stdlib.h>

enum
{
	ECHO, DIVIDE, DEFERRED, SERIAL, SLEEP, KILL, MISSING, NOTIFY, LOCK, STATEMENT_COUNT
};

static const GwStatement statements[STATEMENT_COUNT] = {
	[ECHO] = {"echo", "SELECT $1::text, $2::text, current_setting('TimeZone')", 2},
	[DIVIDE] = {"divide", "SELECT 1 / $1::int", 1},
	[DEFERRED] = {"deferred", "INSERT INTO gw_test VALUES ($1::int) RETURNING n", 1},
	[SERIAL] = {"serial", "SELECT gw_test_serial($1::int)", 1},
	[SLEEP] = {"sleep", "SELECT pg_sleep($1::float8)", 1},
	[KILL] = {"kill", "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'gw_test'", 0},
	[MISSING] = {"missing", "SELECT gw_test_missing()", 0},
	[NOTIFY] = {"notify", "SELECT pg_notify('gw_test', $1)", 1},
	[LOCK] = {"lock", "SELECT pg_advisory_xact_lock(9)", 0},
};

static const char setup[] =
	"DROP TABLE IF EXISTS gw_test; CREATE TABLE gw_test (n int UNIQUE DEFERRABLE INITIALLY DEFERRED);"
	"INSERT INTO gw_test VALUES (1); DROP SEQUENCE IF EXISTS gw_test_seq; CREATE SEQUENCE gw_test_seq;"
	"DROP FUNCTION IF EXISTS gw_test_missing();"
	"CREATE OR REPLACE FUNCTION gw_test_serial(failures int) RETURNS bigint LANGUAGE plpgsql AS $$"
	" BEGIN IF nextval('gw_test_seq') <= failures THEN RAISE EXCEPTION 'x' USING ERRCODE = '40001'; END IF;"
	" RETURN currval('gw_test_seq'); END $$;";

static struct event_base *base;
static GwDb *db;
static GwDbOutcome last_outcome;
static char last_value[256];
static char last_state[8];
static char last_notify[64];
static int	answers;

static void
answered(void *arg, GwDbOutcome outcome, const PGresult *result)
{
	const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;

	(void) arg;
	answers++;
	last_outcome = outcome;
	snprintf(last_state, sizeof(last_state), "%s", state ? state : "");
	snprintf(last_value, sizeof(last_value), "%s", outcome == GW_DB_OK ? PQgetvalue(result, 0, 0) : "");
	event_base_loopbreak(base);
}

static void
late(evutil_socket_t fd, short what, void *arg)
{
	(void) fd;
	(void) what;
	(void) arg;
	printf("Bail out! nothing happened in time\n");
	exit(1);
}

/* Call and wait for the answer. */
static GwDbOutcome
call(int statement, const char *a, const char *b, unsigned flags)
{
	const char *values[] = {a, b};

	gw_db_call(db, statement, values, flags, answered, NULL);
	event_base_dispatch(base);
	return last_outcome;
}

static void
notified(void *arg, const char *payload)
{
	(void) arg;
	snprintf(last_notify, sizeof(last_notify), "%s", payload ? payload : "(maybe)");
}

static void
wait_ms(int ms)
{
	struct timeval wait = {ms / 1000, ms % 1000 * 1000};

	event_base_loopexit(base, &wait);
	event_base_dispatch(base);
}

/* Until the pool serves and until something was notified; late() ends what never comes. */
static void
await_service(void)
{
	while (call(ECHO, "ready", NULL, 0) != GW_DB_OK)
		wait_ms(20);
}

static void
await_notify(const char *text)
{
	while (strcmp(last_notify, text) != 0)
		wait_ms(20);
}

/* In a pool of its own, whose statements have little time. */
static void
test_timeout(void)
{
	GwDb	   *patient = db;
	long		patience = gw_settings.db_timeout_ms;

	gw_settings.db_timeout_ms = 500;
	db = gw_db_new(base, "gw_test_timeout", statements, STATEMENT_COUNT);
	await_service();
	ok(call(SLEEP, "600", NULL, 0) == GW_DB_ERROR, "a statement that takes too long");
	is_text(last_state, "57014", "is cancelled by the server");
	gw_db_free(db);
	db = patient;
	gw_settings.db_timeout_ms = patience;
}

static void
test_calls(void)
{
	await_service();
	ok(call(DIVIDE, "0", NULL, 0) == GW_DB_ERROR, "an error of the server");
	is_text(last_state, "22012", "its SQLSTATE");
	ok(call(DEFERRED, "1", NULL, 0) == GW_DB_ERROR, "a constraint that fails at commit is an error");
	is_text(last_state, "23505", "its SQLSTATE");
	ok(call(MISSING, NULL, NULL, 0) == GW_DB_ERROR, "a statement that could not be prepared");
	ok(call(DEFERRED, "2", NULL, 0) == GW_DB_OK, "a commit that works");
	ok(call(ECHO, "a\"b", NULL, 0) == GW_DB_OK, "values and NULL");
	is_text(last_value, "a\"b", "value came back");
	ok(call(SERIAL, "2", NULL, 0) == GW_DB_ERROR, "a serialization failure without retry");
	is_text(last_state, "40001", "its SQLSTATE");
	ok(call(SERIAL, "3", NULL, GW_DB_RETRY) == GW_DB_OK, "and with retry");
	is_text(last_value, "4", "third retry counted from the second failure");
	ok(call(SERIAL, "100", NULL, GW_DB_RETRY) == GW_DB_ERROR, "retries have an end");
}

static void
test_pipeline(void)
{
	const char *values[] = {"x", NULL};
	GwDbRequest *cancelled;

	answers = 0;
	for (int i = 0; i < 200; i++)
		gw_db_call(db, ECHO, values, 0, answered, NULL);
	cancelled = gw_db_call(db, ECHO, values, 0, answered, NULL);
	gw_db_cancel(cancelled);
	while (gw_db_pending(db) > 0)
		event_base_loop(base, EVLOOP_ONCE);
	ok(answers == 200, "two hundred at once are answered once each; the cancelled one is not");
}

static void
test_limits(void)
{
	const char *values[] = {"0.3", NULL};

	gw_settings.db_queue_max = 2;
	for (int i = 0; i < 7; i++)
		gw_db_call(db, SLEEP, values, 0, i == 6 ? answered : NULL, NULL);
	event_base_dispatch(base);
	ok(last_outcome == GW_DB_FULL, "a request too many is refused");
	gw_settings.db_queue_max = 1000;
	while (gw_db_pending(db) > 0)
		event_base_loop(base, EVLOOP_ONCE);
}

static void
test_loss(void)
{
	await_notify("(maybe)");
	ok(true, "LISTEN tells of a possible miss at the start");
	call(NOTIFY, "hello", NULL, 0);
	await_notify("hello");
	ok(true, "NOTIFY arrives");
	ok(call(KILL, NULL, NULL, 0) == GW_DB_LOST, "a terminated connection is lost");
	await_service();
	ok(true, "the pool comes back");
	await_notify("(maybe)");
	ok(true, "LISTEN tells of a possible miss after a loss");
}

static int	rows;
static bool ended;
static GwStream *stream;

static void
on_row(void *arg, const PGresult *row)
{
	(void) arg;
	(void) row;
	rows++;
	if (rows == 1000)
		gw_stream_pause(stream);
}

static void
on_end(void *arg, const char *error)
{
	(void) arg;
	ended = true;
	snprintf(last_value, sizeof(last_value), "%s", error ? error : "");
	event_base_loopbreak(base);
}

static void
test_stream(void)
{
	const char *values[] = {"100000"};
	GwStreamQuery query = {
		.application = "gw_test", .sql = "SELECT generate_series(1, $1::int)", .value_count = 1, .values = values,
		.on_row = on_row, .on_end = on_end,
	};

	stream = gw_stream_open(base, &query);
	while (rows < 1000)
		wait_ms(20);
	wait_ms(200);
	ok(rows == 1000 && !ended, "a paused stream stands still");
	gw_stream_resume(stream);
	while (!ended)
		event_base_dispatch(base);
	ok(rows == 100000 && !*last_value, "then all rows come");
	gw_stream_close(stream);
	query.sql = "SELECT 1 / ($1::int - 100000)";
	ended = false;
	stream = gw_stream_open(base, &query);
	while (!ended)
		event_base_dispatch(base);
	is_text(last_value, "22012: division by zero", "an error ends the stream");
	gw_stream_close(stream);
	query.sql = "SELECT generate_series(1, $1::int)";
	stream = gw_stream_open(base, &query);
	wait_ms(50);
	gw_stream_close(stream);
	ok(true, "closed early");
}

static void
counted(void *arg, GwDbOutcome outcome, const PGresult *result)
{
	(void) result;
	*(int *) arg += outcome == GW_DB_OK;
}

/* Turn the loop until so many connections are there. */
static void
await_ready(const GwDb *pool, int count)
{
	while (gw_db_ready(pool) != count)
		event_base_loop(base, EVLOOP_ONCE);
}

/* Connections are opened when requests wait, not before, and closed when none has come for long. */
static void
test_demand(PGconn *pg)
{
	GwDb	   *pool;
	int			locked = 0;
	int			echoed = 0;

	gw_settings.db_connections = 5;
	gw_settings.db_idle_s = 1;
	gw_settings.db_timeout_ms = 25000;
	pool = gw_db_new(base, "gw_test_demand", statements, STATEMENT_COUNT);
	await_ready(pool, 2);
	PQclear(PQexec(pg, "SELECT pg_advisory_lock(9)"));
	for (int i = 0; i < 2; i++)
		gw_db_call(pool, LOCK, NULL, 0, counted, &locked);
	gw_db_call(pool, ECHO, (const char *const[]) {"x", NULL}, 0, counted, &echoed);
	while (echoed == 0)
		event_base_loop(base, EVLOOP_ONCE);
	ok(locked == 0 && gw_db_ready(pool) == 3, "a request does not wait behind two that wait: a third connection is opened for it");
	for (int i = 0; i < 4; i++)
		gw_db_call(pool, LOCK, NULL, 0, counted, &locked);
	await_ready(pool, 5);
	PQclear(PQexec(pg, "SELECT pg_advisory_unlock(9)"));
	while (locked < 6)
		event_base_loop(base, EVLOOP_ONCE);
	ok(gw_db_pending(pool) == 0, "six that waited are answered");
	await_ready(pool, 2);
	ok(1, "two are left when nobody has asked for a while");
	gw_db_call(pool, ECHO, (const char *const[]) {"x", NULL}, 0, counted, &echoed);
	while (echoed < 2)
		event_base_loop(base, EVLOOP_ONCE);
	ok(gw_db_ready(pool) == 2, "and they answer");
	gw_db_free(pool);
}

int
main(void)
{
	const struct timeval limit = {300, 0};
	PGconn	   *pg;

	gw_settings.database = getenv("GW_TEST_DATABASE");
	if (gw_settings.database == NULL)
	{
		printf("1..0 # SKIP GW_TEST_DATABASE is not set\n");
		return 0;
	}
	pg = PQconnectdb(gw_settings.database);
	PQclear(PQexec(pg, setup));
	gw_log_open("gw_test", NULL, getenv("GW_TEST_LOG") ? getenv("GW_TEST_LOG") : "error");
	gw_settings.db_connections = 2;
	gw_settings.db_pipeline_depth = 2;
	gw_settings.db_queue_max = 1000;
	gw_settings.db_timeout_ms = 120000;
	base = event_base_new();
	event_base_once(base, -1, EV_TIMEOUT, late, NULL, &limit);
	db = gw_db_new(base, "gw_test", statements, STATEMENT_COUNT);
	gw_db_listen(db, "gw_test", notified, NULL);
	test_calls();
	test_timeout();
	test_pipeline();
	test_limits();
	test_loss();
	test_stream();
	gw_db_free(db);
	test_demand(pg);
	PQfinish(pg);
	return done();
}
