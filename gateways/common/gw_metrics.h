/*
 * gw_metrics.h
 *		Counters, gauges and histograms, served as Prometheus text on /metrics.
 *
 * Every process of a gateway owns a slice of shared memory; whichever process
 * answers the scrape sums the slices, so the figures are the program's.
 * Look a metric up once where you can; a look-up is a hash of name + labels.
 *
 *		static GwMetric *sessions;
 *		sessions = gw_metrics_gauge("dos_epp_sessions", "open sessions", "");
 *		gw_metric_add(sessions, 1);
 *		gw_metric_add(gw_metrics_counter("dos_epp_commands_total", "commands answered",
 *						"verb=\"check\",code=\"1000\""), 1);
 *		gw_metric_observe(gw_metrics_histogram("dos_epp_seconds", "time to answer", ""), seconds);
 *
 * Label values must come from small closed sets (never from the network).
 */
#ifndef GW_METRICS_H
#define GW_METRICS_H

#include <stdbool.h>

#include <event2/event.h>

typedef struct GwMetric GwMetric;

/* Before the processes are forked (gw_main does it). */
void		gw_metrics_init(int processes);

/* In each process: use this slice; gauges start at zero (gw_main does it). */
void		gw_metrics_attach(int process);

/* Never NULL: when the slice is full a common overflow metric is returned. */
GwMetric   *gw_metrics_counter(const char *name, const char *help, const char *labels);
GwMetric   *gw_metrics_gauge(const char *name, const char *help, const char *labels);
GwMetric   *gw_metrics_histogram(const char *name, const char *help, const char *labels);

void		gw_metric_add(GwMetric *metric, double amount);
void		gw_metric_set(GwMetric *metric, double value);
void		gw_metric_observe(GwMetric *metric, double seconds);

/* Serve /metrics on address:port. False if it cannot be bound. */
bool		gw_metrics_listen(struct event_base *base, const char *address);

/* The text itself, for programs with an HTTP server of their own. */
struct evbuffer;
void		gw_metrics_print(struct evbuffer *out);

#endif
