/*
 * directory_row.h
 *	  Columns of a row as plain C values, in the current memory context.
 */
#ifndef DOS_DIRECTORY_ROW_H
#define DOS_DIRECTORY_ROW_H

#include "postgres.h"

#include "base/row_fetch.h"
#include "directory/directory_facts.h"

typedef FetchedRow DirectoryRow;
typedef FetchTable DirectoryTable;

/* A composite value, deformed. */
extern DirectoryRow dos_row_composite(Datum composite);

extern const char *dos_row_text(const DirectoryRow *row, int column);	/* NULL also for '' */
extern int32 dos_row_int32(const DirectoryRow *row, int column);		/* 0 for NULL */
extern int64 dos_row_int64(const DirectoryRow *row, int column);
extern int64 dos_row_instant(const DirectoryRow *row, int column);		/* DIRECTORY_NEVER for NULL */
extern bool dos_row_is_true(const DirectoryRow *row, int column);

/* Elements of an array that are not NULL: of text, and of bigint. */
extern DirectoryList dos_row_texts(const DirectoryRow *row, int column);
extern size_t dos_row_int64s(const DirectoryRow *row, int column, const int64 **values);

/* Addresses of an inet[] by family. */
extern void dos_row_addresses(const DirectoryRow *row, int column, DirectoryList *v4, DirectoryList *v6);

/* The nine elements of dos.postal, from a composite or a text[]; all NULL for NULL. */
extern bool dos_row_postal(const DirectoryRow *row, int column, const char **postal);
extern void dos_row_postal_array(const DirectoryRow *row, int column, const char **postal);

#endif
