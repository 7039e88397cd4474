/*
 * registrar.c
 *	  The registrar that acts, from the row cache: every command asks for one.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/xact.h"
#include "executor/executor.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/builtins.h"

#include "base/error.h"
#include "base/row_cache.h"
#include "base/row_column.h"
#include "history/act.h"
#include "registrar/registrar.h"
#include "registrar/registrar_rules.h"

#define CHECK_MAX_SHIPPED 50	/* dos.epp_setting without a row */

static RowCache registrars = {
	.table = "registrar",
	.query = "SELECT r.clid, r FROM dos.registrar AS r WHERE r.clid = $1",
};

static RowCache registrars_by_id = {
	.table = "registrar",
	.query = "SELECT r.id::pg_catalog.text, r FROM dos.registrar AS r WHERE r.id = $1::pg_catalog.int4",
};

static RowCache epp_settings = {
	.table = "epp_setting",
	.query = "SELECT 'one', s FROM dos.epp_setting AS s WHERE s.one = ($1 = 'one')",
};

PG_FUNCTION_INFO_V1(dos_sql_check_require);
PG_FUNCTION_INFO_V1(dos_sql_registrar_find);
PG_FUNCTION_INFO_V1(dos_sql_registrar_clid);
PG_FUNCTION_INFO_V1(dos_sql_registrar_act);
PG_FUNCTION_INFO_V1(dos_sql_registrar_state_allows);

Datum
dos_sql_registrar_find(PG_FUNCTION_ARGS)
{
	Datum		row;

	if (!dos_row_cache_get(&registrars, text_to_cstring(PG_GETARG_TEXT_PP(0)), &row))
		PG_RETURN_NULL();
	PG_RETURN_DATUM(row);
}

char *
dos_registrar_clid(int32 id)
{
	char		key[12];
	Datum		row;

	snprintf(key, sizeof(key), "%d", id);
	if (!dos_row_cache_get(&registrars_by_id, key, &row))
		return NULL;
	return dos_row_text(DatumGetHeapTupleHeader(row), "clid");
}

Datum
dos_sql_registrar_clid(PG_FUNCTION_ARGS)
{
	char	   *clid = dos_registrar_clid(PG_GETARG_INT32(0));

	if (clid == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(clid));
}

int
dos_registrar_autorenew(int32 id)
{
	char		key[12];
	Datum		row;
	Datum		value;
	bool		isnull;

	snprintf(key, sizeof(key), "%d", id);
	if (!dos_row_cache_get(&registrars_by_id, key, &row))
		return -1;
	value = GetAttributeByName(DatumGetHeapTupleHeader(row), "autorenew", &isnull);
	return isnull ? -1 : DatumGetBool(value);
}

HeapTupleHeader
dos_registrar_act(const char *clid, const char *verb, const char *svtrid)
{
	char	   *state;
	Datum		row;

	dos_act_named(svtrid);
	/* nobody in particular may not act as anybody */
	if (clid == NULL || !dos_row_cache_get(&registrars, clid, &row))
		ereport(ERROR,
				(errcode(ERRCODE_DOS_AUTHORIZATION),
				 errmsg("registrar is not known"),
				 errdetail("Registrar is not known."),
				 dos_reason("registrar_unknown")));
	state = dos_row_text(DatumGetHeapTupleHeader(row), "state");
	if (verb == NULL || (!dos_registrar_allows(state, verb) && !dos_act_by_staff()))
		ereport(ERROR,
				(errcode(ERRCODE_DOS_AUTHORIZATION),
				 errmsg("registrar may not use this command"),
				 errdetail("The registrar's state is \"%s\".", state),
				 dos_reason("registrar_state_prohibits")));
	/* commands wait for each other's locks and then look again: one snapshot would show what was before */
	if (IsolationUsesXactSnapshot() && !dos_registrar_reads(verb))
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("commands that change the registry run in transactions of level READ COMMITTED"),
				 errdetail("With one snapshot they would not see what they have waited for.")));
	dos_act_registrar(clid, verb, svtrid);
	return DatumGetHeapTupleHeader(row);
}

/* (clid, verb, svtrid) -> dos.registrar; not STRICT */
Datum
dos_sql_registrar_act(PG_FUNCTION_ARGS)
{
	const char *words[3];

	for (int i = 0; i < 3; i++)
		words[i] = PG_ARGISNULL(i) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(i));
	PG_RETURN_HEAPTUPLEHEADER(dos_registrar_act(words[0], words[1], words[2]));
}

Datum
dos_sql_registrar_state_allows(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(dos_registrar_allows(text_to_cstring(PG_GETARG_TEXT_PP(0)), text_to_cstring(PG_GETARG_TEXT_PP(1))));
}

void
dos_check_require(int asked, const char *element)
{
	int			most = CHECK_MAX_SHIPPED;
	Datum		row;

	if (asked <= 1)				/* which every setting allows */
		return;
	if (dos_row_cache_get(&epp_settings, "one", &row))
		most = dos_row_int(DatumGetHeapTupleHeader(row), "check_max");
	if (asked > most)
		ereport(ERROR,
				(errcode(ERRCODE_DOS_PARAMETER_POLICY),
				 errmsg("too many objects in one check"),
				 errdetail("At most %d may be asked for, not %d.", most, asked),
				 dos_reason("check_too_many"),
				 dos_element(element)));
}

/* (number of objects, element of each) -> void */
Datum
dos_sql_check_require(PG_FUNCTION_ARGS)
{
	dos_check_require(PG_GETARG_INT32(0), text_to_cstring(PG_GETARG_TEXT_PP(1)));
	PG_RETURN_VOID();
}
