/*
 * idn.c
 *	  SQL faces of the IDN rules. Tables are compiled once per backend, and again when their revision changes.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/executor.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/builtins.h"

#include "base/row_cache.h"
#include "base/row_column.h"
#include "idn/idn_rules.h"
#include "idn/lgr_rules.h"

typedef struct Compiled
{
	int32		id;
	int32		revision;
	Lgr		   *lgr;
	struct Compiled *next;
} Compiled;

static Compiled *compiled;

static RowCache revisions = {
	.table = "idn_table",
	.query = "SELECT t.id::pg_catalog.text, ROW(t.id, t.revision)::dos_internal.idn_revision FROM dos.idn_table AS t",
	.whole = true,
};

PG_FUNCTION_INFO_V1(dos_sql_idn_table_problem);
PG_FUNCTION_INFO_V1(dos_sql_idn_judge);
PG_FUNCTION_INFO_V1(dos_sql_idn_index);
PG_FUNCTION_INFO_V1(dos_sql_idn_disposition);
PG_FUNCTION_INFO_V1(dos_sql_idn_variants);
PG_FUNCTION_INFO_V1(dos_sql_idn_problem);
PG_FUNCTION_INFO_V1(dos_sql_idn_mixed);
PG_FUNCTION_INFO_V1(dos_sql_idn_skeleton);
PG_FUNCTION_INFO_V1(dos_sql_idn_lines);

static Lgr *
lgr_read(text *source, char *error, size_t size)
{
	const char *data = VARDATA_ANY(source);
	size_t		length = VARSIZE_ANY_EXHDR(source);
	size_t		start = 0;

	while (start < length && strchr(" \t\r\n\xEF\xBB\xBF", data[start]) != NULL && data[start] != '\0')
		start++;
	return start < length && data[start] == '<' ? dos_lgr_read_xml(data + start, length - start, error, size) :
		dos_lgr_read_text(data, length, error, size);
}

/* Read a table's source and compile it. */
static Lgr *
lgr_compile(int32 id)
{
	Oid			type = INT4OID;
	Datum		argument = Int32GetDatum(id);
	char		error[256];
	bool		isnull;
	Lgr		   *lgr;

	SPI_connect();
	if (SPI_execute_with_args("SELECT t.source FROM dos.idn_table AS t WHERE t.id OPERATOR(pg_catalog.=) $1", 1, &type, &argument, NULL, true, 1) != SPI_OK_SELECT ||
		SPI_processed != 1)
		elog(ERROR, "could not read IDN table %d", id);
	lgr = lgr_read(DatumGetTextPP(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &isnull)), error, sizeof(error));
	SPI_finish();
	if (lgr == NULL)
		elog(ERROR, "could not compile IDN table %d: %s", id, error);
	return lgr;
}

static const Lgr *
lgr_get(int32 id)
{
	char		key[12];
	Datum		row;
	int32		revision;
	Compiled   *known = compiled;

	snprintf(key, sizeof(key), "%d", id);
	if (!dos_row_cache_get(&revisions, key, &row))
		elog(ERROR, "IDN table %d does not exist", id);
	revision = dos_row_int(DatumGetHeapTupleHeader(row), "revision");
	while (known != NULL && known->id != id)
		known = known->next;
	if (known == NULL)
	{
		known = MemoryContextAllocZero(TopMemoryContext, sizeof(Compiled));
		known->id = id;
		known->next = compiled;
		compiled = known;
	}
	if (known->lgr == NULL || known->revision != revision)
	{
		Lgr		   *fresh = lgr_compile(id);

		dos_lgr_free(known->lgr);
		known->lgr = fresh;
		known->revision = revision;
	}
	return known->lgr;
}

static bool
label_arg(FunctionCallInfo fcinfo, int n, LgrLabel *label)
{
	text	   *given = PG_GETARG_TEXT_PP(n);

	return dos_lgr_label(VARDATA_ANY(given), VARSIZE_ANY_EXHDR(given), label);
}

static Datum
label_datum(const LgrLabel *label)
{
	char		text[4 * LGR_LABEL_MAX + 1];

	dos_lgr_text(label, text);
	return CStringGetTextDatum(text);
}

/* (source) -> problem, language, version, code_points, has_variants */
Datum
dos_sql_idn_table_problem(PG_FUNCTION_ARGS)
{
	char		error[256];
	Lgr		   *lgr = lgr_read(PG_GETARG_TEXT_PP(0), error, sizeof(error));
	TupleDesc	description;
	Datum		values[5] = {0};
	bool		nulls[5] = {true, true, true, true, true};

	if (get_call_result_type(fcinfo, NULL, &description) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "idn_table_problem() returns a composite");
	if (lgr == NULL)
	{
		values[0] = CStringGetTextDatum(error);
		nulls[0] = false;
	}
	else
	{
		memset(nulls + 1, false, 4);
		values[1] = CStringGetTextDatum(lgr->language);
		values[2] = CStringGetTextDatum(lgr->version);
		values[3] = Int32GetDatum(lgr->char_count);
		values[4] = BoolGetDatum(lgr->has_variants);
		dos_lgr_free(lgr);
	}
	return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(description), values, nulls));
}

/* (table, ulabel) -> reason, detail; both NULL when the table takes it */
Datum
dos_sql_idn_judge(PG_FUNCTION_ARGS)
{
	const Lgr  *lgr = lgr_get(PG_GETARG_INT32(0));
	LgrLabel	label;
	LgrFinding	finding;
	TupleDesc	description;
	Datum		values[2];
	bool		nulls[2] = {false, false};
	const char *reason = "idn_rule";
	char	   *detail;

	if (get_call_result_type(fcinfo, NULL, &description) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "idn_judge() returns a composite");
	if (!label_arg(fcinfo, 1, &label))
		finding = (LgrFinding) {LGR_TOO_COMPLEX, 0, NULL};
	else
		finding = dos_lgr_judge(lgr, &label);
	switch (finding.verdict)
	{
		case LGR_VALID:
			nulls[0] = nulls[1] = true;
			return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(description), values, nulls));
		case LGR_NOT_IN_REPERTOIRE:
			reason = "idn_code_point";
			detail = psprintf("U+%04X is not in the table.", label.cp[finding.at]);
			break;
		case LGR_CONTEXT:
			reason = "idn_table_context";
			detail = psprintf("U+%04X is not allowed in this place (rule \"%s\").", label.cp[finding.at], finding.rule);
			break;
		case LGR_INVALID:
			detail = finding.rule ? psprintf("The label as a whole is not allowed (rule \"%s\").", finding.rule) : "The label as a whole is not allowed.";
			break;
		default:
			detail = "The label takes too long to judge.";
	}
	values[0] = CStringGetTextDatum(reason);
	values[1] = CStringGetTextDatum(detail);
	return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(description), values, nulls));
}

Datum
dos_sql_idn_index(PG_FUNCTION_ARGS)
{
	LgrLabel	label;
	LgrLabel	index;

	if (!label_arg(fcinfo, 1, &label))
		PG_RETURN_DATUM(PG_GETARG_DATUM(1));
	dos_lgr_index(lgr_get(PG_GETARG_INT32(0)), &label, &index);
	return label_datum(&index);
}

/* (table, ulabel, other ulabel) -> what the other is as a variant of the first */
Datum
dos_sql_idn_disposition(PG_FUNCTION_ARGS)
{
	LgrLabel	label;
	LgrLabel	other;
	const char *disposition;

	if (!label_arg(fcinfo, 1, &label) || !label_arg(fcinfo, 2, &other))
		PG_RETURN_NULL();
	disposition = dos_lgr_disposition(lgr_get(PG_GETARG_INT32(0)), &label, &other);
	if (disposition == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(disposition));
}

static void
variant_take(const LgrLabel *variant, const char *disposition, void *context)
{
	ReturnSetInfo *result = context;
	Datum		values[2] = {label_datum(variant), CStringGetTextDatum(disposition)};
	bool		nulls[2] = {false, false};

	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

/* (table, ulabel, limit) -> rows (variant, disposition) */
Datum
dos_sql_idn_variants(PG_FUNCTION_ARGS)
{
	LgrLabel	label;

	InitMaterializedSRF(fcinfo, 0);
	if (label_arg(fcinfo, 1, &label))
		dos_lgr_variants(lgr_get(PG_GETARG_INT32(0)), &label, PG_GETARG_INT32(2), variant_take, fcinfo->resultinfo);
	return (Datum) 0;
}

/* (ulabel) -> reason, detail; both NULL when IDNA2008 takes it */
Datum
dos_sql_idn_problem(PG_FUNCTION_ARGS)
{
	char		explanation[IDN_EXPLANATION_MAX] = "";
	const char *reason = dos_idn_problem(text_to_cstring(PG_GETARG_TEXT_PP(0)), explanation, sizeof(explanation));
	TupleDesc	description;
	Datum		values[2] = {0};
	bool		nulls[2] = {true, true};

	if (get_call_result_type(fcinfo, NULL, &description) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "idn_problem() returns a composite");
	if (reason != NULL)
	{
		values[0] = CStringGetTextDatum(reason);
		values[1] = CStringGetTextDatum(explanation);
		nulls[0] = nulls[1] = false;
	}
	return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(description), values, nulls));
}

Datum
dos_sql_idn_mixed(PG_FUNCTION_ARGS)
{
	char		explanation[IDN_EXPLANATION_MAX];

	if (!dos_idn_mixes_scripts(text_to_cstring(PG_GETARG_TEXT_PP(0)), explanation, sizeof(explanation)))
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(explanation));
}

Datum
dos_sql_idn_skeleton(PG_FUNCTION_ARGS)
{
	char		skeleton[8 * 4 * LGR_LABEL_MAX];

	if (!dos_idn_skeleton(text_to_cstring(PG_GETARG_TEXT_PP(0)), skeleton, sizeof(skeleton)))
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(skeleton));
}

static void
append_sequence(StringInfo line, const uint32_t *cp, int length)
{
	for (int i = 0; i < length; i++)
		appendStringInfo(line, "%sU+%04X", i ? " " : "", cp[i]);
}

/* (table) -> lines of the text form */
Datum
dos_sql_idn_lines(PG_FUNCTION_ARGS)
{
	const Lgr  *lgr = lgr_get(PG_GETARG_INT32(0));
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	for (int i = 0; i < lgr->char_count; i++)
	{
		const LgrChar *entry = lgr->sorted[i];
		StringInfoData line;
		Datum		value;
		bool		isnull = false;

		initStringInfo(&line);
		append_sequence(&line, entry->cp, entry->length);
		if (entry->last != entry->cp[0])
			appendStringInfo(&line, "..U+%04X", entry->last);
		for (const LgrVariant *variant = entry->variants; variant != NULL; variant = variant->next)
		{
			appendStringInfoChar(&line, variant == entry->variants ? '|' : ':');
			append_sequence(&line, variant->cp, variant->length);
		}
		value = CStringGetTextDatum(line.data);
		tuplestore_putvalues(result->setResult, result->setDesc, &value, &isnull);
	}
	return (Datum) 0;
}
