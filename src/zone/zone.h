/*
 * zone.h
 *	  Zones for C code of the rooms above.
 */
#ifndef DOS_ZONE_H
#define DOS_ZONE_H

#include "access/htup.h"
#include "datatype/timestamp.h"

#include "zone/zone_rules.h"

/* A copy of the dos.zone row with this id, from the row cache; false when there is none. */
extern bool dos_zone_get(int32 id, Datum *row);

/* The zone that holds a canonical name (longest match), from the row cache; false when there is none. */
extern bool dos_zone_of(const char *name, Datum *row);

/* What a zone says about labels, taken out of its row once. */
typedef struct ZoneLabels
{
	int32		id;
	LabelPolicy policy;
	char	   *suffix;
	text	   *pattern;		/* or NULL */
	bool		has_records;
} ZoneLabels;

extern void dos_zone_labels(HeapTupleHeader zone, ZoneLabels *labels);

/* As dos_zone_label(), for a zone whose rules are at hand. */
extern LabelProblem dos_zone_labels_judge(const ZoneLabels *labels, const char *name, char **explanation);

/* What the zone (a dos.zone row) says about the label of a canonical name in it; the explanation is palloc'ed. */
extern LabelProblem dos_zone_label(HeapTupleHeader zone, const char *name, char **explanation);

/* The state of a zone at an instant, NULL when it has none: then it is open to everything. */
extern const char *dos_zone_state(int32 id, TimestampTz at);

/* Raise R2306 when the zone's state now does not take the verb. */
extern void dos_zone_state_require(int32 id, const char *verb);

/* Whether the zones kept are those in force, and a number that another generation of them does not have. */
extern bool dos_zone_generation(uint64 *generation);

#endif
