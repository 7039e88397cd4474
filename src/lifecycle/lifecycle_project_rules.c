/*
 * lifecycle_project_rules.c
 *	  The projection of facts onto the clock.
 *
 * It never needs the worker: an automatic renewal, an expiry, a completed transfer or a lapsed deadline that
 * is due is seen by every reader at its instant, whether or not somebody has written it down yet. Each event
 * is judged by the policy that was in force at its instant, so that a change of policy changes no past.
 */
#include "lifecycle/lifecycle_rules.h"

#include <string.h>

#include "base/period_rules.h"

typedef struct Projection
{
	const LifecycleFacts *facts;
	const LifecyclePolicies *policies;
	int64_t		now;
	LifecycleState *state;
	int64_t		renewed_from;	/* the expiry at which the last automatic renewal was due; LIFECYCLE_NEVER: none was */
} Projection;

const LifecyclePolicy *
dos_lifecycle_policy_at(const LifecyclePolicies *policies, int64_t at, int64_t expires_at)
{
	const LifecyclePolicy *version = policies->versions;

	if (policies->by_expiry)
		at = expires_at;
	while (version < policies->versions + policies->count - 1 && at >= version->until)
		version++;
	return version;
}

static const LifecyclePolicy *
policy_at(Projection *p, int64_t at)
{
	return dos_lifecycle_policy_at(p->policies, at, p->state->expires_at);
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
rgp_runs(const LifecycleState *state, LifecycleRgp rgp)
{
	return (state->rgp & (UINT32_C(1) << rgp)) != 0;
}

static bool
renews_itself(Projection *p)
{
	int			said = p->state->transferred ? p->facts->transfer_autorenew : p->facts->autorenew;

	return said >= 0 ? said > 0 : policy_at(p, p->state->expires_at)->autorenew;
}

/* One automatic renewal at the instant of expiry. */
static void
project_renewal(Projection *p)
{
	LifecycleState *state = p->state;
	const LifecyclePolicy *policy = policy_at(p, state->expires_at);
	int64_t		grace_end = state->expires_at + policy->autorenew_grace;

	if (p->now < grace_end)
		rgp_set(state, RGP_AUTORENEW, grace_end);
	p->renewed_from = state->expires_at;
	state->expires_at = dos_period_add_years(state->expires_at, policy->autorenew_years, p->facts->began_at);
	state->renewals++;
}

/* The expiry without the years of an automatic renewal in its grace, or that was never paid; else as it is. */
static int64_t
expiry_absorbed(Projection *p, int64_t at)
{
	const LifecycleFacts *facts = p->facts;
	const LifecycleState *state = p->state;
	int			years = 0;

	if (facts->unpaid_until != LIFECYCLE_NEVER)
		return state->lapsed ? state->expires_at : facts->unpaid_expires_at;
	if (p->renewed_from != LIFECYCLE_NEVER && at < p->renewed_from + policy_at(p, p->renewed_from)->autorenew_grace)
		return p->renewed_from;
	for (size_t i = 0; i < facts->grace_count; i++)
		if (facts->graces[i].kind == RGP_AUTORENEW && at < facts->graces[i].ends_at)
			years += facts->graces[i].years;
	return dos_period_add_years(state->expires_at, -years, facts->began_at);
}

/*
 * A pending transfer that nobody answered completes at its instant: the years are added within the
 * horizon, an automatic renewal in its grace is taken back first, and the loser's graces end.
 */
static void
project_transfer(Projection *p)
{
	const LifecycleFacts *facts = p->facts;
	LifecycleState *state = p->state;
	int64_t		at = facts->transfer_at;
	const LifecyclePolicy *policy = policy_at(p, at);
	int64_t		horizon = dos_period_add_months(at, 12 * policy->horizon_years);
	int64_t		before = expiry_absorbed(p, at);

	state->absorbed = before != state->expires_at;
	state->expires_at = before;
	/* a horizon that came nearer since takes no years away */
	if (horizon < state->expires_at)
		horizon = state->expires_at;
	state->expires_at = dos_period_add_years(state->expires_at, facts->transfer_years, facts->began_at);
	if (state->expires_at > horizon)
		state->expires_at = horizon;
	state->transferred = true;
	state->rgp = 0;
	if (facts->transfer_years > 0 && p->now < at + policy->transfer_grace)
		rgp_set(state, RGP_TRANSFER, at + policy->transfer_grace);
	if (state->expires_at > at)
		state->expired = false;
}

static int64_t
hold_end(Projection *p)
{
	int64_t		end = p->state->expires_at + policy_at(p, p->state->expires_at)->expiry_hold;

	return end > p->state->expired_at ? end : p->state->expired_at;
}

static void
expire(LifecycleState *state, int64_t at)
{
	state->expired = true;
	state->expired_at = at;
}

/*
 * What the clock alone brings, in the order of its instants: the completion of a transfer, expiry with or without
 * renewal, the deadline of an unpaid renewal, the end of the time an expired name is kept.
 */
static void
project_clock(Projection *p)
{
	const LifecycleFacts *facts = p->facts;
	LifecycleState *state = p->state;
	int64_t		transfer_at = facts->transfer_at;
	bool		unpaid = facts->unpaid_until != LIFECYCLE_NEVER;

	while (state->deleted_at == LIFECYCLE_NEVER)
	{
		int64_t		due = state->expired ? hold_end(p) : unpaid ? facts->unpaid_until : state->expires_at;

		if (transfer_at <= p->now && transfer_at <= due)
		{
			project_transfer(p);
			transfer_at = LIFECYCLE_NEVER;
			unpaid = false;
		}
		else if (due == LIFECYCLE_NEVER || due > p->now)
			break;
		else if (state->expired)
			state->deleted_at = due;	/* a pending transfer falls with it */
		else if (unpaid)
		{
			state->lapsed = true;
			unpaid = false;
			state->rgp &= ~(UINT32_C(1) << RGP_AUTORENEW);
			state->expires_at = facts->unpaid_expires_at;
			expire(state, facts->unpaid_until);
		}
		else if (renews_itself(p))
			project_renewal(p);
		else
			expire(state, state->expires_at);
	}
	if (transfer_at != LIFECYCLE_NEVER && state->deleted_at == LIFECYCLE_NEVER)
		state->statuses |= EPP_STATUS_BIT(EPP_PENDING_TRANSFER);
	if (state->deleted_at != LIFECYCLE_NEVER)
		state->expired = false;
}

/* An expired name that is kept for a while: in the zone, on the registry's park servers, or out of it. */
static void
project_expired(Projection *p)
{
	LifecycleState *state = p->state;
	const LifecyclePolicy *policy = policy_at(p, state->expires_at);
	int64_t		leaves_at = state->expires_at + policy->expiry_dns_after;

	if (!state->expired)
		return;
	if (leaves_at < state->expired_at)
		leaves_at = state->expired_at;
	state->next_event_at = hold_end(p);
	if (policy->expiry_dns == EXPIRY_KEEP)
		return;
	if (p->now < leaves_at)
	{
		if (leaves_at < state->next_event_at)
			state->next_event_at = leaves_at;
	}
	else if (policy->expiry_dns == EXPIRY_PARK)
		state->parked = true;
	else
		state->statuses |= EPP_STATUS_BIT(EPP_SERVER_HOLD);
}

/* A create or update that waits for approval, until it is settled by the clock. */
static void
project_pending(Projection *p)
{
	const LifecycleFacts *facts = p->facts;
	LifecycleState *state = p->state;

	if (facts->pending == PENDING_NOTHING)
		return;
	if (p->now < facts->pending_until)
	{
		state->statuses |= EPP_STATUS_BIT(facts->pending == PENDING_CREATE ? EPP_PENDING_CREATE : EPP_PENDING_UPDATE);
		return;
	}
	state->settled = true;
	if (facts->pending == PENDING_CREATE && !facts->pending_approved)
		state->registered = false;
}

/* A restore that waits for its report keeps the name in the zone; when it lapses, redemption goes on. */
static bool
project_restore(Projection *p)
{
	const LifecycleFacts *facts = p->facts;
	LifecycleState *state = p->state;
	int64_t		waits;

	if (facts->restore_at == LIFECYCLE_NEVER || p->now < facts->restore_at)
		return false;
	waits = policy_at(p, facts->restore_at)->pending_restore;
	if (p->now < facts->restore_at + waits)
	{
		rgp_set(state, RGP_PENDING_RESTORE, facts->restore_at + waits);
		state->next_event_at = facts->restore_at + waits;
		return true;
	}
	state->restore_lapsed = true;
	state->deleted_at += waits;
	return false;
}

/* When a name whose pendingDelete ends at an instant becomes free. */
static int64_t
release_at(const LifecycleFacts *facts, const LifecyclePolicy *policy, int64_t over_at)
{
	int64_t		day = over_at % DOS_USECS_PER_DAY;
	int64_t		hour = over_at - day + policy->release_hour + (day > policy->release_hour ? DOS_USECS_PER_DAY : 0);

	if (policy->release == RELEASE_EXACT)
		return over_at;
	if (policy->release == RELEASE_HOUR)
		return hour;
	if (facts->release_at != LIFECYCLE_NEVER && facts->release_at >= over_at)
		return facts->release_at;	/* drawn once and stored */
	if (policy->release == RELEASE_LIST)
		return hour + policy->release_window;
	/* to the millisecond, as the registry's clock goes */
	return hour + (int64_t) ((uint64_t) (policy->release_window / 1000) * facts->draw >> 32) * 1000;
}

/* Deletion: redemption, then pendingDelete, then gone. Graces end with the delete. */
static void
project_deletion(Projection *p)
{
	LifecycleState *state = p->state;
	const LifecyclePolicy *policy;
	int64_t		redemption_end;

	if (state->deleted_at == LIFECYCLE_NEVER || p->now < state->deleted_at)
		return;
	policy = policy_at(p, state->deleted_at);
	state->statuses |= EPP_STATUS_BIT(EPP_PENDING_DELETE);
	state->rgp = 0;
	if (project_restore(p))
		return;
	redemption_end = state->deleted_at + policy->redemption;
	state->purge_at = release_at(p->facts, policy, redemption_end + policy->pending_delete);
	state->next_event_at = state->purge_at;
	if (p->now < redemption_end)
		rgp_set(state, RGP_REDEMPTION, redemption_end);
	else if (p->now < state->purge_at)
		rgp_set(state, RGP_PENDING_DELETE, state->purge_at);
	else if (p->facts->statuses & EPP_STATUS_BIT(EPP_SERVER_DELETE_PROHIBITED))
		state->next_event_at = LIFECYCLE_NEVER;	/* kept, by order of the registry */
	else
		state->registered = false;
}

static void
displace(LifecycleState *state, LifecycleStatus status)
{
	if (state->statuses & EPP_STATUS_BIT(status))
		state->statuses &= ~dos_lifecycle_status(status)->displaces;
}

/* The statuses that follow from the others (RFC 5731 section 2.3), and whether the name is in the zone. */
static void
project_derived(Projection *p)
{
	LifecycleState *state = p->state;
	bool		withheld = false;

	/* a displaced status stays in the facts: it is there again when the other one ends */
	displace(state, EPP_PENDING_DELETE);
	for (int status = 0; status < EPP_STATUS_COUNT; status++)
		displace(state, (LifecycleStatus) status);
	for (int status = 0; status < EPP_STATUS_COUNT; status++)
		withheld |= (state->statuses & EPP_STATUS_BIT(status)) && dos_lifecycle_status((LifecycleStatus) status)->withholds
			&& !(status == EPP_PENDING_DELETE && rgp_runs(state, RGP_PENDING_RESTORE));
	state->parked &= state->registered && !withheld;
	state->delegated = state->registered && (p->facts->has_hosts || state->parked) && !withheld;

	if (!p->facts->has_hosts)
		state->statuses |= EPP_STATUS_BIT(EPP_INACTIVE);
	if (state->statuses == 0)
		state->statuses = EPP_STATUS_BIT(EPP_OK);
}

/* What is due stays due until it is written down; otherwise the nearest of what the facts hold comes next. */
static int64_t
next_of_facts(const LifecycleFacts *facts)
{
	int64_t		next = facts->unpaid_until != LIFECYCLE_NEVER ? facts->unpaid_until : facts->expires_at;

	if (facts->transfer_at < next)
		next = facts->transfer_at;
	if (facts->pending != PENDING_NOTHING && facts->pending_until < next)
		next = facts->pending_until;
	return next;
}

void
dos_lifecycle_project(const LifecycleFacts *facts, const LifecyclePolicies *policies, int64_t now, LifecycleState *state)
{
	Projection	p = {facts, policies, now, state, LIFECYCLE_NEVER};
	bool		unborn = facts->pending == PENDING_CREATE && (now < facts->pending_until || !facts->pending_approved);

	memset(state, 0, sizeof(*state));
	state->registered = true;
	state->statuses = facts->statuses;
	state->expires_at = facts->expires_at;
	state->deleted_at = facts->deleted_at;
	state->purge_at = LIFECYCLE_NEVER;
	state->expired_at = facts->expired_at;
	state->expired = facts->expired_at <= now && facts->deleted_at == LIFECYCLE_NEVER;

	for (size_t i = 0; i < facts->grace_count; i++)
		if (now < facts->graces[i].ends_at)
			rgp_set(state, facts->graces[i].kind, facts->graces[i].ends_at);
	project_pending(&p);
	if (!unborn)
		project_clock(&p);
	project_expired(&p);
	if (unborn)
		state->next_event_at = facts->pending_until;
	else if (!state->expired || facts->expired_at == LIFECYCLE_NEVER)
		state->next_event_at = next_of_facts(facts);
	else if (facts->transfer_at < state->next_event_at)
		state->next_event_at = facts->transfer_at;
	project_deletion(&p);
	if (state->deleted_at != facts->deleted_at)
		state->next_event_at = facts->deleted_at == LIFECYCLE_NEVER ? next_of_facts(facts) : now;
	project_derived(&p);
}
