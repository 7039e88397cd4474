/*
 * domain_state.h
 *	  The state of a domain row, for C code.
 */
#ifndef DOS_DOMAIN_STATE_H
#define DOS_DOMAIN_STATE_H

#include "access/htup.h"
#include "datatype/timestamp.h"

#include "lifecycle/lifecycle_rules.h"

/* The state of a dos.domain row at an instant; false for a row without zone, as SELECT INTO leaves when it finds none. */
extern bool dos_domain_state(HeapTupleHeader domain, TimestampTz at, LifecycleState *state);

#endif
