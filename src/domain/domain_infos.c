/*
 * domain_infos.c
 *	  Many infos in one call: what gateways make of those that wait at the same time. Tables and scans stay open
 *	  from the first to the last.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/memutils.h"

#include "base/error.h"
#include "base/row_fetch.h"
#include "domain/domain_answer.h"

PG_FUNCTION_INFO_V1(dos_sql_domain_infos);

static void
refuse_question(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_DOS_PARAMETER_SYNTAX),
			 errmsg("each registrar needs names"),
			 errdetail("There are as many lists of names as registrars, and none is NULL."),
			 dos_reason("infos_incomplete"), dos_element("domain:name")));
}

/* One registrar's names: a row for each; without anything in it when the verb must be asked. */
static void
answer_group(ReturnSetInfo *result, Datum registrar, Datum literal)
{
	int32		registrar_id = dos_domain_asker(TextDatumGetCString(registrar));
	Datum		array = OidInputFunctionCall(F_ARRAY_IN, TextDatumGetCString(literal), TEXTOID, -1);
	Datum	   *names;
	bool	   *nulls;
	int			count;

	deconstruct_array(DatumGetArrayTypeP(array), TEXTOID, -1, false, TYPALIGN_INT, &names, &nulls, &count);
	for (int i = 0; i < count; i++)
	{
		DomainAnswer answer;

		if (nulls[i] || !dos_domain_answer_plain(DatumGetTextPP(names[i]), registrar_id, &answer))
			memset(answer.nulls, true, sizeof(answer.nulls));
		tuplestore_putvalues(result->setResult, result->setDesc, answer.values, answer.nulls);
	}
}

/* (registrars, literals of their names) -> a dos.domain_data for each name; group by group, in the order asked */
Datum
dos_sql_domain_infos(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	MemoryContext caller = CurrentMemoryContext;
	MemoryContext each;
	Datum	   *registrars,
			   *literals;
	bool	   *no_registrar,
			   *no_literal;
	FetchSession *session;
	int			groups,
				others;

	InitMaterializedSRF(fcinfo, 0);
	if (result->setDesc->natts != DOMAIN_ANSWER_COLUMNS)
		elog(ERROR, "dos.domain_data is not what it was");
	deconstruct_array(PG_GETARG_ARRAYTYPE_P(0), TEXTOID, -1, false, TYPALIGN_INT, &registrars, &no_registrar, &groups);
	deconstruct_array(PG_GETARG_ARRAYTYPE_P(1), TEXTOID, -1, false, TYPALIGN_INT, &literals, &no_literal, &others);
	if (others != groups)
		refuse_question();
	session = dos_fetch_begin();
	each = AllocSetContextCreate(caller, "dos domain infos", ALLOCSET_DEFAULT_SIZES);
	for (int i = 0; i < groups; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (no_registrar[i] || no_literal[i])
			refuse_question();
		MemoryContextSwitchTo(each);
		answer_group(result, registrars[i], literals[i]);
		MemoryContextSwitchTo(caller);
		MemoryContextReset(each);
	}
	MemoryContextDelete(each);
	dos_fetch_end(session);
	return (Datum) 0;
}
