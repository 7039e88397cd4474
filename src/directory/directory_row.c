/*
 * directory_row.c
 *	  Columns of rows as C values.
 */
#include "postgres.h"

#include <sys/socket.h>

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/inet.h"
#include "utils/timestamp.h"
#include "utils/typcache.h"

#include "directory/directory_row.h"

DirectoryRow
dos_row_composite(Datum composite)
{
	HeapTupleHeader header = DatumGetHeapTupleHeader(composite);
	TupleDesc	desc = lookup_rowtype_tupdesc(HeapTupleHeaderGetTypeId(header), HeapTupleHeaderGetTypMod(header));
	HeapTupleData tuple = {.t_len = HeapTupleHeaderGetDatumLength(header), .t_data = header};
	DirectoryRow row = {palloc(desc->natts * sizeof(Datum)), palloc(desc->natts * sizeof(bool))};

	heap_deform_tuple(&tuple, desc, row.values, row.nulls);
	ReleaseTupleDesc(desc);
	return row;
}

static const char *
text_of(Datum value)
{
	char	   *string = TextDatumGetCString(value);

	return string[0] == '\0' ? NULL : string;
}

const char *
dos_row_text(const DirectoryRow *row, int column)
{
	return row->nulls[column] ? NULL : text_of(row->values[column]);
}

int32
dos_row_int32(const DirectoryRow *row, int column)
{
	return row->nulls[column] ? 0 : DatumGetInt32(row->values[column]);
}

int64
dos_row_int64(const DirectoryRow *row, int column)
{
	return row->nulls[column] ? 0 : DatumGetInt64(row->values[column]);
}

int64
dos_row_instant(const DirectoryRow *row, int column)
{
	return row->nulls[column] ? DIRECTORY_NEVER : DatumGetTimestampTz(row->values[column]);
}

bool
dos_row_is_true(const DirectoryRow *row, int column)
{
	return !row->nulls[column] && DatumGetBool(row->values[column]);
}

/* The elements of an array column; count is 0 for NULL and for the empty array. */
static size_t
elements(const DirectoryRow *row, int column, Oid type, int length, bool by_value, char align, Datum **values, bool **nulls)
{
	ArrayType  *array;
	int			count;

	if (row->nulls[column])
		return 0;
	array = DatumGetArrayTypeP(row->values[column]);
	if (ARR_NDIM(array) == 0)
		return 0;
	deconstruct_array(array, type, length, by_value, align, values, nulls, &count);
	return count;
}

DirectoryList
dos_row_texts(const DirectoryRow *row, int column)
{
	DirectoryList list = {0};
	Datum	   *values;
	bool	   *nulls;
	size_t		count = elements(row, column, TEXTOID, -1, false, TYPALIGN_INT, &values, &nulls);

	if (count > 0)
		list.items = palloc(count * sizeof(char *));
	for (size_t i = 0; i < count; i++)
		if (!nulls[i])
			list.items[list.count++] = TextDatumGetCString(values[i]);
	return list;
}

size_t
dos_row_int64s(const DirectoryRow *row, int column, const int64 **out)
{
	Datum	   *values;
	bool	   *nulls;
	size_t		count = elements(row, column, INT8OID, 8, FLOAT8PASSBYVAL, TYPALIGN_DOUBLE, &values, &nulls);
	int64	   *numbers = count > 0 ? palloc(count * sizeof(int64)) : NULL;
	size_t		used = 0;

	for (size_t i = 0; i < count; i++)
		if (!nulls[i])
			numbers[used++] = DatumGetInt64(values[i]);
	*out = numbers;
	return used;
}

void
dos_row_addresses(const DirectoryRow *row, int column, DirectoryList *v4, DirectoryList *v6)
{
	Datum	   *values;
	bool	   *nulls;
	size_t		count = elements(row, column, INETOID, -1, false, TYPALIGN_INT, &values, &nulls);

	*v4 = *v6 = (DirectoryList) {0};
	if (count == 0)
		return;
	v4->items = palloc(count * sizeof(char *));
	v6->items = palloc(count * sizeof(char *));
	for (size_t i = 0; i < count; i++)
	{
		DirectoryList *list;

		if (nulls[i])
			continue;
		list = ip_family(DatumGetInetPP(values[i])) == PGSQL_AF_INET ? v4 : v6;
		list->items[list->count++] = DatumGetCString(DirectFunctionCall1(inet_out, values[i]));
	}
}

bool
dos_row_postal(const DirectoryRow *row, int column, const char **postal)
{
	DirectoryRow fields;

	memset(postal, 0, POSTAL_COUNT * sizeof(*postal));
	if (row->nulls[column])
		return false;
	fields = dos_row_composite(row->values[column]);
	for (int part = 0; part < POSTAL_COUNT; part++)
		postal[part] = dos_row_text(&fields, part);
	return true;
}

void
dos_row_postal_array(const DirectoryRow *row, int column, const char **postal)
{
	Datum	   *values;
	bool	   *nulls;
	size_t		count = elements(row, column, TEXTOID, -1, false, TYPALIGN_INT, &values, &nulls);

	memset(postal, 0, POSTAL_COUNT * sizeof(*postal));
	for (size_t part = 0; part < count && part < POSTAL_COUNT; part++)
		if (!nulls[part])
			postal[part] = text_of(values[part]);
}
