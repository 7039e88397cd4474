/*
 * http.c
 *		dos-http: RDAP over HTTP and HTTPS.
 */
#include "http.h"
#include "gw_log.h"
#include "gw_main.h"
#include "gw_memory.h"

#include <string.h>

HttpSettings http_settings;
struct event_base *http_loop;
char	   *http_base_url;
char	   *http_base_path;

static const GwSetting settings[] = {
	{"listen", GW_LIST, &http_settings.listen, "127.0.0.1:8080", .fixed = true, .help = "addresses of the plain service"},
	{"listen_tls", GW_LIST, &http_settings.listen_tls, NULL, .fixed = true,
	.help = "addresses of the HTTPS service; off when empty"},
	{"tls_certificate", GW_TEXT, &http_settings.tls_certificate, NULL, .help = "PEM chain; read again at SIGHUP"},
	{"tls_key", GW_TEXT, &http_settings.tls_key, NULL, .help = "PEM key"},
	{"tls_client_ca", GW_TEXT, &http_settings.tls_client_ca, NULL,
	.help = "PEM certificates that those of readers (dos.reader) chain to; a client may go on without one"},
	{"redirect_plain", GW_BOOLEAN, &http_settings.redirect_plain, "off",
	.help = "plain requests are sent to base_url instead of answered"},
	{"base_url", GW_TEXT, &http_settings.base_url, "http://127.0.0.1:8080/", .fixed = true,
	.help = "URL of this service as the public knows it; its path is the base path here too"},
	{"conformance", GW_LIST, &http_settings.conformance,
	"rdap_level_0 icann_rdap_response_profile_1 icann_rdap_technical_implementation_guide_1",
	.help = "rdapConformance of errors; that of answers is the database's setting \"profile\""},
	{"idle_timeout_s", GW_INTEGER, &http_settings.idle_timeout_s, "30", 1, 3600, .fixed = true,
	.help = "longest time without a byte from or to the client"},
	{"request_timeout_s", GW_INTEGER, &http_settings.request_timeout_s, "10", 1, 3600,
	.help = "longest time that a request may take to come, from its first byte to its last"},
	{"header_bytes_max", GW_INTEGER, &http_settings.header_bytes_max, "8192", 1024, 1048576, .fixed = true,
	.help = "request line and header fields"},
	{"connections_max", GW_INTEGER, &http_settings.connections_max, "10000", 1, 1000000, .fixed = true,
	.help = "open connections of each process; more wait"},
	{"connections_per_address_max", GW_INTEGER, &http_settings.connections_per_address_max, "1000", 0, 1000000,
	.help = "open connections of one IPv4 address or IPv6 /64, in each process, but for rate_exempt; more are closed; 0: no limit"},
	{"rate_limit", GW_INTEGER, &http_settings.rate_limit, "100", 0, 1000000,
	.help = "queries in rate_period_s from one IPv4 address or IPv6 /64, in each process; 0: no limit"},
	{"rate_period_s", GW_INTEGER, &http_settings.rate_period_s, "1", 1, 86400,
	.help = "the period of rate_limit: 10 queries in 60 s are one each 6 s"},
	{"rate_burst", GW_INTEGER, &http_settings.rate_burst, "1000", 1, 1000000,
	.help = "queries that may come at once after a pause"},
	{"rate_48_times", GW_INTEGER, &http_settings.rate_wide, "16", 0, 65536,
	.help = "so many times the rate and burst are allowed to one IPv6 /48; 0: no limit of its own"},
	{"rate_exempt", GW_LIST, &http_settings.rate_exempt, "127.0.0.0/8 ::1/128",
	.help = "networks without this limit; \"none\" for none"},
	{"proxy_protocol", GW_LIST, &http_settings.proxy_protocol, NULL,
	.help = "networks of proxies: a connection from there must begin with a PROXY header, version 1 or 2"},
	{"forwarded_from", GW_LIST, &http_settings.forwarded_from, NULL,
	.help = "networks of HTTP proxies whose X-Forwarded-For is believed"},
	{"cache_s", GW_INTEGER, &http_settings.cache_s, "0", 0, 86400,
	.help = "how long an answer may be used again without asking; 0: ask each time, with its ETag"},
	{"bootstrap_s", GW_INTEGER, &http_settings.bootstrap_s, "3600", 0, 86400,
	.help = "how long the bootstrap file dns.json may be used again (Expires and max-age)"},
	{"gzip_bytes_min", GW_INTEGER, &http_settings.gzip_bytes_min, "1024", 0, 1000000000,
	.help = "shorter answers are not compressed"},
	{"count_s", GW_INTEGER, &http_settings.count_s, "10", 0, 3600, .fixed = true,
	.help = "how often the numbers of queries are brought to the database; 0: never"},
	{"count_database", GW_TEXT, &http_settings.count_database, NULL, .fixed = true,
	.help = "connection string for them; else that of \"database\", where a host that takes writes will do"},
	{"batch_size", GW_INTEGER, &http_settings.batch_size, "32", 1, 1000, .fixed = true,
	.help = "most look-ups of domains that share one database call"},
	{"batches_in_flight", GW_INTEGER, &http_settings.batches_in_flight, "4", 1, 256, .fixed = true,
	.help = "database calls that run at the same time before look-ups of domains wait and share"},
};

/* base_url with its final "/", and the path in it. */
static bool
take_base_url(void)
{
	const char *url = http_settings.base_url;
	const char *host = url ? strstr(url, "://") : NULL;
	const char *path = host ? strchr(host + 3, '/') : NULL;
	size_t		length = url ? strlen(url) : 0;

	if (host == NULL || (strncmp(url, "http://", 7) != 0 && strncmp(url, "https://", 8) != 0) || strpbrk(url, "?# \"<>\\"))
	{
		gw_log(GW_LOG_ERROR, "base_url_wrong", "\"%s\" is not an http or https URL", url ? url : "");
		return false;
	}
	http_base_url = gw_malloc(length + 2);
	http_base_path = gw_malloc(length + 2);
	strcpy(http_base_url, url);
	if (url[length - 1] != '/')
		strcat(http_base_url, "/");
	strcpy(http_base_path, path ? http_base_url + (path - url) : "/");
	return true;
}

static bool
check(void)
{
	free(http_base_url);
	free(http_base_path);
	return take_base_url() && gw_limit_exempt(NULL, &http_settings.rate_exempt) && http_peer_settings(true);
}

static bool
start(struct event_base *base)
{
	http_loop = base;
	http_peer_start(base);
	http_rdap_start(base);
	return http_server_start(base);
}

static void
reload(void)
{
	http_server_reload();
	http_peer_settings(false);
	http_rdap_limits();
}

const GwProgram http_program = {
	.name = "dos-http",
	.purpose = "RDAP over HTTP",
	.settings = settings,
	.setting_count = sizeof(settings) / sizeof(settings[0]),
	.check = check,
	.start = start,
	.reload = reload,
	.drain = http_server_drain,
};
