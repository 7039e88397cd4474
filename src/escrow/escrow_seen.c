/*
 * escrow_seen.c
 *	  Found last. See escrow_seen.h.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "storage/proc.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"

#include "base/pg_version.h"
#include "escrow/escrow_seen.h"

#define SLOTS	16384			/* a power of two */

typedef struct SeenSet
{
	MemoryContext context;
	CommandId	command;
	int64		scope;			/* an instant, or an import */
	EscrowSeen	slots[SLOTS];
} SeenSet;

/* Their memory is the transaction's: of another one nothing is left. */
static SeenSet *sets[SEEN_KIND_COUNT];
static LocalTransactionId sets_transaction;

static SeenSet *
set_of(EscrowSeenKind kind, int64 scope)
{
	CommandId	command = GetActiveSnapshot()->curcid;
	SeenSet    *set;

	if (sets_transaction != TRANSACTION_NUMBER)
	{
		memset(sets, 0, sizeof(sets));
		sets_transaction = TRANSACTION_NUMBER;
	}
	set = sets[kind];
	if (set != NULL && set->command == command && set->scope == scope)
		return set;
	if (set == NULL)
	{
		set = MemoryContextAlloc(TopTransactionContext, sizeof(SeenSet));
		set->context = AllocSetContextCreate(TopTransactionContext, "dos escrow seen", ALLOCSET_DEFAULT_SIZES);
		sets[kind] = set;
	}
	MemoryContextReset(set->context);
	set->command = command;
	set->scope = scope;
	memset(set->slots, 0, sizeof(set->slots));
	return set;
}

static void
clear(EscrowSeen *seen)
{
	if (seen->name)
		pfree(seen->name);
	memset(seen, 0, sizeof(*seen));
}

EscrowSeen *
dos_escrow_seen_id(EscrowSeenKind kind, TimestampTz at, int64 id)
{
	EscrowSeen *seen = &set_of(kind, at)->slots[murmurhash32((uint32) id ^ (uint32) (id >> 32)) & (SLOTS - 1)];

	if (seen->used && seen->id == id)
		return seen;
	clear(seen);
	seen->id = id;
	return seen;
}

EscrowSeen *
dos_escrow_seen_name(EscrowSeenKind kind, int64 scope, const char *name, size_t length)
{
	SeenSet    *set = set_of(kind, scope);
	EscrowSeen *seen = &set->slots[DatumGetUInt32(hash_any((const unsigned char *) name, (int) length)) & (SLOTS - 1)];

	if (seen->used && strncmp(seen->name, name, length) == 0 && seen->name[length] == '\0')
		return seen;
	clear(seen);
	seen->name = dos_escrow_seen_text(kind, name, length);
	return seen;
}

char *
dos_escrow_seen_text(EscrowSeenKind kind, const char *text, size_t length)
{
	char	   *copy = MemoryContextAlloc(sets[kind]->context, length + 1);

	memcpy(copy, text, length);
	copy[length] = '\0';
	return copy;
}
