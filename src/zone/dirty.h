/*
 * dirty.h
 *	  The queue of the publisher for C code of the rooms above.
 */
#ifndef DOS_DIRTY_H
#define DOS_DIRTY_H

#include "postgres.h"

/* Queue a name of a zone for publication and wake the publisher at commit. */
extern void dos_dns_mark(int32 zone_id, const char *owner);

#endif
