/*
 * epp_execute.c
 *		From one frame to the database. See epp_execute.h.
 *
 * Order of refusals: not XML or not EPP (2001), not a command (2000), too many
 * commands (2400), not now (2002), service not agreed (2307), not as the schema
 * says (2001, 2003, ...), not implemented (2101); then the database decides.
 */
#include "epp_execute.h"
#include "epp_batch.h"
#include "epp_extension.h"
#include "epp_greeting.h"
#include "epp_replay.h"
#include "epp_report.h"
#include "epp_run.h"
#include "epp_text.h"
#include "gw_array.h"
#include "gw_log.h"
#include "gw_memory.h"

#include <stdio.h>
#include <time.h>

/* Statements behind those of epp_commands[]. */
enum
{
	STATEMENT_GREETING, STATEMENT_TEXTS, STATEMENT_REPORT, STATEMENT_INFOS, STATEMENTS_MORE
};

static GwDb *pool;
static struct event_base *loop;
static EppParameters parameters;

static void
answered(void *arg, GwDbOutcome outcome, const PGresult *result)
{
	epp_answer_result(arg, outcome, result, 0, 1);
}

/* Is it an info that asks for nothing but the whole domain? $1 registrar, $2 name, $3 auth, $4 its roid, $5 hosts, $6 extensions */
static bool
is_plain_info(const EppCommand *command, const char *const *values)
{
	return command->write == epp_domain_write_info && command->op == NULL && values[1] && values[2] == NULL && values[3] == NULL &&
		(values[4] == NULL || strcmp(values[4], "all") == 0) && values[5] == NULL;
}

static void proceed(EppRun *run);

/* A shared call knows registered domains of which no extension has anything to say; the verb itself answers about all others. */
static void
info_answered(void *arg, GwDbOutcome outcome, const PGresult *result, int first_row, int row_count)
{
	EppRun	   *run = arg;

	run->shares = row_count == 1;
	run->is_alone = run->shares && PQgetisnull(result, first_row, 0);
	if (run->is_alone)
	{
		run->shares = false;
		proceed(run);
	}
	else
		epp_answer_result(run, outcome, result, first_row, row_count);
}

static void
share_info(EppRun *run, const char *registrar, const char *name)
{
	static GwBuf names;

	gw_buf_reset(&names);
	gw_array_begin(&names);
	gw_array_add(&names, name);
	gw_array_end(&names);
	epp_batch_call(epp_command_count + STATEMENT_INFOS, registrar, names.data, NULL, 1, info_answered, run);
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
ask(EppRun *run)
{
	const EppCommand *command = run->request.command;
	int			statement = (int) (command - epp_commands);
	int			last = command->parameters - command->extended;
	const char *values[EPP_PARAMETER_MAX];

	if (command->verb == EPP_LOGIN)
		epp_login_complete(run, &parameters);
	else
		epp_parameters_text(&parameters, 1, run->session->registrar);
	if (command->verb == EPP_POLL && strcmp(command->op, "req") == 0)
		epp_parameters_text(&parameters, 2, *run->session->language ? run->session->language : "en");
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
	if (command->batched)
		epp_batch_call(statement, values[0], values[1], command->extended ? values[2] : NULL,
					   count_names(run->request.object_node), epp_answer_result, run);
	else if (!run->is_alone && is_plain_info(command, values))
		share_info(run, values[0], values[1]);
	else if (command->transform && epp_server.replays && *run->request.cltrid)
		epp_replay_call(run, values);
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
is_acceptable(EppRun *run, EppFlaw *flaw)
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
		if (epp_request_parameters(&run->request, session->services | session->accepts, &parameters, flaw)
			&& request->command->sql == NULL && request->verb != EPP_LOGOUT)
			epp_flaw(flaw, 2101, request->verb_node, "command \"%s\" is not implemented", request->command->name);
	}
	return flaw->code == 0;
}

/* The session's place is free before the client reads that it is over; 1500 whatever the database says. */
static void
logged_out(void *arg)
{
	epp_answer_plain(arg, 1500, NULL);
}

static void
log_out(EppRun *run)
{
	epp_report_logout(run->session->id, logged_out, run);
	run->session->id = 0;
}

/* The command may run now. */
static void
proceed(EppRun *run)
{
	EppFlaw		flaw = {0};

	if (!is_acceptable(run, &flaw))
		epp_answer_flaw(run, &flaw);
	else if (run->request.verb == EPP_LOGOUT)
		log_out(run);
	else
		ask(run);
}

static void
waited(evutil_socket_t fd, short what, void *arg)
{
	EppRun	   *run = arg;

	(void) fd;
	(void) what;
	event_free(run->wait);
	run->wait = NULL;
	proceed(run);
}

/* What a command counts as for the rate of its registrar. */
static EppRateClass
rate_class(const EppRequest *request)
{
	switch (request->verb)
	{
		case EPP_CHECK:
			return EPP_RATE_CHECK;
		case EPP_INFO:
		case EPP_POLL:
			return EPP_RATE_READ;
		case EPP_TRANSFER:
			return strcmp(request->op, "query") == 0 ? EPP_RATE_READ : EPP_RATE_WRITE;
		default:
			return EPP_RATE_WRITE;
	}
}

/* Does it say authInfo that the registry will compare? */
static bool
is_guess(const EppRequest *request)
{
	const xmlNode *node = NULL;

	if (request->object_node && (request->verb == EPP_INFO || request->verb == EPP_TRANSFER))
		node = epp_element(request->object_node->children);
	while (node && strcmp((const char *) node->name, "authInfo") != 0)
		node = epp_element(node->next);
	return node != NULL;
}

/* Run it now, a little later, or not at all. */
static void
take_turn(EppRun *run)
{
	EppRateClass class = is_guess(&run->request) ? EPP_RATE_AUTH : rate_class(&run->request);
	EppSession *session = run->session;
	long		wait_ms = session->rate && class == EPP_RATE_AUTH ? epp_rate_look(session->rate, class) : 0;
	char		detail[120];

	if (wait_ms == 0)
		class = rate_class(&run->request);
	if (wait_ms == 0 && session->rate && run->request.verb != EPP_LOGOUT)
		wait_ms = epp_rate_take(session->rate, class);
	if (wait_ms == 0)
		proceed(run);
	else if (wait_ms < 0)
	{
		snprintf(detail, sizeof(detail), "the rate of %s commands is exceeded; try again in %ld seconds",
				 epp_rate_names[class], -wait_ms / 1000 + 1);
		epp_answer(run, &(EppVerdict) {.code = 2400, .node = run->request.verb_node, .detail = detail, .reason = "rate_exceeded"});
	}
	else
	{
		run->wait = gw_memory_checked(evtimer_new(loop, waited, run));
		event_add(run->wait, &(struct timeval) {wait_ms / 1000, wait_ms % 1000 * 1000});
	}
}

void
epp_execute(EppSession *session, const char *document, size_t length)
{
	EppRun	   *run = gw_new(sizeof(*run));
	EppFlaw		flaw = {0};

	run->session = session;
	run->started_us = epp_clock_us(CLOCK_MONOTONIC);
	epp_svtrid(run->svtrid);
	if (!epp_request_read(&run->request, document, length, &flaw))
		epp_answer_flaw(run, &flaw);
	else if (run->request.verb == EPP_HELLO)
		epp_answer_hello(run);
	else if (session->last && run->request.verb != EPP_LOGOUT)
		epp_answer(run, &(EppVerdict) {.code = 2500, .node = run->request.verb_node, .detail = "the session ends; the command was not run",
				   .reason = "session_ends"});
	else
		take_turn(run);
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

static void
texts_answered(void *arg, GwDbOutcome outcome, const PGresult *result)
{
	(void) arg;
	if (outcome == GW_DB_OK)
		epp_texts_load(result);
}

void
epp_execute_load_greeting(void)
{
	gw_db_call(pool, epp_command_count + STATEMENT_TEXTS, NULL, GW_DB_RETRY, texts_answered, NULL);
	gw_db_call(pool, epp_command_count + STATEMENT_GREETING, NULL, GW_DB_RETRY, greeting_answered, NULL);
}

const GwStatement *
epp_execute_statements(int *count)
{
	static const GwStatement more[] = {
		[STATEMENT_GREETING] = {"greeting", "SELECT * FROM dos.epp_greeting()", 0},
		[STATEMENT_TEXTS] = {"texts", "SELECT * FROM dos.epp_texts()", 0},
		[STATEMENT_INFOS] = {"domain_infos", "SELECT * FROM dos.domain_infos($1, $2)", 2},
		[STATEMENT_REPORT] = {"report", "SELECT * FROM dos.epp_gateway_report($1, $2, $3, $4)", 4},
	};
	GwStatement *statements;

	*count = epp_command_count + STATEMENTS_MORE + epp_replay_statement_count();
	statements = gw_new((size_t) *count * sizeof(*statements));
	for (int i = 0; i < epp_command_count; i++)
		statements[i] = (GwStatement) {epp_commands[i].name, epp_commands[i].sql, epp_commands[i].parameters};
	memcpy(statements + epp_command_count, more, sizeof(more));
	epp_replay_statements(statements, epp_command_count + STATEMENTS_MORE);
	return statements;
}

void
epp_execute_init(struct event_base *base, GwDb *db, const char *instance, int checks_in_flight)
{
	loop = base;
	pool = db;
	epp_answers_init(instance);
	epp_batch_init(db, checks_in_flight);
	epp_replay_init(db);
	epp_report_init(base, db, epp_command_count + STATEMENT_REPORT);
}
