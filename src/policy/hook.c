/*
 * hook.c
 *	  SQL face of the policy room: does anybody care, run those who do, and what became of them.
 */
#include "postgres.h"

#include "fmgr.h"
#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"

#include "policy/hook.h"

PG_FUNCTION_INFO_V1(dos_sql_hook_exists);
PG_FUNCTION_INFO_V1(dos_sql_hook_run);
PG_FUNCTION_INFO_V1(dos_sql_hook_run_one);
PG_FUNCTION_INFO_V1(dos_sql_hook_count);
PG_FUNCTION_INFO_V1(dos_sql_hook_count_reset);

void
dos_hook_init(void)
{
	dos_hook_count_init();
}

static bool
text_is(const text *value, const char *word)
{
	size_t		length = strlen(word);

	return VARSIZE_ANY_EXHDR(value) == length && memcmp(VARDATA_ANY(value), word, length) == 0;
}

/* Arguments 0 to 3 of both functions: stage, object, verb, zone_id. NULL zone: the object is in none. */
static bool
hook_matches(const Hook *hook, FunctionCallInfo fcinfo)
{
	if (!hook->enabled || PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		return false;
	if (!hook->all_zones && (PG_ARGISNULL(3) || hook->zone_id != PG_GETARG_INT32(3)))
		return false;
	return text_is(PG_GETARG_TEXT_PP(0), hook->stage) && text_is(PG_GETARG_TEXT_PP(1), hook->object) &&
		text_is(PG_GETARG_TEXT_PP(2), hook->verb);
}

bool
dos_hook_wanted(const char *stage, const char *object, const char *verb, int zone_id)
{
	int			count;
	const Hook *hooks = dos_hook_list(&count);

	for (int i = 0; i < count; i++)
		if (hooks[i].enabled && (hooks[i].all_zones || hooks[i].zone_id == zone_id) && strcmp(hooks[i].stage, stage) == 0 &&
			strcmp(hooks[i].object, object) == 0 && strcmp(hooks[i].verb, verb) == 0)
			return true;
	return false;
}

/* dos_internal.hook_exists(stage, object, verb, zone_id) */
Datum
dos_sql_hook_exists(PG_FUNCTION_ARGS)
{
	int			count;
	const Hook *hooks = dos_hook_list(&count);

	for (int i = 0; i < count; i++)
		if (hook_matches(&hooks[i], fcinfo))
			PG_RETURN_BOOL(true);
	PG_RETURN_BOOL(false);
}

/* A copy that outlives the cache: a hook may change dos.hook. */
static Hook *
matching_hooks(FunctionCallInfo fcinfo, int *matching)
{
	int			count;
	const Hook *hooks = dos_hook_list(&count);
	Hook	   *copies = palloc(sizeof(Hook) * (count + 1));

	*matching = 0;
	for (int i = 0; i < count; i++)
	{
		if (!hook_matches(&hooks[i], fcinfo))
			continue;
		copies[*matching] = hooks[i];
		copies[(*matching)++].function = pstrdup(hooks[i].function);
	}
	return copies;
}

/* dos_internal.hook_run(stage, object, verb, zone_id, context): each hook sees what those before it returned. */
Datum
dos_sql_hook_run(PG_FUNCTION_ARGS)
{
	int			count;
	Hook	   *hooks = matching_hooks(fcinfo, &count);
	Datum		context = PG_ARGISNULL(4) ? DirectFunctionCall1(jsonb_in, CStringGetDatum("{}")) : PG_GETARG_DATUM(4);
	Datum		merged = 0;
	bool		any = false;

	for (int i = 0; i < count; i++)
	{
		bool		isnull;
		Datum		result = dos_hook_call(&hooks[i], context, &isnull);

		if (isnull)
			continue;
		context = DirectFunctionCall2(jsonb_concat, context, result);
		merged = any ? DirectFunctionCall2(jsonb_concat, merged, result) : result;
		any = true;
	}
	if (!any)
		PG_RETURN_NULL();
	PG_RETURN_DATUM(merged);
}

/* dos_internal.hook_run_one(id, context): for rehearsals, enabled or not. */
Datum
dos_sql_hook_run_one(PG_FUNCTION_ARGS)
{
	int			count;
	const Hook *hooks = dos_hook_list(&count);

	for (int i = 0; i < count; i++)
	{
		Hook		hook = hooks[i];
		Datum		result;
		bool		isnull;

		if (hook.id != PG_GETARG_INT32(0))
			continue;
		hook.function = pstrdup(hook.function);
		result = dos_hook_call(&hook, PG_GETARG_DATUM(1), &isnull);
		if (isnull)
			PG_RETURN_NULL();
		PG_RETURN_DATUM(result);
	}
	ereport(ERROR, (errcode(ERRCODE_UNDEFINED_OBJECT), errmsg("hook %d does not exist", PG_GETARG_INT32(0))));
}

/* dos_internal.hook_count(id): the counters of a hook. */
Datum
dos_sql_hook_count(PG_FUNCTION_ARGS)
{
	TupleDesc	description;
	HookCount	count;
	Datum		values[8];
	bool		nulls[8] = {0};

	if (get_call_result_type(fcinfo, NULL, &description) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	if (!dos_hook_count_get(PG_GETARG_INT32(0), &count))
		memset(&count, 0, sizeof(count));
	values[0] = Int64GetDatum(count.calls);
	values[1] = Int64GetDatum(count.refusals);
	values[2] = Int64GetDatum(count.failures);
	values[3] = Float8GetDatum(count.total_us / 1000.0);
	values[4] = Float8GetDatum(count.max_us / 1000.0);
	values[5] = TimestampTzGetDatum(count.last_called);
	values[6] = TimestampTzGetDatum(count.last_failed);
	values[7] = CStringGetTextDatum(count.last_error);
	nulls[5] = count.last_called == 0;
	nulls[6] = nulls[7] = count.last_failed == 0;
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(description), values, nulls)));
}

/* dos_internal.hook_count_reset(): of this database. */
Datum
dos_sql_hook_count_reset(PG_FUNCTION_ARGS)
{
	dos_hook_count_reset();
	PG_RETURN_VOID();
}
