/*
 * sql_call.c
 *	  SQL functions of this extension called from C, without a query around them.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/namespace.h"
#include "catalog/pg_collation.h"
#include "catalog/pg_proc.h"
#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/catcache.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

#include "base/sql_call.h"

void
dos_argument(SqlArguments *arguments, Datum value, bool isnull)
{
	if (arguments->count == SQL_ARGUMENTS_MAX)
		elog(ERROR, "too many arguments");
	arguments->values[arguments->count].value = value;
	arguments->values[arguments->count++].isnull = isnull;
}

void
dos_argument_text(SqlArguments *arguments, const char *value)
{
	dos_argument(arguments, value != NULL ? CStringGetTextDatum(value) : (Datum) 0, value == NULL);
}

static Oid
function_oid(const char *name, int count)
{
	Oid			schema = get_namespace_oid("dos_internal", false);
	CatCList   *list = SearchSysCacheList1(PROCNAMEARGSNSP, CStringGetDatum(name));
	Oid			found = InvalidOid;

	for (int i = 0; i < list->n_members; i++)
	{
		Form_pg_proc function = (Form_pg_proc) GETSTRUCT(&list->members[i]->tuple);

		if (function->pronamespace == schema && function->pronargs == count)
			found = function->oid;
	}
	ReleaseSysCacheList(list);
	if (found == InvalidOid)
		elog(ERROR, "function dos_internal.%s() of %d arguments does not exist", name, count);
	return found;
}

Datum
dos_call(const char *function, const SqlArguments *arguments, bool *isnull)
{
	LOCAL_FCINFO(fcinfo, SQL_ARGUMENTS_MAX);
	FmgrInfo	info;
	Datum		result;

	fmgr_info(function_oid(function, arguments->count), &info);
	InitFunctionCallInfoData(*fcinfo, &info, arguments->count, DEFAULT_COLLATION_OID, NULL, NULL);
	*isnull = true;
	for (int i = 0; i < arguments->count; i++)
	{
		fcinfo->args[i] = arguments->values[i];
		if (info.fn_strict && arguments->values[i].isnull)
			return (Datum) 0;
	}
	result = FunctionCallInvoke(fcinfo);
	*isnull = fcinfo->isnull;
	/* PL/pgSQL gives away rows and arrays that the next function they are passed to would take as its own */
	if (!*isnull && get_typlen(get_func_rettype(info.fn_oid)) == -1)
		result = PointerGetDatum(PG_DETOAST_DATUM(result));
	return result;
}

void
dos_call_void(const char *function, const SqlArguments *arguments)
{
	bool		isnull;

	dos_call(function, arguments, &isnull);
}
