/*
 * domain_zone.h
 *	  What a zone says about domains, taken out of its row once per backend. Enough to say yes to an ordinary command; where
 *	  it does not say yes, the SQL functions judge the row itself and say why not.
 */
#ifndef DOS_DOMAIN_ZONE_H
#define DOS_DOMAIN_ZONE_H

#include "datatype/timestamp.h"

#include "base/dname_rules.h"

typedef struct DomainZone
{
	int32		id;				/* hash key */
	char		name[DOS_DNAME_MAX + 1];
	int32		operator_id;
	char		currency[4];
	char		roid_suffix[9];
	int			period_min;
	int			period_max;
	int			period_default;
	bool		years_chosen;	/* not every number of years between them */
	bool		registrant_required;
	bool		registrant_allowed;
	unsigned	roles_required; /* bits of ContactRole */
	unsigned	roles_allowed;
	bool		roles_counted;	/* contacts_counts */
	int			contacts_max;
	bool		host_objects;
	int			hosts_max;
	bool		glue_wide;
	bool		auth_strict;	/* length or classes */
	bool		auth_ends;		/* and when: */
	Interval	auth_life;
	bool		restricted;
	bool		fee_always;
	bool		pending_any;
} DomainZone;

/* A copy; false when there is no such zone. */
extern bool dos_domain_zone(int32 id, DomainZone *zone);

#endif
