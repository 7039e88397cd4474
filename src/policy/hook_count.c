/*
 * hook_count.c
 *	  Counters of hooks. A failing hook rolls its transaction back, so they cannot live in a table: they are
 *	  in shared memory, or in this backend alone when the library is not preloaded.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "storage/ipc.h"
#include "storage/lwlock.h"
#include "storage/shmem.h"
#include "storage/spin.h"
#include "utils/memutils.h"

#include "policy/hook.h"

#define HOOKS_COUNTED	256		/* of all databases together; further ones run uncounted */

typedef struct HookEntry
{
	Oid			database;		/* set once, under the lock */
	int			hook_id;
	slock_t		mutex;			/* for the count */
	HookCount	count;
} HookEntry;

typedef struct HookShared
{
	LWLock	   *lock;			/* NULL when it is this backend's own */
	int			used;
	HookEntry	entries[HOOKS_COUNTED];
} HookShared;

static HookShared *shared = NULL;
static shmem_request_hook_type next_shmem_request_hook = NULL;
static shmem_startup_hook_type next_shmem_startup_hook = NULL;

static void
count_shmem_request(void)
{
	if (next_shmem_request_hook)
		next_shmem_request_hook();
	RequestAddinShmemSpace(MAXALIGN(sizeof(HookShared)));
	RequestNamedLWLockTranche("dos_hook", 1);
}

static void
entries_init(HookShared *memory)
{
	memset(memory, 0, sizeof(HookShared));
	for (int i = 0; i < HOOKS_COUNTED; i++)
		SpinLockInit(&memory->entries[i].mutex);
}

static void
count_shmem_startup(void)
{
	bool		found;

	if (next_shmem_startup_hook)
		next_shmem_startup_hook();
	LWLockAcquire(AddinShmemInitLock, LW_EXCLUSIVE);
	shared = ShmemInitStruct("dos hooks", sizeof(HookShared), &found);
	if (!found)
	{
		entries_init(shared);
		shared->lock = &GetNamedLWLockTranche("dos_hook")->lock;
	}
	LWLockRelease(AddinShmemInitLock);
}

void
dos_hook_count_init(void)
{
	if (!process_shared_preload_libraries_in_progress)
		return;
	next_shmem_request_hook = shmem_request_hook;
	shmem_request_hook = count_shmem_request;
	next_shmem_startup_hook = shmem_startup_hook;
	shmem_startup_hook = count_shmem_startup;
}

static void
entries_lock(LWLockMode mode)
{
	if (shared->lock)
		LWLockAcquire(shared->lock, mode);
}

static void
entries_unlock(void)
{
	if (shared->lock)
		LWLockRelease(shared->lock);
}

static HookEntry *
entry_search(int hook_id)
{
	for (int i = 0; i < shared->used; i++)
		if (shared->entries[i].hook_id == hook_id && shared->entries[i].database == MyDatabaseId)
			return &shared->entries[i];
	return NULL;
}

/* Entries are never taken away while the server runs, so one may be used without the lock. */
static HookEntry *
entry_find(int hook_id, bool create)
{
	HookEntry  *entry;

	if (shared == NULL)
	{
		shared = MemoryContextAlloc(TopMemoryContext, sizeof(HookShared));
		entries_init(shared);
	}
	entries_lock(LW_SHARED);
	entry = entry_search(hook_id);
	entries_unlock();
	if (entry || !create)
		return entry;

	entries_lock(LW_EXCLUSIVE);
	entry = entry_search(hook_id);
	if (entry == NULL && shared->used < HOOKS_COUNTED)
	{
		entry = &shared->entries[shared->used++];
		entry->database = MyDatabaseId;
		entry->hook_id = hook_id;
	}
	entries_unlock();
	return entry;
}

void
dos_hook_count_add(int hook_id, int64 elapsed_us, bool refused, const char *failure)
{
	HookEntry  *entry = entry_find(hook_id, true);
	TimestampTz now = GetCurrentTimestamp();

	if (entry == NULL)
		return;
	SpinLockAcquire(&entry->mutex);
	entry->count.calls++;
	entry->count.refusals += refused;
	entry->count.total_us += elapsed_us;
	entry->count.max_us = Max(entry->count.max_us, elapsed_us);
	entry->count.last_called = now;
	if (failure)
	{
		entry->count.failures++;
		entry->count.last_failed = now;
		strlcpy(entry->count.last_error, failure, sizeof(entry->count.last_error));
	}
	SpinLockRelease(&entry->mutex);
}

bool
dos_hook_count_get(int hook_id, HookCount *count)
{
	HookEntry  *entry = entry_find(hook_id, false);

	if (entry == NULL)
		return false;
	SpinLockAcquire(&entry->mutex);
	*count = entry->count;
	SpinLockRelease(&entry->mutex);
	return true;
}

void
dos_hook_count_reset(void)
{
	for (int i = 0; shared != NULL && i < shared->used; i++)
	{
		HookEntry  *entry = &shared->entries[i];

		if (entry->database != MyDatabaseId)
			continue;
		SpinLockAcquire(&entry->mutex);
		memset(&entry->count, 0, sizeof(HookCount));
		SpinLockRelease(&entry->mutex);
	}
}
