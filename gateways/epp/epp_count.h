/*
 * epp_count.h
 *		How many commands of each kind about each zone, for the registry's
 *		activity report (srs-dom-check and so on); and domain creates by registrar,
 *		for the transactions report.
 */
#ifndef EPP_COUNT_H
#define EPP_COUNT_H

#include "epp_request.h"
#include "epp_session.h"

#include <event2/event.h>

/* Count from now on, and bring the numbers to the database every so many seconds; 0: never. */
void		epp_count_init(struct event_base *base, long period_s);

/* A command has been answered, whatever the answer. */
void		epp_count_answer(const EppRequest *request, const EppSession *session);

/* Bring what is there, then call `ended`. */
void		epp_count_end(void (*ended) (void));

#endif
