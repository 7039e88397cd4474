/*
 * epp_extension.c
 *		What extensions say, in commands and answers. See epp_extension.h.
 */
#include "epp_extension.h"
#include "epp_xml.h"
#include "gw_log.h"
#include "gw_memory.h"

#include <stdio.h>

/* In the order in which they stand in an answer. */
static const struct
{
	const char *key;
	void		(*write) (EppResponse *response, const EppPart *part);
}			writers[] = {
	{"launch", epp_launch_write},
	{"idn", epp_idn_write},
	{"bundle", epp_bdn_write},
	{"token", epp_token_write},
	{"org", epp_orgext_write},
	{"ttl", epp_ttl_write},
	{"addl_email", epp_addl_email_write},
	{"fee", epp_fee_write},
	{"change", epp_change_poll_write},
};

/* What an answer has although the command said nothing (RFC 8748, section 5). */
static const struct
{
	EppServices any;			/* of these */
	EppVerb		verb;
	EppService	object;
	const char *key;
}			expected[] = {
	{EPP_FEE_SERVICES, EPP_CREATE, EPP_SERVICE_DOMAIN, "fee"},
	{EPP_FEE_SERVICES, EPP_DELETE, EPP_SERVICE_DOMAIN, "fee"},
	{EPP_FEE_SERVICES, EPP_RENEW, EPP_SERVICE_DOMAIN, "fee"},
	{EPP_FEE_SERVICES, EPP_TRANSFER, EPP_SERVICE_DOMAIN, "fee"},
	{EPP_FEE_SERVICES, EPP_UPDATE, EPP_SERVICE_DOMAIN, "fee"},
};

void
epp_extensions_expect(const EppCommand *command, EppServices services, EppParameters *parameters)
{
	for (size_t i = 0; i < sizeof(expected) / sizeof(expected[0]); i++)
	{
		json_t	   *object;

		if (!(services & expected[i].any) || command->verb != expected[i].verb
			|| command->service != (int) expected[i].object)
			continue;
		object = epp_parameters_extensions(parameters);
		if (json_object_get(object, expected[i].key) == NULL)
			json_object_set_new(object, expected[i].key, json_object());
	}
}

/* The object in the last column of a row; NULL if there is none. */
static json_t *
row_object(const PGresult *result, int row)
{
	int			column = PQnfields(result) - 1;
	json_t	   *object;

	if (PQgetisnull(result, row, column))
		return NULL;
	object = json_loads(PQgetvalue(result, row, column), 0, NULL);
	if (object == NULL)
		gw_log(GW_LOG_ERROR, "bad_extension", "column %s is no JSON", PQfname(result, column));
	return object;
}

void
epp_extensions_write(EppResponse *response, const EppCommand *command, const PGresult *result)
{
	EppPart		part = {.command = command, .result = result, .first_row = response->first_row};
	json_t	  **objects;
	bool		any = false;

	for (int i = 0; i < response->row_count; i++)
		any |= !PQgetisnull(result, part.first_row + i, PQnfields(result) - 1);
	if (!any)
		return;
	part.count = response->row_count;
	part.values = gw_new((size_t) part.count * sizeof(json_t *));
	objects = gw_new((size_t) part.count * sizeof(json_t *));
	for (int i = 0; i < part.count; i++)
		objects[i] = row_object(result, part.first_row + i);
	for (size_t w = 0; w < sizeof(writers) / sizeof(writers[0]); w++)
	{
		any = false;
		for (int i = 0; i < part.count; i++)
		{
			part.values[i] = json_object_get(objects[i], writers[w].key);
			any |= part.values[i] != NULL && !json_is_null(part.values[i]);
		}
		if (any)
			writers[w].write(response, &part);
	}
	for (int i = 0; i < part.count; i++)
		json_decref(objects[i]);
	free(objects);
	free(part.values);
}

const char *
epp_member(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

/* The text of a scalar; NULL if it is none. */
static const char *
scalar_text(const json_t *value, char *buffer, size_t size)
{
	if (json_is_boolean(value))
		return json_is_true(value) ? "1" : "0";
	if (!json_is_integer(value))
		return json_string_value(value);
	snprintf(buffer, size, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
	return buffer;
}

void
epp_write_member(EppResponse *response, const char *name, const json_t *object, const char *key)
{
	char		number[24];

	epp_write_text(response, name, scalar_text(json_object_get(object, key), number, sizeof(number)));
}

void
epp_write_member_attribute(EppResponse *response, const char *name, const json_t *object, const char *key)
{
	char		number[24];
	const char *text = scalar_text(json_object_get(object, key), number, sizeof(number));

	if (text == NULL)
		return;
	gw_buf_printf(response->out, " %s=\"", name);
	epp_xml_attribute(response->out, text);
	gw_buf_putc(response->out, '"');
}
