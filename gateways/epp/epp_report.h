/*
 * epp_report.h
 *		What this process and the database tell each other every few seconds
 *		(dos.epp_gateway_report): sessions that ended, commands that were used;
 *		sessions to end, rates. Sessions are rows there, so that limits hold
 *		over all gateways and outlive any of them.
 */
#ifndef EPP_REPORT_H
#define EPP_REPORT_H

#include "epp_rate.h"
#include "gw_db.h"

#include <event2/event.h>
#include <stdint.h>

void		epp_report_init(struct event_base *base, GwDb *db, int statement);

/* Report now, or as soon as the report that is on its way is back. */
void		epp_report_now(void);

/* Report shortly, together with what else happens until then. */
void		epp_report_soon(void);

/* A session is over; 0: one that the database does not know. */
void		epp_report_ended(int64_t session);

/* The same, with a callback once the database knows, or cannot be told. Never inside this call. */
void		epp_report_logout(int64_t session, void (*done) (void *arg), void *arg);

/* The process ends: what is left to tell, then this. Once is enough. */
void		epp_report_last(void (*done) (void));

/* {"gateway": name, "incarnation": ...} for dos.epp_login() */
const char *epp_report_name(void);

#endif
