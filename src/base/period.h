/*
 * period.h
 *	  Calendar arithmetic for C code of the rooms above.
 */
#ifndef DOS_PERIOD_H
#define DOS_PERIOD_H

#include "datatype/timestamp.h"

/* An instant plus an interval in UTC, as dos.period_add(). */
extern TimestampTz dos_period_plus(TimestampTz at, const Interval *period);

#endif
