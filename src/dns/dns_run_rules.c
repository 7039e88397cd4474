/*
 * dns_run_rules.c
 *	  Runs of resource records with compressed names (RFC 1035 section 4.1.4).
 *
 * A direct-mapped table remembers where each suffix of each name written stands in the message. A slot
 * that is taken is kept: the names met first are within reach of a pointer, later ones may not be.
 */
#include "dns/dns_wire_rules.h"

#include <string.h>

#define POINTER_REACH	0x4000	/* a pointer has 14 bits */
#define LABELS_MAX		128
#define FIXED_SIZE		10		/* octets of type, class, TTL and length */

typedef struct DnsLabels
{
	int			count;			/* the root is not counted */
	uint8_t		start[LABELS_MAX];	/* of each label in the name */
	uint32_t	hash[LABELS_MAX];	/* of the suffix that begins with it */
} DnsLabels;

/* Find the labels of a valid wire name and hash its suffixes, from the right. */
static void
labels_find(const uint8_t *name, DnsLabels *labels)
{
	uint32_t	hash = 2166136261u;
	size_t		at = 0;

	labels->count = 0;
	while (name[at] != 0)
	{
		labels->start[labels->count++] = (uint8_t) at;
		at += name[at] + 1u;
	}
	for (int i = labels->count - 1; i >= 0; i--)
	{
		const uint8_t *label = name + labels->start[i];

		for (int c = 0; c <= label[0]; c++)
			hash = (hash ^ label[c]) * 16777619u;
		labels->hash[i] = hash ^ hash >> 15;
	}
}

static size_t
data_offset(const DnsRun *run)
{
	return DNS_HEADER_SIZE + run->zone_length + 4;
}

/* The octet at an offset of the message: in the question's name, or in the run. */
static uint8_t
octet_at(const DnsRun *run, size_t offset)
{
	if (offset < data_offset(run))
		return run->zone[offset - DNS_HEADER_SIZE];
	return run->data[offset - data_offset(run)];
}

/* Is the name that stands at this offset the same as the one given? */
static bool
same_name(const DnsRun *run, size_t offset, const uint8_t *name)
{
	for (;;)
	{
		uint8_t		label = octet_at(run, offset);

		if (label >= 0xc0)
		{
			offset = (size_t) (label & 0x3f) << 8 | octet_at(run, offset + 1);
			continue;
		}
		if (label != *name)
			return false;
		if (label == 0)
			return true;
		for (int i = 1; i <= label; i++)
			if (octet_at(run, offset + i) != name[i])
				return false;
		offset += label + 1u;
		name += label + 1;
	}
}

/* Write a name at the end of the run, as short as it can be; there is room for all of it. */
static void
name_put(DnsRun *run, const uint8_t *name)
{
	DnsLabels	labels;
	int			known;
	size_t		start = data_offset(run) + run->used;
	size_t		length;

	labels_find(name, &labels);
	for (known = 0; known < labels.count; known++)
	{
		uint16_t	offset = run->names[labels.hash[known] % DNS_RUN_NAMES];

		if (offset != 0 && same_name(run, offset, name + labels.start[known]))
			break;
	}
	if (known < labels.count)
	{
		uint16_t	offset = run->names[labels.hash[known] % DNS_RUN_NAMES];

		length = labels.start[known];
		memcpy(run->data + run->used, name, length);
		run->data[run->used + length] = (uint8_t) (0xc0 | offset >> 8);
		run->data[run->used + length + 1] = (uint8_t) offset;
		run->used += length + 2;
	}
	else
	{
		length = dos_dns_name_length(name, DOS_DNAME_WIRE_MAX);
		memcpy(run->data + run->used, name, length);
		run->used += length;
	}
	for (int i = 0; i < known; i++)
	{
		uint16_t   *slot = &run->names[labels.hash[i] % DNS_RUN_NAMES];

		if (*slot == 0 && start + labels.start[i] < POINTER_REACH)
			*slot = (uint16_t) (start + labels.start[i]);
	}
}

void
dos_dns_run_reset(DnsRun *run)
{
	DnsLabels	labels;

	run->used = 0;
	memset(run->names, 0, sizeof(run->names));
	labels_find(run->zone, &labels);
	for (int i = 0; i < labels.count; i++)
		run->names[labels.hash[i] % DNS_RUN_NAMES] = (uint16_t) (DNS_HEADER_SIZE + labels.start[i]);
}

bool
dos_dns_run_init(DnsRun *run, const char *zone, size_t zone_length, uint8_t *data, size_t size)
{
	run->zone_length = dos_dname_wire(zone, zone_length, run->zone);
	run->data = data;
	run->size = size;
	if (run->zone_length == 0)
		return false;
	dos_dns_run_reset(run);
	return true;
}

/* Put the names that stand at the beginning of the RDATA; how many octets of it that was. */
static size_t
rdata_names_put(DnsRun *run, int rtype, const uint8_t *rdata, size_t length)
{
	int			names = rtype == DNS_TYPE_SOA ? 2 : rtype == DNS_TYPE_NS ? 1 : 0;
	size_t		used = 0;

	while (names-- > 0)
	{
		size_t		name = dos_dns_name_length(rdata + used, length - used);

		if (name == 0)
			break;
		name_put(run, rdata + used);
		used += name;
	}
	return used;
}

/* What stands between owner and RDATA: type, class, TTL, length. */
static void
fixed_put(uint8_t *fixed, int rtype, uint32_t ttl, size_t length)
{
	const uint8_t octets[FIXED_SIZE] = {(uint8_t) (rtype >> 8), (uint8_t) rtype, 0, DNS_CLASS_IN,
		(uint8_t) (ttl >> 24), (uint8_t) (ttl >> 16), (uint8_t) (ttl >> 8), (uint8_t) ttl,
	(uint8_t) (length >> 8), (uint8_t) length};

	memcpy(fixed, octets, FIXED_SIZE);
}

size_t
dos_dns_rr(uint8_t *wire, const uint8_t *owner, size_t owner_length, int rtype, uint32_t ttl,
		   const uint8_t *rdata, size_t rdata_length)
{
	memcpy(wire, owner, owner_length);
	fixed_put(wire + owner_length, rtype, ttl, rdata_length);
	memcpy(wire + owner_length + FIXED_SIZE, rdata, rdata_length);
	return dos_dns_rr_length(owner_length, rdata_length);
}

bool
dos_dns_run_add(DnsRun *run, const uint8_t *owner, size_t owner_length, int rtype, uint32_t ttl,
				const uint8_t *rdata, size_t rdata_length)
{
	uint8_t    *fixed;
	size_t		names;

	/* compression never makes a record longer than this */
	if (rdata_length > DNS_RDATA_MAX || run->size - run->used < dos_dns_rr_length(owner_length, rdata_length))
		return false;
	name_put(run, owner);
	fixed = run->data + run->used;
	run->used += FIXED_SIZE;
	names = rdata_names_put(run, rtype, rdata, rdata_length);
	memcpy(run->data + run->used, rdata + names, rdata_length - names);
	run->used += rdata_length - names;
	fixed_put(fixed, rtype, ttl, (size_t) (run->data + run->used - fixed) - FIXED_SIZE);
	return true;
}
