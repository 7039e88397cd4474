/*
 * act.c
 *	  Who acts in this transaction, and why.
 *
 * The verb says so once, in its gather step; the triggers that keep versions (history.c) write it beside
 * them. It is backend-local memory, so it costs a verb nothing, and it ends with the transaction. What
 * the clock does inside a registrar's command (an automatic renewal that a command writes down) is put
 * aside and taken up again with dos_internal.act_clock().
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/xact.h"
#include "catalog/namespace.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"
#include "utils/memutils.h"
#include "utils/syscache.h"
#include "utils/timestamp.h"
#include "utils/typcache.h"

#include "base/clock.h"
#include "history/act.h"

#define ACT_REASON_MAX 1024
#define ACT_NAME_MAX 256

typedef struct Act
{
	bool		is_known;
	bool		by_staff;
	char		registrar[20];
	char		staff[ACT_NAME_MAX];
	char		verb[NAMEDATALEN];
	char		svtrid[68];
	char		reason[ACT_REASON_MAX];
	Jsonb	   *facts;			/* in the transaction's memory */
} Act;

enum
{
	ACT_VERSION, ACT_AT, ACT_REGISTRAR, ACT_STAFF, ACT_VERB, ACT_SVTRID, ACT_REASON, ACT_COLUMNS
};

static Act	present;
static Act	aside;

PG_FUNCTION_INFO_V1(dos_sql_act);
PG_FUNCTION_INFO_V1(dos_sql_act_staff);
PG_FUNCTION_INFO_V1(dos_sql_act_clock);

static void
act_ends(XactEvent event, void *arg)
{
	if (event == XACT_EVENT_COMMIT || event == XACT_EVENT_ABORT || event == XACT_EVENT_PREPARE)
	{
		present.is_known = present.by_staff = false;
		present.facts = aside.facts = NULL;
		aside.is_known = aside.by_staff = false;
	}
}

static void
act_begin(void)
{
	static bool has_callback;

	if (!has_callback)
	{
		RegisterXactCallback(act_ends, NULL);
		has_callback = true;
	}
	present.is_known = true;
	present.by_staff = false;
	present.facts = NULL;
	present.registrar[0] = present.staff[0] = present.verb[0] = present.svtrid[0] = present.reason[0] = '\0';
}

void
dos_act_registrar(const char *clid, const char *verb, const char *svtrid)
{
	if (present.is_known && present.by_staff)
		return;
	act_begin();
	strlcpy(present.registrar, clid, sizeof(present.registrar));
	strlcpy(present.verb, verb, sizeof(present.verb));
	strlcpy(present.svtrid, svtrid ? svtrid : "", sizeof(present.svtrid));
}

static TupleDesc
act_descriptor(void)
{
	Oid			schema = get_namespace_oid("dos", false);

	return lookup_rowtype_tupdesc(GetSysCacheOid2(TYPENAMENSP, Anum_pg_type_oid, CStringGetDatum("act"), ObjectIdGetDatum(schema)), -1);
}

Datum
dos_act_datum(int32 version)
{
	TupleDesc	desc = act_descriptor();
	Datum		values[ACT_COLUMNS];
	bool		nulls[ACT_COLUMNS] = {false};
	HeapTuple	tuple;
	const char *texts[] = {present.registrar, present.staff, present.verb, present.svtrid, present.reason};
	Datum		act;

	values[ACT_VERSION] = Int32GetDatum(version);
	values[ACT_AT] = TimestampTzGetDatum(dos_clock_now());
	for (int i = 0; i < (int) lengthof(texts); i++)
	{
		nulls[ACT_REGISTRAR + i] = !present.is_known || texts[i][0] == '\0';
		if (!nulls[ACT_REGISTRAR + i])
			values[ACT_REGISTRAR + i] = CStringGetTextDatum(texts[i]);
	}
	if (!present.is_known)
	{
		/* somebody with rights of their own, without a verb */
		values[ACT_STAFF] = CStringGetTextDatum(GetUserNameFromId(GetSessionUserId(), false));
		nulls[ACT_STAFF] = false;
	}
	tuple = heap_form_tuple(desc, values, nulls);
	act = HeapTupleGetDatum(tuple);
	ReleaseTupleDesc(desc);
	return act;
}

/* dos_internal.act() */
Datum
dos_sql_act(PG_FUNCTION_ARGS)
{
	PG_RETURN_DATUM(dos_act_datum(1));
}

bool
dos_act_by_staff(void)
{
	return present.is_known && present.by_staff;
}

Jsonb *
dos_act_facts(void)
{
	return dos_act_by_staff() ? present.facts : NULL;
}

static void
take(char *place, size_t size, FunctionCallInfo fcinfo, int argument)
{
	strlcpy(place, PG_ARGISNULL(argument) ? "" : text_to_cstring(PG_GETARG_TEXT_PP(argument)), size);
}

/* dos_internal.act_staff(staff, verb, svtrid, reason, facts) */
Datum
dos_sql_act_staff(PG_FUNCTION_ARGS)
{
	act_begin();
	present.by_staff = true;
	take(present.staff, sizeof(present.staff), fcinfo, 0);
	take(present.verb, sizeof(present.verb), fcinfo, 1);
	take(present.svtrid, sizeof(present.svtrid), fcinfo, 2);
	take(present.reason, sizeof(present.reason), fcinfo, 3);
	if (!PG_ARGISNULL(4))
	{
		MemoryContext old = MemoryContextSwitchTo(TopTransactionContext);

		present.facts = PG_GETARG_JSONB_P_COPY(4);
		MemoryContextSwitchTo(old);
	}
	PG_RETURN_VOID();
}

/* dos_internal.act_clock(verb): the clock acts, until it is called with NULL */
Datum
dos_sql_act_clock(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(0))
		present = aside;
	else
	{
		aside = present;
		act_begin();
		take(present.verb, sizeof(present.verb), fcinfo, 0);
	}
	PG_RETURN_VOID();
}
