/*
 * epp_main.c
 *		dos-epp: RFC 5730 to 5734 over TLS, translated to SQL calls.
 */
#include "epp_count.h"
#include "epp_execute.h"
#include "epp_report.h"
#include "epp_session.h"
#include "epp_sql.h"
#include "gw_listen.h"
#include "gw_log.h"
#include "gw_main.h"

#include <libxml/parser.h>
#include <string.h>
#include <unistd.h>

static struct
{
	GwList		listen;
	char	   *certificate;
	char	   *key;
	char	   *client_ca;
	bool		client_required;
	char	   *instance;
	long		checks_in_flight;
	long		count_s;
}			settings;

static const GwSetting settings_table[] = {
	{"listen", GW_LIST, &settings.listen, "127.0.0.1:700", .fixed = true, .help = "addresses to listen on"},
	{"tls_certificate", GW_TEXT, &settings.certificate, NULL, .help = "PEM file: the server's certificate and its chain"},
	{"tls_key", GW_TEXT, &settings.key, NULL, .help = "PEM file: the private key"},
	{"tls_client_ca", GW_TEXT, &settings.client_ca, NULL,
	.help = "PEM file: authorities of client certificates; others are refused. No certificate is asked for when empty"},
	{"tls_client_required", GW_BOOLEAN, &settings.client_required, "off",
	.help = "refuse the handshake of clients without certificate (with off, the login decides)"},
	{"instance", GW_TEXT, &settings.instance, "dos", .fixed = true,
	.help = "first part of every svTRID; different for each running gateway, at most 20 characters"},
	{"checks_in_flight", GW_INTEGER, &settings.checks_in_flight, "0", 0, 1000, .fixed = true,
	.help = "check calls at the same time, further checks are merged; 0: as many as processors"},
	{"count_s", GW_INTEGER, &settings.count_s, "10", 0, 3600, .fixed = true,
	.help = "how often the numbers of commands go to the database, for the registry's reports; 0: they are not counted"},
	{"frame_bytes_max", GW_INTEGER, &epp_limits.frame_bytes_max, "65536", 256, 16777216,
	.help = "longest frame that is accepted, with its header"},
	{"frame_timeout_s", GW_INTEGER, &epp_limits.frame_timeout_s, "10", 1, 3600,
	.help = "a frame must be complete in this time after its first octet"},
	{"login_timeout_s", GW_INTEGER, &epp_limits.login_timeout_s, "10", 1, 3600,
	.help = "from connection to successful login"},
	{"idle_timeout_s", GW_INTEGER, &epp_limits.idle_timeout_s, "600", 1, 86400, .help = "a session without a command"},
	{"session_timeout_s", GW_INTEGER, &epp_limits.session_timeout_s, "86400", 1, 604800, .help = "a session as a whole"},
	{"write_timeout_s", GW_INTEGER, &epp_limits.write_timeout_s, "60", 1, 3600,
	.help = "a client that does not take its answers"},
	{"login_attempts_max", GW_INTEGER, &epp_limits.login_attempts_max, "3", 1, 100,
	.help = "failed logins on one connection; the last one is answered 2501"},
	{"sessions_max", GW_INTEGER, &epp_limits.sessions_max, "10000", 1, 1000000,
	.help = "connections of one process; more are closed at once"},
	{"sessions_per_address_max", GW_INTEGER, &epp_limits.sessions_per_address_max, "1000", 0, 1000000,
	.help = "connections of one IPv4 address or IPv6 /64 to one process; more are closed at once; 0: no limit"},
	{"junk_max", GW_INTEGER, &epp_limits.junk_max, "50", 1, 1000000,
	.help = "documents in a row that are no command (2000, 2001); the last one is answered 2500"},
	{"rate_delay_ms", GW_INTEGER, &epp_limits.rate_delay_ms, "2000", 0, 60000,
	.help = "longest time a command waits for the rate of its registrar; beyond it is answered 2400"},
	{"report_s", GW_INTEGER, &epp_limits.report_s, "10", 1, 20,
	.help = "how often the gateway reports its sessions; less than a third of dos.epp_setting.gateway_life"},
};

static GwTls *tls;
static GwDb *db;

static GwTlsFiles
tls_files(void)
{
	return (GwTlsFiles) {settings.certificate, settings.key, settings.client_ca, settings.client_required};
}

/* svTRIDs must be XML tokens and SQL text of modest length. */
static bool
check_instance(void)
{
	static const char good[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._";
	const char *name = settings.instance;

	if (name && *name && strlen(name) <= 20 && name[strspn(name, good)] == '\0')
		return true;
	gw_log(GW_LOG_ERROR, "bad_setting", "instance must have 1 to 20 letters, digits, dots or underscores");
	return false;
}

static bool
check(void)
{
	GwTlsFiles	files = tls_files();
	GwTls	   *trial;

	if (!check_instance() || (trial = gw_tls_new(&files)) == NULL)
		return false;
	gw_tls_free(trial);
	return true;
}

static void
database_ready(void *arg)
{
	(void) arg;
	epp_execute_load_greeting();
	epp_report_now();
}

static bool
start(struct event_base *base)
{
	GwTlsFiles	files = tls_files();
	const GwStatement *statements;
	int			count;

	LIBXML_TEST_VERSION
	tls = gw_tls_new(&files);
	if (tls == NULL)
		return false;
	statements = epp_execute_statements(&count);
	db = gw_db_new(base, "dos-epp", statements, count);
	gw_db_on_ready(db, database_ready, NULL);
	epp_execute_init(base, db, settings.instance,
					 settings.checks_in_flight ? (int) settings.checks_in_flight : (int) sysconf(_SC_NPROCESSORS_ONLN));
	epp_count_init(base, settings.count_s);
	epp_sessions_init(base, tls);
	return gw_listen(base, &settings.listen, epp_session_accept, NULL);
}

static void
reload(void)
{
	GwTlsFiles	files = tls_files();

	gw_tls_reload(tls, &files);
	epp_execute_load_greeting();
}

static const GwProgram program = {
	.name = "dos-epp",
	.purpose = "EPP over TLS (RFC 5730 to 5734)",
	.settings = settings_table,
	.setting_count = sizeof(settings_table) / sizeof(settings_table[0]),
	.check = check,
	.start = start,
	.reload = reload,
	.drain = epp_sessions_drain,
};

int
main(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "--sql") == 0)
		return epp_sql_main(argv[2]);
	return gw_main(argc, argv, &program);
}
