/*
 * act_log.c
 *	  The svTRID of a command on the lines of PostgreSQL's log that come of it: errors, warnings, slow statements.
 *
 * The verb says it once, to memory of the backend; it is written when a line is, and so costs a command nothing.
 * A line belongs to the command as long as the client's statement is the same: that holds to the end of its
 * commit and for its duration, and not for the next command of the same connection, which may have no svTRID.
 * It goes into the part of the line that clients are not sent.
 *
 * And what PostgreSQL has to say for its log while a verb runs with the registry's rights is not sent to the client,
 * whatever client_min_messages asks for: with debug_print_plan, which anybody may set, it is every plan inside the
 * verb with the values in it.
 */
#include "postgres.h"

#include "access/xact.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/elog.h"
#include "utils/timestamp.h"

#include "history/act.h"

static char command[68];
static TimestampTz command_began;
static emit_log_hook_type hook_before;

void
dos_act_named(const char *svtrid)
{
	strlcpy(command, svtrid ? svtrid : "", sizeof(command));
	command_began = GetCurrentStatementStartTimestamp();
}

PG_FUNCTION_INFO_V1(dos_sql_act_named);

/* dos_internal.act_named(svtrid) */
Datum
dos_sql_act_named(PG_FUNCTION_ARGS)
{
	dos_act_named(PG_ARGISNULL(0) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(0)));
	PG_RETURN_VOID();
}

static void
log_line(ErrorData *edata)
{
	if (edata->elevel == LOG && InLocalUserIdChange())
		edata->output_to_client = false;
	if (edata->output_to_server && command[0] != '\0' && command_began == GetCurrentStatementStartTimestamp())
	{
		const char *detail = edata->detail_log ? edata->detail_log : edata->detail;

		/* in the memory of the report, which is the current one here */
		edata->detail_log = detail ? psprintf("%s svTRID %s", detail, command) : psprintf("svTRID %s", command);
	}
	if (hook_before != NULL)
		hook_before(edata);
}

void
dos_act_log_init(void)
{
	hook_before = emit_log_hook;
	emit_log_hook = log_line;
}
