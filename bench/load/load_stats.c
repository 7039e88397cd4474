/*
 * load_stats.c
 *		Figures of a run. See load_stats.h.
 */
#include "load_stats.h"
#include "load.h"
#include "load_cpu.h"

#include <stdio.h>

#define STEPS 64				/* buckets for each power of two */
#define POWERS 40
#define CODES 10000

static uint32_t buckets[POWERS * STEPS];
static int64_t measured;
static int64_t longest;
static uint32_t codes[CODES];
static int64_t good_count;
static int64_t bad_count;
static int64_t lost_count;
static int64_t ended_at = -1;	/* answers measured when the processor times were read */

static struct
{
	double		database;
	double		gateway;
	double		client;
}			cpu;

/* The bucket of a latency in microseconds: linear up to STEPS, then STEPS to each power of two. */
static int
bucket_of(int64_t us)
{
	int			power = 0;

	while ((us >> power) >= 2 * STEPS)
		power++;
	if (us < STEPS)
		return (int) us;
	return power < POWERS - 1 ? (power + 1) * STEPS + (int) (us >> power) - STEPS : POWERS * STEPS - 1;
}

/* The upper end of a bucket, in microseconds. */
static double
bucket_limit(int bucket)
{
	int			power = bucket / STEPS - 1;

	if (bucket < STEPS)
		return bucket + 1;
	return (double) ((int64_t) (bucket % STEPS + STEPS + 1) << power);
}

void
load_stats_measure(int64_t latency_ns)
{
	buckets[bucket_of(latency_ns / 1000)]++;
	measured++;
	if (latency_ns > longest)
		longest = latency_ns;
}

void
load_stats_code(int code, bool good)
{
	codes[code >= 0 && code < CODES ? code : 0]++;
	if (good)
		good_count++;
	else
		bad_count++;
}

void
load_stats_lost(void)
{
	lost_count++;
}

void
load_stats_begin(void)
{
	cpu.database = -load_cpu_seconds(&load_options.database_pids);
	cpu.gateway = -load_cpu_seconds(&load_options.gateway_pids);
	cpu.client = -load_cpu_own_seconds();
}

void
load_stats_end(void)
{
	if (ended_at >= 0)
		return;
	cpu.database += load_cpu_seconds(&load_options.database_pids);
	cpu.gateway += load_cpu_seconds(&load_options.gateway_pids);
	cpu.client += load_cpu_own_seconds();
	ended_at = measured;
}

/* Processor time of each answer in microseconds. */
static double
cpu_us(double seconds)
{
	return ended_at > 0 ? seconds * 1e6 / (double) ended_at : 0;
}

/* The latency that this share of the answers did not exceed, in milliseconds. */
static double
percentile_ms(double share)
{
	int64_t		wanted = (int64_t) (share * (double) measured + 0.999999);
	int64_t		seen = 0;

	for (int i = 0; i < POWERS * STEPS; i++)
	{
		seen += buckets[i];
		if (seen >= wanted && seen > 0)
		{
			double		limit = bucket_limit(i) / 1000;

			return limit * 1e6 > (double) longest ? (double) longest / 1e6 : limit;
		}
	}
	return 0;
}

void
load_stats_print(double seconds)
{
	const char *separator = "";

	printf("{\"scenario\":\"%s\",\"sessions\":%ld,\"accounts\":%d,\"seconds\":%.3f,\"answers\":%lld,"
		   "\"per_second\":%.1f,\"good\":%lld,\"bad\":%lld,\"lost\":%lld,\"codes\":{",
		   load_options.scenario, load_options.sessions, load_options.accounts.count, seconds, (long long) measured,
		   seconds > 0 ? (double) measured / seconds : 0, (long long) good_count, (long long) bad_count,
		   (long long) lost_count);
	for (int i = 0; i < CODES; i++)
	{
		if (codes[i] == 0)
			continue;
		printf("%s\"%d\":%u", separator, i, codes[i]);
		separator = ",";
	}
	printf("},\"p50_ms\":%.3f,\"p95_ms\":%.3f,\"p99_ms\":%.3f,\"max_ms\":%.3f", percentile_ms(0.50),
		   percentile_ms(0.95), percentile_ms(0.99), (double) longest / 1e6);
	printf(",\"database_us\":%.1f,\"gateway_us\":%.1f,\"client_us\":%.1f}\n", cpu_us(cpu.database),
		   cpu_us(cpu.gateway), cpu_us(cpu.client));
}
