/*
 * escrow_row.h
 *	  A row of one of the types dos.escrow_* as values for the pure rules.
 */
#ifndef DOS_ESCROW_ROW_H
#define DOS_ESCROW_ROW_H

#include "postgres.h"

#include "access/htup.h"
#include "access/tupdesc.h"
#include "datatype/timestamp.h"

#include "escrow/escrow_rules.h"

/* The first `count` columns of a row; everything lives in the current memory context. */
extern void dos_escrow_row_values(HeapTuple row, TupleDesc columns, int count, EscrowValue *values);

/* 2026-04-03T22:00:00.000Z; empty for an instant that XML's calendar does not have. */
extern char *dos_escrow_instant(TimestampTz at);

#endif
