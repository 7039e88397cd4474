/*
 * report_known.h
 *	  What must be known before the events of a time can be counted one after the other: the few that change what others
 *	  count as. Money that went back, names deleted in their add grace period, renewals undone.
 */
#ifndef DOS_REPORT_KNOWN_H
#define DOS_REPORT_KNOWN_H

#include "postgres.h"

#include "utils/timestamp.h"

#include "lifecycle/lifecycle.h"
#include "report/report_row.h"
#include "report/report_table.h"

typedef struct ReportScan
{
	MemoryContext context;		/* of the whole report */
	MemoryContext batch;		/* of some rows */
	int32		zone_id;
	ReportText	zone;			/* its name */
	LifecyclePolicies policies;
	TimestampTz since;			/* older events cannot count */
	TimestampTz first;
	TimestampTz next;
	ReportTable *refunds;		/* what went back: object, instant and kind of the charge */
	ReportTable *charged;		/* transfers with years, and so with a grace period: object, instant */
	ReportTable *completed;		/* transfers by the clock: object, when written; when they took place */
	ReportTable *pending;		/* creates that waited: object; since when */
	ReportTable *tasted;			/* names deleted in their add grace period */
	ReportTable *undone;			/* renewals that staff undid, by their events */
} ReportScan;

typedef void (*ReportTake) (ReportScan *scan, const Datum *values, const bool *nulls, void *arg);

/* Hand over the rows of a query one by one, in the memory of a batch; by several processes if the taker runs no query itself. */
extern void dos_report_read(ReportScan *scan, const char *query, bool parallel, int count, Oid *types, Datum *values, ReportTake take, void *arg);

/* Read all that must be known. */
extern void dos_report_know(ReportScan *scan);

/* What an event counts by; false when it counts as nothing. */
extern bool dos_report_happening(ReportScan *scan, const ReportRow *row, ReportHappening *happening);

#endif
