/*
 * clock.h
 *	  The registry's clock for C code. SQL asks dos.now().
 */
#ifndef DOS_CLOCK_H
#define DOS_CLOCK_H

#include "datatype/timestamp.h"

extern void dos_clock_init(void);

/* The registry's time at the start of the transaction, whole milliseconds. */
extern TimestampTz dos_clock_now(void);

#endif
