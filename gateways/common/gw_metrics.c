/*
 * gw_metrics.c
 *		Prometheus metrics in shared memory. See gw_metrics.h.
 *
 * A slot is written by its own process only and read by all; reading a
 * half-updated double is harmless for statistics. Slots are never freed.
 */
#include "gw_metrics.h"
#include "gw_log.h"
#include "gw_listen.h"
#include "gw_memory.h"

#include <event2/buffer.h>
#include <event2/http.h>
#include <stdint.h>
#include <sys/mman.h>

#define SLOTS 512				/* per process; a power of two */
#define BUCKETS 14

typedef enum MetricKind
{
	METRIC_NONE,
	METRIC_COUNTER,
	METRIC_GAUGE,
	METRIC_HISTOGRAM
} MetricKind;

struct GwMetric
{
	MetricKind	kind;
	char		name[56];
	char		help[72];
	char		labels[120];
	double		value;			/* histogram: sum */
	uint64_t	count;
	uint64_t	buckets[BUCKETS];
};

static const char *const kind_names[] = {
	[METRIC_COUNTER] = "counter",
	[METRIC_GAUGE] = "gauge",
	[METRIC_HISTOGRAM] = "histogram",
};

/* Upper bounds in seconds, one scale for all histograms. */
static const double bounds[BUCKETS] = {
	0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5
};

static GwMetric *slices;
static int	slice_count;
static GwMetric *mine;

void
gw_metrics_init(int processes)
{
	void	   *memory = mmap(NULL, (size_t) processes * SLOTS * sizeof(GwMetric), PROT_READ | PROT_WRITE,
							  MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	slices = gw_memory_checked(memory == MAP_FAILED ? NULL : memory);
	slice_count = processes;
	mine = slices;
}

void
gw_metrics_attach(int process)
{
	mine = slices + (size_t) process * SLOTS;
	for (int i = 0; i < SLOTS; i++)
		if (mine[i].kind == METRIC_GAUGE)
			mine[i].value = 0;
}

static uint32_t
metric_hash(const char *name, const char *labels)
{
	uint32_t	hash = 2166136261u;

	for (; *name; name++)
		hash = (hash ^ (unsigned char) *name) * 16777619u;
	for (; *labels; labels++)
		hash = (hash ^ (unsigned char) *labels) * 16777619u;
	return hash;
}

/* The slot of this name and labels in a slice; may be an empty one; NULL if full. */
static GwMetric *
metric_slot(GwMetric *slice, const char *name, const char *labels)
{
	uint32_t	at = metric_hash(name, labels);

	for (int tries = 0; tries < SLOTS; tries++, at++)
	{
		GwMetric   *slot = &slice[at & (SLOTS - 1)];

		if (slot->kind == METRIC_NONE || (strcmp(slot->labels, labels) == 0 && strcmp(slot->name, name) == 0))
			return slot;
	}
	return NULL;
}

static GwMetric *
metric_get(MetricKind kind, const char *name, const char *help, const char *labels)
{
	static GwMetric overflow;
	GwMetric   *slot;

	if (mine == NULL)
		gw_metrics_init(1);
	if (strlen(labels) >= sizeof(slot->labels) || strlen(name) >= sizeof(slot->name))
		return &overflow;
	slot = metric_slot(mine, name, labels);
	if (slot == NULL)
		return &overflow;
	if (slot->kind == METRIC_NONE)
	{
		snprintf(slot->name, sizeof(slot->name), "%s", name);
		snprintf(slot->help, sizeof(slot->help), "%s", help);
		snprintf(slot->labels, sizeof(slot->labels), "%s", labels);
		slot->kind = kind;
	}
	return slot;
}

GwMetric *
gw_metrics_counter(const char *name, const char *help, const char *labels)
{
	return metric_get(METRIC_COUNTER, name, help, labels);
}

GwMetric *
gw_metrics_gauge(const char *name, const char *help, const char *labels)
{
	return metric_get(METRIC_GAUGE, name, help, labels);
}

GwMetric *
gw_metrics_histogram(const char *name, const char *help, const char *labels)
{
	return metric_get(METRIC_HISTOGRAM, name, help, labels);
}

void
gw_metric_add(GwMetric *metric, double amount)
{
	metric->value += amount;
}

void
gw_metric_set(GwMetric *metric, double value)
{
	metric->value = value;
}

void
gw_metric_observe(GwMetric *metric, double seconds)
{
	metric->value += seconds;
	metric->count++;
	for (int i = BUCKETS - 1; i >= 0 && seconds <= bounds[i]; i--)
		metric->buckets[i]++;
}

/* The sum over all slices of one metric. */
static GwMetric
metric_total(const GwMetric *first)
{
	GwMetric	total = *first;

	total.value = 0;
	total.count = 0;
	memset(total.buckets, 0, sizeof(total.buckets));
	for (int s = 0; s < slice_count; s++)
	{
		const GwMetric *slot = metric_slot(slices + (size_t) s * SLOTS, first->name, first->labels);

		if (slot == NULL || slot->kind == METRIC_NONE)
			continue;
		total.value += slot->value;
		total.count += slot->count;
		for (int i = 0; i < BUCKETS; i++)
			total.buckets[i] += slot->buckets[i];
	}
	return total;
}

static void
metric_print(struct evbuffer *out, const GwMetric *first)
{
	GwMetric	total = metric_total(first);
	const char *comma = *total.labels ? "," : "";
	const char *open = *total.labels ? "{" : "";
	const char *close = *total.labels ? "}" : "";

	if (total.kind != METRIC_HISTOGRAM)
	{
		evbuffer_add_printf(out, "%s%s%s%s %.17g\n", total.name, open, total.labels, close, total.value);
		return;
	}
	for (int i = 0; i < BUCKETS; i++)
		evbuffer_add_printf(out, "%s_bucket{%s%sle=\"%g\"} %llu\n", total.name, total.labels, comma, bounds[i],
							(unsigned long long) total.buckets[i]);
	evbuffer_add_printf(out, "%s_bucket{%s%sle=\"+Inf\"} %llu\n", total.name, total.labels, comma,
						(unsigned long long) total.count);
	evbuffer_add_printf(out, "%s_sum%s%s%s %.9g\n", total.name, open, total.labels, close, total.value);
	evbuffer_add_printf(out, "%s_count%s%s%s %llu\n", total.name, open, total.labels, close,
						(unsigned long long) total.count);
}

/* Same metric with same labels in a slice before this one? */
static bool
metric_printed(int slice, const GwMetric *slot)
{
	for (int s = 0; s < slice; s++)
	{
		const GwMetric *other = metric_slot(slices + (size_t) s * SLOTS, slot->name, slot->labels);

		if (other && other->kind != METRIC_NONE)
			return true;
	}
	return false;
}

static int
metric_compare(const void *a, const void *b)
{
	const GwMetric *x = *(const GwMetric *const *) a;
	const GwMetric *y = *(const GwMetric *const *) b;
	int			order = strcmp(x->name, y->name);

	return order ? order : strcmp(x->labels, y->labels);
}

void
gw_metrics_print(struct evbuffer *out)
{
	const GwMetric **list = gw_malloc((size_t) slice_count * SLOTS * sizeof(*list));
	int			count = 0;

	for (int i = 0; i < slice_count * SLOTS; i++)
		if (slices[i].kind != METRIC_NONE && !metric_printed(i / SLOTS, &slices[i]))
			list[count++] = &slices[i];
	qsort(list, (size_t) count, sizeof(*list), metric_compare);
	for (int i = 0; i < count; i++)
	{
		if (i == 0 || strcmp(list[i]->name, list[i - 1]->name) != 0)
			evbuffer_add_printf(out, "# HELP %s %s\n# TYPE %s %s\n", list[i]->name, list[i]->help,
								list[i]->name, kind_names[list[i]->kind]);
		metric_print(out, list[i]);
	}
	free(list);
}

static void
metrics_answer(struct evhttp_request *request, void *arg)
{
	struct evbuffer *out = evbuffer_new();

	(void) arg;
	gw_metrics_print(out);
	evhttp_add_header(evhttp_request_get_output_headers(request), "Content-Type",
					  "text/plain; version=0.0.4; charset=utf-8");
	evhttp_send_reply(request, 200, "OK", out);
	evbuffer_free(out);
}

bool
gw_metrics_listen(struct event_base *base, const char *address)
{
	struct evhttp *http = evhttp_new(base);
	struct evconnlistener *listener = gw_listen_open(base, address, NULL, NULL);

	if (listener == NULL)
	{
		evhttp_free(http);
		return false;
	}
	evhttp_set_allowed_methods(http, EVHTTP_REQ_GET | EVHTTP_REQ_HEAD);
	evhttp_set_max_headers_size(http, 8192);
	evhttp_set_max_body_size(http, 1024);
	evhttp_set_timeout(http, 10);
	evhttp_set_cb(http, "/metrics", metrics_answer, NULL);
	evhttp_bind_listener(http, listener);
	evconnlistener_enable(listener);
	return true;
}
