/*
 * outbox.c
 *	  Writing an event, and which cluster it was written in.
 *
 * The insert is a prepared plan called from C: every verb pays for it, and a PL/pgSQL function around the
 * same INSERT doubles its cost (27 against 14 microseconds).
 */
#include "postgres.h"

#include "access/xlog.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "utils/fmgrprotos.h"

#include "history/act.h"
#include "job/wake.h"

enum
{
	EVENT_NAME, EVENT_OBJECT_NAME, EVENT_OBJECT_ID, EVENT_REGISTRAR, EVENT_CLTRID, EVENT_SVTRID, EVENT_CONTENT, EVENT_COLUMNS
};

PG_FUNCTION_INFO_V1(dos_sql_cluster_id);
PG_FUNCTION_INFO_V1(dos_sql_outbox_put);

/* dos_internal.cluster_id(): made by initdb, kept by replicas and backups, another one after dump and restore. */
Datum
dos_sql_cluster_id(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64((int64) GetSystemIdentifier());
}

/* The INSERT, prepared once per session. */
static SPIPlanPtr
insert_plan(void)
{
	static SPIPlanPtr plan = NULL;
	Oid			types[EVENT_COLUMNS] = {TEXTOID, TEXTOID, INT8OID, TEXTOID, TEXTOID, TEXTOID, JSONBOID};

	if (plan == NULL)
	{
		SPIPlanPtr	fresh = SPI_prepare("INSERT INTO dos.outbox (event, object_name, object_id, registrar, cltrid, svtrid, content) "
										"VALUES ($1, $2, $3, $4, $5, $6, $7)", EVENT_COLUMNS, types);

		if (fresh == NULL || SPI_keepplan(fresh) != 0)
			elog(ERROR, "could not prepare the insert into dos.outbox");
		plan = fresh;
	}
	return plan;
}

/* dos_internal.outbox_put(event, object_name, object_id, registrar, cltrid, svtrid, content) */
Datum
dos_sql_outbox_put(PG_FUNCTION_ARGS)
{
	Datum		values[EVENT_COLUMNS];
	char		nulls[EVENT_COLUMNS + 1] = {0};
	int			result;

	for (int i = 0; i < EVENT_COLUMNS; i++)
	{
		nulls[i] = PG_ARGISNULL(i) ? 'n' : ' ';
		values[i] = PG_GETARG_DATUM(i);
	}
	if (dos_act_by_staff())
	{
		/* the registry did it, in whoever's name; what the event says of itself goes before the facts of the act */
		Jsonb	   *facts = dos_act_facts();

		nulls[EVENT_REGISTRAR] = 'n';
		if (facts && nulls[EVENT_CONTENT] == 'n')
			values[EVENT_CONTENT] = JsonbPGetDatum(facts);
		else if (facts)
			values[EVENT_CONTENT] = DirectFunctionCall2(jsonb_concat, JsonbPGetDatum(facts), values[EVENT_CONTENT]);
		nulls[EVENT_CONTENT] = facts ? ' ' : nulls[EVENT_CONTENT];
	}
	SPI_connect();
	result = SPI_execute_plan(insert_plan(), values, nulls, false, 0);
	if (result != SPI_OK_INSERT)
		elog(ERROR, "unexpected result %d of the insert into dos.outbox", result);
	SPI_finish();
	dos_wake("outbox");
	PG_RETURN_VOID();
}
