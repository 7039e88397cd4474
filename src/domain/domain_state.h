/*
 * domain_state.h
 *	  The state of a domain row, for C code.
 */
#ifndef DOS_DOMAIN_STATE_H
#define DOS_DOMAIN_STATE_H

#include "access/htup.h"
#include "datatype/timestamp.h"

#include "lifecycle/lifecycle_rules.h"

/* Columns of dos.domain that are facts of its life or say which policy it lives by; who reads some of them reads all. */
#define DOMAIN_STATE_COLUMNS \
	"zone_id", "statuses", "expires_at", "deleted_at", "restore_at", "transfer", "graces", "host_ids", "host_attrs", \
	"name", "registrar_id", "created_at", "expired_at", "autorenew", "unpaid", "pending", "release_at"

typedef enum DomainStateColumn
{
	STATE_ZONE, STATE_STATUSES, STATE_EXPIRES, STATE_DELETED, STATE_RESTORE, STATE_TRANSFER, STATE_GRACES, STATE_HOSTS, STATE_HOST_ATTRS,
	STATE_NAME, STATE_REGISTRAR, STATE_CREATED, STATE_EXPIRED, STATE_AUTORENEW, STATE_UNPAID, STATE_PENDING, STATE_RELEASE,
	STATE_COLUMN_COUNT
} DomainStateColumn;

/* The state at an instant of a domain whose columns these are; false when its zone does not exist. */
extern bool dos_domain_state_of(const Datum *values, const bool *nulls, TimestampTz at, LifecycleState *state);

/* The same of a dos.domain row; false for a row without zone, as SELECT INTO leaves when it finds none. */
extern bool dos_domain_state(HeapTupleHeader domain, TimestampTz at, LifecycleState *state);

/* Who a transfer makes the sponsor of the domain: the requester of the last one. */
extern int32 dos_domain_transferee(const Datum *values);

#endif
