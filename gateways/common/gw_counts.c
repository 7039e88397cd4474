/*
 * gw_counts.c
 *		Counting queries. See gw_counts.h.
 *
 * Zones have a row each, in the order in which they were first heard of; names
 * of zones are kept sorted, so that a name finds its zone by halving, once for
 * each of its labels. A flush takes the counts out; if it fails they are added
 * again.
 */
#include "gw_counts.h"
#include "gw_array.h"
#include "gw_db.h"
#include "gw_log.h"
#include "gw_main.h"
#include "gw_memory.h"

#include <ctype.h>
#include <string.h>

#define NAME_MAX_LENGTH 1024
#define END_WAIT_MS 1000

enum
{
	STATEMENT_ADD, STATEMENT_ZONES
};

static const GwStatement statements[] = {
	[STATEMENT_ADD] = {"query_count_add", "SELECT dos.query_count_add($1, $2, $3)", 3},
	[STATEMENT_ZONES] = {"query_count_zones", "SELECT name, zone_id FROM dos.query_count_zones()", 0},
};

static const GwStatement attempt_statements[] = {
	[STATEMENT_ADD] = {"create_attempt_add", "SELECT dos.create_attempt_add($1, $2, $3)", 3},
	[STATEMENT_ZONES] = {"query_count_zones", "SELECT name, zone_id FROM dos.query_count_zones()", 0},
};

typedef struct ZoneName
{
	char	   *name;
	int			zone;			/* row of the counts */
} ZoneName;

struct GwCounts
{
	GwDb	   *db;
	char	  **kinds;
	int			kind_count;
	int			kind_room;		/* a row of counts has so many places */
	int			zone_count;		/* row 0: no zone */
	long	   *zone_ids;
	uint64_t   *counts;			/* [zone][kind] */
	uint64_t   *flying;			/* what a flush has taken; NULL: none runs */
	int			flying_zones;
	int			flying_room;
	int			name_count;
	ZoneName   *names;
	struct event *timer;
	struct timeval period;
	void		(*ended) (void);
	struct event *ender;
};

static void counts_flush(GwCounts *counts);

static int
name_compare(const void *a, const void *b)
{
	return strcmp(((const ZoneName *) a)->name, ((const ZoneName *) b)->name);
}

/* The row of a zone, a new one when it was not heard of. */
static int
zone_row(GwCounts *counts, long id)
{
	size_t		row_size = (size_t) counts->kind_room * sizeof(uint64_t);
	int			zone = counts->zone_count;

	for (int i = 0; i < counts->zone_count; i++)
		if (counts->zone_ids[i] == id)
			return i;
	counts->zone_ids = gw_realloc(counts->zone_ids, (size_t) (zone + 1) * sizeof(long));
	counts->counts = gw_realloc(counts->counts, (size_t) (zone + 1) * row_size);
	counts->zone_ids[zone] = id;
	memset(counts->counts + zone * counts->kind_room, 0, row_size);
	counts->zone_count++;
	return zone;
}

static void
zones_answered(void *arg, GwDbOutcome outcome, const PGresult *result)
{
	GwCounts   *counts = arg;

	if (outcome != GW_DB_OK)
		return;
	for (int i = 0; i < counts->name_count; i++)
		free(counts->names[i].name);
	counts->name_count = PQntuples(result);
	counts->names = gw_realloc(counts->names, (size_t) counts->name_count * sizeof(ZoneName));
	for (int i = 0; i < counts->name_count; i++)
	{
		counts->names[i].name = gw_strdup(PQgetvalue(result, i, 0));
		counts->names[i].zone = zone_row(counts, strtol(PQgetvalue(result, i, 1), NULL, 10));
	}
	qsort(counts->names, (size_t) counts->name_count, sizeof(ZoneName), name_compare);
}

int
gw_counts_zone(const GwCounts *counts, const char *name)
{
	char		lower[NAME_MAX_LENGTH + 1];
	size_t		length = strlen(name);

	if (counts == NULL || counts->name_count == 0 || length > NAME_MAX_LENGTH)
		return GW_COUNTS_NO_ZONE;
	if (length > 0 && name[length - 1] == '.')
		length--;
	for (size_t i = 0; i < length; i++)
		lower[i] = (char) tolower((unsigned char) name[i]);
	lower[length] = '\0';
	for (char *suffix = lower; suffix; suffix = strchr(suffix, '.'))
	{
		ZoneName	key = {suffix + (*suffix == '.'), 0};
		const ZoneName *found = bsearch(&key, counts->names, (size_t) counts->name_count, sizeof(ZoneName), name_compare);

		if (found)
			return found->zone;
		if (*suffix == '.')
			suffix++;
	}
	return GW_COUNTS_NO_ZONE;
}

void
gw_counts_add(GwCounts *counts, int kind, int zone)
{
	if (counts)
		counts->counts[zone * counts->kind_room + kind]++;
}

/* Rows twice as wide. */
static void
counts_widen(GwCounts *counts)
{
	int			room = counts->kind_room * 2;
	uint64_t   *wide = gw_malloc((size_t) counts->zone_count * (size_t) room * sizeof(uint64_t));

	memset(wide, 0, (size_t) counts->zone_count * (size_t) room * sizeof(uint64_t));
	for (int zone = 0; zone < counts->zone_count; zone++)
		memcpy(wide + zone * room, counts->counts + zone * counts->kind_room, (size_t) counts->kind_room * sizeof(uint64_t));
	free(counts->counts);
	counts->counts = wide;
	counts->kinds = gw_realloc(counts->kinds, (size_t) room * sizeof(char *));
	counts->kind_room = room;
}

int
gw_counts_kind(GwCounts *counts, const char *kind)
{
	if (counts == NULL)
		return 0;
	for (int i = 0; i < counts->kind_count; i++)
		if (strcmp(counts->kinds[i], kind) == 0)
			return i;
	if (counts->kind_count == counts->kind_room)
		counts_widen(counts);
	counts->kinds[counts->kind_count] = gw_strdup(kind);
	return counts->kind_count++;
}

static void
counts_ended(GwCounts *counts)
{
	if (counts->ended && counts->ender)
	{
		event_free(counts->ender);
		counts->ender = NULL;
		counts->ended();
	}
}

static void
flush_answered(void *arg, GwDbOutcome outcome, const PGresult *result)
{
	GwCounts   *counts = arg;
	if (outcome != GW_DB_OK)
	{
		if (result)
			gw_log(GW_LOG_ERROR, "query_counts_failed", "%s", PQresultErrorMessage(result));
		for (int zone = 0; zone < counts->flying_zones; zone++)
			for (int kind = 0; kind < counts->flying_room; kind++)
				counts->counts[zone * counts->kind_room + kind] += counts->flying[zone * counts->flying_room + kind];
	}
	free(counts->flying);
	counts->flying = NULL;
	if (counts->ended)
		counts_ended(counts);
}

/* The cells that are not zero, as three arrays. */
static int
counts_print(const GwCounts *counts, GwBuf *columns)
{
	int			printed = 0;
	char		number[24];

	for (int i = 0; i < 3; i++)
		gw_array_begin(&columns[i]);
	for (int zone = 0; zone < counts->zone_count; zone++)
		for (int kind = 0; kind < counts->kind_count; kind++)
		{
			uint64_t	count = counts->counts[zone * counts->kind_room + kind];

			if (count == 0)
				continue;
			snprintf(number, sizeof(number), "%ld", counts->zone_ids[zone]);
			gw_array_add(&columns[0], number);
			gw_array_add(&columns[1], counts->kinds[kind]);
			snprintf(number, sizeof(number), "%llu", (unsigned long long) count);
			gw_array_add(&columns[2], number);
			printed++;
		}
	for (int i = 0; i < 3; i++)
		gw_array_end(&columns[i]);
	return printed;
}

static void
counts_flush(GwCounts *counts)
{
	GwBuf		columns[3] = {{0}};
	size_t		size = (size_t) counts->zone_count * (size_t) counts->kind_room * sizeof(uint64_t);

	if (counts->flying)
		return;
	if (counts_print(counts, columns) > 0)
	{
		counts->flying = gw_malloc(size);
		counts->flying_zones = counts->zone_count;
		counts->flying_room = counts->kind_room;
		memcpy(counts->flying, counts->counts, size);
		memset(counts->counts, 0, size);
		gw_db_call(counts->db, STATEMENT_ADD, (const char *const[]) {columns[0].data, columns[1].data, columns[2].data}, 0,
				   flush_answered, counts);
	}
	for (int i = 0; i < 3; i++)
		gw_buf_free(&columns[i]);
}

static void
counts_timer(evutil_socket_t fd, short what, void *arg)
{
	GwCounts   *counts = arg;

	(void) fd;
	(void) what;
	counts_flush(counts);
	gw_db_call(counts->db, STATEMENT_ZONES, NULL, 0, zones_answered, counts);
	event_add(counts->timer, &counts->period);
}

static void
counts_ready(void *arg)
{
	GwCounts   *counts = arg;

	gw_db_call(counts->db, STATEMENT_ZONES, NULL, 0, zones_answered, counts);
}

static GwCounts *
counts_new(struct event_base *base, const char *application, const GwStatement *calls, int room, long period_s, const char *writer)
{
	GwCounts   *counts;

	if (period_s == 0)
		return NULL;
	counts = gw_new(sizeof(*counts));
	counts->kind_room = room;
	counts->kinds = gw_malloc((size_t) room * sizeof(char *));
	zone_row(counts, GW_COUNTS_NO_ZONE);
	counts->db = gw_db_new_at(base, application, writer ? writer : gw_db_writer(), 1, calls, sizeof(statements) / sizeof(statements[0]));
	gw_db_on_ready(counts->db, counts_ready, counts);
	counts->period.tv_sec = period_s;
	counts->timer = gw_memory_checked(event_new(base, -1, 0, counts_timer, counts));
	event_add(counts->timer, &counts->period);
	return counts;
}

GwCounts *
gw_counts_new(struct event_base *base, const char *application, const char *const *kinds, int kind_count, long period_s,
			  const char *writer)
{
	GwCounts   *counts = counts_new(base, application, statements, kind_count, period_s, writer);

	/* in their order, also where two have one name: numbers of kinds are the caller's */
	for (int i = 0; counts && i < kind_count; i++)
		counts->kinds[counts->kind_count++] = gw_strdup(kinds[i]);
	return counts;
}

GwCounts *
gw_counts_new_attempts(struct event_base *base, const char *application, long period_s)
{
	return counts_new(base, application, attempt_statements, 16, period_s, NULL);
}

static void
counts_end_timer(evutil_socket_t fd, short what, void *arg)
{
	(void) fd;
	(void) what;
	counts_ended(arg);
}

void
gw_counts_end(GwCounts *counts, void (*ended) (void))
{
	const struct timeval wait = {END_WAIT_MS / 1000, END_WAIT_MS % 1000 * 1000};

	if (counts == NULL)
	{
		ended();
		return;
	}
	if (counts->ended)
		return;
	counts->ended = ended;
	counts->ender = gw_memory_checked(event_new(event_get_base(counts->timer), -1, 0, counts_end_timer, counts));
	event_add(counts->ender, &wait);
	if (counts->flying == NULL)
		counts_flush(counts);
	if (counts->flying == NULL)
		counts_ended(counts);
}
