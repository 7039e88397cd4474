/*
 * zone_record.c
 *	  SQL faces of the rules for an operator's own records, and their text read by Knot's zone scanner.
 */
#include "postgres.h"

#include <libzscanner/scanner.h>

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/formatting.h"
#include "utils/tuplestore.h"

#include "base/error.h"
#include "zone/zone_record_rules.h"

PG_FUNCTION_INFO_V1(dos_sql_zone_record_rules);
PG_FUNCTION_INFO_V1(dos_sql_zone_record_problem);
PG_FUNCTION_INFO_V1(dos_sql_zone_record_owner);
PG_FUNCTION_INFO_V1(dos_sql_zone_record_rdata);

Datum
dos_sql_zone_record_rules(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	const ZoneRecordRule *rule;

	InitMaterializedSRF(fcinfo, 0);
	for (size_t i = 0; (rule = dos_zone_record_rule(i)) != NULL; i++)
	{
		Datum		values[] = {CStringGetTextDatum(rule->name),
			BoolGetDatum(rule->generic[ZONE_RECORD_APEX]), BoolGetDatum(rule->generic[ZONE_RECORD_INSIDE]),
			BoolGetDatum(rule->other[ZONE_RECORD_APEX]), BoolGetDatum(rule->other[ZONE_RECORD_INSIDE]),
		CStringGetTextDatum(rule->because)};
		bool		nulls[lengthof(values)] = {false};

		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}

Datum
dos_sql_zone_record_problem(PG_FUNCTION_ARGS)
{
	const char *problem = dos_zone_record_problem(PG_GETARG_INT32(0), PG_GETARG_BOOL(1),
												  PG_GETARG_BOOL(2) ? ZONE_RECORD_APEX : ZONE_RECORD_INSIDE, PG_GETARG_BOOL(3));

	if (problem == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(problem));
}

Datum
dos_sql_zone_record_owner(PG_FUNCTION_ARGS)
{
	text	   *name = PG_GETARG_TEXT_PP(0);
	char	   *owner = palloc(VARSIZE_ANY_EXHDR(name) + 1);
	const char *problem = dos_zone_record_owner(VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name), owner);

	if (problem != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_DOS_PARAMETER_SYNTAX),
				 errmsg("\"%s\" cannot own a record", text_to_cstring(name)),
				 errdetail("%s", problem), dos_reason("zone_record_owner"), dos_element("owner")));
	PG_RETURN_TEXT_P(cstring_to_text(owner));
}

static void
refuse_rdata(const char *type, const char *data, const char *problem)
{
	ereport(ERROR,
			(errcode(ERRCODE_DOS_PARAMETER_SYNTAX),
			 errmsg("%s record \"%s\" is not valid", type, data),
			 errdetail("%s", problem), dos_reason("zone_record_data"), dos_element("data")));
}

/* One line, one record: what cannot be part of it must not reach the scanner. */
static void
scan(zs_scanner_t *scanner, const char *type, const char *data)
{
	StringInfoData line;

	if (strspn(type, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != strlen(type) || *type == '\0')
		refuse_rdata(type, data, "The type is a mnemonic, or TYPE and a number (RFC 3597).");
	if (strpbrk(data, "\r\n") != NULL)
		refuse_rdata(type, data, "A record stands in one line.");
	initStringInfo(&line);
	appendStringInfo(&line, ". 0 IN %s %s\n", type, data);
	if (zs_init(scanner, ".", 1, 0) != 0 || zs_set_input_string(scanner, line.data, line.len) != 0)
		elog(ERROR, "the zone scanner does not start: %s", zs_strerror(scanner->error.code));
	if (zs_parse_record(scanner) != 0 || scanner->state != ZS_STATE_DATA)
	{
		const char *problem = scanner->error.code != 0 ? pstrdup(zs_strerror(scanner->error.code)) : "Nothing is there.";

		zs_deinit(scanner);
		refuse_rdata(type, data, problem);
	}
}

/* (type, data[]) to (type number, RDATA[]); names in the data are absolute. */
Datum
dos_sql_zone_record_rdata(PG_FUNCTION_ARGS)
{
	char	   *type = asc_toupper(VARDATA_ANY(PG_GETARG_TEXT_PP(0)), VARSIZE_ANY_EXHDR(PG_GETARG_TEXT_PP(0)));
	zs_scanner_t *scanner = palloc0(sizeof(zs_scanner_t));
	Datum	   *data;
	bool	   *nulls;
	int			count;
	int			rtype = 0;
	Datum		values[2];
	bool		value_nulls[2] = {false};
	TupleDesc	row;

	if (get_call_result_type(fcinfo, NULL, &row) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	deconstruct_array(PG_GETARG_ARRAYTYPE_P(1), TEXTOID, -1, false, TYPALIGN_INT, &data, &nulls, &count);
	if (count == 0)
		refuse_rdata(type, "", "A record has data.");
	for (int i = 0; i < count; i++)
	{
		char	   *one = nulls[i] ? "" : TextDatumGetCString(data[i]);

		scan(scanner, type, one);
		rtype = scanner->r_type;
		if (strncmp(one + strspn(one, " \t"), "\\#", 2) == 0 && !dos_zone_record_opaque(rtype))
			refuse_rdata(type, one, "Records of an assigned type are given by their own text, not as octets.");
		data[i] = PointerGetDatum(cstring_to_text_with_len((char *) scanner->r_data, (int) scanner->r_data_length));
		zs_deinit(scanner);
	}
	values[0] = Int32GetDatum(rtype);
	values[1] = PointerGetDatum(construct_array(data, count, BYTEAOID, -1, false, TYPALIGN_INT));
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(row), values, value_nulls)));
}
