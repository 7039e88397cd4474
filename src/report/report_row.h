/*
 * report_row.h
 *	  An event of the outbox as the monthly reports read it.
 */
#ifndef DOS_REPORT_ROW_H
#define DOS_REPORT_ROW_H

#include "postgres.h"

#include "utils/jsonb.h"
#include "utils/timestamp.h"

#include "report/report_rules.h"

typedef struct ReportText
{
	const char *data;			/* NULL: there is none */
	int			length;
} ReportText;

/* An event of the zone, unpacked in the context of its batch. */
typedef struct ReportRow
{
	ReportEvent event;
	int64		id;
	int64		object_id;
	TimestampTz written_at;
	ReportText	object_name;
	ReportText	svtrid;
	ReportText	registrar;		/* whose */
	ReportText	other;			/* the losing registrar of a transfer */
	Jsonb	   *content;
} ReportRow;

/* The columns of a query that reads events, and a row of it; false unless it is one that counts, of the zone. */
#define REPORT_ROW_COLUMNS	8
#define REPORT_ROW_SELECT	"SELECT o.event, o.object_id, o.happened_at, o.registrar, o.content, o.id, o.object_name, o.svtrid FROM dos.outbox AS o "
extern bool dos_report_row(ReportText zone, const Datum *values, const bool *nulls, ReportRow *row);

extern ReportText dos_report_text(Datum value, bool isnull);

/* Below its first dot a name is the zone's. */
extern bool dos_report_name_in(ReportText zone, ReportText name);

/* What the content of an event says: a member of it; an instant; its term, 0 without; a text of its transfer. */
extern bool dos_report_member(Jsonb *content, const char *key, JsonbValue *value);
extern bool dos_report_instant(Jsonb *content, const char *key, TimestampTz *at);
extern int	dos_report_term(Jsonb *content);
extern ReportText dos_report_transfer(Jsonb *content, const char *key);

/* False when there is no text. */
extern bool dos_report_instant_of(ReportText content, TimestampTz *at);

#endif
