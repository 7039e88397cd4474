/*
 * escrow_main.c
 *		dos-escrow: deposits from the database to files, and from files to the database.
 */
#include "escrow_check.h"
#include "escrow_deliver.h"
#include "gw_log.h"
#include "gw_memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *model;

static const GwSetting settings[] = {
	{"database", GW_TEXT, &escrow_settings.database, "dbname=dos", .help = "libpq connection string"},
	{"directory", GW_TEXT, &escrow_settings.directory, ".", .help = "where deposits are written, and unpacked when they are read"},
	{"gpg_home", GW_TEXT, &escrow_settings.gpg_home, NULL, .help = "GnuPG's folder of keys; its own choice when empty"},
	{"recipients", GW_LIST, &escrow_settings.recipients, NULL, .help = "keys a deposit is encrypted to: the escrow agent's"},
	{"signer", GW_TEXT, &escrow_settings.signer, NULL, .help = "key its files are signed with: the registry's"},
	{"trusted", GW_LIST, &escrow_settings.trusted, NULL, .help = "fingerprints whose signatures are believed when a deposit is read"},
	{"agent", GW_TEXT, &escrow_settings.agent, NULL, .help = "escrow agent in whose name a notification is written beside a deposit; @operator: the one of the zone's operator"},
	{"split_bytes", GW_INTEGER, &escrow_settings.split_bytes, "1073741824", 1024, 1L << 40, .help = "largest file of a deposit; more goes into further files"},
	{"type", GW_TEXT, &escrow_settings.type, "FULL", .choices = "FULL|DIFF|INCR|THIN", .help = "deposit: what it holds"},
	{"watermark", GW_TEXT, &escrow_settings.watermark, NULL, .help = "deposit: as of this instant; now when empty"},
	{"resend", GW_INTEGER, &escrow_settings.resend, "0", 0, 65535, .help = "deposit: which time it is sent"},
	{"batch", GW_INTEGER, &escrow_settings.batch, "10000", 1, 1000000, .help = "load: objects a transaction"},
	{"sessions", GW_INTEGER, &escrow_settings.sessions, "2", 1, 64, .help = "load: sessions that do it at a time"},
	{"model", GW_TEXT, &model, "xml", .choices = "xml|csv", .help = "deposit: objects as XML, or as CSV files that the XML describes"},
	{"csv_gzip", GW_BOOLEAN, &escrow_settings.csv_gzip, "no", .help = "deposit: CSV files are compressed, each by itself"},
	{"plain", GW_BOOLEAN, &escrow_settings.plain, "no", .help = "write XML as it is; read files that nobody signed"},
	{"log_file", GW_TEXT, &escrow_settings.log_file, NULL, .help = "JSON lines; standard error when empty"},
	{"log_level", GW_TEXT, &escrow_settings.log_level, "info", .choices = "debug|info|warning|error", .help = "least level that is logged"},
};

static bool
run_deposit(PGconn *database, char **words, int count)
{
	(void) count;
	return escrow_deposit(database, words[0], escrow_settings.type, escrow_settings.watermark, (int) escrow_settings.resend);
}

/* All that today still wants; one that fails does not keep the others. */
static bool
run_daily(PGconn *database, char **words, int count)
{
	PGresult   *due;
	bool		done = true;

	(void) words;
	(void) count;
	if (!escrow_query(database, "SELECT zone, type, watermark, resend FROM dos.escrow_due()", 0, NULL, &due))
		return false;
	for (int i = 0; i < PQntuples(due); i++)
		done &= escrow_deposit(database, PQgetvalue(due, i, 0), PQgetvalue(due, i, 1), PQgetvalue(due, i, 2), atoi(PQgetvalue(due, i, 3)));
	PQclear(due);
	return done;
}

static bool
run_read(PGconn *database, char **words, int count)
{
	return escrow_read(database, words[0], words + 1, count - 1);
}

static bool
run_check(PGconn *database, char **words, int count)
{
	bool		done = true;

	(void) database;
	for (int i = 0; i < count; i++)
		done &= escrow_check_file(strcmp(escrow_settings.type, "THIN") == 0, words[i]);
	return done;
}

static bool
run_deliver(PGconn *database, char **words, int count)
{
	(void) words;
	(void) count;
	return escrow_deliver(database);
}

static bool
run_load(PGconn *database, char **words, int count)
{
	(void) count;
	return escrow_load(database, words[0]);
}

static const struct
{
	const char *name;
	int			least;			/* words that follow */
	int			most;
	bool		(*run) (PGconn *database, char **words, int count);
	const char *help;
}			commands[] = {
	{"deposit", 1, 1, run_deposit, "deposit ZONE: write a deposit to files"},
	{"daily", 0, 0, run_daily, "daily: write all deposits that are due today"},
	{"deliver", 0, 0, run_deliver, "deliver: send written deposits to the agent, hand in their reports, ask whether they were accepted"},
	{"read", 2, 10000, run_read, "read ZONE FILE...: read a deposit into dos.escrow_in_*, and analyze it; prints the import's number"},
	{"check", 1, 10000, run_check, "check FILE...: is the XML of a deposit whole? counts, references, nothing twice"},
	{"load", 1, 1, run_load, "load IMPORT: make an analyzed deposit registry, going on where it stopped"},
};

/* Words without -- are command and arguments; -c FILE and --name=value are settings. */
static int
words_take(int *argc, char **argv, char **words)
{
	int			kept = 1,
				count = 0;

	for (int i = 1; i < *argc; i++)
	{
		if (strcmp(argv[i], "-c") == 0 && i + 1 < *argc)
		{
			argv[kept++] = argv[i++];
			argv[kept++] = argv[i];
		}
		else if (argv[i][0] == '-')
			argv[kept++] = argv[i];
		else
			words[count++] = argv[i];
	}
	*argc = kept;
	argv[kept] = NULL;
	return count;
}

static int
usage(void)
{
	fprintf(stderr, "dos-escrow [-c FILE] [--setting=value]... COMMAND\n");
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		fprintf(stderr, "  %s\n", commands[i].help);
	fprintf(stderr, "dos-escrow --help lists the settings\n");
	return 2;
}

int
main(int argc, char **argv)
{
	char	  **words = gw_malloc(sizeof(char *) * (size_t) (argc + 1));
	int			count = words_take(&argc, argv, words);
	GwConfig   *config = gw_config_new("dos-escrow", "deposits of a registry's data, out and in", argc, argv);
	char		error[512];
	bool		done = false;

	gw_config_table(config, settings, sizeof(settings) / sizeof(settings[0]));
	gw_config_table(config, escrow_remote_table, escrow_remote_count);
	switch (gw_config_load(config, error, sizeof(error)))
	{
		case GW_CONFIG_WRONG:
			fprintf(stderr, "dos-escrow: %s\n", error);
			return 2;
		case GW_CONFIG_HELPED:
		case GW_CONFIG_CHECKED:
			return 0;
		case GW_CONFIG_RUN:
			break;
	}
	escrow_settings.csv = strcmp(model, "csv") == 0;
	gw_log_open("dos-escrow", escrow_settings.log_file, escrow_settings.log_level);
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		if (count > 0 && strcmp(words[0], commands[i].name) == 0 && count - 1 >= commands[i].least && count - 1 <= commands[i].most)
		{
			PGconn	   *database = escrow_connect();

			done = database && commands[i].run(database, words + 1, count - 1);
			PQfinish(database);
			gw_config_free(config);
			free(words);
			return done ? 0 : 1;
		}
	return usage();
}
