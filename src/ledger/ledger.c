/*
 * ledger.c
 *	  Accounts from the row cache: their rows hold no balance and hardly ever change.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "executor/executor.h"
#include "fmgr.h"
#include "utils/builtins.h"

#include "base/row_cache.h"
#include "base/row_column.h"
#include "ledger/ledger.h"

static RowCache accounts = {
	.table = "account",
	.query = "SELECT a.key, a FROM dos.account AS a WHERE a.key = $1",
};

PG_FUNCTION_INFO_V1(dos_sql_account_get);

int32
dos_account_find(int32 registrar_id, const char *kind, const char *currency, int32 operator_id, Datum *row)
{
	char		key[64];

	snprintf(key, sizeof(key), "%d/%s/%s/%d", registrar_id, kind, currency, operator_id);
	if (!dos_row_cache_get(&accounts, key, row))
		return 0;
	return dos_row_int(DatumGetHeapTupleHeader(*row), "id");
}

Datum
dos_sql_account_get(PG_FUNCTION_ARGS)
{
	char	   *key = psprintf("%d/%s/%s/%d", PG_GETARG_INT32(0), text_to_cstring(PG_GETARG_TEXT_PP(1)),
							   text_to_cstring(PG_GETARG_TEXT_PP(2)), PG_GETARG_INT32(3));
	Datum		row;

	if (!dos_row_cache_get(&accounts, key, &row))
		PG_RETURN_NULL();
	PG_RETURN_DATUM(row);
}
