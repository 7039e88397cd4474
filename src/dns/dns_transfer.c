/*
 * dns_transfer.c
 *	  dos.dns_axfr() and dos.dns_ixfr(): RRsets turned into runs of wire records, one value per call. Which
 *	  RRsets, and in which order, is SQL (zone_transfer.sql); this file only encodes. Memory is that of one
 *	  batch, whatever the size of the zone.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "funcapi.h"
#include "nodes/pg_list.h"
#include "utils/builtins.h"

#include "dns/dns_cursor.h"
#include "dns/dns_wire_rules.h"

#define CHUNK_SIZE		60000	/* octets of one value: with header, question and TSIG below 65,535 */

typedef struct Transfer
{
	MemoryContext context;		/* lives as long as the transfer */
	DnsCursor	cursor;
	List	   *ready;			/* chunks (bytea) that wait to be returned */
	bytea	   *chunk;			/* the one being filled */
	DnsRun		run;
} Transfer;

PG_FUNCTION_INFO_V1(dos_sql_dns_axfr);
PG_FUNCTION_INFO_V1(dos_sql_dns_ixfr);

static void
chunk_begin(Transfer *transfer)
{
	transfer->chunk = MemoryContextAlloc(transfer->context, VARHDRSZ + CHUNK_SIZE);
	transfer->run.data = (uint8_t *) VARDATA(transfer->chunk);
	dos_dns_run_reset(&transfer->run);
}

static void
chunk_end(Transfer *transfer)
{
	MemoryContext old;

	if (transfer->run.used == 0)
		return;
	SET_VARSIZE(transfer->chunk, VARHDRSZ + transfer->run.used);
	old = MemoryContextSwitchTo(transfer->context);
	transfer->ready = lappend(transfer->ready, transfer->chunk);
	MemoryContextSwitchTo(old);
	transfer->chunk = NULL;
	transfer->run.used = 0;
}

/* Add an RRset to the chunks, record by record. */
static void
rrset_add(void *arg, const DnsRrset *rrset)
{
	Transfer   *transfer = arg;
	uint8_t		name[DOS_DNAME_WIRE_MAX];
	size_t		name_length = dos_dname_wire(VARDATA_ANY(rrset->owner), VARSIZE_ANY_EXHDR(rrset->owner), name);

	if (name_length == 0)
		elog(ERROR, "owner in the image is not a name");
	for (int i = 0; i < rrset->count; i++)
	{
		bytea	   *rdata = DatumGetByteaPP(rrset->rdata[i]);
		uint8_t    *octets = (uint8_t *) VARDATA_ANY(rdata);
		size_t		length = VARSIZE_ANY_EXHDR(rdata);

		if (dos_dns_run_add(&transfer->run, name, name_length, rrset->rtype, rrset->ttl, octets, length))
			continue;
		chunk_end(transfer);
		chunk_begin(transfer);
		if (!dos_dns_run_add(&transfer->run, name, name_length, rrset->rtype, rrset->ttl, octets, length))
			elog(ERROR, "record in the image is too large");
	}
}

/* Open the cursor of a transfer of the zone named by the first argument. */
static Transfer *
transfer_begin(const char *query, int argument_count, Oid *types, Datum *arguments)
{
	Transfer   *transfer = palloc0(sizeof(Transfer));
	char	   *zone = text_to_cstring(DatumGetTextPP(arguments[0]));
	size_t		length = strlen(zone);

	transfer->context = CurrentMemoryContext;
	if (length > 1 && zone[length - 1] == '.')
		length--;
	if (!dos_dns_run_init(&transfer->run, zone, length, NULL, CHUNK_SIZE))
		return transfer;		/* no such zone can exist: no rows */
	chunk_begin(transfer);
	dos_dns_cursor_open(&transfer->cursor, query, argument_count, types, arguments);
	return transfer;
}

/* The set-returning part both functions share: begin on the first call, then one chunk a call. */
static Datum
transfer_next(FunctionCallInfo fcinfo, const char *query, int argument_count, Oid *types)
{
	FuncCallContext *call;
	Transfer   *transfer;

	if (SRF_IS_FIRSTCALL())
	{
		MemoryContext old;
		Datum		arguments[3];

		call = SRF_FIRSTCALL_INIT();
		old = MemoryContextSwitchTo(call->multi_call_memory_ctx);
		for (int i = 0; i < argument_count; i++)
			arguments[i] = PG_GETARG_DATUM(i);
		call->user_fctx = transfer_begin(query, argument_count, types, arguments);
		MemoryContextSwitchTo(old);
	}
	call = SRF_PERCALL_SETUP();
	transfer = call->user_fctx;
	while (transfer->ready == NIL && dos_dns_cursor_read(&transfer->cursor, rrset_add, transfer))
		if (transfer->cursor.portal == NULL)
			chunk_end(transfer);
	if (transfer->ready != NIL)
	{
		bytea	   *chunk = linitial(transfer->ready);
		bytea	   *value = palloc(VARSIZE(chunk));

		memcpy(value, chunk, VARSIZE(chunk));
		transfer->ready = list_delete_first(transfer->ready);
		pfree(chunk);
		SRF_RETURN_NEXT(call, PointerGetDatum(value));
	}
	SRF_RETURN_DONE(call);
}

Datum
dos_sql_dns_axfr(PG_FUNCTION_ARGS)
{
	static Oid	types[] = {TEXTOID};

	return transfer_next(fcinfo, "SELECT owner, rtype, ttl, rdata FROM dos_internal.dns_axfr_rows($1)", 1, types);
}

Datum
dos_sql_dns_ixfr(PG_FUNCTION_ARGS)
{
	static Oid	types[] = {TEXTOID, INT8OID, BOOLOID};

	return transfer_next(fcinfo, "SELECT owner, rtype, ttl, rdata FROM dos_internal.dns_ixfr_rows($1, $2, $3)", 3, types);
}
