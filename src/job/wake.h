/*
 * Waking workers at commit.
 */
#ifndef DOS_WAKE_H
#define DOS_WAKE_H

/* Register the transaction callback. Called by dos_job_init() when shared memory is there. */
extern void dos_wake_init(void);

/* The running transaction has something for this lane of this database; NULL means all lanes. */
extern void dos_wake(const char *lane);

#endif
