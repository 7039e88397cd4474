/*
 * domain_draft.c
 *	  The row of a new domain, and whether there is one: what every create does, without plans.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_collation.h"
#include "executor/executor.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/fmgrprotos.h"
#include "utils/snapmgr.h"

#include "base/row_fetch.h"
#include "base/row_put.h"
#include "domain/domain_draft.h"

static PutTable domains = {
	.name = "domain",
	.sequence = "domain_id_seq",
	.columns = {DRAFT_COLUMN_NAMES},
};

static FetchTable names = {
	.name = "domain",
	.index = "domain_name_taken",
	.equals = F_TEXTEQ,
	.columns = {"id"},
};

PG_FUNCTION_INFO_V1(dos_sql_domain_put);
PG_FUNCTION_INFO_V1(dos_sql_domain_hold);

void
dos_draft_begin(DomainDraft *draft)
{
	memset(draft->values, 0, sizeof(draft->values));
	memset(draft->nulls, true, sizeof(draft->nulls));
}

void
dos_draft_set(DomainDraft *draft, DraftColumn column, Datum value)
{
	draft->values[column] = value;
	draft->nulls[column] = false;
}

void
dos_draft_text(DomainDraft *draft, DraftColumn column, const char *value)
{
	dos_draft_set(draft, column, CStringGetTextDatum(value));
}

Datum
dos_draft_datum(const DomainDraft *draft)
{
	return dos_put_datum(&domains, draft->values, draft->nulls);
}

void
dos_draft_take(DomainDraft *draft, Datum row)
{
	static const char *const columns[DRAFT_COLUMNS] = {DRAFT_COLUMN_NAMES};
	HeapTupleHeader header = DatumGetHeapTupleHeader(row);

	for (int i = 0; i < DRAFT_COLUMNS; i++)
		draft->values[i] = GetAttributeByName(header, columns[i], &draft->nulls[i]);
}

int64
dos_draft_id(void)
{
	PreventCommandIfReadOnly("dos.domain_create()");
	dos_put_ready(&domains);
	return dos_put_id(&domains);
}

/* For a table that asks for more than a plain insert. */
static void
put_by_plan(Datum row)
{
	static SPIPlanPtr plan = NULL;
	Oid			type = HeapTupleHeaderGetTypeId(DatumGetHeapTupleHeader(row));

	SPI_connect();
	if (plan == NULL)
	{
		SPIPlanPtr	fresh = SPI_prepare("INSERT INTO dos.domain SELECT ($1).*", 1, &type);

		if (fresh == NULL || SPI_keepplan(fresh) != 0)
			elog(ERROR, "could not prepare the insert into dos.domain");
		plan = fresh;
	}
	if (SPI_execute_plan(plan, &row, NULL, false, 0) != SPI_OK_INSERT)
		elog(ERROR, "could not insert into dos.domain");
	SPI_finish();
}

void
dos_draft_put(const DomainDraft *draft)
{
	if (dos_put_ready(&domains))
		dos_put(&domains, draft->values, draft->nulls);
	else
		put_by_plan(dos_draft_datum(draft));
}

bool
dos_domain_hold(const char *name)
{
	Datum		lock = CStringGetTextDatum(psprintf("domain %s", name));
	FetchedRow	row;
	bool		found;

	DirectFunctionCall1(pg_advisory_xact_lock_int8,
						DirectFunctionCall2Coll(hashtextextended, DEFAULT_COLLATION_OID, lock, Int64GetDatum(0)));
	PushActiveSnapshot(GetTransactionSnapshot());
	found = dos_fetch(&names, CStringGetTextDatum(name), &row);
	PopActiveSnapshot();
	return found;
}

/* dos_internal.domain_put(d) */
Datum
dos_sql_domain_put(PG_FUNCTION_ARGS)
{
	DomainDraft draft;

	dos_draft_take(&draft, PG_GETARG_DATUM(0));
	dos_draft_put(&draft);
	PG_RETURN_DATUM(draft.values[DRAFT_ID]);
}

/* dos_internal.domain_hold(name) */
Datum
dos_sql_domain_hold(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(dos_domain_hold(text_to_cstring(PG_GETARG_TEXT_PP(0))));
}
