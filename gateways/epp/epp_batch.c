/*
 * epp_batch.c
 *		Natural batching of checks and plain infos. See epp_batch.h.
 *
 * A batch has groups, one for each registrar and saying of extensions in it; a
 * group has members, one for each request. A shared call that fails, or that does not answer each
 * name with one row, is taken apart: each member asks again for itself, so
 * that nobody pays for another session's request. A group has no more names
 * than the registry lets one check have.
 */
#include "epp_batch.h"
#include "epp_commands.h"
#include "epp_greeting.h"
#include "gw_array.h"
#include "gw_memory.h"
#include "gw_metrics.h"

#include <stdbool.h>
#include <sys/queue.h>

#define NAMES_MAX 400			/* of one shared call */
#define GROUPS_MAX 64

typedef struct Member
{
	STAILQ_ENTRY(Member) link;
	EppBatchCallback callback;
	void	   *arg;
	int			count;
	char		names[];		/* the inside of the literal */
} Member;

typedef struct Group
{
	STAILQ_ENTRY(Group) link;
	STAILQ_HEAD(MemberList, Member) members;
	char	   *extensions;		/* jsonb, or NULL */
	int			count;			/* names */
	char		registrar[];
} Group;

typedef struct Batch
{
	TAILQ_ENTRY(Batch) link;
	STAILQ_HEAD(GroupList, Group) groups;
	int			statement;
	int			group_count;
	int			member_count;
	int			count;			/* names */
	bool		alone;			/* nobody joins: it will be refused */
} Batch;

static GwDb *pool;
static int	in_flight;
static int	in_flight_max;
static TAILQ_HEAD(BatchList, Batch) waiting = TAILQ_HEAD_INITIALIZER(waiting);

static void batch_send(Batch *batch);

void
epp_batch_init(GwDb *db, int max)
{
	pool = db;
	in_flight_max = max;
}

static Batch *
batch_new(int statement)
{
	Batch	   *batch = gw_new(sizeof(*batch));

	STAILQ_INIT(&batch->groups);
	batch->statement = statement;
	return batch;
}

/* Both none, or the same. */
static bool
is_same(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* The group of a registrar whose extensions say this, with room for so many names; a new one if need be. */
static Group *
batch_group(Batch *batch, const char *registrar, const char *extensions, int count)
{
	Group	   *group;

	STAILQ_FOREACH(group, &batch->groups, link)
	{
		if (group->count + count <= epp_server.check_max && strcmp(group->registrar, registrar) == 0
			&& is_same(group->extensions, extensions))
			return group;
	}
	group = gw_new(sizeof(*group) + strlen(registrar) + 1);
	STAILQ_INIT(&group->members);
	strcpy(group->registrar, registrar);
	group->extensions = extensions ? gw_strdup(extensions) : NULL;
	STAILQ_INSERT_TAIL(&batch->groups, group, link);
	batch->group_count++;
	return group;
}

static void
batch_add(Batch *batch, const char *registrar, const char *extensions, Member *member)
{
	Group	   *group = batch_group(batch, registrar, extensions, member->count);

	STAILQ_INSERT_TAIL(&group->members, member, link);
	group->count += member->count;
	batch->member_count++;
	batch->count += member->count;
}

/*
 * Empty the batch: either give each member its rows, or (alone) make each a
 * batch of its own and send that.
 */
static void
batch_dissolve(Batch *batch, GwDbOutcome outcome, const PGresult *result, bool alone)
{
	int			row = 0;
	Group	   *group;
	Member	   *member;

	while ((group = STAILQ_FIRST(&batch->groups)) != NULL)
	{
		STAILQ_REMOVE_HEAD(&batch->groups, link);
		while ((member = STAILQ_FIRST(&group->members)) != NULL)
		{
			STAILQ_REMOVE_HEAD(&group->members, link);
			if (alone)
			{
				Batch	   *single = batch_new(batch->statement);

				batch_add(single, group->registrar, group->extensions, member);
				batch_send(single);
				continue;
			}
			member->callback(member->arg, outcome, result, row, outcome == GW_DB_OK ? member->count : 0);
			row += member->count;
			free(member);
		}
		free(group->extensions);
		free(group);
	}
	free(batch);
}

static void
batch_answered(void *arg, GwDbOutcome outcome, const PGresult *result)
{
	Batch	   *batch = arg;
	bool		complete = outcome == GW_DB_OK && PQntuples(result) == batch->count;
	Batch	   *next;

	in_flight--;
	if (outcome == GW_DB_OK && !complete && batch->member_count == 1)
		STAILQ_FIRST(&STAILQ_FIRST(&batch->groups)->members)->count = PQntuples(result);
	batch_dissolve(batch, outcome, result, batch->member_count > 1 && (outcome == GW_DB_ERROR || (outcome == GW_DB_OK && !complete)));
	while (in_flight < in_flight_max && (next = TAILQ_FIRST(&waiting)) != NULL)
	{
		TAILQ_REMOVE(&waiting, next, link);
		batch_send(next);
	}
}

/* $1: the registrars; $2: for each of them the literal of its names; $3: its extensions. */
static void
batch_values(const Batch *batch, GwBuf *registrars, GwBuf *names, GwBuf *extensions)
{
	static GwBuf literal;
	Group	   *group;
	Member	   *member;

	gw_array_begin(registrars);
	gw_array_begin(names);
	gw_array_begin(extensions);
	STAILQ_FOREACH(group, &batch->groups, link)
	{
		gw_buf_reset(&literal);
		STAILQ_FOREACH(member, &group->members, link)
		{
			gw_buf_putc(&literal, literal.length ? ',' : '{');
			gw_buf_puts(&literal, member->names);
		}
		gw_buf_putc(&literal, '}');
		gw_array_add(registrars, group->registrar);
		gw_array_add_bytes(names, literal.data, literal.length);
		gw_array_add(extensions, group->extensions);
	}
	gw_array_end(registrars);
	gw_array_end(names);
	gw_array_end(extensions);
}

/* How well calls are shared. */
static void
batch_count(const Batch *batch)
{
	static struct
	{
		GwMetric   *calls;
		GwMetric   *requests;
	}			checks, infos, *counted;
	bool		is_check = batch->statement < epp_command_count;

	counted = is_check ? &checks : &infos;
	if (counted->calls == NULL && is_check)
	{
		checks.calls = gw_metrics_counter("dos_epp_check_calls_total", "database calls made for checks", "");
		checks.requests = gw_metrics_counter("dos_epp_check_requests_total", "checks that those calls answered", "");
	}
	else if (counted->calls == NULL)
	{
		infos.calls = gw_metrics_counter("dos_epp_info_calls_total", "database calls made for plain infos of domains", "");
		infos.requests = gw_metrics_counter("dos_epp_info_requests_total", "infos that those calls answered", "");
	}
	gw_metric_add(counted->calls, 1);
	gw_metric_add(counted->requests, batch->member_count);
}

static void
batch_send(Batch *batch)
{
	static GwBuf registrars,
				names,
				extensions;
	const char *values[3];

	batch_count(batch);
	batch_values(batch, &registrars, &names, &extensions);
	values[0] = registrars.data;
	values[1] = names.data;
	values[2] = extensions.data;
	in_flight++;
	gw_db_call(pool, batch->statement, values, GW_DB_RETRY, batch_answered, batch);
}

/* The last waiting call of this kind, if it has room for more. */
static Batch *
batch_company(int statement, int count)
{
	Batch	   *batch;

	TAILQ_FOREACH_REVERSE(batch, &waiting, BatchList, link)
	{
		if (batch->statement == statement)
			return !batch->alone && batch->count + count <= NAMES_MAX && batch->group_count < GROUPS_MAX ? batch : NULL;
	}
	return NULL;
}

void
epp_batch_call(int statement, const char *registrar, const char *names, const char *extensions, int count, EppBatchCallback callback, void *arg)
{
	size_t		length = strlen(names) - 2;	/* without the braces */
	Member	   *member = gw_malloc(sizeof(*member) + length + 1);
	bool		alone = count > epp_server.check_max;
	Batch	   *batch = in_flight >= in_flight_max && !alone ? batch_company(statement, count) : NULL;

	member->callback = callback;
	member->arg = arg;
	member->count = count;
	memcpy(member->names, names + 1, length);
	member->names[length] = '\0';
	if (batch)
	{
		batch_add(batch, registrar, extensions, member);
		return;
	}
	batch = batch_new(statement);
	batch->alone = alone;
	batch_add(batch, registrar, extensions, member);
	if (in_flight < in_flight_max)
		batch_send(batch);
	else
		TAILQ_INSERT_TAIL(&waiting, batch, link);
}
