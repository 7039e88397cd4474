/*
 * http_search.c
 *		Searches, availability as JSON, and everything that readers who are known ask: noted in the
 *		database first, on the primary, then answered.
 */
#include "http_task.h"
#include "gw_array.h"
#include "gw_listen.h"
#include "gw_memory.h"

#include <event2/keyvalq_struct.h>
#include <string.h>

static const GwStatement writer_statements[] = {
	{"reader_log_add", "SELECT dos.reader_log_add($1, $2, $3, $4, $5::inet)", 5},
};

/* The keys or the values of a query string as a text[]; with `only`, those of this key. */
static GwBuf
array_of(const HttpQuery *query, bool values, const char *only)
{
	GwBuf		out = {0};

	gw_array_begin(&out);
	for (int i = 0; i < query->count; i++)
		if (only == NULL || strcmp(query->keys[i], only) == 0)
			gw_array_add(&out, values ? query->values[i] : query->keys[i]);
	gw_array_end(&out);
	return out;
}

void
http_search_begin(HttpTask *task)
{
	GwBuf		keys = array_of(task->query, false, NULL);
	GwBuf		values = array_of(task->query, true, NULL);

	gw_db_call(http_db, STATEMENT_SEARCH,
			   (const char *const[]) {http_route_names[task->route], keys.data, values.data, http_base_url, task->key[0] ? task->key : NULL},
			   0, http_task_answered, task);
	gw_buf_free(&keys);
	gw_buf_free(&values);
}

void
http_das_begin(HttpTask *task)
{
	GwBuf		names = array_of(task->query, true, "name");

	evhttp_add_header(evhttp_request_get_output_headers(task->request), "Content-Type", "application/json");

	gw_db_call(http_db, STATEMENT_DAS, (const char *const[]) {names.data}, 0, http_task_answered, task);
	gw_buf_free(&names);
}

/* It is noted: now it may be answered. */
static void
known_noted(void *arg, GwDbOutcome outcome, const PGresult *result)
{
	HttpTask   *task = arg;

	if (outcome != GW_DB_OK)
		http_task_fail(task, outcome, result);
	else if (task->route >= HTTP_SEARCH_DOMAINS)
		http_search_begin(task);
	else
		gw_db_call(http_db, STATEMENT_READ, (const char *const[]) {http_route_names[task->route], task->term, http_base_url, task->key}, 0,
				   http_task_answered, task);
}

/* The primary, asked for only when the first reader comes. */
static GwDb *
writer(void)
{
	static GwDb *db;

	if (db == NULL)
		db = gw_db_new_at(http_loop, "dos-http", http_settings.count_database ? http_settings.count_database : gw_db_writer(), 1, writer_statements, 1);
	return db;
}

void
http_known_begin(HttpTask *task, const char *term)
{
	GwAddress	client;
	char		address[64] = "";

	task->term = gw_strdup(term);
	evhttp_add_header(evhttp_request_get_output_headers(task->request), "Cache-Control", "private, no-store");
	if (http_peer_address(task->request, &client))
		gw_address_text(&client.any, address, sizeof(address));
	gw_db_call(writer(), 0,
			   (const char *const[]) {task->key, evhttp_request_get_uri(task->request), http_query_value(task->query, "purpose"),
			   http_query_value(task->query, "case"), address[0] ? address : NULL}, 0, known_noted, task);
}
