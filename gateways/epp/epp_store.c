/*
 * epp_store.c
 *		Where values go. See epp_store.h.
 */
#include "epp_store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The object that members go into. */
static json_t *
object_at_hand(EppReader *reader)
{
	return reader->object ? reader->object : epp_parameters_extensions(reader->parameters);
}

/* The array of this name in an object. */
static json_t *
array_of(json_t *object, const char *key)
{
	json_t	   *array = json_object_get(object, key);

	if (array == NULL)
	{
		array = json_array();
		json_object_set_new(object, key, array);
	}
	return array;
}

/* The value in reader->text as JSON of its type. */
static json_t *
json_value(const EppReader *reader, EppType type)
{
	const char *text = reader->text->data;

	if (type == EPP_BOOLEAN)
		return json_boolean(*text == 't');
	if (type == EPP_PERIOD || type == EPP_TTL)
		return *text ? json_integer(strtol(text, NULL, 10)) : json_null();
	return json_string(text);
}

static bool
store_member(EppReader *reader, const EppRow *row, const xmlNode *node, const char *key)
{
	json_t	   *value = json_value(reader, row->type);
	size_t		count = row->unique ? json_array_size(reader->array) : 0;

	json_object_set_new(object_at_hand(reader), key, value);
	for (size_t i = 0; i + 1 < count; i++)
	{
		if (!json_equal(json_object_get(json_array_get(reader->array, i), key), value))
			continue;
		epp_flaw(reader->flaw, 2001, node, "\"%s\" is given twice", reader->text->data);
		return false;
	}
	return true;
}

/* Put the value in reader->text where its row wants it. */
bool
epp_store(EppReader *reader, const EppRow *row, const xmlNode *node, int occurrence)
{
	EppParameters *p = reader->parameters;
	static GwBuf joined;

	switch (row->as)
	{
		case AS_TEXT:
			epp_parameters_text(p, row->into, reader->text->data);
			break;
		case AS_EMPTY:
			epp_parameters_text(p, row->into, "");
			break;
		case AS_LIST:
			epp_parameters_append(p, row->into, reader->text);
			break;
		case AS_QUALIFIER:
			snprintf(reader->qualifier, sizeof(reader->qualifier), "%s", reader->text->data);
			break;
		case AS_QUALIFIED:
			if (*reader->qualifier == '\0')
			{
				/* optional in the schema, but nothing can be done without it */
				epp_flaw(reader->flaw, 2003, node, "attribute \"%s\" of \"%s\" is missing", row[1].name + 1, row->name);
				return false;
			}
			gw_buf_reset(&joined);
			gw_buf_printf(&joined, "%s:%s", reader->qualifier, reader->text->data);
			epp_parameters_append(p, row->into, &joined);
			break;
		case AS_NAME:
			gw_buf_reset(&joined);
			gw_buf_printf(&joined, "%s%s%s", row->name, *reader->qualifier ? ":" : "", reader->qualifier);
			epp_parameters_append(p, row->into, &joined);
			break;
		case AS_PIECE:
			if (strchr(reader->text->data, ' '))
			{
				epp_flaw(reader->flaw, 2005, node, "element \"%s\" must not contain spaces", row->name);
				return false;
			}
			if (reader->group->length > 0)
				gw_buf_putc(reader->group, ' ');
			gw_buf_add(reader->group, reader->text->data, reader->text->length);
			break;
		case AS_FIELD:
			reader->field_set[row->into + occurrence] = true;
			gw_buf_reset(&reader->fields[row->into + occurrence]);
			gw_buf_puts(&reader->fields[row->into + occurrence], reader->text->data);
			break;
		case AS_UNIMPLEMENTED:
			epp_flaw(reader->flaw, 2102, node, "element \"%s\" is not supported", row->name);
			return false;
		case AS_MEMBER:
			return store_member(reader, row, node, row->key);
		case AS_OBJECT:
		case AS_OBJECTS:
			return row->value == NULL || store_member(reader, row, node, row->value);
		case AS_STRINGS:
			json_array_append_new(array_of(object_at_hand(reader), row->key), json_value(reader, row->type));
			break;
		case AS_NOTHING:
		case AS_GROUP:
		case AS_POSTAL:
			break;
	}
	return true;
}

void
epp_store_object(EppReader *reader, const EppRow *row)
{
	json_t	   *object = json_object();

	if (row->as == AS_OBJECTS)
	{
		reader->array = array_of(object_at_hand(reader), row->key);
		json_array_append_new(reader->array, object);
	}
	else
		json_object_set_new(object_at_hand(reader), row->key, object);
	reader->object = object;
}
