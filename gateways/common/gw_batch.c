/*
 * gw_batch.c
 *		Natural batching. See gw_batch.h.
 *
 * An item is in the queue, or in exactly one call. Calls are sent from an event
 * of their own, so that everything that arrives in one turn of the loop can
 * share a call.
 */
#include "gw_batch.h"
#include "gw_array.h"
#include "gw_memory.h"

#include <string.h>
#include <sys/queue.h>

struct GwBatchItem
{
	STAILQ_ENTRY(GwBatchItem) link;
	GwBatchCallback callback;	/* NULL: cancelled */
	void	   *arg;
	bool		alone;			/* may not share a call */
	char		question[];
};

STAILQ_HEAD(GwBatchItemList, GwBatchItem);

/*
 * Questions that wait are shared out over the calls that may leave, but not thinner than this: one call for all of
 * them would keep one server process busy, and then the gateway, while everybody else waits.
 */
#define SHARE_MIN 8

/*
 * So many calls run at once however little is in them; a further one leaves when it is worth a call. A question of a
 * call of eight costs the database two thirds of what it costs alone, and two server processes keep up with one gateway.
 */
#define THIN_MAX 2

struct GwBatch
{
	GwDb	   *db;
	int			statement;
	char	   *common;
	int			size;
	int			in_flight_max;
	int			in_flight;
	int			pending;
	int			queued;			/* of those, not in a call */
	struct GwBatchItemList queue;
	struct event *send;
	GwBuf		questions;
};

typedef struct Call
{
	GwBatch    *batch;
	int			count;
	struct GwBatchItemList items;
} Call;

static void batch_send(evutil_socket_t fd, short what, void *arg);

GwBatch *
gw_batch_new(struct event_base *base, GwDb *db, int statement, const char *common, int size, int in_flight)
{
	GwBatch    *batch = gw_new(sizeof(*batch));

	batch->db = db;
	batch->statement = statement;
	batch->common = gw_strdup(common);
	batch->size = size;
	batch->in_flight_max = in_flight;
	STAILQ_INIT(&batch->queue);
	batch->send = event_new(base, -1, 0, batch_send, batch);
	return batch;
}

/* May one more call leave? */
static bool
batch_may_send(const GwBatch *batch)
{
	const GwBatchItem *first = STAILQ_FIRST(&batch->queue);

	return first != NULL && batch->in_flight < batch->in_flight_max &&
		(batch->in_flight < THIN_MAX || batch->queued >= SHARE_MIN || batch->queued >= batch->size || first->alone);
}

GwBatchItem *
gw_batch_ask(GwBatch *batch, const char *question, GwBatchCallback callback, void *arg)
{
	size_t		size = strlen(question) + 1;
	GwBatchItem *item = gw_malloc(sizeof(*item) + size);

	item->callback = callback;
	item->arg = arg;
	item->alone = false;
	memcpy(item->question, question, size);
	STAILQ_INSERT_TAIL(&batch->queue, item, link);
	batch->pending++;
	batch->queued++;
	if (batch_may_send(batch))
		event_active(batch->send, EV_TIMEOUT, 0);
	return item;
}

void
gw_batch_cancel(GwBatchItem *item)
{
	item->callback = NULL;
}

int
gw_batch_pending(const GwBatch *batch)
{
	return batch->pending;
}

/* The questions of a failed call again, each for itself, before all others. */
static void
call_split(Call *call)
{
	struct GwBatchItemList rest = STAILQ_HEAD_INITIALIZER(rest);
	GwBatchItem *item;

	STAILQ_FOREACH(item, &call->items, link)
		item->alone = true;
	call->batch->queued += call->count;
	STAILQ_CONCAT(&rest, &call->batch->queue);
	STAILQ_CONCAT(&call->batch->queue, &call->items);
	STAILQ_CONCAT(&call->batch->queue, &rest);
}

static void
call_deliver(Call *call, GwDbOutcome outcome, const PGresult *result)
{
	GwBatchItem *item;
	int			row = 0;

	while ((item = STAILQ_FIRST(&call->items)) != NULL)
	{
		STAILQ_REMOVE_HEAD(&call->items, link);
		call->batch->pending--;
		if (item->callback)
			item->callback(item->arg, outcome, result, row);
		free(item);
		row++;
	}
}

static void
call_answered(void *arg, GwDbOutcome outcome, const PGresult *result)
{
	Call	   *call = arg;
	GwBatch    *batch = call->batch;

	batch->in_flight--;
	if (outcome == GW_DB_OK && PQntuples(result) != call->count)
		outcome = GW_DB_ERROR;
	if (outcome == GW_DB_ERROR && call->count > 1)
		call_split(call);
	else
		call_deliver(call, outcome, result);
	free(call);
	if (!STAILQ_EMPTY(&batch->queue))
		event_active(batch->send, EV_TIMEOUT, 0);
}

/* How many questions the next call takes. */
static int
batch_share(const GwBatch *batch)
{
	int			calls = batch->in_flight_max - batch->in_flight;
	int			share = (batch->queued + calls - 1) / calls;

	share = share > SHARE_MIN ? share : SHARE_MIN;
	return share < batch->size ? share : batch->size;
}

/* One call with its share of what waits; cancelled questions are dropped on the way. */
static void
batch_call(GwBatch *batch, int share)
{
	Call	   *call = gw_new(sizeof(*call));
	GwBatchItem *item;

	call->batch = batch;
	STAILQ_INIT(&call->items);
	gw_buf_reset(&batch->questions);
	gw_array_begin(&batch->questions);
	while (call->count < share && (item = STAILQ_FIRST(&batch->queue)) != NULL && !(item->alone && call->count > 0))
	{
		STAILQ_REMOVE_HEAD(&batch->queue, link);
		batch->queued--;
		if (item->callback == NULL)
		{
			batch->pending--;
			free(item);
			continue;
		}
		STAILQ_INSERT_TAIL(&call->items, item, link);
		gw_array_add(&batch->questions, item->question);
		call->count++;
		if (item->alone)
			break;
	}
	gw_array_end(&batch->questions);
	if (call->count == 0)
	{
		free(call);
		return;
	}
	batch->in_flight++;
	gw_db_call(batch->db, batch->statement, (const char *const[]) {batch->questions.data, batch->common}, 0,
			   call_answered, call);
}

static void
batch_send(evutil_socket_t fd, short what, void *arg)
{
	GwBatch    *batch = arg;

	(void) fd;
	(void) what;
	while (batch_may_send(batch))
		batch_call(batch, batch_share(batch));
}
