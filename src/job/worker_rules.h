/*
 * How long a worker process stays away after it ended, by the reason it ended for. Pure.
 */
#ifndef DOS_WORKER_RULES_H
#define DOS_WORKER_RULES_H

typedef enum WorkerVerdict
{
	WORKER_FAILED,				/* an error outside a job, a signal, the postmaster could not start it */
	WORKER_TERMINATED,			/* a SIGTERM while it was idle */
	WORKER_NO_EXTENSION,		/* the database has no registry (yet, or any more) */
	WORKER_RESTORING,			/* a dump is being restored into the database */
	WORKER_ASKED,				/* DROP DATABASE, dos.workers = off or dos.databases asked it to leave */
	WORKER_LANE_EMPTY,			/* no job names its lane any more */
	WORKER_VERDICT_COUNT
} WorkerVerdict;

/* The name of a verdict, as dos.worker_status shows it. */
extern const char *dos_worker_verdict_name(WorkerVerdict verdict);

/* Milliseconds before the launcher may start it again, after this many ends of that kind in a row (1 is the first). */
extern long dos_worker_delay_ms(WorkerVerdict verdict, int times);

#endif
