/*
 * epp_batch.h
 *		Natural batching of checks, and of infos that ask for nothing but a domain.
 *
 * While few calls are in flight a request leaves at once. Above that it waits,
 * and all that wait for the same function leave as one call as soon as one
 * comes back: no added latency when idle, more work per call the busier it
 * gets. The statement takes registrars in $1, for each of them an array literal
 * of names in $2 and what the extensions said, the same for all these names, in
 * $3 (a statement without extensions has no $3); its rows come in that order.
 */
#ifndef EPP_BATCH_H
#define EPP_BATCH_H

#include "gw_db.h"

/* The rows of this request are first_row .. first_row + row_count - 1. */
typedef void (*EppBatchCallback) (void *arg, GwDbOutcome outcome, const PGresult *result, int first_row, int row_count);

void		epp_batch_init(GwDb *db, int in_flight_max);

/* names: an array literal of `count` elements. The callback runs exactly once, never inside this call. */
void		epp_batch_call(int statement, const char *registrar, const char *names, const char *extensions, int count,
						   EppBatchCallback callback, void *arg);

#endif
