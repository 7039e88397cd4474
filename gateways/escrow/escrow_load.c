/*
 * escrow_load.c
 *		An analyzed deposit becomes registry: several sessions, each of which takes one batch after the other, until none is left.
 */
#include "escrow.h"
#include "gw_log.h"
#include "gw_memory.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>

typedef struct Loader
{
	PGconn	   *database;
	bool		busy;			/* a batch is under way */
} Loader;

static bool
batch_send(Loader *loader, const char *import, const char *batch)
{
	const char *values[] = {import, batch};

	if (!PQsendQueryParams(loader->database, "SELECT dos.escrow_load($1, $2)", 2, NULL, values, NULL, NULL, 0))
		return escrow_fail("database", "%s", PQerrorMessage(loader->database));
	loader->busy = true;
	return true;
}

/* The answer to a batch: how many objects it had; -1 when it failed. */
static long
batch_take(Loader *loader)
{
	PGresult   *answer;
	long		objects = -1;

	while ((answer = PQgetResult(loader->database)) != NULL)
	{
		if (PQresultStatus(answer) == PGRES_TUPLES_OK)
			objects = atol(PQgetvalue(answer, 0, 0));
		else
			escrow_fail("database", "%s", PQerrorMessage(loader->database));
		PQclear(answer);
	}
	loader->busy = false;
	gw_log_begin(GW_LOG_DEBUG, "loaded");
	gw_log_integer("objects", objects);
	gw_log_end();
	return objects;
}

/* Wait until some of the busy ones have an answer. */
static bool
loaders_wait(Loader *loaders, int count)
{
	struct pollfd *waits = gw_malloc(sizeof(struct pollfd) * (size_t) count);
	bool		done;

	for (int i = 0; i < count; i++)
		waits[i] = (struct pollfd) {.fd = loaders[i].busy ? PQsocket(loaders[i].database) : -1, .events = POLLIN};
	done = poll(waits, (nfds_t) count, -1) > 0;
	for (int i = 0; i < count && done; i++)
		if (waits[i].revents && !PQconsumeInput(loaders[i].database))
			done = escrow_fail("database", "%s", PQerrorMessage(loaders[i].database));
	free(waits);
	return done;
}

/* Each that has an answer gets the next batch, unless there is none, or something failed: then the others end theirs. */
static bool
loaders_run(Loader *loaders, int count, const char *import, const char *batch)
{
	bool		good = true;
	int			busy = count;

	for (int i = 0; i < count; i++)
		good = good && batch_send(&loaders[i], import, batch);
	while (busy > 0)
	{
		busy = 0;
		for (int i = 0; i < count; i++)
			if (loaders[i].busy && !PQisBusy(loaders[i].database))
			{
				long		objects = batch_take(&loaders[i]);

				good = good && objects >= 0 && (objects == 0 || batch_send(&loaders[i], import, batch));
			}
		for (int i = 0; i < count; i++)
			busy += loaders[i].busy;
		if (busy > 0 && !loaders_wait(loaders, count))
			return false;
	}
	return good;
}

bool
escrow_load(PGconn *database, const char *import)
{
	int			count = (int) escrow_settings.sessions;
	Loader	   *loaders = gw_new(sizeof(Loader) * (size_t) count);
	char		batch[24];
	bool		done = true;

	snprintf(batch, sizeof(batch), "%ld", escrow_settings.batch);
	loaders[0].database = database;
	for (int i = 1; i < count && done; i++)
		done = (loaders[i].database = escrow_connect()) != NULL;
	done = done && loaders_run(loaders, count, import, batch);
	for (int i = 1; i < count; i++)
		PQfinish(loaders[i].database);
	free(loaders);
	return done;
}
