/*
 * dns_cursor.c
 *	  RRsets from a cursor. See dns_cursor.h.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/portal.h"

#include "dns/dns_cursor.h"

#define FETCH_ROWS		1000

void
dos_dns_cursor_open(DnsCursor *cursor, const char *query, int argument_count, Oid *types, Datum *arguments)
{
	MemoryContext context = CurrentMemoryContext;
	Portal		portal;

	SPI_connect();
	portal = SPI_cursor_open_with_args(NULL, query, argument_count, types, arguments, NULL, true, 0);
	cursor->portal = MemoryContextStrdup(context, portal->name);
	SPI_finish();
}

static void
rrset_take(HeapTuple row, TupleDesc columns, DnsRrset *rrset)
{
	bool		null;

	rrset->owner = DatumGetTextPP(SPI_getbinval(row, columns, 1, &null));
	rrset->rtype = DatumGetInt32(SPI_getbinval(row, columns, 2, &null));
	rrset->ttl = DatumGetInt32(SPI_getbinval(row, columns, 3, &null));
	deconstruct_array(DatumGetArrayTypeP(SPI_getbinval(row, columns, 4, &null)), BYTEAOID, -1, false, TYPALIGN_INT,
					  &rrset->rdata, NULL, &rrset->count);
}

bool
dos_dns_cursor_read(DnsCursor *cursor, DnsRrsetCallback callback, void *arg)
{
	Portal		portal;

	if (cursor->portal == NULL)
		return false;
	SPI_connect();
	portal = SPI_cursor_find(cursor->portal);
	if (portal == NULL)
		elog(ERROR, "the cursor of a zone has gone");
	SPI_cursor_fetch(portal, true, FETCH_ROWS);
	for (uint64 i = 0; i < SPI_processed; i++)
	{
		DnsRrset	rrset;

		rrset_take(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, &rrset);
		callback(arg, &rrset);
	}
	if (SPI_processed < FETCH_ROWS)
	{
		cursor->portal = NULL;
		SPI_cursor_close(portal);
	}
	SPI_finish();
	return true;
}
