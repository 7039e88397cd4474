/*
 * dns_cursor.h
 *	  Reading RRsets - rows of (owner, rtype, ttl, rdata[]) - through an SPI cursor, a batch at a time, across
 *	  the calls of a set-returning function. The caller's snapshot is used, so a set shows one serial.
 */
#ifndef DOS_DNS_CURSOR_H
#define DOS_DNS_CURSOR_H

#include "postgres.h"

typedef struct DnsCursor
{
	char	   *portal;			/* NULL when it is read to its end */
} DnsCursor;

typedef struct DnsRrset
{
	text	   *owner;
	int			rtype;
	int			ttl;
	int			count;
	Datum	   *rdata;			/* bytea */
} DnsRrset;

/* What is done with each RRset; it lives until the batch ends. */
typedef void (*DnsRrsetCallback) (void *arg, const DnsRrset *rrset);

/* Open in the current memory context, which must live as long as the cursor. */
extern void dos_dns_cursor_open(DnsCursor *cursor, const char *query, int argument_count, Oid *types, Datum *arguments);

/* Hand out one batch. False when there was nothing left. */
extern bool dos_dns_cursor_read(DnsCursor *cursor, DnsRrsetCallback callback, void *arg);

#endif
