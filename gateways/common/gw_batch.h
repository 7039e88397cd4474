/*
 * gw_batch.h
 *		Natural batching of look-ups that take one text and return one row.
 *
 * While fewer than two calls run, a question leaves at once. Above that
 * questions wait, and leave together as soon as a call comes back, or as soon
 * as there are enough of them to be worth a call of their own, up to `in_flight`
 * calls: no added latency when idle, more work for each call the busier it gets.
 * Many that wait at the same time are shared out over the calls that may leave.
 *
 *		statement: "SELECT content, problem FROM dos.rdap_domains($1, $2)"
 *		$1 is the text[] of the questions, the rows come in their order; $2 is
 *		the same for all, or missing.
 *
 * A shared call that fails is asked again question by question, so that nobody
 * pays for another client's question.
 */
#ifndef GW_BATCH_H
#define GW_BATCH_H

#include "gw_db.h"

typedef struct GwBatch GwBatch;
typedef struct GwBatchItem GwBatchItem;

/* The answer is row `row` of the result, when the outcome is OK. The result is freed after all callbacks. */
typedef void (*GwBatchCallback) (void *arg, GwDbOutcome outcome, const PGresult *result, int row);

/* `common` is $2 or NULL; copied. `size`: the most questions in one call. */
GwBatch    *gw_batch_new(struct event_base *base, GwDb *db, int statement, const char *common, int size, int in_flight);

/* The callback runs exactly once, never inside this call, unless the item is cancelled. */
GwBatchItem *gw_batch_ask(GwBatch *batch, const char *question, GwBatchCallback callback, void *arg);
void		gw_batch_cancel(GwBatchItem *item);

/* Questions not answered yet. */
int			gw_batch_pending(const GwBatch *batch);

#endif
