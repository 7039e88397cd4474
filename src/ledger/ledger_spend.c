/*
 * ledger_spend.c
 *	  The two writes of every charge, without plans: a slice of the payer's money, and the entry.
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/relscan.h"
#include "access/skey.h"
#include "access/stratnum.h"
#include "access/table.h"
#include "access/tableam.h"
#include "access/xact.h"
#include "catalog/namespace.h"
#include "catalog/pg_trigger.h"
#include "catalog/pg_type.h"
#include "commands/trigger.h"
#include "common/int.h"
#include "executor/executor.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"
#include "utils/timestamp.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/pg_version.h"
#include "base/row_column.h"
#include "base/row_put.h"
#include "base/sql_call.h"
#include "ledger/ledger.h"

#define PLENTY				8	/* prices a slice holds that is taken from without asking the others */
#define SLICE_AVAILABLE		3	/* column of dos.account_slice */

enum
{
	ENTRY_DEBIT, ENTRY_CREDIT, ENTRY_AMOUNT, ENTRY_KIND, ENTRY_OBJECT_NAME, ENTRY_OBJECT_ID, ENTRY_YEARS, ENTRY_PRICE_ID, ENTRY_SVTRID,
	ENTRY_PRICING, ENTRY_GIVEN, ENTRY_ID = ENTRY_GIVEN, ENTRY_MADE_AT, ENTRY_COLUMNS
};

static PutTable entries = {
	.name = "ledger_entry",
	.sequence = "ledger_entry_id_seq",
	.ruled_out = "promotion_returned",	/* of refunds */
	.columns = {"debit_account_id", "credit_account_id", "amount_minor", "kind", "object_name", "object_id", "years", "price_id", "svtrid",
	"pricing", "id", "made_at"},
};

PG_FUNCTION_INFO_V1(dos_sql_ledger_take_own);
PG_FUNCTION_INFO_V1(dos_sql_ledger_put);
PG_FUNCTION_INFO_V1(dos_sql_ledger_spend);

/* Nothing but a reference to the account, which an update of the amount leaves alone: nobody has put a trigger or rule there. */
static bool
is_plain(Relation heap)
{
	TriggerDesc *triggers = heap->trigdesc;

	for (int i = 0; triggers != NULL && i < triggers->numtriggers; i++)
		if (TRIGGER_FOR_UPDATE(triggers->triggers[i].tgtype) && RI_FKey_trigger_type(triggers->triggers[i].tgfoid) != RI_TRIGGER_FK)
			return false;
	return !heap->rd_rel->relhasrules && !heap->rd_rel->relrowsecurity &&
		pg_class_aclcheck(RelationGetRelid(heap), GetUserId(), ACL_UPDATE) == ACLCHECK_OK;
}

/* A version that did not fit beside the old one is found by the index as well. */
static void
index_again(Relation heap, TupleTableSlot *slot)
{
	EState	   *estate = CreateExecutorState();
	ResultRelInfo *target = makeNode(ResultRelInfo);

	InitResultRelInfo(target, heap, 0, NULL, 0);
	ExecOpenIndices(target, false);
	INDEX_UPDATED(target, slot, estate);
	ExecCloseIndices(target);
	FreeExecutorState(estate);
}

/* Write what is left, unless somebody has the slice in hand or has changed it: then false at once, without a wait. */
static bool
leave(Relation heap, TupleTableSlot *old, int64 left)
{
	TupleTableSlot *new = MakeSingleTupleTableSlot(RelationGetDescr(heap), &TTSOpsVirtual);
	TM_FailureData failure;
	LockTupleMode mode;
	TM_Result	result;
	INDEXES_TO_UPDATE update_indexes;

	ExecCopySlot(new, old);
	new->tts_values[SLICE_AVAILABLE - 1] = Int64GetDatum(left);
	result = table_tuple_update(heap, &old->tts_tid, new, GetCurrentCommandId(true), GetActiveSnapshot(), InvalidSnapshot,
								false, &failure, &mode, &update_indexes);
	if (result == TM_Ok && update_indexes == INDEXES_ALL)
		index_again(heap, new);
	ExecDropSingleTupleTableSlot(new);
	return result == TM_Ok;
}

static bool
take(Relation heap, Relation index, int32 account_id, int32 slice, int64 amount, int64 plenty)
{
	TupleTableSlot *slot = table_slot_create(heap, NULL);
	ScanKeyData keys[2];
	IndexScanDesc scan;
	bool		taken = false;
	bool		isnull;

	ScanKeyInit(&keys[0], 1, BTEqualStrategyNumber, F_INT4EQ, Int32GetDatum(account_id));
	ScanKeyInit(&keys[1], 2, BTEqualStrategyNumber, F_INT4EQ, Int32GetDatum(slice));
	PushActiveSnapshot(GetTransactionSnapshot());
	scan = INDEX_SCAN(heap, index, GetActiveSnapshot(), 2);
	index_rescan(scan, keys, 2, NULL, 0);
	if (index_getnext_slot(scan, ForwardScanDirection, slot))
	{
		int64		available = DatumGetInt64(slot_getattr(slot, SLICE_AVAILABLE, &isnull));

		taken = available >= plenty && leave(heap, slot, available - amount);
	}
	index_endscan(scan);
	PopActiveSnapshot();
	ExecDropSingleTupleTableSlot(slot);
	return taken;
}

/* Out of the slice of this session, if that has plenty and nobody else is at it: never waits, and says whether it did. */
static bool
take_own(int32 account_id, int32 slices, int64 amount)
{
	int64		plenty;
	Oid			schema = get_namespace_oid("dos", false);
	Relation	heap;
	bool		taken = false;

	if (amount < 0 || pg_mul_s64_overflow(amount, PLENTY, &plenty) || XactReadOnly || IsInParallelMode() || IsolationUsesXactSnapshot())
		return false;
	heap = table_open(get_relname_relid("account_slice", schema), RowExclusiveLock);
	if (is_plain(heap))
	{
		Relation	index = index_open(get_relname_relid("account_slice_pkey", schema), RowExclusiveLock);

		taken = take(heap, index, account_id, MyProcPid % slices, amount, plenty);
		index_close(index, NoLock);
	}
	table_close(heap, NoLock);
	if (taken)
		CommandCounterIncrement();
	return taken;
}

/* dos_internal.ledger_take_own(account_id, slices, amount_minor) */
Datum
dos_sql_ledger_take_own(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(take_own(PG_GETARG_INT32(0), PG_GETARG_INT32(1), PG_GETARG_INT64(2)));
}

/* The INSERT, prepared once per session. */
static Datum
put_by_plan(Datum *values, const bool *isnull)
{
	static SPIPlanPtr plan = NULL;
	Oid			types[] = {INT4OID, INT4OID, INT8OID, TEXTOID, TEXTOID, INT8OID, INT4OID, INT8OID, TEXTOID, JSONBOID};
	char		nulls[ENTRY_GIVEN];
	bool		id_is_null;
	Datum		id;

	for (int i = 0; i < ENTRY_GIVEN; i++)
		nulls[i] = isnull[i] ? 'n' : ' ';
	SPI_connect();
	if (plan == NULL)
	{
		SPIPlanPtr	fresh = SPI_prepare("INSERT INTO dos.ledger_entry (debit_account_id, credit_account_id, amount_minor, kind, object_name, object_id, "
										"years, price_id, svtrid, pricing) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id",
										ENTRY_GIVEN, types);

		if (fresh == NULL || SPI_keepplan(fresh) != 0)
			elog(ERROR, "could not prepare the insert into dos.ledger_entry");
		plan = fresh;
	}
	if (SPI_execute_plan(plan, values, nulls, false, 0) != SPI_OK_INSERT_RETURNING || SPI_processed != 1)
		elog(ERROR, "could not insert into dos.ledger_entry");
	id = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &id_is_null);
	SPI_finish();
	return id;
}

static bool
is_refund(Datum kind, bool isnull)
{
	return isnull || strcmp(TextDatumGetCString(kind), "refund") == 0;
}

/* values and nulls of the first ENTRY_GIVEN columns are given; returns the id */
static Datum
put(Datum *values, bool *nulls)
{
	if (is_refund(values[ENTRY_KIND], nulls[ENTRY_KIND]) || !dos_put_ready(&entries))
		return put_by_plan(values, nulls);
	values[ENTRY_ID] = Int64GetDatum(dos_put_id(&entries));
	values[ENTRY_MADE_AT] = TimestampTzGetDatum(dos_clock_now());
	dos_put(&entries, values, nulls);
	return values[ENTRY_ID];
}

/* dos_internal.ledger_put(debit_account_id, credit_account_id, amount_minor, kind, object_name, object_id, years, price_id, svtrid, pricing) */
Datum
dos_sql_ledger_put(PG_FUNCTION_ARGS)
{
	Datum		values[ENTRY_COLUMNS];
	bool		nulls[ENTRY_COLUMNS] = {false};

	for (int i = 0; i < ENTRY_GIVEN; i++)
	{
		nulls[i] = PG_ARGISNULL(i);
		values[i] = PG_GETARG_DATUM(i);
	}
	PG_RETURN_DATUM(put(values, nulls));
}

/* Take the amount from the payer: out of its own slice, or wherever there is enough (in SQL); returns its account. */
static int32
take_from(const LedgerCharge *charge)
{
	Datum		payer;
	int32		payer_id = dos_account_find(charge->registrar_id, "registrar", charge->currency, charge->operator_id, &payer);
	SqlArguments arguments = {0};
	bool		isnull;

	if (payer_id == 0)
	{
		char	   *said;

		dos_argument_text(&arguments, charge->currency);
		dos_argument(&arguments, Int32GetDatum(charge->operator_id), false);
		said = TextDatumGetCString(dos_call("account_none", &arguments, &isnull));
		ereport(ERROR,
				(errcode(ERRCODE_DOS_BILLING_FAILURE),
				 errmsg("billing failure"),
				 errdetail("%s", said),
				 dos_reason("account_missing"), dos_element("")));
	}
	if (!take_own(payer_id, dos_row_int(DatumGetHeapTupleHeader(payer), "slices"), charge->amount))
	{
		dos_argument(&arguments, payer, false);
		dos_argument(&arguments, Int64GetDatum(charge->amount), false);
		dos_call_void("ledger_take", &arguments);
	}
	return payer_id;
}

/* The operator's own account, made when it is first needed. */
static int32
own_account(const char *kind, const char *currency, int32 operator_id)
{
	Datum		row;
	int32		id = dos_account_find(0, kind, currency, operator_id, &row);
	SqlArguments arguments = {0};
	bool		isnull;

	if (id != 0)
		return id;
	dos_argument_text(&arguments, kind);
	dos_argument_text(&arguments, currency);
	dos_argument(&arguments, Int32GetDatum(operator_id), false);
	return DatumGetInt32(dos_call("ledger_own_account", &arguments, &isnull));
}

static void
set_text(Datum *values, bool *nulls, int column, const char *text)
{
	nulls[column] = text == NULL;
	if (text != NULL)
		values[column] = CStringGetTextDatum(text);
}

int64
dos_ledger_spend(const LedgerCharge *charge)
{
	Datum		values[ENTRY_COLUMNS] = {0};
	bool		nulls[ENTRY_COLUMNS] = {false};

	values[ENTRY_DEBIT] = Int32GetDatum(take_from(charge));
	values[ENTRY_CREDIT] = Int32GetDatum(own_account(charge->receiver, charge->currency, charge->operator_id));
	values[ENTRY_AMOUNT] = Int64GetDatum(charge->entry_amount);
	set_text(values, nulls, ENTRY_KIND, charge->kind);
	set_text(values, nulls, ENTRY_OBJECT_NAME, charge->object_name);
	values[ENTRY_OBJECT_ID] = Int64GetDatum(charge->object_id);
	nulls[ENTRY_OBJECT_ID] = charge->object_id == 0;
	values[ENTRY_YEARS] = Int32GetDatum(charge->years);
	nulls[ENTRY_YEARS] = charge->no_years;
	values[ENTRY_PRICE_ID] = Int64GetDatum(charge->price_id);
	nulls[ENTRY_PRICE_ID] = charge->price_id == 0;
	set_text(values, nulls, ENTRY_SVTRID, charge->svtrid);
	values[ENTRY_PRICING] = charge->pricing;
	nulls[ENTRY_PRICING] = charge->pricing == (Datum) 0;
	return DatumGetInt64(put(values, nulls));
}

static char *
text_argument(FunctionCallInfo fcinfo, int n)
{
	return PG_ARGISNULL(n) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(n));
}

/* dos_internal.ledger_spend(registrar_id, currency, amount_minor, kind, object_name, object_id, years, price_id, svtrid, receiver, entry_minor, pricing, operator_id) */
Datum
dos_sql_ledger_spend(PG_FUNCTION_ARGS)
{
	LedgerCharge charge = {
		.registrar_id = PG_GETARG_INT32(0), .currency = text_argument(fcinfo, 1), .amount = PG_GETARG_INT64(2), .kind = text_argument(fcinfo, 3),
		.object_name = text_argument(fcinfo, 4), .object_id = PG_ARGISNULL(5) ? 0 : PG_GETARG_INT64(5), .years = PG_GETARG_INT32(6), .no_years = PG_ARGISNULL(6),
		.price_id = PG_ARGISNULL(7) ? 0 : PG_GETARG_INT64(7), .svtrid = text_argument(fcinfo, 8), .receiver = text_argument(fcinfo, 9),
		.entry_amount = PG_ARGISNULL(10) ? PG_GETARG_INT64(2) : PG_GETARG_INT64(10), .pricing = PG_ARGISNULL(11) ? (Datum) 0 : PG_GETARG_DATUM(11),
		.operator_id = PG_ARGISNULL(12) ? 1 : PG_GETARG_INT32(12),
	};

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(9))
		elog(ERROR, "a charge has a payer, a currency, an amount and a receiver");
	PG_RETURN_INT64(dos_ledger_spend(&charge));
}
