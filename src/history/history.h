/*
 * history.h
 *	  Versions of objects that have ended.
 */
#ifndef DOS_HISTORY_H
#define DOS_HISTORY_H

#include "access/htup.h"
#include "utils/relcache.h"

/* Write the version of an object (a row of its table) that an act ends; kind is "domain", "contact" or "host". */
extern void dos_history_put(Relation table, const char *kind, const char *name_column, HeapTuple row, Datum act);

#endif
