/*
 * row_cache.h
 *	  Rows that every command reads and hardly anybody changes (registrars, zones), kept per backend.
 *
 * A change is in force at its commit in every session: a statement trigger on the table
 * (dos_internal.row_cache_changed) sends a relcache invalidation, which others receive before their
 * next statement. A transaction sees its own changes. Under REPEATABLE READ and above everything kept is forgotten
 * when the transaction ends, so that an old snapshot cannot leave its view behind.
 */
#ifndef DOS_ROW_CACHE_H
#define DOS_ROW_CACHE_H

#include "executor/spi.h"
#include "utils/hsearch.h"

#define ROW_CACHE_ALSO	12

typedef struct RowCache
{
	const char *table;			/* in schema dos */
	const char *query;			/* columns: key text, row; with parameter $1 text unless whole */
	bool		whole;			/* read the table as a whole: what is not in it does not exist */
	const char *also[ROW_CACHE_ALSO];	/* further tables of schema dos that the query reads, with the same trigger */

	/* private */
	struct RowCache *next;
	Oid			relid;
	Oid			also_relid[ROW_CACHE_ALSO];
	SPIPlanPtr	plan;
	MemoryContext context;
	HTAB	   *rows;
	bool		complete;
	uint64		generation;		/* 0: never used */
	uint64		kept_generation;	/* that of the rows kept */
	bool		for_transaction;	/* some were read under REPEATABLE READ or above: forget them at its end */
} RowCache;

/* A copy of the row with this key as a composite Datum in the current memory context; false when there is none. */
extern bool dos_row_cache_get(RowCache *cache, const char *key, Datum *row);

/* Whether the rows kept are those in force; then also which generation of them that is. */
extern bool dos_row_cache_current(RowCache *cache, uint64 *generation);

#endif
