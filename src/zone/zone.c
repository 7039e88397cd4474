/*
 * zone.c
 *	  Zones by name suffix and by id, from the row cache.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"

#include "base/row_cache.h"
#include "zone/zone.h"

static RowCache zones_by_name = {
	.table = "zone",
	.query = "SELECT z.name, z FROM dos.zone AS z",
	.whole = true,
};

static RowCache zones_by_id = {
	.table = "zone",
	.query = "SELECT z.id::pg_catalog.text, z FROM dos.zone AS z",
	.whole = true,
};

PG_FUNCTION_INFO_V1(dos_sql_zone_of);
PG_FUNCTION_INFO_V1(dos_sql_zone_get);

bool
dos_zone_get(int32 id, Datum *row)
{
	char		key[12];

	snprintf(key, sizeof(key), "%d", id);
	return dos_row_cache_get(&zones_by_id, key, row);
}

/* Longest match: try the names above, nearest first; never the name itself. */
Datum
dos_sql_zone_of(PG_FUNCTION_ARGS)
{
	char	   *name = text_to_cstring(PG_GETARG_TEXT_PP(0));
	Datum		row;

	while ((name = strchr(name, '.')) != NULL)
		if (dos_row_cache_get(&zones_by_name, ++name, &row))
			PG_RETURN_DATUM(row);
	PG_RETURN_NULL();
}

Datum
dos_sql_zone_get(PG_FUNCTION_ARGS)
{
	Datum		row;

	if (!dos_zone_get(PG_GETARG_INT32(0), &row))
		PG_RETURN_NULL();
	PG_RETURN_DATUM(row);
}
