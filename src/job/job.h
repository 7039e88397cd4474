/*
 * What the launcher, the workers and the committing backends share.
 *
 * One slot per (database, lane). A slot belongs to the launcher while it is FREE or STOPPED and to its
 * worker while it is RUNNING; every field but `woken` is written under the lock. A worker gives its slot
 * back in a before_shmem_exit callback, so a slot cannot outlive its process (a crash re-creates all of
 * shared memory).
 */
#ifndef DOS_JOB_H
#define DOS_JOB_H

#include "port/atomics.h"
#include "storage/lwlock.h"
#include "storage/proc.h"
#include "utils/timestamp.h"

#include "job/worker_rules.h"

#define DOS_WORKER_SLOTS 64
#define DOS_LANE_DEFAULT "default"	/* its worker also finds the other lanes of its database */

typedef enum WorkerState
{
	WORKER_FREE,
	WORKER_STOPPED,
	WORKER_STARTING,
	WORKER_RUNNING
} WorkerState;

typedef struct WorkerSlot
{
	WorkerState state;
	uint32		generation;		/* of the start: a worker that comes too late finds another one */
	Oid			database;
	char		lane[NAMEDATALEN];
	char		job[NAMEDATALEN];	/* running now, or empty */
	PGPROC	   *proc;
	int			pid;
	int			restorer;		/* in the slot of the default lane: the session that restores a dump, or 0 */
	bool		leave;			/* the worker shall end as soon as it is idle */
	WorkerVerdict verdict;		/* of the last end */
	int			ends;			/* ends with that verdict in a row */
	TimestampTz since;			/* of the present state */
	TimestampTz not_before;		/* of the next start */
	pg_atomic_uint32 woken;		/* a commit asked for this lane */
} WorkerSlot;

typedef struct JobShared
{
	LWLock	   *lock;
	PGPROC	   *launcher;
	WorkerSlot	slots[DOS_WORKER_SLOTS];
} JobShared;

/* NULL when the library was not loaded by shared_preload_libraries. */
extern JobShared *dos_job_shared;

/* Settings. */
extern char *dos_databases;
extern bool dos_workers;

/* Called by src/dos.c. */
extern void dos_job_init(void);

/* The slot of a lane, claimed when there is none; NULL when all are taken. The lock must be held exclusively. */
extern WorkerSlot *dos_job_slot(Oid database, const char *lane);

/* Wake the launcher. The lock must be held. */
extern void dos_job_wake_launcher(void);

/* Entry points of the processes. */
extern PGDLLEXPORT void dos_launcher_main(Datum arg);
extern PGDLLEXPORT void dos_worker_main(Datum arg);

#endif
