/*
 * escrow_seen.h
 *	  What one statement has found last, so that a million rows do not look the same few things up again and again.
 *
 *	  A set is of one statement: of a transaction, its command and (for deposits) an instant. Memory is bounded: each
 *	  hash has one place, and what comes later takes it.
 */
#ifndef DOS_ESCROW_SEEN_H
#define DOS_ESCROW_SEEN_H

#include "postgres.h"

#include "datatype/timestamp.h"

typedef struct EscrowSeen
{
	bool		used;
	int64		id;
	char	   *name;			/* NULL: there is none */
	bool		hidden;			/* there is one, and it is not shown */
} EscrowSeen;

typedef enum EscrowSeenKind
{
	SEEN_CONTACT_BY_ID,
	SEEN_HOST_BY_ID,
	SEEN_CONTACT_BY_HANDLE,
	SEEN_HOST_BY_NAME,
	SEEN_REGISTRAR,
	SEEN_KIND_COUNT
} EscrowSeenKind;

/* The place of an id, or of a name: `used` when it holds that one; else fill in what was found. */
extern EscrowSeen *dos_escrow_seen_id(EscrowSeenKind kind, TimestampTz at, int64 id);
extern EscrowSeen *dos_escrow_seen_name(EscrowSeenKind kind, int64 scope, const char *name, size_t length);

/* A text that lives as long as the set. */
extern char *dos_escrow_seen_text(EscrowSeenKind kind, const char *text, size_t length);

#endif
