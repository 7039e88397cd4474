/*
 * domain_look.c
 *	  domain:check where nothing but the name matters: taken names, and free names of zones whose rules cost no
 *	  query. What is left is for domain_check.sql.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/tuplestore.h"

#include "base/clock.h"
#include "base/dname_rules.h"
#include "domain/domain_look.h"
#include "phase/name_policy.h"
#include "pricing/pricing_book.h"
#include "registrar/registrar.h"

static FetchTable domain_by_name = {
	.name = "domain", .index = "domain_name_taken", .equals = F_TEXTEQ,
	.columns = {"id", "name", "roid", "registrar_id", "creator_id", "updater_id", "created_at", "updated_at", "transferred_at",
	"registrant_id", "admin_ids", "billing_ids", "tech_ids", "ds", "keys", "max_sig_life", "org_ids", "idn_table_id",
	DOMAIN_STATE_COLUMNS},
};

PG_FUNCTION_INFO_V1(dos_sql_domain_look);
PG_FUNCTION_INFO_V1(dos_sql_domain_checks);

bool
dos_domain_look(const char *name, TimestampTz at, FetchedRow *row, LifecycleState *state)
{
	if (!dos_fetch(&domain_by_name, CStringGetTextDatum(name), row))
		return false;
	if (!dos_domain_state_of(row->values + LOOK_STATE, row->nulls + LOOK_STATE, at, state))
		elog(ERROR, "domain \"%s\" has no zone", name);
	return true;
}

DomainFree
dos_domain_free(const char *name, TimestampTz at, LabelProblem *problem, bool *fee_always)
{
	Datum		zone_row;
	const NameZone *zone;
	PremiumFound premium;

	if (!dos_zone_of(name, &zone_row))
		return DOMAIN_ZONELESS;
	zone = dos_name_zone(DatumGetHeapTupleHeader(zone_row));
	if (zone == NULL || !dos_name_glance(zone, name, problem, NULL))
		return DOMAIN_UNDECIDED;
	if (*problem != LABEL_OK)
		return DOMAIN_LABEL_UNFIT;
	*fee_always = zone->fee_always;
	return dos_premium_find(dos_pricing_book(), zone->id, name, at, &premium) ? DOMAIN_UNDECIDED : DOMAIN_FREE;
}

/*
 * Why a name is not available, NULL when it is; false when that takes a query. A row whose life is over may stand for
 * a blocked name, premium names and zones with compulsory fees for an objection of the price.
 */
static bool
look(const char *asked, size_t length, TimestampTz at, const char **reason)
{
	char		name[DOS_DNAME_MAX + 1];
	size_t		name_length;
	FetchedRow	row;
	LifecycleState state;
	LabelProblem problem;
	bool		fee_always;

	*reason = NULL;
	if (dos_dname_canonical(asked, length, name, &name_length) != DNAME_OK)
	{
		*reason = "Invalid name";
		return true;
	}
	if (dos_domain_look(name, at, &row, &state))
	{
		*reason = "In use";
		return state.registered;
	}
	switch (dos_domain_free(name, at, &problem, &fee_always))
	{
		case DOMAIN_ZONELESS:
			*reason = "Not in a zone of this registry";
			return true;
		case DOMAIN_LABEL_UNFIT:
			*reason = dos_zone_label_answer(problem);
			return true;
		case DOMAIN_FREE:
			return !fee_always;
		case DOMAIN_UNDECIDED:
			break;
	}
	return false;
}

/* What a look says of a name, as columns name, available, reason; true when it could decide. */
static bool
look_columns(Datum name, bool isnull, TimestampTz at, Datum *values, bool *nulls)
{
	const char *reason = NULL;
	bool		decided = !isnull && look(VARDATA_ANY(DatumGetTextPP(name)), VARSIZE_ANY_EXHDR(DatumGetTextPP(name)), at, &reason);

	values[0] = name;
	nulls[0] = isnull;
	values[1] = BoolGetDatum(reason == NULL);
	nulls[1] = false;
	values[2] = reason == NULL ? (Datum) 0 : CStringGetTextDatum(reason);
	nulls[2] = reason == NULL;
	return decided;
}

/* (registrar, names) -> name, available, reason, undecided; in the order asked */
Datum
dos_sql_domain_look(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	TimestampTz at = dos_clock_now();
	MemoryContext caller = CurrentMemoryContext;
	MemoryContext each;
	FetchSession *session;
	Datum	   *names;
	bool	   *nulls;
	int			count;

	dos_registrar_act(PG_ARGISNULL(0) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(0)), "check", NULL);
	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(1))
		return (Datum) 0;
	deconstruct_array(PG_GETARG_ARRAYTYPE_P(1), TEXTOID, -1, false, TYPALIGN_INT, &names, &nulls, &count);
	dos_check_require(count, "domain:name");
	session = dos_fetch_begin();
	each = AllocSetContextCreate(caller, "dos domain check", ALLOCSET_DEFAULT_SIZES);
	for (int i = 0; i < count; i++)
	{
		Datum		values[4];
		bool		value_nulls[4] = {false};

		MemoryContextSwitchTo(each);
		values[3] = BoolGetDatum(!look_columns(names[i], nulls[i], at, values, value_nulls));
		MemoryContextSwitchTo(caller);
		tuplestore_putvalues(result->setResult, result->setDesc, values, value_nulls);
		MemoryContextReset(each);
	}
	MemoryContextDelete(each);
	dos_fetch_end(session);
	return (Datum) 0;
}

/* What dos.domain_check() answers for these names: its rows go to the result as they are. */
static void
ask_verb(ReturnSetInfo *result, Datum registrar, Datum names, Datum extensions, bool plain)
{
	static SPIPlanPtr plan;
	Datum		values[3] = {registrar, names, extensions};

	SPI_connect();
	if (plan == NULL)
	{
		plan = SPI_prepare("SELECT c.name, c.available, c.reason, c.extension FROM dos.domain_check($1, $2, $3) AS c", 3,
						   (Oid[]) {TEXTOID, TEXTARRAYOID, JSONBOID});
		if (plan == NULL || SPI_keepplan(plan) != 0)
			elog(ERROR, "could not prepare a check");
	}
	if (SPI_execute_plan(plan, values, plain ? "  n" : NULL, true, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not check");
	for (uint64 i = 0; i < SPI_processed; i++)
		tuplestore_puttuple(result->setResult, SPI_tuptable->vals[i]);
	SPI_finish();
}

/* One registrar's plain names: what a look cannot decide is asked of the verb, name by name. */
static void
look_group(ReturnSetInfo *result, Datum registrar, Datum *names, bool *nulls, int count)
{
	TimestampTz at = dos_clock_now();

	dos_registrar_act(TextDatumGetCString(registrar), "check", NULL);
	dos_check_require(count, "domain:name");
	for (int i = 0; i < count; i++)
	{
		Datum		values[4];
		bool		value_nulls[4] = {false, false, false, true};

		if (look_columns(names[i], nulls[i], at, values, value_nulls))
			tuplestore_putvalues(result->setResult, result->setDesc, values, value_nulls);
		else
			ask_verb(result, registrar, PointerGetDatum(construct_md_array(&names[i], &nulls[i], 1, (int[]) {1}, (int[]) {1}, TEXTOID, -1, false, TYPALIGN_INT)),
					 (Datum) 0, true);
	}
}

/* (registrars, literals of their names, their extensions) -> name, available, reason, extension; group by group, in the order asked */
Datum
dos_sql_domain_checks(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	MemoryContext caller = CurrentMemoryContext;
	MemoryContext each;
	Datum	   *registrars,
			   *literals,
			   *extensions;
	bool	   *no_extensions;
	FetchSession *session;
	int			groups,
				others;

	InitMaterializedSRF(fcinfo, 0);
	deconstruct_array(PG_GETARG_ARRAYTYPE_P(0), TEXTOID, -1, false, TYPALIGN_INT, &registrars, NULL, &groups);
	deconstruct_array(PG_GETARG_ARRAYTYPE_P(1), TEXTOID, -1, false, TYPALIGN_INT, &literals, NULL, &others);
	if (others == groups)
		deconstruct_array(PG_GETARG_ARRAYTYPE_P(2), JSONBOID, -1, false, TYPALIGN_INT, &extensions, &no_extensions, &others);
	if (others != groups)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("each registrar needs names and extensions")));
	session = dos_fetch_begin();
	each = AllocSetContextCreate(caller, "dos domain checks", ALLOCSET_DEFAULT_SIZES);
	for (int i = 0; i < groups; i++)
	{
		Datum		names;
		Datum	   *texts;
		bool	   *nulls;
		int			count;

		CHECK_FOR_INTERRUPTS();
		MemoryContextSwitchTo(each);
		names = OidInputFunctionCall(F_ARRAY_IN, TextDatumGetCString(literals[i]), TEXTOID, -1);
		if (no_extensions[i])
		{
			deconstruct_array(DatumGetArrayTypeP(names), TEXTOID, -1, false, TYPALIGN_INT, &texts, &nulls, &count);
			look_group(result, registrars[i], texts, nulls, count);
		}
		else
			ask_verb(result, registrars[i], names, extensions[i], false);
		MemoryContextSwitchTo(caller);
		MemoryContextReset(each);
	}
	MemoryContextDelete(each);
	dos_fetch_end(session);
	return (Datum) 0;
}
