/*
 * dns_query.h
 *		One DNS query: read, judged, and answered message by message. No I/O.
 *
 * dns_query_read() takes what came from the network and says what it asks
 * for; whatever is wrong with it has become an error to answer, or silence.
 * dns_message() writes the messages of the answer, signed when the query was.
 */
#ifndef DNS_QUERY_H
#define DNS_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dns_key.h"

#define DNS_HEADER		12
#define DNS_NAME_MAX	255
#define DNS_MESSAGE_MAX	65535
#define DNS_MAC_MAX		64
#define DNS_UDP_MIN		512
#define DNS_UDP_MAX		1232	/* what we send at most, and say we take */

typedef enum DnsKind
{
	DNS_DROP,					/* no answer at all */
	DNS_ERROR,					/* answer with `rcode` */
	DNS_SOA,
	DNS_AXFR,
	DNS_IXFR,
	DNS_KIND_COUNT
} DnsKind;

extern const char *const dns_kind_names[DNS_KIND_COUNT];

typedef struct DnsQuery
{
	DnsKind		kind;
	int			rcode;			/* 12 bits with EDNS */
	bool		tcp;
	bool		edns;
	bool		dnssec_ok;		/* the DO bit, which an answer copies (RFC 3225 section 3) */
	size_t		answer_max;		/* octets of one message */
	uint8_t		header[DNS_HEADER];
	uint8_t		question[DNS_NAME_MAX + 4];
	size_t		question_length;	/* 0: not readable */
	char		zone[4 * DNS_NAME_MAX + 2];	/* lower case, no final dot; "." for the root */
	uint32_t	serial;			/* IXFR: what the client has */
	/* TSIG */
	const DnsKey *key;			/* the client proved to know it, NULL if it did not sign */
	int			tsig_error;		/* 0, or TSIG's own error code */
	uint64_t	time_signed;	/* BADTIME: the client's time */
	uint8_t		mac[DNS_MAC_MAX];	/* of the message before: the query, then each answer */
	size_t		mac_length;
	uint8_t		unsigned_tsig[1024];	/* BADKEY, BADSIG: the TSIG record to add, without MAC */
	size_t		unsigned_tsig_length;
	int			messages;		/* answered so far */
} DnsQuery;

/* The octets are not changed; `tcp` says how they came. */
void		dns_query_read(DnsQuery *query, const uint8_t *wire, size_t length, bool tcp);

/* Turn the query into an error to answer. */
void		dns_query_refuse(DnsQuery *query, int rcode);

/*
 * Write one message of the answer: `records` is a run of records whose
 * compression pointers suit a message with this question. `out` has room for
 * DNS_MESSAGE_MAX. Returns its length, or 0 if it cannot be written.
 */
size_t		dns_message(DnsQuery *query, const uint8_t *records, size_t length, uint8_t *out);

/* How many records a run holds, -1 if it is malformed. */
int			dns_records_count(const uint8_t *records, size_t length);

#endif
