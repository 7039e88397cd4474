/*
 * history_put.c
 *	  A version that has ended, into its month of dos.object_history, without a query.
 *
 * Each change of each object pays for it. The month is found by its name; a row that is not that partition's by its bounds, and a
 * registry that has put a trigger on it, get the prepared INSERT.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/xact.h"
#include "catalog/namespace.h"
#include "catalog/pg_type.h"
#include "executor/executor.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "funcapi.h"
#include "nodes/makefuncs.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/fmgrprotos.h"
#include "utils/hsearch.h"
#include "utils/jsonb.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/timestamp.h"
#include "utils/xid8.h"

#include "base/row_put.h"
#include "history/history.h"

typedef struct HistoryPlan
{
	Oid			table_oid;
	SPIPlanPtr	plan;
} HistoryPlan;

enum
{
	VERSION_KIND, VERSION_OBJECT_ID, VERSION_OBJECT_NAME, VERSION_BEGAN, VERSION_ENDED, VERSION_MADE, VERSION_ENDED_BY, VERSION_TRANSACTION,
	VERSION_IMAGE, VERSION_ID, VERSION_COLUMNS
};

static char month_name[NAMEDATALEN];
static PutTable month = {
	.sequence = "object_history_id_seq",
	.columns = {"kind", "object_id", "object_name", "began_at", "ended_at", "made", "ended", "transaction", "image", "id"},
};

/* The insert for one table, prepared once per session. $1 the row, $2 the act that ends it. */
static SPIPlanPtr
insert_plan(Relation table, const char *kind, const char *name_column)
{
	static HTAB *plans = NULL;
	Oid			table_oid = RelationGetRelid(table);
	HistoryPlan *entry;
	bool		found;
	Oid			types[2];
	bool		isnull;

	if (plans == NULL)
	{
		HASHCTL		control = {.keysize = sizeof(Oid), .entrysize = sizeof(HistoryPlan)};

		plans = hash_create("dos history", 8, &control, HASH_ELEM | HASH_BLOBS);
	}
	entry = hash_search(plans, &table_oid, HASH_FIND, &found);
	if (found)
		return entry->plan;
	types[0] = RelationGetDescr(table)->tdtypeid;
	if (SPI_execute("SELECT 'dos.act'::pg_catalog.regtype::pg_catalog.oid", true, 1) != SPI_OK_SELECT || SPI_processed != 1)
		elog(ERROR, "could not find type dos.act");
	types[1] = DatumGetObjectId(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &isnull));
	{
		SPIPlanPtr	plan = SPI_prepare(psprintf(
			"INSERT INTO dos.object_history (kind, object_id, object_name, began_at, ended_at, made, ended, image) "
			"SELECT '%s', ($1).id, ($1).%s, b.at, greatest(b.at, ($2).at), ($1).act, $2, "
			"pg_catalog.jsonb_strip_nulls(pg_catalog.to_jsonb($1)) OPERATOR(pg_catalog.-) '{auth_hash,act}'::pg_catalog.text[] "
			"FROM (SELECT coalesce((($1).act).at, ($1).created_at) AS at) AS b", kind, name_column), 2, types);

		if (plan == NULL || SPI_keepplan(plan) != 0)
			elog(ERROR, "could not prepare the insert into dos.object_history");
		entry = hash_search(plans, &table_oid, HASH_ENTER, &found);
		entry->plan = plan;
	}
	return entry->plan;
}

static void
put_by_plan(Relation table, const char *kind, const char *name_column, Datum row, Datum act)
{
	Datum		values[2] = {row, act};

	SPI_connect();
	if (SPI_execute_plan(insert_plan(table, kind, name_column), values, NULL, false, 0) != SPI_OK_INSERT)
		elog(ERROR, "could not write dos.object_history");
	SPI_finish();
}

/* The partition of an instant's month, or the rest where there is none. */
static void
choose_month(TimestampTz at)
{
	static char name[NAMEDATALEN];
	struct pg_tm tm;
	fsec_t		fsec;

	if (timestamp2tm(at, NULL, &tm, &fsec, NULL, NULL) != 0)
		elog(ERROR, "timestamp out of range");
	snprintf(name, sizeof(name), "object_history_%04d_%02d", tm.tm_year, tm.tm_mon);
	if (get_relname_relid(name, get_namespace_oid("dos", false)) == InvalidOid)
		strlcpy(name, "object_history_rest", sizeof(name));
	if (strcmp(name, month_name) != 0)
	{
		strlcpy(month_name, name, sizeof(month_name));
		dos_put_rename(&month, month_name);
	}
}

/* The row as jsonb without NULLs, secrets and the act, which has its own columns. */
static Datum
image_of(HeapTuple row, TupleDesc desc)
{
	static const char *const left_out[] = {"auth_hash", "act"};
	Datum	   *values = palloc(desc->natts * sizeof(Datum));
	bool	   *nulls = palloc(desc->natts * sizeof(bool));
	HeapTuple	shown;
	FmgrInfo	to_json;
	Node	   *argument = (Node *) makeNullConst(desc->tdtypeid, -1, InvalidOid);

	heap_deform_tuple(row, desc, values, nulls);
	for (int i = 0; i < lengthof(left_out); i++)
		for (int column = 0; column < desc->natts; column++)
			if (namestrcmp(&TupleDescAttr(desc, column)->attname, left_out[i]) == 0)
				nulls[column] = true;
	shown = heap_form_tuple(desc, values, nulls);
	fmgr_info(F_TO_JSONB, &to_json);
	fmgr_info_set_expr((Node *) makeFuncExpr(F_TO_JSONB, JSONBOID, list_make1(argument), InvalidOid, InvalidOid, COERCE_EXPLICIT_CALL), &to_json);
	return DirectFunctionCall1(jsonb_strip_nulls, FunctionCall1(&to_json, HeapTupleGetDatum(shown)));
}

static Datum
column_of(HeapTuple row, TupleDesc desc, const char *name, bool *isnull)
{
	for (int column = 0; column < desc->natts; column++)
		if (namestrcmp(&TupleDescAttr(desc, column)->attname, name) == 0)
			return heap_getattr(row, column + 1, desc, isnull);
	elog(ERROR, "the table has no column \"%s\"", name);
}

void
dos_history_put(Relation table, const char *kind, const char *name_column, HeapTuple row, Datum act)
{
	TupleDesc	desc = RelationGetDescr(table);
	Datum		values[VERSION_COLUMNS];
	bool		nulls[VERSION_COLUMNS] = {false};
	bool		isnull;
	Datum		ended = GetAttributeByName(DatumGetHeapTupleHeader(act), "at", &isnull);

	values[VERSION_MADE] = column_of(row, desc, "act", &nulls[VERSION_MADE]);
	isnull = true;
	if (!nulls[VERSION_MADE])
		values[VERSION_BEGAN] = GetAttributeByName(DatumGetHeapTupleHeader(values[VERSION_MADE]), "at", &isnull);
	if (isnull)
		values[VERSION_BEGAN] = column_of(row, desc, "created_at", &isnull);
	values[VERSION_ENDED] = TimestampTzGetDatum(Max(DatumGetTimestampTz(values[VERSION_BEGAN]), DatumGetTimestampTz(ended)));
	choose_month(DatumGetTimestampTz(values[VERSION_ENDED]));
	if (dos_put_ready(&month))
	{
		values[VERSION_KIND] = CStringGetTextDatum(kind);
		values[VERSION_OBJECT_ID] = column_of(row, desc, "id", &isnull);
		values[VERSION_OBJECT_NAME] = column_of(row, desc, name_column, &isnull);
		values[VERSION_ENDED_BY] = act;
		values[VERSION_TRANSACTION] = FullTransactionIdGetDatum(GetTopFullTransactionId());
		values[VERSION_IMAGE] = image_of(row, desc);
		values[VERSION_ID] = Int64GetDatum(dos_put_id(&month));
		if (dos_put_fitting(&month, values, nulls))
			return;
	}
	put_by_plan(table, kind, name_column, heap_copy_tuple_as_datum(row, desc), act);
}
