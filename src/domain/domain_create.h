/*
 * domain_create.h
 *	  The parts of dos.domain_create(): domain_create.c decides, domain_create_links.c what it refers to, domain_create_charge.c charges and announces.
 */
#ifndef DOS_DOMAIN_CREATE_H
#define DOS_DOMAIN_CREATE_H

#include "fmgr.h"
#include "utils/jsonb.h"
#include "utils/timestamp.h"

#include "domain/domain_draft.h"
#include "domain/domain_reference.h"
#include "domain/domain_zone.h"
#include "pricing/pricing.h"

/* Arguments of dos.domain_create() */
enum
{
	ARG_REGISTRAR, ARG_NAME, ARG_PERIOD, ARG_PERIOD_UNIT, ARG_HOSTS, ARG_HOST_ATTRS, ARG_REGISTRANT, ARG_CONTACTS, ARG_AUTH, ARG_DS, ARG_KEYS,
	ARG_MAX_SIG_LIFE, ARG_CLTRID, ARG_SVTRID, ARG_EXTENSIONS
};

typedef struct Create
{
	FunctionCallInfo fcinfo;	/* what was asked for */
	TimestampTz now;
	Datum		actor;			/* dos.registrar */
	int32		actor_id;
	char	   *clid;
	char	   *name;			/* canonical */
	Datum		zone_row;		/* dos.zone */
	DomainZone	zone;
	Jsonb	   *extensions;		/* or NULL */
	char	   *cltrid;
	char	   *svtrid;

	bool		has_verdict;
	Datum		verdict;		/* dos_internal.name_verdict */
	int			years;
	DomainDraft fresh;
	int64		id;
	TimestampTz expires_at;
	bool		on_hold;
	bool		delegated;		/* has name servers */

	bool		is_plain;		/* the price is: */
	PricePlain	plain;			/* also amount and currency of any other */
	Datum		price;			/* dos.price_data where it is not plain */
	bool		waits;			/* for approval */
	int64		entry_id;		/* of the charge */
} Create;

/* A text that was given, or NULL; a text[] of one word or none. */
extern char *dos_create_text(const Create *c, int n);
extern Datum dos_create_texts(const char *only);

/* What the create names, into the row. */
extern void dos_create_contacts(Create *c);
extern void dos_create_hosts(Create *c);
extern void dos_create_secdns(Create *c);

/* Does the command carry this extension? */
extern bool dos_create_says(const Create *c, const char *extension);

/* The type of schema dos with this name. */
extern Oid	dos_create_type(const char *name);

/* Run the DBA's hooks of a stage, if there are any. */
extern void dos_create_hooks(Create *c, const char *stage);

/* What it costs, and whether the command offers that; whether it waits for approval. */
extern void dos_create_price(Create *c, const char *phase);
extern void dos_create_charge(Create *c);

/* The add grace period and the next event of the row. */
extern void dos_create_grace(Create *c);
extern void dos_create_announce(Create *c);
extern Datum dos_create_answer(Create *c);

#endif
