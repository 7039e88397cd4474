/*
 * http_body.c
 *		Entity tags, Accept-Encoding, X-Forwarded-For.
 */
#include "http_body.h"
#include "http_peer.h"

#include "gw_tap.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define BODY(name, date) "{\"ldhName\":\"" name "\",\"events\":[{\"eventAction\":\"last update of RDAP database\",\"eventDate\":\"" date "\"}]}"

static bool
same_tag(const char *a, const char *b)
{
	char		first[HTTP_TAG_MAX];
	char		second[HTTP_TAG_MAX];

	http_body_tag(a, strlen(a), first);
	http_body_tag(b, strlen(b), second);
	return strcmp(first, second) == 0;
}

static void
test_tags(void)
{
	ok(same_tag(BODY("a", "2026-01-01T00:00:00Z"), BODY("a", "2027-01-01T00:00:00Z")), "only the last update differs");
	ok(!same_tag(BODY("a", "2026-01-01T00:00:00Z"), BODY("b", "2026-01-01T00:00:00Z")), "something before it differs");
	ok(!same_tag(BODY("a", "2026-01-01T00:00:00Z"), BODY("a", "2026-01-01T00:00:00Z") " "), "something behind it differs");
	ok(same_tag("{\"version\" : \"1.0\", \"publication\" : \"2026\", \"services\" : []}", "{\"version\" : \"1.0\", \"publication\" : \"2027\", \"services\" : []}") &&
	   !same_tag("{\"version\" : \"1.0\", \"publication\" : \"2026\", \"services\" : []}", "{\"version\" : \"1.0\", \"publication\" : \"2026\", \"services\" : [1]}"),
	   "a bootstrap file of another day");
	ok(same_tag("", "") && !same_tag("", "x"), "nothing is a body too");
	ok(same_tag("\"eventAction\":\"last update of RDAP database\",\"eventDate\":\"", "\"eventAction\":\"last update of RDAP database\",\"eventDate\":\""), "a date without end");
	ok(http_body_tag_matches("\"a\", W/\"b\"", "W/\"b\"") && http_body_tag_matches("*", "W/\"b\"") && !http_body_tag_matches("b", "W/\"b\"") &&
	   !http_body_tag_matches("", "W/\"b\""), "matching");
}

static void
test_encodings(void)
{
	static const struct
	{
		const char *field;
		bool		wanted;
	}			cases[] = {
		{"gzip", true}, {"GZIP", true}, {"br, gzip", true}, {"br,gzip;q=1.0", true}, {"gzip;q=0.001", true}, {" gzip ; q=0.5", true}, {"*", true},
		{"*;q=0, gzip", true}, {"gzip;q=0", false}, {"gzip;q=0.0", false}, {"gzip;q=0.000", false}, {"*, gzip;q=0", false}, {"*;q=0", false},
		{"identity", false}, {"x-gzip", false}, {"gzipped", false}, {"", false}, {",", false}, {";", false}, {"gzip;q=", true},
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		ok(http_body_gzip_wanted(cases[i].field) == cases[i].wanted, cases[i].field);
	ok(!http_body_gzip_wanted(NULL), "no field");
}

static void
test_forwarded(void)
{
	static const struct
	{
		const char *field;
		const char *client;
	}			cases[] = {
		{"192.0.2.1", "192.0.2.1"}, {"192.0.2.1, 10.0.0.1", "192.0.2.1"}, {"192.0.2.1,192.0.2.2,10.0.0.1,10.0.0.2", "192.0.2.2"}, {" 2001:db8::1 ", "2001:db8::1"},
		{"10.0.0.1", "10.0.0.1"}, {"x, 192.0.2.1", "192.0.2.1"}, {"x, 10.0.0.1", "10.0.0.1"}, {"192.0.2.1, x", NULL}, {"192.0.2.1,", NULL}, {"", NULL}, {",", NULL},
		{"192.0.2.1, ,10.0.0.1", "10.0.0.1"},
		{"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", NULL},
	};
	char	   *items[] = {(char[]) {"10.0.0.0/8"}};
	GwNetworks	proxies = {0};

	gw_networks_set(&proxies, &(GwList) {1, items});
	for (size_t i = 0; i < COUNT(cases); i++)
	{
		GwAddress	client;
		char		text[INET6_ADDRSTRLEN] = "";
		bool		found = http_peer_forwarded(cases[i].field, &proxies, &client);

		if (found)
			inet_ntop(client.any.sa_family, client.any.sa_family == AF_INET ? (void *) &client.v4.sin_addr : (void *) &client.v6.sin6_addr, text, sizeof(text));
		ok(found == (cases[i].client != NULL) && strcmp(text, cases[i].client ? cases[i].client : "") == 0, cases[i].field);
	}
	free(proxies.items);
}

int
main(void)
{
	test_tags();
	test_encodings();
	test_forwarded();
	return done();
}
