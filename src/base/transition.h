/*
 * transition.h
 *	  A table of transitions as the rows of a SQL function (from text, to text, by text, what text).
 */
#ifndef DOS_TRANSITION_H
#define DOS_TRANSITION_H

#include "postgres.h"

#include "fmgr.h"

#include "base/transition_rules.h"

extern Datum dos_transition_rows(FunctionCallInfo fcinfo, const Transition *table, size_t count);

#endif							/* DOS_TRANSITION_H */
