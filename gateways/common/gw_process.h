/*
 * gw_process.h
 *		The parent of several worker processes. Used by gw_main.c only.
 */
#ifndef GW_PROCESS_H
#define GW_PROCESS_H

/* Start the workers, pass signals on, replace the dead; returns the exit status. */
int			gw_process_parent(int processes);

/* In gw_main.c: one worker. */
int			gw_process_run(int process);

#endif
