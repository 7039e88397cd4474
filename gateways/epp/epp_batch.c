/*
 * epp_batch.c
 *		Natural batching of checks. See epp_batch.h.
 *
 * A shared call that fails, or that does not answer each name with one row,
 * is taken apart: each member asks again for itself, so that nobody pays for
 * another session's request.
 */
#include "epp_batch.h"
#include "gw_buf.h"
#include "gw_memory.h"
#include "gw_metrics.h"

#include <stdbool.h>
#include <sys/queue.h>

#define NAMES_MAX 400			/* of one shared call */
#define LOOK_BACK 64			/* waiting calls that are looked at for company */

typedef struct Member
{
	STAILQ_ENTRY(Member) link;
	EppBatchCallback callback;
	void	   *arg;
	int			count;
	char		names[];		/* the inside of the literal */
} Member;

typedef struct Batch
{
	TAILQ_ENTRY(Batch) link;
	STAILQ_HEAD(MemberList, Member) members;
	int			statement;
	int			member_count;
	int			count;
	char		registrar[];
} Batch;

static GwDb *pool;
static int	in_flight;
static int	in_flight_max;
static TAILQ_HEAD(BatchList, Batch) waiting = TAILQ_HEAD_INITIALIZER(waiting);

static void batch_send(Batch *batch);

void
epp_batch_init(GwDb *db, int max)
{
	pool = db;
	in_flight_max = max;
}

static Batch *
batch_new(int statement, const char *registrar)
{
	Batch	   *batch = gw_new(sizeof(*batch) + strlen(registrar) + 1);

	STAILQ_INIT(&batch->members);
	batch->statement = statement;
	strcpy(batch->registrar, registrar);
	return batch;
}

static void
batch_add(Batch *batch, Member *member)
{
	STAILQ_INSERT_TAIL(&batch->members, member, link);
	batch->member_count++;
	batch->count += member->count;
}

/* Each member for itself. */
static void
batch_split(Batch *batch)
{
	Member	   *member;

	while ((member = STAILQ_FIRST(&batch->members)) != NULL)
	{
		Batch	   *alone = batch_new(batch->statement, batch->registrar);

		STAILQ_REMOVE_HEAD(&batch->members, link);
		batch_add(alone, member);
		batch_send(alone);
	}
}

/* Give each member its rows. */
static void
batch_deliver(Batch *batch, GwDbOutcome outcome, const PGresult *result)
{
	bool		alone = batch->member_count == 1;
	int			row = 0;
	Member	   *member;

	while ((member = STAILQ_FIRST(&batch->members)) != NULL)
	{
		STAILQ_REMOVE_HEAD(&batch->members, link);
		member->callback(member->arg, outcome, result, row,
						 outcome != GW_DB_OK ? 0 : alone ? PQntuples(result) : member->count);
		row += member->count;
		free(member);
	}
}

static void
batch_answered(void *arg, GwDbOutcome outcome, const PGresult *result)
{
	Batch	   *batch = arg;
	bool		useless = outcome == GW_DB_ERROR || (outcome == GW_DB_OK && PQntuples(result) != batch->count);
	Batch	   *next;

	in_flight--;
	if (useless && batch->member_count > 1)
		batch_split(batch);
	else
		batch_deliver(batch, outcome, result);
	free(batch);
	while (in_flight < in_flight_max && (next = TAILQ_FIRST(&waiting)) != NULL)
	{
		TAILQ_REMOVE(&waiting, next, link);
		batch_send(next);
	}
}

static void
batch_send(Batch *batch)
{
	static GwMetric *calls,
			   *requests;
	static GwBuf names;
	const char *values[] = {batch->registrar, NULL};
	Member	   *member;

	if (calls == NULL)
	{
		calls = gw_metrics_counter("dos_epp_check_calls_total", "database calls made for checks", "");
		requests = gw_metrics_counter("dos_epp_check_requests_total", "checks that those calls answered", "");
	}
	gw_metric_add(calls, 1);
	gw_metric_add(requests, batch->member_count);
	gw_buf_reset(&names);
	STAILQ_FOREACH(member, &batch->members, link)
	{
		gw_buf_putc(&names, names.length ? ',' : '{');
		gw_buf_puts(&names, member->names);
	}
	gw_buf_putc(&names, '}');
	values[1] = names.data;
	in_flight++;
	gw_db_call(pool, batch->statement, values, GW_DB_RETRY, batch_answered, batch);
}

/* A waiting call of this kind with room for more names, or NULL. */
static Batch *
batch_company(int statement, const char *registrar, int count)
{
	Batch	   *batch;
	int			looked = 0;

	TAILQ_FOREACH_REVERSE(batch, &waiting, BatchList, link)
	{
		if (batch->statement == statement && batch->count + count <= NAMES_MAX && strcmp(batch->registrar, registrar) == 0)
			return batch;
		if (++looked == LOOK_BACK)
			break;
	}
	return NULL;
}

void
epp_batch_call(int statement, const char *registrar, const char *names, int count, EppBatchCallback callback, void *arg)
{
	size_t		length = strlen(names) - 2;	/* without the braces */
	Member	   *member = gw_malloc(sizeof(*member) + length + 1);
	Batch	   *batch;

	member->callback = callback;
	member->arg = arg;
	member->count = count;
	memcpy(member->names, names + 1, length);
	member->names[length] = '\0';
	if (in_flight >= in_flight_max && (batch = batch_company(statement, registrar, count)) != NULL)
	{
		batch_add(batch, member);
		return;
	}
	batch = batch_new(statement, registrar);
	batch_add(batch, member);
	if (in_flight < in_flight_max)
		batch_send(batch);
	else
		TAILQ_INSERT_TAIL(&waiting, batch, link);
}
