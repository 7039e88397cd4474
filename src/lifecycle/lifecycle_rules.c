/*
 * lifecycle_rules.c
 *	  Statuses, what they prohibit, and the projection of facts onto the clock.
 *
 * The projection never needs the worker: an automatic renewal or an expiry that is due is seen by
 * every reader at its instant, whether or not somebody has written it down yet.
 */
#include "lifecycle/lifecycle_rules.h"

#include <string.h>

#include "base/period_rules.h"

#define MAY_NOT(verb)	(UINT32_C(1) << (verb))
#define MAY_NOTHING		(MAY_NOT(VERB_UPDATE) | MAY_NOT(VERB_DELETE) | MAY_NOT(VERB_RENEW) | MAY_NOT(VERB_TRANSFER))

/* RFC 5731 section 2.3 */
static const LifecycleStatusRule statuses[EPP_STATUS_COUNT] = {
	/*									  name						   setter		  prohibits				  withholds */
	[EPP_OK] = {"ok", SET_BY_SERVER, 0, false},
	[EPP_INACTIVE] = {"inactive", SET_BY_SERVER, 0, false},
	[EPP_CLIENT_DELETE_PROHIBITED] = {"clientDeleteProhibited", SET_BY_CLIENT, MAY_NOT(VERB_DELETE), false},
	[EPP_CLIENT_HOLD] = {"clientHold", SET_BY_CLIENT, 0, true},
	[EPP_CLIENT_RENEW_PROHIBITED] = {"clientRenewProhibited", SET_BY_CLIENT, MAY_NOT(VERB_RENEW), false},
	[EPP_CLIENT_TRANSFER_PROHIBITED] = {"clientTransferProhibited", SET_BY_CLIENT, MAY_NOT(VERB_TRANSFER), false},
	[EPP_CLIENT_UPDATE_PROHIBITED] = {"clientUpdateProhibited", SET_BY_CLIENT, MAY_NOT(VERB_UPDATE), false},
	[EPP_SERVER_DELETE_PROHIBITED] = {"serverDeleteProhibited", SET_BY_SERVER, MAY_NOT(VERB_DELETE), false},
	[EPP_SERVER_HOLD] = {"serverHold", SET_BY_SERVER, 0, true},
	[EPP_SERVER_RENEW_PROHIBITED] = {"serverRenewProhibited", SET_BY_SERVER, MAY_NOT(VERB_RENEW), false},
	[EPP_SERVER_TRANSFER_PROHIBITED] = {"serverTransferProhibited", SET_BY_SERVER, MAY_NOT(VERB_TRANSFER), false},
	[EPP_SERVER_UPDATE_PROHIBITED] = {"serverUpdateProhibited", SET_BY_SERVER, MAY_NOT(VERB_UPDATE), false},
	[EPP_LINKED] = {"linked", SET_BY_SERVER, 0, false},
	[EPP_PENDING_CREATE] = {"pendingCreate", SET_BY_SERVER, MAY_NOTHING, true},
	[EPP_PENDING_DELETE] = {"pendingDelete", SET_BY_SERVER, MAY_NOTHING, true},
	[EPP_PENDING_RENEW] = {"pendingRenew", SET_BY_SERVER, MAY_NOTHING, false},
	[EPP_PENDING_TRANSFER] = {"pendingTransfer", SET_BY_SERVER, MAY_NOTHING, false},
	[EPP_PENDING_UPDATE] = {"pendingUpdate", SET_BY_SERVER, MAY_NOTHING, false},
};

/* RFC 3915 section 3.1; the grace names are those of dos.grace.kind */
static const struct
{
	const char *name;
	const char *grace;
}			rgps[RGP_COUNT] = {
	[RGP_ADD] = {"addPeriod", "add"},
	[RGP_AUTORENEW] = {"autoRenewPeriod", "autorenew"},
	[RGP_RENEW] = {"renewPeriod", "renew"},
	[RGP_TRANSFER] = {"transferPeriod", "transfer"},
	[RGP_REDEMPTION] = {"redemptionPeriod", NULL},
	[RGP_PENDING_RESTORE] = {"pendingRestore", NULL},
	[RGP_PENDING_DELETE] = {"pendingDelete", NULL},
};

static const char *const verbs[VERB_COUNT] = {
	[VERB_UPDATE] = "update",
	[VERB_DELETE] = "delete",
	[VERB_RENEW] = "renew",
	[VERB_TRANSFER] = "transfer",
};

const LifecycleStatusRule *
dos_lifecycle_status(LifecycleStatus status)
{
	return &statuses[status];
}

const char *
dos_lifecycle_rgp_name(LifecycleRgp rgp)
{
	return rgps[rgp].name;
}

const char *
dos_lifecycle_grace_name(LifecycleRgp rgp)
{
	return rgps[rgp].grace;
}

const char *
dos_lifecycle_verb_name(LifecycleVerb verb)
{
	return verbs[verb];
}

LifecycleStatus
dos_lifecycle_status_find(const char *name)
{
	int			status = 0;

	while (status < EPP_STATUS_COUNT && strcmp(statuses[status].name, name) != 0)
		status++;
	return (LifecycleStatus) status;
}

LifecycleRgp
dos_lifecycle_grace_find(const char *name)
{
	int			rgp = 0;

	while (rgp < RGP_COUNT && (rgps[rgp].grace == NULL || strcmp(rgps[rgp].grace, name) != 0))
		rgp++;
	return (LifecycleRgp) rgp;
}

LifecycleVerb
dos_lifecycle_verb_find(const char *name)
{
	int			verb = 0;

	while (verb < VERB_COUNT && strcmp(verbs[verb], name) != 0)
		verb++;
	return (LifecycleVerb) verb;
}

LifecycleStatus
dos_lifecycle_refusal(LifecycleVerb verb, uint32_t set)
{
	int			status = 0;

	while (status < EPP_STATUS_COUNT && !((set & EPP_STATUS_BIT(status)) && (statuses[status].prohibits & MAY_NOT(verb))))
		status++;
	return (LifecycleStatus) status;
}

int64_t
dos_lifecycle_not_before(const LifecycleFacts *facts, int64_t at)
{
	if (facts->deleted_at != LIFECYCLE_NEVER && at < facts->deleted_at)
		at = facts->deleted_at;
	if (facts->restore_at != LIFECYCLE_NEVER && at < facts->restore_at)
		at = facts->restore_at;
	return at;
}

static void
rgp_set(LifecycleState *state, LifecycleRgp rgp, int64_t ends_at)
{
	/* several of one kind may run at once: the last end counts */
	if (!(state->rgp & (UINT32_C(1) << rgp)) || ends_at > state->rgp_ends_at[rgp])
		state->rgp_ends_at[rgp] = ends_at;
	state->rgp |= UINT32_C(1) << rgp;
}

static bool
grace_runs(const LifecycleState *state, LifecycleRgp rgp)
{
	return (state->rgp & (UINT32_C(1) << rgp)) != 0;
}

/* One automatic renewal at the instant of expiry. */
static void
project_renewal(const LifecyclePolicy *policy, int64_t now, LifecycleState *state)
{
	int64_t		grace_end = state->expires_at + policy->autorenew_grace;

	if (now < grace_end)
		rgp_set(state, RGP_AUTORENEW, grace_end);
	state->expires_at = dos_period_add_months(state->expires_at, 12);
	state->renewals++;
}

/*
 * A pending transfer that nobody answered completes at its instant: the years are added within the
 * horizon, an automatic renewal in its grace is taken back first, and the loser's graces end.
 */
static void
project_transfer(const LifecycleFacts *facts, const LifecyclePolicy *policy, int64_t now, LifecycleState *state)
{
	int64_t		at = facts->transfer_at;
	int64_t		horizon = dos_period_add_months(at, 12 * policy->horizon_years);
	bool		renewed_lately = state->renewals > 0 && at < dos_period_add_months(state->expires_at, -12) + policy->autorenew_grace;

	for (size_t i = 0; i < facts->grace_count; i++)
		renewed_lately |= facts->graces[i].kind == RGP_AUTORENEW && at < facts->graces[i].ends_at;
	if (renewed_lately)
		state->expires_at = dos_period_add_months(state->expires_at, -12);
	state->absorbed = renewed_lately;
	/* a horizon that came nearer since takes no years away */
	if (horizon < state->expires_at)
		horizon = state->expires_at;
	state->expires_at = dos_period_add_months(state->expires_at, 12 * facts->transfer_years);
	if (state->expires_at > horizon)
		state->expires_at = horizon;
	state->transferred = true;
	state->rgp = 0;
	if (facts->transfer_years > 0 && now < at + policy->transfer_grace)
		rgp_set(state, RGP_TRANSFER, at + policy->transfer_grace);
}

/* What the clock alone brings, in the order of its instants: expiries and the completion of a transfer. */
static void
project_clock(const LifecycleFacts *facts, const LifecyclePolicy *policy, int64_t now, LifecycleState *state)
{
	int64_t		transfer_at = facts->transfer_at;

	while (state->deleted_at == LIFECYCLE_NEVER)
	{
		if (transfer_at <= now && transfer_at <= state->expires_at)
		{
			project_transfer(facts, policy, now, state);
			transfer_at = LIFECYCLE_NEVER;
		}
		else if (state->expires_at > now)
			break;
		else if (policy->autorenew)
			project_renewal(policy, now, state);
		else
			state->deleted_at = state->expires_at;	/* a pending transfer falls with it */
	}
	if (transfer_at != LIFECYCLE_NEVER && state->deleted_at == LIFECYCLE_NEVER)
		state->statuses |= EPP_STATUS_BIT(EPP_PENDING_TRANSFER);
}

/* A restore that waits for its report keeps the name in the zone; when it lapses, redemption goes on. */
static bool
project_restore(const LifecycleFacts *facts, const LifecyclePolicy *policy, int64_t now, LifecycleState *state)
{
	int64_t		report_due;

	if (facts->restore_at == LIFECYCLE_NEVER || now < facts->restore_at)
		return false;
	report_due = facts->restore_at + policy->pending_restore;
	if (now < report_due)
	{
		rgp_set(state, RGP_PENDING_RESTORE, report_due);
		state->next_event_at = report_due;
		return true;
	}
	state->restore_lapsed = true;
	state->deleted_at += policy->pending_restore;
	return false;
}

/* Deletion: redemption, then pendingDelete, then gone. Graces end with the delete. */
static void
project_deletion(const LifecycleFacts *facts, const LifecyclePolicy *policy, int64_t now, LifecycleState *state)
{
	int64_t		redemption_end;
	int64_t		purge_at;

	if (state->deleted_at == LIFECYCLE_NEVER || now < state->deleted_at)
		return;
	/* RFC 5731 section 2.3 does not let these stand together; the lock stays in the facts for a restore */
	state->statuses &= ~(EPP_STATUS_BIT(EPP_CLIENT_DELETE_PROHIBITED) | EPP_STATUS_BIT(EPP_SERVER_DELETE_PROHIBITED));
	state->statuses |= EPP_STATUS_BIT(EPP_PENDING_DELETE);
	state->rgp = 0;
	if (project_restore(facts, policy, now, state))
		return;
	redemption_end = state->deleted_at + policy->redemption;
	purge_at = redemption_end + policy->pending_delete;
	if (now < redemption_end)
		rgp_set(state, RGP_REDEMPTION, redemption_end);
	else if (now < purge_at)
		rgp_set(state, RGP_PENDING_DELETE, purge_at);
	else
		state->registered = false;
	state->next_event_at = purge_at;
}

/* The statuses that follow from the others (RFC 5731 section 2.3), and whether the name is in the zone. */
static void
project_derived(const LifecycleFacts *facts, LifecycleState *state)
{
	bool		withheld = false;

	for (int status = 0; status < EPP_STATUS_COUNT; status++)
		withheld |= (state->statuses & EPP_STATUS_BIT(status)) && statuses[status].withholds
			&& !(status == EPP_PENDING_DELETE && grace_runs(state, RGP_PENDING_RESTORE));
	state->delegated = state->registered && facts->has_hosts && !withheld;

	if (!facts->has_hosts)
		state->statuses |= EPP_STATUS_BIT(EPP_INACTIVE);
	if (state->statuses == 0)
		state->statuses = EPP_STATUS_BIT(EPP_OK);
}

void
dos_lifecycle_project(const LifecycleFacts *facts, const LifecyclePolicy *policy, int64_t now, LifecycleState *state)
{
	memset(state, 0, sizeof(*state));
	state->registered = true;
	state->statuses = facts->statuses;
	state->expires_at = facts->expires_at;
	state->deleted_at = facts->deleted_at;

	for (size_t i = 0; i < facts->grace_count; i++)
		if (now < facts->graces[i].ends_at)
			rgp_set(state, facts->graces[i].kind, facts->graces[i].ends_at);
	project_clock(facts, policy, now, state);
	/* what is due stays due until it is written down; otherwise the nearer of expiry and transfer comes next */
	state->next_event_at = facts->transfer_at < facts->expires_at ? facts->transfer_at : facts->expires_at;
	project_deletion(facts, policy, now, state);
	if (state->deleted_at != facts->deleted_at)
		state->next_event_at = facts->deleted_at == LIFECYCLE_NEVER ? facts->expires_at : now;
	project_derived(facts, state);
}
