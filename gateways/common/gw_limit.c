/*
 * gw_limit.c
 *		Limits by client address. See gw_limit.h.
 *
 * The table is set-associative: an address may stand in one of WAYS places of
 * its set. The set is chosen by a keyed hash, so that nobody can aim for the
 * set of another client.
 */
#include "gw_limit.h"
#include "gw_network.h"
#include "gw_memory.h"

#include <netinet/in.h>
#include <sys/random.h>
#include <time.h>

#define SETS 4096				/* a power of two */
#define WAYS 8

typedef struct Entry
{
	uint64_t	prefix;			/* 0: free */
	bool		is_wide;		/* a /48 */
	int64_t		seen_ms;
	double		tokens;
	uint32_t	connections;
} Entry;

struct GwLimit
{
	GwNetworks	exempt;
	long		rate;			/* tokens that come back in a period */
	long		period_s;
	long		burst;
	long		connections_max;
	long		wide;			/* a /48 may do so many times what a /64 may; 0: no limit of its own */
	uint64_t	key;
	Entry		entries[SETS][WAYS];
};

bool
gw_limit_exempt(GwLimit *limit, const GwList *networks)
{
	return gw_networks_set(limit ? &limit->exempt : NULL, networks);
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

/* The entry of a prefix; a new one takes the place of the one unseen for longest without connections. */
static Entry *
limit_entry(GwLimit *limit, uint64_t prefix, bool is_wide, int64_t now)
{
	Entry	   *set = limit->entries[limit_set_of(limit, prefix)];
	Entry	   *oldest = NULL;

	for (int way = 0; way < WAYS; way++)
	{
		if (set[way].prefix == prefix && set[way].is_wide == is_wide)
			return &set[way];
		if (set[way].connections == 0 && (oldest == NULL || set[way].seen_ms < oldest->seen_ms))
			oldest = &set[way];
	}
	if (oldest)
		*oldest = (Entry) {
			.prefix = prefix, .is_wide = is_wide, .seen_ms = now, .tokens = (double) (limit->burst * (is_wide ? limit->wide : 1)),
		};
	return oldest;
}

GwLimit *
gw_limit_new(void)
{
	GwLimit    *limit = gw_new(sizeof(*limit));

	limit->period_s = 1;
	if (getrandom(&limit->key, sizeof(limit->key), 0) != sizeof(limit->key))
		limit->key = (uint64_t) limit_clock_ms() * UINT64_C(0x9E3779B97F4A7C15);
	return limit;
}

void
gw_limit_free(GwLimit *limit)
{
	free(limit->exempt.items);
	free(limit);
}

void
gw_limit_set(GwLimit *limit, long rate, long burst, long connections_max)
{
	limit->rate = rate;
	limit->burst = burst > 0 ? burst : 1;
	limit->connections_max = connections_max;
}

void
gw_limit_set_period(GwLimit *limit, long seconds)
{
	limit->period_s = seconds > 0 ? seconds : 1;
}

void
gw_limit_set_wide(GwLimit *limit, long times)
{
	limit->wide = times;
}

/* How many times a bucket's size and rate are those of a /64. */
static double
bucket_times(const GwLimit *limit, const Entry *entry)
{
	return entry->is_wide ? (double) limit->wide : 1;
}

/* Tokens that come back to a bucket each second. */
static double
bucket_rate(const GwLimit *limit, const Entry *entry)
{
	return (double) limit->rate * bucket_times(limit, entry) / (double) limit->period_s;
}

/* Fill the bucket up to now; are so many tokens in it? */
static bool
bucket_has(const GwLimit *limit, Entry *entry, long tokens, int64_t now)
{
	double		burst = (double) limit->burst * bucket_times(limit, entry);

	entry->tokens += (double) (now - entry->seen_ms) * bucket_rate(limit, entry) / 1000;
	if (entry->tokens > burst)
		entry->tokens = burst;
	entry->seen_ms = now;
	return entry->tokens >= (double) tokens;
}

/* The /48 that an address is in, or 0: IPv4 has none. */
static uint64_t
wide_prefix(const struct sockaddr *address)
{
	const struct in6_addr *ip = &((const struct sockaddr_in6 *) address)->sin6_addr;
	uint64_t	prefix = 0;

	if (address->sa_family != AF_INET6 || IN6_IS_ADDR_V4MAPPED(ip))
		return 0;
	memcpy(&prefix, ip->s6_addr, 6);
	return prefix ? prefix : 1;
}

bool
gw_limit_take(GwLimit *limit, const struct sockaddr *address)
{
	return gw_limit_take_many(limit, address, 1);
}

/* Both buckets of an IPv6 address must have the tokens before they are taken from either. */
bool
gw_limit_take_many(GwLimit *limit, const struct sockaddr *address, long tokens)
{
	int64_t		now = limit_clock_ms();
	uint64_t	wide = limit->wide > 0 ? wide_prefix(address) : 0;
	Entry	   *around = NULL;
	Entry	   *entry;

	if (limit->rate == 0 || gw_networks_have(&limit->exempt, address) ||
		(entry = limit_entry(limit, limit_prefix(address), false, now)) == NULL)
		return true;
	if (!bucket_has(limit, entry, tokens, now))
		return false;
	if (wide != 0 && (around = limit_entry(limit, wide, true, now)) != NULL && around != entry &&
		!bucket_has(limit, around, tokens, now))
		return false;
	if (around != NULL)
		around->tokens -= (double) tokens;
	entry->tokens -= (double) tokens;
	return true;
}

/* More tokens than a bucket holds never come: then it is said when the bucket is full. */
static long
bucket_wait_s(const GwLimit *limit, Entry *entry, long tokens, int64_t now)
{
	double		burst = (double) limit->burst * bucket_times(limit, entry);
	double		wanted = (double) tokens < burst ? (double) tokens : burst;
	double		seconds;

	if (bucket_has(limit, entry, tokens, now))
		return 0;
	seconds = (wanted - entry->tokens) / bucket_rate(limit, entry);
	return (long) seconds + ((double) (long) seconds < seconds);
}

long
gw_limit_wait_s(GwLimit *limit, const struct sockaddr *address, long tokens)
{
	int64_t		now = limit_clock_ms();
	uint64_t	wide = limit->wide > 0 ? wide_prefix(address) : 0;
	Entry	   *entry = limit->rate > 0 ? limit_entry(limit, limit_prefix(address), false, now) : NULL;
	Entry	   *around = entry && wide != 0 ? limit_entry(limit, wide, true, now) : NULL;
	long		wait = entry ? bucket_wait_s(limit, entry, tokens, now) : 0;
	long		wait_around = around ? bucket_wait_s(limit, around, tokens, now) : 0;

	wait = wait > wait_around ? wait : wait_around;
	return wait > 1 ? wait : 1;
}

bool
gw_limit_enter(GwLimit *limit, const struct sockaddr *address)
{
	Entry	   *entry;

	if (gw_networks_have(&limit->exempt, address) ||
		(entry = limit_entry(limit, limit_prefix(address), false, limit_clock_ms())) == NULL)
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
		if (set[way].prefix == prefix && !set[way].is_wide && set[way].connections > 0)
		{
			set[way].connections--;
			return;
		}
}
