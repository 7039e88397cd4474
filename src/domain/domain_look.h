/*
 * domain_look.h
 *	  A domain fetched by name, with its state: what the EPP look-ups begin with.
 */
#ifndef DOS_DOMAIN_LOOK_H
#define DOS_DOMAIN_LOOK_H

#include "postgres.h"

#include "base/row_fetch.h"
#include "domain/domain_state.h"
#include "phase/name_policy.h"

enum
{
	LOOK_ID, LOOK_NAME, LOOK_ROID, LOOK_REGISTRAR, LOOK_CREATOR, LOOK_UPDATER, LOOK_CREATED, LOOK_UPDATED, LOOK_TRANSFERRED,
	LOOK_REGISTRANT, LOOK_ADMIN, LOOK_BILLING, LOOK_TECH, LOOK_DS, LOOK_KEYS, LOOK_MAX_SIG_LIFE, LOOK_ORGS, LOOK_IDN_TABLE,
	LOOK_STATE,
	LOOK_HOSTS = LOOK_STATE + STATE_HOSTS,
	LOOK_HOST_ATTRS = LOOK_STATE + STATE_HOST_ATTRS
};

/* False when there is no such row; otherwise also what it is at the instant, which may be "not registered". */
extern bool dos_domain_look(const char *name, TimestampTz at, FetchedRow *row, LifecycleState *state);

/* What can be said without a query of a canonical name of which there is no row. */
typedef enum DomainFree
{
	DOMAIN_FREE,				/* at the usual price */
	DOMAIN_ZONELESS,
	DOMAIN_LABEL_UNFIT,			/* then *problem says why */
	DOMAIN_UNDECIDED			/* policy of its zone or a premium price must be asked */
} DomainFree;

extern DomainFree dos_domain_free(const char *name, TimestampTz at, LabelProblem *problem, bool *fee_always);

#endif
