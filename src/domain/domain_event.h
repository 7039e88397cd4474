/*
 * domain_event.h
 *	  What charged verbs write beside the row: the content of their event, and the grace period.
 */
#ifndef DOS_DOMAIN_EVENT_H
#define DOS_DOMAIN_EVENT_H

#include "postgres.h"

#include "datatype/timestamp.h"
#include "utils/jsonb.h"

/* {"years", "expires_at", "amount_minor", "currency"} */
extern Jsonb *dos_domain_charged(int years, TimestampTz expires_at, int64 amount, const char *currency);

/* {"notify": [clid]} */
extern Jsonb *dos_domain_notice(const char *clid);

/* A dos.grace[] of one. */
extern Datum dos_graces_one(const char *kind, TimestampTz ends_at, int64 entry_id, int years);

#endif
