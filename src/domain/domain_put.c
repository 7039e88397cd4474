/*
 * domain_put.c
 *	  The row of a new domain, and whether there is one: what every create does, without plans.
 */
#include "postgres.h"

#include "catalog/pg_collation.h"
#include "executor/executor.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/fmgrprotos.h"
#include "utils/snapmgr.h"

#include "base/row_fetch.h"
#include "base/row_put.h"

static PutTable domains = {.name = "domain"};

static FetchTable names = {
	.name = "domain",
	.index = "domain_name_taken",
	.equals = F_TEXTEQ,
	.columns = {"id"},
};

PG_FUNCTION_INFO_V1(dos_sql_domain_put);
PG_FUNCTION_INFO_V1(dos_sql_domain_hold);

/* dos_internal.domain_put(d) */
Datum
dos_sql_domain_put(PG_FUNCTION_ARGS)
{
	Datum		row = PG_GETARG_DATUM(0);
	bool		isnull;
	Datum		id = GetAttributeByName(DatumGetHeapTupleHeader(row), "id", &isnull);

	if (dos_put_ready(&domains))
		dos_put_row(&domains, row);
	else
	{
		static SPIPlanPtr plan = NULL;
		Oid			type = HeapTupleHeaderGetTypeId(DatumGetHeapTupleHeader(row));

		SPI_connect();
		if (plan == NULL)
		{
			SPIPlanPtr	fresh = SPI_prepare("INSERT INTO dos.domain SELECT ($1).*", 1, &type);

			if (fresh == NULL || SPI_keepplan(fresh) != 0)
				elog(ERROR, "could not prepare the insert into dos.domain");
			plan = fresh;
		}
		if (SPI_execute_plan(plan, &row, NULL, false, 0) != SPI_OK_INSERT)
			elog(ERROR, "could not insert into dos.domain");
		SPI_finish();
	}
	PG_RETURN_DATUM(id);
}

/* dos_internal.domain_hold(name): what is committed once nobody else has the name in hand counts, so the snapshot is taken then. */
Datum
dos_sql_domain_hold(PG_FUNCTION_ARGS)
{
	text	   *name = PG_GETARG_TEXT_PP(0);
	Datum		lock = CStringGetTextDatum(psprintf("domain %s", text_to_cstring(name)));
	FetchedRow	row;
	bool		found;

	DirectFunctionCall1(pg_advisory_xact_lock_int8,
						DirectFunctionCall2Coll(hashtextextended, DEFAULT_COLLATION_OID, lock, Int64GetDatum(0)));
	PushActiveSnapshot(GetTransactionSnapshot());
	found = dos_fetch(&names, PointerGetDatum(name), &row);
	PopActiveSnapshot();
	PG_RETURN_BOOL(found);
}
