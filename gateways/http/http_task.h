/*
 * http_task.h
 *		A request that waits for the database. Shared by http_rdap.c (look-ups) and
 *		http_search.c (searches, availability, readers who are known).
 *
 * A task lives from the request to the reply. libevent keeps the request alive
 * for us when its client goes away in between, and drops the reply.
 */
#ifndef HTTP_TASK_H
#define HTTP_TASK_H

#include "gw_counts.h"
#include "http.h"
#include "http_query.h"
#include "http_reader.h"

#include <time.h>

enum
{
	STATEMENT_DOMAINS, STATEMENT_NAMESERVER, STATEMENT_ENTITY, STATEMENT_HELP, STATEMENT_READ, STATEMENT_SEARCH, STATEMENT_DAS,
	STATEMENT_BOOTSTRAP
};

/* What is counted for the registry's reports besides the routes; words of dos.query_kinds(). */
enum
{
	KIND_RATE_LIMIT = HTTP_ROUTE_COUNT, KIND_REDIRECT, KIND_WEB, KIND_AUTHENTICATED, KIND_COUNT
};

typedef struct HttpTask
{
	struct evhttp_request *request;
	HttpRoute	route;
	int			zone;			/* for the counts */
	bool		from_web;		/* the look-up page asks */
	struct timespec began;
	char		key[HTTP_KEY_MAX];	/* "": the public */
	char	   *term;			/* of a reader who is known */
	HttpQuery  *query;			/* of a search, and of a reader who is known */
} HttpTask;

extern GwDb *http_db;
extern GwCounts *http_counts;

/* `term` NULL: none. The task is counted as waiting. */
HttpTask   *http_task_new(struct evhttp_request *request, HttpRoute route, const char *term);

/* What a call that gave no row comes to; ends the task. */
void		http_task_fail(HttpTask *task, GwDbOutcome outcome, const PGresult *result);

/* A row: its first column is the answer; NULL means there is none. Ends the task. */
void		http_task_reply(HttpTask *task, const PGresult *result, int row);

/* A callback of gw_db: one row, or a failure. */
void		http_task_answered(void *arg, GwDbOutcome outcome, const PGresult *result);
void		http_task_end(HttpTask *task);

/* http_search.c: take the task on; `term` as above. */
void		http_search_begin(HttpTask *task);
void		http_das_begin(HttpTask *task);
void		http_known_begin(HttpTask *task, const char *term);

#endif
