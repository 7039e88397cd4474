/*
 * domain_lock.c
 *	  A domain to be changed, and its new version: what every verb on a registered name begins and ends with, without plans.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "executor/executor.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/snapmgr.h"
#include "utils/timestamp.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/row_column.h"
#include "base/row_fetch.h"
#include "base/row_put.h"
#include "base/sql_call.h"
#include "zone/zone.h"

static FetchTable domain_by_name = {
	.name = "domain", .index = "domain_name_taken", .equals = F_TEXTEQ, .columns = {"id"},
};

static PutTable domains = {.name = "domain", .columns = {"id"}};

PG_FUNCTION_INFO_V1(dos_sql_domain_lock);
PG_FUNCTION_INFO_V1(dos_sql_domain_write);

/* Facts that the clock may act upon: nothing of the kind, and domain_caught_up() has nothing to do. */
static bool
is_at_rest(HeapTupleHeader domain)
{
	static const char *const moving[] = {"deleted_at", "unpaid", "pending", "expired_at", "transfer"};
	bool		isnull;

	for (int i = 0; i < lengthof(moving); i++)
	{
		GetAttributeByName(domain, moving[i], &isnull);
		if (!isnull)
			return false;
	}
	return dos_row_time(domain, "expires_at") > dos_clock_now();
}

static int32
number_of(Datum row, const char *column)
{
	return dos_row_int(DatumGetHeapTupleHeader(row), column);
}

/* dos_internal.domain_lock(name, actor) */
Datum
dos_sql_domain_lock(PG_FUNCTION_ARGS)
{
	Datum		name = PG_ARGISNULL(0) ? CStringGetTextDatum("") : PG_GETARG_DATUM(0);
	char	   *shown = TextDatumGetCString(name);
	SqlArguments arguments = {0};
	Datum		domain = (Datum) 0;
	bool		gone;

	PushActiveSnapshot(GetTransactionSnapshot());
	gone = !dos_fetch_lock(&domain_by_name, &name, &domain);
	PopActiveSnapshot();
	if (!gone && !is_at_rest(DatumGetHeapTupleHeader(domain)))
	{
		dos_argument(&arguments, domain, false);
		domain = dos_call("domain_caught_up", &arguments, &gone);
		if (!gone)
			GetAttributeByName(DatumGetHeapTupleHeader(domain), "id", &gone);
	}
	if (gone)
		ereport(ERROR,
				(errcode(ERRCODE_DOS_OBJECT_DOES_NOT_EXIST),
				 errmsg("domain \"%s\" does not exist", shown),
				 errdetail("Domain \"%s\" does not exist.", shown),
				 dos_reason("domain_unknown"), dos_element("domain:name")));
	if (number_of(domain, "registrar_id") != number_of(PG_GETARG_DATUM(1), "id"))
		ereport(ERROR,
				(errcode(ERRCODE_DOS_AUTHORIZATION),
				 errmsg("domain \"%s\" is sponsored by another registrar", shown),
				 errdetail("Domain \"%s\" is sponsored by another registrar.", shown),
				 dos_reason("domain_of_other_registrar"), dos_element("domain:name")));
	dos_zone_state_require(number_of(domain, "zone_id"), "update");
	PG_RETURN_DATUM(domain);
}

/* For a table on which somebody has put something that sees statements. */
static void
write_by_query(Datum row, int count, char *const *columns)
{
	Oid			type = HeapTupleHeaderGetTypeId(DatumGetHeapTupleHeader(row));
	StringInfoData query;

	initStringInfo(&query);
	for (int i = 0; i < count; i++)
		appendStringInfo(&query, "%s %s = ($1).%s", i == 0 ? "UPDATE dos.domain SET" : ",", columns[i], columns[i]);
	appendStringInfoString(&query, " WHERE id = ($1).id");
	SPI_connect();
	if (SPI_execute_with_args(query.data, 1, &type, &row, NULL, false, 0) != SPI_OK_UPDATE)
		elog(ERROR, "could not update dos.domain");
	SPI_finish();
}

/* dos_internal.domain_write(d, columns) */
Datum
dos_sql_domain_write(PG_FUNCTION_ARGS)
{
	Datum		row = PointerGetDatum(PG_GETARG_HEAPTUPLEHEADER(0));
	Datum	   *names;
	char	  **columns;
	int			count;
	bool		isnull;

	deconstruct_array(PG_GETARG_ARRAYTYPE_P(1), TEXTOID, -1, false, TYPALIGN_INT, &names, NULL, &count);
	columns = palloc(sizeof(char *) * (count + 1));
	for (int i = 0; i < count; i++)
		columns[i] = TextDatumGetCString(names[i]);
	if (dos_change_ready(&domains))
		dos_change(&domains, "domain_pkey", GetAttributeByName(DatumGetHeapTupleHeader(row), "id", &isnull), row, count, columns);
	else
		write_by_query(row, count, columns);
	PG_RETURN_BOOL(true);
}
