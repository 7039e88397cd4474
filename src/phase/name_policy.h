/*
 * name_policy.h
 *	  May a name be registered? What C code of the rooms above asks.
 */
#ifndef DOS_NAME_POLICY_H
#define DOS_NAME_POLICY_H

#include "postgres.h"

#include "zone/zone.h"

/* The rules of a zone (a dos.zone row) for names, unpacked and kept per backend until one of them changes. */
typedef struct NameZone
{
	int32		id;				/* hash key */
	ZoneLabels	labels;
	bool		plain;			/* nothing but the label matters */
	bool		lists_only;		/* nothing but the label and the lists */
	Datum		patterns;
	bool		fee_always;		/* a create must carry the fee */
} NameZone;

/* NULL when there is no such zone. Valid until the next call. */
extern const NameZone *dos_name_zone(HeapTupleHeader zone);

/*
 * A first look at a canonical name, which hardly ever costs a query. True when all is said: the problem is LABEL_OK, or
 * what is wrong with the label. False: dos_internal.name_policy() must judge.
 */
extern bool dos_name_glance(const NameZone *zone, const char *name, LabelProblem *problem, char **explanation);

/* --- between name_policy.c and name_glance.c --- */

/* The dos_internal.name_facts of a zone, and which generation of them is in force. */
extern bool dos_name_facts(int32 zone_id, Datum *facts);
extern bool dos_name_facts_generation(uint64 *generation);

/*
 * Might one of these patterns (text[]), or any list of the registry, hold the label? Patterns are tried here; one look at an index is
 * enough for the rest, whatever the length of the lists. Zones, dates and classes are judged afterwards.
 */
extern bool dos_name_lists_may_hold(Datum patterns, const char *label);

#endif
