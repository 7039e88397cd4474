/*
 * report_rules.c
 *		What an event counts as in the transactions report: every event, at both sides of each end of the month, kept and
 *		taken back. The month is [100, 200).
 */
#include "report/report_rules.h"

#include "gw_tap.h"

#include <stdio.h>
#include <string.h>

#define FIRST	100
#define NEXT	200

static const struct
{
	const char *event;
	int			years;
	int64_t		at;
	int64_t		ends_at;
	bool		in_grace;
	bool		taken_back;
	const char *counts;			/* column@instant, with "-" for the other registrar */
}			cases[] = {
	/* the grace of a create ends in the month, or does not; the name was created in it, or was not */
	{"domain.created", 1, 50, 99, false, false, ""},
	{"domain.created", 1, 95, 100, false, false, "net-adds-1-yr@100"},
	{"domain.created", 10, 150, 199, false, false, "net-adds-10-yr@199 created@150"},
	{"domain.created", 2, 199, 200, false, false, "created@199"},
	{"domain.created", 2, 200, 205, false, false, ""},
	{"domain.created", 3, 150, 155, true, false, "created@150"},
	{"domain.created", 0, 150, 155, false, false, "created@150"},
	{"domain.created", 11, 150, 155, false, false, "created@150"},
	{"domain.create_pending", 1, 150, 150, false, false, ""},
	/* renewals count once they can no more be taken back */
	{"domain.renewed", 1, 90, 99, false, false, ""},
	{"domain.renewed", 1, 90, 100, false, false, "net-renews-1-yr@100"},
	{"domain.renewed", 9, 190, 199, false, false, "net-renews-9-yr@199"},
	{"domain.renewed", 9, 190, 200, false, false, ""},
	{"domain.renewed", 2, 150, 155, false, true, ""},
	{"domain.renewed", 0, 150, 155, false, false, ""},
	{"domain.autorenewed", 1, 60, 105, false, false, "net-renews-1-yr@105"},
	{"domain.autorenewed", 1, 60, 105, false, true, ""},
	/* a transfer: lost at once, gained when its grace ends */
	{"domain.transfer_approved", 1, 150, 155, false, false, "transfer-gaining-successful@155 -transfer-losing-successful@150"},
	{"domain.transfer_completed", 1, 199, 204, false, false, "-transfer-losing-successful@199"},
	{"domain.transfer_completed", 1, 96, 101, false, false, "transfer-gaining-successful@101"},
	{"domain.transfer_approved", 1, 150, 155, false, true, "-transfer-losing-successful@150"},
	{"domain.transfer_rejected", 0, 99, 99, false, false, ""},
	{"domain.transfer_rejected", 0, 100, 100, false, false, "transfer-gaining-nacked@100 -transfer-losing-nacked@100"},
	/* the end of names */
	{"domain.deleted", 0, 150, 150, true, false, "deleted-domains-grace@150"},
	{"domain.deleted", 0, 150, 150, false, false, "deleted-domains-nograce@150"},
	{"domain.deleted", 0, 200, 200, true, false, ""},
	{"domain.purged", 0, 99, 99, false, false, ""},
	{"domain.purged", 0, 100, 100, false, false, "deleted-domains-nograce@100"},
	{"domain.restored", 0, 199, 199, false, false, "restored-domains@199"},
	{"domain.restore_lapsed", 0, 199, 199, false, false, "restored-noreport@199"},
	{"domain.renewal_undone", 1, 150, 150, false, false, ""},
};

int
main(void)
{
	int			found = 0;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		ReportHappening happening = {dos_report_event_find(cases[i].event, strlen(cases[i].event)), cases[i].years, cases[i].at, cases[i].ends_at, cases[i].in_grace, cases[i].taken_back};
		ReportCount counts[REPORT_COUNTS_MAX];
		char		text[200] = "";
		char		name[400];
		int			count;

		if (happening.event == REPORT_EVENT_COUNT)
		{
			ok(false, cases[i].event);
			continue;
		}
		count = dos_report_counts(&happening, FIRST, NEXT, counts);
		for (int n = 0; n < count; n++)
			sprintf(text + strlen(text), "%s%s%s@%lld", n ? " " : "", counts[n].other ? "-" : "", dos_report_column_name(counts[n].column), (long long) counts[n].at);
		snprintf(name, sizeof(name), "%s of %d at %lld until %lld: \"%s\"", cases[i].event, cases[i].years, (long long) cases[i].at, (long long) cases[i].ends_at, text);
		ok(strcmp(text, cases[i].counts) == 0, name);
	}
	ok(dos_report_event_find("domain.updated", 14) == REPORT_EVENT_COUNT && dos_report_event_find("domain.create", 13) == REPORT_EVENT_COUNT && dos_report_event_find("", 0) == REPORT_EVENT_COUNT,
		   "other events count as nothing");
	for (int event = 0; event < REPORT_EVENT_COUNT; event++)
		found += dos_report_event_find(dos_report_event_name(event), strlen(dos_report_event_name(event))) == (ReportEvent) event;
	ok(found == REPORT_EVENT_COUNT, "every event is found by its name");
	found = 0;
	for (int column = 0; column < REPORT_COLUMN_COUNT; column++)
		found += dos_report_column_name(column) != NULL;
	ok(found == REPORT_COLUMN_COUNT, "every column has a name");
	return done();
}
