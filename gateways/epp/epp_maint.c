/*
 * epp_maint.c
 *		Maintenance windows: grammar, answers and messages (RFC 9167).
 *
 * The database gives {"item": {...}} or {"list": [...]}, members as in src/maintenance/maintenance.sql.
 */
#include "epp_commands.h"
#include "epp_extension.h"
#include "epp_xml.h"

#include <string.h>

/* dos.maintenance_info($2 id); no id: all */
const EppRow epp_maint_info_grammar[] = {
	{0, "info", ONE, EPP_ELEMENTS},
	{1, "list", ONE, EPP_ANYTHING, .choice = 1},
	{1, "id", ONE, EPP_TOKEN, AS_TEXT, 2, .choice = 1},
	{2, "@name", OPTIONAL, EPP_TOKEN},
	{2, "@lang", OPTIONAL, EPP_LANGUAGE},
	{.name = NULL}
};

static void
open_tag(EppResponse *response, const char *name)
{
	epp_write_tag(response, "<", name);
	gw_buf_putc(response->out, '>');
}

static void
close_tag(EppResponse *response, const char *name)
{
	epp_write_tag(response, "</", name);
	gw_buf_putc(response->out, '>');
}

/* <name attribute=...>text</name>, with the attributes that the object has */
static void
write_with(EppResponse *response, const char *name, const json_t *object, const char *text, const char *first, const char *second)
{
	epp_write_tag(response, "<", name);
	epp_write_member_attribute(response, first, object, first);
	if (second)
		epp_write_member_attribute(response, second, object, second);
	gw_buf_putc(response->out, '>');
	epp_xml_text(response->out, epp_member(object, text) ? epp_member(object, text) : "");
	close_tag(response, name);
}

static void
write_truth(EppResponse *response, const char *name, const json_t *item)
{
	epp_write_text(response, name, json_is_true(json_object_get(item, name)) ? "true" : "false");
}

static void
write_systems(EppResponse *response, const json_t *systems)
{
	size_t		i;
	json_t	   *system;

	open_tag(response, "systems");
	json_array_foreach(systems, i, system)
	{
		open_tag(response, "system");
		epp_write_member(response, "name", system, "name");
		epp_write_member(response, "host", system, "host");
		epp_write_member(response, "impact", system, "impact");
		close_tag(response, "system");
	}
	close_tag(response, "systems");
}

static void
write_tlds(EppResponse *response, const json_t *tlds)
{
	size_t		i;
	json_t	   *tld;

	if (json_array_size(tlds) == 0)
		return;
	open_tag(response, "tlds");
	json_array_foreach(tlds, i, tld)
		epp_write_text(response, "tld", json_string_value(tld));
	close_tag(response, "tlds");
}

static void
write_dates(EppResponse *response, const json_t *item)
{
	epp_write_member(response, "crDate", item, "created");
	epp_write_member(response, "upDate", item, "updated");
}

static void
write_item(EppResponse *response, const json_t *item)
{
	size_t		i;
	json_t	   *each;

	open_tag(response, "item");
	write_with(response, "id", item, "id", "name", NULL);
	json_array_foreach(json_object_get(item, "types"), i, each)
		epp_write_text(response, "type", json_string_value(each));
	epp_write_member(response, "pollType", item, "poll_type");
	write_systems(response, json_object_get(item, "systems"));
	write_with(response, "environment", json_object_get(item, "environment"), "", "type", "name");
	epp_write_member(response, "start", item, "start");
	epp_write_member(response, "end", item, "end");
	epp_write_member(response, "reason", item, "reason");
	epp_write_member(response, "detail", item, "detail");
	json_array_foreach(json_object_get(item, "descriptions"), i, each)
		write_with(response, "description", each, "text", "lang", "type");
	write_tlds(response, json_object_get(item, "tlds"));
	open_tag(response, "intervention");
	write_truth(response, "connection", item);
	write_truth(response, "implementation", item);
	close_tag(response, "intervention");
	write_dates(response, item);
	close_tag(response, "item");
}

static void
write_list(EppResponse *response, const json_t *list)
{
	size_t		i;
	json_t	   *item;

	open_tag(response, "list");
	json_array_foreach(list, i, item)
	{
		open_tag(response, "listItem");
		write_with(response, "id", item, "id", "name", NULL);
		epp_write_member(response, "start", item, "start");
		epp_write_member(response, "end", item, "end");
		write_dates(response, item);
		close_tag(response, "listItem");
	}
	close_tag(response, "list");
}

static void
write_data(EppResponse *response, const json_t *data)
{
	if (data == NULL || !epp_write_data(response, "infData"))
		return;
	if (json_object_get(data, "list"))
		write_list(response, json_object_get(data, "list"));
	else
		write_item(response, json_object_get(data, "item"));
	epp_write_data_end(response, "infData");
}

/* Columns of dos.maintenance_info: code, data */
void
epp_maint_write_info(EppResponse *response, const PGresult *result)
{
	json_t	   *data = json_loads(PQgetvalue(result, 0, 1), 0, NULL);

	write_data(response, data);
	json_decref(data);
}

/* A message: the window is member "maint" of the last column. */
void
epp_maint_write_message(EppResponse *response, const PGresult *result)
{
	json_t	   *extension = json_loads(PQgetvalue(result, 0, PQnfields(result) - 1), 0, NULL);

	write_data(response, json_object_get(extension, "maint"));
	json_decref(extension);
}
