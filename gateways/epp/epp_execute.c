/*
 * epp_execute.c
 *		From one frame to its answer. See epp_execute.h.
 *
 * Order of refusals: not XML or not EPP (2001), not a command (2000), not now
 * (2002), service not agreed (2307), not as the schema says (2001, 2003, ...),
 * not implemented (2101); then the database decides.
 */
#include "epp_execute.h"
#include "epp_batch.h"
#include "epp_extension.h"
#include "epp_greeting.h"
#include "epp_request.h"
#include "epp_xml.h"
#include "gw_array.h"
#include "gw_log.h"
#include "gw_main.h"
#include "gw_memory.h"
#include "gw_metrics.h"

#include <event2/bufferevent_ssl.h>
#include <inttypes.h>
#include <stdio.h>
#include <time.h>

#define SVTRID_SIZE 64

/* Verbs (and none) by objects (and none). */
#define KINDS ((EPP_VERB_COUNT + 1) * (EPP_SERVICE_COUNT + 1))

typedef struct Running
{
	EppSession *session;
	EppRequest	request;
	EppServices login_services;
	int64_t		started_us;
	char		svtrid[SVTRID_SIZE];
} Running;

static GwDb *pool;
static const char *instance_name;
static GwStatement *statements;
static GwBuf answer;
static GwBuf body;
static EppParameters parameters;

static int64_t
clock_us(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (int64_t) now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* Unique: instance, process, time of the first one, counter. */
static void
make_svtrid(char *svtrid)
{
	static int64_t first;
	static uint64_t count;

	if (first == 0)
		first = clock_us(CLOCK_REALTIME) / 1000;
	snprintf(svtrid, SVTRID_SIZE, "%.20s-%x-%" PRIx64 "-%" PRIx64, instance_name, gw_process, (uint64_t) first, ++count);
}

/* Count a command and its time. Names of metrics are made once for each kind of command and code. */
static void
count_command(const char *verb, const char *object, int kind, int code, double seconds)
{
	static GwMetric *times[KINDS];
	static GwMetric *counts[KINDS][EPP_RESULTS_MAX];
	GwMetric  **count = &counts[kind][epp_result_number(code)];
	char		labels[96];

	if (times[kind] == NULL)
	{
		snprintf(labels, sizeof(labels), "verb=\"%s\",object=\"%s\"", verb, object);
		times[kind] = gw_metrics_histogram("dos_epp_command_seconds", "time from frame to answer", labels);
	}
	if (*count == NULL)
	{
		snprintf(labels, sizeof(labels), "verb=\"%s\",object=\"%s\",code=\"%d\"", verb, object, code);
		*count = gw_metrics_counter("dos_epp_commands_total", "commands answered", labels);
	}
	gw_metric_add(*count, 1);
	gw_metric_observe(times[kind], seconds);
}

/* One line for the log, one count, one observation. */
static void
record(const Running *run, int code, const char *reason)
{
	const EppRequest *request = &run->request;
	const char *verb = epp_verb_name(request->verb);
	const char *object = request->service >= 0 ? epp_prefix_of(epp_service_uri((EppService) request->service)) : "";
	double		seconds = (double) (clock_us(CLOCK_MONOTONIC) - run->started_us) / 1e6;

	count_command(verb, object, (int) request->verb * (EPP_SERVICE_COUNT + 1) + request->service + 1, code, seconds);
	gw_log_begin(GW_LOG_INFO, "command");
	gw_log_text("svtrid", run->svtrid);
	gw_log_text("cltrid", *request->cltrid ? request->cltrid : NULL);
	gw_log_text("registrar", *run->session->registrar ? run->session->registrar : NULL);
	gw_log_text("address", run->session->address);
	gw_log_text("verb", verb);
	gw_log_text("object", *object ? object : NULL);
	gw_log_integer("code", code);
	gw_log_text("reason", reason);
	gw_log_number("ms", seconds * 1000);
	gw_log_end();
}

/* Send what has been written to `answer`, and be done. */
static void
finish(Running *run, int code, const char *reason, bool close)
{
	EppSession *session = run->session;

	record(run, code, reason);
	epp_request_free(&run->request);
	free(run);
	epp_session_send(session, &answer);
	epp_session_done(session, close);
}

/* Codes that end the session (RFC 5730, section 3). */
static bool
is_closing(int code)
{
	return code == 1500 || code >= 2500;
}

/*
 * An answer without data. message NULL: the text of the RFC. With a detail,
 * the node (or, lacking one, an empty element of this name) is shown beside it.
 */
static void
answer_plain(Running *run, int code, const char *message, const xmlNode *node, const char *detail, const char *reason)
{
	static GwBuf value;

	gw_buf_reset(&answer);
	epp_response_begin(&answer, code, message ? message : epp_result_text(code));
	if (detail)
	{
		gw_buf_reset(&value);
		if (node == NULL)
			node = run->request.object_node ? run->request.object_node : run->request.verb_node;
		if (node)
			epp_xml_copy(&value, node);
		else
			gw_buf_puts(&value, "<epp xmlns=\"" EPP_URI_EPP "\"/>");
		epp_response_value(&answer, value.data, detail);
	}
	epp_response_result_end(&answer);
	epp_response_end(&answer, run->request.cltrid, run->svtrid);
	finish(run, code, reason, is_closing(code));
}

static void
answer_flaw(Running *run, const EppFlaw *flaw)
{
	answer_plain(run, flaw->code, NULL, flaw->node, flaw->reason, NULL);
}

/* What the database said that clients must not see, for the operator. No DETAIL: it may quote rows. */
static void
log_database_error(const Running *run, const PGresult *result)
{
	gw_log_begin(GW_LOG_ERROR, "database_error");
	gw_log_text("svtrid", run->svtrid);
	gw_log_text("sqlstate", PQresultErrorField(result, PG_DIAG_SQLSTATE));
	gw_log_text("message", PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY));
	gw_log_text("context", PQresultErrorField(result, PG_DIAG_CONTEXT));
	gw_log_text("table", PQresultErrorField(result, PG_DIAG_TABLE_NAME));
	gw_log_text("constraint", PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME));
	gw_log_end();
}

/* SQLSTATE Rnnnn is an EPP result; anything else is none of the client's business. */
static void
answer_error(Running *run, const PGresult *result)
{
	const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
	const char *message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
	const char *element = PQresultErrorField(result, PG_DIAG_COLUMN_NAME);
	int			code = state && *state == 'R' ? atoi(state + 1) : 0;

	if (epp_result_text(code) == NULL)
	{
		log_database_error(run, result);
		answer_plain(run, 2400, NULL, NULL, NULL, "database_error");
		return;
	}
	answer_plain(run, code, message && *message ? message : NULL,
				 element ? epp_request_find(&run->request, element, message) : NULL,
				 PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL), PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME));
}

/* No result: lost, down, full, timeout. */
static void
answer_outage(Running *run, GwDbOutcome outcome)
{
	gw_log_begin(GW_LOG_ERROR, "database_outage");
	gw_log_text("svtrid", run->svtrid);
	gw_log_text("outcome", gw_db_outcome_names[outcome]);
	gw_log_end();
	answer_plain(run, 2400, NULL, NULL, NULL, gw_db_outcome_names[outcome]);
}

/* Does the result have the shape its writer expects? */
static bool
is_usable(const Running *run, const PGresult *result)
{
	const EppCommand *command = run->request.command;

	if (PQnfields(result) >= command->columns && (command->batched || PQntuples(result) == 1)
		&& (!command->extended || strcmp(PQfname(result, PQnfields(result) - 1), "extension") == 0))
		return true;
	gw_log(GW_LOG_ERROR, "bad_result", "%s gave %d rows of %d columns", command->name, PQntuples(result),
		   PQnfields(result));
	return false;
}

/* 1000 or 1001, with data. */
static void
answer_success(Running *run, const PGresult *result, int first_row, int row_count)
{
	const EppCommand *command = run->request.command;
	int			code = command->batched ? 1000 : atoi(PQgetvalue(result, 0, 0));
	const char *text = epp_result_text(code);
	EppResponse response = {
		.out = &body, .body = &body, .values = &answer, .services = run->session->services, .service = command->service,
		.first_row = first_row, .row_count = row_count,
	};

	if (text == NULL || code >= 2000)
	{
		answer_plain(run, text ? code : 2400, NULL, NULL, NULL, NULL);
		return;
	}
	gw_buf_reset(&answer);
	gw_buf_reset(&body);
	epp_response_begin(&answer, code, text);
	if (command->write)
	{
		if (command->service != EPP_NO_SERVICE)
			response.prefix = epp_prefix_of(epp_service_uri((EppService) command->service));
		command->write(&response, result);
	}
	if (command->extended)
		epp_extensions_write(&response, command, result);
	epp_response_result_end(&answer);
	epp_response_body(&answer, &response);
	epp_response_end(&answer, run->request.cltrid, run->svtrid);
	finish(run, code, NULL, false);
}

/* The row of dos.epp_login: 1000, or why not. */
static void
answer_login(Running *run, const PGresult *result)
{
	EppSession *session = run->session;
	int			code = atoi(PQgetvalue(result, 0, 0));
	const char *registrar = PQgetvalue(result, 0, 1);

	if (code == 1000 && epp_limits.registrar_sessions_max > 0
		&& epp_session_count(registrar) >= epp_limits.registrar_sessions_max)
		code = 2502;
	else if (code == 1000)
		epp_session_open(session, registrar, run->login_services);
	else if (code == 2200 && ++session->login_failures >= epp_limits.login_attempts_max)
		code = 2501;
	answer_plain(run, epp_result_text(code) ? code : 2400, NULL, NULL, NULL, NULL);
}

static void
checked(void *arg, GwDbOutcome outcome, const PGresult *result, int first_row, int row_count)
{
	Running    *run = arg;

	if (outcome == GW_DB_ERROR)
		answer_error(run, result);
	else if (outcome != GW_DB_OK)
		answer_outage(run, outcome);
	else if (!is_usable(run, result))
		answer_plain(run, 2400, NULL, NULL, NULL, "bad_result");
	else if (run->request.verb == EPP_LOGIN)
		answer_login(run, result);
	else
		answer_success(run, result, first_row, row_count);
}

static void
answered(void *arg, GwDbOutcome outcome, const PGresult *result)
{
	checked(arg, outcome, result, 0, 1);
}

/* The services of the gateway that a login names. */
static EppServices
agreed_services(const char *literal)
{
	GwArray    *uris = literal ? gw_array_parse(literal) : NULL;
	EppServices services = 0;

	for (int i = 0; uris && i < uris->count; i++)
	{
		int			service = epp_service_of(uris->items[i]);

		if (service >= 0)
			services |= EPP_SERVICE_BIT(service);
	}
	gw_array_free(uris);
	return services;
}

/* What the connection knows: certificate and address. */
static void
login_parameters(Running *run)
{
	char		fingerprint[GW_TLS_FINGERPRINT_SIZE];
	SSL		   *ssl = bufferevent_openssl_get_ssl(run->session->bev);

	epp_parameters_text(&parameters, 4, gw_tls_fingerprint(ssl, fingerprint) ? fingerprint : NULL);
	epp_parameters_text(&parameters, 5, run->session->address);
}

/* How many names a check asks for. */
static int
count_names(const xmlNode *object)
{
	int			count = 0;

	for (const xmlNode *node = epp_element(object->children); node; node = epp_element(node->next))
		count++;
	return count;
}

/* The command is good; ask the database. */
static void
ask(Running *run)
{
	const EppCommand *command = run->request.command;
	int			statement = (int) (command - epp_commands);
	int			last = command->parameters - command->extended;
	const char *values[EPP_PARAMETER_MAX];

	if (command->verb == EPP_LOGIN)
		login_parameters(run);
	else
		epp_parameters_text(&parameters, 1, run->session->registrar);
	if (command->transform)
	{
		epp_parameters_text(&parameters, last - 1, *run->request.cltrid ? run->request.cltrid : NULL);
		epp_parameters_text(&parameters, last, run->svtrid);
	}
	if (command->extended)
	{
		epp_extensions_expect(command, run->session->services, &parameters);
		epp_parameters_store_extensions(&parameters, command->parameters);
	}
	epp_parameters_values(&parameters, command->parameters, values);
	if (command->verb == EPP_LOGIN)
		run->login_services = agreed_services(values[6]) | agreed_services(values[7]);
	if (command->batched)
		epp_batch_call(statement, values[0], values[1], command->extended ? values[2] : NULL, count_names(run->request.object_node), checked, run);
	else
		gw_db_call(pool, statement, values, GW_DB_RETRY, answered, run);
}

/* Commands allowed before login and after it. */
static bool
is_allowed_now(const EppSession *session, EppVerb verb)
{
	return (verb == EPP_LOGIN) == (session->state == EPP_GREETED);
}

/* Is this a command, now, here, agreed, and well written? */
static bool
is_acceptable(Running *run, EppFlaw *flaw)
{
	const EppRequest *request = &run->request;
	const EppSession *session = run->session;
	char		name[80];

	if (!is_allowed_now(session, request->verb))
		epp_flaw(flaw, 2002, request->verb_node, session->state == EPP_GREETED ? "log in first" : "already logged in");
	else if (request->object_node && (request->service < 0 || !EPP_AGREED(session->services, request->service)))
		epp_flaw(flaw, 2307, request->object_node, "service \"%.90s\" was not agreed at login",
				 (const char *) request->object_node->ns->href);
	else if (request->command == NULL)
		epp_flaw(flaw, 2001, request->object_node, "element \"%s\" is not expected here",
				 epp_node_name(request->object_node, name, sizeof(name)));
	else
	{
		epp_parameters_reset(&parameters);
		if (epp_request_parameters(&run->request, session->services, &parameters, flaw)
			&& request->command->sql == NULL && request->verb != EPP_LOGOUT)
			epp_flaw(flaw, 2101, request->verb_node, "command \"%s\" is not implemented", request->command->name);
	}
	return flaw->code == 0;
}

static void
answer_hello(Running *run)
{
	gw_buf_reset(&answer);
	epp_greeting_write(&answer);
	finish(run, 1000, NULL, false);
}

void
epp_execute(EppSession *session, const char *document, size_t length)
{
	Running    *run = gw_new(sizeof(*run));
	EppFlaw		flaw = {0};

	run->session = session;
	run->started_us = clock_us(CLOCK_MONOTONIC);
	make_svtrid(run->svtrid);
	if (!epp_request_read(&run->request, document, length, &flaw))
		answer_flaw(run, &flaw);
	else if (run->request.verb == EPP_HELLO)
		answer_hello(run);
	else if (!is_acceptable(run, &flaw))
		answer_flaw(run, &flaw);
	else if (run->request.verb == EPP_LOGOUT)
		answer_plain(run, 1500, NULL, NULL, NULL, NULL);
	else
		ask(run);
}

void
epp_execute_refuse(EppSession *session, const char *reason)
{
	char		svtrid[SVTRID_SIZE];

	make_svtrid(svtrid);
	gw_buf_reset(&answer);
	epp_response_begin(&answer, 2500, epp_result_text(2500));
	epp_response_value(&answer, "<epp xmlns=\"" EPP_URI_EPP "\"/>", reason);
	epp_response_result_end(&answer);
	epp_response_end(&answer, "", svtrid);
	epp_session_send(session, &answer);
	gw_log_begin(GW_LOG_WARNING, "bad_frame");
	gw_log_text("svtrid", svtrid);
	gw_log_text("address", session->address);
	gw_log_text("message", reason);
	gw_log_end();
}

static void
greeting_answered(void *arg, GwDbOutcome outcome, const PGresult *result)
{
	(void) arg;
	if (outcome == GW_DB_OK && epp_greeting_load(result))
		epp_sessions_greet();
	else if (outcome != GW_DB_OK)
		gw_log(GW_LOG_ERROR, "greeting_failed", "dos.epp_greeting(): %s",
			   outcome == GW_DB_ERROR ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : gw_db_outcome_names[outcome]);
}

void
epp_execute_load_greeting(void)
{
	gw_db_call(pool, epp_command_count, NULL, GW_DB_RETRY, greeting_answered, NULL);
}

const GwStatement *
epp_execute_statements(int *count)
{
	*count = epp_command_count + 1;
	statements = gw_new((size_t) *count * sizeof(*statements));
	for (int i = 0; i < epp_command_count; i++)
		statements[i] = (GwStatement) {epp_commands[i].name, epp_commands[i].sql, epp_commands[i].parameters};
	statements[epp_command_count] = (GwStatement) {"greeting", "SELECT * FROM dos.epp_greeting()", 0};
	return statements;
}

void
epp_execute_init(GwDb *db, const char *instance, int checks_in_flight)
{
	pool = db;
	instance_name = instance;
	epp_batch_init(db, checks_in_flight);
}
