/*
 * escrow_row.c
 *	  Rows as values. See escrow_row.h.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"

#include "escrow/escrow_row.h"

char *
dos_escrow_instant(TimestampTz at)
{
	char	   *text = palloc(40);
	struct pg_tm tm;
	fsec_t		fraction;

	text[0] = '\0';
	if (!TIMESTAMP_NOT_FINITE(at) && timestamp2tm(at, NULL, &tm, &fraction, NULL, NULL) == 0 && tm.tm_year >= 1 && tm.tm_year <= 9999)
		snprintf(text, 40, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", tm.tm_year, tm.tm_mon, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec, (int) (fraction / 1000));
	return text;
}

static void
list_values(Datum array, EscrowValue *value)
{
	Datum	   *items;
	bool	   *nulls;

	deconstruct_array(DatumGetArrayTypeP(array), TEXTOID, -1, false, TYPALIGN_INT, &items, &nulls, &value->count);
	value->items = palloc(sizeof(char *) * (value->count + 1));
	for (int i = 0; i < value->count; i++)
		value->items[i] = nulls[i] ? NULL : TextDatumGetCString(items[i]);
}

void
dos_escrow_row_values(HeapTuple row, TupleDesc columns, int count, EscrowValue *values)
{
	memset(values, 0, sizeof(EscrowValue) * count);
	for (int i = 0; i < count; i++)
	{
		bool		null;
		Datum		datum = heap_getattr(row, i + 1, columns, &null);
		EscrowValue *value = &values[i];

		value->list = TupleDescAttr(columns, i)->atttypid == TEXTARRAYOID;
		if (null)
			continue;
		value->present = true;
		switch (TupleDescAttr(columns, i)->atttypid)
		{
			case TEXTOID:
				value->text = TextDatumGetCString(datum);
				break;
			case TEXTARRAYOID:
				list_values(datum, value);
				break;
			case TIMESTAMPTZOID:
				value->text = dos_escrow_instant(DatumGetTimestampTz(datum));
				break;
			case INT4OID:
				value->text = psprintf("%d", DatumGetInt32(datum));
				break;
			case BOOLOID:
				value->text = DatumGetBool(datum) ? "true" : "false";
				break;
			default:
				elog(ERROR, "column %d of an escrowed object has a type that is not known", i + 1);
		}
	}
}
