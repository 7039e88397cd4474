/*
 * row_fetch.h
 *	  Rows by the key of an index, without a query: a quarter of the price of the cheapest
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

typedef struct FetchScan FetchScan;
typedef struct FetchSession FetchSession;

/*
 * A table, the index (or its constraint) that is searched by its first column, and the columns wanted; FetchedRow has them in
 * this order. Keep it static: names are looked up once and again when the table has changed.
 */
typedef struct FetchTable
{
	const char *name;
	const char *index;
	Oid			equals;			/* pg_proc OID of the key type's equality */
	Oid			second_equals;	/* of the index's second column, for dos_fetch_share() with two keys; 0: one key */
	const char *columns[FETCH_COLUMNS_MAX];
	/* private */
	bool		is_known;
	Oid			table_oid;
	Oid			index_oid;
	int			column_count;
	AttrNumber	attributes[FETCH_COLUMNS_MAX];
	struct FetchTable *next;
	FetchScan  *kept;
	struct FetchTable *next_kept;
} FetchTable;

/* False when there is no such row. */
extern bool dos_fetch(FetchTable *table, Datum key, FetchedRow *row);

/*
 * As SELECT ... FOR KEY SHARE: waits for who deletes the row or changes its key, and finds it as it is then; false when there is
 * no such row any more. One key, or two where the table says so.
 */
extern bool dos_fetch_share(FetchTable *table, const Datum *keys, FetchedRow *row);

/* The same FOR NO KEY UPDATE, and the row whole, as a composite. */
extern bool dos_fetch_lock(FetchTable *table, const Datum *keys, Datum *row);

/* Every row with this key, where the index is not unique: how many, and the rows. */
extern int	dos_fetch_all(FetchTable *table, Datum key, FetchedRow **rows);

/*
 * Between these two, in one call, tables stay open and their scans are used again: what a look costs is then the look. NULL
 * when somebody further up has begun already. An error ends it by itself.
 */
extern FetchSession *dos_fetch_begin(void);
extern void dos_fetch_end(FetchSession *session);

#endif
