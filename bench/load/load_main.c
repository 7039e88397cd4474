/*
 * load_main.c
 *		dos-load: options, and which protocol a scenario speaks. See load.h.
 */
#include "load.h"
#include "gw_memory.h"

#include <signal.h>
#include <stdarg.h>
#include <sys/resource.h>

LoadOptions load_options;

static const GwSetting settings[] = {
	{"scenario", GW_TEXT, &load_options.scenario, "check", .choices = "check|info|create|renew|update|mixed|idle|dns|whois|whois-miss|das|rdap",
	.help = "what the clients do; idle: log in, print \"ready\" and stay; dns: create, and wait for the signed answer"},
	{"host", GW_TEXT, &load_options.host, "127.0.0.1", .help = "IPv4 address of the server"},
	{"source", GW_TEXT, &load_options.source, NULL, .help = "WHOIS, DAS, RDAP: IPv4 address that the clients come from"},
	{"port", GW_INTEGER, &load_options.port, "700", 1, 65535, .help = "its port"},
	{"sessions", GW_INTEGER, &load_options.sessions, "32", 1, 20000, .help = "clients at one time"},
	{"ramp", GW_INTEGER, &load_options.ramp, "16", 1, 20000, .help = "how many of them log in at one time"},
	{"duration_ms", GW_INTEGER, &load_options.duration_ms, "5000", 1, 86400000, .help = "how long to measure"},
	{"warmup_ms", GW_INTEGER, &load_options.warmup_ms, "1000", 0, 3600000, .help = "how long to run before that"},
	{"count", GW_INTEGER, &load_options.count, "0", 0, 1000000000, .help = "end after so many requests; 0: when the time is up"},
	{"rate", GW_INTEGER, &load_options.rate, "0", 0, 1000000, .help = "requests each second, of all clients together; 0: each sends when it is answered"},
	{"accounts", GW_LIST, &load_options.accounts, NULL, .help = "EPP: CLID:PASSWORD, ... given to the sessions in turn"},
	{"certificate", GW_TEXT, &load_options.certificate, NULL, .help = "EPP: client certificate, PEM"},
	{"key", GW_TEXT, &load_options.key, NULL, .help = "EPP: its key, PEM"},
	{"ca", GW_TEXT, &load_options.ca, NULL, .help = "EPP: verify the server with this CA, PEM"},
	{"zone", GW_TEXT, &load_options.zone, "example", .help = "names are LABELnnnnnnnn.ZONE"},
	{"label", GW_TEXT, &load_options.label, "n", .help = "see zone"},
	{"names", GW_INTEGER, &load_options.names, "1000", 0, 99999999, .help = "numbers 0 .. names - 1 are registered"},
	{"stride", GW_INTEGER, &load_options.stride, "1", 1, 1000, .help = "number n belongs to account n modulo stride"},
	{"first", GW_INTEGER, &load_options.first, "0", 0, 99999999, .help = "create: the first number"},
	{"expiry", GW_TEXT, &load_options.expiry, "2030-01-01", .help = "renew: the expiry date of all names"},
	{"contacts", GW_INTEGER, &load_options.contacts, "1", 1, 9999, .help = "create: the account's contacts are CLID-0000, ..."},
	{"hosts", GW_INTEGER, &load_options.hosts, "2", 2, 999, .help = "create: name servers are ns000.HOST_SUFFIX, ..."},
	{"host_suffix", GW_TEXT, &load_options.host_suffix, "hosting.invalid", .help = "see hosts"},
	{"same_name", GW_BOOLEAN, &load_options.same_name, "off", .help = "create: everybody wants the number `first`"},
	{"expect", GW_TEXT, &load_options.expect, NULL, .help = "WHOIS, DAS: answers without this text are errors"},
	{"dns_port", GW_INTEGER, &load_options.dns_port, "53", 1, 65535, .help = "dns: of the name server, on the same host"},
	{"database_pids", GW_LIST, &load_options.database_pids, NULL, .help = "report the processor time of these processes for each answer"},
	{"gateway_pids", GW_LIST, &load_options.gateway_pids, NULL, .help = "and of these"},
};

static const struct
{
	const char *scenario;
	const LoadProtocol *protocol;
}			protocols[] = {
	{"whois", &load_whois},
	{"whois-miss", &load_whois},
	{"das", &load_das},
	{"rdap", &load_rdap},
};

void
load_fatal(const char *format, ...)
{
	va_list		args;

	va_start(args, format);
	fputs("dos-load: ", stderr);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
	va_end(args);
	exit(1);
}

/* Everything that no scenario names is EPP. */
static const LoadProtocol *
protocol_of(const char *scenario)
{
	for (size_t i = 0; i < sizeof(protocols) / sizeof(protocols[0]); i++)
		if (strcmp(protocols[i].scenario, scenario) == 0)
			return protocols[i].protocol;
	return &load_epp;
}

/* As many sockets as the kernel allows. */
static void
raise_file_limit(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) == 0)
	{
		limit.rlim_cur = limit.rlim_max;
		setrlimit(RLIMIT_NOFILE, &limit);
	}
}

int
main(int argc, char **argv)
{
	GwConfig   *config = gw_config_new("dos-load", "closed-loop load for EPP, WHOIS, DAS and RDAP", argc, argv);
	struct event_base *base;
	char		error[512];

	gw_config_table(config, settings, sizeof(settings) / sizeof(settings[0]));
	switch (gw_config_load(config, error, sizeof(error)))
	{
		case GW_CONFIG_RUN:
			break;
		case GW_CONFIG_WRONG:
			load_fatal("%s", error);
		default:
			return 0;
	}
	if (strlen(load_options.expiry) != 10)
		load_fatal("expiry must be YYYY-MM-DD");
	signal(SIGPIPE, SIG_IGN);
	raise_file_limit();
	base = gw_memory_checked(event_base_new());
	load_run(base, protocol_of(load_options.scenario));
	event_base_free(base);
	gw_config_free(config);
	return 0;
}
