/*
 * dns_transfer.c
 *	  dos.dns_axfr() and dos.dns_ixfr(): rows of (owner, rtype, ttl, rdata[]) turned into runs of wire
 *	  records, one value per call. What the rows are is SQL (zone_transfer.sql); this file only encodes.
 *
 * The rows come through an SPI cursor under the caller's snapshot, so a transfer shows one serial and
 * needs the memory of one batch, whatever the size of the zone.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "funcapi.h"
#include "nodes/pg_list.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/portal.h"

#include "dns/dns_wire_rules.h"

#define CHUNK_SIZE		60000	/* octets of one value: with header, question and TSIG below 65,535 */
#define FETCH_ROWS		1000

typedef struct Transfer
{
	MemoryContext context;		/* lives as long as the transfer; rows live in SPI's, one batch long */
	char	   *portal;			/* of the cursor; NULL when it is read to its end */
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
}

/* Add one row's RRset to the chunks. */
static void
rrset_add(Transfer *transfer, HeapTuple row, TupleDesc columns)
{
	bool		null;
	text	   *owner = DatumGetTextPP(SPI_getbinval(row, columns, 1, &null));
	int			rtype = DatumGetInt32(SPI_getbinval(row, columns, 2, &null));
	int			ttl = DatumGetInt32(SPI_getbinval(row, columns, 3, &null));
	ArrayType  *rrset = DatumGetArrayTypeP(SPI_getbinval(row, columns, 4, &null));
	uint8_t		name[DOS_DNAME_WIRE_MAX];
	size_t		name_length = dos_dname_wire(VARDATA_ANY(owner), VARSIZE_ANY_EXHDR(owner), name);
	Datum	   *rdata;
	int			count;

	if (name_length == 0)
		elog(ERROR, "owner in the image is not a name");
	deconstruct_array(rrset, BYTEAOID, -1, false, TYPALIGN_INT, &rdata, NULL, &count);
	for (int i = 0; i < count; i++)
	{
		bytea	   *one = DatumGetByteaPP(rdata[i]);
		uint8_t    *octets = (uint8_t *) VARDATA_ANY(one);

		if (dos_dns_run_add(&transfer->run, name, name_length, rtype, ttl, octets, VARSIZE_ANY_EXHDR(one)))
			continue;
		chunk_end(transfer);
		chunk_begin(transfer);
		if (!dos_dns_run_add(&transfer->run, name, name_length, rtype, ttl, octets, VARSIZE_ANY_EXHDR(one)))
			elog(ERROR, "record in the image is too large");
	}
}

/* Read on until a chunk is ready or the rows have come to their end. */
static void
transfer_read(Transfer *transfer)
{
	SPI_connect();
	while (transfer->portal != NULL && transfer->ready == NIL)
	{
		Portal		portal = SPI_cursor_find(transfer->portal);

		if (portal == NULL)
			elog(ERROR, "the transfer's cursor has gone");
		SPI_cursor_fetch(portal, true, FETCH_ROWS);
		for (uint64 i = 0; i < SPI_processed; i++)
			rrset_add(transfer, SPI_tuptable->vals[i], SPI_tuptable->tupdesc);
		if (SPI_processed < FETCH_ROWS)
		{
			chunk_end(transfer);
			transfer->portal = NULL;
			SPI_cursor_close(portal);
		}
	}
	SPI_finish();
}

/* Open the cursor of a transfer of the zone named by the first argument. */
static Transfer *
transfer_begin(const char *query, int argument_count, Oid *types, Datum *arguments)
{
	Transfer   *transfer = palloc0(sizeof(Transfer));
	text	   *zone = DatumGetTextPP(arguments[0]);
	char	   *name = text_to_cstring(zone);
	size_t		length = strlen(name);
	Portal		portal;

	transfer->context = CurrentMemoryContext;
	if (length > 1 && name[length - 1] == '.')
		length--;
	if (!dos_dns_run_init(&transfer->run, name, length, NULL, CHUNK_SIZE))
		return transfer;		/* no such zone can exist: no rows */
	chunk_begin(transfer);

	SPI_connect();
	portal = SPI_cursor_open_with_args(NULL, query, argument_count, types, arguments, NULL, true, 0);
	transfer->portal = MemoryContextStrdup(transfer->context, portal->name);
	SPI_finish();
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
	if (transfer->ready == NIL && transfer->portal != NULL)
		transfer_read(transfer);
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
