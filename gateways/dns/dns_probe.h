/*
 * dns_probe.h
 *		The question that asks a secondary which serial it serves, and what its
 *		answer says. No I/O.
 */
#ifndef DNS_PROBE_H
#define DNS_PROBE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DNS_PROBE_MAX 1232

typedef struct DnsProbeAnswer
{
	uint32_t	serial;
	uint32_t	signed_until;	/* the earliest end of a signature of the SOA, Unix time; 0: unsigned */
} DnsProbeAnswer;

/* Write a SOA query with DO for the zone; `out` has room for DNS_PROBE_MAX. Its length, 0 if impossible. */
size_t		dns_probe_write(uint16_t id, const char *zone, uint8_t *out);

/* False if this is not an authoritative answer with the SOA, to a question with this id and zone. */
bool		dns_probe_read(uint16_t id, const char *zone, const uint8_t *wire, size_t length, DnsProbeAnswer *answer);

#endif
