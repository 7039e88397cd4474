/*
 * lifecycle_rules.h
 *	  The law of a domain's life: statuses, what they prohibit, and the projection that turns stored
 *	  facts and the clock into the state everybody sees (RFC 5731 section 2.3, RFC 3915). Pure.
 */
#ifndef DOS_LIFECYCLE_RULES_H
#define DOS_LIFECYCLE_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Instants are microseconds since 2000-01-01T00:00:00Z. */
#define LIFECYCLE_NEVER		INT64_MAX

typedef enum LifecycleVerb
{
	VERB_UPDATE,
	VERB_DELETE,
	VERB_RENEW,
	VERB_TRANSFER,
	VERB_COUNT
} LifecycleVerb;

typedef enum LifecycleStatus
{
	EPP_OK,
	EPP_INACTIVE,
	EPP_CLIENT_DELETE_PROHIBITED,
	EPP_CLIENT_HOLD,
	EPP_CLIENT_RENEW_PROHIBITED,
	EPP_CLIENT_TRANSFER_PROHIBITED,
	EPP_CLIENT_UPDATE_PROHIBITED,
	EPP_SERVER_DELETE_PROHIBITED,
	EPP_SERVER_HOLD,
	EPP_SERVER_RENEW_PROHIBITED,
	EPP_SERVER_TRANSFER_PROHIBITED,
	EPP_SERVER_UPDATE_PROHIBITED,
	EPP_LINKED,
	EPP_PENDING_CREATE,
	EPP_PENDING_DELETE,
	EPP_PENDING_RENEW,
	EPP_PENDING_TRANSFER,
	EPP_PENDING_UPDATE,
	EPP_STATUS_COUNT
} LifecycleStatus;

#define EPP_STATUS_BIT(status)	(UINT32_C(1) << (status))

/* RGP statuses of RFC 3915 section 3.1, and the grace periods that give the first four. */
typedef enum LifecycleRgp
{
	RGP_ADD,
	RGP_AUTORENEW,
	RGP_RENEW,
	RGP_TRANSFER,
	RGP_REDEMPTION,
	RGP_PENDING_RESTORE,
	RGP_PENDING_DELETE,
	RGP_COUNT
} LifecycleRgp;

typedef enum LifecycleSetter
{
	SET_BY_SERVER,				/* derived or set by the registry alone */
	SET_BY_CLIENT				/* the sponsoring registrar may add and remove it */
} LifecycleSetter;

typedef struct LifecycleStatusRule
{
	const char *name;
	LifecycleSetter setter;
	uint32_t	prohibits;		/* bits of LifecycleVerb */
	bool		withholds;		/* the delegation leaves the zone */
	uint32_t	displaces;		/* statuses that may not stand beside this one: they are not shown while it lasts */
} LifecycleStatusRule;

typedef struct LifecycleGrace
{
	LifecycleRgp kind;
	int64_t		ends_at;
	int			years;			/* what a delete in it takes back */
} LifecycleGrace;

typedef enum LifecyclePending
{
	PENDING_NOTHING,
	PENDING_CREATE,
	PENDING_UPDATE
} LifecyclePending;

typedef struct LifecycleFacts
{
	uint32_t	statuses;		/* stored: client* and server* */
	int64_t		began_at;		/* of 29 February: the day expiries fall on in leap years */
	int64_t		expires_at;		/* LIFECYCLE_NEVER: a name that never expires */
	int64_t		expired_at;		/* when it expired without renewal; LIFECYCLE_NEVER: it has not */
	int64_t		deleted_at;		/* LIFECYCLE_NEVER: not deleted */
	int64_t		restore_at;		/* when a restore was requested that waits for its report; LIFECYCLE_NEVER */
	int64_t		transfer_at;	/* when a pending transfer completes by itself; LIFECYCLE_NEVER: none pends */
	int			transfer_years;
	int			autorenew;		/* of the domain or its registrar: 1 yes, 0 no, -1 as the zone says */
	int			transfer_autorenew;	/* the same once the pending transfer is complete */
	int64_t		unpaid_until;	/* years were granted that must be paid before this instant; LIFECYCLE_NEVER: none */
	int64_t		unpaid_expires_at;	/* the expiry without those years */
	LifecyclePending pending;	/* a create or update that waits for approval */
	int64_t		pending_until;	/* when it is settled by itself; LIFECYCLE_NEVER: it waits */
	bool		pending_approved;	/* settled by itself is: approved */
	int64_t		release_at;		/* when a deleted name is released, if that was drawn or listed; LIFECYCLE_NEVER */
	uint32_t	draw;			/* its lot where the zone releases names at random instants */
	bool		has_hosts;
	size_t		grace_count;
	const LifecycleGrace *graces;
} LifecycleFacts;

/* What the DNS does with a name that has expired and is kept for a while. */
typedef enum LifecycleExpiryDns
{
	EXPIRY_KEEP,
	EXPIRY_PARK,
	EXPIRY_LEAVE,
	EXPIRY_DNS_COUNT
} LifecycleExpiryDns;

/* When a name becomes free after pendingDelete. */
typedef enum LifecycleRelease
{
	RELEASE_EXACT,				/* the instant pendingDelete ends */
	RELEASE_HOUR,				/* the next release hour after it */
	RELEASE_RANDOM,				/* by lot within the window that begins at the release hour */
	RELEASE_LIST,				/* at the instant the published list gives it, else at the end of the window */
	RELEASE_COUNT
} LifecycleRelease;

/* What a zone says about lives, as it was until an instant. Lengths are microseconds. */
typedef struct LifecyclePolicy
{
	int64_t		until;			/* LIFECYCLE_NEVER: in force now and later */
	bool		autorenew;
	int			autorenew_years;
	int			horizon_years;	/* a transfer adds no years beyond this */
	int64_t		add_grace;
	int64_t		renew_grace;
	int64_t		autorenew_grace;
	int64_t		transfer_grace;
	int64_t		transfer_pending;
	int64_t		redemption;
	int64_t		pending_delete;
	int64_t		pending_restore;	/* how long a restore waits for its report */
	int64_t		expiry_hold;	/* how long an expired name is kept before redemption */
	LifecycleExpiryDns expiry_dns;
	int64_t		expiry_dns_after;	/* how long its delegation stays in the zone */
	LifecycleRelease release;
	int64_t		release_hour;	/* time of the day, UTC */
	int64_t		release_window;
} LifecyclePolicy;

/* The policy of a zone through time: oldest first, the last one in force for ever. */
typedef struct LifecyclePolicies
{
	size_t		count;
	const LifecyclePolicy *versions;
	bool		by_expiry;		/* the version is that of the domain's expiry, not that of the event */
} LifecyclePolicies;

typedef struct LifecycleState
{
	bool		registered;
	uint32_t	statuses;
	uint32_t	rgp;			/* bits of LifecycleRgp */
	int64_t		rgp_ends_at[RGP_COUNT];
	int64_t		expires_at;
	int			renewals;		/* automatic renewals that are due and not yet in the facts */
	bool		transferred;	/* a pending transfer has completed by itself and is not yet in the facts */
	bool		absorbed;		/* that transfer took an automatic renewal's years back */
	bool		restore_lapsed;	/* a restore waited in vain for its report */
	int64_t		deleted_at;		/* given or caused by expiry; later by the time a lapsed restore waited */
	bool		delegated;
	bool		expired;		/* it has expired, was not renewed and is not yet in redemption */
	int64_t		expired_at;
	bool		parked;			/* delegated to the zone's own park servers */
	bool		lapsed;			/* granted years were not paid in time and are gone */
	bool		settled;		/* a pending create or update has been settled by the clock and not in the facts */
	int64_t		purge_at;		/* of a deleted name: when it becomes free; LIFECYCLE_NEVER */
	int64_t		next_event_at;	/* when the worker must materialise something; LIFECYCLE_NEVER */
} LifecycleState;

extern const LifecycleStatusRule *dos_lifecycle_status(LifecycleStatus status);
extern const char *dos_lifecycle_rgp_name(LifecycleRgp rgp);
extern const char *dos_lifecycle_grace_name(LifecycleRgp rgp);
extern const char *dos_lifecycle_verb_name(LifecycleVerb verb);

/* The status with this name, or EPP_STATUS_COUNT; likewise grace kinds ("add", "renew", ...), verbs and policies. */
extern LifecycleStatus dos_lifecycle_status_find(const char *name);
extern LifecycleRgp dos_lifecycle_grace_find(const char *name);
extern LifecycleVerb dos_lifecycle_verb_find(const char *name);
extern LifecycleExpiryDns dos_lifecycle_expiry_dns_find(const char *name);
extern LifecycleRelease dos_lifecycle_release_find(const char *name);

/* The version of a policy that applies to an event at an instant, of a domain that expires then. */
extern const LifecyclePolicy *dos_lifecycle_policy_at(const LifecyclePolicies *policies, int64_t at, int64_t expires_at);

/*
 * An instant at which the stored facts have happened: time goes by the start of a transaction, and a delete or
 * restore may have been committed by one that began a moment after the one that now reads it.
 */
extern int64_t dos_lifecycle_not_before(const LifecycleFacts *facts, int64_t at);

/* The state at an instant. Depends on its arguments only; any instant may be asked. */
extern void dos_lifecycle_project(const LifecycleFacts *facts, const LifecyclePolicies *policies, int64_t now,
								  LifecycleState *state);

/* The first status in the set that prohibits the verb, or EPP_STATUS_COUNT if none does. */
extern LifecycleStatus dos_lifecycle_refusal(LifecycleVerb verb, uint32_t statuses);

#endif
