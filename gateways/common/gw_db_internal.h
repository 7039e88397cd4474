/*
 * gw_db_internal.h
 *		Shared by gw_db.c (queue), gw_db_conn.c (one connection) and
 *		gw_stream.c. Not for gateways.
 *
 * A request is in exactly one place: the pool's queue, or the flight list of
 * one connection. Flight lists are in the order of the Syncs sent.
 */
#ifndef GW_DB_INTERNAL_H
#define GW_DB_INTERNAL_H

#include "gw_db.h"

#include <stdint.h>
#include <sys/queue.h>

/* statement numbers below zero are the pool's own */
#define STATEMENT_SETUP		(-1)
#define STATEMENT_LISTEN	(-2)
#define STATEMENT_LAG		(-3)
#define STATEMENT_PREPARE(n) (-4 - (n))
#define STATEMENT_PREPARED(n) (-4 - (n))

struct GwDbRequest
{
	TAILQ_ENTRY(GwDbRequest) link;
	int			statement;
	unsigned	flags;
	int			attempts;
	bool		refused;		/* the queue was full */
	bool		cancelled;		/* nobody wants the answer any more */
	int64_t		asked_ms;		/* when gw_db_call() was made */
	GwDbCallback callback;
	void	   *arg;
	PGresult   *result;			/* in flight: what came before the Sync */
	int			value_count;
	const char *values[];
};

TAILQ_HEAD(GwDbRequestList, GwDbRequest);

typedef enum GwDbState
{
	DB_WAITING,					/* no connection; a timer will start one */
	DB_ASLEEP,					/* no connection, and none is needed */
	DB_CONNECTING,				/* PQconnectPoll */
	DB_PREPARING,				/* setup, listen and prepare in flight */
	DB_READY
} GwDbState;

typedef struct GwDbConn
{
	GwDb	   *db;
	int			number;
	PGconn	   *pg;
	GwDbState	state;
	int			socket;			/* the one the events watch */
	struct event *readable;
	struct event *writable;
	struct event *timer;		/* back-off, or connect time-out */
	long		backoff_ms;
	bool		renew;			/* reconnect when the flight is empty */
	bool	   *prepared;		/* per statement */
	int64_t		used_ms;		/* last request, or when it became ready */
	int64_t		lag_asked_ms;	/* when the server was last asked how far it lags */
	int			flight_count;
	int64_t		progress_ms;	/* last answer, or when the flight began */
	struct GwDbRequestList flight;
} GwDbConn;

struct GwDb
{
	struct event_base *base;
	const char *application;
	const char *database;		/* NULL: that of the settings */
	const GwStatement *statements;
	int			statement_count;
	GwDbConn   *conns;
	int			conn_count;
	int			awake_min;		/* the first so many connections never sleep */
	int			depth;
	int			queue_count;
	struct GwDbRequestList queue;
	struct event *dispatch;		/* made active by gw_db_call() */
	struct event *tick;
	void		(*on_ready) (void *arg);
	void	   *on_ready_arg;
	char	   *channel;
	void		(*on_notify) (void *arg, const char *payload);
	void	   *on_notify_arg;
};

extern const char gw_db_setup_sql[];

int64_t		gw_db_clock_ms(void);

/* gw_db.c */
void		gw_db_request_finish(GwDb *db, GwDbRequest *request, GwDbOutcome outcome);
void		gw_db_request_answered(GwDb *db, GwDbRequest *request);
void		gw_db_dispatch(GwDb *db);

/* gw_db_conn.c */
void		gw_db_conn_init(GwDbConn *conn, GwDb *db, int number);
void		gw_db_conn_close(GwDbConn *conn);
void		gw_db_conn_ask_lag(GwDbConn *conn);
bool		gw_db_conn_send(GwDbConn *conn, GwDbRequest *request);
void		gw_db_conn_flush(GwDbConn *conn);
void		gw_db_conn_lost(GwDbConn *conn, const char *why);
void		gw_db_conn_wake(GwDbConn *conn);	/* from DB_ASLEEP */
void		gw_db_conn_sleep(GwDbConn *conn);	/* from DB_READY, with nothing in flight */

/* Parameters common to pool and stream connections; start connecting. `database` NULL: that of the settings. */
PGconn	   *gw_db_connect_start(const char *application, const char *database);

#endif
