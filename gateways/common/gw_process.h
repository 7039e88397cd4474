/*
 * gw_process.h
 *		The parent of several worker processes. Used by gw_main.c only.
 */
#ifndef GW_PROCESS_H
#define GW_PROCESS_H

#include <stdbool.h>

/* Start the workers, pass signals on, replace the dead; returns the exit status. */
int			gw_process_parent(int processes);

/* In gw_main.c: one worker; and the settings again, for workers that start after SIGHUP. */
int			gw_process_run(int process);
bool		gw_process_reload(void);

#endif
