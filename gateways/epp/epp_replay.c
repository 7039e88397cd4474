/*
 * epp_replay.c
 *		Repetitions of transform commands. See epp_replay.h.
 *
 * Two commands are the same when they make the same call: statement, clTRID and
 * every other parameter but the svTRID. Their SHA-256 is what the registry
 * keeps, because parameters may be secrets.
 */
#include "epp_replay.h"
#include "epp_commands.h"
#include "gw_array.h"
#include "gw_memory.h"
#include "gw_metrics.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static GwDb *pool;
static int	first_statement;

int
epp_replay_statement_count(void)
{
	return epp_command_count + 1;
}

/*
 * The query "... dos.verb($1,...)" of a command between begin and keep. No row of begin: no call of the verb. The digest is
 * one parameter more.
 */
static GwStatement
replay_statement(const EppCommand *command)
{
	static const char registrar[] = "($1,";
	GwStatement statement = {.parameters = command->parameters + 1};
	const char *arguments = command->sql ? strstr(command->sql, registrar) : NULL;
	int			digest = command->parameters + 1;
	int			svtrid = command->parameters - command->extended;
	char	   *text;

	if (!command->transform || arguments == NULL)
		return (GwStatement) {.name = command->name};
	if (asprintf(&text, "replay_%s", command->name) < 0)
		abort();
	statement.name = text;
	if (asprintf(&text, "SELECT c.* FROM dos.epp_replay_begin($1,$%d,$%d) AS b (registrar), LATERAL (%.*s(b.registrar,%s) AS c"
				 " WHERE dos.epp_replay_keep($1,$%d,ROW(c.*))", digest, svtrid, (int) (arguments - command->sql), command->sql,
				 arguments + strlen(registrar), digest) < 0)
		abort();
	statement.sql = text;
	return statement;
}

void
epp_replay_statements(GwStatement *statements, int first)
{
	first_statement = first;
	for (int i = 0; i < epp_command_count; i++)
		statements[first + i] = replay_statement(&epp_commands[i]);
	statements[first + epp_command_count] = (GwStatement) {"replay_answer", "SELECT * FROM dos.epp_replay_answer($1,$2)", 2};
}

void
epp_replay_init(GwDb *db)
{
	pool = db;
}

/* What makes the command this one, as bytea. */
static void
digest_of(const EppCommand *command, const char *const *values, char text[EPP_REPLAY_DIGEST_SIZE])
{
	EVP_MD_CTX *context = gw_memory_checked(EVP_MD_CTX_new());
	static const char digits[] = "0123456789abcdef";
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned	length = 0;	/* 32: that of SHA-256 */
	int			svtrid = command->parameters - command->extended - 1;
	char		head[48];

	EVP_DigestInit_ex(context, EVP_sha256(), NULL);
	EVP_DigestUpdate(context, command->name, strlen(command->name) + 1);
	for (int i = 0; i < command->parameters; i++)
	{
		if (i == svtrid)
			continue;
		/* lengths, so that no two lists of values read alike */
		snprintf(head, sizeof(head), "%d:%zd;", i, values[i] ? (ssize_t) strlen(values[i]) : -1);
		EVP_DigestUpdate(context, head, strlen(head));
		if (values[i])
			EVP_DigestUpdate(context, values[i], strlen(values[i]));
	}
	EVP_DigestFinal_ex(context, digest, &length);
	EVP_MD_CTX_free(context);
	*text++ = '\\';
	*text++ = 'x';
	for (unsigned i = 0; i < length; i++)
	{
		*text++ = digits[digest[i] >> 4];
		*text++ = digits[digest[i] & 15];
	}
	*text = '\0';
}

/* The columns kept as the result that the verb once gave. */
static PGresult *
kept_result(const EppCommand *command, const GwArray *columns)
{
	PGresult   *result = gw_memory_checked(PQmakeEmptyPGresult(NULL, PGRES_TUPLES_OK));
	PGresAttDesc *attributes = gw_new((size_t) columns->count * sizeof(*attributes));
	char		blank[] = "";
	char		extension[] = "extension";

	for (int i = 0; i < columns->count; i++)
		attributes[i].name = command->extended && i == columns->count - 1 ? extension : blank;
	PQsetResultAttrs(result, columns->count, attributes);
	for (int i = 0; i < columns->count; i++)
		PQsetvalue(result, 0, i, columns->items[i], columns->items[i] ? (int) strlen(columns->items[i]) : -1);
	free(attributes);
	return result;
}

/* The first answer, if it is still there. */
static void
fetched(void *arg, GwDbOutcome outcome, const PGresult *result)
{
	static GwMetric *replays;
	EppRun	   *run = arg;
	GwArray    *columns = NULL;
	PGresult   *kept;

	if (outcome == GW_DB_OK && PQntuples(result) == 1 && !PQgetisnull(result, 0, 1))
		columns = gw_array_parse(PQgetvalue(result, 0, 1));
	if (columns == NULL)
	{
		if (outcome == GW_DB_OK)
			epp_answer_plain(run, 2400, "replay_lost");
		else
			epp_answer_result(run, outcome, result, 0, 0);
		return;
	}
	if (replays == NULL)
		replays = gw_metrics_counter("dos_epp_replays_total", "transform commands answered with the answer to the first of their kind", "");
	gw_metric_add(replays, 1);
	snprintf(run->svtrid, sizeof(run->svtrid), "%s", PQgetvalue(result, 0, 0));
	kept = kept_result(run->request.command, columns);
	gw_array_free(columns);
	epp_answer_result(run, GW_DB_OK, kept, 0, 1);
	PQclear(kept);
}

/* No row: the verb was not called, for this command was answered before. */
static void
begun(void *arg, GwDbOutcome outcome, const PGresult *result)
{
	EppRun	   *run = arg;
	const char *values[] = {run->session->registrar, run->replay};

	if (outcome == GW_DB_OK && PQntuples(result) == 0)
		gw_db_call(pool, first_statement + epp_command_count, values, GW_DB_RETRY, fetched, run);
	else
		epp_answer_result(run, outcome, result, 0, 1);
}

void
epp_replay_call(EppRun *run, const char *const *values)
{
	const EppCommand *command = run->request.command;
	const char *all[EPP_PARAMETER_MAX + 1];

	digest_of(command, values, run->replay);
	memcpy(all, values, (size_t) command->parameters * sizeof(*all));
	all[command->parameters] = run->replay;
	gw_db_call(pool, first_statement + (int) (command - epp_commands), all, GW_DB_RETRY, begun, run);
}
