/*
 * report_known.c
 *	  What is known of the events of a zone: read in two passes over the outbox, in constant memory but for the few that
 *	  change what others count as.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "nodes/params.h"
#include "tcop/dest.h"
#include "utils/array.h"
#include "utils/memutils.h"

#include "base/period_rules.h"
#include "report/report_known.h"
#include "report/report_row.h"
#include "report/report_table.h"

#define BATCH_ROWS	1000
#define RARE_EVENTS	"domain.create_pending,domain.transfer_approved,domain.transfer_completed,domain.deleted,domain.renewal_undone"

/* Renewals undone, in the order of their events. */
typedef struct Undone
{
	int64		object_id;
	int64		id;
	TimestampTz at;
	int64		renewal;		/* the last one before it that it can mean; 0: none */
} Undone;

typedef struct Rare
{
	int			moved_count;	/* objects of transfers */
	int			moved_size;
	Datum	   *moved;
	int			undone_count;
	int			undone_size;
	Undone	   *undone;
} Rare;

/* Takes the rows of a query as they come, without a copy. */
typedef struct RowReceiver
{
	DestReceiver receiver;
	ReportScan *scan;
	ReportTake	take;
	void	   *arg;
	int			rows;			/* in the memory of the batch */
} RowReceiver;

static bool
row_receive(TupleTableSlot *slot, DestReceiver *self)
{
	RowReceiver *receiver = (RowReceiver *) self;
	MemoryContext old = MemoryContextSwitchTo(receiver->scan->batch);

	slot_getallattrs(slot);
	receiver->take(receiver->scan, slot->tts_values, slot->tts_isnull, receiver->arg);
	MemoryContextSwitchTo(old);
	if (++receiver->rows >= BATCH_ROWS)
	{
		MemoryContextReset(receiver->scan->batch);
		receiver->rows = 0;
	}
	return true;
}

static void
row_startup(DestReceiver *self, int operation, TupleDesc columns)
{
}

static void
row_nothing(DestReceiver *self)
{
}

void
dos_report_read(ReportScan *scan, const char *query, bool parallel, int count, Oid *types, Datum *values, ReportTake take, void *arg)
{
	RowReceiver receiver = {
		.receiver = {.receiveSlot = row_receive, .rStartup = row_startup, .rShutdown = row_nothing, .rDestroy = row_nothing, .mydest = DestNone},
		.scan = scan, .take = take, .arg = arg
	};
	SPIExecuteOptions options = {.read_only = true, .params = makeParamList(count), .dest = &receiver.receiver};
	SPIPlanPtr	plan = SPI_prepare_cursor(query, count, types, parallel ? CURSOR_OPT_PARALLEL_OK : 0);

	if (plan == NULL)
		elog(ERROR, "could not prepare \"%s\"", query);
	for (int i = 0; i < count; i++)
		options.params->params[i] = (ParamExternData) {.value = values[i], .pflags = PARAM_FLAG_CONST, .ptype = types[i]};
	if (SPI_execute_plan_extended(plan, &options) < 0)
		elog(ERROR, "could not run \"%s\"", query);
	SPI_freeplan(plan);
	MemoryContextReset(scan->batch);
}

/* Ask a function of the room about a past object: one value, which may be NULL. */
static Datum
ask(ReportScan *scan, const char *query, int64 object_id, TimestampTz at, bool *isnull)
{
	static Oid	types[] = {INT8OID, TIMESTAMPTZOID, INT4OID};
	Datum		values[] = {Int64GetDatum(object_id), TimestampTzGetDatum(at), Int32GetDatum(scan->zone_id)};
	Datum		answer;

	SPI_connect();				/* a query that reads events is running */
	if (SPI_execute_with_args(query, 3, types, values, NULL, true, 1) != SPI_OK_SELECT || SPI_processed != 1)
		elog(ERROR, "no answer to \"%s\"", query);
	answer = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, isnull);	/* by value, all of them */
	SPI_finish();
	return answer;
}

/* Did a delete come in the add grace period? The event says; older ones did not, but the version that it ended knows. */
static bool
deleted_in_grace(ReportScan *scan, const ReportRow *row)
{
	JsonbValue	said;
	bool		isnull;
	Datum		answer;

	if (dos_report_member(row->content, "in_grace", &said) && said.type == jbvBool)
		return said.val.boolean;
	answer = ask(scan, "SELECT dos_internal.report_in_add_grace($1, $2)", row->object_id, row->written_at, &isnull);
	return !isnull && DatumGetBool(answer);
}

static void
rare_take(ReportScan *scan, const Datum *values, const bool *nulls, void *arg)
{
	Rare	   *rare = arg;
	ReportRow	row;
	TimestampTz at;
	MemoryContext old;

	if (!dos_report_row(scan->zone, values, nulls, &row))
		return;
	if (row.event == REPORT_CREATE_PENDING)
		dos_report_table_put(scan->pending, row.object_id, 0, 0, row.written_at);
	else if (row.event == REPORT_DELETED && deleted_in_grace(scan, &row))
		dos_report_table_put(scan->tasted, row.object_id, 0, 0, 0);
	old = MemoryContextSwitchTo(scan->context);
	if (row.event == REPORT_TRANSFER_APPROVED || row.event == REPORT_TRANSFER_COMPLETED)
	{
		if (row.event == REPORT_TRANSFER_COMPLETED && dos_report_instant_of(dos_report_transfer(row.content, "acts_at"), &at))
			dos_report_table_put(scan->completed, row.object_id, row.written_at, 0, at);
		if (rare->moved_count == rare->moved_size)
			rare->moved = repalloc(rare->moved, sizeof(Datum) * (rare->moved_size *= 2));
		rare->moved[rare->moved_count++] = Int64GetDatum(row.object_id);
	}
	else if (row.event == REPORT_RENEWAL_UNDONE)
	{
		if (rare->undone_count == rare->undone_size)
			rare->undone = repalloc(rare->undone, sizeof(Undone) * (rare->undone_size *= 2));
		rare->undone[rare->undone_count++] = (Undone) {row.object_id, row.id, row.written_at, 0};
	}
	MemoryContextSwitchTo(old);
}

/* Columns: object, kind and instant of the charge, when it went back, name. It went back with a transfer when that took place. */
static void
refund_take(ReportScan *scan, const Datum *values, const bool *nulls, void *arg)
{
	ReportText	kind = dos_report_text(values[1], nulls[1]);
	int64		object_id = DatumGetInt64(values[0]);
	TimestampTz back_at = DatumGetTimestampTz(values[3]);
	TimestampTz acts_at;

	if (nulls[4] || !dos_report_name_in(scan->zone, dos_report_text(values[4], false)))
		return;
	if (dos_report_table_find(scan->completed, object_id, back_at, 0, &acts_at) && acts_at < back_at)
		back_at = acts_at;
	dos_report_table_put(scan->refunds, object_id, DatumGetTimestampTz(values[2]),
			  kind.data[0] == 'r' ? REPORT_RENEWED : kind.data[0] == 'a' ? REPORT_AUTORENEWED : REPORT_TRANSFER_APPROVED, back_at);
}

static void
charged_take(ReportScan *scan, const Datum *values, const bool *nulls, void *arg)
{
	dos_report_table_put(scan->charged, DatumGetInt64(values[0]), DatumGetTimestampTz(values[1]), 0, 0);
}

static bool
went_back(ReportScan *scan, const ReportRow *row, TimestampTz before)
{
	TimestampTz at;
	int64		kind = row->event == REPORT_TRANSFER_COMPLETED ? REPORT_TRANSFER_APPROVED : row->event;

	return dos_report_table_find(scan->refunds, row->object_id, row->written_at, kind, &at) && at < before;
}

/* A renewal that an undoing may mean: the last one before it whose grace ran, and whose money was not back already. */
static void
renewal_take(ReportScan *scan, const Datum *values, const bool *nulls, void *arg)
{
	Rare	   *rare = arg;
	ReportRow	row;
	ReportHappening happening;

	if (!dos_report_row(scan->zone, values, nulls, &row) || !dos_report_happening(scan, &row, &happening))
		return;
	for (int i = 0; i < rare->undone_count; i++)
	{
		Undone	   *undone = &rare->undone[i];

		if (undone->object_id == row.object_id && row.id < undone->id && row.id > undone->renewal && happening.ends_at > undone->at
			&& !went_back(scan, &row, undone->at))
			undone->renewal = row.id;
	}
}

static void
know_undone(ReportScan *scan, Rare *rare)
{
	Oid			types[] = {TIMESTAMPTZOID, INT8ARRAYOID};
	Datum		values[2] = {TimestampTzGetDatum(scan->since)};
	Datum	   *objects;

	if (rare->undone_count == 0)
		return;
	objects = palloc(sizeof(Datum) * rare->undone_count);
	for (int i = 0; i < rare->undone_count; i++)
		objects[i] = Int64GetDatum(rare->undone[i].object_id);
	values[1] = PointerGetDatum(construct_array(objects, rare->undone_count, INT8OID, sizeof(int64), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
	dos_report_read(scan, REPORT_ROW_SELECT "WHERE o.happened_at >= $1 AND o.event IN ('domain.renewed', 'domain.autorenewed') AND o.object_id = ANY ($2)", false,
					2, types, values, renewal_take, rare);
	for (int i = 0; i < rare->undone_count; i++)
		if (rare->undone[i].renewal)
			dos_report_table_put(scan->undone, rare->undone[i].renewal, 0, 0, 0);
}

static void
know_charged(ReportScan *scan, Rare *rare)
{
	Oid			types[] = {INT8ARRAYOID};
	Datum		values[1];

	if (rare->moved_count == 0)
		return;
	values[0] = PointerGetDatum(construct_array(rare->moved, rare->moved_count, INT8OID, sizeof(int64), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
	dos_report_read(scan, "SELECT e.object_id, e.made_at FROM dos.ledger_entry AS e WHERE e.object_id = ANY ($1) AND e.kind = 'transfer' AND e.years > 0", true,
					1, types, values, charged_take, NULL);
}

void
dos_report_know(ReportScan *scan)
{
	Oid			types[] = {TIMESTAMPTZOID};
	Datum		since = TimestampTzGetDatum(scan->since);
	Rare		rare = {.moved_size = 1024, .undone_size = 64};

	rare.moved = MemoryContextAlloc(scan->context, sizeof(Datum) * rare.moved_size);
	rare.undone = MemoryContextAlloc(scan->context, sizeof(Undone) * rare.undone_size);
	scan->refunds = dos_report_table_new(scan->context, "dos report refunds");
	scan->charged = dos_report_table_new(scan->context, "dos report transfers");
	scan->completed = dos_report_table_new(scan->context, "dos report completed");
	scan->pending = dos_report_table_new(scan->context, "dos report pending");
	scan->tasted = dos_report_table_new(scan->context, "dos report tasted");
	scan->undone = dos_report_table_new(scan->context, "dos report undone");
	/* twice the same words: nine and more are looked up by hash, not one after the other */
	dos_report_read(scan, REPORT_ROW_SELECT "WHERE o.happened_at >= $1 AND o.event = ANY ('{" RARE_EVENTS "," RARE_EVENTS "}')", false,
					1, types, &since, rare_take, &rare);
	dos_report_read(scan, "SELECT e.object_id, e.kind, e.made_at, r.made_at, e.object_name FROM dos.ledger_entry AS r JOIN dos.ledger_entry AS e ON e.id = r.reverses_id"
					" WHERE r.kind = 'refund' AND r.made_at >= $1 AND e.object_id IS NOT NULL AND e.kind IN ('renew', 'autorenew', 'transfer')", true,
					1, types, &since, refund_take, NULL);
	know_charged(scan, &rare);
	know_undone(scan, &rare);
}

/* When an automatic renewal took place: its expiry less its term, or when it was written if that was earlier. */
static TimestampTz
renewed_at(ReportScan *scan, const ReportRow *row, int term)
{
	TimestampTz expires_at,
				at,
				time;
	bool		isnull;
	Datum		created;

	if (!dos_report_instant(row->content, "expires_at", &expires_at) || TIMESTAMP_NOT_FINITE(expires_at))
		return row->written_at;
	/* only what began on a day that not every month has comes back to it: ask when that may be */
	at = dos_period_add_years(expires_at, -term, PG_INT64_MAX);
	time = (expires_at % USECS_PER_DAY + USECS_PER_DAY) % USECS_PER_DAY;
	if (dos_period_add_years(expires_at, -term, 59 * USECS_PER_DAY + time) != at || dos_period_add_years(expires_at, -term, 30 * USECS_PER_DAY + time) != at)
	{
		created = ask(scan, "SELECT dos_internal.report_created_at($1)", row->object_id, row->written_at, &isnull);
		at = dos_period_add_years(expires_at, -term, isnull ? expires_at : DatumGetTimestampTz(created));
	}
	return Min(at, row->written_at);
}

/* When the clock ended something: the event says; otherwise the versions of the object do, asked only where it matters. */
static TimestampTz
ended_at(ReportScan *scan, const ReportRow *row)
{
	TimestampTz at;
	bool		isnull;
	Datum		answer;

	if (row->written_at < scan->first)
		return row->written_at;			/* and so in an earlier month */
	if (dos_report_instant(row->content, row->event == REPORT_PURGED ? "purged_at" : "lapsed_at", &at))
		return Min(at, row->written_at);
	answer = ask(scan, row->event == REPORT_PURGED ? "SELECT dos_internal.report_purged_at($1, $2)"
				 : "SELECT dos_internal.report_lapsed_at(z, $1, $2) FROM dos.zone AS z WHERE z.id = $3", row->object_id, row->written_at, &isnull);
	return isnull ? row->written_at : DatumGetTimestampTz(answer);
}

bool
dos_report_happening(ReportScan *scan, const ReportRow *row, ReportHappening *happening)
{
	const LifecyclePolicies *policies = &scan->policies;
	TimestampTz began = row->written_at;
	int			term = dos_report_term(row->content);

	/* months count as the years they have begun */
	*happening = (ReportHappening) {.event = row->event, .at = row->written_at, .ends_at = row->written_at,
		.years = DOS_TERM_IS_MONTHS(term) ? (dos_term_months(term) + 11) / 12 : term};
	switch (row->event)
	{
		case REPORT_CREATED:
			dos_report_table_find(scan->pending, row->object_id, 0, 0, &began);
			happening->ends_at = Max(began + dos_lifecycle_policy_at(policies, began, began)->add_grace, row->written_at);
			happening->in_grace = dos_report_table_find(scan->tasted, row->object_id, 0, 0, NULL);
			return true;
		case REPORT_RENEWED:
			happening->ends_at = began + dos_lifecycle_policy_at(policies, began, began)->renew_grace;
			break;
		case REPORT_AUTORENEWED:
			happening->at = began = renewed_at(scan, row, term);
			happening->ends_at = began + dos_lifecycle_policy_at(policies, began, began)->autorenew_grace;
			break;
		case REPORT_TRANSFER_APPROVED:
		case REPORT_TRANSFER_COMPLETED:
			if (!dos_report_instant_of(dos_report_transfer(row->content, "acts_at"), &began))
				return false;
			happening->at = happening->ends_at = began;
			if (dos_report_table_find(scan->charged, row->object_id, row->written_at, 0, NULL))
				happening->ends_at = began + dos_lifecycle_policy_at(policies, began, began)->transfer_grace;
			break;
		case REPORT_DELETED:
			happening->in_grace = dos_report_table_find(scan->tasted, row->object_id, 0, 0, NULL);
			return true;
		case REPORT_PURGED:
		case REPORT_RESTORE_LAPSED:
			happening->at = ended_at(scan, row);
			return true;
		default:
			return true;
	}
	happening->taken_back = went_back(scan, row, happening->ends_at) || dos_report_table_find(scan->undone, row->id, 0, 0, NULL);
	return true;
}
