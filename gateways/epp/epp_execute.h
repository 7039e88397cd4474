/*
 * epp_execute.h
 *		From one frame to its answer.
 */
#ifndef EPP_EXECUTE_H
#define EPP_EXECUTE_H

#include "epp_session.h"
#include "gw_db.h"

/* Prepare for work on this pool; it has the statements of epp_execute_statements(). */
void		epp_execute_init(struct event_base *base, GwDb *db, const char *instance, int checks_in_flight);

/* The statements of the pool: those of epp_commands[] by position, then the greeting. */
const GwStatement *epp_execute_statements(int *count);

/* Ask the database for the greeting; sessions that wait for it are greeted. */
void		epp_execute_load_greeting(void);

/*
 * Run one document. The session's `running` is set; epp_session_done() is
 * called when the answer has been sent, perhaps before this returns.
 */
void		epp_execute(EppSession *session, const char *document, size_t length);

/* 2500 for a frame that cannot be read; the caller closes. */
void		epp_execute_refuse(EppSession *session, const char *reason);

#endif
