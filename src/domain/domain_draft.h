/*
 * domain_draft.h
 *	  The row of a domain that is being created.
 */
#ifndef DOS_DOMAIN_DRAFT_H
#define DOS_DOMAIN_DRAFT_H

#include "postgres.h"

/* Columns of dos.domain that a create may set; all others stay NULL. */
#define DRAFT_COLUMN_NAMES \
	"id", "name", "zone_id", "roid", "registrar_id", "creator_id", "created_at", "expires_at", "graces", "statuses", "pending", \
	"next_event_at", "registrant_id", "admin_ids", "tech_ids", "billing_ids", "host_ids", "host_attrs", "ds", "keys", "max_sig_life", \
	"auth_hash", "act", "phase_id", "auth_until", "ttls", "idn_table_id", "idn_indexed", "org_ids", "org_roles"

typedef enum DraftColumn
{
	DRAFT_ID, DRAFT_NAME, DRAFT_ZONE, DRAFT_ROID, DRAFT_REGISTRAR, DRAFT_CREATOR, DRAFT_CREATED, DRAFT_EXPIRES, DRAFT_GRACES, DRAFT_STATUSES,
	DRAFT_PENDING, DRAFT_NEXT_EVENT, DRAFT_REGISTRANT, DRAFT_ADMIN, DRAFT_TECH, DRAFT_BILLING, DRAFT_HOSTS, DRAFT_HOST_ATTRS, DRAFT_DS,
	DRAFT_KEYS, DRAFT_MAX_SIG_LIFE, DRAFT_AUTH, DRAFT_ACT, DRAFT_PHASE, DRAFT_AUTH_UNTIL, DRAFT_TTLS, DRAFT_IDN_TABLE, DRAFT_IDN_INDEXED,
	DRAFT_ORGS, DRAFT_ORG_ROLES, DRAFT_COLUMNS
} DraftColumn;

typedef struct DomainDraft
{
	Datum		values[DRAFT_COLUMNS];
	bool		nulls[DRAFT_COLUMNS];
} DomainDraft;

extern void dos_draft_begin(DomainDraft *draft);	/* all NULL */
extern void dos_draft_set(DomainDraft *draft, DraftColumn column, Datum value);
extern void dos_draft_text(DomainDraft *draft, DraftColumn column, const char *value);

/* As a dos.domain, for the steps in SQL; and back, as one of them has changed it. */
extern Datum dos_draft_datum(const DomainDraft *draft);
extern void dos_draft_take(DomainDraft *draft, Datum row);

/* The next id; insert the row. */
extern int64 dos_draft_id(void);
extern void dos_draft_put(const DomainDraft *draft);

/*
 * Hold a name until the end of the transaction, of many at once one after the other; then whether it has a row. What is
 * committed once nobody else has the name in hand counts.
 */
extern bool dos_domain_hold(const char *name);

#endif
