/*
 * lifecycle.h
 *	  From PostgreSQL's values to the lifecycle rules and back, for the rooms that hold domains' facts.
 */
#ifndef DOS_LIFECYCLE_H
#define DOS_LIFECYCLE_H

#include "fmgr.h"
#include "utils/array.h"
#include "utils/timestamp.h"

#include "lifecycle/lifecycle_rules.h"

#define LIFECYCLE_GRACES_MAX	16

/* Bits of a text[] of status names; an unknown name is an error. */
extern uint32 dos_lifecycle_statuses_of(ArrayType *array);

/* Grace periods of a dos.grace[], at most LIFECYCLE_GRACES_MAX; how many. */
extern size_t dos_lifecycle_graces_of(ArrayType *array, LifecycleGrace *graces);

/* A policy's interval in microseconds: months of 30 days, days of 24 hours. */
extern int64 dos_lifecycle_length(const Interval *interval);

/* What a zone says about lives, unpacked. */
typedef struct LifecycleZone
{
	LifecyclePolicies policies;
	bool		draws;			/* some version releases names by lot, from this seed */
	const uint8 *seed;
	size_t		seed_length;
} LifecycleZone;

/* The versions of a dos.lifecycle_policy[], in the current memory context; false unless the last one has no end. */
extern bool dos_lifecycle_policies_of(ArrayType *array, LifecyclePolicies *policies);

/* Kept per backend until a zone changes; NULL when there is no such zone. */
extern const LifecycleZone *dos_lifecycle_zone(int32 zone_id);

/* The lot of a name. */
extern uint32 dos_lifecycle_draw(const LifecycleZone *zone, const char *name);

/* The set statuses, and the running RGP statuses, of a state as text[]. */
extern Datum dos_lifecycle_statuses_datum(const LifecycleState *state);
extern Datum dos_lifecycle_rgp_datum(const LifecycleState *state);

/* When each of them ends, in the same order: timestamptz[]. */
extern Datum dos_lifecycle_rgp_ends_datum(const LifecycleState *state);

/* A composite dos.domain_state, for a function that returns one. */
extern Datum dos_lifecycle_state_datum(FunctionCallInfo fcinfo, const LifecycleState *state);

#endif
