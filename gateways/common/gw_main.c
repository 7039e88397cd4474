/*
 * gw_main.c
 *		The life of a gateway. See gw_main.h.
 */
#include "gw_main.h"
#include "gw_listen.h"
#include "gw_log.h"
#include "gw_memory.h"
#include "gw_metrics.h"
#include "gw_process.h"

#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

GwSettings	gw_settings;
int			gw_process;

static const GwSetting common_settings[] = {
	{"database", GW_TEXT, &gw_settings.database, "dbname=dos", .help = "libpq connection string; may name several hosts"},
	{"db_connections", GW_INTEGER, &gw_settings.db_connections, "8", 1, 256, .fixed = true,
	.help = "database connections of each process"},
	{"db_idle_s", GW_INTEGER, &gw_settings.db_idle_s, "60", 0, 86400, .fixed = true,
	.help = "a database connection not used for so long is closed, all but two, and opened again when a request would wait; 0: all stay open"},
	{"db_pipeline_depth", GW_INTEGER, &gw_settings.db_pipeline_depth, "2", 1, 1000, .fixed = true,
	.help = "requests in flight on one connection"},
	{"db_queue_max", GW_INTEGER, &gw_settings.db_queue_max, "10000", 1, 1000000,
	.help = "requests that may wait for a connection; more are refused"},
	{"db_timeout_ms", GW_INTEGER, &gw_settings.db_timeout_ms, "10000", 100, 3600000,
	.help = "longest time a request may wait, and then run"},
	{"drain_timeout_s", GW_INTEGER, &gw_settings.drain_timeout_s, "10", 0, 3600,
	.help = "after SIGTERM, how long commands may take to finish"},
	{"standby_lag_max_s", GW_INTEGER, &gw_settings.standby_lag_max_s, "0", 0, 86400,
	.help = "a standby that is further behind is left for another host of \"database\"; 0: never"},
	{"log_file", GW_TEXT, &gw_settings.log_file, NULL, .help = "JSON lines; standard error when empty"},
	{"log_level", GW_TEXT, &gw_settings.log_level, "info", .choices = "debug|info|warning|error",
	.help = "least level that is logged"},
	{"metrics_listen", GW_TEXT, &gw_settings.metrics_listen, NULL, .fixed = true,
	.help = "address:port for /metrics; off when empty"},
	{"pid_file", GW_TEXT, &gw_settings.pid_file, NULL, .fixed = true, .help = "written at start, removed at the end"},
	{"processes", GW_INTEGER, &gw_settings.processes, "1", 1, 128, .fixed = true,
	.help = "worker processes sharing the listening ports"},
	{"tcp_keepalive_s", GW_INTEGER, &gw_settings.tcp_keepalive_s, "120", 0, 7200, .fixed = true,
	.help = "a TCP connection silent for so long is asked whether it is there, and dropped after four questions; 0: never"},
};

static const GwProgram *program;
static GwConfig *config;
static struct event_base *loop;
static bool draining;

void
gw_quit(void)
{
	event_base_loopbreak(loop);
}

bool
gw_draining(void)
{
	return draining;
}

/* Read the settings again; nothing changes if they are wrong. */
bool
gw_process_reload(void)
{
	char		error[512];

	if (gw_config_load(config, error, sizeof(error)) == GW_CONFIG_WRONG)
	{
		gw_log(GW_LOG_ERROR, "reload_refused", "%s", error);
		return false;
	}
	if (!gw_log_open(program->name, gw_settings.log_file, gw_settings.log_level))
		gw_log(GW_LOG_ERROR, "log_open_failed", "%s", gw_settings.log_file);
	return true;
}

static void
main_reload(evutil_socket_t fd, short what, void *arg)
{
	(void) fd;
	(void) what;
	(void) arg;
	if (!gw_process_reload())
		return;
	if (program->reload)
		program->reload();
	gw_log(GW_LOG_INFO, "reloaded", "settings were read again");
}

static void
main_drain_late(evutil_socket_t fd, short what, void *arg)
{
	(void) fd;
	(void) what;
	(void) arg;
	gw_log(GW_LOG_WARNING, "drain_timeout", "some commands did not finish in time");
	gw_quit();
}

static void
main_drain(evutil_socket_t fd, short what, void *arg)
{
	struct timeval wait = {gw_settings.drain_timeout_s, 0};

	(void) fd;
	(void) what;
	(void) arg;
	if (draining)
		return;
	draining = true;
	gw_log(GW_LOG_INFO, "draining", "no new connections");
	gw_listen_close();
	event_base_once(loop, -1, EV_TIMEOUT, main_drain_late, NULL, &wait);
	if (program->drain)
		program->drain();
	else
		gw_quit();
}

static void
main_on_signal(int number, event_callback_fn callback)
{
	event_add(evsignal_new(loop, number, callback, NULL), NULL);
}

static void
main_flush_log(evutil_socket_t fd, short what, void *arg)
{
	(void) fd;
	(void) what;
	(void) arg;
	gw_log_flush();
}

/* One worker process, from event base to the end of its loop. */
int
gw_process_run(int process)
{
	const struct timeval tenth = {0, 100000};

	gw_process = process;
	gw_metrics_attach(process);
	loop = gw_memory_checked(event_base_new());
	main_on_signal(SIGHUP, main_reload);
	main_on_signal(SIGTERM, main_drain);
	main_on_signal(SIGINT, main_drain);
	if (gw_settings.metrics_listen && !gw_metrics_listen(loop, gw_settings.metrics_listen))
		return 1;
	if (!program->start(loop))
		return 1;
	event_add(event_new(loop, -1, EV_PERSIST, main_flush_log, NULL), &tenth);
	gw_log_keep_back(true);
	event_base_dispatch(loop);
	gw_log_keep_back(false);
	return 0;
}

/* A socket needs a descriptor: take as many as the system lets us. */
static void
main_raise_limits(void)
{
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files) != 0)
		return;
	files.rlim_cur = files.rlim_max;
	setrlimit(RLIMIT_NOFILE, &files);
}

static bool
main_write_pid(void)
{
	FILE	   *stream;

	if (gw_settings.pid_file == NULL)
		return true;
	stream = fopen(gw_settings.pid_file, "we");
	if (stream == NULL)
	{
		gw_log(GW_LOG_ERROR, "pid_file_failed", "could not write \"%s\"", gw_settings.pid_file);
		return false;
	}
	fprintf(stream, "%ld\n", (long) getpid());
	return fclose(stream) == 0;
}

/* Settings and log. -1: go on; otherwise the exit status. */
static int
main_settings(int argc, char **argv)
{
	char		error[512];
	GwConfigVerdict verdict;

	config = gw_config_new(program->name, program->purpose, argc, argv);
	gw_config_table(config, program->settings, program->setting_count);
	gw_config_table(config, common_settings, sizeof(common_settings) / sizeof(common_settings[0]));
	verdict = gw_config_load(config, error, sizeof(error));
	if (verdict == GW_CONFIG_HELPED)
		return 0;
	if (verdict == GW_CONFIG_WRONG)
	{
		fprintf(stderr, "%s: %s\n", program->name, error);
		return 2;
	}
	if (verdict == GW_CONFIG_CHECKED)
	{
		if (program->check && !program->check())
			return 2;
		printf("%s: settings are right\n", program->name);
		return 0;
	}
	if (!gw_log_open(program->name, gw_settings.log_file, gw_settings.log_level))
	{
		fprintf(stderr, "%s: could not open log file \"%s\"\n", program->name, gw_settings.log_file);
		return 2;
	}
	return program->check && !program->check() ? 2 : -1;
}

int
gw_main(int argc, char **argv, const GwProgram *gateway)
{
	int			status;

	program = gateway;
	signal(SIGPIPE, SIG_IGN);
	status = main_settings(argc, argv);
	if (status >= 0)
		return status;
	main_raise_limits();
	if (!main_write_pid())
		return 2;
	gw_metrics_init((int) gw_settings.processes);
	gw_log(GW_LOG_INFO, "started", "%ld process(es)", gw_settings.processes);
	status = gw_settings.processes == 1 ? gw_process_run(0) : gw_process_parent((int) gw_settings.processes);
	gw_log(GW_LOG_INFO, "stopped", "status %d", status);
	if (gw_settings.pid_file)
		unlink(gw_settings.pid_file);
	return status;
}
