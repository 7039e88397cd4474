/*
 * epp_answer.c
 *		The answers: what the client reads, the log line, the counters. See epp_run.h.
 *
 * Sessions in another language than English get the registry's text for the
 * result code, if there is one; what was said in particular goes to the reason.
 */
#include "epp_run.h"
#include "epp_count.h"
#include "epp_execute.h"
#include "epp_extension.h"
#include "epp_fee.h"
#include "epp_greeting.h"
#include "epp_rate.h"
#include "epp_text.h"
#include "epp_xml.h"
#include "gw_log.h"
#include "gw_main.h"
#include "gw_memory.h"
#include "gw_metrics.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

/* Verbs (and none) by objects (and none). */
#define KINDS ((EPP_VERB_COUNT + 1) * (EPP_SERVICE_COUNT + 1))

static const char *instance_name;
static GwBuf answer;
static GwBuf body;

int64_t
epp_clock_us(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (int64_t) now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

void
epp_answers_init(const char *instance)
{
	instance_name = instance;
}

void
epp_incarnation(char text[EPP_SVTRID_SIZE])
{
	static int64_t first;

	if (first == 0)
		first = epp_clock_us(CLOCK_REALTIME) / 1000;
	snprintf(text, EPP_SVTRID_SIZE, "%.20s-%x-%" PRIx64, instance_name, gw_process, (uint64_t) first);
}

void
epp_svtrid(char svtrid[EPP_SVTRID_SIZE])
{
	static char incarnation[EPP_SVTRID_SIZE];
	static uint64_t count;

	if (*incarnation == '\0')
		epp_incarnation(incarnation);
	snprintf(svtrid, EPP_SVTRID_SIZE, "%.40s-%" PRIx64, incarnation, ++count);
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
record(const EppRun *run, int code, const char *reason)
{
	const EppRequest *request = &run->request;
	const char *verb = epp_verb_name(request->verb);
	const char *object = request->service >= 0 ? epp_prefix_of(epp_service_uri((EppService) request->service)) : "";
	double		seconds = (double) (epp_clock_us(CLOCK_MONOTONIC) - run->started_us) / 1e6;

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
finish(EppRun *run, int code, const char *reason, bool close)
{
	EppSession *session = run->session;

	record(run, code, reason);
	epp_count_answer(&run->request, run->session);
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

/* <result><msg>, in the language of the session; returns the message that had to give way to another language. */
static const char *
begin(const EppSession *session, int code, const char *message)
{
	const char *translated = epp_text(session->language, code);

	if (translated == NULL)
		epp_response_begin(&answer, code, message ? message : epp_result_text(code), NULL);
	else
		epp_response_begin(&answer, code, translated, session->language);
	return translated ? message : NULL;
}

/* The detail beside the element it is about. */
static void
write_detail(const EppRun *run, const xmlNode *node, const char *detail)
{
	static GwBuf value;

	gw_buf_reset(&value);
	if (node == NULL)
		node = run->request.object_node ? run->request.object_node : run->request.verb_node;
	if (node)
		epp_xml_copy(&value, node);
	else
		gw_buf_puts(&value, "<epp xmlns=\"" EPP_URI_EPP "\"/>");
	epp_response_value(&answer, value.data, detail);
}

void
epp_answer(EppRun *run, const EppVerdict *verdict)
{
	EppResponse response = {
		.out = &body, .body = &body, .values = &answer, .services = verdict->services, .service = EPP_NO_SERVICE,
	};
	const char *unsaid;

	/* RFC 9154, section 8: guessing gets slow */
	if (verdict->code == 2202 && run->session->rate)
		epp_rate_spend(run->session->rate, EPP_RATE_AUTH);
	gw_buf_reset(&answer);
	gw_buf_reset(&body);
	unsaid = begin(run->session, verdict->code, verdict->message);
	if (verdict->detail || unsaid)
		write_detail(run, verdict->node, verdict->detail ? verdict->detail : unsaid);
	if (verdict->extend)
		verdict->extend(&response, verdict->result);
	epp_response_result_end(&answer);
	epp_response_body(&answer, &response);
	epp_response_end(&answer, run->request.cltrid, run->svtrid);
	finish(run, verdict->code, verdict->reason, is_closing(verdict->code));
}

void
epp_answer_plain(EppRun *run, int code, const char *reason)
{
	epp_answer(run, &(EppVerdict) {.code = code, .reason = reason});
}

/* Junk in a row ends the session: a client that sends nothing else is broken, or up to no good. */
void
epp_answer_flaw(EppRun *run, const EppFlaw *flaw)
{
	EppSession *session = run->session;
	EppVerdict	verdict = {.code = flaw->code, .node = flaw->node, .detail = flaw->reason};

	if (flaw->code == 2000 || flaw->code == 2001)
		session->junk++;
	if (session->junk >= epp_limits.junk_max)
	{
		verdict.code = 2500;
		verdict.detail = "too many documents in a row that are no command";
		verdict.reason = "junk";
	}
	epp_answer(run, &verdict);
}

void
epp_answer_hello(EppRun *run)
{
	gw_buf_reset(&answer);
	epp_greeting_write(&answer);
	finish(run, 1000, NULL, false);
}

/* What the database said that clients must not see, for the operator. No DETAIL: it may quote rows. */
static void
log_database_error(const EppRun *run, const PGresult *result)
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
answer_error(EppRun *run, const PGresult *result)
{
	const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
	const char *message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
	const char *element = PQresultErrorField(result, PG_DIAG_COLUMN_NAME);
	EppVerdict	verdict = {.code = state && *state == 'R' ? atoi(state + 1) : 0};

	if (epp_result_text(verdict.code) == NULL)
	{
		log_database_error(run, result);
		epp_answer_plain(run, 2400, "database_error");
		return;
	}
	verdict.message = message && *message ? message : NULL;
	verdict.node = element ? epp_request_find(&run->request, element, message) : NULL;
	verdict.detail = PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL);
	verdict.reason = PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME);
	epp_answer(run, &verdict);
}

/* No result: lost, down, full, timeout. */
static void
answer_outage(EppRun *run, GwDbOutcome outcome)
{
	gw_log_begin(GW_LOG_ERROR, "database_outage");
	gw_log_text("svtrid", run->svtrid);
	gw_log_text("outcome", gw_db_outcome_names[outcome]);
	gw_log_end();
	epp_answer_plain(run, 2400, gw_db_outcome_names[outcome]);
}

/* Does the result have the shape its writer expects? */
static bool
is_usable(const EppRun *run, const PGresult *result)
{
	const EppCommand *command = run->request.command;

	if (PQnfields(result) >= command->columns && (command->batched || run->shares || PQntuples(result) == 1)
		&& (!command->extended || strcmp(PQfname(result, PQnfields(result) - 1), "extension") == 0))
		return true;
	gw_log(GW_LOG_ERROR, "bad_result", "%s gave %d rows of %d columns", command->name, PQntuples(result),
		   PQnfields(result));
	return false;
}

/* 1000 or 1001, with data. */
static void
answer_success(EppRun *run, const PGresult *result, int first_row, int row_count)
{
	const EppCommand *command = run->request.command;
	int			code = command->batched ? 1000 : atoi(PQgetvalue(result, first_row, 0));
	const char *text = epp_result_text(code);
	EppResponse response = {
		.out = &body, .body = &body, .values = &answer, .services = run->session->services, .service = command->service,
		.first_row = first_row, .row_count = row_count, .fee = epp_fee_dialect(&run->request, run->session->services),
	};

	if (text == NULL || code >= 2000)
	{
		epp_answer_plain(run, text ? code : 2400, NULL);
		return;
	}
	gw_buf_reset(&answer);
	gw_buf_reset(&body);
	begin(run->session, code, NULL);
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

void
epp_answer_result(void *arg, GwDbOutcome outcome, const PGresult *result, int first_row, int row_count)
{
	EppRun	   *run = arg;

	run->session->junk = 0;
	if (outcome == GW_DB_ERROR)
		answer_error(run, result);
	else if (outcome != GW_DB_OK)
		answer_outage(run, outcome);
	else if (!is_usable(run, result))
		epp_answer_plain(run, 2400, "bad_result");
	else if (run->request.verb == EPP_LOGIN)
		epp_login_answer(run, result);
	else
		answer_success(run, result, first_row, row_count);
}

void
epp_execute_refuse(EppSession *session, const char *reason)
{
	char		svtrid[EPP_SVTRID_SIZE];

	epp_svtrid(svtrid);
	gw_buf_reset(&answer);
	begin(session, 2500, NULL);
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
