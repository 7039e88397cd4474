/*
 * gw_db_lag.h
 *		Standbys that are too far behind. For gw_db_conn.c.
 *
 * A connection asks its server how far it lags, when it comes up and every
 * second. One that lags more than `standby_lag_max_s` is left for another of the
 * connection string's hosts, and not tried again for a while; when every host
 * lags, stale answers are better than none.
 */
#ifndef GW_DB_LAG_H
#define GW_DB_LAG_H

#include <libpq-fe.h>
#include <stdbool.h>

#define GW_DB_LAG_SQL "SELECT pg_catalog.ceil(dos.standby_lag())"

/* Is the setting on, and is there more than one host? */
bool		gw_db_lag_watched(void);

/* A server has answered (NULL: it is no standby). True: leave it. */
bool		gw_db_lag_leave(const PGconn *pg, const char *seconds);

/* Begin to connect with the settings' string, without the hosts that are avoided; NULL when none is. */
PGconn	   *gw_db_lag_connect(const char *application);

/*
 * Pure: take out of lists side by side, as in a connection string, the entries that `is_avoided`.
 * `hosts` and `ports` are changed in place; one port is for all hosts. Returns how many hosts stay.
 */
int			gw_db_lag_filter(char *hosts, char *ports, bool (*is_avoided) (const char *host, const char *port));

#endif
