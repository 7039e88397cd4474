/*
 * row_column.h
 *	  A column of a row value by its name, for columns that are never NULL: a configuration of a zone, the id of a registrar.
 *	  Who must know whether there is a value asks PostgreSQL's GetAttributeByName().
 */
#ifndef DOS_ROW_COLUMN_H
#define DOS_ROW_COLUMN_H

#include "postgres.h"

#include "executor/executor.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"

static inline Datum
dos_row_column(HeapTupleHeader row, const char *column)
{
	bool		isnull;

	return GetAttributeByName(row, column, &isnull);
}

static inline int32
dos_row_int(HeapTupleHeader row, const char *column)
{
	return DatumGetInt32(dos_row_column(row, column));
}

static inline bool
dos_row_bool(HeapTupleHeader row, const char *column)
{
	return DatumGetBool(dos_row_column(row, column));
}

static inline char *
dos_row_text(HeapTupleHeader row, const char *column)
{
	return TextDatumGetCString(dos_row_column(row, column));
}

static inline TimestampTz
dos_row_time(HeapTupleHeader row, const char *column)
{
	return DatumGetTimestampTz(dos_row_column(row, column));
}

#endif							/* DOS_ROW_COLUMN_H */
