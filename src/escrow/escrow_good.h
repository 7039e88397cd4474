/*
 * escrow_good.h
 *	  A row of an import, and what is asked of domains and contacts alike.
 */
#ifndef DOS_ESCROW_GOOD_H
#define DOS_ESCROW_GOOD_H

#include "postgres.h"

#include "access/htup_details.h"
#include "fmgr.h"
#include "utils/array.h"

#include "escrow/escrow_rules.h"

#define GOOD_BEFORE		3		/* columns of dos.escrow_in_* before those of the type */

/* By the fields of dos.escrow_domain or dos.escrow_contact. */
typedef struct GoodRow
{
	Datum		values[GOOD_BEFORE + ESCROW_FIELDS_MAX];
	bool		nulls[GOOD_BEFORE + ESCROW_FIELDS_MAX];
} GoodRow;

/* Unpack a row with so many fields. */
extern void dos_escrow_good_take(HeapTupleHeader tuple, int fields, GoodRow *row);

/* Are the statuses all known, and of these? False without any list of them. */
extern bool dos_escrow_good_statuses(const GoodRow *row, int field, uint32 allowed, int least);

static inline bool
good_has(const GoodRow *row, int field)
{
	return !row->nulls[GOOD_BEFORE + field];
}

static inline Datum
good_value(const GoodRow *row, int field)
{
	return row->values[GOOD_BEFORE + field];
}

/* How many items a list has; -1 when there is none. */
static inline int
good_items(const GoodRow *row, int field)
{
	ArrayType  *array = good_has(row, field) ? DatumGetArrayTypeP(good_value(row, field)) : NULL;

	return array ? ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array)) : -1;
}

#endif
