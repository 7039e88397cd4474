/*
 * escrow_check.c
 *		A finished deposit is checked. See escrow_check.h.
 *
 * Objects that are referred to come before those that refer (src/escrow/escrow.c), so one pass is enough. What is not
 * there is judged at the end, when it is known what was set aside.
 */
#include "escrow_check.h"
#include "escrow_field.h"
#include "escrow_parse.h"
#include "gw_memory.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Names as 64-bit hashes, open addressing; 0 is a free place. */
typedef struct KeySet
{
	uint64_t   *slots;
	size_t		size;			/* a power of two */
	size_t		used;
} KeySet;

/* The first reference to something that is not there. */
typedef struct Missing
{
	StageTable	from;
	char	   *key;
	StageTable	to;
	char	   *target;
	long		line;
} Missing;

typedef struct Check
{
	ParsedDeposit parsed;
	KeySet		keys[STAGE_DELETE];
	KeySet		missed[STAGE_DELETE];
	long		counts[STAGE_DELETE];
	Missing    *missing;
	size_t		missing_count;
	bool		thin;
	bool		failed;
} Check;

static uint64_t
key_hash(const char *key)
{
	uint64_t	hash = 14695981039346656037U;

	for (; *key; key++)
		hash = (hash ^ (unsigned char) *key) * 1099511628211U;
	hash ^= hash >> 29;
	hash *= 0xbf58476d1ce4e5b9U;
	hash ^= hash >> 32;
	return hash ? hash : 1;
}

static uint64_t *
slot_find(const KeySet *set, uint64_t hash)
{
	size_t		at = hash & (set->size - 1);

	while (set->slots[at] != 0 && set->slots[at] != hash)
		at = (at + 1) & (set->size - 1);
	return &set->slots[at];
}

/* False when it is there already. */
static bool
key_add(KeySet *set, const char *key)
{
	uint64_t	hash = key_hash(key);
	uint64_t   *slot;

	if (set->used * 2 >= set->size)
	{
		KeySet		larger = {.size = set->size ? set->size * 2 : 1024, .used = set->used};

		larger.slots = gw_new(sizeof(uint64_t) * larger.size);
		for (size_t i = 0; i < set->size; i++)
			if (set->slots[i])
				*slot_find(&larger, set->slots[i]) = set->slots[i];
		free(set->slots);
		*set = larger;
	}
	slot = slot_find(set, hash);
	if (*slot)
		return false;
	*slot = hash;
	set->used++;
	return true;
}

static bool
key_has(const KeySet *set, const char *key)
{
	return set->size > 0 && *slot_find(set, key_hash(key)) != 0;
}

/* Are all objects in it, so that references and counts can be judged? A difference refers to what the agent has. */
static bool
is_whole(const Check *check)
{
	return check->parsed.type && strcmp(check->parsed.type, "FULL") == 0;
}

/* A reference from an object to a key of a table; NULL refers to nothing. */
static void
refer(Check *check, StageTable from, const char *key, StageTable to, char *target, long line)
{
	if (target && *target && !key_has(&check->keys[to], target) && key_add(&check->missed[to], target))
	{
		check->missing = gw_realloc(check->missing, sizeof(Missing) * (check->missing_count + 1));
		check->missing[check->missing_count++] = (Missing) {from, gw_strdup(key), to, gw_strdup(target), line};
	}
	xmlFree(target);
}

static void
references(Check *check, StageTable table, const char *key, xmlNodePtr object, long line)
{
	static const char *const registrars[] = {"clID", "crRr", "upRr"};
	static const char *const actors[] = {"reRr", "acRr"};

	for (size_t i = 0; i < sizeof(registrars) / sizeof(registrars[0]); i++)
		refer(check, table, key, STAGE_REGISTRAR, object_text(object_child(object, registrars[i])), line);
	for (size_t i = 0; i < sizeof(actors) / sizeof(actors[0]); i++)
		refer(check, table, key, STAGE_REGISTRAR, object_text(object_child(object_child(object, "trnData"), actors[i])), line);
	if (!check->thin)
		refer(check, table, key, STAGE_IDN, object_text(object_child(object, "idnTableId")), line);
	if (table != STAGE_DOMAIN || check->thin)
		return;
	refer(check, table, key, STAGE_CONTACT, object_text(object_child(object, "registrant")), line);
	for (xmlNodePtr contact = object_child(object, "contact"); contact; contact = object_next(contact))
		refer(check, table, key, STAGE_CONTACT, object_text(contact), line);
	for (xmlNodePtr host = object_child(object_child(object, "ns"), "hostObj"); host; host = object_next(host))
		refer(check, table, key, STAGE_HOST, row_name_text(host), line);
}

static void
take_object(void *arg, StageTable table, xmlNodePtr object, bool deleted, long line)
{
	Check	   *check = arg;
	char	   *key = deleted ? NULL : object_key(table, object);

	if (deleted)
		return;
	check->counts[table]++;
	if (!key || !*key || !key_add(&check->keys[table], key))
	{
		check->failed = true;
		escrow_fail("check", "line %ld: %s \"%s\" %s", line, stage_kind(table), key ? key : "", key && *key ? "is there twice" : "has no name");
	}
	else if (is_whole(check) && (table == STAGE_DOMAIN || table == STAGE_HOST || table == STAGE_CONTACT))
		references(check, table, key, object, line);
	xmlFree(key);
}

static void
take_other(void *arg, const char *uri, const char *name, xmlNodePtr node, bool deleted, long line)
{
	Check	   *check = arg;

	(void) node;
	(void) deleted;
	if (!object_is_known(uri) && !check->failed)
	{
		check->failed = true;
		escrow_fail("check", "line %ld: element \"%s\" of namespace \"%s\" is not part of a deposit", line, name, uri);
	}
}

static bool
take_failed(void *arg)
{
	return ((Check *) arg)->failed;
}

/* The objects that were set aside: somebody was told, and what refers to them may stay. */
static bool
set_aside_take(PGconn *database, const char *deposit, Check *check)
{
	PGresult   *aside;

	if (!escrow_query(database, "SELECT kind, key FROM dos.escrow_set_aside($1)", 1, &deposit, &aside))
		return false;
	for (int i = 0; i < PQntuples(aside); i++)
		for (int table = 0; table <= STAGE_NNDN; table++)
			if (strcmp(PQgetvalue(aside, i, 0), stage_kind((StageTable) table)) == 0)
				key_add(&check->keys[table], PQgetvalue(aside, i, 1));
	PQclear(aside);
	return true;
}

static bool
references_agree(const Check *check)
{
	for (size_t i = 0; i < check->missing_count; i++)
	{
		const Missing *missing = &check->missing[i];

		if (!key_has(&check->keys[missing->to], missing->target))
			return escrow_fail("check", "line %ld: %s \"%s\" refers to %s \"%s\", which is not in the deposit", missing->line, stage_kind(missing->from), missing->key,
							   stage_kind(missing->to), missing->target);
	}
	return true;
}

static bool
counts_agree(const Check *check)
{
	const ParsedDeposit *parsed = &check->parsed;

	if (!parsed->zone || !parsed->watermark || !parsed->id || !parsed->type)
		return escrow_fail("check", "header, watermark, id or type is missing");
	for (int table = 0; is_whole(check) && table <= STAGE_NNDN; table++)
		if (check->counts[table] != (parsed->counted[table] ? parsed->said[table] : 0))
			return escrow_fail("check", "the header counts %ld objects of kind \"%s\", there are %ld", parsed->counted[table] ? parsed->said[table] : 0,
							   stage_kind((StageTable) table), check->counts[table]);
	return true;
}

static void
check_free(Check *check)
{
	deposit_free(&check->parsed);
	for (int table = 0; table < STAGE_DELETE; table++)
	{
		free(check->keys[table].slots);
		free(check->missed[table].slots);
	}
	for (size_t i = 0; i < check->missing_count; i++)
	{
		free(check->missing[i].key);
		free(check->missing[i].target);
	}
	free(check->missing);
}

bool
escrow_check(PGconn *database, const char *deposit, bool thin, ParseRead read, void *source)
{
	Check		check = {.thin = thin};
	ParseSink	sink = {&check, take_object, take_other, take_failed};
	char		error[500] = "";
	bool		done = deposit_parse(read, source, &sink, &check.parsed, error, sizeof(error));

	if (!done && !check.failed)
		escrow_fail("check", "%s", error);
	done = done && (!deposit || set_aside_take(database, deposit, &check)) && references_agree(&check) && counts_agree(&check);
	check_free(&check);
	return done;
}

bool
escrow_check_file(bool thin, const char *path)
{
	FILE	   *source = fopen(path, "r");
	bool		done;

	if (!source)
		return escrow_fail("file", "%s: %s", path, strerror(errno));
	done = escrow_check(NULL, NULL, thin, escrow_file_take, source);
	fclose(source);
	return done;
}
