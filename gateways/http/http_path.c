/*
 * http_path.c
 *		The path of an RDAP request. See http_path.h.
 *
 * Percent-encoding is decoded once and strictly: an escape that is not two hex
 * digits, one that gives a control character (so also NUL, CR and LF) and text
 * that is not UTF-8 make the request malformed.
 */
#include "http_path.h"
#include "gw_utf8.h"

#include <string.h>

const char *const http_route_names[] = {
	[HTTP_DOMAIN] = "domain",
	[HTTP_NAMESERVER] = "nameserver",
	[HTTP_ENTITY] = "entity",
	[HTTP_HELP] = "help",
	[HTTP_UNSUPPORTED] = "unsupported",
	[HTTP_UNKNOWN] = "unknown",
	[HTTP_MALFORMED] = "malformed",
};

static const struct
{
	const char *word;
	HttpRoute	route;
	bool		has_term;
}			queries[] = {
	{"domain", HTTP_DOMAIN, true},
	{"nameserver", HTTP_NAMESERVER, true},
	{"entity", HTTP_ENTITY, true},
	{"help", HTTP_HELP, false},
	{"domains", HTTP_UNSUPPORTED, false},
	{"nameservers", HTTP_UNSUPPORTED, false},
	{"entities", HTTP_UNSUPPORTED, false},
	{"ip", HTTP_UNSUPPORTED, true},
	{"autnum", HTTP_UNSUPPORTED, true},
};

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

/* Decode a segment; false when it is malformed, empty or too long. */
static bool
segment_decode(const char *from, char *term)
{
	size_t		length = 0;

	for (; *from; from++)
	{
		char		octet = *from;

		if (octet == '/' || length == HTTP_SEGMENT_MAX)
			return false;
		if (octet == '%')
		{
			int			high = hex_digit(from[1]);
			int			low = high < 0 ? -1 : hex_digit(from[2]);

			if (low < 0)
				return false;
			octet = (char) (high << 4 | low);
			from += 2;
		}
		term[length++] = octet;
	}
	term[length] = '\0';
	return length > 0 && gw_utf8_is_text(term, length);
}

HttpRoute
http_path_route(const char *path, const char *base, char *term)
{
	size_t		base_length = strlen(base);

	if (strncmp(path, base, base_length) != 0)
		return HTTP_UNKNOWN;
	path += base_length;
	for (size_t i = 0; i < sizeof(queries) / sizeof(queries[0]); i++)
	{
		size_t		length = strlen(queries[i].word);

		if (strncmp(path, queries[i].word, length) != 0)
			continue;
		if (queries[i].route == HTTP_UNSUPPORTED && (path[length] == '\0' || path[length] == '/'))
			return HTTP_UNSUPPORTED;
		if (!queries[i].has_term && path[length] == '\0')
			return queries[i].route;
		if (queries[i].has_term && path[length] == '/')
			return segment_decode(path + length + 1, term) ? queries[i].route : HTTP_MALFORMED;
		if (queries[i].has_term && path[length] == '\0')
			return HTTP_MALFORMED;
	}
	return HTTP_UNKNOWN;
}
