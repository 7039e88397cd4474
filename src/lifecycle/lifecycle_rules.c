/*
 * lifecycle_rules.c
 *	  Statuses, what they prohibit and what they displace, and the names of things.
 */
#include "lifecycle/lifecycle_rules.h"

#include <string.h>

#define MAY_NOT(verb)	(UINT32_C(1) << (verb))
#define MAY_NOTHING		(MAY_NOT(VERB_UPDATE) | MAY_NOT(VERB_DELETE) | MAY_NOT(VERB_RENEW) | MAY_NOT(VERB_TRANSFER))

#define BIT(status)		EPP_STATUS_BIT(EPP_ ## status)
#define LOCK(verb)		(BIT(CLIENT_ ## verb ## _PROHIBITED) | BIT(SERVER_ ## verb ## _PROHIBITED))

/*
 * RFC 5731 section 2.3. Its combinations that may not be: a pending status beside the lock of its verb, and two
 * pending ones (a delete ends what else pends). "ok" stands alone; a derived one, it is given last.
 */
static const LifecycleStatusRule statuses[EPP_STATUS_COUNT] = {
	/*									  name						   setter		  prohibits				  withholds  displaces */
	[EPP_OK] = {"ok", SET_BY_SERVER, 0, false, 0},
	[EPP_INACTIVE] = {"inactive", SET_BY_SERVER, 0, false, 0},
	[EPP_CLIENT_DELETE_PROHIBITED] = {"clientDeleteProhibited", SET_BY_CLIENT, MAY_NOT(VERB_DELETE), false, 0},
	[EPP_CLIENT_HOLD] = {"clientHold", SET_BY_CLIENT, 0, true, 0},
	[EPP_CLIENT_RENEW_PROHIBITED] = {"clientRenewProhibited", SET_BY_CLIENT, MAY_NOT(VERB_RENEW), false, 0},
	[EPP_CLIENT_TRANSFER_PROHIBITED] = {"clientTransferProhibited", SET_BY_CLIENT, MAY_NOT(VERB_TRANSFER), false, 0},
	[EPP_CLIENT_UPDATE_PROHIBITED] = {"clientUpdateProhibited", SET_BY_CLIENT, MAY_NOT(VERB_UPDATE), false, 0},
	[EPP_SERVER_DELETE_PROHIBITED] = {"serverDeleteProhibited", SET_BY_SERVER, MAY_NOT(VERB_DELETE), false, 0},
	[EPP_SERVER_HOLD] = {"serverHold", SET_BY_SERVER, 0, true, 0},
	[EPP_SERVER_RENEW_PROHIBITED] = {"serverRenewProhibited", SET_BY_SERVER, MAY_NOT(VERB_RENEW), false, 0},
	[EPP_SERVER_TRANSFER_PROHIBITED] = {"serverTransferProhibited", SET_BY_SERVER, MAY_NOT(VERB_TRANSFER), false, 0},
	[EPP_SERVER_UPDATE_PROHIBITED] = {"serverUpdateProhibited", SET_BY_SERVER, MAY_NOT(VERB_UPDATE), false, 0},
	[EPP_LINKED] = {"linked", SET_BY_SERVER, 0, false, 0},
	[EPP_PENDING_CREATE] = {"pendingCreate", SET_BY_SERVER, MAY_NOTHING, true, BIT(PENDING_TRANSFER) | BIT(PENDING_UPDATE)},
	[EPP_PENDING_DELETE] = {"pendingDelete", SET_BY_SERVER, MAY_NOTHING, true,
		LOCK(DELETE) | BIT(PENDING_CREATE) | BIT(PENDING_RENEW) | BIT(PENDING_TRANSFER) | BIT(PENDING_UPDATE)},
	[EPP_PENDING_RENEW] = {"pendingRenew", SET_BY_SERVER, MAY_NOTHING, false, LOCK(RENEW)},
	[EPP_PENDING_TRANSFER] = {"pendingTransfer", SET_BY_SERVER, MAY_NOTHING, false, LOCK(TRANSFER) | BIT(PENDING_UPDATE)},
	[EPP_PENDING_UPDATE] = {"pendingUpdate", SET_BY_SERVER, MAY_NOTHING, false, LOCK(UPDATE)},
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

static const char *const expiry_dns[EXPIRY_DNS_COUNT] = {
	[EXPIRY_KEEP] = "keep",
	[EXPIRY_PARK] = "park",
	[EXPIRY_LEAVE] = "leave",
};

static const char *const releases[RELEASE_COUNT] = {
	[RELEASE_EXACT] = "exact",
	[RELEASE_HOUR] = "hour",
	[RELEASE_RANDOM] = "random",
	[RELEASE_LIST] = "list",
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

LifecycleExpiryDns
dos_lifecycle_expiry_dns_find(const char *name)
{
	int			way = 0;

	while (way < EXPIRY_DNS_COUNT && strcmp(expiry_dns[way], name) != 0)
		way++;
	return (LifecycleExpiryDns) way;
}

LifecycleRelease
dos_lifecycle_release_find(const char *name)
{
	int			way = 0;

	while (way < RELEASE_COUNT && strcmp(releases[way], name) != 0)
		way++;
	return (LifecycleRelease) way;
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
