/*
 * publish.c
 *	  SQL faces of the table of what is published, of serial arithmetic and of names in zone order.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "executor/executor.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

#include "base/dname_rules.h"
#include "dns/publish_rules.h"

PG_FUNCTION_INFO_V1(dos_sql_dns_rules);
PG_FUNCTION_INFO_V1(dos_sql_dns_published);
PG_FUNCTION_INFO_V1(dos_sql_serial_compare);
PG_FUNCTION_INFO_V1(dos_sql_dname_within);
PG_FUNCTION_INFO_V1(dos_sql_dname_zone_key);
PG_FUNCTION_INFO_V1(dos_sql_dns_sibling_servers);

Datum
dos_sql_dns_rules(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < PUBLISH_CASE_COUNT; i++)
	{
		const PublishRule *rule = dos_publish_rule((PublishCase) i);
		Datum		values[5] = {CStringGetTextDatum(rule->name), CStringGetTextDatum(rule->records),
			BoolGetDatum(rule->published[GLUE_NARROW]), BoolGetDatum(rule->published[GLUE_WIDE]),
		CStringGetTextDatum(rule->because)};
		bool		nulls[5] = {false};

		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}

Datum
dos_sql_dns_published(PG_FUNCTION_ARGS)
{
	char	   *name = text_to_cstring(PG_GETARG_TEXT_PP(0));
	char	   *policy = text_to_cstring(PG_GETARG_TEXT_PP(1));
	PublishCase found = dos_publish_case_find(name);
	PublishGlue glue = dos_publish_glue_find(policy);

	if (found == PUBLISH_CASE_COUNT || glue == GLUE_POLICY_COUNT)
		elog(ERROR, "publish case \"%s\" or glue policy \"%s\" does not exist", name, policy);
	PG_RETURN_BOOL(dos_publish_rule(found)->published[glue]);
}

Datum
dos_sql_serial_compare(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(dos_serial_compare((uint32_t) PG_GETARG_INT64(0), (uint32_t) PG_GETARG_INT64(1)));
}

Datum
dos_sql_dname_within(PG_FUNCTION_ARGS)
{
	text	   *name = PG_GETARG_TEXT_PP(0);
	text	   *ancestor = PG_GETARG_TEXT_PP(1);

	PG_RETURN_BOOL(dos_dname_is_within(VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name),
									   VARDATA_ANY(ancestor), VARSIZE_ANY_EXHDR(ancestor)));
}

/*
 * The labels from the right, each followed by a space: 'a.example' becomes 'example a '. A space sorts
 * before everything a label holds, so keys sort like names (RFC 4034 section 6.1), and the names under
 * one share its key as a prefix.
 */
Datum
dos_sql_dname_zone_key(PG_FUNCTION_ARGS)
{
	text	   *name = PG_GETARG_TEXT_PP(0);
	const char *start = VARDATA_ANY(name);
	const char *end = start + VARSIZE_ANY_EXHDR(name);
	text	   *key = palloc(VARHDRSZ + (end - start) + 1);
	char	   *out = VARDATA(key);

	while (end > start)
	{
		const char *label = end;

		while (label > start && label[-1] != '.')
			label--;
		memcpy(out, label, end - label);
		out += end - label;
		*out++ = ' ';
		end = label > start ? label - 1 : label;
	}
	SET_VARSIZE(key, out - (char *) key);
	PG_RETURN_TEXT_P(key);
}

/* Names in a domain's host attributes that lie beside it: under its parent, and not in the domain itself. */
Datum
dos_sql_dns_sibling_servers(PG_FUNCTION_ARGS)
{
	text	   *domain = PG_GETARG_TEXT_PP(0);
	ArrayType  *attributes = PG_GETARG_ARRAYTYPE_P(1);
	const char *name = VARDATA_ANY(domain);
	int			length = VARSIZE_ANY_EXHDR(domain);
	const char *dot = memchr(name, '.', length);
	const char *parent = dot ? dot + 1 : name + length;
	Datum	   *elements;
	bool	   *nulls;
	int			count;
	int			kept = 0;

	deconstruct_array(attributes, ARR_ELEMTYPE(attributes), -1, false, TYPALIGN_DOUBLE, &elements, &nulls, &count);
	for (int i = 0; i < count; i++)
	{
		bool		null = nulls[i];
		Datum		server = null ? (Datum) 0 : GetAttributeByNum(DatumGetHeapTupleHeader(elements[i]), 1, &null);
		text	   *host;

		if (null)
			continue;
		host = DatumGetTextPP(server);
		if (dos_dname_is_within(VARDATA_ANY(host), VARSIZE_ANY_EXHDR(host), parent, name + length - parent) &&
			!dos_dname_is_within(VARDATA_ANY(host), VARSIZE_ANY_EXHDR(host), name, length))
			elements[kept++] = PointerGetDatum(host);
	}
	PG_RETURN_ARRAYTYPE_P(construct_array(elements, kept, TEXTOID, -1, false, TYPALIGN_INT));
}
