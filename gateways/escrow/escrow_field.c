/*
 * escrow_field.c
 *		Fields of a row from children of an element. See escrow_field.h.
 */
#include "escrow_field.h"
#include "gw_array.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
row_field(Row *row, const char *text)
{
	stage_field(row->stage, row->table, text);
}

/* The text of a child; empty is absent. */
void
row_child(Row *row, xmlNodePtr parent, const char *name)
{
	char	   *text = object_text(object_child(parent, name));

	row_field(row, text && *text ? text : NULL);
	xmlFree(text);
}

/* Names are compared: lower case, without the final dot. */
char *
row_name_text(xmlNodePtr node)
{
	char	   *text = object_text(node);
	size_t		length = text ? strlen(text) : 0;

	for (size_t i = 0; i < length; i++)
		if ((unsigned char) text[i] < 0x80)
			text[i] = (char) tolower((unsigned char) text[i]);
	if (length > 1 && text[length - 1] == '.')
		text[length - 1] = '\0';
	return text;
}

void
row_name(Row *row, xmlNodePtr node)
{
	char	   *text = row_name_text(node);

	row_field(row, text && *text ? text : NULL);
	xmlFree(text);
}

static bool
digits(const char **at, int count)
{
	for (int i = 0; i < count; i++)
		if (!isdigit((unsigned char) *(*at)++))
			return false;
	return true;
}

/* dateTime of XML Schema, four digits of year, with a zone; the database judges month and day. */
bool
text_is_instant(const char *at)
{
	int			month,
				day;

	if (!digits(&at, 4) || *at++ != '-' || !digits(&at, 2) || *at++ != '-' || !digits(&at, 2) || *at++ != 'T')
		return false;
	month = atoi(at - 6);
	day = atoi(at - 3);
	if (month < 1 || month > 12 || day < 1 || day > (month == 2 ? 29 : 30 + ((month + month / 8) & 1)))
		return false;
	if (!digits(&at, 2) || *at++ != ':' || !digits(&at, 2) || *at++ != ':' || !digits(&at, 2))
		return false;
	if (atoi(at - 8) > 23 || atoi(at - 5) > 59 || atoi(at - 2) > 59)
		return false;
	if (*at == '.')
		for (at++; isdigit((unsigned char) *at); at++)
			;
	if (strcmp(at, "Z") == 0)
		return true;
	return (*at == '+' || *at == '-') && (at++, digits(&at, 2)) && *at++ == ':' && digits(&at, 2) && *at == '\0';
}

void
row_instant(Row *row, xmlNodePtr parent, const char *name)
{
	char	   *text = object_text(object_child(parent, name));

	if (text && *text && !text_is_instant(text))
	{
		stage_problem(row->stage, "error", stage_kind(row->table), row->key, row->line, "read_date", text);
		row_field(row, NULL);
	}
	else
		row_field(row, text && *text ? text : NULL);
	xmlFree(text);
}

/* A whole number, else a problem. */
void
row_number(Row *row, xmlNodePtr parent, const char *name)
{
	char	   *text = object_text(object_child(parent, name));
	bool		good = text && *text && strlen(text) <= 9 && strspn(text, "0123456789") == strlen(text);

	if (text && *text && !good)
		stage_problem(row->stage, "error", stage_kind(row->table), row->key, row->line, "read_number", text);
	row_field(row, good ? text : NULL);
	xmlFree(text);
}

/* Attribute `s` of all elements of a name: statuses; RGP statuses have their text behind it. */
void
row_statuses(Row *row, xmlNodePtr parent, const char *name, bool with_text)
{
	GwBuf		list = {0};

	gw_array_begin(&list);
	for (xmlNodePtr child = object_child(parent, name); child; child = object_next(child))
	{
		char	   *status = (char *) xmlGetProp(child, (const xmlChar *) "s");
		char	   *text = object_text(child);
		GwBuf		item = {0};

		gw_buf_puts(&item, status ? status : "");
		if (with_text && text && *text)
			gw_buf_printf(&item, " %s", text);
		gw_array_add(&list, item.data ? item.data : "");
		gw_buf_free(&item);
		xmlFree(status);
		xmlFree(text);
	}
	gw_array_end(&list);
	row_field(row, list.data);
	gw_buf_free(&list);
}

/* Our own deposits have words key=value in the text of a status; what others write there is for people. */
void
row_facts(Row *row, xmlNodePtr domain)
{
	char	   *text = NULL;

	for (xmlNodePtr child = object_child(domain, "status"); child && !(text && strchr(text, '=')); child = object_next(child))
	{
		xmlFree(text);
		text = object_text(child);
	}
	row_field(row, text && strchr(text, '=') ? text : NULL);
	xmlFree(text);
}

/* The texts of all children of a name as a list. */
void
row_texts(Row *row, xmlNodePtr parent, const char *name, bool names)
{
	GwBuf		list = {0};

	gw_array_begin(&list);
	for (xmlNodePtr child = object_child(parent, name); child; child = object_next(child))
	{
		char	   *text = names ? row_name_text(child) : object_text(child);

		gw_array_add(&list, text ? text : "");
		xmlFree(text);
	}
	gw_array_end(&list);
	row_field(row, list.data);
	gw_buf_free(&list);
}
