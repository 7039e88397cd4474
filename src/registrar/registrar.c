/*
 * registrar.c
 *	  The registrar that acts, from the row cache: every command asks for one.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"

#include "base/row_cache.h"

static RowCache registrars = {
	.table = "registrar",
	.query = "SELECT r.clid, r FROM dos.registrar AS r WHERE r.clid = $1",
};

PG_FUNCTION_INFO_V1(dos_sql_registrar_find);

Datum
dos_sql_registrar_find(PG_FUNCTION_ARGS)
{
	Datum		row;

	if (!dos_row_cache_get(&registrars, text_to_cstring(PG_GETARG_TEXT_PP(0)), &row))
		PG_RETURN_NULL();
	PG_RETURN_DATUM(row);
}
