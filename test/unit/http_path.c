/*
 * http_path.c
 *		Paths and what they ask for: routes, strict decoding, base paths.
 */
#include "http_path.h"
#include "http_query.h"

#include "gw_tap.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct
{
	const char *path;
	HttpRoute	route;
	const char *term;
}			cases[] = {
	{"/domain/a.test", HTTP_DOMAIN, "a.test"},
	{"/nameserver/ns1.a.test", HTTP_NAMESERVER, "ns1.a.test"},
	{"/entity/A%20B%2fC", HTTP_ENTITY, "A B/C"},
	{"/entity/100%25", HTTP_ENTITY, "100%"},
	{"/domain/b%C3%BCcher.test", HTTP_DOMAIN, "b\xC3\xBC" "cher.test"},
	{"/domain/b\xC3\xBC" "cher.test", HTTP_DOMAIN, "b\xC3\xBC" "cher.test"},
	{"/domain/%61", HTTP_DOMAIN, "a"},
	{"/domain/%2561", HTTP_DOMAIN, "%61"},
	{"/help", HTTP_HELP, NULL},
	{"/help/", HTTP_UNKNOWN, NULL},
	{"/helper", HTTP_UNKNOWN, NULL},
	{"/domain", HTTP_MALFORMED, NULL},
	{"/domain/", HTTP_MALFORMED, NULL},
	{"/domain/a/", HTTP_MALFORMED, NULL},
	{"/domain/a/b", HTTP_MALFORMED, NULL},
	{"/domain/%", HTTP_MALFORMED, NULL},
	{"/domain/%4", HTTP_MALFORMED, NULL},
	{"/domain/%4g", HTTP_MALFORMED, NULL},
	{"/domain/%00", HTTP_MALFORMED, NULL},
	{"/domain/a%0d%0a", HTTP_MALFORMED, NULL},
	{"/domain/%7f", HTTP_MALFORMED, NULL},
	{"/domain/%ff", HTTP_MALFORMED, NULL},
	{"/domain/%c0%80", HTTP_MALFORMED, NULL},
	{"/domain/%c3", HTTP_MALFORMED, NULL},
	{"/domains", HTTP_SEARCH_DOMAINS, NULL},
	{"/nameservers", HTTP_SEARCH_NAMESERVERS, NULL},
	{"/entities", HTTP_SEARCH_ENTITIES, NULL},
	{"/domains/", HTTP_UNSUPPORTED, NULL},
	{"/domains/reverse_search/entity", HTTP_SEARCH_REVERSE, NULL},
	{"/domains/reverse_search/nameserver", HTTP_UNSUPPORTED, NULL},
	{"/domains/reverse_search/entity/", HTTP_UNSUPPORTED, NULL},
	{"/domainsx", HTTP_UNKNOWN, NULL},
	{"/das", HTTP_DAS, NULL},
	{"/das/a", HTTP_UNKNOWN, NULL},
	{"/dns.json", HTTP_BOOTSTRAP, NULL},
	{"/dns.json/", HTTP_UNKNOWN, NULL},
	{"/dns", HTTP_UNKNOWN, NULL},
	{"/web/", HTTP_WEB, ""},
	{"/web/lookup.js", HTTP_WEB, "lookup.js"},
	{"/web/..%2f..%2fetc", HTTP_WEB, "../../etc"},
	{"/web/a/b", HTTP_UNKNOWN, NULL},
	{"/web", HTTP_UNKNOWN, NULL},
	{"/ip/192.0.2.0/24", HTTP_UNSUPPORTED, NULL},
	{"/autnum/1", HTTP_UNSUPPORTED, NULL},
	{"/ipx", HTTP_UNKNOWN, NULL},
	{"/", HTTP_UNKNOWN, NULL},
	{"", HTTP_UNKNOWN, NULL},
	{"*", HTTP_UNKNOWN, NULL},
	{"//domain/a", HTTP_UNKNOWN, NULL},
	{"/DOMAIN/a", HTTP_UNKNOWN, NULL},
};

static void
test_base(void)
{
	char		term[HTTP_SEGMENT_MAX + 1];

	ok(http_path_route("/rdap/v1/help", "/rdap/v1/", term) == HTTP_HELP, "a base path");
	ok(http_path_route("/help", "/rdap/v1/", term) == HTTP_UNKNOWN, "without it");
	ok(http_path_route("/rdap/v1", "/rdap/v1/", term) == HTTP_UNKNOWN, "only it");
	ok(http_path_route("/rdap/v1x/help", "/rdap/v1/", term) == HTTP_UNKNOWN, "another one");
}

static void
test_lengths(void)
{
	static char path[HTTP_SEGMENT_MAX + 20] = "/domain/";
	char		term[HTTP_SEGMENT_MAX + 1];

	memset(path + 8, 'a', HTTP_SEGMENT_MAX);
	ok(http_path_route(path, "/", term) == HTTP_DOMAIN && strlen(term) == HTTP_SEGMENT_MAX, "the longest term");
	path[8 + HTTP_SEGMENT_MAX] = 'a';
	ok(http_path_route(path, "/", term) == HTTP_MALFORMED, "one octet more");
}

static void
test_query(void)
{
	static const struct
	{
		const char *string;
		int			count;		/* -1: malformed */
		const char *pairs[4];
	}			strings[] = {
		{NULL, 0, {0}}, {"", 0, {0}}, {"&&", 0, {0}}, {"a=1", 1, {"a", "1"}}, {"a", 1, {"a", ""}}, {"a=&b=%20+", 2, {"a", "", "b", " +"}},
		{"a=b=c&%61=%3D", 2, {"a", "b=c", "a", "="}}, {"=x", 1, {"", "x"}}, {"a=%", -1, {0}}, {"a=%4", -1, {0}}, {"%zz=1", -1, {0}}, {"a=%00", -1, {0}},
		{"a=%0a", -1, {0}}, {"a=%ff", -1, {0}}, {"a=%c3%bc", 1, {"a", "\xC3\xBC"}}, {"a=%c3&b=%bc", -1, {0}},
	};
	static char long_string[HTTP_QUERY_BYTES_MAX + 10];
	static HttpQuery query;

	for (size_t i = 0; i < COUNT(strings); i++)
	{
		bool		good = http_query_parse(strings[i].string, &query);

		good = strings[i].count < 0 ? !good : good && query.count == strings[i].count;
		for (int pair = 0; good && pair < strings[i].count; pair++)
			good = strcmp(query.keys[pair], strings[i].pairs[2 * pair]) == 0 && strcmp(query.values[pair], strings[i].pairs[2 * pair + 1]) == 0;
		ok(good, strings[i].string ? strings[i].string : "no query");
	}
	memset(long_string, 'a', sizeof(long_string) - 1);
	ok(!http_query_parse(long_string, &query), "a query string that is too long");
	memset(long_string, 0, sizeof(long_string));
	for (int i = 0; i <= HTTP_QUERY_PAIRS_MAX; i++)
		strcat(long_string, "a&");
	ok(!http_query_parse(long_string, &query), "one pair too many");
	long_string[2 * HTTP_QUERY_PAIRS_MAX] = '\0';
	ok(http_query_parse(long_string, &query) && query.count == HTTP_QUERY_PAIRS_MAX, "as many as there may be");
	ok(http_query_value(&query, "a") && !http_query_value(&query, "b"), "values by key");
}

int
main(void)
{
	for (size_t i = 0; i < COUNT(cases); i++)
	{
		char		term[HTTP_SEGMENT_MAX + 1] = "";

		ok(http_path_route(cases[i].path, "/", term) == cases[i].route, cases[i].path[0] ? cases[i].path : "nothing");
		if (cases[i].term)
			is_text(term, cases[i].term, "its term");
	}
	test_base();
	test_lengths();
	test_query();
	return done();
}
