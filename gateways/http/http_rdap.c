/*
 * http_rdap.c
 *		RDAP requests (RFC 7480, 9082): route, ask the database, reply.
 *
 * The public's look-ups are here; what else can be asked is in http_search.c.
 */
#include "http_task.h"
#include "http_web.h"
#include "gw_log.h"
#include "gw_main.h"
#include "gw_memory.h"
#include "gw_metrics.h"

#include <string.h>
#include <event2/keyvalq_struct.h>

static const GwStatement statements[] = {
	[STATEMENT_DOMAINS] = {"rdap_domains", "SELECT content, problem FROM dos.rdap_domains($1, $2)", 2},
	[STATEMENT_NAMESERVER] = {"rdap_nameserver", "SELECT dos.rdap_nameserver($1, $2)", 2},
	[STATEMENT_ENTITY] = {"rdap_entity", "SELECT dos.rdap_entity($1, $2)", 2},
	[STATEMENT_HELP] = {"rdap_help", "SELECT dos.rdap_help($1)", 1},
	[STATEMENT_READ] = {"rdap_read", "SELECT dos.rdap_read($1, $2, $3, $4)", 4},
	[STATEMENT_SEARCH] = {"rdap_search", "SELECT dos.rdap_search($1, $2, $3, $4, $5)", 5},
	[STATEMENT_DAS] = {"das_json", "SELECT dos.das_json($1)", 1},
	[STATEMENT_BOOTSTRAP] = {"rdap_bootstrap", "SELECT dos.rdap_bootstrap($1)", 1},
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

static const char *const kinds[KIND_COUNT] = {
	[HTTP_DOMAIN] = "rdap-domain",
	[HTTP_NAMESERVER] = "rdap-nameserver",
	[HTTP_ENTITY] = "rdap-entity",
	[HTTP_HELP] = "rdap-help",
	[HTTP_SEARCH_DOMAINS] = "rdap-search-domain",
	[HTTP_SEARCH_NAMESERVERS] = "rdap-search-nameserver",
	[HTTP_SEARCH_ENTITIES] = "rdap-search-entity",
	[HTTP_SEARCH_REVERSE] = "rdap-search-domain",
	[HTTP_DAS] = "das",
	[HTTP_BOOTSTRAP] = "",
	[HTTP_WEB] = "",
	[HTTP_UNSUPPORTED] = "",
	[HTTP_UNKNOWN] = "",
	[HTTP_MALFORMED] = "",
	[KIND_RATE_LIMIT] = "rdap-rate-limit",
	[KIND_REDIRECT] = "rdap-redirects",
	[KIND_WEB] = "web-whois",
	[KIND_AUTHENTICATED] = "rdap-authenticated",
};

GwDb	   *http_db;
GwCounts   *http_counts;
static GwBatch *domains;
static GwLimit *limit;
static int	pending;

void
http_rdap_limits(void)
{
	gw_limit_set(limit, http_settings.rate_limit, http_settings.rate_burst, 0);
	gw_limit_set_period(limit, http_settings.rate_period_s);
	gw_limit_set_wide(limit, http_settings.rate_wide);
	gw_limit_exempt(limit, &http_settings.rate_exempt);
}

void
http_rdap_start(struct event_base *base)
{
	http_db = gw_db_new(base, "dos-http", statements, sizeof(statements) / sizeof(statements[0]));
	domains = gw_batch_new(base, http_db, STATEMENT_DOMAINS, http_base_url, (int) http_settings.batch_size,
						   (int) http_settings.batches_in_flight);
	limit = gw_limit_new();
	http_counts = gw_counts_new(base, "dos-http", kinds, KIND_COUNT, http_settings.count_s, http_settings.count_database);
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
	gw_counts_add(http_counts, KIND_REDIRECT, GW_COUNTS_NO_ZONE);
}

void
http_rdap_end(void (*ended) (void))
{
	gw_counts_end(http_counts, ended);
}

/* The task is over: measure and forget it. */
void
http_task_end(HttpTask *task)
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
	free(task->term);
	free(task->query);
	free(task);
	pending--;
	if (gw_draining())
		http_server_drain();
}

/* What a call that gave no row comes to. */
void
http_task_fail(HttpTask *task, GwDbOutcome outcome, const PGresult *result)
{
	const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
	const char *detail = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL) : NULL;

	if (outcome != GW_DB_OK && outcome != GW_DB_ERROR)
		http_reply_error(task->request, 503, "The service is temporarily unavailable.", 5);
	else if (state && strcmp(state, "R2200") == 0)
	{
		evhttp_add_header(evhttp_request_get_output_headers(task->request), "WWW-Authenticate", "Bearer realm=\"rdap\"");
		http_reply_error(task->request, 401, detail ? detail : "Who asks is not known.", 0);
	}
	else if (state && strcmp(state, "R2201") == 0)
		http_reply_error(task->request, 403, detail ? detail : "This is not allowed.", 0);
	else if (state && strcmp(state, "R2101") == 0)
		http_reply_error(task->request, 501, refusals[HTTP_UNSUPPORTED].description, 0);
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
	http_task_end(task);
}

/* A row: its first column is the answer; NULL means there is none. */
void
http_task_reply(HttpTask *task, const PGresult *result, int row)
{
	gw_counts_add(http_counts, task->from_web ? (int) KIND_WEB : (int) task->route, task->zone);
	if (task->key[0])
		gw_counts_add(http_counts, KIND_AUTHENTICATED, GW_COUNTS_NO_ZONE);
	if (PQgetisnull(result, row, 0))
		http_reply_error(task->request, 404, "The object does not exist in this registry.", 0);
	else if (task->route == HTTP_BOOTSTRAP)
		http_reply_file(task->request, PQgetvalue(result, row, 0), (size_t) PQgetlength(result, row, 0), http_settings.bootstrap_s);
	else
		http_reply(task->request, 200, PQgetvalue(result, row, 0), (size_t) PQgetlength(result, row, 0));
	http_task_end(task);
}

static void
domain_answered(void *arg, GwDbOutcome outcome, const PGresult *result, int row)
{
	HttpTask   *task = arg;

	if (outcome != GW_DB_OK || row >= PQntuples(result))
		http_task_fail(task, outcome, result);
	else if (!PQgetisnull(result, row, 1))
	{
		http_reply_error(task->request, 400, PQgetvalue(result, row, 1), 0);
		http_task_end(task);
	}
	else
		http_task_reply(task, result, row);
}

void
http_task_answered(void *arg, GwDbOutcome outcome, const PGresult *result)
{
	if (outcome != GW_DB_OK || PQntuples(result) != 1)
		http_task_fail(arg, outcome, result);
	else
		http_task_reply(arg, result, 0);
}

HttpTask *
http_task_new(struct evhttp_request *request, HttpRoute route, const char *term)
{
	HttpTask   *task = gw_new(sizeof(*task));

	task->request = request;
	task->route = route;
	task->zone = term ? gw_counts_zone(http_counts, term) : GW_COUNTS_NO_ZONE;
	clock_gettime(CLOCK_MONOTONIC, &task->began);
	pending++;
	return task;
}

static void
lookup_begin(HttpTask *task, const char *term)
{
	if (task->route == HTTP_DOMAIN)
		gw_batch_ask(domains, term, domain_answered, task);
	else if (task->route == HTTP_HELP || task->route == HTTP_BOOTSTRAP)
		gw_db_call(http_db, task->route == HTTP_HELP ? STATEMENT_HELP : STATEMENT_BOOTSTRAP, (const char *const[]) {http_base_url}, 0, http_task_answered, task);
	else
		gw_db_call(http_db, task->route == HTTP_ENTITY ? STATEMENT_ENTITY : STATEMENT_NAMESERVER,
				   (const char *const[]) {term, http_base_url}, 0, http_task_answered, task);
}

/* May this client ask now? */
static bool
is_within_limit(struct evhttp_request *request)
{
	GwAddress	client;

	return !http_peer_address(request, &client) || gw_limit_take(limit, &client.any);
}

/* Availability: every name is a query. */
static int
names_of(const HttpQuery *query)
{
	int			names = 0;

	for (int i = 0; i < query->count; i++)
		names += strcmp(query->keys[i], "name") == 0;
	return names;
}

/* The first name is paid for: the request was. */
static bool
names_within_limit(struct evhttp_request *request, int names)
{
	GwAddress	client;

	return names <= 1 || !http_peer_address(request, &client) || gw_limit_take_many(limit, &client.any, names - 1);
}

/* `queries` are what the request would have been. */
static void
refuse_limited(struct evhttp_request *request, int queries)
{
	GwAddress	client;
	int			wait = http_peer_address(request, &client) ? (int) gw_limit_wait_s(limit, &client.any, queries) : 1;

	gw_counts_add(http_counts, KIND_RATE_LIMIT, GW_COUNTS_NO_ZONE);
	http_reply_error(request, 429, "The query rate limit is exceeded.", wait);
}

/* The query string, or NULL after a refusal. */
static HttpQuery *
query_read(struct evhttp_request *request, HttpRoute route, const char *string)
{
	HttpQuery  *query = gw_new(sizeof(*query));

	if (!http_query_parse(string, query))
		http_reply_error(request, 400, "The query string is malformed.", 0);
	else if (route == HTTP_DAS && http_query_value(query, "name") == NULL)
		http_reply_error(request, 400, "Names are needed: das?name=a.example&name=b.example", 0);
	else if (route == HTTP_DAS && !names_within_limit(request, names_of(query)))
		refuse_limited(request, names_of(query));
	else
		return query;
	free(query);
	return NULL;
}

/* A query that the database answers. */
static void
query_begin(struct evhttp_request *request, HttpRoute route, const char *term)
{
	const char *string = evhttp_uri_get_query(evhttp_request_get_evhttp_uri(request));
	char		key[HTTP_KEY_MAX] = "";
	bool		is_lookup = route <= HTTP_HELP || route == HTTP_BOOTSTRAP;
	HttpReader	reader = route == HTTP_DAS || route == HTTP_BOOTSTRAP ? HTTP_READER_PUBLIC : http_reader_of(request, key);
	HttpQuery  *query = NULL;
	HttpTask   *task;

	if (reader == HTTP_READER_WRONG)
	{
		evhttp_add_header(evhttp_request_get_output_headers(request), "WWW-Authenticate", "Bearer realm=\"rdap\"");
		http_reply_error(request, 401, "A bearer token is needed here, or none.", 0);
		return;
	}
	/* a look-up ignores what it does not know (RFC 7480 section 4.1) */
	if ((!is_lookup || reader == HTTP_READER_KEY) && (query = query_read(request, route, string)) == NULL)
		return;
	task = http_task_new(request, route, route <= HTTP_NAMESERVER ? term : NULL);
	task->query = query;
	task->from_web = is_lookup && string && strcmp(string, "via=web") == 0;
	memcpy(task->key, key, sizeof(key));
	if (reader == HTTP_READER_KEY)
		http_known_begin(task, term);
	else if (is_lookup)
		lookup_begin(task, term);
	else if (route == HTTP_DAS)
		http_das_begin(task);
	else
		http_search_begin(task);
}

/* A browser at the root of the service. */
static bool
wants_page(struct evhttp_request *request)
{
	const char *accept = evhttp_find_header(evhttp_request_get_input_headers(request), "Accept");

	return accept && strstr(accept, "text/html");
}

void
http_rdap_request(struct evhttp_request *request, void *arg)
{
	enum evhttp_cmd_type method = evhttp_request_get_command(request);
	const struct evhttp_uri *uri = evhttp_request_get_evhttp_uri(request);
	const char *path = uri ? evhttp_uri_get_path(uri) : NULL;
	char		term[HTTP_SEGMENT_MAX + 1] = "";
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
		refuse_limited(request, 1);
		return;
	}
	route = http_path_route(path ? path : "/", http_base_path, term);
	if (route == HTTP_WEB)
		http_web_reply(request, term);
	else if (route == HTTP_UNKNOWN && path && strcmp(path, http_base_path) == 0 && wants_page(request))
		http_web_redirect(request);
	else if (refusals[route].code != 0)
		http_reply_error(request, refusals[route].code, refusals[route].description, 0);
	else
		query_begin(request, route, term);
}
