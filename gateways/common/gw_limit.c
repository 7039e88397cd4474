/*
 * gw_limit.c
 *		Limits by client address. See gw_limit.h.
 *
 * The table is set-associative: an address may stand in one of WAYS places of
 * its set. The set is chosen by a keyed hash, so that nobody can aim for the
 * set of another client.
 */
#include "gw_limit.h"
#include "gw_log.h"
#include "gw_memory.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/random.h>
#include <time.h>

#define SETS 4096				/* a power of two */
#define WAYS 8

typedef struct Entry
{
	uint64_t	prefix;			/* 0: free */
	int64_t		seen_ms;
	double		tokens;
	uint32_t	connections;
} Entry;

/* A network in IPv6 form; IPv4 is ::ffff:a.b.c.d. */
typedef struct Network
{
	struct in6_addr ip;
	int			bits;
} Network;

struct GwLimit
{
	int			network_count;
	Network    *networks;
	long		rate;
	long		burst;
	long		connections_max;
	uint64_t	key;
	Entry		entries[SETS][WAYS];
};

static const unsigned char v4_mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

static bool
network_parse(const char *text, Network *network)
{
	char		ip[INET6_ADDRSTRLEN];
	const char *slash = strchr(text, '/');
	size_t		length = slash ? (size_t) (slash - text) : strlen(text);
	char	   *end = NULL;
	long		bits = slash ? strtol(slash + 1, &end, 10) : -1;
	bool		is_v4;

	if (length >= sizeof(ip) || (slash && (end == slash + 1 || *end != '\0' || bits < 0)))
		return false;
	memcpy(ip, text, length);
	ip[length] = '\0';
	is_v4 = inet_pton(AF_INET, ip, network->ip.s6_addr + 12) == 1;
	if (is_v4)
		memcpy(network->ip.s6_addr, v4_mapped, sizeof(v4_mapped));
	else if (inet_pton(AF_INET6, ip, &network->ip) != 1)
		return false;
	if (slash == NULL)
		bits = is_v4 ? 32 : 128;
	network->bits = (int) bits + (is_v4 ? 96 : 0);
	return bits <= (is_v4 ? 32 : 128);
}

static bool
network_has(const Network *network, const struct in6_addr *ip)
{
	int			bytes = network->bits / 8;
	int			bits = network->bits % 8;

	return memcmp(network->ip.s6_addr, ip->s6_addr, (size_t) bytes) == 0 &&
		(bits == 0 || ((network->ip.s6_addr[bytes] ^ ip->s6_addr[bytes]) >> (8 - bits)) == 0);
}

static bool
limit_is_exempt(const GwLimit *limit, const struct sockaddr *address)
{
	struct in6_addr ip = {0};

	if (address->sa_family == AF_INET6)
		ip = ((const struct sockaddr_in6 *) address)->sin6_addr;
	else if (address->sa_family == AF_INET)
	{
		memcpy(ip.s6_addr, v4_mapped, sizeof(v4_mapped));
		memcpy(ip.s6_addr + 12, &((const struct sockaddr_in *) address)->sin_addr, 4);
	}
	for (int i = 0; i < limit->network_count; i++)
		if (network_has(&limit->networks[i], &ip))
			return true;
	return false;
}

bool
gw_limit_exempt(GwLimit *limit, const GwList *networks)
{
	Network    *list = gw_new((size_t) networks->count * sizeof(*list));
	int			count = 0;

	for (int i = 0; i < networks->count; i++)
	{
		if (strcmp(networks->items[i], "none") == 0)
			continue;
		if (!network_parse(networks->items[i], &list[count++]))
		{
			gw_log(GW_LOG_ERROR, "network_wrong", "\"%s\" is not a network", networks->items[i]);
			free(list);
			return false;
		}
	}
	if (limit)
	{
		free(limit->networks);
		limit->networks = list;
		limit->network_count = count;
	}
	else
		free(list);
	return true;
}

static int64_t
limit_clock_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
	return (int64_t) now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* The prefix as a number that is never 0; IPv4 addresses in IPv6 form count as IPv4. */
static uint64_t
limit_prefix(const struct sockaddr *address)
{
	uint64_t	prefix = 0;

	if (address->sa_family == AF_INET6)
	{
		const struct in6_addr *ip = &((const struct sockaddr_in6 *) address)->sin6_addr;

		if (!IN6_IS_ADDR_V4MAPPED(ip))
		{
			memcpy(&prefix, ip->s6_addr, sizeof(prefix));
			return prefix ? prefix : 1;
		}
		memcpy(&prefix, ip->s6_addr + 12, 4);
	}
	else if (address->sa_family == AF_INET)
		memcpy(&prefix, &((const struct sockaddr_in *) address)->sin_addr, 4);
	return prefix | UINT64_C(0xFF) << 56;
}

/* A strong mix of key and prefix (the finalizer of splitmix64). */
static size_t
limit_set_of(const GwLimit *limit, uint64_t prefix)
{
	uint64_t	hash = prefix ^ limit->key;

	hash = (hash ^ (hash >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	hash = (hash ^ (hash >> 27)) * UINT64_C(0x94D049BB133111EB);
	hash ^= limit->key << 1;
	return (hash ^ (hash >> 31)) & (SETS - 1);
}

/* The entry of an address; a new one takes the place of the one unseen for longest without connections. */
static Entry *
limit_entry(GwLimit *limit, const struct sockaddr *address, int64_t now)
{
	uint64_t	prefix = limit_prefix(address);
	Entry	   *set = limit->entries[limit_set_of(limit, prefix)];
	Entry	   *oldest = NULL;

	for (int way = 0; way < WAYS; way++)
	{
		if (set[way].prefix == prefix)
			return &set[way];
		if (set[way].connections == 0 && (oldest == NULL || set[way].seen_ms < oldest->seen_ms))
			oldest = &set[way];
	}
	if (oldest)
		*oldest = (Entry) {.prefix = prefix, .seen_ms = now, .tokens = (double) limit->burst};
	return oldest;
}

GwLimit *
gw_limit_new(void)
{
	GwLimit    *limit = gw_new(sizeof(*limit));

	if (getrandom(&limit->key, sizeof(limit->key), 0) != sizeof(limit->key))
		limit->key = (uint64_t) limit_clock_ms() * UINT64_C(0x9E3779B97F4A7C15);
	return limit;
}

void
gw_limit_free(GwLimit *limit)
{
	free(limit->networks);
	free(limit);
}

void
gw_limit_set(GwLimit *limit, long rate, long burst, long connections_max)
{
	limit->rate = rate;
	limit->burst = burst > 0 ? burst : 1;
	limit->connections_max = connections_max;
}

bool
gw_limit_take(GwLimit *limit, const struct sockaddr *address)
{
	int64_t		now = limit_clock_ms();
	Entry	   *entry;

	if (limit->rate == 0 || limit_is_exempt(limit, address) || (entry = limit_entry(limit, address, now)) == NULL)
		return true;
	entry->tokens += (double) (now - entry->seen_ms) * (double) limit->rate / 1000;
	if (entry->tokens > (double) limit->burst)
		entry->tokens = (double) limit->burst;
	entry->seen_ms = now;
	if (entry->tokens < 1)
		return false;
	entry->tokens -= 1;
	return true;
}

bool
gw_limit_enter(GwLimit *limit, const struct sockaddr *address)
{
	Entry	   *entry;

	if (limit_is_exempt(limit, address) || (entry = limit_entry(limit, address, limit_clock_ms())) == NULL)
		return true;
	if (limit->connections_max > 0 && entry->connections >= (uint32_t) limit->connections_max)
		return false;
	entry->connections++;
	return true;
}

void
gw_limit_leave(GwLimit *limit, const struct sockaddr *address)
{
	uint64_t	prefix = limit_prefix(address);
	Entry	   *set = limit->entries[limit_set_of(limit, prefix)];

	for (int way = 0; way < WAYS; way++)
		if (set[way].prefix == prefix && set[way].connections > 0)
		{
			set[way].connections--;
			return;
		}
}
