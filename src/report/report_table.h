/*
 * report_table.h
 *	  Things of objects at instants: a charge of a kind, a transfer. Looked up for every event, and rarely there.
 */
#ifndef DOS_REPORT_TABLE_H
#define DOS_REPORT_TABLE_H

#include "postgres.h"

#include "datatype/timestamp.h"

typedef struct ReportTable ReportTable;

extern ReportTable *dos_report_table_new(MemoryContext context, const char *name);

/* Remember an instant for an object, an instant and a kind (0 where there are none); of two the earlier. */
extern void dos_report_table_put(ReportTable *table, int64 object_id, TimestampTz key_at, int64 kind, TimestampTz at);

/* Is it there? And its instant, if wanted. */
extern bool dos_report_table_find(ReportTable *table, int64 object_id, TimestampTz key_at, int64 kind, TimestampTz *at);

#endif
