/*
 * zone.c
 *	  Zones by name suffix and by id, from the row cache.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_collation.h"
#include "catalog/pg_type.h"
#include "executor/executor.h"
#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "regex/regex.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"

#include "base/clock.h"
#include "base/dname_rules.h"
#include "base/error.h"
#include "base/row_cache.h"
#include "base/row_column.h"
#include "zone/zone.h"

static RowCache zones_by_name = {
	.table = "zone",
	.query = "SELECT z.name, z FROM dos.zone AS z",
	.whole = true,
};

static RowCache zones_by_id = {
	.table = "zone",
	.query = "SELECT z.id::pg_catalog.text, z FROM dos.zone AS z",
	.whole = true,
};

/* the states of each zone that has any, oldest first */
static RowCache states_by_id = {
	.table = "zone_state",
	.query = "SELECT s.zone_id::pg_catalog.text, ROW(pg_catalog.array_agg(s.state ORDER BY s.since), pg_catalog.array_agg(s.since ORDER BY s.since))::dos_internal.zone_states "
	"FROM dos.zone_state AS s GROUP BY s.zone_id",
	.whole = true,
};

PG_FUNCTION_INFO_V1(dos_sql_zone_of);
PG_FUNCTION_INFO_V1(dos_sql_zone_label_problem);
PG_FUNCTION_INFO_V1(dos_sql_zone_state);
PG_FUNCTION_INFO_V1(dos_sql_zone_state_allows);
PG_FUNCTION_INFO_V1(dos_sql_zone_state_rank);
PG_FUNCTION_INFO_V1(dos_sql_zone_state_require);
PG_FUNCTION_INFO_V1(dos_sql_zone_get);

bool
dos_zone_get(int32 id, Datum *row)
{
	char		key[12];

	snprintf(key, sizeof(key), "%d", id);
	return dos_row_cache_get(&zones_by_id, key, row);
}

bool
dos_zone_generation(uint64 *generation)
{
	return dos_row_cache_current(&zones_by_id, generation);
}

/* Longest match: try the names above, nearest first; never the name itself. */
bool
dos_zone_of(const char *name, Datum *row)
{
	while ((name = strchr(name, '.')) != NULL)
		if (dos_row_cache_get(&zones_by_name, ++name, row))
			return true;
	return false;
}

Datum
dos_sql_zone_of(PG_FUNCTION_ARGS)
{
	Datum		row;

	if (!dos_zone_of(text_to_cstring(PG_GETARG_TEXT_PP(0)), &row))
		PG_RETURN_NULL();
	PG_RETURN_DATUM(row);
}

Datum
dos_sql_zone_get(PG_FUNCTION_ARGS)
{
	Datum		row;

	if (!dos_zone_get(PG_GETARG_INT32(0), &row))
		PG_RETURN_NULL();
	PG_RETURN_DATUM(row);
}

/* How many characters a label has as U-label. */
static int
label_characters(const char *label, int length)
{
	char	   *alabel;
	char	   *ulabel;
	int			characters;

	if (length < 4 || strncmp(label, "xn--", 4) != 0)
		return length;
	alabel = pnstrdup(label, length);
	ulabel = dos_dname_unicode(alabel);
	characters = ulabel ? pg_mbstrlen(ulabel) : length;
	free(ulabel);
	return characters;
}

/* Do the operator's own records use this name? */
static bool
zone_has_records(int32 id, const char *name)
{
	static SPIPlanPtr plan = NULL;
	Oid			types[2] = {INT4OID, TEXTOID};
	Datum		values[2] = {Int32GetDatum(id), CStringGetTextDatum(name)};
	bool		isnull;
	bool		used;

	SPI_connect();
	if (plan == NULL)
	{
		SPIPlanPtr	fresh = SPI_prepare("SELECT dos_internal.zone_has_records($1, $2)", 2, types);

		if (fresh == NULL || SPI_keepplan(fresh) != 0)
			elog(ERROR, "could not prepare the look at records");
		plan = fresh;
	}
	if (SPI_execute_plan(plan, values, NULL, true, 1) != SPI_OK_SELECT || SPI_processed != 1)
		elog(ERROR, "could not look at the records of a zone");
	used = DatumGetBool(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &isnull)) && !isnull;
	SPI_finish();
	return used;
}

void
dos_zone_labels(HeapTupleHeader zone, ZoneLabels *labels)
{
	bool		isnull;
	Datum		pattern;

	labels->id = dos_row_int(zone, "id");
	labels->policy = (LabelPolicy) {
		.octets_min = dos_row_int(zone, "label_min"),
		.octets_max = dos_row_int(zone, "label_max"),
		.characters_min = dos_row_int(zone, "label_characters_min"),
		.characters_max = dos_row_int(zone, "label_characters_max"),
		.idn = dos_row_bool(zone, "idn"),
		.digits_only = dos_row_bool(zone, "label_digits_only"),
	};
	labels->suffix = dos_row_text(zone, "name");
	pattern = GetAttributeByName(zone, "label_pattern", &isnull);
	labels->pattern = isnull ? NULL : DatumGetTextPCopy(pattern);
	labels->has_records = dos_row_bool(zone, "has_records");
}

LabelProblem
dos_zone_labels_judge(const ZoneLabels *labels, const char *name, char **explanation)
{
	int			length = (int) strlen(name) - (int) strlen(labels->suffix) - 1;
	LabelProblem problem = length < 0 ? LABEL_DEPTH : dos_zone_label_judge(&labels->policy, name, length, label_characters(name, length));
	Datum		other;

	if (problem == LABEL_OK)
	{
		if (labels->pattern != NULL && !RE_compile_and_execute(labels->pattern, unconstify(char *, name), length, REG_ADVANCED,
															   DEFAULT_COLLATION_OID, 0, NULL))
			problem = LABEL_PATTERN;
		else if (dos_row_cache_get(&zones_by_name, name, &other))
			problem = LABEL_ZONE;
		else if (labels->has_records && zone_has_records(labels->id, name))
			problem = LABEL_RECORDS;
	}
	if (problem != LABEL_OK && explanation != NULL)
	{
		*explanation = palloc(2 * DOS_DNAME_MAX);
		dos_zone_label_explain(problem, &labels->policy, labels->suffix, *explanation, 2 * DOS_DNAME_MAX);
	}
	return problem;
}

LabelProblem
dos_zone_label(HeapTupleHeader zone, const char *name, char **explanation)
{
	ZoneLabels	labels;

	dos_zone_labels(zone, &labels);
	return dos_zone_labels_judge(&labels, name, explanation);
}

Datum
dos_sql_zone_label_problem(PG_FUNCTION_ARGS)
{
	char	   *explanation;

	if (dos_zone_label(PG_GETARG_HEAPTUPLEHEADER(0), text_to_cstring(PG_GETARG_TEXT_PP(1)), &explanation) == LABEL_OK)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(explanation));
}

const char *
dos_zone_state(int32 id, TimestampTz at)
{
	char		key[12];
	Datum		row;
	Datum	   *states;
	Datum	   *since;
	int			count;

	snprintf(key, sizeof(key), "%d", id);
	if (!dos_row_cache_get(&states_by_id, key, &row))
		return NULL;
	deconstruct_array(DatumGetArrayTypeP(dos_row_column(DatumGetHeapTupleHeader(row), "states")),
					  TEXTOID, -1, false, TYPALIGN_INT, &states, NULL, &count);
	deconstruct_array(DatumGetArrayTypeP(dos_row_column(DatumGetHeapTupleHeader(row), "since")),
					  TIMESTAMPTZOID, 8, FLOAT8PASSBYVAL, TYPALIGN_DOUBLE, &since, NULL, &count);
	/* before its first state a zone has not been delegated */
	while (count > 0 && DatumGetTimestampTz(since[count - 1]) > at)
		count--;
	return count > 0 ? TextDatumGetCString(states[count - 1]) : dos_zone_states[0].state;
}

Datum
dos_sql_zone_state(PG_FUNCTION_ARGS)
{
	const char *state = dos_zone_state(PG_GETARG_INT32(0), PG_GETARG_TIMESTAMPTZ(1));

	if (state == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(state));
}

Datum
dos_sql_zone_state_allows(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(dos_zone_state_allows(text_to_cstring(PG_GETARG_TEXT_PP(0)), text_to_cstring(PG_GETARG_TEXT_PP(1))));
}

Datum
dos_sql_zone_state_rank(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(dos_zone_state_rank(text_to_cstring(PG_GETARG_TEXT_PP(0))));
}

void
dos_zone_state_require(int32 id, const char *verb)
{
	const char *state = dos_zone_state(id, dos_clock_now());

	if (state != NULL && !dos_zone_state_allows(state, verb))
		ereport(ERROR,
				(errcode(ERRCODE_DOS_PARAMETER_POLICY),
				 errmsg("the zone does not take this command"),
				 errdetail("The state of the zone is \"%s\".", state),
				 dos_reason("zone_state_prohibits"),
				 dos_element("domain:name")));
}

Datum
dos_sql_zone_state_require(PG_FUNCTION_ARGS)
{
	dos_zone_state_require(PG_GETARG_INT32(0), text_to_cstring(PG_GETARG_TEXT_PP(1)));
	PG_RETURN_VOID();
}
