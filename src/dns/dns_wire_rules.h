/*
 * dns_wire_rules.h
 *	  DNS wire format, pure: RDATA of the types a registry publishes, and runs of resource records as
 *	  they stand in a transfer message (RFC 1035, 3596, 4034). Gateways and tests may link it.
 */
#ifndef DOS_DNS_WIRE_RULES_H
#define DOS_DNS_WIRE_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/dname_rules.h"

typedef enum DnsType
{
	DNS_TYPE_A = 1,
	DNS_TYPE_NS = 2,
	DNS_TYPE_SOA = 6,
	DNS_TYPE_AAAA = 28,
	DNS_TYPE_DS = 43
} DnsType;

#define DNS_CLASS_IN		1
#define DNS_HEADER_SIZE		12
#define DNS_RDATA_MAX		65535
#define DNS_DIGEST_MAX		64		/* octets; the longest digest type has 48 */
#define DNS_DNSKEY_MAX		4096	/* octets of DNSKEY RDATA that are accepted */

typedef struct DnsSoa
{
	const char *mname;			/* canonical names */
	const char *rname;
	uint32_t	serial;
	uint32_t	refresh;
	uint32_t	retry;
	uint32_t	expire;
	uint32_t	minimum;
} DnsSoa;

#define DNS_SOA_MAX			(2 * DOS_DNAME_WIRE_MAX + 20)

/* "A", "NS", ... or "TYPE65280" (RFC 3597 section 5); `text` has room for 16 bytes. */
extern const char *dos_dns_type_text(int rtype, char *text);

/* SOA RDATA; `rdata` has room for DNS_SOA_MAX. Octets written, 0 if a name is not one. */
extern size_t dos_dns_soa(const DnsSoa *soa, uint8_t *rdata);

/*
 * DS RDATA from 'keytag algorithm digesttype DIGESTHEX[ ...]' (what follows the digest is left alone);
 * `rdata` has room for 4 + DNS_DIGEST_MAX. Octets written, 0 if malformed or the digest's length is not
 * that of its type (RFC 4034 section 5.1, 4509, 5933, 6605).
 */
extern size_t dos_dns_ds(const char *text, size_t length, uint8_t *rdata);

/* DNSKEY RDATA from 'flags protocol algorithm BASE64'; `rdata` has room for DNS_DNSKEY_MAX. Octets written, or 0. */
extern size_t dos_dns_dnskey(const char *text, size_t length, uint8_t *rdata);

/* The key tag of DNSKEY RDATA (RFC 4034 appendix B). */
extern uint16_t dos_dns_keytag(const uint8_t *dnskey, size_t length);

/* Octets of the uncompressed name that starts here, 0 if there is none within `available`. */
extern size_t dos_dns_name_length(const uint8_t *wire, size_t available);

/*
 * Presentation form of RDATA, as a zone file has it (dns_text_rules.c); types without a form there and RDATA
 * that is not what its type says come as RFC 3597 "\# length hex". `text` has room for dos_dns_rdata_text_max(length).
 */
extern size_t dos_dns_rdata_text(int rtype, const uint8_t *rdata, size_t length, char *text);
#define dos_dns_rdata_text_max(length)	(4 * (size_t) (length) + 600)	/* an octet may become \DDD */

/* One record with an uncompressed owner; `wire` has room for dos_dns_rr_length() octets, which is returned. */
extern size_t dos_dns_rr(uint8_t *wire, const uint8_t *owner, size_t owner_length, int rtype, uint32_t ttl,
						 const uint8_t *rdata, size_t rdata_length);
#define dos_dns_rr_length(owner_length, rdata_length)	((size_t) (owner_length) + 10 + (size_t) (rdata_length))

/* Order of two RDATA (RFC 4034 section 6.3): negative, 0 or positive. */
extern int	dos_dns_rdata_compare(const uint8_t *a, size_t a_length, const uint8_t *b, size_t b_length);

/*
 * A run of resource records that will stand right behind a header and one question for the zone.
 * Names are compressed against the question's (offset 12) and every name already in the run.
 */
#define DNS_RUN_NAMES		1024	/* slots of the table of known names; a power of two */

typedef struct DnsRun
{
	uint8_t    *data;
	size_t		size;
	size_t		used;
	uint8_t		zone[DOS_DNAME_WIRE_MAX];
	size_t		zone_length;
	uint16_t	names[DNS_RUN_NAMES];	/* message offsets, 0 is free */
} DnsRun;

/* False if `zone` is not a name. The run writes to `data`, of `size` octets. */
extern bool dos_dns_run_init(DnsRun *run, const char *zone, size_t zone_length, uint8_t *data, size_t size);

/* Forget what was written, begin another message. */
extern void dos_dns_run_reset(DnsRun *run);

/* Append a record; `owner` is an uncompressed wire name. False, with the run unchanged, if there is no room. */
extern bool dos_dns_run_add(DnsRun *run, const uint8_t *owner, size_t owner_length, int rtype, uint32_t ttl,
							const uint8_t *rdata, size_t rdata_length);

#endif
