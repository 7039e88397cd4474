/*
 * gw_array.c
 *		PostgreSQL one-dimensional array literals. See gw_array.h.
 *
 * A parsed array is one block of memory: struct, pointers, then the texts,
 * which can never be longer than the literal they came from.
 */
#include "gw_array.h"
#include "gw_memory.h"

#include <stdbool.h>
#include <strings.h>

/* How many elements the literal can have at most. */
static int
array_count_max(const char *literal)
{
	int			count = 1;

	for (; *literal; literal++)
		count += *literal == ',';
	return count;
}

/*
 * Copy one element from *in to *out and step over it. False if malformed.
 */
static bool
array_element(const char **in, char **out, char **item)
{
	const char *p = *in;
	char	   *o = *out;
	bool		quoted = *p == '"';

	*item = o;
	if (quoted)
	{
		for (p++; *p && *p != '"'; p++)
		{
			if (*p == '\\' && p[1])
				p++;
			*o++ = *p;
		}
		if (*p++ != '"')
			return false;
	}
	else
	{
		for (; *p && *p != ',' && *p != '}'; p++)
		{
			if (*p == '{' || *p == '"')
				return false;
			if (*p == '\\' && p[1])
				p++;
			*o++ = *p;
		}
	}
	*o++ = '\0';
	if (!quoted && strcasecmp(*item, "NULL") == 0)
		*item = NULL;
	*in = p;
	*out = o;
	return true;
}

GwArray *
gw_array_parse(const char *literal)
{
	int			max = array_count_max(literal);
	size_t		head = sizeof(GwArray) + (size_t) max * sizeof(char *);
	GwArray    *array = gw_malloc(head + strlen(literal) + (size_t) max + 1);
	char	   *out = (char *) array + head;
	const char *p = literal;

	array->count = 0;
	array->items = (char **) (array + 1);
	if (*p++ != '{')
		goto malformed;
	if (*p == '}')
		return array;
	for (;;)
	{
		if (!array_element(&p, &out, &array->items[array->count]))
			goto malformed;
		array->count++;
		if (*p == '}' && p[1] == '\0')
			return array;
		if (*p++ != ',')
			goto malformed;
	}
malformed:
	free(array);
	return NULL;
}

void
gw_array_free(GwArray *array)
{
	free(array);
}

void
gw_array_begin(GwBuf *buf)
{
	gw_buf_reset(buf);
	gw_buf_putc(buf, '{');
}

void
gw_array_add(GwBuf *buf, const char *element)
{
	if (element == NULL)
	{
		if (buf->length > 1)
			gw_buf_putc(buf, ',');
		gw_buf_puts(buf, "NULL");
		return;
	}
	gw_array_add_bytes(buf, element, strlen(element));
}

void
gw_array_add_bytes(GwBuf *buf, const char *element, size_t length)
{
	if (buf->length > 1)
		gw_buf_putc(buf, ',');
	gw_buf_reserve(buf, length * 2 + 2);
	gw_buf_putc(buf, '"');
	for (size_t i = 0, plain; i < length; i += plain)
	{
		for (plain = 0; i + plain < length && element[i + plain] != '"' && element[i + plain] != '\\'; plain++)
			;
		gw_buf_add(buf, element + i, plain);
		if (plain == 0)
		{
			gw_buf_putc(buf, '\\');
			gw_buf_putc(buf, element[i]);
			plain = 1;
		}
	}
	gw_buf_putc(buf, '"');
}

void
gw_array_end(GwBuf *buf)
{
	gw_buf_putc(buf, '}');
}
