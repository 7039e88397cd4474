/*
 * epp_report.c
 *		Reports to the database. See epp_report.h.
 *
 * One report at a time. What it says is kept until the answer is there, and
 * said again after a failure: ids of sessions that ended may be told twice.
 */
#include "epp_report.h"
#include "epp_execute.h"
#include "epp_run.h"
#include "gw_array.h"
#include "gw_log.h"
#include "gw_main.h"
#include "gw_memory.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define SOON_MS 100

typedef struct Logout
{
	int64_t		session;
	void		(*done) (void *arg);
	void	   *arg;
} Logout;

static GwDb *pool;
static int	statement;
static struct event *timer;
static bool under_way;			/* a report has not been answered yet */
static bool again;				/* another was asked for meanwhile */
static GwBuf ended;				/* array literals without their end */
static GwBuf used;
static GwBuf ended_sent;
static GwBuf used_sent;

/* The gateway's name: the same after a restart, other than that of any process beside it. */
const char *
epp_report_name(void)
{
	static char name[EPP_SVTRID_SIZE];
	char		incarnation[EPP_SVTRID_SIZE];

	if (*name == '\0')
	{
		epp_incarnation(incarnation);
		snprintf(name, sizeof(name), "%.*s", (int) (strrchr(incarnation, '-') - incarnation), incarnation);
	}
	return name;
}

static void
arm(long ms)
{
	struct timeval tv = {ms / 1000, ms % 1000 * 1000};

	event_add(timer, &tv);
}

/* Sessions that somebody ended from SQL. */
static void
end_sessions(const char *literal)
{
	GwArray    *ids = gw_array_parse(literal);

	for (int i = 0; ids && i < ids->count; i++)
		if (ids->items[i])
			epp_session_end(strtoll(ids->items[i], NULL, 10));
	gw_array_free(ids);
}

static void
reported(void *arg, GwDbOutcome outcome, const PGresult *result)
{
	(void) arg;
	under_way = false;
	if (outcome == GW_DB_OK && PQntuples(result) == 1 && PQnfields(result) == 2)
	{
		gw_buf_reset(&ended_sent);
		gw_buf_reset(&used_sent);
		end_sessions(PQgetvalue(result, 0, 0));
		epp_rates_set(PQgetvalue(result, 0, 1));
	}
	else
		gw_log(GW_LOG_WARNING, "report_failed", "dos.epp_gateway_report(): %s",
			   outcome == GW_DB_ERROR ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : gw_db_outcome_names[outcome]);
	if (gw_draining())
		return;
	if (again)
		epp_report_now();
	else
		arm(epp_limits.report_s * 1000);
}

/* Call with these two arrays, which lack their ends. */
static void
call(GwBuf *ids, GwBuf *counts, GwDbCallback callback, void *arg)
{
	static GwBuf literals[2];
	char		incarnation[EPP_SVTRID_SIZE];
	const char *values[4] = {epp_report_name(), incarnation};

	epp_incarnation(incarnation);
	for (int i = 0; i < 2; i++)
	{
		GwBuf	   *from = i == 0 ? ids : counts;

		gw_buf_reset(&literals[i]);
		if (from->length)
			gw_buf_add(&literals[i], from->data, from->length);
		else
			gw_array_begin(&literals[i]);
		gw_array_end(&literals[i]);
		values[2 + i] = literals[i].data;
	}
	gw_db_call(pool, statement, values, GW_DB_RETRY, callback, arg);
}

/* Move what has come together behind what was not accepted yet. */
static void
collect(GwBuf *to, GwBuf *from)
{
	if (from->length > 1)
	{
		if (to->length > 1)
			gw_buf_printf(to, ",%s", from->data + 1);
		else
		{
			gw_buf_reset(to);
			gw_buf_puts(to, from->data);
		}
	}
	gw_buf_reset(from);
}

void
epp_report_now(void)
{
	again = under_way;
	if (under_way)
		return;
	under_way = true;
	event_del(timer);
	if (used.length == 0)
		gw_array_begin(&used);
	epp_rates_used(&used);
	collect(&ended_sent, &ended);
	collect(&used_sent, &used);
	call(&ended_sent, &used_sent, reported, NULL);
}

static void
left(void *arg, GwDbOutcome outcome, const PGresult *result)
{
	void		(**done) (void) = arg;

	(void) outcome;
	(void) result;
	(*done) ();
}

void
epp_report_last(void (*done) (void))
{
	static void (*after) (void);

	if (after)
		return;
	after = done;
	event_del(timer);
	if (used.length == 0)
		gw_array_begin(&used);
	epp_rates_used(&used);
	if (!under_way)
	{
		collect(&ended_sent, &ended);
		collect(&used_sent, &used);
	}
	call(under_way ? &ended : &ended_sent, under_way ? &used : &used_sent, left, &after);
}

static void
due(evutil_socket_t fd, short what, void *arg)
{
	(void) fd;
	(void) what;
	(void) arg;
	epp_report_now();
}

void
epp_report_soon(void)
{
	if (gw_draining())
		return;
	if (under_way)
		again = true;
	else
		arm(SOON_MS);
}

void
epp_report_ended(int64_t session)
{
	char		id[24];

	if (session == 0)
		return;
	snprintf(id, sizeof(id), "%" PRId64, session);
	if (ended.length == 0)
		gw_array_begin(&ended);
	gw_array_add(&ended, id);
	epp_report_soon();
}

static void
logout_reported(void *arg, GwDbOutcome outcome, const PGresult *result)
{
	Logout	   *logout = arg;

	(void) result;
	if (outcome != GW_DB_OK)
		epp_report_ended(logout->session);
	logout->done(logout->arg);
	free(logout);
}

void
epp_report_logout(int64_t session, void (*done) (void *arg), void *arg)
{
	Logout	   *logout = gw_new(sizeof(*logout));
	GwBuf		ids = {0};
	GwBuf		nothing = {0};
	char		id[24];

	*logout = (Logout) {session, done, arg};
	snprintf(id, sizeof(id), "%" PRId64, session);
	gw_array_begin(&ids);
	gw_array_add(&ids, id);
	call(&ids, &nothing, logout_reported, logout);
	gw_buf_free(&ids);
}

/* Something changed ("server": the greeting or the texts), somebody ended a session, or the connection is new. */
static void
told(void *arg, const char *payload)
{
	(void) arg;
	if (payload && strcmp(payload, "server") == 0)
		epp_execute_load_greeting();
	else
		epp_report_now();
}

void
epp_report_init(struct event_base *base, GwDb *db, int number)
{
	pool = db;
	statement = number;
	timer = gw_memory_checked(evtimer_new(base, due, NULL));
	gw_db_listen(db, "dos_epp", told, NULL);
	arm(epp_limits.report_s * 1000);
}
