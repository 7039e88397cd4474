/*
 * directory_variant.c
 *	  Variants of a domain name by the IDN table of its label (RFC 7940). Most tables have none, which one
 *	  look by key tells.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"

#include "directory/directory_row.h"
#include "directory/directory_gather.h"

#define VARIANTS_MAX	50		/* shown of a name; some scripts have thousands */

static DirectoryTable table_by_id = {
	.name = "idn_table", .index = "idn_table_pkey", .equals = F_INT4EQ, .columns = {"name", "has_variants"},
};

static const char variants_sql[] =
"SELECT v.variant, CASE WHEN EXISTS (SELECT FROM dos.domain AS d WHERE d.name OPERATOR(pg_catalog.=) v.variant) THEN 2 "
"WHEN v.disposition OPERATOR(pg_catalog.=) 'allocatable' THEN 1 ELSE 0 END "
"FROM dos.idn_variants($1, $2) AS v WHERE v.idn_table OPERATOR(pg_catalog.=) $3";

static SPIPlanPtr variants_plan;

static void
variants_ask(const DirectoryDomain *domain, const char *table)
{
	Datum		values[] = {CStringGetTextDatum(domain->name), Int32GetDatum(VARIANTS_MAX), CStringGetTextDatum(table)};

	if (variants_plan == NULL)
	{
		SPIPlanPtr	plan = SPI_prepare(variants_sql, 3, (Oid[]) {TEXTOID, INT4OID, TEXTOID});

		if (plan == NULL || SPI_keepplan(plan) != 0)
			elog(ERROR, "could not prepare \"%s\"", variants_sql);
		variants_plan = plan;
	}
	if (SPI_execute_plan(variants_plan, values, NULL, true, VARIANTS_MAX) != SPI_OK_SELECT)
		elog(ERROR, "could not run \"%s\"", variants_sql);
}

void
dos_directory_variants(DirectoryDomain *domain, int32 idn_table_id)
{
	const char *table;
	DirectoryRow row;

	if (!dos_fetch(&table_by_id, Int32GetDatum(idn_table_id), &row) || !dos_row_is_true(&row, 1))
		return;
	table = dos_row_text(&row, 0);
	variants_ask(domain, table);
	for (int relation = 0; SPI_processed > 0 && relation < VARIANT_RELATION_COUNT; relation++)
	{
		domain->variants[relation].items = palloc(SPI_processed * sizeof(char *));
		domain->variants_unicode[relation] = palloc(SPI_processed * sizeof(char *));
	}
	for (uint64 i = 0; i < SPI_processed; i++)
	{
		bool		isnull;
		int32		relation = DatumGetInt32(SPI_getbinval(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 2, &isnull));
		DirectoryList *list = &domain->variants[relation];

		list->items[list->count] = SPI_getvalue(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 1);
		domain->variants_unicode[relation][list->count] = dos_directory_unicode(list->items[list->count]);
		list->count++;
	}
	if (SPI_processed > 0)
		domain->idn_table = table;
	SPI_freetuptable(SPI_tuptable);
}
