/*
 * hook_call.c
 *	  Run one hook: as its owner, within its time limit, and with its errors turned into refusals.
 *
 * Verbs run with the rights of the extension's owner. A hook must not inherit them, or whoever may replace
 * the function would be superuser: it runs as the owner of the function, in a security-restricted operation,
 * and its settings are undone when it returns.
 *
 * No subtransaction is needed: whatever goes wrong in a hook, the command fails.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/namespace.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "parser/parse_func.h"
#include "portability/instr_time.h"
#include "storage/latch.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/jsonb.h"
#include "utils/regproc.h"
#include "utils/syscache.h"
#include "utils/timeout.h"

#include "base/error.h"
#include "base/pg_version.h"
#include "policy/hook.h"

static TimeoutId hook_timeout = MAX_TIMEOUTS;
static int	hook_depth = 0;		/* the limit of the outermost hook counts for those inside it */
static volatile sig_atomic_t timed_out = false;

/* Signal handler: as a cancel request, and we remember that it was ours. */
static void
hook_time_is_up(void)
{
	timed_out = true;
	InterruptPending = true;
	QueryCancelPending = true;
	SetLatch(MyLatch);
}

static void
limit_begin(const Hook *hook)
{
	if (hook_depth++ > 0)
		return;
	if (hook_timeout == MAX_TIMEOUTS)
		hook_timeout = RegisterTimeout(USER_TIMEOUT, hook_time_is_up);
	timed_out = false;
	if (hook->time_limit_ms > 0)
		enable_timeout_after(hook_timeout, hook->time_limit_ms);
}

/* Returns whether the limit was hit. A cancel that was not yet served was ours, too. */
static bool
limit_end(void)
{
	if (--hook_depth > 0)
		return false;
	disable_timeout(hook_timeout, false);
	if (timed_out)
		QueryCancelPending = false;
	return timed_out;
}

static List *
qualified_name(const char *name)
{
	return QUALIFIED_NAME(name);
}

/* The function of a hook and its owner; InvalidOid when there is none of the right form. */
static Oid
hook_function(const Hook *hook, Oid *owner)
{
	Oid			argument = JSONBOID;
	Oid			function = LookupFuncName(qualified_name(hook->function), 1, &argument, true);
	HeapTuple	row;
	Form_pg_proc proc;

	if (!OidIsValid(function))
		return InvalidOid;
	row = SearchSysCache1(PROCOID, ObjectIdGetDatum(function));
	proc = (Form_pg_proc) GETSTRUCT(row);
	*owner = proc->proowner;
	if (proc->prorettype != JSONBOID || proc->proretset || proc->prokind != PROKIND_FUNCTION)
		function = InvalidOid;
	ReleaseSysCache(row);
	return function;
}

/* The operator learns everything, the client that a policy failed. */
static void
hook_failed(const Hook *hook, const char *error, const char *context)
{
	ereport(LOG_SERVER_ONLY,
			(errmsg("hook %d, %s at %s of %s %s, failed: %s", hook->id, hook->function, hook->stage, hook->object, hook->verb, error),
			 context ? errcontext("%s", context) : 0));
	ereport(ERROR,
			(errcode(ERRCODE_DOS_COMMAND_FAILED),
			 errmsg("command failed"),
			 errdetail("A policy of the registry could not be evaluated."),
			 errhint("Hook %d, %s: %s. See dos.hook_status.", hook->id, hook->function, error),
			 dos_reason("hook_failed")));
}

/* A result is an object; what a price hook says about the amount is a whole number of minor units. */
static const char *
result_problem(const Hook *hook, Datum result)
{
	Jsonb	   *object = DatumGetJsonbP(result);
	JsonbValue	value;
	char	   *amount;

	if (!JB_ROOT_IS_OBJECT(object))
		return "the result is not a JSON object";
	if (strcmp(hook->stage, "price") != 0 ||
		getKeyJsonValueFromContainer(&object->root, "amount_minor", strlen("amount_minor"), &value) == NULL)
		return NULL;
	if (value.type != jbvNumeric)
		return "amount_minor is not a number";
	amount = DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(value.val.numeric)));
	if (strlen(amount) > 15 || strspn(amount, "0123456789") != strlen(amount))
		return "amount_minor is not a whole number from 0 to 999999999999999";
	return NULL;
}

/* Is this error one to pass on as it is: a refusal, or one that the gateway retries, or a cancel by others? */
static bool
passes_on(const ErrorData *error)
{
	return strncmp(unpack_sql_state(error->sqlerrcode), "R2", 2) == 0 ||
		error->sqlerrcode == ERRCODE_T_R_SERIALIZATION_FAILURE ||
		error->sqlerrcode == ERRCODE_T_R_DEADLOCK_DETECTED ||
		error->sqlerrcode == ERRCODE_QUERY_CANCELED;
}

/* The hook raised an error: count it and pass it on or turn it into a failure. */
static void
hook_error(const Hook *hook, instr_time started, MemoryContext caller)
{
	ErrorData  *error;
	bool		late = limit_end();
	instr_time	now;
	char	   *text;

	MemoryContextSwitchTo(caller);
	error = CopyErrorData();
	FlushErrorState();
	INSTR_TIME_SET_CURRENT(now);
	INSTR_TIME_SUBTRACT(now, started);
	if (!late && passes_on(error))
	{
		dos_hook_count_add(hook->id, INSTR_TIME_GET_MICROSEC(now), true, NULL);
		ReThrowError(error);
	}
	text = late ? psprintf("it took longer than %d ms", hook->time_limit_ms) :
		psprintf("%s: %s", unpack_sql_state(error->sqlerrcode), error->message);
	dos_hook_count_add(hook->id, INSTR_TIME_GET_MICROSEC(now), false, text);
	hook_failed(hook, text, error->context);
}

Datum
dos_hook_call(const Hook *hook, Datum context, bool *isnull)
{
	LOCAL_FCINFO(call, 1);
	FmgrInfo	function;
	MemoryContext caller = CurrentMemoryContext;
	Oid			owner;
	Oid			oid = hook_function(hook, &owner);
	Oid			saved_user;
	int			saved_security;
	int			settings;
	const char *problem;
	instr_time	started;
	instr_time	elapsed;
	volatile Datum result = 0;

	if (!OidIsValid(oid))
	{
		dos_hook_count_add(hook->id, 0, false, "there is no such function of jsonb that returns jsonb");
		hook_failed(hook, "there is no such function of jsonb that returns jsonb", NULL);
	}
	fmgr_info(oid, &function);
	InitFunctionCallInfoData(*call, &function, 1, InvalidOid, NULL, NULL);
	call->args[0].value = context;
	call->args[0].isnull = false;

	GetUserIdAndSecContext(&saved_user, &saved_security);
	SetUserIdAndSecContext(owner, saved_security | SECURITY_LOCAL_USERID_CHANGE | SECURITY_RESTRICTED_OPERATION);
	settings = NewGUCNestLevel();
	INSTR_TIME_SET_CURRENT(started);
	limit_begin(hook);
	PG_TRY();
	{
		result = FunctionCallInvoke(call);
	}
	PG_CATCH();
	{
		SetUserIdAndSecContext(saved_user, saved_security);
		hook_error(hook, started, caller);
	}
	PG_END_TRY();
	limit_end();
	AtEOXact_GUC(false, settings);
	SetUserIdAndSecContext(saved_user, saved_security);

	*isnull = call->isnull;
	problem = *isnull ? NULL : result_problem(hook, result);
	INSTR_TIME_SET_CURRENT(elapsed);
	INSTR_TIME_SUBTRACT(elapsed, started);
	dos_hook_count_add(hook->id, INSTR_TIME_GET_MICROSEC(elapsed), false, problem);
	if (problem)
		hook_failed(hook, problem, NULL);
	return result;
}
