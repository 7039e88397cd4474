/*
 * name_policy.c
 *	  May this name be registered? The part that costs no query; the rest is name_policy.sql.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/namespace.h"
#include "catalog/pg_collation.h"
#include "catalog/pg_type.h"
#include "executor/executor.h"
#include "fmgr.h"
#include "funcapi.h"
#include "regex/regex.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/jsonb.h"
#include "utils/syscache.h"
#include "utils/timestamp.h"

#include "base/dname_rules.h"
#include "base/row_cache.h"
#include "base/row_column.h"
#include "base/row_fetch.h"
#include "phase/name_policy.h"

static RowCache facts_by_zone = {
	.table = "zone",
	.query = "SELECT z.id::pg_catalog.text, dos_internal.name_facts(z.id) FROM dos.zone AS z",
	.whole = true,
	.also = {"zone_state", "phase", "reserved_list", "reserved_zone", "reserved_pattern", "idn_table", "zone_idn_table", "nndn"},
};

static FetchTable reserved_names = {
	.name = "reserved_name", .index = "reserved_name_pkey", .equals = F_TEXTEQ, .columns = {"list_id"},
};

PG_FUNCTION_INFO_V1(dos_sql_name_policy);

bool
dos_name_facts(int32 zone_id, Datum *facts)
{
	char		key[12];

	snprintf(key, sizeof(key), "%d", zone_id);
	return dos_row_cache_get(&facts_by_zone, key, facts);
}

bool
dos_name_facts_generation(uint64 *generation)
{
	return dos_row_cache_current(&facts_by_zone, generation);
}

/* Does the command carry one of the extensions that speak of the name? */
static bool
extensions_speak(Jsonb *extensions)
{
	static const char *const keys[] = {"launch", "idn"};

	if (extensions == NULL || !JB_ROOT_IS_OBJECT(extensions))
		return false;
	for (int i = 0; i < lengthof(keys); i++)
		if (getKeyJsonValueFromContainer(&extensions->root, keys[i], strlen(keys[i]), NULL) != NULL)
			return true;
	return false;
}

bool
dos_name_lists_may_hold(Datum patterns_array, const char *label)
{
	FetchedRow	row;
	Datum	   *patterns;
	int			count;
	char	   *unicode = strncmp(label, "xn--", 4) == 0 ? dos_dname_unicode(label) : NULL;
	bool		found = false;

	deconstruct_array(DatumGetArrayTypeP(patterns_array), TEXTOID, -1, false, TYPALIGN_INT, &patterns, NULL, &count);
	for (int i = 0; i < count && !found; i++)
		found = RE_compile_and_execute(DatumGetTextPP(patterns[i]), unconstify(char *, label), strlen(label), REG_ADVANCED,
									   DEFAULT_COLLATION_OID, 0, NULL) ||
			(unicode != NULL && RE_compile_and_execute(DatumGetTextPP(patterns[i]), unicode, strlen(unicode), REG_ADVANCED,
													   DEFAULT_COLLATION_OID, 0, NULL));
	free(unicode);
	if (found)
		return true;
	return dos_fetch(&reserved_names, CStringGetTextDatum(label), &row);
}

/* The verdict on a label that breaks a rule of its zone. */
static Datum
label_verdict(FunctionCallInfo fcinfo, const char *name, LabelProblem problem, const char *explanation)
{
	TupleDesc	description;
	Datum	   *values;
	bool	   *nulls;

	if (get_call_result_type(fcinfo, NULL, &description) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "name_policy() returns a composite");
	description = BlessTupleDesc(description);
	values = palloc0(description->natts * sizeof(Datum));
	nulls = palloc(description->natts * sizeof(bool));
	memset(nulls, true, description->natts);
	memset(nulls, false, 6);
	values[0] = Int32GetDatum(2306);
	values[1] = CStringGetTextDatum(dos_zone_label_reason(problem));
	values[2] = CStringGetTextDatum(dos_zone_label_answer(problem));
	values[3] = CStringGetTextDatum(psprintf("\"%s\" cannot be registered", name));
	values[4] = CStringGetTextDatum("domain:name");
	values[5] = CStringGetTextDatum(explanation);
	return HeapTupleGetDatum(heap_form_tuple(description, values, nulls));
}

/*
 * Is the zone in the ordinary life after its launch: one open phase that asks for nothing, alone now, and no list
 * that may hold the label? Then *verdict takes the name in that phase.
 */
static bool
calm_verdict(FunctionCallInfo fcinfo, HeapTupleHeader facts, const char *label, Datum *verdict)
{
	TimestampTz at = PG_GETARG_TIMESTAMPTZ(5);
	TupleDesc	description;
	Datum	   *values;
	bool	   *nulls;
	bool		isnull;
	Datum		id = GetAttributeByName(facts, "calm_id", &isnull);

	if (isnull || at < dos_row_time(facts, "calm_from") ||
		at >= dos_row_time(facts, "calm_until") || strncmp(label, "xn--", 4) == 0 ||
		dos_name_lists_may_hold(GetAttributeByName(facts, "patterns", &isnull), label))
		return false;
	if (get_call_result_type(fcinfo, NULL, &description) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "name_policy() returns a composite");
	description = BlessTupleDesc(description);
	values = palloc0(description->natts * sizeof(Datum));
	nulls = palloc(description->natts * sizeof(bool));
	memset(nulls, true, description->natts);
	nulls[6] = nulls[7] = false;
	values[6] = id;
	values[7] = GetAttributeByName(facts, "calm_name", &isnull);
	*verdict = HeapTupleGetDatum(heap_form_tuple(description, values, nulls));
	return true;
}

/* Ask name_policy_judge(). */
static Datum
judge(FunctionCallInfo fcinfo, const char *label, Datum facts, bool *isnull)
{
	static SPIPlanPtr plan = NULL;
	Oid			schema = get_namespace_oid("dos_internal", false);
	Oid			types[8] = {get_fn_expr_argtype(fcinfo->flinfo, 0), TEXTOID, TEXTOID, INT4OID, TEXTOID, JSONBOID, TIMESTAMPTZOID, InvalidOid};
	Datum		values[8];
	char		nulls[9] = "        ";
	MemoryContext caller = CurrentMemoryContext;
	Datum		result;

	types[0] = HeapTupleHeaderGetTypeId(PG_GETARG_HEAPTUPLEHEADER(0));
	types[7] = GetSysCacheOid2(TYPENAMENSP, Anum_pg_type_oid, CStringGetDatum("name_facts"), ObjectIdGetDatum(schema));
	values[0] = PG_GETARG_DATUM(0);
	values[1] = CStringGetTextDatum(label);
	for (int i = 1; i < 6; i++)
	{
		values[i + 1] = PG_GETARG_DATUM(i);
		if (PG_ARGISNULL(i))
			nulls[i + 1] = 'n';
	}
	values[7] = facts;
	SPI_connect();
	if (plan == NULL)
	{
		SPIPlanPtr	fresh = SPI_prepare("SELECT dos_internal.name_policy_judge($1, $2, $3, $4, $5, $6, $7, $8)", 8, types);

		if (fresh == NULL || SPI_keepplan(fresh) != 0)
			elog(ERROR, "could not prepare the name policy");
		plan = fresh;
	}
	if (SPI_execute_plan(plan, values, nulls, false, 1) != SPI_OK_SELECT || SPI_processed != 1)
		elog(ERROR, "could not ask the name policy");
	result = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, isnull);
	if (!*isnull)
	{
		MemoryContext spi = MemoryContextSwitchTo(caller);

		result = SPI_datumTransfer(result, false, -1);
		MemoryContextSwitchTo(spi);
	}
	SPI_finish();
	return result;
}

/* (zone, name, registrar_id, verb, extensions, at) -> verdict, or NULL when there is nothing to say */
Datum
dos_sql_name_policy(PG_FUNCTION_ARGS)
{
	HeapTupleHeader zone;
	char	   *name;
	Jsonb	   *extensions = PG_ARGISNULL(4) ? NULL : PG_GETARG_JSONB_P(4);
	const NameZone *rules;
	char	   *explanation;
	LabelProblem problem;
	bool		decided;
	char	   *label;
	Datum		facts;
	Datum		verdict;
	bool		isnull;

	/* a name in no zone is nobody's business here */
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	zone = PG_GETARG_HEAPTUPLEHEADER(0);
	name = text_to_cstring(PG_GETARG_TEXT_PP(1));
	rules = dos_name_zone(zone);
	if (rules == NULL)
		PG_RETURN_NULL();
	decided = dos_name_glance(rules, name, &problem, &explanation);
	if (problem != LABEL_OK)
		PG_RETURN_DATUM(label_verdict(fcinfo, name, problem, explanation));
	if (decided && !extensions_speak(extensions))
		PG_RETURN_NULL();
	if (!dos_name_facts(rules->id, &facts))
		PG_RETURN_NULL();
	label = pnstrdup(name, strcspn(name, "."));		/* a label has no dot, so the first one ends it */
	if (!extensions_speak(extensions) && calm_verdict(fcinfo, DatumGetHeapTupleHeader(facts), label, &verdict))
		PG_RETURN_DATUM(verdict);
	verdict = judge(fcinfo, label, facts, &isnull);
	if (isnull)
		PG_RETURN_NULL();
	PG_RETURN_DATUM(verdict);
}
