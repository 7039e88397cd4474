/*
 * Waking workers at commit, without NOTIFY (which would take a cluster-wide lock through the commit flush).
 *
 * A verb marks lanes in backend-local memory; the commit callback, which runs after the transaction became
 * visible, sets the latches of their workers. An abort forgets the marks. A rolled back subtransaction keeps
 * them: a worker woken for nothing looks once and sleeps on, a worker not woken would be late. What
 * a prepared transaction has marked is not known when another session commits it: COMMIT PREPARED wakes all lanes.
 */
#include "postgres.h"

#include "access/xact.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "storage/ipc.h"
#include "storage/latch.h"
#include "tcop/utility.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/rls.h"

#include "job/job.h"
#include "job/wake.h"

#define RESTORE_PAUSE_MS 2000	/* pg_restore -j hangs up before its workers connect */
#define WAKE_LANES 8			/* more distinct lanes in one transaction wake all */

static int	lane_count = 0;
static char lanes[WAKE_LANES][NAMEDATALEN];
static bool all_lanes = false;
static bool start_workers = false;
static ProcessUtility_hook_type next_process_utility_hook = NULL;

PG_FUNCTION_INFO_V1(dos_sql_wake);
PG_FUNCTION_INFO_V1(dos_sql_workers_start);

void
dos_wake(const char *lane)
{
	if (dos_job_shared == NULL || all_lanes)
		return;
	for (int i = 0; lane != NULL && i < lane_count; i++)
		if (strcmp(lanes[i], lane) == 0)
			return;
	if (lane == NULL || lane_count == WAKE_LANES)
		all_lanes = true;
	else
		strlcpy(lanes[lane_count++], lane, NAMEDATALEN);
}

static bool
lane_is_marked(const char *lane)
{
	for (int i = 0; i < lane_count; i++)
		if (strcmp(lanes[i], lane) == 0)
			return true;
	return all_lanes;
}

static void
wake_workers(void)
{
	LWLockAcquire(dos_job_shared->lock, LW_SHARED);
	for (int i = 0; i < DOS_WORKER_SLOTS; i++)
	{
		WorkerSlot *slot = &dos_job_shared->slots[i];

		if (slot->database != MyDatabaseId || slot->state != WORKER_RUNNING || !lane_is_marked(slot->lane))
			continue;
		/* who finds it woken already leaves the latch alone: the worker takes the mark down before it looks */
		if (pg_atomic_exchange_u32(&slot->woken, 1) == 0)
			SetLatch(&slot->proc->procLatch);
	}
	LWLockRelease(dos_job_shared->lock);
}

/* The extension was created in this database: do not let the launcher wait for its next look. */
static void
wake_launcher(void)
{
	LWLockAcquire(dos_job_shared->lock, LW_EXCLUSIVE);
	for (int i = 0; i < DOS_WORKER_SLOTS; i++)
		if (dos_job_shared->slots[i].database == MyDatabaseId && dos_job_shared->slots[i].verdict == WORKER_NO_EXTENSION)
			dos_job_shared->slots[i].not_before = 0;
	dos_job_wake_launcher();
	LWLockRelease(dos_job_shared->lock);
}

static void
wake_at_commit(XactEvent event, void *arg)
{
	if (lane_count == 0 && !all_lanes && !start_workers)
		return;
	switch (event)
	{
		case XACT_EVENT_COMMIT:
			if (lane_count > 0 || all_lanes)
				wake_workers();
			if (start_workers)
				wake_launcher();
			/* fall through */
		case XACT_EVENT_ABORT:
		case XACT_EVENT_PREPARE:
			lane_count = 0;
			all_lanes = start_workers = false;
			break;
		default:
			break;
	}
}

/* The statement's own transaction commits after it, and wakes. */
static void
wake_at_commit_prepared(PlannedStmt *statement, const char *source, bool read_only, ProcessUtilityContext context,
						ParamListInfo parameters, QueryEnvironment *environment, DestReceiver *destination, QueryCompletion *completion)
{
	bool		is_commit = IsA(statement->utilityStmt, TransactionStmt) &&
		((TransactionStmt *) statement->utilityStmt)->kind == TRANS_STMT_COMMIT_PREPARED;

	if (next_process_utility_hook)
		next_process_utility_hook(statement, source, read_only, context, parameters, environment, destination, completion);
	else
		standard_ProcessUtility(statement, source, read_only, context, parameters, environment, destination, completion);
	if (is_commit)
		dos_wake(NULL);
}

void
dos_wake_init(void)
{
	next_process_utility_hook = ProcessUtility_hook;
	ProcessUtility_hook = wake_at_commit_prepared;
	RegisterXactCallback(wake_at_commit, NULL);
}

/* dos_internal.wake(lane) */
Datum
dos_sql_wake(PG_FUNCTION_ARGS)
{
	if (dos_job_shared == NULL)
		PG_RETURN_VOID();
	if (PG_ARGISNULL(0))
		dos_wake(NULL);
	else
	{
		text	   *given = PG_GETARG_TEXT_PP(0);
		char		lane[NAMEDATALEN];

		text_to_cstring_buffer(given, lane, sizeof(lane));
		dos_wake(lane);
	}
	PG_RETURN_VOID();
}

/* The session that restored a dump ends: now the workers may come. */
static void
restore_end(int code, Datum database)
{
	LWLockAcquire(dos_job_shared->lock, LW_EXCLUSIVE);
	for (int i = 0; i < DOS_WORKER_SLOTS; i++)
	{
		WorkerSlot *slot = &dos_job_shared->slots[i];

		if (slot->restorer != MyProcPid || slot->database != DatumGetObjectId(database))
			continue;
		slot->restorer = 0;
		slot->not_before = GetCurrentTimestamp() + RESTORE_PAUSE_MS * INT64CONST(1000);
	}
	dos_job_wake_launcher();
	LWLockRelease(dos_job_shared->lock);
}

/*
 * Jobs must not run in a registry that is half restored: they would charge and publish what they see, and
 * take ids that the dump brings. A script of pg_dump is known by its first lines, which switch
 * row_security off; no worker serves the database until that session ends. (For pg_restore with
 * several connections see worker.c.)
 */
static void
restore_begin(void)
{
	WorkerSlot *slot;

	LWLockAcquire(dos_job_shared->lock, LW_EXCLUSIVE);
	slot = dos_job_slot(MyDatabaseId, DOS_LANE_DEFAULT);
	if (slot && slot->restorer == 0)
	{
		slot->restorer = MyProcPid;
		before_shmem_exit(restore_end, ObjectIdGetDatum(MyDatabaseId));
	}
	LWLockRelease(dos_job_shared->lock);
}

/* dos_internal.workers_start(): the extension is being created here. */
Datum
dos_sql_workers_start(PG_FUNCTION_ARGS)
{
	start_workers = dos_job_shared != NULL;
	if (start_workers && !row_security)
		restore_begin();
	PG_RETURN_VOID();
}
