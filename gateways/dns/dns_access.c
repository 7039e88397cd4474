/*
 * dns_access.c
 *		Zones and secondaries. See dns_access.h.
 */
#include "dns_access.h"
#include "dns_statements.h"
#include "gw_log.h"
#include "gw_memory.h"

#include <arpa/inet.h>
#include <netinet/in.h>

static DnsZone *zones;
static int	zone_count;
static DnsSecondary *secondaries;
static int	secondary_count;
static bool zones_loaded;
static bool secondaries_loaded;
static void (*on_change) (void);

static int
zone_order(const void *a, const void *b)
{
	return strcmp(((const DnsZone *) a)->name, ((const DnsZone *) b)->name);
}

static int
secondary_order(const void *a, const void *b)
{
	return strcmp(((const DnsSecondary *) a)->zone, ((const DnsSecondary *) b)->zone);
}

bool
dns_access_loaded(void)
{
	return zones_loaded && secondaries_loaded;
}

DnsZone *
dns_zone_find(const char *name)
{
	const DnsZone wanted = {.name = (char *) name};

	return zone_count == 0 ? NULL : bsearch(&wanted, zones, (size_t) zone_count, sizeof(*zones), zone_order);
}

const DnsZone *
dns_zones(int *count)
{
	*count = zone_count;
	return zones;
}

const DnsSecondary *
dns_secondaries(int *count)
{
	*count = secondary_count;
	return secondaries;
}

bool
dns_access_zones(const PGresult *result)
{
	if (PQnfields(result) != 2)
		return false;
	for (int i = 0; i < zone_count; i++)
		free(zones[i].name);
	zone_count = PQntuples(result);
	zones = gw_realloc(zones, (size_t) zone_count * sizeof(*zones));
	for (int i = 0; i < zone_count; i++)
	{
		zones[i].name = gw_strdup(PQgetvalue(result, i, 0));
		zones[i].serial = (uint32_t) strtoul(PQgetvalue(result, i, 1), NULL, 10);
	}
	if (zone_count > 1)
		qsort(zones, (size_t) zone_count, sizeof(*zones), zone_order);
	zones_loaded = true;
	return true;
}

/* An inet as PostgreSQL writes it: '192.0.2.1', '2001:db8::/32'. */
static bool
network_parse(const char *text, int port, DnsSecondary *secondary)
{
	char		address[INET6_ADDRSTRLEN];
	const char *slash = strchr(text, '/');
	size_t		length = slash ? (size_t) (slash - text) : strlen(text);
	struct sockaddr_in *v4 = (struct sockaddr_in *) &secondary->address;
	struct sockaddr_in6 *v6 = (struct sockaddr_in6 *) &secondary->address;

	if (length >= sizeof(address))
		return false;
	memcpy(address, text, length);
	address[length] = '\0';
	if (inet_pton(AF_INET, address, &v4->sin_addr) == 1)
	{
		v4->sin_family = AF_INET;
		v4->sin_port = htons((uint16_t) port);
		secondary->prefix = 32;
	}
	else if (inet_pton(AF_INET6, address, &v6->sin6_addr) == 1)
	{
		v6->sin6_family = AF_INET6;
		v6->sin6_port = htons((uint16_t) port);
		secondary->prefix = 128;
	}
	else
		return false;
	if (slash && atoi(slash + 1) < secondary->prefix)
		secondary->prefix = atoi(slash + 1);
	return true;
}

static void
secondaries_free(DnsSecondary *list, int count)
{
	for (int i = 0; i < count; i++)
	{
		free(list[i].zone);
		free(list[i].name);
		free(list[i].key_name);
	}
	free(list);
}

bool
dns_access_secondaries(const PGresult *result)
{
	int			count = PQntuples(result);
	DnsSecondary *list;

	if (PQnfields(result) != 6)
		return false;
	list = gw_new((size_t) count * sizeof(*list));
	for (int i = 0; i < count; i++)
	{
		list[i].zone = gw_strdup(PQgetvalue(result, i, 0));
		list[i].name = gw_strdup(PQgetvalue(result, i, 1));
		list[i].notify = PQgetvalue(result, i, 4)[0] == 't';
		list[i].key_name = PQgetisnull(result, i, 5) ? NULL : gw_strdup(PQgetvalue(result, i, 5));
		if (!network_parse(PQgetvalue(result, i, 2), atoi(PQgetvalue(result, i, 3)), &list[i]))
		{
			secondaries_free(list, count);
			return false;
		}
		if (list[i].key_name && dns_key_find(list[i].key_name) == NULL)
			gw_log(GW_LOG_WARNING, "tsig_key_missing", "secondary \"%s\" of zone \"%s\" wants key \"%s\", which is not in the settings",
				   list[i].name, list[i].zone, list[i].key_name);
	}
	secondaries_free(secondaries, secondary_count);
	secondaries = list;
	secondary_count = count;
	if (count > 1)
		qsort(list, (size_t) count, sizeof(*list), secondary_order);
	secondaries_loaded = true;
	return true;
}

/* Does the address lie in the network of this secondary? */
static bool
network_holds(const DnsSecondary *secondary, const struct sockaddr *peer)
{
	const uint8_t *network;
	const uint8_t *address;
	int			bits = secondary->prefix;

	if (peer->sa_family != secondary->address.ss_family)
		return false;
	if (peer->sa_family == AF_INET)
	{
		network = (const uint8_t *) &((const struct sockaddr_in *) &secondary->address)->sin_addr;
		address = (const uint8_t *) &((const struct sockaddr_in *) peer)->sin_addr;
	}
	else
	{
		network = ((const struct sockaddr_in6 *) &secondary->address)->sin6_addr.s6_addr;
		address = ((const struct sockaddr_in6 *) peer)->sin6_addr.s6_addr;
	}
	if (memcmp(network, address, (size_t) (bits / 8)) != 0)
		return false;
	return bits % 8 == 0 || ((network[bits / 8] ^ address[bits / 8]) >> (8 - bits % 8)) == 0;
}

const DnsSecondary *
dns_access_find(const DnsQuery *query, const struct sockaddr *peer)
{
	const DnsSecondary wanted = {.zone = (char *) query->zone};
	const DnsSecondary *found;

	if (secondary_count == 0 || dns_zone_find(query->zone) == NULL)
		return NULL;
	found = bsearch(&wanted, secondaries, (size_t) secondary_count, sizeof(*secondaries), secondary_order);
	if (found == NULL)
		return NULL;
	while (found > secondaries && secondary_order(found - 1, &wanted) == 0)
		found--;
	for (; found < secondaries + secondary_count && secondary_order(found, &wanted) == 0; found++)
		if (network_holds(found, peer) &&
			(found->key_name == NULL || (query->key && strcmp(found->key_name, query->key->name) == 0)))
			return found;
	return NULL;
}

static void
load_failed(const char *what, GwDbOutcome outcome, const PGresult *result)
{
	gw_log(GW_LOG_WARNING, "access_not_loaded", "%s: %s %s", what, gw_db_outcome_names[outcome],
		   result ? PQresultErrorMessage(result) : "");
}

static void
secondaries_came(void *arg, GwDbOutcome outcome, const PGresult *result)
{
	(void) arg;
	if (outcome != GW_DB_OK || !dns_access_secondaries(result))
		load_failed("secondaries", outcome, result);
	else if (on_change && dns_access_loaded())
		on_change();
}

static void
zones_came(void *arg, GwDbOutcome outcome, const PGresult *result)
{
	GwDb	   *db = arg;

	if (outcome != GW_DB_OK || !dns_access_zones(result))
		load_failed("zones", outcome, result);
	else
		gw_db_call(db, STATEMENT_SECONDARIES, NULL, 0, secondaries_came, NULL);
}

void
dns_access_load(GwDb *db, void (*changed) (void))
{
	on_change = changed;
	gw_db_call(db, STATEMENT_ZONES, NULL, 0, zones_came, db);
}
