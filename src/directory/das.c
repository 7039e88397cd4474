/*
 * das.c
 *	  Availability of many names at once: the registered ones are found by key, free ones of zones whose rules
 *	  cost no query by a look, and one query asks policy about all the others.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"

#include "base/clock.h"
#include "base/dname_rules.h"
#include "base/row_fetch.h"
#include "directory/das_rules.h"
#include "directory/directory_answer.h"
#include "domain/domain_look.h"

/* One name: what was asked, its canonical form when it has one, and the answer. */
typedef struct DasName
{
	text	   *asked;
	Datum		canonical;
	DasStatus	status;
	bool		is_open;		/* nothing has been said yet; status is DAS_AVAILABLE */
	const char *class;			/* of its price; NULL: the usual one */
} DasName;

static const char free_sql[] = "SELECT f.name, f.status, f.class FROM dos_internal.das_free($1) AS f";

static SPIPlanPtr free_plan;

PG_FUNCTION_INFO_V1(dos_sql_das_check);
PG_FUNCTION_INFO_V1(dos_sql_das);
PG_FUNCTION_INFO_V1(dos_sql_das_statuses);

static bool
same_name(Datum a, Datum b)
{
	text	   *first = DatumGetTextPP(a);
	text	   *second = DatumGetTextPP(b);

	return VARSIZE_ANY_EXHDR(first) == VARSIZE_ANY_EXHDR(second) &&
		memcmp(VARDATA_ANY(first), VARDATA_ANY(second), VARSIZE_ANY_EXHDR(first)) == 0;
}

/* The canonical names that policy must be asked about, as text[]. */
static Datum
names_open(const DasName *names, int count)
{
	Datum	   *elements = palloc((count + 1) * sizeof(Datum));
	int			used = 0;

	for (int i = 0; i < count; i++)
		if (names[i].is_open)
			elements[used++] = names[i].canonical;
	if (used == 0)
		return (Datum) 0;
	return PointerGetDatum(construct_array(elements, used, TEXTOID, -1, false, TYPALIGN_INT));
}

static void
set_status(DasName *names, int count, Datum canonical, DasStatus status, const char *class)
{
	for (int i = 0; i < count; i++)
		if (names[i].is_open && same_name(names[i].canonical, canonical))
		{
			names[i].status = status;
			names[i].class = class;
		}
}

static void
find_unfit(DasName *names, int count)
{
	Datum		wanted = names_open(names, count);
	bool		isnull;

	if (wanted == (Datum) 0)
		return;
	if (free_plan == NULL)
	{
		SPIPlanPtr	plan = SPI_prepare_cursor(free_sql, 1, (Oid[]) {TEXTARRAYOID}, CURSOR_OPT_GENERIC_PLAN);

		if (plan == NULL || SPI_keepplan(plan) != 0)
			elog(ERROR, "could not prepare \"%s\"", free_sql);
		free_plan = plan;
	}
	if (SPI_execute_plan(free_plan, &wanted, NULL, true, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not run \"%s\"", free_sql);
	for (uint64 row = 0; row < SPI_processed; row++)
	{
		HeapTuple	tuple = SPI_tuptable->vals[row];
		TupleDesc	desc = SPI_tuptable->tupdesc;
		DasStatus	status = dos_das_status_find(SPI_getvalue(tuple, desc, 2));

		if (status != DAS_AVAILABLE)
			set_status(names, count, SPI_getbinval(tuple, desc, 1, &isnull), status, SPI_getvalue(tuple, desc, 3));
	}
}

/* What the row of a name says, or else a look at its zone. */
static void
das_look(DasName *name, const char *canonical, TimestampTz at)
{
	static const DasStatus statuses[] = {
		[DOMAIN_FREE] = DAS_AVAILABLE, [DOMAIN_ZONELESS] = DAS_NOT_SERVED, [DOMAIN_LABEL_UNFIT] = DAS_INVALID, [DOMAIN_UNDECIDED] = DAS_AVAILABLE,
	};
	FetchedRow	row;
	LifecycleState state;
	LabelProblem problem;
	bool		fee_always;
	DomainFree	found;

	name->status = DAS_REGISTERED;
	if (dos_domain_look(canonical, at, &row, &state))
	{
		if (state.registered)
			return;
		found = DOMAIN_UNDECIDED;
	}
	else
		found = dos_domain_free(canonical, at, &problem, &fee_always);
	name->status = statuses[found];
	name->is_open = found == DOMAIN_UNDECIDED;
}

/* Between SPI_connect and SPI_finish. */
static void
das_check(DasName *names, int count)
{
	TimestampTz at = dos_clock_now();
	FetchSession *session = dos_fetch_begin();

	for (int i = 0; i < count; i++)
	{
		char		canonical[DOS_DNAME_MAX + 1];
		size_t		length;
		DnameProblem problem = dos_dname_canonical(VARDATA_ANY(names[i].asked), VARSIZE_ANY_EXHDR(names[i].asked),
												   canonical, &length);

		names[i].status = DAS_INVALID;
		if (problem != DNAME_OK)
			continue;
		canonical[length] = '\0';
		names[i].canonical = PointerGetDatum(cstring_to_text_with_len(canonical, length));
		das_look(&names[i], canonical, at);
	}
	dos_fetch_end(session);
	find_unfit(names, count);
}

Datum
dos_sql_das_check(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	int			count;
	text	  **asked = dos_answer_questions(PG_GETARG_DATUM(0), &count);
	DasName    *names = palloc0((count + 1) * sizeof(DasName));

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < count; i++)
		names[i].asked = asked[i];
	SPI_connect();
	das_check(names, count);
	for (int i = 0; i < count; i++)
	{
		Datum		values[] = {
			PointerGetDatum(names[i].asked), CStringGetTextDatum(dos_das_status(names[i].status)->word),
			names[i].class ? CStringGetTextDatum(names[i].class) : (Datum) 0,
		};
		bool		row_nulls[lengthof(values)] = {false, false, names[i].class == NULL};

		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, row_nulls);
	}
	SPI_finish();
	return (Datum) 0;
}

/* "name status", on one line whatever the name holds. */
Datum
dos_sql_das(PG_FUNCTION_ARGS)
{
	DasName		name = {.asked = PG_GETARG_TEXT_PP(0)};
	char	   *line;

	SPI_connect();
	das_check(&name, 1);
	SPI_finish();
	line = psprintf("%s %s", text_to_cstring(name.asked), dos_das_status(name.status)->word);
	for (char *c = line; *c != '\0'; c++)
		if ((unsigned char) *c < 0x20 || *c == 0x7F)
			*c = ' ';
	PG_RETURN_TEXT_P(cstring_to_text(line));
}

Datum
dos_sql_das_statuses(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	for (int status = 0; status < DAS_STATUS_COUNT; status++)
	{
		const DasStatusRule *rule = dos_das_status((DasStatus) status);
		Datum		values[] = {CStringGetTextDatum(rule->word), CStringGetTextDatum(rule->meaning)};
		bool		nulls[lengthof(values)] = {false};

		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}
