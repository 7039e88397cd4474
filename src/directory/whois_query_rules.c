/*
 * whois_query_rules.c
 *	  Reading one WHOIS query line, pure: an optional keyword, then a name in optional quotes or brackets.
 *
 *	  example.test | domain example.test | nameserver "ns1.example.test" | nameserver (192.0.2.1) |
 *	  registrar Example Registrar, Inc.
 */
#include "directory/whois_rules.h"

#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

static const char *const keywords[WHOIS_OBJECT_COUNT] = {
	[WHOIS_ANY] = "",
	[WHOIS_DOMAIN] = "domain",
	[WHOIS_NAMESERVER] = "nameserver",
	[WHOIS_REGISTRAR] = "registrar",
};

const char *
dos_whois_object_name(WhoisObject object)
{
	return keywords[object];
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static void
trim(WhoisQuery *query)
{
	while (query->length > 0 && is_blank(query->term[0]))
	{
		query->term++;
		query->length--;
	}
	while (query->length > 0 && is_blank(query->term[query->length - 1]))
		query->length--;
}

/* A keyword counts only when something follows it: "registrar" alone may be a name. */
static void
take_keyword(WhoisQuery *query)
{
	for (int object = WHOIS_ANY + 1; object < WHOIS_OBJECT_COUNT; object++)
	{
		size_t		length = strlen(keywords[object]);

		if (query->length > length && is_blank(query->term[length]) &&
			strncasecmp(query->term, keywords[object], length) == 0)
		{
			query->object = (WhoisObject) object;
			query->term += length;
			query->length -= length;
			trim(query);
			return;
		}
	}
}

static void
take_brackets(WhoisQuery *query)
{
	static const char pairs[][2] = {{'"', '"'}, {'\'', '\''}, {'(', ')'}};

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		if (query->length >= 2 && query->term[0] == pairs[i][0] && query->term[query->length - 1] == pairs[i][1])
		{
			query->term++;
			query->length -= 2;
			trim(query);
			return;
		}
}

WhoisProblem
dos_whois_parse(const char *line, size_t length, WhoisQuery *query)
{
	*query = (WhoisQuery) {WHOIS_ANY, line, length};
	if (length > WHOIS_QUERY_MAX)
		return WHOIS_TOO_LONG;
	for (size_t at = 0; at < length;)
	{
		unsigned char octet = (unsigned char) line[at];
		size_t		width = dos_text_utf8(line + at, length - at);

		if (width == 0 || (octet < 0x20 && octet != '\t') || octet == 0x7F)
			return WHOIS_CHARACTER;
		at += width;
	}
	trim(query);
	take_keyword(query);
	take_brackets(query);
	return query->length > 0 ? WHOIS_OK : WHOIS_EMPTY;
}

bool
dos_whois_is_address(const char *term)
{
	unsigned char address[sizeof(struct in6_addr)];

	return inet_pton(AF_INET, term, address) == 1 || inet_pton(AF_INET6, term, address) == 1;
}
