/*
 * escrow_reference.c
 *	  From ids to names for a deposit, and from names to ids for one that is loaded: several for each domain, so they
 *	  are looked up without queries (escrow_seen.h).
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/executor.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/timestamp.h"

#include "base/pg_version.h"
#include "base/row_fetch.h"
#include "domain/domain_state.h"
#include "escrow/escrow_seen.h"

static FetchTable contact_by_id = {
	.name = "contact", .index = "contact_pkey", .equals = F_INT8EQ, .columns = {"handle"}
};
static FetchTable host_by_id = {
	.name = "host", .index = "host_pkey", .equals = F_INT8EQ, .columns = {"name", "superordinate_id", "act", "created_at"}
};
static FetchTable domain_by_id = {
	.name = "domain", .index = "domain_pkey", .equals = F_INT8EQ, .columns = {DOMAIN_STATE_COLUMNS}
};
static FetchTable contact_by_handle = {
	.name = "contact", .index = "contact_handle_taken", .equals = F_TEXTEQ, .columns = {"id", "scope"}
};
static FetchTable host_by_name = {
	.name = "host", .index = "host_name_taken", .equals = F_TEXTEQ, .columns = {"id"}
};

enum
{
	HOST_NAME, HOST_SUPERORDINATE, HOST_ACT, HOST_CREATED
};

PG_FUNCTION_INFO_V1(dos_sql_escrow_contact_shown);
PG_FUNCTION_INFO_V1(dos_sql_escrow_contacts_shown);
PG_FUNCTION_INFO_V1(dos_sql_escrow_hosts_shown);
PG_FUNCTION_INFO_V1(dos_sql_escrow_contact_id);
PG_FUNCTION_INFO_V1(dos_sql_escrow_contact_ids);
PG_FUNCTION_INFO_V1(dos_sql_escrow_host_ids);
PG_FUNCTION_INFO_V1(dos_sql_escrow_registrar_id);

static Datum
text_array(Datum *texts, bool *nulls, int count)
{
	int			lower = 1;

	return PointerGetDatum(count == 0 ? construct_empty_array(TEXTOID)
						   : construct_md_array(texts, nulls, 1, &count, &lower, TEXTOID, -1, false, TYPALIGN_INT));
}

static Datum
id_array(Datum *ids, int count)
{
	return PointerGetDatum(construct_array(ids, count, INT8OID, sizeof(int64), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}

/* What a query of one text says of an id or a name; NULL for NULL. */
static char *
ask(const char *query, int count, Oid *types, Datum *values)
{
	MemoryContext caller = CurrentMemoryContext;
	char	   *answer = NULL;

	SPI_connect();
	if (SPI_execute_with_args(query, count, types, values, NULL, true, 1) != SPI_OK_SELECT)
		elog(ERROR, "could not look up a reference");
	if (SPI_processed == 1)
	{
		char	   *value = SPI_getvalue(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1);

		answer = value ? MemoryContextStrdup(caller, value) : NULL;
	}
	SPI_finish();
	return answer;
}

static char *
name_then(const char *kind, int64 id, TimestampTz at)
{
	Oid			types[] = {TEXTOID, INT8OID, TIMESTAMPTZOID};
	Datum		values[] = {CStringGetTextDatum(kind), Int64GetDatum(id), TimestampTzGetDatum(at)};

	return ask("SELECT dos_internal.escrow_name_then($1, $2, $3)", 3, types, values);
}

static void
keep(EscrowSeen *seen, EscrowSeenKind kind, const char *name)
{
	seen->name = name ? dos_escrow_seen_text(kind, name, strlen(name)) : NULL;
	seen->used = true;
}

/* The handle of a contact, or the one it had; NULL when there was none. */
static const char *
contact_shown(int64 id, TimestampTz at)
{
	EscrowSeen *seen = dos_escrow_seen_id(SEEN_CONTACT_BY_ID, at, id);
	FetchedRow	row;

	if (!seen->used)
		keep(seen, SEEN_CONTACT_BY_ID, dos_fetch(&contact_by_id, Int64GetDatum(id), &row) ? TextDatumGetCString(row.values[0]) : name_then("contact", id, at));
	return seen->name;
}

/* The present row of a host counts when it had begun. */
static bool
host_had_begun(const FetchedRow *row, TimestampTz at)
{
	bool		isnull = true;
	Datum		began = (Datum) 0;

	if (!row->nulls[HOST_ACT])
		began = GetAttributeByName(DatumGetHeapTupleHeader(row->values[HOST_ACT]), "at", &isnull);
	return DatumGetTimestampTz(isnull ? row->values[HOST_CREATED] : began) <= at;
}

/* A host whose own domain is gone by the clock has left. */
static bool
parent_is_registered(int64 id, TimestampTz at)
{
	FetchedRow	row;
	LifecycleState state;

	if (!dos_fetch(&domain_by_id, Int64GetDatum(id), &row))
		return false;
	if (row.nulls[STATE_DELETED] && DatumGetTimestampTz(row.values[STATE_EXPIRES]) > at)
		return true;
	return dos_domain_state_of(row.values, row.nulls, at, &state) && state.registered;
}

static const EscrowSeen *
host_shown(int64 id, TimestampTz at)
{
	EscrowSeen *seen = dos_escrow_seen_id(SEEN_HOST_BY_ID, at, id);
	FetchedRow	row;

	if (seen->used)
		return seen;
	if (!dos_fetch(&host_by_id, Int64GetDatum(id), &row))
		keep(seen, SEEN_HOST_BY_ID, name_then("host", id, at));
	else
	{
		seen->hidden = !row.nulls[HOST_SUPERORDINATE] && !parent_is_registered(DatumGetInt64(row.values[HOST_SUPERORDINATE]), at);
		keep(seen, SEEN_HOST_BY_ID, host_had_begun(&row, at) ? TextDatumGetCString(row.values[HOST_NAME]) : name_then("host", id, at));
	}
	return seen;
}

/* (id, instant) -> handle; '' for a contact that does not exist */
Datum
dos_sql_escrow_contact_shown(PG_FUNCTION_ARGS)
{
	const char *handle = contact_shown(PG_GETARG_INT64(0), PG_GETARG_TIMESTAMPTZ(1));

	PG_RETURN_TEXT_P(cstring_to_text(handle ? handle : ""));
}

/* (admin ids, billing ids, tech ids, instant) -> role:handle of each; NULL for one that does not exist */
Datum
dos_sql_escrow_contacts_shown(PG_FUNCTION_ARGS)
{
	static const char *const roles[] = {"admin", "billing", "tech"};
	Datum	   *ids[lengthof(roles)];
	int			counts[lengthof(roles)];
	int			all = 0;
	int			used = 0;
	Datum	   *shown;
	bool	   *nulls;

	for (int role = 0; role < lengthof(roles); role++)
	{
		deconstruct_array(PG_GETARG_ARRAYTYPE_P(role), INT8OID, sizeof(int64), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE, &ids[role], NULL, &counts[role]);
		all += counts[role];
	}
	shown = palloc((all + 1) * sizeof(Datum));
	nulls = palloc((all + 1) * sizeof(bool));
	for (int role = 0; role < lengthof(roles); role++)
		for (int i = 0; i < counts[role]; i++)
		{
			const char *handle = contact_shown(DatumGetInt64(ids[role][i]), PG_GETARG_TIMESTAMPTZ(3));

			nulls[used] = handle == NULL;
			shown[used++] = handle ? CStringGetTextDatum(psprintf("%s:%s", roles[role], handle)) : (Datum) 0;
		}
	return text_array(shown, nulls, used);
}

/* (host ids, instant) -> names of those that are shown */
Datum
dos_sql_escrow_hosts_shown(PG_FUNCTION_ARGS)
{
	Datum	   *ids;
	bool	   *nulls;
	int			count;
	int			used = 0;

	deconstruct_array(PG_GETARG_ARRAYTYPE_P(0), INT8OID, sizeof(int64), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE, &ids, &nulls, &count);
	for (int i = 0; i < count; i++)
	{
		const EscrowSeen *host = host_shown(DatumGetInt64(ids[i]), PG_GETARG_TIMESTAMPTZ(1));

		if (host->hidden)
			continue;
		nulls[used] = host->name == NULL;
		ids[used++] = host->name ? CStringGetTextDatum(host->name) : (Datum) 0;
	}
	return text_array(ids, nulls, used);
}

/* The contact with this handle that is the registry's, else any registrar's; false when there is none. */
static bool
contact_find(const char *handle, size_t length, int64 *id)
{
	EscrowSeen *seen = dos_escrow_seen_name(SEEN_CONTACT_BY_HANDLE, 0, handle, length);
	FetchedRow *rows;
	int			best = 0;

	if (!seen->used)
	{
		int			count = dos_fetch_all(&contact_by_handle, PointerGetDatum(cstring_to_text_with_len(handle, (int) length)), &rows);

		for (int i = 0; i < count; i++)
			if (DatumGetInt32(rows[i].values[1]) == 0)
				best = i;
		if (count == 0)
			return false;
		seen->id = DatumGetInt64(rows[best].values[0]);
		seen->used = true;
	}
	*id = seen->id;
	return true;
}

static bool
host_find(const char *name, size_t length, int64 *id)
{
	EscrowSeen *seen = dos_escrow_seen_name(SEEN_HOST_BY_NAME, 0, name, length);
	FetchedRow	row;

	if (!seen->used)
	{
		if (!dos_fetch(&host_by_name, PointerGetDatum(cstring_to_text_with_len(name, (int) length)), &row))
			return false;
		seen->id = DatumGetInt64(row.values[0]);
		seen->used = true;
	}
	*id = seen->id;
	return true;
}

/* Analysis said that it is there, or will be; since then somebody has deleted it. */
static void
refuse_dangling(const char *kind, const char *name, size_t length)
{
	ereport(ERROR, (errcode(ERRCODE_FOREIGN_KEY_VIOLATION), errmsg("%s \"%.*s\" does not exist", kind, (int) length, name),
					errdetail("A domain of the deposit refers to it."), errhint("Analyze the import again.")));
}

/* (handle) -> id */
Datum
dos_sql_escrow_contact_id(PG_FUNCTION_ARGS)
{
	text	   *handle = PG_GETARG_TEXT_PP(0);
	int64		id;

	if (!contact_find(VARDATA_ANY(handle), VARSIZE_ANY_EXHDR(handle), &id))
		refuse_dangling("contact", VARDATA_ANY(handle), VARSIZE_ANY_EXHDR(handle));
	PG_RETURN_INT64(id);
}

/* (role:handle ..., role) -> ids of the contacts with that role */
Datum
dos_sql_escrow_contact_ids(PG_FUNCTION_ARGS)
{
	text	   *role = PG_GETARG_TEXT_PP(1);
	size_t		role_length = VARSIZE_ANY_EXHDR(role);
	Datum	   *items;
	bool	   *nulls;
	int			count;
	int			used = 0;

	deconstruct_array(PG_GETARG_ARRAYTYPE_P(0), TEXTOID, -1, false, TYPALIGN_INT, &items, &nulls, &count);
	for (int i = 0; i < count; i++)
	{
		const char *item = nulls[i] ? "" : VARDATA_ANY(DatumGetPointer(items[i]));
		size_t		length = nulls[i] ? 0 : VARSIZE_ANY_EXHDR(DatumGetPointer(items[i]));
		int64		id;

		if (length <= role_length || memcmp(item, VARDATA_ANY(role), role_length) != 0 || item[role_length] != ':')
			continue;
		if (!contact_find(item + role_length + 1, length - role_length - 1, &id))
			refuse_dangling("contact", item + role_length + 1, length - role_length - 1);
		items[used++] = Int64GetDatum(id);
	}
	return id_array(items, used);
}

/* (names) -> ids */
Datum
dos_sql_escrow_host_ids(PG_FUNCTION_ARGS)
{
	Datum	   *items;
	bool	   *nulls;
	int			count;
	int			used = 0;

	deconstruct_array(PG_GETARG_ARRAYTYPE_P(0), TEXTOID, -1, false, TYPALIGN_INT, &items, &nulls, &count);
	for (int i = 0; i < count; i++)
	{
		int64		id;

		if (nulls[i])
			continue;
		if (!host_find(VARDATA_ANY(DatumGetPointer(items[i])), VARSIZE_ANY_EXHDR(DatumGetPointer(items[i])), &id))
			refuse_dangling("host", VARDATA_ANY(DatumGetPointer(items[i])), VARSIZE_ANY_EXHDR(DatumGetPointer(items[i])));
		items[used++] = Int64GetDatum(id);
	}
	return id_array(items, used);
}

/* (import, clid) -> the registrar here that it is; NULL while that is not decided */
Datum
dos_sql_escrow_registrar_id(PG_FUNCTION_ARGS)
{
	text	   *clid = PG_GETARG_TEXT_PP(1);
	EscrowSeen *seen = dos_escrow_seen_name(SEEN_REGISTRAR, PG_GETARG_INT64(0), VARDATA_ANY(clid), VARSIZE_ANY_EXHDR(clid));

	if (!seen->used)
	{
		Oid			types[] = {INT8OID, TEXTOID};
		Datum		values[] = {PG_GETARG_DATUM(0), PointerGetDatum(clid)};
		char	   *id = ask("SELECT m.registrar_id FROM dos.escrow_registrar_map AS m WHERE m.import_id = $1 AND m.clid = $2", 2, types, values);

		if (id == NULL)
			PG_RETURN_NULL();
		seen->id = pg_strtoint32(id);
		seen->used = true;
	}
	PG_RETURN_INT32((int32) seen->id);
}
