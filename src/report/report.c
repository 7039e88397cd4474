/*
 * report.c
 *	  dos_internal.report_count(): what the events of a zone count as in the transactions report, each by itself or, as
 *	  numbers, by registrar and column. One pass over the outbox after what must be known (report_known.c); memory is that
 *	  of a batch of rows and of the registrars.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "report/report_known.h"
#include "report/report_row.h"

#define REGISTRAR_SIZE	64

PG_FUNCTION_INFO_V1(dos_sql_report_count);

typedef struct RegistrarCounts
{
	char		registrar[REGISTRAR_SIZE];
	int64		counts[REPORT_COLUMN_COUNT];
} RegistrarCounts;

#define RECENT_COUNT	64

typedef struct Counting
{
	HTAB	   *registrars;
	RegistrarCounts *recent[RECENT_COUNT];	/* found last, by a few letters: registrars are few and come again */
	ReturnSetInfo *result;
	bool		counted;		/* numbers only */
	char	   *column;			/* only of this column; NULL: of all */
} Counting;

enum
{
	OUT_REGISTRAR, OUT_COLUMN, OUT_AMOUNT, OUT_AT, OUT_OBJECT_NAME, OUT_SVTRID, OUT_EVENT, OUT_TOOK_PLACE_AT, OUT_OTHER, OUT_COLUMNS
};

static void
count_add(Counting *counting, ReportText registrar, ReportColumn column)
{
	char		key[REGISTRAR_SIZE];
	bool		found;
	int			place;
	RegistrarCounts *entry;

	if (registrar.length < 1 || registrar.length >= REGISTRAR_SIZE)
		elog(ERROR, "the name of a registrar is too long, or empty");
	place = (registrar.length * 31 + registrar.data[registrar.length - 1] * 7 + registrar.data[registrar.length / 2]) & (RECENT_COUNT - 1);
	entry = counting->recent[place];
	if (!entry || memcmp(entry->registrar, registrar.data, registrar.length) != 0 || entry->registrar[registrar.length] != '\0')
	{
		memcpy(key, registrar.data, registrar.length);
		key[registrar.length] = '\0';
		entry = hash_search(counting->registrars, key, HASH_ENTER, &found);
		if (!found)
			memset(entry->counts, 0, sizeof(entry->counts));
		counting->recent[place] = entry;
	}
	entry->counts[column]++;
}

static Datum
text_datum(ReportText content, bool *isnull)
{
	*isnull = content.data == NULL;
	return *isnull ? (Datum) 0 : PointerGetDatum(cstring_to_text_with_len(content.data, content.length));
}

/* One thing that counts, as a row. */
static void
item_put(Counting *counting, const ReportRow *row, const ReportHappening *happening, const ReportCount *count)
{
	Datum		values[OUT_COLUMNS];
	bool		nulls[OUT_COLUMNS] = {false};

	values[OUT_REGISTRAR] = text_datum(count->other ? row->other : row->registrar, &nulls[OUT_REGISTRAR]);
	values[OUT_COLUMN] = CStringGetTextDatum(dos_report_column_name(count->column));
	values[OUT_AMOUNT] = Int64GetDatum(1);
	values[OUT_AT] = TimestampTzGetDatum(count->at);
	values[OUT_OBJECT_NAME] = text_datum(row->object_name, &nulls[OUT_OBJECT_NAME]);
	values[OUT_SVTRID] = text_datum(row->svtrid, &nulls[OUT_SVTRID]);
	values[OUT_EVENT] = CStringGetTextDatum(dos_report_event_name(row->event));
	values[OUT_TOOK_PLACE_AT] = TimestampTzGetDatum(happening->at);
	values[OUT_OTHER] = text_datum(count->other ? row->registrar : row->other, &nulls[OUT_OTHER]);
	tuplestore_putvalues(counting->result->setResult, counting->result->setDesc, values, nulls);
}

static void
event_take(ReportScan *scan, const Datum *values, const bool *nulls, void *arg)
{
	Counting   *counting = arg;
	ReportRow	row;
	ReportHappening happening;
	ReportCount counts[REPORT_COUNTS_MAX];
	int			count;

	if (!dos_report_row(scan->zone, values, nulls, &row) || !dos_report_happening(scan, &row, &happening))
		return;
	count = dos_report_counts(&happening, scan->first, scan->next, counts);
	for (int i = 0; i < count; i++)
	{
		ReportText	registrar = counts[i].other ? row.other : row.registrar;

		if (!registrar.data)
			continue;
		if (counting->counted || counts[i].column == REPORT_CREATES)
			count_add(counting, registrar, counts[i].column);
		else if (!counting->column || strcmp(counting->column, dos_report_column_name(counts[i].column)) == 0)
			item_put(counting, &row, &happening, &counts[i]);
	}
}

/* The numbers, and how many names each registrar created. */
static void
counts_put(Counting *counting)
{
	HASH_SEQ_STATUS status;
	RegistrarCounts *entry;

	hash_seq_init(&status, counting->registrars);
	while ((entry = hash_seq_search(&status)) != NULL)
		for (int column = 0; column < REPORT_COLUMN_COUNT; column++)
		{
			Datum		values[OUT_COLUMNS] = {0};
			bool		nulls[OUT_COLUMNS];

			if (entry->counts[column] == 0)
				continue;
			memset(nulls, true, sizeof(nulls));
			nulls[OUT_REGISTRAR] = nulls[OUT_COLUMN] = nulls[OUT_AMOUNT] = false;
			values[OUT_REGISTRAR] = CStringGetTextDatum(entry->registrar);
			values[OUT_COLUMN] = CStringGetTextDatum(dos_report_column_name(column));
			values[OUT_AMOUNT] = Int64GetDatum(entry->counts[column]);
			tuplestore_putvalues(counting->result->setResult, counting->result->setDesc, values, nulls);
		}
}

/* The zone's name and policies, and how far back what counts may have begun. */
static void
scan_begin(ReportScan *scan)
{
	Oid			types[] = {INT4OID, TIMESTAMPTZOID};
	Datum		values[] = {Int32GetDatum(scan->zone_id), TimestampTzGetDatum(scan->first)};
	const LifecycleZone *zone;
	LifecyclePolicy *versions;
	bool		isnull;
	char	   *name;

	scan->context = CurrentMemoryContext;
	if (SPI_execute_with_args("SELECT z.name::text, $2 - dos_internal.report_longest(z) FROM dos.zone AS z WHERE z.id = $1", 2, types, values, NULL, true, 1) != SPI_OK_SELECT
		|| SPI_processed != 1)
		elog(ERROR, "there is no zone %d", scan->zone_id);
	name = SPI_getvalue(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1);
	scan->zone = (ReportText) {name, (int) strlen(name)};
	scan->since = DatumGetTimestampTz(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 2, &isnull));
	zone = dos_lifecycle_zone(scan->zone_id);
	versions = palloc(zone->policies.count * sizeof(LifecyclePolicy));
	memcpy(versions, zone->policies.versions, zone->policies.count * sizeof(LifecyclePolicy));
	scan->policies = zone->policies;
	scan->policies.versions = versions;
	scan->batch = AllocSetContextCreate(scan->context, "dos report batch", ALLOCSET_DEFAULT_SIZES);
}

/* dos_internal.report_count(zone_id, first, next, counted, column) */
Datum
dos_sql_report_count(PG_FUNCTION_ARGS)
{
	Oid			types[] = {TIMESTAMPTZOID, TIMESTAMPTZOID};
	Datum		values[2];
	HASHCTL		control = {.keysize = REGISTRAR_SIZE, .entrysize = sizeof(RegistrarCounts)};
	Counting	counting = {0};
	ReportScan	scan = {0};

	InitMaterializedSRF(fcinfo, 0);
	counting.result = (ReturnSetInfo *) fcinfo->resultinfo;
	counting.counted = PG_GETARG_BOOL(3);
	counting.column = PG_ARGISNULL(4) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(4));
	scan.zone_id = PG_GETARG_INT32(0);
	scan.first = PG_GETARG_TIMESTAMPTZ(1);
	scan.next = PG_GETARG_TIMESTAMPTZ(2);
	SPI_connect();
	scan_begin(&scan);
	control.hcxt = scan.context;
	counting.registrars = hash_create("dos report registrars", 256, &control, HASH_ELEM | HASH_STRINGS | HASH_CONTEXT);
	dos_report_know(&scan);
	values[0] = TimestampTzGetDatum(scan.since);
	values[1] = TimestampTzGetDatum(scan.next);
	/*
	 * Commands count in no month that ended before them; what the clock did may be written down much later. Which events count
	 * dos_report_row() knows: nearly all do, and a list of their names here would be looked up for each a second time.
	 */
	dos_report_read(&scan, REPORT_ROW_SELECT "WHERE o.happened_at >= $1 AND (o.happened_at < $2 OR o.event IN ('domain.autorenewed', 'domain.transfer_completed', 'domain.purged', 'domain.restore_lapsed'))", false,
					2, types, values, event_take, &counting);
	counts_put(&counting);
	SPI_finish();
	return (Datum) 0;
}
