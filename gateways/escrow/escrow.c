/*
 * escrow.c
 *		What the parts share. See escrow.h.
 */
#include "escrow.h"
#include "gw_log.h"
#include "gw_memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

EscrowSettings escrow_settings;

bool
escrow_fail(const char *event, const char *format, ...)
{
	char		text[1000];
	va_list		arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	text[strcspn(text, "\n")] = '\0';
	gw_log(GW_LOG_ERROR, event, "%s", text);
	return false;
}

PGconn *
escrow_connect(void)
{
	static const char *const settings[] = {"SET client_encoding = 'UTF8'", "SET datestyle = 'ISO'", "SET timezone = 'UTC'"};
	PGconn	   *database = PQconnectdb(escrow_settings.database);
	bool		done = PQstatus(database) == CONNECTION_OK || escrow_fail("database", "%s", PQerrorMessage(database));

	for (size_t i = 0; done && i < sizeof(settings) / sizeof(settings[0]); i++)
		done = escrow_query(database, settings[i], 0, NULL, NULL);
	if (done)
		return database;
	PQfinish(database);
	return NULL;
}

bool
escrow_query(PGconn *database, const char *statement, int count, const char *const *values, PGresult **result)
{
	PGresult   *answer = PQexecParams(database, statement, count, NULL, values, NULL, NULL, 0);
	ExecStatusType status = PQresultStatus(answer);

	if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
	{
		escrow_fail("database", "%s", PQerrorMessage(database));
		PQclear(answer);
		return false;
	}
	if (result)
		*result = answer;
	else
		PQclear(answer);
	return true;
}

int
escrow_file_take(void *source, char *buffer, int size)
{
	size_t		got = fread(buffer, 1, (size_t) size, source);

	return got == 0 && ferror((FILE *) source) ? -1 : (int) got;
}

char *
escrow_path(const char *folder, const char *name, const char *suffix)
{
	size_t		size = strlen(folder) + strlen(name) + strlen(suffix) + 2;
	char	   *path = gw_malloc(size);

	snprintf(path, size, "%s/%s%s", folder, name, suffix);
	return path;
}
