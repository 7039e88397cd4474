/*
 * http_rdap.c
 *		RDAP requests (RFC 7480, 9082): route, ask the database, reply.
 *
 * A task lives from the request to the reply. libevent keeps the request alive
 * for us when its client goes away in between, and drops the reply.
 */
#include "http.h"
#include "gw_counts.h"
#include "gw_listen.h"
#include "gw_log.h"
#include "gw_main.h"
#include "gw_memory.h"
#include "gw_metrics.h"

#include <string.h>
#include <time.h>

enum
{
	STATEMENT_DOMAINS, STATEMENT_NAMESERVER, STATEMENT_ENTITY, STATEMENT_HELP
};

static const GwStatement statements[] = {
	[STATEMENT_DOMAINS] = {"rdap_domains", "SELECT content, problem FROM dos.rdap_domains($1, $2)", 2},
	[STATEMENT_NAMESERVER] = {"rdap_nameserver", "SELECT dos.rdap_nameserver($1, $2)", 2},
	[STATEMENT_ENTITY] = {"rdap_entity", "SELECT dos.rdap_entity($1, $2)", 2},
	[STATEMENT_HELP] = {"rdap_help", "SELECT dos.rdap_help($1)", 1},
};

/* What there is to say about a request without asking the database. */
static const struct
{
	int			code;
	const char *description;
}			refusals[HTTP_ROUTE_COUNT] = {
	[HTTP_UNSUPPORTED] = {501, "This query is not supported by this server."},
	[HTTP_UNKNOWN] = {404, "There is no such query. See help."},
	[HTTP_MALFORMED] = {400, "The query is empty or malformed."},
};

/* What is counted for the registry's reports; words of dos.query_kinds(). */
enum
{
	KIND_RATE_LIMIT = HTTP_ROUTE_COUNT, KIND_REDIRECT, KIND_COUNT
};

static const char *const kinds[KIND_COUNT] = {
	[HTTP_DOMAIN] = "rdap-domain",
	[HTTP_NAMESERVER] = "rdap-nameserver",
	[HTTP_ENTITY] = "rdap-entity",
	[HTTP_HELP] = "rdap-help",
	[HTTP_UNSUPPORTED] = "",
	[HTTP_UNKNOWN] = "",
	[HTTP_MALFORMED] = "",
	[KIND_RATE_LIMIT] = "rdap-rate-limit",
	[KIND_REDIRECT] = "rdap-redirects",
};

typedef struct HttpTask
{
	struct evhttp_request *request;
	HttpRoute	route;
	int			zone;			/* for the counts */
	struct timespec began;
} HttpTask;

static GwDb *db;
static GwBatch *domains;
static GwLimit *limit;
static GwCounts *counts;
static int	pending;

void
http_rdap_limits(void)
{
	gw_limit_set(limit, http_settings.rate_limit, http_settings.rate_burst, 0);
	gw_limit_set_wide(limit, http_settings.rate_wide);
	gw_limit_exempt(limit, &http_settings.rate_exempt);
}

void
http_rdap_start(struct event_base *base)
{
	db = gw_db_new(base, "dos-http", statements, sizeof(statements) / sizeof(statements[0]));
	domains = gw_batch_new(base, db, STATEMENT_DOMAINS, http_base_url, (int) http_settings.batch_size,
						   (int) http_settings.batches_in_flight);
	limit = gw_limit_new();
	counts = gw_counts_new(base, "dos-http", kinds, KIND_COUNT, http_settings.count_s, http_settings.count_database);
	http_rdap_limits();
}

int
http_rdap_pending(void)
{
	return pending;
}

void
http_rdap_count_redirect(void)
{
	gw_counts_add(counts, KIND_REDIRECT, GW_COUNTS_NO_ZONE);
}

void
http_rdap_end(void (*ended) (void))
{
	gw_counts_end(counts, ended);
}

/* The task is over: measure and forget it. */
static void
task_end(HttpTask *task)
{
	static GwMetric *seconds[HTTP_ROUTE_COUNT];
	struct timespec now;

	if (seconds[task->route] == NULL)
	{
		char		label[40];

		snprintf(label, sizeof(label), "query=\"%s\"", http_route_names[task->route]);
		seconds[task->route] = gw_metrics_histogram("dos_http_seconds", "time to answer a query", label);
	}
	clock_gettime(CLOCK_MONOTONIC, &now);
	gw_metric_observe(seconds[task->route], (double) (now.tv_sec - task->began.tv_sec) +
					  (double) (now.tv_nsec - task->began.tv_nsec) / 1e9);
	free(task);
	pending--;
	if (gw_draining())
		http_server_drain();
}

/* What a call that gave no row comes to. */
static void
task_fail(HttpTask *task, GwDbOutcome outcome, const PGresult *result)
{
	const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
	const char *detail = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL) : NULL;

	if (outcome != GW_DB_OK && outcome != GW_DB_ERROR)
		http_reply_error(task->request, 503, "The service is temporarily unavailable.", 5);
	else if (state && strncmp(state, "R20", 3) == 0)
		http_reply_error(task->request, 400, detail ? detail : "The query is malformed.", 0);
	else
	{
		gw_log_begin(GW_LOG_ERROR, "rdap_failed");
		gw_log_text("query", http_route_names[task->route]);
		gw_log_text("message", result ? PQresultErrorMessage(result) : "wrong number of answers");
		gw_log_end();
		http_reply_error(task->request, 500, "The server could not answer.", 0);
	}
	task_end(task);
}

/* A row: its first column is the answer; NULL means there is none. */
static void
task_reply(HttpTask *task, const PGresult *result, int row)
{
	gw_counts_add(counts, (int) task->route, task->zone);
	if (PQgetisnull(result, row, 0))
		http_reply_error(task->request, 404, "The object does not exist in this registry.", 0);
	else
		http_reply(task->request, 200, PQgetvalue(result, row, 0), (size_t) PQgetlength(result, row, 0));
	task_end(task);
}

static void
domain_answered(void *arg, GwDbOutcome outcome, const PGresult *result, int row)
{
	HttpTask   *task = arg;

	if (outcome != GW_DB_OK || row >= PQntuples(result))
		task_fail(task, outcome, result);
	else if (!PQgetisnull(result, row, 1))
	{
		http_reply_error(task->request, 400, PQgetvalue(result, row, 1), 0);
		task_end(task);
	}
	else
		task_reply(task, result, row);
}

static void
single_answered(void *arg, GwDbOutcome outcome, const PGresult *result)
{
	if (outcome != GW_DB_OK || PQntuples(result) != 1)
		task_fail(arg, outcome, result);
	else
		task_reply(arg, result, 0);
}

static void
task_begin(struct evhttp_request *request, HttpRoute route, const char *term)
{
	HttpTask   *task = gw_malloc(sizeof(*task));

	task->request = request;
	task->route = route;
	task->zone = term ? gw_counts_zone(counts, term) : GW_COUNTS_NO_ZONE;
	clock_gettime(CLOCK_MONOTONIC, &task->began);
	pending++;
	if (route == HTTP_DOMAIN)
		gw_batch_ask(domains, term, domain_answered, task);
	else if (route == HTTP_HELP)
		gw_db_call(db, STATEMENT_HELP, (const char *const[]) {http_base_url}, 0, single_answered, task);
	else
		gw_db_call(db, route == HTTP_ENTITY ? STATEMENT_ENTITY : STATEMENT_NAMESERVER,
				   (const char *const[]) {term, http_base_url}, 0, single_answered, task);
}

/* May this client ask now? */
static bool
is_within_limit(struct evhttp_request *request)
{
	GwAddress	client;

	return !http_peer_address(request, &client) || gw_limit_take(limit, &client.any);
}

void
http_rdap_request(struct evhttp_request *request, void *arg)
{
	enum evhttp_cmd_type method = evhttp_request_get_command(request);
	const struct evhttp_uri *uri = evhttp_request_get_evhttp_uri(request);
	const char *path = uri ? evhttp_uri_get_path(uri) : NULL;
	char		term[HTTP_SEGMENT_MAX + 1];
	HttpRoute	route;

	(void) arg;
	if (method == EVHTTP_REQ_OPTIONS)
	{
		http_reply_options(request);
		return;
	}
	if (method != EVHTTP_REQ_GET && method != EVHTTP_REQ_HEAD)
	{
		evhttp_add_header(evhttp_request_get_output_headers(request), "Allow", "GET, HEAD, OPTIONS");
		http_reply_error(request, 405, "Only GET, HEAD and OPTIONS are allowed.", 0);
		return;
	}
	if (!is_within_limit(request))
	{
		gw_counts_add(counts, KIND_RATE_LIMIT, GW_COUNTS_NO_ZONE);
		http_reply_error(request, 429, "The query rate limit is exceeded.", 1);
		return;
	}
	route = http_path_route(path ? path : "/", http_base_path, term);
	if (refusals[route].code != 0)
		http_reply_error(request, refusals[route].code, refusals[route].description, 0);
	else
		task_begin(request, route, route == HTTP_HELP ? NULL : term);
}
