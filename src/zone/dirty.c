/*
 * dirty.c
 *	  Queueing names for publication: every verb that changes a delegation does it, so it takes no plan.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "base/row_put.h"
#include "job/wake.h"
#include "zone/dirty.h"

enum
{
	DIRTY_ZONE_ID, DIRTY_OWNER, DIRTY_ID, DIRTY_COLUMNS
};

static PutTable dirty = {
	.name = "dns_dirty",
	.sequence = "dns_dirty_id_seq",
	.columns = {"zone_id", "owner", "id"},
};

PG_FUNCTION_INFO_V1(dos_sql_dns_mark);

static void
insert_by_query(Datum zone_id, bool zone_is_null, Datum owner, bool owner_is_null)
{
	Oid			types[] = {INT4OID, TEXTOID};
	Datum		values[] = {zone_id, owner};
	char		nulls[] = {zone_is_null ? 'n' : ' ', owner_is_null ? 'n' : ' '};

	SPI_connect();
	if (SPI_execute_with_args("INSERT INTO dos.dns_dirty (zone_id, owner) VALUES ($1, $2)", 2, types, values, nulls, false, 0) != SPI_OK_INSERT)
		elog(ERROR, "could not insert into dos.dns_dirty");
	SPI_finish();
}

static void
mark(Datum zone_id, bool zone_is_null, Datum owner, bool owner_is_null)
{
	Datum		values[DIRTY_COLUMNS] = {zone_id, owner, 0};
	bool		nulls[DIRTY_COLUMNS] = {zone_is_null, owner_is_null, false};

	if (dos_put_ready(&dirty))
	{
		values[DIRTY_ID] = Int64GetDatum(dos_put_id(&dirty));
		dos_put(&dirty, values, nulls);
	}
	else
		insert_by_query(zone_id, zone_is_null, owner, owner_is_null);
	dos_wake("dns");
}

void
dos_dns_mark(int32 zone_id, const char *owner)
{
	mark(Int32GetDatum(zone_id), false, CStringGetTextDatum(owner), false);
}

/* dos_internal.dns_mark(zone_id, VARIADIC owners) */
Datum
dos_sql_dns_mark(PG_FUNCTION_ARGS)
{
	Datum	   *owners;
	bool	   *owner_nulls;
	int			count = 0;

	if (!PG_ARGISNULL(1))
		deconstruct_array(PG_GETARG_ARRAYTYPE_P(1), TEXTOID, -1, false, TYPALIGN_INT, &owners, &owner_nulls, &count);
	for (int i = 0; i < count; i++)
		mark(PG_GETARG_DATUM(0), PG_ARGISNULL(0), owners[i], owner_nulls[i]);
	if (count == 0)
		dos_wake("dns");
	PG_RETURN_VOID();
}
