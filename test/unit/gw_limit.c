/*
 * gw_limit.c
 *		Token buckets and connection counts by address prefix; networks without limits; text checks.
 */
#include "gw_limit.h"
#include "gw_utf8.h"

#include "gw_tap.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <unistd.h>

static const struct sockaddr *
address(const char *text)
{
	static union
	{
		struct sockaddr any;
		struct sockaddr_in v4;
		struct sockaddr_in6 v6;
	}			out;

	memset(&out, 0, sizeof(out));
	if (inet_pton(AF_INET, text, &out.v4.sin_addr) == 1)
		out.v4.sin_family = AF_INET;
	else if (inet_pton(AF_INET6, text, &out.v6.sin6_addr) == 1)
		out.v6.sin6_family = AF_INET6;
	return &out.any;
}

static int
taken(GwLimit *limit, const char *from, int times)
{
	int			count = 0;

	for (int i = 0; i < times; i++)
		count += gw_limit_take(limit, address(from));
	return count;
}

static bool
exempt(GwLimit *limit, const char *words)
{
	char		copy[200];
	char	   *items[10];
	GwList		list = {0, items};

	strcpy(copy, words);
	for (char *word = strtok(copy, " "); word; word = strtok(NULL, " "))
		items[list.count++] = word;
	return gw_limit_exempt(limit, &list);
}

static void
test_rate(void)
{
	GwLimit    *limit = gw_limit_new();

	gw_limit_set(limit, 0, 1, 0);
	ok(taken(limit, "192.0.2.1", 1000) == 1000, "rate 0 is no limit");
	gw_limit_set(limit, 10, 5, 0);
	gw_limit_set_period(limit, 3600);
	ok(taken(limit, "192.0.2.1", 20) == 5, "a burst of five");
	ok(taken(limit, "192.0.2.2", 20) == 5, "another IPv4 address has its own");
	ok(taken(limit, "2001:db8::1", 20) == 5, "an IPv6 address too");
	ok(taken(limit, "2001:db8::ffff:2", 20) == 0, "shared by its /64");
	ok(taken(limit, "2001:db8:0:1::1", 20) == 5, "the next /64 has its own");
	ok(taken(limit, "::ffff:192.0.2.1", 20) == 0, "IPv4 in IPv6 form is IPv4");
	gw_limit_set_period(limit, 1);
	usleep(350000);
	ok(taken(limit, "192.0.2.1", 20) >= 3, "ten a second come back");
	gw_limit_set_period(limit, 3600);
	ok(taken(limit, "192.0.2.1", 20) == 0, "and no more");
	for (int i = 0; i < 200000; i++)
	{
		struct sockaddr_in flood = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(0x0A000000u + (unsigned) i)};

		gw_limit_take(limit, (struct sockaddr *) &flood);
	}
	ok(taken(limit, "198.51.100.1", 20) == 5, "a flood of addresses forgets, and harms nobody new");
	gw_limit_free(limit);
}

static void
test_connections(void)
{
	GwLimit    *limit = gw_limit_new();

	gw_limit_set(limit, 0, 1, 2);
	ok(gw_limit_enter(limit, address("192.0.2.1")) && gw_limit_enter(limit, address("192.0.2.1")), "two connections");
	ok(!gw_limit_enter(limit, address("192.0.2.1")), "not a third");
	ok(gw_limit_enter(limit, address("192.0.2.2")), "from elsewhere, yes");
	gw_limit_leave(limit, address("192.0.2.1"));
	ok(gw_limit_enter(limit, address("192.0.2.1")), "again when one has left");
	ok(exempt(limit, "192.0.2.0/24") && gw_limit_enter(limit, address("192.0.2.1")), "a network without limits");
	ok(exempt(limit, "none") && !gw_limit_enter(limit, address("192.0.2.1")), "none");
	gw_limit_free(limit);
}

static void
test_networks(void)
{
	static const struct
	{
		const char *network;
		const char *address;
		bool		inside;
	}			cases[] = {
		{"127.0.0.0/8", "127.255.255.255", true}, {"127.0.0.0/8", "128.0.0.0", false}, {"192.0.2.1", "192.0.2.1", true},
		{"192.0.2.1", "192.0.2.2", false}, {"192.0.2.128/25", "192.0.2.127", false}, {"192.0.2.128/25", "192.0.2.129", true},
		{"0.0.0.0/0", "203.0.113.9", true}, {"0.0.0.0/0", "2001:db8::1", false}, {"::/0", "2001:db8::1", true},
		{"2001:db8::/33", "2001:db8:7fff::1", true}, {"2001:db8::/33", "2001:db8:8000::1", false}, {"::1/128", "::1", true},
	};
	static const char *const wrong[] = {"", "/8", "1.2.3.4/33", "1.2.3.4/", "1.2.3.4/x", "1.2.3.4/-1", "::/129", "1.2.3", "name", "1.2.3.4/8/8"};
	GwLimit    *limit = gw_limit_new();

	gw_limit_set(limit, 1, 1, 0);
	gw_limit_set_period(limit, 3600);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		exempt(limit, cases[i].network);
		taken(limit, cases[i].address, 1);
		ok((taken(limit, cases[i].address, 9) == 9) == cases[i].inside, cases[i].network);
	}
	for (size_t i = 1; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		ok(!exempt(NULL, wrong[i]), wrong[i]);
	gw_limit_free(limit);
}

static void
test_text(void)
{
	ok(gw_utf8_is_text("", 0) && gw_utf8_is_text("a b~", 4) && gw_utf8_is_text("\xC3\xBC\xE2\x82\xAC\xF0\x9F\x98\x80", 9), "text");
	ok(!gw_utf8_is_text("a\0b", 3) && !gw_utf8_is_text("\n", 1) && !gw_utf8_is_text("\x7F", 1), "control characters");
	ok(!gw_utf8_is_text("\xC3", 1) && !gw_utf8_is_text("\xC0\x80", 2) && !gw_utf8_is_text("\xED\xA0\x80", 3) &&
	   !gw_utf8_is_text("\xF4\x90\x80\x80", 4) && !gw_utf8_is_text("\x80", 1), "not UTF-8");
}

/* Many /64 of one customer's /48 share a bucket; others have their own; IPv4 has none. */
static void
test_wide(void)
{
	GwLimit    *limit = gw_limit_new();
	char		text[40];
	int			count = 0;

	gw_limit_set(limit, 1, 2, 0);
	gw_limit_set_period(limit, 3600);
	gw_limit_set_wide(limit, 4);
	for (int i = 0; i < 20; i++)
	{
		snprintf(text, sizeof(text), "2001:db8:1:%x::1", i);
		count += taken(limit, text, 1);
	}
	ok(count == 8, "a /48 is allowed so many times what a /64 is");
	ok(taken(limit, "2001:db8:2::1", 5) == 2, "another /48 is not touched, its /64 has its own limit");
	ok(taken(limit, "192.0.2.1", 5) == 2 && taken(limit, "192.0.2.2", 5) == 2, "IPv4 is not either");
	gw_limit_set_wide(limit, 0);
	ok(taken(limit, "2001:db8:1:ff::1", 5) == 2, "0: no limit of its own");
	gw_limit_free(limit);
}

/* Whether an address waits so long for tokens; a slow machine may have used up some seconds of it. */
static bool
waits(GwLimit *limit, const char *from, int tokens, long seconds)
{
	long		wait = gw_limit_wait_s(limit, address(from), tokens);

	return wait <= seconds && wait > seconds - 60;
}

/* When a token is back, to the second above; both buckets count, the slower one says. */
static void
test_wait(void)
{
	GwLimit    *limit = gw_limit_new();

	ok(gw_limit_wait_s(limit, address("192.0.2.1"), 1) == 1, "without a limit: the next second will do");
	gw_limit_set(limit, 10, 5, 0);
	taken(limit, "192.0.2.1", 5);
	ok(gw_limit_wait_s(limit, address("192.0.2.1"), 1) == 1, "ten a second: a second at most");
	gw_limit_set_period(limit, 6000);
	ok(taken(limit, "192.0.2.2", 9) == 5, "ten in a hundred minutes: a burst of five");
	ok(waits(limit, "192.0.2.2", 1, 600), "then the next comes in ten minutes");
	ok(waits(limit, "192.0.2.2", 3, 1800) && waits(limit, "192.0.2.2", 5, 3000), "three in thirty, five in fifty");
	ok(waits(limit, "192.0.2.2", 6, 3000), "and more than five never: the bucket is full in fifty");
	ok(gw_limit_wait_s(limit, address("192.0.2.3"), 1) == 1, "who has tokens need not wait");
	ok(!gw_limit_take_many(limit, address("192.0.2.3"), 6) && gw_limit_take_many(limit, address("192.0.2.3"), 5), "many or none: a refusal takes nothing");
	gw_limit_set(limit, 1, 1, 0);
	gw_limit_set_wide(limit, 1);
	taken(limit, "2001:db8:1:1::1", 1);
	taken(limit, "2001:db8:1:2::1", 1);
	ok(waits(limit, "2001:db8:1:3::1", 1, 6000), "a /64 with tokens waits for its /48");
	gw_limit_free(limit);
}

int
main(void)
{
	test_rate();
	test_wait();
	test_connections();
	test_networks();
	test_text();
	test_wide();
	return done();
}
