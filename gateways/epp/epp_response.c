/*
 * epp_response.c
 *		Writing a <response>. See epp_response.h.
 */
#include "epp_response.h"
#include "epp_names.h"
#include "epp_xml.h"
#include "gw_array.h"
#include "gw_log.h"

#include <stdio.h>
#include <string.h>

void
epp_write_message(GwBuf *out, const char *text, const char *language)
{
	gw_buf_puts(out, "<msg");
	if (language && strcmp(language, "en") != 0)
		gw_buf_printf(out, " lang=\"%s\"", language);
	gw_buf_putc(out, '>');
	epp_xml_text(out, text);
	gw_buf_puts(out, "</msg>");
}

void
epp_response_begin(GwBuf *out, int code, const char *message, const char *language)
{
	gw_buf_printf(out, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n"
				  "<epp xmlns=\"" EPP_URI_EPP "\"><response><result code=\"%d\">", code);
	epp_write_message(out, message, language);
}

void
epp_response_value(GwBuf *out, const char *value, const char *reason)
{
	gw_buf_puts(out, "<extValue><value>");
	gw_buf_puts(out, value);
	gw_buf_puts(out, "</value><reason>");
	epp_xml_text(out, reason);
	gw_buf_puts(out, "</reason></extValue>");
}

void
epp_response_result_end(GwBuf *out)
{
	gw_buf_puts(out, "</result>");
}

void
epp_response_end(GwBuf *out, const char *cltrid, const char *svtrid)
{
	gw_buf_puts(out, "<trID>");
	if (*cltrid)
	{
		gw_buf_puts(out, "<clTRID>");
		epp_xml_text(out, cltrid);
		gw_buf_puts(out, "</clTRID>");
	}
	gw_buf_printf(out, "<svTRID>%s</svTRID></trID></response></epp>\n", svtrid);
}

void
epp_response_body(GwBuf *out, EppResponse *response)
{
	if (response->body->length > 0)
		gw_buf_add(out, response->body->data, response->body->length);
	if (response->extension_open)
		gw_buf_puts(out, "</extension>");
}

/* Begin data of a service, where the client can read it; false if it cannot read it anywhere. */
static bool
begin_part(EppResponse *response, int service)
{
	if (EPP_AGREED(response->services, service))
		return true;
	if (!EPP_AGREED(response->services, EPP_SERVICE_UNHANDLED))
		return false;
	response->out = response->values;
	gw_buf_puts(response->out, "<extValue><value>");
	return true;
}

/* End it; true if it was written into a value. RFC 9038, section 3 has the words. */
static bool
end_part(EppResponse *response, int service)
{
	if (response->out == response->body)
		return false;
	gw_buf_printf(response->out, "</value><reason>%s not in login services</reason></extValue>",
				  epp_service_uri((EppService) service));
	response->out = response->body;
	return true;
}

bool
epp_write_data(EppResponse *response, const char *name)
{
	if (!begin_part(response, response->service))
		return false;
	if (response->out == response->body)
		gw_buf_puts(response->out, "<resData>");
	gw_buf_printf(response->out, "<%s:%s xmlns:%s=\"%s\">", response->prefix, name, response->prefix,
				  epp_service_uri((EppService) response->service));
	return true;
}

void
epp_write_data_end(EppResponse *response, const char *name)
{
	gw_buf_printf(response->out, "</%s:%s>", response->prefix, name);
	if (!end_part(response, response->service))
		gw_buf_puts(response->out, "</resData>");
}

bool
epp_write_extension(EppResponse *response, EppService service, const char *name, const char *attributes)
{
	const char *uri = epp_service_uri(service);

	if (!begin_part(response, (int) service))
		return false;
	if (response->out == response->body && !response->extension_open)
	{
		gw_buf_puts(response->out, "<extension>");
		response->extension_open = true;
	}
	response->object_prefix = response->prefix;
	response->prefix = epp_prefix_of(uri);
	gw_buf_printf(response->out, "<%s:%s xmlns:%s=\"%s\"%s>", response->prefix, name, response->prefix, uri,
				  attributes ? attributes : "");
	return true;
}

void
epp_write_extension_end(EppResponse *response, EppService service, const char *name)
{
	gw_buf_printf(response->out, "</%s:%s>", response->prefix, name);
	response->prefix = response->object_prefix;
	end_part(response, (int) service);
}

/* "<domain:name" or "</domain:name" */
void
epp_write_tag(EppResponse *response, const char *open, const char *name)
{
	gw_buf_puts(response->out, open);
	gw_buf_puts(response->out, response->prefix);
	gw_buf_putc(response->out, ':');
	gw_buf_puts(response->out, name);
}

void
epp_write_text(EppResponse *response, const char *name, const char *text)
{
	if (text == NULL)
		return;
	epp_write_tag(response, "<", name);
	gw_buf_putc(response->out, '>');
	epp_xml_text(response->out, text);
	epp_write_tag(response, "</", name);
	gw_buf_putc(response->out, '>');
}

void
epp_write_column(EppResponse *response, const char *name, const PGresult *result, int column)
{
	if (!PQgetisnull(result, response->first_row, column))
		epp_write_text(response, name, PQgetvalue(result, response->first_row, column));
}

/*
 * "2026-11-21 11:42:11.12+00" becomes "2026-11-21T11:42:11.120Z". The session
 * is in UTC and ISO style, so nothing but the fraction varies.
 */
void
epp_time_text(const char *timestamp, char *text, size_t size)
{
	char		fraction[4] = "000";
	const char *dot = strchr(timestamp, '.');

	for (int i = 0; dot && i < 3 && dot[1 + i] >= '0' && dot[1 + i] <= '9'; i++)
		fraction[i] = dot[1 + i];
	snprintf(text, size, "%.10sT%.8s.%sZ", timestamp, strlen(timestamp) > 11 ? timestamp + 11 : "00:00:00", fraction);
}

void
epp_write_time(EppResponse *response, const char *name, const PGresult *result, int column)
{
	char		text[40];

	if (PQgetisnull(result, response->first_row, column))
		return;
	epp_time_text(PQgetvalue(result, response->first_row, column), text, sizeof(text));
	epp_write_text(response, name, text);
}

GwArray *
epp_column_array(const EppResponse *response, const PGresult *result, int column)
{
	GwArray    *array;

	if (PQgetisnull(result, response->first_row, column))
		return NULL;
	array = gw_array_parse(PQgetvalue(result, response->first_row, column));
	if (array == NULL)
		gw_log(GW_LOG_ERROR, "bad_array", "column %s", PQfname(result, column));
	return array;
}

void
epp_write_statuses(EppResponse *response, const PGresult *result, int column)
{
	GwArray    *statuses = epp_column_array(response, result, column);

	for (int i = 0; statuses && i < statuses->count; i++)
		gw_buf_printf(response->out, "<%s:status s=\"%s\"/>", response->prefix,
					  statuses->items[i] ? statuses->items[i] : "");
	gw_array_free(statuses);
}

void
epp_write_list(EppResponse *response, const char *name, const PGresult *result, int column)
{
	GwArray    *items = epp_column_array(response, result, column);

	for (int i = 0; items && i < items->count; i++)
		epp_write_text(response, name, items->items[i]);
	gw_array_free(items);
}
