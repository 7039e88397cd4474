/*
 * zone_record_rules.h
 *	  Which records an operator may put into a zone beside its delegations, pure.
 */
#ifndef DOS_ZONE_RECORD_RULES_H
#define DOS_ZONE_RECORD_RULES_H

#include <stdbool.h>
#include <stddef.h>

typedef enum ZoneRecordPlace
{
	ZONE_RECORD_APEX,
	ZONE_RECORD_INSIDE,
	ZONE_RECORD_PLACE_COUNT
} ZoneRecordPlace;

typedef struct ZoneRecordRule
{
	int			rtype;
	const char *name;
	bool		generic[ZONE_RECORD_PLACE_COUNT];	/* in a generic TLD, bound by its registry agreement */
	bool		other[ZONE_RECORD_PLACE_COUNT];
	const char *because;		/* of a refusal */
} ZoneRecordRule;

/* Row `index` of the table, NULL behind the last. */
extern const ZoneRecordRule *dos_zone_record_rule(size_t index);

/* Why a zone may not have this record, a sentence; NULL when it may. `rtype` may be any type. */
extern const char *dos_zone_record_problem(int rtype, bool generic, ZoneRecordPlace place, bool wildcard);

/*
 * May the RDATA be given as octets (RFC 3597)? Not where the type is assigned: its data must be what name
 * servers take it for, or a secondary refuses the whole zone.
 */
extern bool dos_zone_record_opaque(int rtype);

/*
 * Canonical owner of a record: letters, digits, hyphens and underscores in lower case, '*' as the first label.
 * `out` has room for length + 1 bytes; a final dot is dropped. NULL, or what is wrong as a sentence.
 */
extern const char *dos_zone_record_owner(const char *name, size_t length, char *out);

#endif
