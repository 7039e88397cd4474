/*
 * http_path.c
 *		Paths and what they ask for: routes, strict decoding, base paths.
 */
#include "http_path.h"

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
	{"/domains", HTTP_UNSUPPORTED, NULL},
	{"/nameservers", HTTP_UNSUPPORTED, NULL},
	{"/entities", HTTP_UNSUPPORTED, NULL},
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
	return done();
}
