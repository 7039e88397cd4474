/*
 * gw_db.h
 *		A small pool of asynchronous PostgreSQL connections, in pipeline mode.
 *
 * Statements are a table; they are prepared on every connection when it comes
 * up. A request names a statement and gives its parameters as text; results
 * come as text. Each request is a transaction of its own (one Sync each), so
 * its callback runs only after the commit.
 *
 *		enum { STATEMENT_WHOIS };
 *		static const GwStatement statements[] = {
 *			[STATEMENT_WHOIS] = {"whois", "SELECT dos.whois($1)", 1},
 *		};
 *		GwDb *db = gw_db_new(base, "dos-whois", statements, 1);
 *		gw_db_call(db, STATEMENT_WHOIS, values, 0, answered, session);
 *
 *		static void
 *		answered(void *arg, GwDbOutcome outcome, const PGresult *result)
 *
 * The callback runs exactly once for each request, never inside gw_db_call(),
 * unless the request is cancelled first. Connection string, number of
 * connections, limits and times come from the common settings (gw_main.h).
 * Sessions have TimeZone UTC, DateStyle ISO, bytea hex, client encoding UTF-8.
 */
#ifndef GW_DB_H
#define GW_DB_H

#include <event2/event.h>
#include <libpq-fe.h>
#include <stdbool.h>

typedef struct GwStatement
{
	const char *name;			/* of the prepared statement */
	const char *sql;			/* NULL: a place in the table, nothing to prepare */
	int			parameters;
} GwStatement;

typedef enum GwDbOutcome
{
	GW_DB_OK,					/* result: rows */
	GW_DB_ERROR,				/* result: the server's error fields */
	GW_DB_LOST,					/* connection lost in flight: done or not, nobody knows */
	GW_DB_DOWN,					/* never sent: no connection */
	GW_DB_FULL,					/* never sent: queue at its limit */
	GW_DB_TIMEOUT				/* no answer in time */
} GwDbOutcome;

/* For logs and metric labels. */
extern const char *const gw_db_outcome_names[];

/* result is NULL unless OK or ERROR, and is freed after the call. */
typedef void (*GwDbCallback) (void *arg, GwDbOutcome outcome, const PGresult *result);

/* Serialization failures and deadlocks are tried again, at most 3 times. */
#define GW_DB_RETRY		1

typedef struct GwDb GwDb;
typedef struct GwDbRequest GwDbRequest;

GwDb	   *gw_db_new(struct event_base *base, const char *application, const GwStatement *statements, int count);

/* A pool on another database than that of the settings, with so many connections. `database` must stay. */
GwDb	   *gw_db_new_at(struct event_base *base, const char *application, const char *database, int connections,
						 const GwStatement *statements, int count);

/* The connection string of the settings, but only a host of it that takes writes will do. Stays. */
const char *gw_db_writer(void);

/* Values are copied; a NULL value is SQL NULL. Valid until its callback, which may be NULL. */
GwDbRequest *gw_db_call(GwDb *db, int statement, const char *const *values, unsigned flags, GwDbCallback callback,
						void *arg);

/* The callback will not be called; the statement runs if it was sent already. */
void		gw_db_cancel(GwDbRequest *request);

/* Connections able to take a request now. */
int			gw_db_ready(const GwDb *db);

/* True when a request sent now would have to wait for another one. */
bool		gw_db_busy(const GwDb *db);

/* Requests in queue or in flight. */
int			gw_db_pending(const GwDb *db);

/* Called whenever a connection has come up (first time and after a loss). */
void		gw_db_on_ready(GwDb *db, void (*callback) (void *arg), void *arg);

/*
 * LISTEN on a channel, on one connection of the pool. The callback gets the
 * payload; after a (re)connect it gets NULL, since something may have been
 * missed. One channel per pool. Call it right after gw_db_new().
 */
void		gw_db_listen(GwDb *db, const char *channel, void (*callback) (void *arg, const char *payload), void *arg);

/* Close everything; pending callbacks are not called. */
void		gw_db_free(GwDb *db);

#endif
