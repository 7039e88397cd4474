/*
 * epp_greeting.c
 *		The greeting. See epp_greeting.h.
 *
 * Everything but the date is made once, when the database answers; the date is
 * put between the two halves.
 */
#include "epp_greeting.h"
#include "epp_names.h"
#include "epp_xml.h"
#include "gw_array.h"
#include "gw_log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Columns of dos.epp_greeting */
enum
{
	SERVER_ID, LANGUAGES, OBJECT_URIS, EXTENSION_URIS, DCP, CHECK_MAX, REPLAYS, COLUMNS
};

EppServer	epp_server = {.check_max = 1};

static GwBuf before_date;
static GwBuf after_date;

/* <element>item</element> for each item of a text[] column; how many there were. */
static int
write_items(const PGresult *result, int column, const char *element)
{
	GwArray    *items = PQgetisnull(result, 0, column) ? NULL : gw_array_parse(PQgetvalue(result, 0, column));
	int			written = 0;

	for (int i = 0; items && i < items->count; i++)
	{
		if (items->items[i] == NULL)
			continue;
		gw_buf_printf(&after_date, "<%s>", element);
		epp_xml_text(&after_date, items->items[i]);
		gw_buf_printf(&after_date, "</%s>", element);
		written++;
	}
	gw_array_free(items);
	return written;
}

/* Is there anything in this text[] column? */
static bool
has_items(const PGresult *result, int column)
{
	return !PQgetisnull(result, 0, column) && strcmp(PQgetvalue(result, 0, column), "{}") != 0;
}

bool
epp_greeting_load(const PGresult *result)
{
	if (PQntuples(result) != 1 || PQnfields(result) < COLUMNS || PQgetisnull(result, 0, SERVER_ID)
		|| PQgetisnull(result, 0, DCP) || !has_items(result, LANGUAGES) || !has_items(result, OBJECT_URIS))
	{
		gw_log(GW_LOG_ERROR, "bad_greeting", "dos.epp_greeting() gave no server id, language, object or policy");
		return false;
	}
	epp_server.check_max = atoi(PQgetvalue(result, 0, CHECK_MAX));
	epp_server.replays = *PQgetvalue(result, 0, REPLAYS) == 't';
	gw_buf_reset(&before_date);
	gw_buf_reset(&after_date);
	gw_buf_puts(&before_date, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n"
				"<epp xmlns=\"" EPP_URI_EPP "\"><greeting><svID>");
	epp_xml_text(&before_date, PQgetvalue(result, 0, SERVER_ID));
	gw_buf_puts(&before_date, "</svID><svDate>");
	gw_buf_puts(&after_date, "</svDate><svcMenu><version>1.0</version>");
	write_items(result, LANGUAGES, "lang");
	write_items(result, OBJECT_URIS, "objURI");
	if (has_items(result, EXTENSION_URIS))
	{
		gw_buf_puts(&after_date, "<svcExtension>");
		write_items(result, EXTENSION_URIS, "extURI");
		gw_buf_puts(&after_date, "</svcExtension>");
	}
	/* dcp is XML already: the children of <dcp> */
	gw_buf_printf(&after_date, "</svcMenu><dcp>%s</dcp></greeting></epp>\n", PQgetvalue(result, 0, DCP));
	return true;
}

bool
epp_greeting_known(void)
{
	return after_date.length > 0;
}

void
epp_greeting_write(GwBuf *out)
{
	struct timespec now;
	struct tm	parts;
	char		date[32];

	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &parts);
	strftime(date, sizeof(date), "%Y-%m-%dT%H:%M:%S", &parts);
	gw_buf_add(out, before_date.data, before_date.length);
	gw_buf_printf(out, "%s.%03ldZ", date, now.tv_nsec / 1000000);
	gw_buf_add(out, after_date.data, after_date.length);
}
