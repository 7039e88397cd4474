/*
 * load_command.c
 *		The scenarios. See load_command.h.
 *
 * Names are numbers: LABELnnnnnnnn.ZONE. The first `names` of them are
 * registered, number n by account n modulo `stride`; so a client can ask for
 * names of its own account, and nobody needs to remember anything.
 */
#include "load_command.h"
#include "load.h"

#include <stdlib.h>
#include <string.h>

#define EPP "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>" \
	"<epp xmlns=\"urn:ietf:params:xml:ns:epp-1.0\"><command>"
#define XMLNS " xmlns:domain=\"urn:ietf:params:xml:ns:domain-1.0\""
#define NAME "<domain:name>{label}{number}.{zone}</domain:name>"
#define TRID "<clTRID>load-{trid}</clTRID></command></epp>"

#define CREATE "<create><domain:create" XMLNS ">" NAME "<domain:period unit=\"y\">1</domain:period>" \
	"<domain:ns><domain:hostObj>ns{host1}.{hostsuffix}</domain:hostObj>" \
	"<domain:hostObj>ns{host2}.{hostsuffix}</domain:hostObj></domain:ns>" \
	"<domain:registrant>{clid}-{contact}</domain:registrant>" \
	"<domain:contact type=\"admin\">{clid}-{contact}</domain:contact>" \
	"<domain:contact type=\"tech\">{clid}-0000</domain:contact>" \
	"<domain:authInfo><domain:pw>Load-{number}</domain:pw></domain:authInfo></domain:create></create>"

const char	load_login_template[] =
	EPP "<login><clID>{clid}</clID><pw>{password}</pw><options><version>1.0</version><lang>en</lang></options><svcs>"
	"<objURI>urn:ietf:params:xml:ns:domain-1.0</objURI><objURI>urn:ietf:params:xml:ns:contact-1.0</objURI>"
	"<objURI>urn:ietf:params:xml:ns:host-1.0</objURI>"
	"<svcExtension><extURI>urn:ietf:params:xml:ns:secDNS-1.1</extURI></svcExtension></svcs></login>" TRID;

typedef enum LoadNumbers
{
	ANY_NAME,					/* one out of twice the registered ones: taken or free */
	OWN_NAME,					/* a registered one of this account */
	FREE_NAME,					/* one that is not registered */
	NEXT_NAME,					/* one that never was: `first`, `first` + 1, ... */
	NEXT_OWN_NAME				/* this account's one after the other, a year further each time around */
} LoadNumbers;

typedef struct LoadCommand
{
	const char *name;
	LoadNumbers numbers;
	const char *template;
} LoadCommand;

static const LoadCommand commands[] = {
	{"check", ANY_NAME,
		EPP "<check><domain:check" XMLNS ">" NAME "</domain:check></check>" TRID},
	{"info", OWN_NAME,
		EPP "<info><domain:info" XMLNS ">" NAME "</domain:info></info>" TRID},
	{"create", NEXT_NAME, EPP CREATE TRID},
	{"dns", NEXT_NAME,
		EPP CREATE "<extension><secDNS:create xmlns:secDNS=\"urn:ietf:params:xml:ns:secDNS-1.1\"><secDNS:dsData>"
		"<secDNS:keyTag>12345</secDNS:keyTag><secDNS:alg>13</secDNS:alg><secDNS:digestType>2</secDNS:digestType>"
		"<secDNS:digest>00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF</secDNS:digest>"
		"</secDNS:dsData></secDNS:create></extension>" TRID},
	{"renew", NEXT_OWN_NAME,
		EPP "<renew><domain:renew" XMLNS ">" NAME "<domain:curExpDate>{year}{month_day}</domain:curExpDate>"
		"<domain:period unit=\"y\">1</domain:period></domain:renew></renew>" TRID},
	{"update", OWN_NAME,
		EPP "<update><domain:update" XMLNS ">" NAME "<domain:chg><domain:authInfo><domain:pw>Load-{trid}</domain:pw>"
		"</domain:authInfo></domain:chg></domain:update></update>" TRID},
	{"whois", OWN_NAME, "{label}{number}.{zone}\r\n"},
	{"whois-miss", FREE_NAME, "{label}{number}.{zone}\r\n"},
	{"rdap", OWN_NAME, "GET /domain/{label}{number}.{zone} HTTP/1.1\r\nHost: load\r\n\r\n"},
	{"das", ANY_NAME, "{label}{number}.{zone}\r\n"},
	{NULL}
};

/* What registrars do on an ordinary day, in per cent. */
static const struct
{
	const char *name;
	long		share;
}			mix[] = {
	{"check", 60}, {"info", 25}, {"create", 10}, {"renew", 5},
};

static uint64_t random_state = 88172645463325252ULL;

/* Evenly out of 0 .. limit - 1 (xorshift64). */
static long
random_below(long limit)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 7;
	random_state ^= random_state << 17;
	return limit > 0 ? (long) (random_state % (uint64_t) limit) : 0;
}

static bool
add_command(LoadRequests *requests, const char *name, bool framed)
{
	for (const LoadCommand *c = commands; c->name; c++)
	{
		if (strcmp(c->name, name) != 0)
			continue;
		requests->commands[requests->count] = c;
		load_frame_build(&requests->frames[requests->count++], c->template, requests->account, framed);
		return true;
	}
	return false;
}

bool
load_requests_build(LoadRequests *requests, const char *scenario, int client, bool framed)
{
	requests->count = 0;
	requests->account = load_options.accounts.count > 0 ? client % load_options.accounts.count : 0;
	if (strcmp(scenario, "idle") == 0)
		return true;
	if (strcmp(scenario, "mixed") != 0)
		return add_command(requests, scenario, framed);
	for (size_t i = 0; i < sizeof(mix) / sizeof(mix[0]); i++)
		add_command(requests, mix[i].name, framed);
	return true;
}

static int
choose(const LoadRequests *requests)
{
	long		at = requests->count > 1 ? random_below(100) : 0;
	int			chosen = 0;

	while (chosen < requests->count - 1 && at >= mix[chosen].share)
		at -= mix[chosen++].share;
	return chosen;
}

/* Names of this account: account, account + stride, ... */
static long
own_name(int account, long position)
{
	return position * load_options.stride + account % load_options.stride;
}

/* One after the other through all names of the account; how often around goes to *rounds. */
static long
next_own_name(int account, long *rounds)
{
	static long *used;
	long		each = load_options.names / load_options.stride;
	long		position;

	if (used == NULL)
		used = calloc((size_t) load_options.accounts.count + 1, sizeof(long));
	if (used == NULL || each < 1)
		load_fatal("no names to renew");
	position = used[account]++;
	*rounds = position / each;
	return own_name(account, position % each);
}

const GwBuf *
load_requests_next(LoadRequests *requests)
{
	static long trid;
	static long fresh;
	int			chosen = choose(requests);
	long		values[HOLE_KINDS] = {0};
	long		rounds = 0;

	switch (requests->commands[chosen]->numbers)
	{
		case ANY_NAME:
			values[HOLE_NUMBER] = random_below(2 * load_options.names);
			break;
		case OWN_NAME:
			values[HOLE_NUMBER] = own_name(requests->account, random_below(load_options.names / load_options.stride));
			break;
		case FREE_NAME:
			values[HOLE_NUMBER] = load_options.names + random_below(load_options.names);
			break;
		case NEXT_NAME:
			values[HOLE_NUMBER] = load_options.first + (load_options.same_name ? 0 : fresh++);
			break;
		case NEXT_OWN_NAME:
			values[HOLE_NUMBER] = next_own_name(requests->account, &rounds);
			values[HOLE_YEAR] = strtol(load_options.expiry, NULL, 10) + rounds;
			break;
	}
	requests->number = values[HOLE_NUMBER];
	values[HOLE_TRID] = trid++;
	values[HOLE_CONTACT] = random_below(load_options.contacts);
	values[HOLE_HOST1] = random_below(load_options.hosts / 2);
	values[HOLE_HOST2] = values[HOLE_HOST1] + load_options.hosts / 2;
	load_frame_fill(&requests->frames[chosen], values);
	return &requests->frames[chosen].bytes;
}
