/*
 * escrow_rgp.c
 *	  RGP statuses as a deposit shows them. RFC 3915 lets a status carry a text: the end of its period, so that a
 *	  successor need not guess. A grace that was stored has its years, which a delete in it takes back.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/executor.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"

#include "escrow/escrow_row.h"

#define TEXTS_MAX	32

typedef struct StoredGrace
{
	char	   *kind;
	TimestampTz ends_at;
	int			years;			/* -1: not said */
} StoredGrace;

typedef struct Rgp
{
	TimestampTz at;
	int			transfer_years; /* -1: none */
	char	   *deleted;		/* " deletedDate=...", or "" */
	int			stored_count;
	StoredGrace stored[TEXTS_MAX];
	int			count;
	Datum		texts[TEXTS_MAX];
} Rgp;

PG_FUNCTION_INFO_V1(dos_sql_escrow_rgp);

/* The running ones, in the order of their ends. */
static void
stored_take(Rgp *rgp, ArrayType *array)
{
	Datum	   *rows;
	bool	   *nulls;
	int			count;

	if (ARR_NDIM(array) == 0)
		return;
	deconstruct_array(array, ARR_ELEMTYPE(array), -1, false, TYPALIGN_DOUBLE, &rows, &nulls, &count);
	for (int i = 0; i < count && rgp->stored_count < TEXTS_MAX; i++)
	{
		HeapTupleHeader row = DatumGetHeapTupleHeader(rows[i]);
		bool		isnull;
		StoredGrace grace = {.kind = TextDatumGetCString(GetAttributeByNum(row, 1, &isnull)), .ends_at = DatumGetTimestampTz(GetAttributeByNum(row, 2, &isnull))};
		Datum		years = GetAttributeByNum(row, 4, &isnull);
		int			place = rgp->stored_count;

		grace.years = isnull ? -1 : DatumGetInt32(years);
		if (grace.ends_at <= rgp->at)
			continue;
		for (; place > 0 && rgp->stored[place - 1].ends_at > grace.ends_at; place--)
			rgp->stored[place] = rgp->stored[place - 1];
		rgp->stored[place] = grace;
		rgp->stored_count++;
	}
}

static void
text_add(Rgp *rgp, const char *status, TimestampTz ends_at, int years)
{
	StringInfoData text;

	if (rgp->count == TEXTS_MAX)
		return;
	if (years < 0 && strcmp(status, "autoRenewPeriod") == 0)
		years = 1;
	else if (years < 0 && strcmp(status, "transferPeriod") == 0)
		years = rgp->transfer_years;
	initStringInfo(&text);
	appendStringInfo(&text, "%s endDate=%s", status, dos_escrow_instant(ends_at));
	if (years > 0)
		appendStringInfo(&text, " years=%d", years);
	if (strcmp(status, "redemptionPeriod") == 0 || strcmp(status, "pendingRestore") == 0 || strcmp(status, "pendingDelete") == 0)
		appendStringInfoString(&text, rgp->deleted);
	rgp->texts[rgp->count++] = PointerGetDatum(cstring_to_text_with_len(text.data, text.len));
}

/* A status, once for each stored grace that gives it, else with the end that the projection says. */
static void
status_add(Rgp *rgp, const char *status, TimestampTz ends_at)
{
	bool		stored = false;

	for (int i = 0; i < rgp->stored_count; i++)
	{
		const char *kind = rgp->stored[i].kind;
		size_t		length = strlen(kind);

		if (strcmp(kind, "autorenew") == 0 ? strcmp(status, "autoRenewPeriod") != 0
			: strncmp(status, kind, length) != 0 || strcmp(status + length, "Period") != 0)
			continue;
		text_add(rgp, status, rgp->stored[i].ends_at, rgp->stored[i].years);
		stored = true;
	}
	if (!stored)
		text_add(rgp, status, ends_at, -1);
}

/* (dos.domain_state, dos.grace[], years of the transfer, instant) -> texts */
Datum
dos_sql_escrow_rgp(PG_FUNCTION_ARGS)
{
	HeapTupleHeader state = PG_GETARG_HEAPTUPLEHEADER(0);
	Rgp			rgp = {.at = PG_GETARG_TIMESTAMPTZ(3), .transfer_years = PG_ARGISNULL(2) ? -1 : PG_GETARG_INT32(2), .deleted = ""};
	Datum	   *statuses;
	Datum	   *ends;
	bool		isnull;
	int			count;
	Datum		deleted = GetAttributeByName(state, "deleted_at", &isnull);

	if (!isnull)
		rgp.deleted = psprintf(" deletedDate=%s", dos_escrow_instant(DatumGetTimestampTz(deleted)));
	stored_take(&rgp, PG_GETARG_ARRAYTYPE_P(1));
	deconstruct_array(DatumGetArrayTypeP(GetAttributeByName(state, "rgp_statuses", &isnull)), TEXTOID, -1, false, TYPALIGN_INT, &statuses, NULL, &count);
	deconstruct_array(DatumGetArrayTypeP(GetAttributeByName(state, "rgp_ends_at", &isnull)), TIMESTAMPTZOID, 8, FLOAT8PASSBYVAL, TYPALIGN_DOUBLE, &ends, NULL, &count);
	for (int i = 0; i < count; i++)
		status_add(&rgp, TextDatumGetCString(statuses[i]), DatumGetTimestampTz(ends[i]));
	PG_RETURN_ARRAYTYPE_P(construct_array(rgp.texts, rgp.count, TEXTOID, -1, false, TYPALIGN_INT));
}
