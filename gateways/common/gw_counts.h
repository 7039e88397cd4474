/*
 * gw_counts.h
 *		How many queries of each kind about each zone, and creates of each
 *		registrar, for the registry's reports.
 *
 * A query writes nothing: counts are kept in memory and brought to the primary
 * in one call every `period_s` seconds and at the end. While the primary cannot
 * be reached they wait. Memory is one number for each zone and kind.
 */
#ifndef GW_COUNTS_H
#define GW_COUNTS_H

#include <event2/event.h>
#include <stdint.h>

typedef struct GwCounts GwCounts;

#define GW_COUNTS_NO_ZONE 0

/*
 * `kinds` are words that dos.query_count knows. `writer` is a connection string
 * of the primary; NULL: the database of the common settings, where only a host
 * that accepts writes will do. With period 0 nothing is counted, and NULL
 * returned, which the other functions accept.
 */
GwCounts   *gw_counts_new(struct event_base *base, const char *application, const char *const *kinds, int kind_count,
						  long period_s, const char *writer);

/* Creates tried, for dos.create_attempt_add(): kinds are registrars, and come with gw_counts_kind(). */
GwCounts   *gw_counts_new_attempts(struct event_base *base, const char *application, long period_s);
int			gw_counts_kind(GwCounts *counts, const char *kind);

/* The zone that a name in A-label or U-label form, in any case, lies in: its number here. */
int			gw_counts_zone(const GwCounts *counts, const char *name);
void		gw_counts_add(GwCounts *counts, int kind, int zone);

/* Bring what is there, then call `ended`: at once when there is nothing, at the latest after a second. Once. */
void		gw_counts_end(GwCounts *counts, void (*ended) (void));

#endif
