/*
 * domain_reference.h
 *	  What a domain refers to: contacts and hosts, found and locked FOR KEY SHARE.
 */
#ifndef DOS_DOMAIN_REFERENCE_H
#define DOS_DOMAIN_REFERENCE_H

#include "utils/array.h"

typedef enum ContactRole
{
	ROLE_ADMIN, ROLE_TECH, ROLE_BILLING, ROLE_COUNT
} ContactRole;

/* The role with this name, ROLE_COUNT when there is none. */
extern ContactRole dos_contact_role(const char *word);

typedef struct DomainContacts
{
	int64		registrant_id;	/* 0: none */
	int			counts[ROLE_COUNT];
	Datum	   *ids[ROLE_COUNT];	/* int8, in the order given */
} DomainContacts;

/* The contacts named (registrant may be NULL or empty, contacts are 'admin:ID'); R2303, R2201, R2005. Sees the active snapshot. */
extern void dos_domain_contacts(int32 actor_id, const char *registrant, ArrayType *contacts, DomainContacts *found);

/* The ids of hosts by name, as int8 datums; R2303, R2304, R2306, R2005. */
extern int	dos_domain_hosts(ArrayType *hosts, Datum **ids);

/* R2306 when a zone that takes host attributes is given host objects. */
extern void dos_domain_host_model_refuse(const char *zone_name);

/* int8 datums as bigint[]. */
extern Datum dos_bigint_array(Datum *ids, int count);

#endif
