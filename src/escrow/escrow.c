/*
 * escrow.c
 *	  dos.escrow_xml(): a deposit as XML, a piece per call, in the memory of one batch of rows. Which objects there
 *	  are is SQL (escrow_object.sql), what they must be and look like is pure C (escrow_*_rules.c); this file reads,
 *	  asks, writes, and remembers what a differential deposit needs.
 *
 *	  An object that fails its check is set aside and noted; the deposit goes on. The header comes last, so that its
 *	  counts are those of what was written.
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/portal.h"
#include "utils/timestamp.h"

#include "escrow/escrow_row.h"
#include "escrow/escrow_rules.h"

#define FETCH_ROWS		1000
#define PIECE_SIZE		65536

typedef enum EscrowStage
{
	STAGE_START,
	STAGE_DELETES,
	STAGE_CONTENTS,
	STAGE_END,
	STAGE_DONE
} EscrowStage;

typedef struct Escrow
{
	MemoryContext context;
	int64		id;
	char	   *type;			/* FULL, DIFF, INCR, THIN */
	char	   *zone;
	int32		zone_id;
	TimestampTz watermark;
	bool		imaged;			/* the image is read and kept */
	EscrowStage stage;
	int			section;		/* of the table below */
	char	   *portal;			/* of the section; NULL: not open */
	StringInfoData text;		/* written and not yet returned */
	int64_t		counts[ESCROW_KIND_COUNT];
	int			policies;
	bool		no_registrant,	/* of some domain */
				no_contact;
} Escrow;

/* The order of kinds in a deposit: what is referred to comes before what refers. */
static const EscrowKind sections[] = {ESCROW_REGISTRAR, ESCROW_IDN, ESCROW_CONTACT, ESCROW_HOST, ESCROW_DOMAIN, ESCROW_NNDN};

static const struct
{
	const char *source;
	const char *key;
}			sources[ESCROW_KIND_COUNT] = {
	[ESCROW_DOMAIN] = {"dos_internal.escrow_domains", "name"},
	[ESCROW_HOST] = {"dos_internal.escrow_hosts", "name"},
	[ESCROW_CONTACT] = {"dos_internal.escrow_contacts", "handle"},
	[ESCROW_REGISTRAR] = {"dos_internal.escrow_registrars", "clid"},
	[ESCROW_IDN] = {"dos_internal.escrow_idns", "id"},
	[ESCROW_NNDN] = {"dos_internal.escrow_nndns", "name"},
};

PG_FUNCTION_INFO_V1(dos_sql_escrow_xml);

static void
text_write(void *arg, const char *data, size_t length)
{
	appendBinaryStringInfo(arg, data, (int) length);
}

static bool
type_is(const Escrow *escrow, const char *type)
{
	return strcmp(escrow->type, type) == 0;
}

/* A column of the one row that was just selected, as text in the context of the deposit; NULL for NULL. */
static char *
column_text(MemoryContext context, int column)
{
	char	   *value = SPI_getvalue(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, column);

	return value ? MemoryContextStrdup(context, value) : NULL;
}

static void
deposit_open(Escrow *escrow, StringInfo head)
{
	static Oid	types[] = {INT8OID};
	Datum		id = Int64GetDatum(escrow->id);
	EscrowWriter writer = {text_write, head};
	bool		null;

	if (!IsolationUsesXactSnapshot())
		ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE), errmsg("a deposit is written in one snapshot"),
						errhint("BEGIN ISOLATION LEVEL REPEATABLE READ first.")));
	if (SPI_execute_with_args("SELECT d.type, d.zone, d.zone_id, d.watermark, d.type <> 'THIN' AND (d.type <> 'FULL' OR coalesce(s.differential, false)),"
							  " format('<rde:deposit type=\"%s\" id=\"%s\"%s resend=\"%s\"', CASE d.type WHEN 'THIN' THEN 'FULL' ELSE d.type END,"
							  " d.deposit_id, ' prevId=\"' || d.prev_id || '\"', d.resend), dos_internal.escrow_instant(d.watermark)"
							  " FROM dos.escrow_deposit AS d LEFT JOIN dos.escrow_setting AS s ON s.zone_id = d.zone_id WHERE d.id = $1 AND d.state = 'begun'",
							  1, types, &id, NULL, false, 1) != SPI_OK_SELECT || SPI_processed != 1)
		ereport(ERROR, (errcode(ERRCODE_UNDEFINED_OBJECT), errmsg("deposit %lld was not begun", (long long) escrow->id),
						errhint("Begin one with dos.escrow_begin(zone).")));
	escrow->type = column_text(escrow->context, 1);
	escrow->zone = column_text(escrow->context, 2);
	escrow->zone_id = DatumGetInt32(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 3, &null));
	escrow->watermark = DatumGetTimestampTz(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 4, &null));
	escrow->imaged = DatumGetBool(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 5, &null));
	appendStringInfoString(head, column_text(escrow->context, 6));
	dos_escrow_namespaces_xml(&writer);
	appendStringInfoString(head, ">\n<rde:watermark>");
	appendStringInfoString(head, column_text(escrow->context, 7));
	appendStringInfoString(head, "</rde:watermark>\n");
	dos_escrow_menu_xml(&writer, type_is(escrow, "THIN"));
	appendStringInfoChar(head, '\n');
}

static void
start(Escrow *escrow)
{
	SPI_connect();
	appendStringInfoString(&escrow->text, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
	deposit_open(escrow, &escrow->text);
	SPI_finish();
	if (type_is(escrow, "DIFF") || type_is(escrow, "INCR"))
	{
		appendStringInfoString(&escrow->text, "<rde:deletes>\n");
		escrow->stage = STAGE_DELETES;
	}
	else
	{
		appendStringInfoString(&escrow->text, "<rde:contents>\n");
		escrow->stage = STAGE_CONTENTS;
	}
}

/* Open the cursor of a section, unless it is open. Every snapshot of the transaction is the same one. */
static Portal
section_cursor(Escrow *escrow, EscrowKind kind)
{
	static Oid	deletes_types[] = {INT8OID, TEXTOID};
	static Oid	contents_types[] = {INT4OID, TIMESTAMPTZOID};
	Datum		deletes[] = {Int64GetDatum(escrow->id), CStringGetTextDatum(dos_escrow_kind_name(kind))};
	Datum		contents[] = {Int32GetDatum(escrow->zone_id), TimestampTzGetDatum(escrow->watermark)};
	Portal		portal;

	if (escrow->portal)
		return SPI_cursor_find(escrow->portal);
	if (escrow->stage == STAGE_DELETES)
		portal = SPI_cursor_open_with_args(NULL, "SELECT k FROM dos_internal.escrow_gone($1, $2) AS k ORDER BY k COLLATE \"C\"",
										   2, deletes_types, deletes, NULL, false, 0);
	else if (escrow->imaged)
		portal = SPI_cursor_open_with_args(NULL, psprintf("SELECT o.*, i.latest, i.full_one FROM %s($1, $2) AS o LEFT JOIN dos.escrow_image AS i"
														  " ON i.zone_id = $1 AND i.kind = '%s' AND i.key = o.%s",
														  sources[kind].source, dos_escrow_kind_name(kind), sources[kind].key),
										   2, contents_types, contents, NULL, false, 0);
	else
		portal = SPI_cursor_open_with_args(NULL, psprintf("SELECT o.*, NULL::bigint, NULL::bigint FROM %s($1, $2) AS o", sources[kind].source),
										   2, contents_types, contents, NULL, false, 0);
	escrow->portal = MemoryContextStrdup(escrow->context, portal->name);
	return portal;
}

static void
set_aside(Escrow *escrow, EscrowKind kind, const char *key, const char *field, const char *problem)
{
	static Oid	types[] = {INT8OID, TEXTOID, TEXTOID, TEXTOID, TEXTOID};
	Datum		values[] = {Int64GetDatum(escrow->id), CStringGetTextDatum(dos_escrow_kind_name(kind)), CStringGetTextDatum(key ? key : ""),
	CStringGetTextDatum(field), CStringGetTextDatum(problem)};

	SPI_execute_with_args("SELECT dos_internal.escrow_set_aside($1, $2, $3, $4, $5)", 5, types, values, NULL, false, 0);
}

/* Digests of one batch that the image does not have yet. */
typedef struct Changes
{
	int			count;
	Datum		keys[FETCH_ROWS];
	Datum		digests[FETCH_ROWS];
} Changes;

static void
changes_write(Escrow *escrow, EscrowKind kind, Changes *changes)
{
	static Oid	types[] = {INT8OID, TEXTOID, TEXTARRAYOID, INT8ARRAYOID};
	Datum		values[4];

	if (changes->count == 0)
		return;
	values[0] = Int64GetDatum(escrow->id);
	values[1] = CStringGetTextDatum(dos_escrow_kind_name(kind));
	values[2] = PointerGetDatum(construct_array(changes->keys, changes->count, TEXTOID, -1, false, TYPALIGN_INT));
	values[3] = PointerGetDatum(construct_array(changes->digests, changes->count, INT8OID, sizeof(int64), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
	SPI_execute_with_args("SELECT dos_internal.escrow_image_write($1, $2, $3, $4)", 4, types, values, NULL, false, 0);
}

/* Whether an object belongs into this deposit, given what the image has of it; what the image lacks is noted. */
static bool
object_differs(Escrow *escrow, HeapTuple row, TupleDesc columns, int first, const char *key, uint64 digest, Changes *changes)
{
	bool		no_latest,
				no_full;
	int64		latest = DatumGetInt64(SPI_getbinval(row, columns, first, &no_latest));
	int64		full = DatumGetInt64(SPI_getbinval(row, columns, first + 1, &no_full));
	bool		as_latest = !no_latest && latest == (int64) digest;
	bool		as_full = !no_full && full == (int64) digest;

	if (!escrow->imaged)
		return true;
	if (!as_latest || (type_is(escrow, "FULL") && !as_full))
	{
		changes->keys[changes->count] = CStringGetTextDatum(key);
		changes->digests[changes->count++] = Int64GetDatum((int64) digest);
	}
	return type_is(escrow, "FULL") || !(type_is(escrow, "DIFF") ? as_latest : as_full);
}

static void
object_write(Escrow *escrow, EscrowKind kind, HeapTuple row, TupleDesc columns, Changes *changes)
{
	EscrowWriter writer = {text_write, &escrow->text};
	EscrowValue values[ESCROW_FIELDS_MAX];
	int			before = escrow->text.len;
	const char *field;
	const char *problem;
	uint64		digest;

	dos_escrow_row_values(row, columns, dos_escrow_field_count(kind), values);
	problem = dos_escrow_problem(kind, values, &field);
	if (problem)
	{
		set_aside(escrow, kind, values[0].present ? values[0].text : NULL, field, problem);
		return;
	}
	dos_escrow_object_xml(&writer, kind, values, type_is(escrow, "THIN"));
	digest = hash_bytes_extended((unsigned char *) escrow->text.data + before, escrow->text.len - before, 0);
	appendStringInfoChar(&escrow->text, '\n');
	escrow->counts[kind]++;
	if (kind == ESCROW_DOMAIN)
	{
		escrow->no_registrant = escrow->no_registrant || !values[DOMAIN_REGISTRANT].present;
		escrow->no_contact = escrow->no_contact || values[DOMAIN_CONTACTS].count == 0;
	}
	if (!object_differs(escrow, row, columns, dos_escrow_field_count(kind) + 1, values[0].text, digest, changes))
	{
		escrow->text.len = before;
		escrow->text.data[before] = '\0';
	}
}

/* One batch of a section, then on to the next section when it is read to its end. */
static void
section_batch(Escrow *escrow)
{
	/* what refers goes before what it refers to; deletes are applied in the order they have (RFC 8909 section 5.2) */
	EscrowKind	kind = sections[escrow->stage == STAGE_DELETES ? (int) lengthof(sections) - 1 - escrow->section : escrow->section];
	bool		wanted = dos_escrow_kind_in(kind, type_is(escrow, "THIN"));
	Changes    *changes;
	Portal		portal;
	SPITupleTable *table;
	uint64		rows = 0;

	SPI_connect();
	if (wanted)
	{
		EscrowWriter writer = {text_write, &escrow->text};

		changes = palloc0(sizeof(Changes));
		portal = section_cursor(escrow, kind);
		SPI_cursor_fetch(portal, true, FETCH_ROWS);
		rows = SPI_processed;
		table = SPI_tuptable;
		for (uint64 i = 0; i < rows; i++)
		{
			if (escrow->stage == STAGE_CONTENTS)
				object_write(escrow, kind, table->vals[i], table->tupdesc, changes);
			else
			{
				dos_escrow_delete_xml(&writer, kind, SPI_getvalue(table->vals[i], table->tupdesc, 1));
				appendStringInfoChar(&escrow->text, '\n');
			}
		}
		changes_write(escrow, kind, changes);
	}
	if (rows < FETCH_ROWS)
	{
		if (escrow->portal)
			SPI_cursor_close(SPI_cursor_find(escrow->portal));
		escrow->portal = NULL;
		escrow->section++;
	}
	SPI_finish();
}

/* The objects there is one of, and the header with its counts. */
static void
contents_end(Escrow *escrow)
{
	static Oid	types[] = {INT4OID, BOOLOID, BOOLOID};
	Datum		values[] = {Int32GetDatum(escrow->zone_id), BoolGetDatum(!escrow->no_registrant), BoolGetDatum(!escrow->no_contact)};
	EscrowWriter writer = {text_write, &escrow->text};

	SPI_connect();
	if (!type_is(escrow, "THIN"))
	{
		SPI_execute_with_args("SELECT dos_internal.escrow_epp_xml() UNION ALL SELECT dos_internal.escrow_policy_xml($1, $2, $3)", 3, types, values, NULL, true, 0);
		for (uint64 i = 0; i < SPI_processed; i++)
			appendStringInfo(&escrow->text, "%s\n", SPI_getvalue(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 1));
		escrow->policies = (int) SPI_processed - 1;
	}
	SPI_finish();
	dos_escrow_header_xml(&writer, escrow->zone, escrow->counts, type_is(escrow, "THIN") ? -1 : escrow->policies);
	appendStringInfoString(&escrow->text, "\n</rde:contents>\n</rde:deposit>\n");
}

static void
deposit_end(Escrow *escrow)
{
	static Oid	types[] = {INT8OID, TEXTOID};
	Datum		values[2];
	StringInfoData counts;

	initStringInfo(&counts);
	for (int kind = 0; kind < ESCROW_KIND_COUNT; kind++)
		if (dos_escrow_kind_in(kind, type_is(escrow, "THIN")))
			appendStringInfo(&counts, "%s\"%s\": %lld", counts.len ? ", " : "{", dos_escrow_kind_name(kind), (long long) escrow->counts[kind]);
	if (!type_is(escrow, "THIN"))
		appendStringInfo(&counts, ", \"eppParams\": 1, \"policy\": %d", escrow->policies);
	values[0] = Int64GetDatum(escrow->id);
	values[1] = CStringGetTextDatum(psprintf("%s}", counts.data));
	SPI_connect();
	SPI_execute_with_args("SELECT dos_internal.escrow_end($1, $2::jsonb)", 2, types, values, NULL, false, 0);
	SPI_finish();
}

/* A step of the work: some text, or on to the next stage. */
static void
deposit_step(Escrow *escrow)
{
	if (escrow->stage == STAGE_START)
		start(escrow);
	else if (escrow->stage == STAGE_END)
	{
		contents_end(escrow);
		deposit_end(escrow);
		escrow->stage = STAGE_DONE;
	}
	else if (escrow->section < (int) lengthof(sections))
		section_batch(escrow);
	else if (escrow->stage == STAGE_DELETES)
	{
		appendStringInfoString(&escrow->text, "</rde:deletes>\n<rde:contents>\n");
		escrow->section = 0;
		escrow->stage = STAGE_CONTENTS;
	}
	else
		escrow->stage = STAGE_END;
}

Datum
dos_sql_escrow_xml(PG_FUNCTION_ARGS)
{
	FuncCallContext *call;
	Escrow	   *escrow;
	text	   *piece;

	if (SRF_IS_FIRSTCALL())
	{
		MemoryContext old;

		call = SRF_FIRSTCALL_INIT();
		old = MemoryContextSwitchTo(call->multi_call_memory_ctx);
		escrow = palloc0(sizeof(Escrow));
		escrow->context = CurrentMemoryContext;
		escrow->id = PG_GETARG_INT64(0);
		initStringInfo(&escrow->text);
		call->user_fctx = escrow;
		MemoryContextSwitchTo(old);
	}
	call = SRF_PERCALL_SETUP();
	escrow = call->user_fctx;
	while (escrow->text.len < PIECE_SIZE && escrow->stage != STAGE_DONE)
		deposit_step(escrow);
	if (escrow->text.len == 0)
		SRF_RETURN_DONE(call);
	piece = cstring_to_text_with_len(escrow->text.data, escrow->text.len);
	resetStringInfo(&escrow->text);
	SRF_RETURN_NEXT(call, PointerGetDatum(piece));
}
