/*
 * hook.h
 *	  The DBA's hooks: SQL functions at the stages of a verb.
 */
#ifndef DOS_HOOK_H
#define DOS_HOOK_H

/* Cache invalidation, time limit and shared counters. Called by src/dos.c. */
extern void dos_hook_init(void);

#endif
