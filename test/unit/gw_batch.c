/*
 * gw_batch.c
 *		How waiting questions are shared out over calls; a pool that only notes what it is asked stands in for the database.
 */
#include "gw_array.h"
#include "gw_batch.h"

#include "gw_tap.h"

#include <event2/event.h>
#include <stdio.h>
#include <string.h>

#define CALLS_MAX 200

static struct
{
	int			questions;
	GwDbCallback callback;
	void	   *arg;
}			calls[CALLS_MAX];
static int	call_count;
static int	answers[GW_DB_TIMEOUT + 1];
static struct event_base *loop;
static GwBatch *batches[20];		/* they live as long as the program, as in a gateway */
static int	batch_count;

/* Takes the place of the pool's. */
GwDbRequest *
gw_db_call(GwDb *db, int statement, const char *const *values, unsigned flags, GwDbCallback callback, void *arg)
{
	GwArray    *array = gw_array_parse(values[0]);

	(void) db;
	(void) statement;
	(void) flags;
	calls[call_count].questions = array ? array->count : -1;
	calls[call_count].callback = callback;
	calls[call_count++].arg = arg;
	gw_array_free(array);
	return NULL;
}

static GwBatch *
batch_new(int size, int in_flight)
{
	return batches[batch_count++] = gw_batch_new(loop, NULL, 0, "", size, in_flight);
}

static void
answered(void *arg, GwDbOutcome outcome, const PGresult *result, int row)
{
	(void) arg;
	(void) result;
	(void) row;
	answers[outcome]++;
}

static void
turn(void)
{
	event_base_loop(loop, EVLOOP_NONBLOCK);
}

static void
end(int call, GwDbOutcome outcome)
{
	calls[call].callback(calls[call].arg, outcome, NULL);
	turn();
}

/* So many questions at once: the calls that leave, as "8 8 1". */
static const char *
shares(int questions, int size, int in_flight)
{
	static char text[400];
	GwBatch    *batch = batch_new(size, in_flight);
	size_t		length = 0;

	call_count = 0;
	for (int i = 0; i < questions; i++)
		gw_batch_ask(batch, "a.example", answered, NULL);
	turn();
	text[0] = '\0';
	for (int i = 0; i < call_count; i++)
		length += (size_t) snprintf(text + length, sizeof(text) - length, "%s%d", i > 0 ? " " : "", calls[i].questions);
	/* what still waits leaves as calls come back; nobody is forgotten */
	memset(answers, 0, sizeof(answers));
	for (int i = 0; i < call_count; i++)
		end(i, GW_DB_DOWN);
	ok(answers[GW_DB_DOWN] == questions && gw_batch_pending(batch) == 0, "every question is answered once");
	return text;
}

static void
test_shares(void)
{
	static const struct
	{
		int			questions;
		int			size;
		int			in_flight;
		const char *calls;
	}			cases[] = {
		{1, 32, 4, "1"}, {8, 32, 4, "8"}, {9, 32, 4, "8 1"}, {10, 32, 4, "8 2"}, {20, 32, 4, "8 8"}, {24, 32, 4, "8 8 8"}, {32, 32, 4, "8 8 8 8"}, {33, 32, 4, "9 8 8 8"},
		{100, 32, 4, "25 25 25 25"}, {200, 32, 4, "32 32 32 32"}, {100, 32, 1, "32"}, {20, 32, 1, "20"}, {20, 5, 2, "5 5"}, {3, 1, 2, "1 1"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		const char *got = shares(cases[i].questions, cases[i].size, cases[i].in_flight);

		is_text(got, cases[i].calls, "questions are shared out");
	}
}

/* A call that fails is asked again question by question; what was cancelled is not asked at all. */
static void
test_failure(void)
{
	GwBatch    *batch = batch_new(32, 4);
	GwBatchItem *item;

	call_count = 0;
	memset(answers, 0, sizeof(answers));
	for (int i = 0; i < 3; i++)
		gw_batch_ask(batch, "a.example", answered, NULL);
	turn();
	ok(call_count == 1 && calls[0].questions == 3, "three questions leave as one call");
	end(0, GW_DB_ERROR);
	ok(call_count == 4 && calls[1].questions == 1 && calls[2].questions == 1 && calls[3].questions == 1, "and alone after it has failed");
	end(1, GW_DB_ERROR);
	end(2, GW_DB_DOWN);
	end(3, GW_DB_DOWN);
	ok(answers[GW_DB_ERROR] == 1 && answers[GW_DB_DOWN] == 2 && gw_batch_pending(batch) == 0, "only one pays for its question");
	item = gw_batch_ask(batch, "b.example", answered, NULL);
	gw_batch_ask(batch, "c.example", answered, NULL);
	gw_batch_cancel(item);
	turn();
	ok(call_count == 5 && calls[4].questions == 1, "what was cancelled is not asked");
	end(4, GW_DB_DOWN);
	ok(answers[GW_DB_DOWN] == 3 && gw_batch_pending(batch) == 0, "nor answered");
	for (int i = 0; i < 20; i++)
		gw_batch_ask(batch, "d.example", answered, NULL);
	turn();
	ok(call_count == 7 && calls[5].questions == 8 && calls[6].questions == 8, "and the shares are right after all that");
	end(5, GW_DB_DOWN);
	ok(call_count == 8 && calls[7].questions == 4, "four wait until one of two calls is back");
	end(6, GW_DB_DOWN);
	end(7, GW_DB_DOWN);
}

/* One question after the other: two calls run whatever is in them, a third one leaves when it is full enough. */
static void
test_thin(void)
{
	GwBatch    *batch = batch_new(32, 4);
	GwBatch    *small = batch_new(3, 4);

	call_count = 0;
	for (int i = 0; i < 9; i++)
	{
		gw_batch_ask(batch, "a.example", answered, NULL);
		turn();
	}
	ok(call_count == 2 && calls[0].questions == 1 && calls[1].questions == 1, "two leave alone, seven wait");
	gw_batch_ask(batch, "b.example", answered, NULL);
	turn();
	ok(call_count == 3 && calls[2].questions == 8, "eight are worth a call");
	for (int i = 0; i < 8; i++)
		gw_batch_ask(batch, "c.example", answered, NULL);
	turn();
	ok(call_count == 4 && calls[3].questions == 8, "and eight more another one");
	for (int i = 0; i < 20; i++)
		gw_batch_ask(batch, "d.example", answered, NULL);
	turn();
	ok(call_count == 4, "a fifth call waits however much would be in it");
	for (int i = 0; i < call_count; i++)
		end(i, GW_DB_DOWN);
	ok(gw_batch_pending(batch) == 0, "all are answered");
	call_count = 0;
	for (int i = 0; i < 5; i++)
	{
		gw_batch_ask(small, "e.example", answered, NULL);
		turn();
	}
	ok(call_count == 3 && calls[2].questions == 3, "a call cannot be fuller than its size");
	for (int i = 0; i < call_count; i++)
		end(i, GW_DB_DOWN);
}

int
main(void)
{
	loop = event_base_new();
	test_shares();
	test_failure();
	test_thin();
	return done();
}
