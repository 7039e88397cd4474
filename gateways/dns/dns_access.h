/*
 * dns_access.h
 *		The zones of the registry and who may transfer them, as the database
 *		says (dos.dns_zones(), dos.dns_secondaries()), kept in memory.
 *
 * Read when a database connection comes up, when channel dos_zone tells of a
 * zone that is not known or of a changed list, and every minute.
 */
#ifndef DNS_ACCESS_H
#define DNS_ACCESS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

#include "dns_query.h"
#include "gw_db.h"

typedef struct DnsSecondary
{
	char	   *zone;
	char	   *name;
	struct sockaddr_storage address;	/* with the port for NOTIFY */
	int			prefix;			/* bits of the network that may transfer */
	bool		notify;
	char	   *key_name;		/* NULL: not signed */
} DnsSecondary;

typedef struct DnsZone
{
	char	   *name;
	uint32_t	serial;
} DnsZone;

/* Ask the database; `changed` runs after a new list is in use. */
void		dns_access_load(GwDb *db, void (*changed) (void));

/* False until the first list has come. */
bool		dns_access_loaded(void);

/* The published zone of this name, or NULL. */
DnsZone    *dns_zone_find(const char *name);

const DnsZone *dns_zones(int *count);
const DnsSecondary *dns_secondaries(int *count);

/*
 * The secondary as which a query from this address may transfer the zone, or
 * NULL. A row with a key wants the query signed with that key.
 */
const DnsSecondary *dns_access_find(const DnsQuery *query, const struct sockaddr *peer);

/* The lists from results of the two functions; for dns_access_load() and tests. False if malformed. */
bool		dns_access_zones(const PGresult *zones);
bool		dns_access_secondaries(const PGresult *secondaries);

#endif
