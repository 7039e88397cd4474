/*
 * domain_answer.c
 *	  What domain:info says of a domain, fetched by keys without a query. Who may see all of it is decided in
 *	  domain_info.sql when the command carries authInfo.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "executor/executor.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/fmgrprotos.h"
#include "utils/timestamp.h"
#include "utils/typcache.h"

#include "base/clock.h"
#include "base/dname_rules.h"
#include "base/error.h"
#include "base/row_column.h"
#include "base/sql_call.h"
#include "domain/domain_answer.h"
#include "domain/domain_look.h"
#include "lifecycle/lifecycle.h"
#include "registrar/registrar.h"

/* columns of dos.domain_data */
enum
{
	ANSWER_CODE, ANSWER_NAME, ANSWER_ROID, ANSWER_STATUSES, ANSWER_REGISTRANT, ANSWER_CONTACTS, ANSWER_HOSTS, ANSWER_HOST_ATTRS,
	ANSWER_SUBORDINATE, ANSWER_SPONSOR, ANSWER_CREATOR, ANSWER_CREATED, ANSWER_UPDATER, ANSWER_UPDATED, ANSWER_EXPIRES,
	ANSWER_TRANSFERRED, ANSWER_HAS_AUTH, ANSWER_RGP, ANSWER_DS, ANSWER_KEYS, ANSWER_MAX_SIG_LIFE, ANSWER_RGP_ENDS, ANSWER_EXTENSION,
	ANSWER_COUNT
};
StaticAssertDecl(ANSWER_COUNT == DOMAIN_ANSWER_COLUMNS, "columns of dos.domain_data");

typedef DomainAnswer Answer;

static FetchTable contact_by_id = {
	.name = "contact", .index = "contact_pkey", .equals = F_INT8EQ, .columns = {"handle"},
};
static FetchTable host_by_id = {
	.name = "host", .index = "host_pkey", .equals = F_INT8EQ, .columns = {"name"},
};
static FetchTable hosts_under = {
	.name = "host", .index = "host_superordinate", .equals = F_INT8EQ, .columns = {"name"},
};

PG_FUNCTION_INFO_V1(dos_sql_domain_answer);
PG_FUNCTION_INFO_V1(dos_sql_domain_info);

static void
set(Answer *answer, int column, Datum value)
{
	answer->values[column] = value;
	answer->nulls[column] = false;
}

static void
set_column(Answer *answer, int column, const FetchedRow *row, int from)
{
	answer->values[column] = row->values[from];
	answer->nulls[column] = row->nulls[from];
}

static void
set_clid(Answer *answer, int column, const FetchedRow *row, int from)
{
	char	   *clid = row->nulls[from] ? NULL : dos_registrar_clid(DatumGetInt32(row->values[from]));

	if (clid != NULL)
		set(answer, column, CStringGetTextDatum(clid));
}

static Datum
text_array(Datum *texts, int count)
{
	return PointerGetDatum(construct_array(texts, count, TEXTOID, -1, false, TYPALIGN_INT));
}

static int
ids_of(const FetchedRow *row, int column, Datum **ids)
{
	int			count;

	deconstruct_array(DatumGetArrayTypeP(row->values[column]), INT8OID, 8, FLOAT8PASSBYVAL, TYPALIGN_DOUBLE, ids, NULL, &count);
	return count;
}

/* 'role:ID' of every contact but the registrant. */
static void
set_contacts(Answer *answer, const FetchedRow *row)
{
	static const struct
	{
		const char *role;
		int			column;
	}			roles[] = {{"admin", LOOK_ADMIN}, {"billing", LOOK_BILLING}, {"tech", LOOK_TECH}};
	Datum	   *ids[lengthof(roles)];
	int			counts[lengthof(roles)];
	Datum	   *list;
	int			used = 0;
	int			room = 0;
	int64		seen = 0;
	char	   *handle = NULL;

	for (int r = 0; r < lengthof(roles); r++)
		room += counts[r] = ids_of(row, roles[r].column, &ids[r]);
	list = palloc((room + 1) * sizeof(Datum));
	for (int r = 0; r < lengthof(roles); r++)
		for (int i = 0; i < counts[r]; i++)
		{
			FetchedRow	contact;

			/* one contact often has several roles */
			if (handle == NULL || DatumGetInt64(ids[r][i]) != seen)
			{
				if (!dos_fetch(&contact_by_id, ids[r][i], &contact))
					continue;
				handle = TextDatumGetCString(contact.values[0]);
				seen = DatumGetInt64(ids[r][i]);
			}
			list[used++] = CStringGetTextDatum(psprintf("%s:%s", roles[r].role, handle));
		}
	set(answer, ANSWER_CONTACTS, text_array(list, used));
}

/* 'name address ...' of each host attribute. */
static Datum
host_attributes(Datum array)
{
	Datum	   *attributes;
	int			count;

	deconstruct_array(DatumGetArrayTypeP(array), ARR_ELEMTYPE(DatumGetArrayTypeP(array)), -1, false, TYPALIGN_DOUBLE, &attributes, NULL, &count);
	for (int i = 0; i < count; i++)
	{
		HeapTupleHeader attribute = DatumGetHeapTupleHeader(attributes[i]);
		bool		isnull;
		StringInfoData line;
		Datum	   *addresses;
		int			address_count;

		initStringInfo(&line);
		appendStringInfoString(&line, TextDatumGetCString(GetAttributeByNum(attribute, 1, &isnull)));
		deconstruct_array(DatumGetArrayTypeP(GetAttributeByNum(attribute, 2, &isnull)), INETOID, -1, false, TYPALIGN_INT,
						  &addresses, NULL, &address_count);
		for (int a = 0; a < address_count; a++)
			appendStringInfo(&line, " %s", TextDatumGetCString(DirectFunctionCall1(network_host, addresses[a])));
		attributes[i] = CStringGetTextDatum(line.data);
	}
	return text_array(attributes, count);
}

static void
set_delegated(Answer *answer, const FetchedRow *row)
{
	Datum	   *ids;
	int			count = ids_of(row, LOOK_HOSTS, &ids);
	int			used = 0;

	for (int i = 0; i < count; i++)
	{
		FetchedRow	host;

		if (dos_fetch(&host_by_id, ids[i], &host))
			ids[used++] = host.values[0];
	}
	set(answer, ANSWER_HOSTS, text_array(ids, used));
	set(answer, ANSWER_HOST_ATTRS, count > 0 || ARR_NDIM(DatumGetArrayTypeP(row->values[LOOK_HOST_ATTRS])) == 0
		? text_array(NULL, 0) : host_attributes(row->values[LOOK_HOST_ATTRS]));
}

static int
name_order(const void *a, const void *b)
{
	return strcmp(*(char *const *) a, *(char *const *) b);
}

static void
set_subordinate(Answer *answer, const FetchedRow *row)
{
	FetchedRow *hosts;
	int			count = dos_fetch_all(&hosts_under, row->values[LOOK_ID], &hosts);
	char	  **names = palloc((count + 1) * sizeof(char *));
	Datum	   *texts = palloc((count + 1) * sizeof(Datum));

	for (int i = 0; i < count; i++)
		names[i] = TextDatumGetCString(hosts[i].values[0]);
	qsort(names, count, sizeof(char *), name_order);
	for (int i = 0; i < count; i++)
		texts[i] = CStringGetTextDatum(names[i]);
	set(answer, ANSWER_SUBORDINATE, text_array(texts, count));
}

static void
set_private(Answer *answer, const FetchedRow *row)
{
	FetchedRow	contact;

	if (!row->nulls[LOOK_REGISTRANT] && dos_fetch(&contact_by_id, row->values[LOOK_REGISTRANT], &contact))
		set(answer, ANSWER_REGISTRANT, contact.values[0]);
	set_contacts(answer, row);
	set_clid(answer, ANSWER_CREATOR, row, LOOK_CREATOR);
	set_clid(answer, ANSWER_UPDATER, row, LOOK_UPDATER);
	set_column(answer, ANSWER_UPDATED, row, LOOK_UPDATED);
	set_column(answer, ANSWER_TRANSFERRED, row, LOOK_TRANSFERRED);
}

/* A transfer that the clock has completed counts, whether or not it has been written down. */
static void
apply_transfer(FetchedRow *row)
{
	HeapTupleHeader transfer = DatumGetHeapTupleHeader(row->values[LOOK_STATE + STATE_TRANSFER]);

	row->values[LOOK_REGISTRAR] = Int32GetDatum(dos_domain_transferee(row->values + LOOK_STATE));
	row->values[LOOK_TRANSFERRED] = GetAttributeByName(transfer, "acts_at", &row->nulls[LOOK_TRANSFERRED]);
}

/* The row of a name that somebody asks about, or R2005, R2303. */
static void
look(text *asked, FetchedRow *row, LifecycleState *state)
{
	char		name[DOS_DNAME_MAX + 1];
	size_t		length;
	DnameProblem problem = dos_dname_canonical(VARDATA_ANY(asked), VARSIZE_ANY_EXHDR(asked), name, &length);

	if (problem != DNAME_OK)
		ereport(ERROR,
				(errcode(ERRCODE_DOS_PARAMETER_SYNTAX),
				 errmsg("name \"%s\" is not valid", text_to_cstring(asked)),
				 errdetail("%s", dos_dname_problem_text(problem)),
				 dos_reason(dos_dname_problem_reason(problem)), dos_element("domain:name")));
	if (!dos_domain_look(name, dos_clock_now(), row, state) || !state->registered)
		ereport(ERROR,
				(errcode(ERRCODE_DOS_OBJECT_DOES_NOT_EXIST),
				 errmsg("domain \"%s\" does not exist", text_to_cstring(asked)),
				 errdetail("Domain \"%s\" does not exist.", text_to_cstring(asked)),
				 dos_reason("domain_unknown"), dos_element("domain:name")));
}

/* What this row says at this instant, as the columns of a dos.domain_data. */
static void
fill(Answer *answer, FetchedRow *row, const LifecycleState *state, const char *hosts, bool entitled, int32 registrar_id)
{
	if (state->transferred)
		apply_transfer(row);
	memset(answer->nulls, true, sizeof(answer->nulls));
	set(answer, ANSWER_CODE, Int32GetDatum(1000));
	set_column(answer, ANSWER_NAME, row, LOOK_NAME);
	set_column(answer, ANSWER_ROID, row, LOOK_ROID);
	set(answer, ANSWER_STATUSES, dos_lifecycle_statuses_datum(state));
	set(answer, ANSWER_RGP, dos_lifecycle_rgp_datum(state));
	set(answer, ANSWER_RGP_ENDS, dos_lifecycle_rgp_ends_datum(state));
	set_clid(answer, ANSWER_SPONSOR, row, LOOK_REGISTRAR);
	set_column(answer, ANSWER_CREATED, row, LOOK_CREATED);
	if (state->expires_at != LIFECYCLE_NEVER)
		set(answer, ANSWER_EXPIRES, TimestampTzGetDatum(state->expires_at));
	set(answer, ANSWER_HAS_AUTH, BoolGetDatum(false));
	if (strcmp(hosts, "all") == 0 || strcmp(hosts, "del") == 0)
		set_delegated(answer, row);
	if (strcmp(hosts, "all") == 0 || strcmp(hosts, "sub") == 0)
		set_subordinate(answer, row);
	if (entitled || registrar_id == DatumGetInt32(row->values[LOOK_REGISTRAR]))
		set_private(answer, row);
	set_column(answer, ANSWER_DS, row, LOOK_DS);
	set_column(answer, ANSWER_KEYS, row, LOOK_KEYS);
	set_column(answer, ANSWER_MAX_SIG_LIFE, row, LOOK_MAX_SIG_LIFE);
}

/* Have extensions something to add though nobody asked? */
static bool
has_more(const FetchedRow *row)
{
	return !row->nulls[LOOK_ORGS] || !row->nulls[LOOK_IDN_TABLE];
}

/* The id of a registrar who may ask. */
int32
dos_domain_asker(const char *clid)
{
	return dos_row_int(dos_registrar_act(clid, "info", NULL), "id");
}

/* A domain for a registrar as a dos.domain_data (of this description), and whether extensions have something to add though nobody asked. */
static Datum
answer_for(const char *clid, text *name, const char *hosts, bool entitled, TupleDesc desc, bool *extends)
{
	int32		registrar_id = dos_domain_asker(clid);
	FetchedRow	row;
	LifecycleState state;
	Answer		answer;
	FetchSession *session;

	if (desc->natts != ANSWER_COUNT)
		elog(ERROR, "dos.domain_data is not what it was");
	session = dos_fetch_begin();
	look(name, &row, &state);
	fill(&answer, &row, &state, hosts, entitled, registrar_id);
	dos_fetch_end(session);
	*extends = has_more(&row);
	return HeapTupleGetDatum(heap_form_tuple(desc, answer.values, answer.nulls));
}

bool
dos_domain_answer_plain(text *asked, int32 registrar_id, DomainAnswer *answer)
{
	char		name[DOS_DNAME_MAX + 1];
	size_t		length;
	FetchedRow	row;
	LifecycleState state;

	if (dos_dname_canonical(VARDATA_ANY(asked), VARSIZE_ANY_EXHDR(asked), name, &length) != DNAME_OK ||
		!dos_domain_look(name, dos_clock_now(), &row, &state) || !state.registered || has_more(&row))
		return false;
	fill(answer, &row, &state, "all", false, registrar_id);
	return true;
}

static char *
text_argument(FunctionCallInfo fcinfo, int n, char *absent)
{
	return PG_ARGISNULL(n) ? absent : text_to_cstring(PG_GETARG_TEXT_PP(n));
}

static text *
name_argument(FunctionCallInfo fcinfo, int n)
{
	return PG_ARGISNULL(n) ? cstring_to_text("") : PG_GETARG_TEXT_PP(n);
}

/* (registrar, name, hosts, entitled) -> dos_internal.domain_found: dos.domain_data without its extension */
Datum
dos_sql_domain_answer(PG_FUNCTION_ARGS)
{
	TupleDesc	found_desc;
	TupleDesc	desc;
	Datum		found[2];
	bool		found_nulls[2] = {false};
	bool		extends;

	if (get_call_result_type(fcinfo, NULL, &found_desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "dos_internal.domain_found is not a composite type");
	desc = lookup_rowtype_tupdesc(TupleDescAttr(found_desc, 0)->atttypid, -1);
	found[0] = answer_for(text_argument(fcinfo, 0, NULL), name_argument(fcinfo, 1), text_argument(fcinfo, 2, "all"), PG_GETARG_BOOL(3), desc, &extends);
	found[1] = BoolGetDatum(extends);
	ReleaseTupleDesc(desc);
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(found_desc), found, found_nulls)));
}

/* dos.domain_info(registrar, name, auth, auth_roid, hosts, extensions): what asks for more than the row is for SQL */
Datum
dos_sql_domain_info(PG_FUNCTION_ARGS)
{
	TupleDesc	desc;
	SqlArguments arguments = {0};
	bool		extends = true;
	bool		isnull;
	Datum		answer = (Datum) 0;

	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "dos.domain_data is not a composite type");
	if (PG_ARGISNULL(2) && PG_ARGISNULL(5))
		answer = answer_for(text_argument(fcinfo, 0, NULL), name_argument(fcinfo, 1), text_argument(fcinfo, 4, "all"), false, desc, &extends);
	if (!extends)
		PG_RETURN_DATUM(answer);
	for (int i = 0; i < PG_NARGS(); i++)
		dos_argument(&arguments, fcinfo->args[i].value, fcinfo->args[i].isnull);
	PG_RETURN_DATUM(dos_call("domain_info_more", &arguments, &isnull));
}
