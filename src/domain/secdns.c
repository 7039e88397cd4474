/*
 * secdns.c
 *	  SQL face of the DS and key rules.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "base/error.h"
#include "domain/secdns_rules.h"

PG_FUNCTION_INFO_V1(dos_sql_secdns_canonical);

static void
refuse(SecdnsProblem problem, const char *element, const char *text)
{
	ereport(ERROR,
			(errcode(ERRCODE_DOS_PARAMETER_SYNTAX),
			 errmsg("DNSSEC data \"%.64s\" is not valid", text),
			 errdetail("%s", dos_secdns_problem_text(problem)),
			 dos_reason(dos_secdns_problem_reason(problem)),
			 dos_element(element)));
}

/* (values text[], keys boolean) -> text[]: each value in canonical form, or an error */
Datum
dos_sql_secdns_canonical(PG_FUNCTION_ARGS)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(0);
	bool		keys = PG_GETARG_BOOL(1);
	SecdnsDs   *ds = palloc(sizeof(SecdnsDs));
	SecdnsKey  *key = palloc(sizeof(SecdnsKey));
	Datum	   *values;
	bool	   *nulls;
	int			count;

	if (ARR_NDIM(array) == 0)
		PG_RETURN_ARRAYTYPE_P(array);
	deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &values, &nulls, &count);
	for (int i = 0; i < count; i++)
	{
		char	   *value = nulls[i] ? pstrdup("") : TextDatumGetCString(values[i]);
		SecdnsProblem problem = keys ? dos_secdns_key(value, key) : dos_secdns_ds(value, ds);

		if (problem != SECDNS_OK)
			refuse(problem, keys ? "secDNS:keyData" : "secDNS:dsData", value);
		values[i] = CStringGetTextDatum(keys ? key->text : ds->text);
	}
	PG_RETURN_ARRAYTYPE_P(construct_array(values, count, TEXTOID, -1, false, TYPALIGN_INT));
}
