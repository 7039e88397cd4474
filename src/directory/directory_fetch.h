/*
 * directory_fetch.h
 *	  One row by the key of a unique index, without a query: a quarter of the price of the cheapest
 *	  prepared SELECT, and an answer of RDAP takes eight of them. Sees the snapshot of the running query.
 */
#ifndef DOS_DIRECTORY_FETCH_H
#define DOS_DIRECTORY_FETCH_H

#include "postgres.h"

#include "access/attnum.h"

#include "directory/directory_row.h"

#define FETCH_COLUMNS_MAX	40

/*
 * A table, the constraint whose index is searched, and the columns wanted; DirectoryRow has them in
 * this order. Keep it static: names are looked up once and again when the table has changed.
 */
typedef struct DirectoryTable
{
	const char *name;
	const char *index;
	Oid			equals;			/* pg_proc OID of the key type's equality */
	const char *columns[FETCH_COLUMNS_MAX];
	/* private */
	bool		is_known;
	Oid			table_oid;
	Oid			index_oid;
	int			column_count;
	AttrNumber	attributes[FETCH_COLUMNS_MAX];
	struct DirectoryTable *next;
} DirectoryTable;

/* False when there is no such row. */
extern bool dos_fetch(DirectoryTable *table, Datum key, DirectoryRow *row);

#endif
