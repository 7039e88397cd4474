/*
 * ledger.h
 *	  Charges for C code of the rooms above.
 */
#ifndef DOS_LEDGER_H
#define DOS_LEDGER_H

#include "postgres.h"

/* What dos_internal.ledger_spend() takes; texts may be NULL where columns of dos.ledger_entry may. */
typedef struct LedgerCharge
{
	int32		registrar_id;
	int32		operator_id;	/* of the zone: whom it is owed to */
	const char *currency;
	int64		amount;			/* taken from the registrar */
	int64		entry_amount;	/* of the entry: the same, or less when the caller writes further ones */
	const char *kind;
	const char *object_name;
	int64		object_id;		/* 0: none */
	int32		years;
	bool		no_years;		/* NULL */
	int64		price_id;		/* 0: none */
	const char *svtrid;
	const char *receiver;		/* kind of the operator's account: "revenue", "hold" */
	Datum		pricing;		/* jsonb, 0: none */
} LedgerCharge;

/* Move the money within balance and credit limit and write the entry, whose id is returned; R2104. */
extern int64 dos_ledger_spend(const LedgerCharge *charge);

/* The account of a registrar (0: the operator's own) of a kind in a currency with an operator, from the row cache: its id, 0 without one. */
extern int32 dos_account_find(int32 registrar_id, const char *kind, const char *currency, int32 operator_id, Datum *row);

#endif
