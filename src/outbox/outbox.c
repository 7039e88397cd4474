/*
 * outbox.c
 *	  Writing an event, and which cluster it was written in.
 *
 * Every verb pays for the insert, so it is done without a plan (base/row_put.h); the trigger that makes messages of events fires for those
 * that name somebody to notify. A registry that has put a trigger of its own on dos.outbox gets the prepared INSERT.
 */
#include "postgres.h"

#include "access/xact.h"
#include "access/xlog.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/timestamp.h"
#include "utils/xid8.h"

#include "base/clock.h"
#include "base/row_put.h"
#include "history/act.h"
#include "job/wake.h"
#include "outbox/outbox.h"

enum
{
	EVENT_NAME, EVENT_OBJECT_NAME, EVENT_OBJECT_ID, EVENT_REGISTRAR, EVENT_CLTRID, EVENT_SVTRID, EVENT_CONTENT, EVENT_COLUMNS,
	EVENT_ID = EVENT_COLUMNS, EVENT_CLUSTER, EVENT_TRANSACTION, EVENT_AT, EVENT_ALL_COLUMNS
};

static PutTable outbox = {
	.name = "outbox",
	.sequence = "outbox_id_seq",
	.ruled_out = "outbox_poll",
	.columns = {"event", "object_name", "object_id", "registrar", "cltrid", "svtrid", "content", "id", "cluster", "transaction", "happened_at"},
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

/* Events that carry a message go through the trigger of room poll. */
static bool
notifies(Datum content, bool isnull)
{
	return !isnull && DatumGetBool(DirectFunctionCall2(jsonb_exists, content, CStringGetTextDatum("notify")));
}

static void
insert_by_plan(Datum *values, const bool *isnull)
{
	char		nulls[EVENT_COLUMNS + 1] = {0};
	int			result;

	for (int i = 0; i < EVENT_COLUMNS; i++)
		nulls[i] = isnull[i] ? 'n' : ' ';
	SPI_connect();
	result = SPI_execute_plan(insert_plan(), values, nulls, false, 0);
	if (result != SPI_OK_INSERT)
		elog(ERROR, "unexpected result %d of the insert into dos.outbox", result);
	SPI_finish();
}

/* values and nulls of the first EVENT_COLUMNS are given, the rest is set here */
static void
put(Datum *values, bool *nulls)
{
	if (dos_act_by_staff())
	{
		/* the registry did it, in whoever's name; what the event says of itself goes before the facts of the act */
		Jsonb	   *facts = dos_act_facts();

		nulls[EVENT_REGISTRAR] = true;
		if (facts && nulls[EVENT_CONTENT])
			values[EVENT_CONTENT] = JsonbPGetDatum(facts);
		else if (facts)
			values[EVENT_CONTENT] = DirectFunctionCall2(jsonb_concat, JsonbPGetDatum(facts), values[EVENT_CONTENT]);
		nulls[EVENT_CONTENT] = nulls[EVENT_CONTENT] && facts == NULL;
	}
	if (dos_put_ready(&outbox))
	{
		values[EVENT_ID] = Int64GetDatum(dos_put_id(&outbox));
		values[EVENT_CLUSTER] = Int64GetDatum((int64) GetSystemIdentifier());
		values[EVENT_TRANSACTION] = FullTransactionIdGetDatum(GetTopFullTransactionId());
		values[EVENT_AT] = TimestampTzGetDatum(dos_clock_now());
		if (notifies(values[EVENT_CONTENT], nulls[EVENT_CONTENT]))
			dos_put_firing(&outbox, values, nulls);
		else
			dos_put(&outbox, values, nulls);
	}
	else
		insert_by_plan(values, nulls);
	dos_wake("outbox");
}

/* dos_internal.outbox_put(event, object_name, object_id, registrar, cltrid, svtrid, content) */
Datum
dos_sql_outbox_put(PG_FUNCTION_ARGS)
{
	Datum		values[EVENT_ALL_COLUMNS];
	bool		nulls[EVENT_ALL_COLUMNS] = {false};

	for (int i = 0; i < EVENT_COLUMNS; i++)
	{
		nulls[i] = PG_ARGISNULL(i);
		values[i] = PG_GETARG_DATUM(i);
	}
	put(values, nulls);
	PG_RETURN_VOID();
}

void
dos_outbox_put(const OutboxEvent *event)
{
	const char *const texts[EVENT_COLUMNS] = {
		[EVENT_NAME] = event->event, [EVENT_OBJECT_NAME] = event->object_name, [EVENT_REGISTRAR] = event->registrar,
		[EVENT_CLTRID] = event->cltrid, [EVENT_SVTRID] = event->svtrid,
	};
	Datum		values[EVENT_ALL_COLUMNS] = {0};
	bool		nulls[EVENT_ALL_COLUMNS] = {false};

	for (int i = 0; i < EVENT_COLUMNS; i++)
	{
		nulls[i] = texts[i] == NULL;
		if (!nulls[i])
			values[i] = CStringGetTextDatum(texts[i]);
	}
	nulls[EVENT_OBJECT_ID] = event->object_id == 0;
	values[EVENT_OBJECT_ID] = Int64GetDatum(event->object_id);
	nulls[EVENT_CONTENT] = event->content == NULL;
	values[EVENT_CONTENT] = PointerGetDatum(event->content);
	put(values, nulls);
}
