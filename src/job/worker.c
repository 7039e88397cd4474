/*
 * A worker: runs the jobs of one lane of one database, each in its own transaction.
 *
 * An error inside a job is recorded in dos.job_state and the job backs off; an error outside one (the
 * tables of this room themselves fail) ends the process, and the launcher starts another after a while.
 * What is due and when is decided in SQL (job.sql), so dos.job_run() in a session does exactly the same.
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/pg_extension.h"
#include "catalog/pg_type.h"
#include "commands/extension.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "pgstat.h"
#include "postmaster/bgworker.h"
#include "postmaster/interrupt.h"
#include "storage/ipc.h"
#include "storage/latch.h"
#include "storage/lmgr.h"
#include "tcop/tcopprot.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"
#include "utils/wait_event.h"

#include "job/job.h"

#define SLEEP_LIMIT_MS	10000	/* notice a dropped extension and a clock that was moved */
#define STEADY_MS		60000	/* a worker that lived so long did not fail at its start */

static WorkerSlot *my_slot;
static WorkerVerdict my_verdict = WORKER_FAILED;
static volatile sig_atomic_t inside_job = false;

/* Idle: leave cleanly. Inside a job: as any backend, so that a shutdown does not wait for a long job. */
static void
worker_sigterm(SIGNAL_ARGS)
{
	if (inside_job)
		die(postgres_signal_arg);
	else
		SignalHandlerForShutdownRequest(postgres_signal_arg);
}

static void
worker_exit(int code, Datum arg)
{
	TimestampTz now = GetCurrentTimestamp();

	LWLockAcquire(dos_job_shared->lock, LW_EXCLUSIVE);
	if (my_slot->verdict != my_verdict || TimestampDifferenceExceeds(my_slot->since, now, STEADY_MS))
		my_slot->ends = 0;
	my_slot->ends++;
	my_slot->verdict = my_verdict;
	my_slot->state = my_verdict == WORKER_LANE_EMPTY ? WORKER_FREE : WORKER_STOPPED;
	my_slot->since = now;
	my_slot->not_before = now + dos_worker_delay_ms(my_verdict, my_slot->ends) * INT64CONST(1000);
	my_slot->proc = NULL;
	my_slot->pid = 0;
	my_slot->job[0] = '\0';
	dos_job_wake_launcher();
	LWLockRelease(dos_job_shared->lock);
}

/* Take over the slot the launcher chose, unless we come too late. Returns its database. */
static Oid
worker_attach(int slot_number)
{
	WorkerSlot *slot = &dos_job_shared->slots[slot_number];
	uint32		generation;
	bool		mine;

	memcpy(&generation, MyBgworkerEntry->bgw_extra, sizeof(generation));
	LWLockAcquire(dos_job_shared->lock, LW_EXCLUSIVE);
	mine = slot->state == WORKER_STARTING && slot->generation == generation;
	if (mine)
	{
		slot->state = WORKER_RUNNING;
		slot->proc = MyProc;
		slot->pid = MyProcPid;
		slot->since = GetCurrentTimestamp();
		pg_atomic_write_u32(&slot->woken, 1);	/* look at everything once */
	}
	LWLockRelease(dos_job_shared->lock);
	if (!mine)
		proc_exit(0);
	my_slot = slot;
	before_shmem_exit(worker_exit, 0);
	return slot->database;
}

static void
transaction_begin(void)
{
	SetCurrentStatementStartTimestamp();
	StartTransactionCommand();
	SPI_connect();
	PushActiveSnapshot(GetTransactionSnapshot());
}

static void
transaction_commit(void)
{
	SPI_finish();
	PopActiveSnapshot();
	CommitTransactionCommand();
	pgstat_report_stat(false);
	pgstat_report_activity(STATE_IDLE, NULL);
}

static void
current_job_show(const char *name)
{
	LWLockAcquire(dos_job_shared->lock, LW_EXCLUSIVE);
	strlcpy(my_slot->job, name, NAMEDATALEN);
	LWLockRelease(dos_job_shared->lock);
	if (name[0])
		pgstat_report_activity(STATE_RUNNING, psprintf("SELECT dos.job_run('%s')", name));
}

/* Is the extension here, and will it stay until the end of the transaction? DROP EXTENSION locks it first. */
static bool
extension_hold(void)
{
	Oid			extension = get_extension_oid("dos", true);

	if (!OidIsValid(extension))
		return false;
	LockDatabaseObject(ExtensionRelationId, extension, 0, AccessShareLock);
	return get_extension_oid("dos", true) == extension;
}

/* Run a query of one text parameter and a second one; every error ends the process or, in a job, the job. */
static void
query(const char *sql, Datum first, Oid second_type, Datum second, int expected)
{
	Oid			types[2] = {TEXTOID, second_type};
	Datum		values[2] = {first, second};
	int			result = SPI_execute_with_args(sql, OidIsValid(second_type) ? 2 : 1, types, values, NULL, false, 0);

	if (result != expected)
		elog(ERROR, "unexpected result %d of \"%s\"", result, sql);
}

/* The failure of a job, in a transaction of its own. */
static void
job_failed(const char *name, const char *error)
{
	transaction_begin();
	query("SELECT dos_internal.job_failed($1, $2)", CStringGetTextDatum(name), TEXTOID, CStringGetTextDatum(error), SPI_OK_SELECT);
	transaction_commit();
}

static void
job_run(const char *name)
{
	MemoryContext caller = CurrentMemoryContext;
	volatile bool failed = false;
	char	   *volatile error = NULL;

	current_job_show(name);
	PG_TRY();
	{
		bool		isnull = true;
		int64		work = 0;

		inside_job = true;
		if (ShutdownRequestPending) /* it came between our look and now */
			ProcDiePending = InterruptPending = true;
		transaction_begin();
		if (extension_hold())
		{
			query("SELECT dos.job_run($1)", CStringGetTextDatum(name), InvalidOid, 0, SPI_OK_SELECT);
			work = DatumGetInt64(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &isnull));
		}
		if (isnull || work == 0)	/* nothing but dos.job_state changed: do not wait for the disk */
			set_config_option("synchronous_commit", "off", PGC_USERSET, PGC_S_SESSION, GUC_ACTION_LOCAL, true, 0, false);
		transaction_commit();
		inside_job = false;
	}
	PG_CATCH();
	{
		ErrorData  *data;

		inside_job = false;
		HOLD_INTERRUPTS();
		MemoryContextSwitchTo(caller);
		errcontext("DOS job \"%s\"", name);
		EmitErrorReport();
		data = CopyErrorData();
		FlushErrorState();
		AbortCurrentTransaction();
		MemoryContextSwitchTo(caller);
		error = psprintf("%s: %s", unpack_sql_state(data->sqlerrcode), data->message);
		failed = true;
		RESUME_INTERRUPTS();
	}
	PG_END_TRY();
	MemoryContextSwitchTo(caller);
	if (failed)
		job_failed(name, error);
	current_job_show("");
}

/* The worker of the default lane claims slots for the lanes that the jobs of its database name. */
static void
lanes_publish(void)
{
	if (strcmp(my_slot->lane, DOS_LANE_DEFAULT) != 0)
		return;
	if (SPI_execute("SELECT DISTINCT lane FROM dos.job", true, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not read dos.job");

	LWLockAcquire(dos_job_shared->lock, LW_EXCLUSIVE);
	for (uint64 i = 0; i < SPI_processed; i++)
	{
		char	   *lane = SPI_getvalue(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 1);
		WorkerSlot *slot = dos_job_slot(my_slot->database, lane);

		if (slot && slot->state == WORKER_STOPPED && slot->ends == 0)
			dos_job_wake_launcher();
	}
	LWLockRelease(dos_job_shared->lock);
}

/*
 * Is a dump being restored into this database? Either a session said so when it created the extension
 * (wake.c), or pg_restore is connected; the latter is asked for once, when the worker starts.
 */
static bool
restore_runs(void)
{
	static bool first_look = true;
	bool		runs = false;

	LWLockAcquire(dos_job_shared->lock, LW_SHARED);
	for (int i = 0; i < DOS_WORKER_SLOTS; i++)
		runs |= dos_job_shared->slots[i].restorer != 0 && dos_job_shared->slots[i].database == my_slot->database;
	LWLockRelease(dos_job_shared->lock);
	if (!runs && first_look)
		runs = SPI_execute("SELECT FROM pg_stat_activity WHERE datid = (SELECT oid FROM pg_database WHERE datname = current_database()) "
						   "AND application_name = 'pg_restore'", true, 1) == SPI_OK_SELECT && SPI_processed > 0;
	first_look = false;
	return runs;
}

/*
 * Read the jobs of the lane: those due now, and how long the others may wait; resting: all that is wanted rests after
 * its last run. False when there is nothing to serve.
 */
static bool
jobs_look(MemoryContext keep, List **due, long *wait_ms, bool *resting)
{
	bool		woken = pg_atomic_exchange_u32(&my_slot->woken, 0) != 0;
	bool		serve = false;

	transaction_begin();
	if (!extension_hold())
		my_verdict = WORKER_NO_EXTENSION;
	else if (restore_runs())
		my_verdict = WORKER_RESTORING;
	else
	{
		lanes_publish();
		query("SELECT name, wait_ms, rests FROM dos_internal.job_waits($1, $2)", CStringGetTextDatum(my_slot->lane), BOOLOID, BoolGetDatum(woken), SPI_OK_SELECT);
		for (uint64 i = 0; i < SPI_processed; i++)
		{
			bool		isnull;
			HeapTuple	row = SPI_tuptable->vals[i];
			int64		wait = DatumGetInt64(SPI_getbinval(row, SPI_tuptable->tupdesc, 2, &isnull));
			bool		no_rest;
			bool		rests = DatumGetBool(SPI_getbinval(row, SPI_tuptable->tupdesc, 3, &no_rest)) && !no_rest;

			if (!isnull && wait <= 0)
			{
				MemoryContext spi = MemoryContextSwitchTo(keep);

				*due = lappend(*due, SPI_getvalue(row, SPI_tuptable->tupdesc, 1));
				MemoryContextSwitchTo(spi);
			}
			else if (!isnull)
			{
				*wait_ms = Min(*wait_ms, wait);
				*resting |= rests;
			}
		}
		if (woken && *resting)	/* it is still wanted when it has rested */
			pg_atomic_write_u32(&my_slot->woken, 1);
		serve = SPI_processed > 0 || strcmp(my_slot->lane, DOS_LANE_DEFAULT) == 0;
		if (!serve)
			my_verdict = WORKER_LANE_EMPTY;
	}
	transaction_commit();
	return serve;
}

static void
worker_connect(Oid database)
{
	pqsignal(SIGHUP, SignalHandlerForConfigReload);
	pqsignal(SIGTERM, worker_sigterm);
	BackgroundWorkerUnblockSignals();
	BackgroundWorkerInitializeConnectionByOid(database, InvalidOid, 0);
	SetConfigOption("application_name", psprintf("dos worker %s", my_slot->lane), PGC_USERSET, PGC_S_SESSION);
	SetConfigOption("search_path", "pg_catalog, pg_temp", PGC_USERSET, PGC_S_SESSION);
	SetConfigOption("default_transaction_isolation", "read committed", PGC_USERSET, PGC_S_SESSION);
	SetConfigOption("statement_timeout", "0", PGC_USERSET, PGC_S_SESSION);
	pgstat_report_appname(application_name);
}

/* One look and what is due. Returns how long to sleep, or -1 to end; resting: a wake is to be slept through. */
static long
worker_round(MemoryContext scratch, bool *resting)
{
	List	   *due = NIL;
	ListCell   *cell;
	long		wait_ms = SLEEP_LIMIT_MS;

	if (ShutdownRequestPending || my_slot->leave || !dos_workers)
	{
		my_verdict = ShutdownRequestPending ? WORKER_TERMINATED : WORKER_ASKED;
		return -1;
	}
	if (!jobs_look(scratch, &due, &wait_ms, resting))
		return -1;
	foreach(cell, due)
	{
		if (ShutdownRequestPending || my_slot->leave)
			break;
		job_run(lfirst(cell));
	}
	return due == NIL ? wait_ms : 0;
}

void
dos_worker_main(Datum arg)
{
	MemoryContext scratch;
	long		wait_ms;
	bool		resting;

	worker_connect(worker_attach(DatumGetInt32(arg)));
	scratch = AllocSetContextCreate(TopMemoryContext, "dos worker", ALLOCSET_DEFAULT_SIZES);
	for (;;)
	{
		ResetLatch(MyLatch);
		CHECK_FOR_INTERRUPTS();
		if (ConfigReloadPending)
		{
			ConfigReloadPending = false;
			ProcessConfigFile(PGC_SIGHUP);
		}
		MemoryContextSwitchTo(scratch);
		MemoryContextReset(scratch);
		resting = false;
		wait_ms = worker_round(scratch, &resting);
		if (wait_ms < 0)
			break;
		if (wait_ms > 0)
			WaitLatch(MyLatch, (resting ? 0 : WL_LATCH_SET) | WL_TIMEOUT | WL_EXIT_ON_PM_DEATH, wait_ms, PG_WAIT_EXTENSION);
	}
	proc_exit(0);
}
