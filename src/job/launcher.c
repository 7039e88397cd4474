/*
 * The launcher: the one static process. It looks at the list of databases, keeps a slot for the default
 * lane of each that exists, and starts a worker for every slot whose time has come. It connects to no
 * database, so it blocks none; whether a database has the extension and which lanes its jobs name is found
 * out by the worker of the default lane. It runs on a primary only (BgWorkerStart_RecoveryFinished).
 */
#include "postgres.h"

#include "access/heapam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "access/tableam.h"
#include "access/xact.h"
#include "catalog/pg_database.h"
#include "miscadmin.h"
#include "pgstat.h"
#include "postmaster/bgworker.h"
#include "postmaster/interrupt.h"
#include "storage/ipc.h"
#include "storage/latch.h"
#include "utils/guc.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"
#include "utils/varlena.h"
#include "utils/wait_event.h"

#include "job/job.h"

#define LOOK_AGAIN_MS	5000	/* for databases that appear or vanish */
#define START_LIMIT_MS	30000	/* a worker that has not come by then will not come */

static void
launcher_exit(int code, Datum arg)
{
	LWLockAcquire(dos_job_shared->lock, LW_EXCLUSIVE);
	dos_job_shared->launcher = NULL;
	LWLockRelease(dos_job_shared->lock);
}

/* Is the name in the list? */
static bool
is_listed(List *names, const char *name)
{
	ListCell   *cell;

	foreach(cell, names)
		if (strcmp(lfirst(cell), name) == 0)
			return true;
	return false;
}

/* The configured databases that exist. A process without a database has no caches and must scan pg_database. */
static List *
configured_databases(void)
{
	MemoryContext caller = CurrentMemoryContext;
	List	   *names;
	List	   *databases = NIL;
	Relation	catalog;
	TableScanDesc scan;
	HeapTuple	row;

	if (!dos_workers)
		return NIL;
	if (!SplitIdentifierString(pstrdup(dos_databases), ',', &names))
	{
		ereport(LOG, (errmsg("setting \"dos.databases\" is not a list of database names: %s", dos_databases)));
		return NIL;
	}

	StartTransactionCommand();
	(void) GetTransactionSnapshot();
	catalog = table_open(DatabaseRelationId, AccessShareLock);
	scan = table_beginscan_catalog(catalog, 0, NULL);
	while (HeapTupleIsValid(row = heap_getnext(scan, ForwardScanDirection)))
	{
		Form_pg_database database = (Form_pg_database) GETSTRUCT(row);
		MemoryContext transaction = MemoryContextSwitchTo(caller);

		if (database->datallowconn && is_listed(names, NameStr(database->datname)))
			databases = lappend_oid(databases, database->oid);
		MemoryContextSwitchTo(transaction);
	}
	table_endscan(scan);
	table_close(catalog, AccessShareLock);
	CommitTransactionCommand();
	MemoryContextSwitchTo(caller);
	return databases;
}

/* Slots of databases that are gone from the list: ask their workers to leave, then forget them. */
static void
slots_retire(List *databases)
{
	for (int i = 0; i < DOS_WORKER_SLOTS; i++)
	{
		WorkerSlot *slot = &dos_job_shared->slots[i];

		if (slot->state == WORKER_FREE || list_member_oid(databases, slot->database))
			continue;
		if (slot->state == WORKER_STOPPED)
			slot->state = WORKER_FREE;
		else if (slot->state == WORKER_RUNNING && !slot->leave)
		{
			slot->leave = true;
			SetLatch(&slot->proc->procLatch);
		}
	}
}

/* Mark the next slot whose time has come as starting. Otherwise lower *wait_ms to the earliest start. */
static WorkerSlot *
slot_due(TimestampTz now, long *wait_ms)
{
	for (int i = 0; i < DOS_WORKER_SLOTS; i++)
	{
		WorkerSlot *slot = &dos_job_shared->slots[i];

		if (slot->state == WORKER_STARTING && TimestampDifferenceExceeds(slot->since, now, START_LIMIT_MS))
			slot->state = WORKER_STOPPED;
		if (slot->state != WORKER_STOPPED)
			continue;
		if (slot->not_before > now)
		{
			*wait_ms = Min(*wait_ms, TimestampDifferenceMilliseconds(now, slot->not_before) + 1);
			continue;
		}
		slot->state = WORKER_STARTING;
		slot->since = now;
		slot->leave = false;
		slot->generation++;
		return slot;
	}
	return NULL;
}

/* Ask the postmaster for the worker of a slot. The lock is not held. */
static bool
worker_register(int slot_number, uint32 generation, const char *lane, Oid database)
{
	BackgroundWorker worker = {
		.bgw_flags = BGWORKER_SHMEM_ACCESS | BGWORKER_BACKEND_DATABASE_CONNECTION,
		.bgw_start_time = BgWorkerStart_RecoveryFinished,
		.bgw_restart_time = BGW_NEVER_RESTART,	/* the launcher does, with back-off */
		.bgw_main_arg = Int32GetDatum(slot_number),
	};

	snprintf(worker.bgw_name, BGW_MAXLEN, "dos worker %s (database %u)", lane, database);
	strlcpy(worker.bgw_type, "dos worker", BGW_MAXLEN);
	strlcpy(worker.bgw_library_name, "dos", BGW_MAXLEN);
	strlcpy(worker.bgw_function_name, "dos_worker_main", BGW_MAXLEN);
	memcpy(worker.bgw_extra, &generation, sizeof(generation));
	return RegisterDynamicBackgroundWorker(&worker, NULL);
}

/* One look at everything; returns how long to sleep. */
static long
launcher_pass(void)
{
	List	   *databases = configured_databases();
	TimestampTz now = GetCurrentTimestamp();
	long		wait_ms = LOOK_AGAIN_MS;
	ListCell   *cell;
	WorkerSlot *slot;

	LWLockAcquire(dos_job_shared->lock, LW_EXCLUSIVE);
	slots_retire(databases);
	foreach(cell, databases)
		if (dos_job_slot(lfirst_oid(cell), DOS_LANE_DEFAULT) == NULL)
			ereport(LOG, (errmsg("no worker slot is free for database %u", lfirst_oid(cell))));

	while ((slot = slot_due(now, &wait_ms)) != NULL)
	{
		WorkerSlot	starting = *slot;
		bool		registered;

		LWLockRelease(dos_job_shared->lock);
		registered = worker_register(slot - dos_job_shared->slots, starting.generation, starting.lane, starting.database);
		LWLockAcquire(dos_job_shared->lock, LW_EXCLUSIVE);
		if (registered || slot->generation != starting.generation || slot->state != WORKER_STARTING)
			continue;
		slot->state = WORKER_STOPPED;
		slot->ends = slot->verdict == WORKER_FAILED ? slot->ends + 1 : 1;
		slot->verdict = WORKER_FAILED;
		slot->not_before = now + dos_worker_delay_ms(WORKER_FAILED, slot->ends) * INT64CONST(1000);
		if (slot->ends == 1)
			ereport(WARNING,
					(errmsg("could not start the worker for lane \"%s\" of database %u", slot->lane, slot->database),
					 errhint("Raise \"max_worker_processes\": one is needed per lane of each database and one for the launcher.")));
	}
	LWLockRelease(dos_job_shared->lock);
	return wait_ms;
}

void
dos_launcher_main(Datum arg)
{
	MemoryContext scratch;

	pqsignal(SIGHUP, SignalHandlerForConfigReload);
	pqsignal(SIGTERM, SignalHandlerForShutdownRequest);
	BackgroundWorkerUnblockSignals();
	BackgroundWorkerInitializeConnection(NULL, NULL, 0);
	pgstat_report_appname("dos launcher");

	LWLockAcquire(dos_job_shared->lock, LW_EXCLUSIVE);
	dos_job_shared->launcher = MyProc;
	LWLockRelease(dos_job_shared->lock);
	before_shmem_exit(launcher_exit, 0);

	scratch = AllocSetContextCreate(TopMemoryContext, "dos launcher", ALLOCSET_DEFAULT_SIZES);
	MemoryContextSwitchTo(scratch);
	while (!ShutdownRequestPending)
	{
		long		wait_ms = launcher_pass();

		MemoryContextReset(scratch);
		pgstat_report_activity(STATE_IDLE, NULL);
		WaitLatch(MyLatch, WL_LATCH_SET | WL_TIMEOUT | WL_EXIT_ON_PM_DEATH, wait_ms, PG_WAIT_EXTENSION);
		ResetLatch(MyLatch);
		CHECK_FOR_INTERRUPTS();
		if (ConfigReloadPending)
		{
			ConfigReloadPending = false;
			ProcessConfigFile(PGC_SIGHUP);
		}
	}
	proc_exit(0);
}
