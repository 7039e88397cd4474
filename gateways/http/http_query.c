/*
 * http_query.c
 *		Percent-encoding and query strings. See http_query.h.
 *
 * Percent-encoding is decoded once and strictly: an escape that is not two hex
 * digits, one that gives a control character (so also NUL, CR and LF) and text
 * that is not UTF-8 make the request malformed.
 */
#include "http_query.h"
#include "gw_utf8.h"

#include <string.h>

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

bool
http_percent_decode(const char *from, int length, char *out)
{
	size_t		size = 0;

	for (int i = 0; i < length; i++)
	{
		char		octet = from[i];

		if (octet == '%')
		{
			int			high = i + 2 < length ? hex_digit(from[i + 1]) : -1;
			int			low = high < 0 ? -1 : hex_digit(from[i + 2]);

			if (low < 0)
				return false;
			octet = (char) (high << 4 | low);
			i += 2;
		}
		out[size++] = octet;
	}
	out[size] = '\0';
	return gw_utf8_is_text(out, size);
}

bool
http_query_parse(const char *string, HttpQuery *query)
{
	char	   *out = query->text;

	query->count = 0;
	if (string == NULL)
		return true;
	if (strlen(string) > HTTP_QUERY_BYTES_MAX - 2 * HTTP_QUERY_PAIRS_MAX)
		return false;
	while (*string)
	{
		int			length = (int) strcspn(string, "&");
		const char *equals = memchr(string, '=', (size_t) length);
		int			key = equals ? (int) (equals - string) : length;

		if (length > 0)
		{
			if (query->count == HTTP_QUERY_PAIRS_MAX || !http_percent_decode(string, key, out))
				return false;
			query->keys[query->count] = out;
			out += strlen(out) + 1;
			if (!http_percent_decode(equals ? equals + 1 : "", equals ? length - key - 1 : 0, out))
				return false;
			query->values[query->count++] = out;
			out += strlen(out) + 1;
		}
		string += length;
		string += *string == '&';
	}
	return true;
}

const char *
http_query_value(const HttpQuery *query, const char *key)
{
	for (int i = 0; i < query->count; i++)
		if (strcmp(query->keys[i], key) == 0)
			return query->values[i];
	return NULL;
}
