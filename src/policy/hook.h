/*
 * hook.h
 *	  The DBA's hooks: SQL functions at the stages of a verb.
 */
#ifndef DOS_HOOK_H
#define DOS_HOOK_H

#include "utils/timestamp.h"

/* A row of dos.hook, enabled or not. */
typedef struct Hook
{
	int			id;
	char		stage[NAMEDATALEN];
	char		object[NAMEDATALEN];
	char		verb[NAMEDATALEN];
	bool		all_zones;
	int			zone_id;
	char	   *function;		/* schema-qualified, quoted, without arguments */
	int			rank;
	bool		enabled;
	int			time_limit_ms;	/* 0: none */
} Hook;

/* What became of the calls of one hook since the server started. */
typedef struct HookCount
{
	int64		calls;
	int64		refusals;
	int64		failures;
	int64		total_us;
	int64		max_us;
	TimestampTz last_called;
	TimestampTz last_failed;
	char		last_error[256];
} HookCount;

/* Called by src/dos.c. */
extern void dos_hook_init(void);

/* hook_cache.c: all hooks of this database in the order they run; valid until the next call. */
extern const Hook *dos_hook_list(int *count);

/* hook.c: does any enabled hook want to see this? Next to free when there are none. */
extern bool dos_hook_wanted(const char *stage, const char *object, const char *verb, int zone_id);

/* hook_call.c: run one hook; the result is NULL or a jsonb object. Its refusal and its failure are errors. */
extern Datum dos_hook_call(const Hook *hook, Datum context, bool *isnull);

/* hook_count.c */
extern void dos_hook_count_init(void);
extern void dos_hook_count_add(int hook_id, int64 elapsed_us, bool refused, const char *failure);
extern bool dos_hook_count_get(int hook_id, HookCount *count);
extern void dos_hook_count_reset(void);

#endif
