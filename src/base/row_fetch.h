/*
 * row_fetch.h
 *	  One row by the key of a unique index, without a query: a quarter of the price of the cheapest
 *	  prepared SELECT, and an answer of RDAP or an EPP info takes eight of them. Sees the snapshot of the running query.
 */
#ifndef DOS_ROW_FETCH_H
#define DOS_ROW_FETCH_H

#include "postgres.h"

#include "access/attnum.h"

#define FETCH_COLUMNS_MAX	40

/* Columns of one row, in the order asked for, in the current memory context. */
typedef struct FetchedRow
{
	Datum	   *values;
	bool	   *nulls;
} FetchedRow;

/*
 * A table, the constraint whose index is searched, and the columns wanted; FetchedRow has them in
 * this order. Keep it static: names are looked up once and again when the table has changed.
 */
typedef struct FetchTable
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
	struct FetchTable *next;
} FetchTable;

/* False when there is no such row. */
extern bool dos_fetch(FetchTable *table, Datum key, FetchedRow *row);

#endif
