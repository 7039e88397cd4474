/*
 * lifecycle_rules.c
 *		The life of a domain as decision tables: what each status prohibits, and what the projection
 *		says at each instant, both sides of every boundary.
 */
#include "lifecycle/lifecycle_rules.h"

#include "gw_tap.h"
#include "instant.h"

#define COMMON_POLICY {.until = LIFECYCLE_NEVER, .autorenew = true, .autorenew_years = 1, .horizon_years = 10, .autorenew_grace = DAYS(45), \
	.redemption = DAYS(30), .pending_delete = DAYS(5), .pending_restore = DAYS(7), .transfer_grace = DAYS(5), .expiry_dns = EXPIRY_LEAVE}
/* nothing pends, nothing is unpaid, it began and expires as told */
#define LIVING(began, expires) .began_at = (began), .expires_at = (expires), .expired_at = LIFECYCLE_NEVER, .deleted_at = LIFECYCLE_NEVER, \
	.restore_at = LIFECYCLE_NEVER, .transfer_at = LIFECYCLE_NEVER, .autorenew = -1, .transfer_autorenew = -1, .unpaid_until = LIFECYCLE_NEVER, \
	.unpaid_expires_at = LIFECYCLE_NEVER, .pending_until = LIFECYCLE_NEVER, .release_at = LIFECYCLE_NEVER

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* RFC 5731 section 2.3: the first status of the set that prohibits the verb, NULL when none does */
static const struct
{
	LifecycleVerb verb;
	const char *statuses;
	const char *refused_by;
}			refusals[] = {
	{VERB_UPDATE, "clientUpdateProhibited", "clientUpdateProhibited"},
	{VERB_UPDATE, "serverUpdateProhibited", "serverUpdateProhibited"},
	{VERB_UPDATE, "clientDeleteProhibited clientRenewProhibited clientTransferProhibited clientHold", NULL},
	{VERB_UPDATE, "serverDeleteProhibited serverRenewProhibited serverTransferProhibited serverHold", NULL},
	{VERB_UPDATE, "clientUpdateProhibited serverUpdateProhibited", "clientUpdateProhibited"},
	{VERB_DELETE, "clientDeleteProhibited", "clientDeleteProhibited"},
	{VERB_DELETE, "serverDeleteProhibited", "serverDeleteProhibited"},
	{VERB_DELETE, "clientUpdateProhibited clientRenewProhibited clientTransferProhibited clientHold", NULL},
	{VERB_RENEW, "clientRenewProhibited", "clientRenewProhibited"},
	{VERB_RENEW, "serverRenewProhibited", "serverRenewProhibited"},
	{VERB_RENEW, "clientUpdateProhibited clientDeleteProhibited clientTransferProhibited clientHold", NULL},
	{VERB_TRANSFER, "clientTransferProhibited", "clientTransferProhibited"},
	{VERB_TRANSFER, "serverTransferProhibited", "serverTransferProhibited"},
	{VERB_TRANSFER, "clientUpdateProhibited clientDeleteProhibited clientRenewProhibited clientHold", NULL},
	{VERB_UPDATE, "pendingCreate", "pendingCreate"},
	{VERB_UPDATE, "pendingDelete", "pendingDelete"},
	{VERB_DELETE, "pendingDelete", "pendingDelete"},
	{VERB_RENEW, "pendingDelete", "pendingDelete"},
	{VERB_TRANSFER, "pendingDelete", "pendingDelete"},
	{VERB_DELETE, "pendingTransfer", "pendingTransfer"},
	{VERB_RENEW, "pendingTransfer", "pendingTransfer"},
	{VERB_UPDATE, "ok", NULL},
	{VERB_DELETE, "inactive", NULL},
	{VERB_TRANSFER, "linked", NULL},
};

/*
 * The projection. Facts and policy are one line: what is stored, "expires", "deleted" (- is never), a
 * running grace; then the instant asked for, and the state seen then. Policy: 45 days autorenew grace,
 * 30 days redemption, 5 days pendingDelete.
 */
static const struct
{
	const char *title;
	const char *statuses;
	bool		hosts;
	bool		autorenew;
	const char *expires;
	const char *deleted;
	const char *grace;			/* "kind end" */
	const char *now;
	/* expected */
	bool		registered;
	const char *seen;
	const char *rgp;
	const char *seen_expires;
	int			renewals;
	bool		delegated;
	const char *next;
}			projections[] = {
	{"active", "", true, true, "2027-04-03", "-", "", "2026-05-01", true, "ok", "", "2027-04-03", 0, true, "2027-04-03"},
	{"without hosts", "", false, true, "2027-04-03", "-", "", "2026-05-01", true, "inactive", "", "2027-04-03", 0, false, "2027-04-03"},
	{"on client hold", "clientHold", true, true, "2027-04-03", "-", "", "2026-05-01", true, "clientHold", "", "2027-04-03", 0, false, "2027-04-03"},
	{"on server hold", "serverHold", true, true, "2027-04-03", "-", "", "2026-05-01", true, "serverHold", "", "2027-04-03", 0, false, "2027-04-03"},
	{"locked", "clientDeleteProhibited", true, true, "2027-04-03", "-", "", "2026-05-01", true, "clientDeleteProhibited", "", "2027-04-03", 0, true, "2027-04-03"},
	{"held without hosts", "clientHold", false, true, "2027-04-03", "-", "", "2026-05-01", true, "inactive clientHold", "", "2027-04-03", 0, false, "2027-04-03"},
	/* grace periods end at their instant */
	{"add grace, last second", "", true, true, "2027-04-03", "-", "add 2026-04-08", "2026-04-07T23:59:59", true, "ok", "addPeriod", "2027-04-03", 0, true, "2027-04-03"},
	{"add grace, over", "", true, true, "2027-04-03", "-", "add 2026-04-08", "2026-04-08", true, "ok", "", "2027-04-03", 0, true, "2027-04-03"},
	{"renew grace", "", true, true, "2028-04-03", "-", "renew 2026-04-08", "2026-04-07", true, "ok", "renewPeriod", "2028-04-03", 0, true, "2028-04-03"},
	{"transfer grace", "", true, true, "2028-04-03", "-", "transfer 2026-04-08", "2026-04-07", true, "ok", "transferPeriod", "2028-04-03", 0, true, "2028-04-03"},
	/* expiry where the zone renews by itself; the worker has not come yet */
	{"last second before expiry", "", true, true, "2027-04-03", "-", "", "2027-04-02T23:59:59", true, "ok", "", "2027-04-03", 0, true, "2027-04-03"},
	{"at expiry", "", true, true, "2027-04-03", "-", "", "2027-04-03", true, "ok", "autoRenewPeriod", "2028-04-03", 1, true, "2027-04-03"},
	{"autorenew grace, last second", "", true, true, "2027-04-03", "-", "", "2027-05-17T23:59:59", true, "ok", "autoRenewPeriod", "2028-04-03", 1, true, "2027-04-03"},
	{"autorenew grace, over", "", true, true, "2027-04-03", "-", "", "2027-05-18", true, "ok", "", "2028-04-03", 1, true, "2027-04-03"},
	{"two years late", "", true, true, "2027-04-03", "-", "", "2028-04-03", true, "ok", "autoRenewPeriod", "2029-04-03", 2, true, "2027-04-03"},
	{"a leap day renews to 28 February", "", true, true, "2028-02-29", "-", "", "2028-02-29", true, "ok", "autoRenewPeriod", "2029-02-28", 1, true, "2028-02-29"},
	/* expiry where it does not */
	{"no autorenew, last second", "", true, false, "2027-04-03", "-", "", "2027-04-02T23:59:59", true, "ok", "", "2027-04-03", 0, true, "2027-04-03"},
	{"no autorenew, expired", "", true, false, "2027-04-03", "-", "", "2027-04-03", true, "pendingDelete", "redemptionPeriod", "2027-04-03", 0, false, "2027-04-03"},
	{"no autorenew, gone", "", true, false, "2027-04-03", "-", "", "2027-05-08", false, "pendingDelete", "", "2027-04-03", 0, false, "2027-04-03"},
	/* deletion: 30 days redemption, 5 days pendingDelete */
	{"deleted", "", true, true, "2027-04-03", "2026-06-01", "", "2026-06-01", true, "pendingDelete", "redemptionPeriod", "2027-04-03", 0, false, "2026-07-06"},
	{"redemption, last second", "", true, true, "2027-04-03", "2026-06-01", "", "2026-06-30T23:59:59", true, "pendingDelete", "redemptionPeriod", "2027-04-03", 0, false, "2026-07-06"},
	{"pendingDelete begins", "", true, true, "2027-04-03", "2026-06-01", "", "2026-07-01", true, "pendingDelete", "pendingDelete", "2027-04-03", 0, false, "2026-07-06"},
	{"pendingDelete, last second", "", true, true, "2027-04-03", "2026-06-01", "", "2026-07-05T23:59:59", true, "pendingDelete", "pendingDelete", "2027-04-03", 0, false, "2026-07-06"},
	{"purged at its instant, worker or not", "", true, true, "2027-04-03", "2026-06-01", "", "2026-07-06", false, "pendingDelete", "", "2027-04-03", 0, false, "2026-07-06"},
	{"a deleted name does not renew", "", true, true, "2026-06-15", "2026-06-01", "", "2026-06-20", true, "pendingDelete", "redemptionPeriod", "2026-06-15", 0, false, "2026-07-06"},
	{"a delete ends graces", "", true, true, "2027-04-03", "2026-06-01", "renew 2026-06-04", "2026-06-02", true, "pendingDelete", "redemptionPeriod", "2027-04-03", 0, false, "2026-07-06"},
	{"held and deleted", "clientHold", true, true, "2027-04-03", "2026-06-01", "", "2026-06-02", true, "clientHold pendingDelete", "redemptionPeriod", "2027-04-03", 0, false, "2026-07-06"},
};

static uint32_t
status_set(const char *words)
{
	char		copy[300];
	uint32_t	set = 0;

	snprintf(copy, sizeof(copy), "%s", words);
	for (char *word = strtok(copy, " "); word; word = strtok(NULL, " "))
	{
		LifecycleStatus status = dos_lifecycle_status_find(word);

		if (status == EPP_STATUS_COUNT)
			abort();
		set |= EPP_STATUS_BIT(status);
	}
	return set;
}

static int64_t
instant_or_never(const char *text)
{
	return strcmp(text, "-") == 0 ? LIFECYCLE_NEVER : instant(text);
}

static void
test_refusals(void)
{
	for (size_t i = 0; i < COUNT(refusals); i++)
	{
		LifecycleStatus status = dos_lifecycle_refusal(refusals[i].verb, status_set(refusals[i].statuses));
		char		title[200];

		snprintf(title, sizeof(title), "%s with %s", dos_lifecycle_verb_name(refusals[i].verb), refusals[i].statuses);
		is_text(status == EPP_STATUS_COUNT ? NULL : dos_lifecycle_status(status)->name, refusals[i].refused_by, title);
	}
	for (int verb = 0; verb < VERB_COUNT; verb++)
		ok(dos_lifecycle_refusal((LifecycleVerb) verb, 0) == EPP_STATUS_COUNT, "no status prohibits nothing");
}

/* Names lead back to what they name; nothing else has one. */
static void
test_names(void)
{
	bool		round = true;

	for (int status = 0; status < EPP_STATUS_COUNT; status++)
		round &= dos_lifecycle_status_find(dos_lifecycle_status((LifecycleStatus) status)->name) == (LifecycleStatus) status;
	for (int verb = 0; verb < VERB_COUNT; verb++)
		round &= dos_lifecycle_verb_find(dos_lifecycle_verb_name((LifecycleVerb) verb)) == (LifecycleVerb) verb;
	for (int rgp = 0; rgp < RGP_COUNT; rgp++)
		if (dos_lifecycle_grace_name((LifecycleRgp) rgp))
			round &= dos_lifecycle_grace_find(dos_lifecycle_grace_name((LifecycleRgp) rgp)) == (LifecycleRgp) rgp;
	ok(round, "every name is found again");
	ok(dos_lifecycle_status_find("clienthold") == EPP_STATUS_COUNT, "statuses are compared exactly");
	ok(dos_lifecycle_status_find("") == EPP_STATUS_COUNT, "nothing is no status");
	ok(dos_lifecycle_grace_find("redemption") == RGP_COUNT, "redemption is not a grace period");
	ok(dos_lifecycle_verb_find("create") == VERB_COUNT, "create has no prohibition");
	for (int status = 0; status < EPP_STATUS_COUNT; status++)
	{
		const LifecycleStatusRule *rule = dos_lifecycle_status((LifecycleStatus) status);

		ok((strncmp(rule->name, "client", 6) == 0) == (rule->setter == SET_BY_CLIENT), "registrars set client* and nothing else");
	}
}

static void
test_projections(void)
{
	LifecyclePolicy policy = COMMON_POLICY;
	LifecyclePolicies policies = {1, &policy, false};

	for (size_t i = 0; i < COUNT(projections); i++)
	{
		char		kind[20] = "";
		char		ends[30] = "";
		char		seen[400] = "";
		char		expected[400] = "";
		bool		graced = sscanf(projections[i].grace, "%19s %29s", kind, ends) == 2;
		LifecycleGrace grace = {graced ? dos_lifecycle_grace_find(kind) : RGP_ADD, graced ? instant(ends) : 0, 1};
		LifecycleFacts facts = {
			LIVING(LIFECYCLE_NEVER, instant(projections[i].expires)), .statuses = status_set(projections[i].statuses), .has_hosts = projections[i].hosts, .grace_count = graced ? 1 : 0, .graces = &grace};
		LifecycleState state;
		size_t		used = 0;

		facts.deleted_at = instant_or_never(projections[i].deleted);
		policy.autorenew = projections[i].autorenew;
		dos_lifecycle_project(&facts, &policies, instant(projections[i].now), &state);
		for (int status = 0; status < EPP_STATUS_COUNT; status++)
			if (state.statuses & EPP_STATUS_BIT(status))
				used += snprintf(seen + used, sizeof(seen) - used, "%s ", dos_lifecycle_status((LifecycleStatus) status)->name);
		used += snprintf(seen + used, sizeof(seen) - used, "|");
		for (int rgp = 0; rgp < RGP_COUNT; rgp++)
			if (state.rgp & (UINT32_C(1) << rgp))
				used += snprintf(seen + used, sizeof(seen) - used, "%s", dos_lifecycle_rgp_name((LifecycleRgp) rgp));
		snprintf(seen + used, sizeof(seen) - used, "|%d|%s|%d|%d|%s", state.registered, instant_text(state.expires_at),
				 state.renewals, state.delegated, instant_text(state.next_event_at));
		snprintf(expected, sizeof(expected), "%s |%s|%d|%s|%d|%d|%s", projections[i].seen, projections[i].rgp,
				 projections[i].registered, projections[i].seen_expires, projections[i].renewals,
				 projections[i].delegated, projections[i].next);
		is_text(seen, expected, projections[i].title);
	}
}

/* Whoever asks and how often: facts, not history, make the state. */
static void
test_purity(void)
{
	static const LifecyclePolicy policy = COMMON_POLICY;
	static const LifecyclePolicies policies = {1, &policy, false};
	LifecycleFacts facts = {LIVING(LIFECYCLE_NEVER, instant("2027-04-03")), .has_hosts = true};
	LifecycleState first;
	LifecycleState again;
	bool		same = true;
	bool		sound = true;
	int64_t		last = 0;

	for (int64_t at = instant("2026-01-01"); at < instant("2046-01-01"); at += DAYS(1) / 3)
	{
		dos_lifecycle_project(&facts, &policies, at, &first);
		dos_lifecycle_project(&facts, &policies, at, &again);
		same &= first.expires_at == again.expires_at && first.statuses == again.statuses && first.rgp == again.rgp;
		sound &= first.expires_at > at && first.expires_at >= last && first.registered && first.delegated;
		last = first.expires_at;
	}
	ok(same, "the same question has the same answer");
	ok(sound, "through twenty years of automatic renewals the expiry is ahead and never goes back");
}

int
main(void)
{
	test_refusals();
	test_names();
	test_projections();
	test_purity();
	return done();
}
