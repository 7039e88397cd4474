/*
 * report_rules.c
 *	  The transactions report as a table: which events count in which columns, and at which of their instants.
 */
#include "report/report_rules.h"

#include <string.h>

#define NAMED(name)		{name, sizeof(name) - 1}

static const struct
{
	const char *name;
	size_t		length;
}			events[REPORT_EVENT_COUNT] = {
	[REPORT_CREATED] = NAMED("domain.created"),
	[REPORT_CREATE_PENDING] = NAMED("domain.create_pending"),
	[REPORT_RENEWED] = NAMED("domain.renewed"),
	[REPORT_AUTORENEWED] = NAMED("domain.autorenewed"),
	[REPORT_TRANSFER_APPROVED] = NAMED("domain.transfer_approved"),
	[REPORT_TRANSFER_COMPLETED] = NAMED("domain.transfer_completed"),
	[REPORT_TRANSFER_REJECTED] = NAMED("domain.transfer_rejected"),
	[REPORT_DELETED] = NAMED("domain.deleted"),
	[REPORT_PURGED] = NAMED("domain.purged"),
	[REPORT_RESTORED] = NAMED("domain.restored"),
	[REPORT_RESTORE_LAPSED] = NAMED("domain.restore_lapsed"),
	[REPORT_RENEWAL_UNDONE] = NAMED("domain.renewal_undone"),
};

static const char *const column_names[REPORT_COLUMN_COUNT] = {
	[REPORT_NET_ADDS] = "net-adds-1-yr", "net-adds-2-yr", "net-adds-3-yr", "net-adds-4-yr", "net-adds-5-yr",
	"net-adds-6-yr", "net-adds-7-yr", "net-adds-8-yr", "net-adds-9-yr", "net-adds-10-yr",
	[REPORT_NET_RENEWS] = "net-renews-1-yr", "net-renews-2-yr", "net-renews-3-yr", "net-renews-4-yr", "net-renews-5-yr",
	"net-renews-6-yr", "net-renews-7-yr", "net-renews-8-yr", "net-renews-9-yr", "net-renews-10-yr",
	[REPORT_GAINED] = "transfer-gaining-successful",
	[REPORT_GAINED_NACKED] = "transfer-gaining-nacked",
	[REPORT_LOST] = "transfer-losing-successful",
	[REPORT_LOST_NACKED] = "transfer-losing-nacked",
	[REPORT_DELETED_GRACE] = "deleted-domains-grace",
	[REPORT_DELETED_NO_GRACE] = "deleted-domains-nograce",
	[REPORT_RESTORES] = "restored-domains",
	[REPORT_NO_REPORT] = "restored-noreport",
	[REPORT_CREATES] = "created",
};

/* When a count falls due: as the event takes place, or as its grace ends. */
typedef enum When
{
	NEVER,						/* no such count */
	AT_ONCE,
	AT_END_OF_GRACE
} When;

typedef struct CountRule
{
	When		when;
	ReportColumn column;
	bool		by_years;		/* the column of its years, from the first one on */
	bool		other;			/* for the other registrar */
	bool		if_kept;		/* not if it was taken back, nor if a delete in the add grace period followed */
} CountRule;

static const CountRule rules[REPORT_EVENT_COUNT][REPORT_COUNTS_MAX] = {
	/*							   when			   column				by years other  if kept */
	[REPORT_CREATED] = {{AT_END_OF_GRACE, REPORT_NET_ADDS, true, false, true}, {AT_ONCE, REPORT_CREATES, false, false, false}},
	[REPORT_RENEWED] = {{AT_END_OF_GRACE, REPORT_NET_RENEWS, true, false, true}},
	[REPORT_AUTORENEWED] = {{AT_END_OF_GRACE, REPORT_NET_RENEWS, true, false, true}},
	[REPORT_TRANSFER_APPROVED] = {{AT_END_OF_GRACE, REPORT_GAINED, false, false, true}, {AT_ONCE, REPORT_LOST, false, true, false}},
	[REPORT_TRANSFER_COMPLETED] = {{AT_END_OF_GRACE, REPORT_GAINED, false, false, true}, {AT_ONCE, REPORT_LOST, false, true, false}},
	[REPORT_TRANSFER_REJECTED] = {{AT_ONCE, REPORT_GAINED_NACKED, false, false, false}, {AT_ONCE, REPORT_LOST_NACKED, false, true, false}},
	/* in the add grace period: REPORT_DELETED_GRACE */
	[REPORT_DELETED] = {{AT_ONCE, REPORT_DELETED_NO_GRACE, false, false, false}},
	[REPORT_PURGED] = {{AT_ONCE, REPORT_DELETED_NO_GRACE, false, false, false}},
	[REPORT_RESTORED] = {{AT_ONCE, REPORT_RESTORES, false, false, false}},
	[REPORT_RESTORE_LAPSED] = {{AT_ONCE, REPORT_NO_REPORT, false, false, false}},
};

ReportEvent
dos_report_event_find(const char *name, size_t length)
{
	for (int event = 0; event < REPORT_EVENT_COUNT; event++)
		if (events[event].length == length && memcmp(events[event].name, name, length) == 0)
			return (ReportEvent) event;
	return REPORT_EVENT_COUNT;
}

const char *
dos_report_event_name(ReportEvent event)
{
	return events[event].name;
}

const char *
dos_report_column_name(ReportColumn column)
{
	return column_names[column];
}

int
dos_report_counts(const ReportHappening *happening, int64_t first, int64_t next, ReportCount counts[REPORT_COUNTS_MAX])
{
	int			count = 0;

	for (int i = 0; i < REPORT_COUNTS_MAX; i++)
	{
		const CountRule *rule = &rules[happening->event][i];
		int64_t		at = rule->when == AT_END_OF_GRACE ? happening->ends_at : happening->at;

		if (rule->when == NEVER || at < first || at >= next)
			continue;
		if (rule->if_kept && (happening->taken_back || happening->in_grace))
			continue;
		if (rule->by_years && (happening->years < 1 || happening->years > REPORT_YEARS_MAX))
			continue;
		counts[count].column = rule->column + (rule->by_years ? happening->years - 1 : 0);
		if (happening->event == REPORT_DELETED && happening->in_grace)
			counts[count].column = REPORT_DELETED_GRACE;
		counts[count].at = at;
		counts[count++].other = rule->other;
	}
	return count;
}
