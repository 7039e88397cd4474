/*
 * http_path.c
 *		The path of a request. See http_path.h.
 */
#include "http_path.h"
#include "http_query.h"

#include <string.h>

const char *const http_route_names[] = {
	[HTTP_DOMAIN] = "domain",
	[HTTP_NAMESERVER] = "nameserver",
	[HTTP_ENTITY] = "entity",
	[HTTP_HELP] = "help",
	[HTTP_SEARCH_DOMAINS] = "domains",
	[HTTP_SEARCH_NAMESERVERS] = "nameservers",
	[HTTP_SEARCH_ENTITIES] = "entities",
	[HTTP_SEARCH_REVERSE] = "domains/reverse_search/entity",
	[HTTP_DAS] = "das",
	[HTTP_BOOTSTRAP] = "bootstrap",
	[HTTP_WEB] = "web",
	[HTTP_UNSUPPORTED] = "unsupported",
	[HTTP_UNKNOWN] = "unknown",
	[HTTP_MALFORMED] = "malformed",
};

/* What may follow the word. */
typedef enum PathRest
{
	REST_NONE,
	REST_TERM,					/* "/" and one segment that is not empty */
	REST_FILE,					/* "/" and one segment */
	REST_ANYTHING				/* nothing, or "/" and anything */
} PathRest;

static const struct
{
	const char *word;
	HttpRoute	route;
	PathRest	rest;
}			queries[] = {
	{"domain", HTTP_DOMAIN, REST_TERM},
	{"nameserver", HTTP_NAMESERVER, REST_TERM},
	{"entity", HTTP_ENTITY, REST_TERM},
	{"help", HTTP_HELP, REST_NONE},
	{"domains/reverse_search/entity", HTTP_SEARCH_REVERSE, REST_NONE},
	{"domains", HTTP_SEARCH_DOMAINS, REST_NONE},
	{"nameservers", HTTP_SEARCH_NAMESERVERS, REST_NONE},
	{"entities", HTTP_SEARCH_ENTITIES, REST_NONE},
	{"das", HTTP_DAS, REST_NONE},
	{"dns.json", HTTP_BOOTSTRAP, REST_NONE},
	{"web", HTTP_WEB, REST_FILE},
	{"domains", HTTP_UNSUPPORTED, REST_ANYTHING},
	{"nameservers", HTTP_UNSUPPORTED, REST_ANYTHING},
	{"entities", HTTP_UNSUPPORTED, REST_ANYTHING},
	{"ip", HTTP_UNSUPPORTED, REST_ANYTHING},
	{"autnum", HTTP_UNSUPPORTED, REST_ANYTHING},
};

/* Decode a segment; false when it is malformed or too long. */
static bool
segment_decode(const char *from, char *term)
{
	size_t		length = strlen(from);
	size_t		decoded = length;

	for (const char *c = from; *c; c++)
		decoded -= *c == '%' && decoded >= 2 ? 2 : 0;
	return decoded <= HTTP_SEGMENT_MAX && memchr(from, '/', length) == NULL && http_percent_decode(from, (int) length, term);
}

/* Does the rest of the path suit this query? HTTP_UNKNOWN: it is another one. */
static HttpRoute
route_of(size_t query, const char *rest, char *term)
{
	switch (queries[query].rest)
	{
		case REST_NONE:
			return *rest == '\0' ? queries[query].route : HTTP_UNKNOWN;
		case REST_ANYTHING:
			return *rest == '\0' || *rest == '/' ? queries[query].route : HTTP_UNKNOWN;
		case REST_FILE:
			return *rest == '/' && segment_decode(rest + 1, term) ? queries[query].route : HTTP_UNKNOWN;
		case REST_TERM:
			if (*rest == '/' && rest[1] != '\0' && segment_decode(rest + 1, term))
				return queries[query].route;
			return *rest == '/' || *rest == '\0' ? HTTP_MALFORMED : HTTP_UNKNOWN;
	}
	return HTTP_UNKNOWN;
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
		HttpRoute	route = strncmp(path, queries[i].word, length) == 0 ? route_of(i, path + length, term) : HTTP_UNKNOWN;

		if (route != HTTP_UNKNOWN)
			return route;
	}
	return HTTP_UNKNOWN;
}
