/*
 * dns_transfer.h
 *		One AXFR (RFC 5936) or IXFR (RFC 1995) answer, streamed from the database.
 *
 * An IXFR that the journal cannot serve turns into the whole zone. The sink
 * gets message by message; `end` comes once, unless the transfer is freed
 * before: complete, broken off after some messages, or failed before the first.
 */
#ifndef DNS_TRANSFER_H
#define DNS_TRANSFER_H

#include <event2/event.h>

#include "dns_query.h"

typedef enum DnsTransferEnd
{
	TRANSFER_COMPLETE,
	TRANSFER_BROKEN,
	TRANSFER_FAILED
} DnsTransferEnd;

typedef struct DnsTransferSink
{
	void		(*message) (void *arg, const uint8_t *message, size_t length);
	void		(*end) (void *arg, DnsTransferEnd how);
	void	   *arg;
} DnsTransferSink;

typedef struct DnsTransfer DnsTransfer;

/* NULL when as many transfers run as may. The query and the name are used until the end. */
DnsTransfer *dns_transfer_start(struct event_base *base, DnsQuery *query, const char *secondary, const DnsTransferSink *sink);
void		dns_transfer_pause(DnsTransfer *transfer);
void		dns_transfer_resume(DnsTransfer *transfer);
void		dns_transfer_free(DnsTransfer *transfer);

/* How many run. */
int			dns_transfers(void);

#endif
