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

/* A composite dos.domain_state, for a function that returns one. */
extern Datum dos_lifecycle_state_datum(FunctionCallInfo fcinfo, const LifecycleState *state);

#endif
