/*
 * load_stats.h
 *		What is counted, and the one line of JSON that comes of it.
 *
 * Latencies go to a histogram with 1/64 relative resolution, so a run of any
 * length takes the same few kilobytes.
 */
#ifndef LOAD_STATS_H
#define LOAD_STATS_H

#include <stdbool.h>
#include <stdint.h>

/* An answer inside the measured time. */
void		load_stats_measure(int64_t latency_ns);

/* Any answer, warm-up included: its code, and whether that is success. */
void		load_stats_code(int code, bool good);

/* A connection that ended when it should not. */
void		load_stats_lost(void);

/* The measured time begins; it ends with load_stats_end(). */
void		load_stats_begin(void);
void		load_stats_end(void);

void		load_stats_print(double seconds);

#endif
