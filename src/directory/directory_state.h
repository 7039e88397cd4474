/*
 * directory_state.h
 *	  What a domain row is at an instant: the lifecycle rules, asked from C.
 */
#ifndef DOS_DIRECTORY_STATE_H
#define DOS_DIRECTORY_STATE_H

#include "postgres.h"

#include "directory/directory_row.h"
#include "lifecycle/lifecycle_rules.h"

/* Columns of dos.domain that the projection reads, each row of them beginning at `first`. */
#define STATE_COLUMNS	"zone_id", "statuses", "expires_at", "deleted_at", "restore_at", "transfer", "graces", "host_ids", "host_attrs"
#define STATE_COLUMN_COUNT	9
#define STATE_TRANSFER		5

/* The same as dos_internal.domain_state(). False when the zone is not there. */
extern bool dos_directory_state(const DirectoryRow *row, int first, TimestampTz at, LifecycleState *state);

/* Who a transfer makes the sponsor of the domain: the requester of the last one. */
extern int32 dos_directory_transferee(const DirectoryRow *row, int first);

#endif
