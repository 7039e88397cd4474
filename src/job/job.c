/*
 * Settings, shared memory and SQL face of the job room.
 */
#include "postgres.h"

#include "catalog/objectaccess.h"
#include "catalog/pg_database.h"
#include "commands/dbcommands.h"
#include "commands/extension.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "postmaster/bgworker.h"
#include "storage/ipc.h"
#include "storage/latch.h"
#include "storage/shmem.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/varlena.h"

#include "job/job.h"
#include "job/wake.h"

JobShared  *dos_job_shared = NULL;
char	   *dos_databases = NULL;
bool		dos_workers = true;

static shmem_request_hook_type next_shmem_request_hook = NULL;
static shmem_startup_hook_type next_shmem_startup_hook = NULL;
static object_access_hook_type next_object_access_hook = NULL;

PG_FUNCTION_INFO_V1(dos_sql_worker_slots);
PG_FUNCTION_INFO_V1(dos_sql_workers_problem);
PG_FUNCTION_INFO_V1(dos_sql_extension_installing);

static void
job_shmem_request(void)
{
	if (next_shmem_request_hook)
		next_shmem_request_hook();
	RequestAddinShmemSpace(MAXALIGN(sizeof(JobShared)));
	RequestNamedLWLockTranche("dos_job", 1);
}

static void
job_shmem_startup(void)
{
	bool		found;

	if (next_shmem_startup_hook)
		next_shmem_startup_hook();

	LWLockAcquire(AddinShmemInitLock, LW_EXCLUSIVE);
	dos_job_shared = ShmemInitStruct("dos jobs", sizeof(JobShared), &found);
	if (!found)
	{
		memset(dos_job_shared, 0, sizeof(JobShared));
		dos_job_shared->lock = &GetNamedLWLockTranche("dos_job")->lock;
		for (int i = 0; i < DOS_WORKER_SLOTS; i++)
			pg_atomic_init_u32(&dos_job_shared->slots[i].woken, 0);
	}
	LWLockRelease(AddinShmemInitLock);
}

WorkerSlot *
dos_job_slot(Oid database, const char *lane)
{
	WorkerSlot *unused = NULL;

	Assert(LWLockHeldByMeInMode(dos_job_shared->lock, LW_EXCLUSIVE));
	for (int i = 0; i < DOS_WORKER_SLOTS; i++)
	{
		WorkerSlot *slot = &dos_job_shared->slots[i];

		if (slot->state == WORKER_FREE)
			unused = unused ? unused : slot;
		else if (slot->database == database && strcmp(slot->lane, lane) == 0)
			return slot;
	}
	if (unused)
	{
		unused->state = WORKER_STOPPED;
		unused->database = database;
		strlcpy(unused->lane, lane, NAMEDATALEN);
		unused->job[0] = '\0';
		unused->leave = false;
		unused->restorer = 0;
		unused->verdict = WORKER_ASKED;
		unused->ends = 0;
		unused->since = GetCurrentTimestamp();
		unused->not_before = 0;
	}
	return unused;
}

void
dos_job_wake_launcher(void)
{
	if (dos_job_shared->launcher)
		SetLatch(&dos_job_shared->launcher->procLatch);
}

/*
 * DROP DATABASE waits some seconds for other sessions to end, after it told us here: the workers of that
 * database leave at the end of their transaction. If the drop fails, the launcher starts them again.
 */
static void
job_object_access(ObjectAccessType access, Oid class_id, Oid object_id, int sub_id, void *arg)
{
	if (next_object_access_hook)
		next_object_access_hook(access, class_id, object_id, sub_id, arg);
	if (access != OAT_DROP || class_id != DatabaseRelationId || dos_job_shared == NULL)
		return;

	LWLockAcquire(dos_job_shared->lock, LW_EXCLUSIVE);
	for (int i = 0; i < DOS_WORKER_SLOTS; i++)
	{
		WorkerSlot *slot = &dos_job_shared->slots[i];

		if (slot->database != object_id || slot->state != WORKER_RUNNING)
			continue;
		slot->leave = true;
		SetLatch(&slot->proc->procLatch);
	}
	LWLockRelease(dos_job_shared->lock);
}

static void
launcher_register(void)
{
	BackgroundWorker launcher = {
		.bgw_flags = BGWORKER_SHMEM_ACCESS | BGWORKER_BACKEND_DATABASE_CONNECTION,
		.bgw_start_time = BgWorkerStart_RecoveryFinished,
		.bgw_restart_time = 5,
	};

	strlcpy(launcher.bgw_name, "dos launcher", BGW_MAXLEN);
	strlcpy(launcher.bgw_type, "dos launcher", BGW_MAXLEN);
	strlcpy(launcher.bgw_library_name, "dos", BGW_MAXLEN);
	strlcpy(launcher.bgw_function_name, "dos_launcher_main", BGW_MAXLEN);
	RegisterBackgroundWorker(&launcher);
}

void
dos_job_init(void)
{
	DefineCustomStringVariable("dos.databases", "Databases whose background jobs run, separated by commas.", NULL,
							   &dos_databases, "dos", PGC_SIGHUP, GUC_LIST_INPUT, NULL, NULL, NULL);
	DefineCustomBoolVariable("dos.workers", "Run background jobs.", "Off makes running workers leave.",
							 &dos_workers, true, PGC_SIGHUP, 0, NULL, NULL, NULL);

	if (!process_shared_preload_libraries_in_progress)
		return;

	next_shmem_request_hook = shmem_request_hook;
	shmem_request_hook = job_shmem_request;
	next_shmem_startup_hook = shmem_startup_hook;
	shmem_startup_hook = job_shmem_startup;
	next_object_access_hook = object_access_hook;
	object_access_hook = job_object_access;
	dos_wake_init();
	if (!IsBinaryUpgrade)		/* pg_upgrade must find the database as it left it */
		launcher_register();
}

/* dos_internal.worker_slots(): one row per slot in use; none without preload. */
Datum
dos_sql_worker_slots(PG_FUNCTION_ARGS)
{
	static const char *const state_names[] = {
		[WORKER_STOPPED] = "stopped", [WORKER_STARTING] = "starting", [WORKER_RUNNING] = "running"
	};
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	if (dos_job_shared == NULL)
		return (Datum) 0;

	for (int i = 0; i < DOS_WORKER_SLOTS; i++)
	{
		WorkerSlot	slot;
		Datum		values[9] = {0};
		bool		nulls[9] = {0};

		LWLockAcquire(dos_job_shared->lock, LW_SHARED);
		slot = dos_job_shared->slots[i];
		LWLockRelease(dos_job_shared->lock);
		if (slot.state == WORKER_FREE)
			continue;

		values[0] = ObjectIdGetDatum(slot.database);
		values[1] = CStringGetTextDatum(slot.lane);
		values[2] = CStringGetTextDatum(state_names[slot.state]);
		values[3] = Int32GetDatum(slot.pid);
		nulls[3] = slot.state != WORKER_RUNNING;
		values[4] = CStringGetTextDatum(slot.job);
		nulls[4] = slot.job[0] == '\0';
		values[5] = TimestampTzGetDatum(slot.since);
		values[6] = CStringGetTextDatum(dos_worker_verdict_name(slot.verdict));
		nulls[6] = slot.ends == 0;
		values[7] = Int32GetDatum(slot.ends);
		values[8] = TimestampTzGetDatum(slot.not_before);
		nulls[8] = slot.not_before == 0 || slot.state != WORKER_STOPPED;
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/* dos_internal.workers_problem(): what keeps the workers of this database from running, or NULL. */
Datum
dos_sql_workers_problem(PG_FUNCTION_ARGS)
{
	char	   *database = get_database_name(MyDatabaseId);
	List	   *names;
	ListCell   *cell;

	if (dos_job_shared == NULL)
		PG_RETURN_TEXT_P(cstring_to_text("shared_preload_libraries"));
	if (!dos_workers)
		PG_RETURN_TEXT_P(cstring_to_text("dos.workers"));
	if (SplitIdentifierString(pstrdup(dos_databases), ',', &names))
		foreach(cell, names)
			if (strcmp(lfirst(cell), database) == 0)
				PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text("dos.databases"));
}

/* dos_internal.extension_installing(): true inside CREATE or ALTER EXTENSION; tells shipped rows from the DBA's. */
Datum
dos_sql_extension_installing(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(creating_extension);
}
