/*
 * dname.h
 *	  Names for C code of the rooms above.
 */
#ifndef DOS_DNAME_H
#define DOS_DNAME_H

#include "postgres.h"

/* The canonical form of a name, palloc'ed; R2005 when it is none. */
extern char *dos_dname_require(const text *name);

#endif
