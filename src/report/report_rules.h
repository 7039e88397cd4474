/*
 * report_rules.h
 *	  What an event counts as in the per-registrar transactions report (registry agreement, Specification 3). Pure.
 *
 *	  Instants are microseconds since 2000-01-01T00:00:00Z, those at which things took place: the clock's may have been
 *	  written down later.
 */
#ifndef DOS_REPORT_RULES_H
#define DOS_REPORT_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum ReportEvent
{
	REPORT_CREATED,
	REPORT_CREATE_PENDING,
	REPORT_RENEWED,
	REPORT_AUTORENEWED,
	REPORT_TRANSFER_APPROVED,
	REPORT_TRANSFER_COMPLETED,
	REPORT_TRANSFER_REJECTED,
	REPORT_DELETED,
	REPORT_PURGED,
	REPORT_RESTORED,
	REPORT_RESTORE_LAPSED,
	REPORT_RENEWAL_UNDONE,
	REPORT_EVENT_COUNT
} ReportEvent;

#define REPORT_YEARS_MAX	10

/* Columns that events count in; of the first two kinds one for each number of years. */
typedef enum ReportColumn
{
	REPORT_NET_ADDS,
	REPORT_NET_RENEWS = REPORT_NET_ADDS + REPORT_YEARS_MAX,
	REPORT_GAINED = REPORT_NET_RENEWS + REPORT_YEARS_MAX,
	REPORT_GAINED_NACKED,
	REPORT_LOST,
	REPORT_LOST_NACKED,
	REPORT_DELETED_GRACE,
	REPORT_DELETED_NO_GRACE,
	REPORT_RESTORES,
	REPORT_NO_REPORT,
	REPORT_CREATES,				/* no column: names created, for attempted-adds and the proof */
	REPORT_COLUMN_COUNT
} ReportColumn;

/* One event with what is known about it. */
typedef struct ReportHappening
{
	ReportEvent event;
	int			years;
	int64_t		at;				/* when it took place */
	int64_t		ends_at;		/* when its grace ends; at itself where there is none */
	bool		in_grace;		/* of a delete: in the add grace period; of a create: such a delete followed */
	bool		taken_back;		/* its charge went back before its grace ended, or staff undid it */
} ReportHappening;

/* What it counts as, at which instant, and whether for the other registrar (the losing one of a transfer). */
typedef struct ReportCount
{
	ReportColumn column;
	int64_t		at;
	bool		other;
} ReportCount;

#define REPORT_COUNTS_MAX	2

/* The event of that name, or REPORT_EVENT_COUNT. */
extern ReportEvent dos_report_event_find(const char *name, size_t length);

extern const char *dos_report_event_name(ReportEvent event);

/* The name of a column in dos.report_column; "created" for REPORT_CREATES. */
extern const char *dos_report_column_name(ReportColumn column);

/* What an event counts as in the time from first to next (next excluded): how many counts. */
extern int	dos_report_counts(const ReportHappening *happening, int64_t first, int64_t next, ReportCount counts[REPORT_COUNTS_MAX]);

#endif
