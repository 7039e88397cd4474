/*
 * guard.h
 *	  A registry that holds domains is not dropped by accident.
 */
#ifndef DOS_GUARD_H
#define DOS_GUARD_H

/* Setting dos.allow_drop and the object access hook. Called by src/dos.c. */
extern void dos_guard_init(void);

#endif
