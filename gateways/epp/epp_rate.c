/*
 * epp_rate.c
 *		Token buckets. See epp_rate.h.
 */
#include "epp_rate.h"
#include "epp_session.h"
#include "gw_array.h"
#include "gw_memory.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct Bucket
{
	bool		limited;
	bool		named;			/* by the shares that are being read */
	double		tokens;			/* less than 0: promised to those that wait */
	double		per_ms;
	double		burst;
	int64_t		filled_ms;		/* when tokens was right */
	uint64_t	commands;
	uint64_t	delayed;
	uint64_t	refused;
} Bucket;

struct EppRate
{
	LIST_ENTRY(EppRate) link;
	Bucket		buckets[EPP_RATE_CLASSES];
	char		registrar[EPP_REGISTRAR_SIZE];
};

const char *const epp_rate_names[EPP_RATE_CLASSES] = {
	[EPP_RATE_CHECK] = "check", [EPP_RATE_READ] = "read", [EPP_RATE_WRITE] = "write",
	[EPP_RATE_AUTH] = "auth",
};

static LIST_HEAD(EppRateList, EppRate) rates = LIST_HEAD_INITIALIZER(rates);

static int64_t
clock_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t) now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

EppRate *
epp_rate_of(const char *registrar)
{
	EppRate    *rate;

	LIST_FOREACH(rate, &rates, link)
		if (strcmp(rate->registrar, registrar) == 0)
			return rate;
	rate = gw_new(sizeof(*rate));
	snprintf(rate->registrar, sizeof(rate->registrar), "%s", registrar);
	LIST_INSERT_HEAD(&rates, rate, link);
	return rate;
}

static void
fill(Bucket *bucket)
{
	int64_t		now = clock_ms();

	bucket->tokens += (double) (now - bucket->filled_ms) * bucket->per_ms;
	bucket->tokens = bucket->tokens > bucket->burst ? bucket->burst : bucket->tokens;
	bucket->filled_ms = now;
}

long
epp_rate_take(EppRate *rate, EppRateClass class)
{
	Bucket	   *bucket = &rate->buckets[class];
	long		wait_ms;

	bucket->commands++;
	if (!bucket->limited)
		return 0;
	fill(bucket);
	wait_ms = bucket->tokens >= 1 ? 0 : (long) ((1 - bucket->tokens) / bucket->per_ms) + 1;
	if (wait_ms > epp_limits.rate_delay_ms)
	{
		bucket->refused++;
		return -wait_ms;
	}
	bucket->tokens -= 1;
	bucket->delayed += wait_ms > 0;
	return wait_ms;
}

long
epp_rate_look(EppRate *rate, EppRateClass class)
{
	Bucket	   *bucket = &rate->buckets[class];

	if (!bucket->limited)
		return 0;
	fill(bucket);
	if (bucket->tokens >= 1)
		return 0;
	bucket->commands++;
	bucket->refused++;
	return -(long) ((1 - bucket->tokens) / bucket->per_ms) - 1;
}

void
epp_rate_spend(EppRate *rate, EppRateClass class)
{
	Bucket	   *bucket = &rate->buckets[class];

	bucket->commands++;
	if (bucket->limited)
		bucket->tokens -= 1;
}

/* One share. A bucket that had no limit starts full. */
static void
set_share(const char *item)
{
	char		class[8];
	long		per_hour,
				burst;
	int			at = 0;

	if (item == NULL || sscanf(item, "%7s %ld %ld %n", class, &per_hour, &burst, &at) < 3 || at == 0)
		return;
	for (int i = 0; i < EPP_RATE_CLASSES; i++)
	{
		Bucket	   *bucket;

		if (strcmp(class, epp_rate_names[i]) != 0)
			continue;
		bucket = &epp_rate_of(item + at)->buckets[i];
		if (bucket->limited)
			fill(bucket);
		else
			bucket->tokens = (double) burst;
		bucket->filled_ms = clock_ms();
		bucket->limited = bucket->named = true;
		bucket->per_ms = (double) per_hour / 3600000;
		bucket->burst = (double) burst;
	}
}

void
epp_rates_set(const char *literal)
{
	GwArray    *items = gw_array_parse(literal);
	EppRate    *rate;

	LIST_FOREACH(rate, &rates, link)
		for (int i = 0; i < EPP_RATE_CLASSES; i++)
			rate->buckets[i].named = false;
	for (int i = 0; items && i < items->count; i++)
		set_share(items->items[i]);
	LIST_FOREACH(rate, &rates, link)
		for (int i = 0; i < EPP_RATE_CLASSES; i++)
			rate->buckets[i].limited = rate->buckets[i].named;
	gw_array_free(items);
}

void
epp_rates_used(GwBuf *array)
{
	char		item[160];
	EppRate    *rate;

	LIST_FOREACH(rate, &rates, link)
	{
		for (int i = 0; i < EPP_RATE_CLASSES; i++)
		{
			Bucket	   *bucket = &rate->buckets[i];

			if (bucket->commands == 0)
				continue;
			snprintf(item, sizeof(item), "%s %" PRIu64 " %" PRIu64 " %" PRIu64 " %s", epp_rate_names[i], bucket->commands,
					 bucket->delayed, bucket->refused, rate->registrar);
			gw_array_add(array, item);
			bucket->commands = bucket->delayed = bucket->refused = 0;
		}
	}
}
