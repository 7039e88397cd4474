/*
 * zone_file.c
 *	  dos.zone_file(): RRsets turned into lines of a master file, one value per call, in the memory of one
 *	  batch. Which RRsets, and in which order, is SQL (zone_file.sql).
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"

#include "dns/dns_cursor.h"
#include "dns/dns_wire_rules.h"

typedef struct ZoneFile
{
	DnsCursor	cursor;
	StringInfoData lines;		/* of a batch, each with a NUL behind it */
	int			at;				/* the next one */
} ZoneFile;

PG_FUNCTION_INFO_V1(dos_sql_zone_file);

static void
rrset_lines(void *arg, const DnsRrset *rrset)
{
	ZoneFile   *file = arg;
	char		type[16];
	const char *type_text = dos_dns_type_text(rrset->rtype, type);
	char		ttl[12];
	int			ttl_length = pg_ltoa(rrset->ttl, ttl);

	for (int i = 0; i < rrset->count; i++)
	{
		bytea	   *rdata = DatumGetByteaPP(rrset->rdata[i]);
		size_t		length = VARSIZE_ANY_EXHDR(rdata);

		appendBinaryStringInfo(&file->lines, VARDATA_ANY(rrset->owner), VARSIZE_ANY_EXHDR(rrset->owner));
		appendBinaryStringInfo(&file->lines, ". ", 2);
		appendBinaryStringInfo(&file->lines, ttl, ttl_length);
		appendBinaryStringInfo(&file->lines, " IN ", 4);
		appendStringInfoString(&file->lines, type_text);
		appendStringInfoCharMacro(&file->lines, ' ');
		enlargeStringInfo(&file->lines, (int) dos_dns_rdata_text_max(length));
		file->lines.len += dos_dns_rdata_text(rrset->rtype, (uint8_t *) VARDATA_ANY(rdata), length, file->lines.data + file->lines.len);
		appendStringInfoCharMacro(&file->lines, '\0');
	}
}

Datum
dos_sql_zone_file(PG_FUNCTION_ARGS)
{
	static Oid	types[] = {TEXTOID};
	FuncCallContext *call;
	ZoneFile   *file;
	const char *line;

	if (SRF_IS_FIRSTCALL())
	{
		MemoryContext old;
		Datum		zone = PG_GETARG_DATUM(0);

		call = SRF_FIRSTCALL_INIT();
		old = MemoryContextSwitchTo(call->multi_call_memory_ctx);
		file = palloc0(sizeof(ZoneFile));
		initStringInfo(&file->lines);
		dos_dns_cursor_open(&file->cursor, "SELECT owner, rtype, ttl, rdata FROM dos_internal.zone_file_rows($1)", 1, types, &zone);
		call->user_fctx = file;
		MemoryContextSwitchTo(old);
	}
	call = SRF_PERCALL_SETUP();
	file = call->user_fctx;
	while (file->at >= file->lines.len)
	{
		resetStringInfo(&file->lines);
		file->at = 0;
		if (!dos_dns_cursor_read(&file->cursor, rrset_lines, file))
			SRF_RETURN_DONE(call);
	}
	line = file->lines.data + file->at;
	file->at += (int) strlen(line) + 1;
	SRF_RETURN_NEXT(call, CStringGetTextDatum(line));
}
