/*
 * zone_record_rules.c
 *	  The table of record types an operator may put into a zone.
 *
 * A generic TLD may hold what Exhibit A of its registry agreement names: beside SOA, NS, DS, glue and what
 * DNSSEC needs, a TXT record at the apex that tells the version of the zone. No wildcards there.
 */
#include "zone/zone_record_rules.h"

#include <string.h>

#include "base/dname_rules.h"

#define OWN			"It is published from the registry's own data: dos.zone, dos.zone_nameserver, the domains and their hosts."
#define SIGNER		"The name server that signs the zone makes it."
#define EXHIBIT_A	"The registry agreement of a generic TLD (Exhibit A) allows no such record in the zone."
#define BELOW		"An alias of the apex would hide the zone (RFC 1034 section 3.6.2)."
#define TYPE_ANY	0

static const ZoneRecordRule rules[] = {
	/*				  generic: apex, inside	  other: apex, inside */
	{2, "NS", {false, false}, {false, false}, OWN},
	{6, "SOA", {false, false}, {false, false}, OWN},
	{43, "DS", {false, false}, {false, false}, OWN},
	{46, "RRSIG", {false, false}, {false, false}, SIGNER},
	{47, "NSEC", {false, false}, {false, false}, SIGNER},
	{48, "DNSKEY", {false, false}, {false, false}, SIGNER},
	{50, "NSEC3", {false, false}, {false, false}, SIGNER},
	{51, "NSEC3PARAM", {false, false}, {false, false}, SIGNER},
	{59, "CDS", {false, false}, {false, false}, SIGNER},
	{60, "CDNSKEY", {false, false}, {false, false}, SIGNER},
	{63, "ZONEMD", {false, false}, {false, false}, SIGNER},
	{16, "TXT", {true, false}, {true, true}, EXHIBIT_A},
	{5, "CNAME", {false, false}, {false, true}, BELOW},
	{39, "DNAME", {false, false}, {false, true}, BELOW},
	{TYPE_ANY, "any other", {false, false}, {true, true}, EXHIBIT_A},
};

#define RULE_COUNT	(sizeof(rules) / sizeof(rules[0]))

const ZoneRecordRule *
dos_zone_record_rule(size_t index)
{
	return index < RULE_COUNT ? &rules[index] : NULL;
}

const char *
dos_zone_record_problem(int rtype, bool generic, ZoneRecordPlace place, bool wildcard)
{
	size_t		i = 0;

	/* meta types and those that never stand in a zone (RFC 6895 section 3.1) */
	if (rtype <= 0 || rtype == 41 || (rtype >= 128 && rtype <= 255) || rtype > 65535)
		return "The type does not stand in zones (RFC 6895 section 3.1).";
	if (wildcard && generic)
		return "Wildcards are forbidden in a generic TLD.";
	while (rules[i].rtype != rtype && rules[i].rtype != TYPE_ANY)
		i++;
	return (generic ? rules[i].generic : rules[i].other)[place] ? NULL : rules[i].because;
}

bool
dos_zone_record_opaque(int rtype)
{
	return rtype > 261 && rtype != 32768 && rtype != 32769; /* IANA: beyond RESINFO only TA and DLV are assigned */
}

const char *
dos_zone_record_owner(const char *name, size_t length, char *out)
{
	size_t		label = 0;		/* octets of the one being read */

	if (length > 1 && name[length - 1] == '.')
		length--;
	if (length == 0 || length > DOS_DNAME_MAX)
		return "A name has 1 to 253 octets.";
	for (size_t i = 0; i < length; i++)
	{
		char		c = name[i] >= 'A' && name[i] <= 'Z' ? name[i] | 0x20 : name[i];

		out[i] = c;
		if (c == '.')
		{
			if (label == 0)
				return "A label is empty.";
			label = 0;
			continue;
		}
		if (c == '*' ? i > 0 || (length > 1 && name[1] != '.') : !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_'))
			return "A label has letters, digits, hyphens and underscores; '*' stands only alone as the first.";
		if (++label > DOS_LABEL_MAX)
			return "A label has at most 63 octets.";
	}
	out[length] = '\0';
	return label == 0 ? "A label is empty." : NULL;
}
