/*
 * gw_main.h
 *		The life of a gateway: settings, processes, signals, draining.
 *
 *		static const GwProgram program = {
 *			.name = "dos-whois",
 *			.purpose = "WHOIS and DAS",
 *			.settings = settings_table, .setting_count = N,
 *			.start = start, .reload = reload, .drain = drain,
 *		};
 *		int main(int argc, char **argv) { return gw_main(argc, argv, &program); }
 *
 * SIGHUP reads the settings again, reopens the log and calls reload().
 * SIGTERM or SIGINT closes the listeners and calls drain(); the program calls
 * gw_quit() when nothing is left to finish; after `drain_timeout_s` it ends
 * anyway. Without drain() it ends at once. SIGPIPE is ignored.
 *
 * With `processes` > 1 a parent starts that many children, each with its own
 * event base, listeners (SO_REUSEPORT) and database pool, and replaces those
 * that die. All callbacks run in the children.
 */
#ifndef GW_MAIN_H
#define GW_MAIN_H

#include <event2/event.h>
#include <stdbool.h>

#include "gw_config.h"

/* Settings every gateway has. */
typedef struct GwSettings
{
	char	   *database;			/* libpq connection string; may name several hosts */
	long		db_connections;
	long		db_idle_s;
	long		db_pipeline_depth;
	long		db_queue_max;
	long		db_timeout_ms;
	long		standby_lag_max_s;
	char	   *log_file;
	char	   *log_level;
	char	   *metrics_listen;		/* address:port, or NULL */
	char	   *pid_file;
	long		processes;
	long		drain_timeout_s;
	long		tcp_keepalive_s;
} GwSettings;

extern GwSettings gw_settings;

/* 0 .. processes - 1: which process this is. */
extern int	gw_process;

typedef struct GwProgram
{
	const char *name;
	const char *purpose;
	const GwSetting *settings;
	int			setting_count;
	/* --check and start: is everything in the settings usable? Log why not. Optional. */
	bool		(*check) (void);
	/* Open listeners and pools. False after logging ends the program. */
	bool		(*start) (struct event_base *base);
	void		(*reload) (void);	/* optional */
	void		(*drain) (void);	/* optional */
} GwProgram;

int			gw_main(int argc, char **argv, const GwProgram *program);

/* Leave the event loop now. */
void		gw_quit(void);

/* True once SIGTERM came. */
bool		gw_draining(void);

#endif
