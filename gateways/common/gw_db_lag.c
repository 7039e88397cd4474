/*
 * gw_db_lag.c
 *		Standbys that are too far behind. See gw_db_lag.h.
 */
#include "gw_db_lag.h"
#include "gw_db_internal.h"
#include "gw_log.h"
#include "gw_main.h"
#include "gw_memory.h"
#include "gw_metrics.h"

#define AVOIDED_MAX 16
#define AVOID_MS 30000
#define OPTIONS_MAX 80
#define LIST_MAX 64

typedef struct Avoided
{
	char		host[256];
	char		port[16];
	int64_t		until_ms;
} Avoided;

static Avoided avoided[AVOIDED_MAX];

static bool
is_avoided(const char *host, const char *port)
{
	int64_t		now = gw_db_clock_ms();

	for (int i = 0; i < AVOIDED_MAX; i++)
		if (avoided[i].until_ms > now && strcmp(avoided[i].host, host) == 0 && strcmp(avoided[i].port, port) == 0)
			return true;
	return false;
}

static int
split(char *list, char **items)
{
	int			count = 0;

	while (count < LIST_MAX)
	{
		items[count++] = list;
		list = strchr(list, ',');
		if (list == NULL)
			break;
		*list++ = '\0';
	}
	return count;
}

/* The list again, of the entries that stay. Each is at or behind the place it is written to. */
static void
join(char *list, char **items, const bool *gone, int count)
{
	char	   *out = list;

	for (int i = 0; i < count; i++)
	{
		size_t		length = strlen(items[i]);

		if (gone[i])
			continue;
		if (out != list)
			*out++ = ',';
		memmove(out, items[i], length);
		out += length;
	}
	*out = '\0';
}

int
gw_db_lag_filter(char *hosts, char *ports, bool (*avoid) (const char *host, const char *port))
{
	char	   *host[LIST_MAX];
	char	   *port[LIST_MAX];
	bool		gone[LIST_MAX] = {false};
	int			host_count = split(hosts, host);
	int			port_count = split(ports, port);
	int			stay = 0;

	for (int i = 0; i < host_count; i++)
	{
		gone[i] = avoid(host[i], port_count > 1 && i < port_count ? port[i] : port[0]);
		stay += !gone[i];
	}
	join(hosts, host, gone, host_count);
	if (port_count > 1)
		join(ports, port, gone, port_count < host_count ? port_count : host_count);
	return stay;
}

/* The options of the settings' string; their host and port, which libpq takes as one by default. */
static PQconninfoOption *
options_of(char **hosts, char **ports)
{
	PQconninfoOption *options = PQconninfoParse(gw_settings.database ? gw_settings.database : "", NULL);

	*hosts = *ports = NULL;
	for (PQconninfoOption *o = options; o && o->keyword; o++)
	{
		if (strcmp(o->keyword, "host") == 0 && o->val)
			*hosts = gw_strdup(o->val);
		else if (strcmp(o->keyword, "port") == 0)
			*ports = gw_strdup(o->val ? o->val : "5432");
	}
	return options;
}

/* How many hosts are not avoided. */
static int
hosts_left(void)
{
	char	   *hosts;
	char	   *ports;
	PQconninfoOption *options = options_of(&hosts, &ports);
	int			left = hosts && ports ? gw_db_lag_filter(hosts, ports, is_avoided) : 1;

	PQconninfoFree(options);
	free(hosts);
	free(ports);
	return left;
}

bool
gw_db_lag_watched(void)
{
	return gw_settings.standby_lag_max_s > 0;
}

static Avoided *
avoided_place(int64_t now)
{
	Avoided    *oldest = &avoided[0];

	for (int i = 0; i < AVOIDED_MAX; i++)
		if (avoided[i].until_ms < oldest->until_ms)
			oldest = &avoided[i];
	oldest->until_ms = now + AVOID_MS;
	return oldest;
}

bool
gw_db_lag_leave(const PGconn *pg, const char *seconds)
{
	long		lag = seconds ? strtol(seconds, NULL, 10) : 0;
	int64_t		now = gw_db_clock_ms();
	Avoided    *place;

	gw_metric_set(gw_metrics_gauge("dos_db_standby_lag_seconds", "how far behind the server of a connection is", ""), (double) lag);
	if (lag <= gw_settings.standby_lag_max_s)
		return false;
	if (!is_avoided(PQhost(pg), PQport(pg)))
	{
		if (hosts_left() <= 1)
		{
			gw_metric_add(gw_metrics_counter("dos_db_stale_total", "times a server lagged and there was no other", ""), 1);
			return false;
		}
		place = avoided_place(now);
		snprintf(place->host, sizeof(place->host), "%s", PQhost(pg));
		snprintf(place->port, sizeof(place->port), "%s", PQport(pg));
		gw_log_begin(GW_LOG_WARNING, "db_lags");
		gw_log_text("host", place->host);
		gw_log_text("port", place->port);
		gw_log_integer("seconds", lag);
		gw_log_end();
	}
	return true;
}

PGconn *
gw_db_lag_connect(const char *application)
{
	const char *keys[OPTIONS_MAX];
	const char *values[OPTIONS_MAX];
	char	   *hosts;
	char	   *ports;
	PQconninfoOption *options = options_of(&hosts, &ports);
	int			before = hosts ? 1 : 0;
	int			count = 0;
	PGconn	   *pg = NULL;

	for (const char *c = hosts; c && *c; c++)
		before += *c == ',';
	if (hosts && ports && gw_db_lag_filter(hosts, ports, is_avoided) < before && hosts[0] != '\0')
	{
		for (PQconninfoOption *o = options; o->keyword && count < OPTIONS_MAX - 5; o++)
			if (o->val && strcmp(o->keyword, "host") != 0 && strcmp(o->keyword, "port") != 0 && strcmp(o->keyword, "hostaddr") != 0)
			{
				keys[count] = o->keyword;
				values[count++] = o->val;
			}
		keys[count] = "host", values[count++] = hosts;
		keys[count] = "port", values[count++] = ports;
		keys[count] = "application_name", values[count++] = application;
		keys[count] = "client_encoding", values[count++] = "UTF8";
		keys[count] = NULL;
		pg = gw_memory_checked(PQconnectStartParams(keys, values, 0));
	}
	PQconninfoFree(options);
	free(hosts);
	free(ports);
	return pg;
}
