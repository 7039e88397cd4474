/*
 * gw_proxy.c
 *		PROXY headers, good and bad, whole and cut anywhere.
 */
#include "gw_proxy.h"

#include "gw_tap.h"

#include <arpa/inet.h>
#include <string.h>

#define V2 "\r\n\r\n\0\r\nQUIT\n"
#define BYTES(text) text, sizeof(text) - 1
#define TWELVE "\xC0\0\2\1\xC6\x33\x64\1\x12\x34\0\x2B"
#define SIXTEEN "\x20\1\xD\xB8\0\0\0\0\0\0\0\0\0\0\0\1"

static const struct
{
	const char *name;
	const char *data;
	size_t		length;
	GwProxyVerdict verdict;
	size_t		used;
	const char *client;
	int			port;
}			cases[] = {
	{"v1 TCP4", BYTES("PROXY TCP4 192.0.2.1 198.51.100.1 4660 43\r\nexample"), GW_PROXY_CLIENT, 43, "192.0.2.1", 4660},
	{"v1 TCP6", BYTES("PROXY TCP6 2001:db8::1 ::1 0 65535\r\n"), GW_PROXY_CLIENT, 36, "2001:db8::1", 0},
	{"v1 UNKNOWN", BYTES("PROXY UNKNOWN\r\n"), GW_PROXY_LOCAL, 15, NULL, 0},
	{"v1 UNKNOWN with anything", BYTES("PROXY UNKNOWN ffff:f...f:ffff 65535\r\nx"), GW_PROXY_LOCAL, 37, NULL, 0},
	{"v1 without CR", BYTES("PROXY TCP4 192.0.2.1 198.51.100.1 1 2\n"), GW_PROXY_WRONG, 0, NULL, 0},
	{"v1 with two blanks", BYTES("PROXY TCP4  192.0.2.1 198.51.100.1 1 2\r\n"), GW_PROXY_WRONG, 0, NULL, 0},
	{"v1 with a word too many", BYTES("PROXY TCP4 192.0.2.1 198.51.100.1 1 2 3\r\n"), GW_PROXY_WRONG, 0, NULL, 0},
	{"v1 with a word too few", BYTES("PROXY TCP4 192.0.2.1 198.51.100.1 1\r\n"), GW_PROXY_WRONG, 0, NULL, 0},
	{"v1 with a blank at the end", BYTES("PROXY TCP4 192.0.2.1 198.51.100.1 1 2 \r\n"), GW_PROXY_WRONG, 0, NULL, 0},
	{"v1 of another family", BYTES("PROXY TCP4 2001:db8::1 ::1 1 2\r\n"), GW_PROXY_WRONG, 0, NULL, 0},
	{"v1 of mixed families", BYTES("PROXY TCP4 192.0.2.1 ::1 1 2\r\n"), GW_PROXY_WRONG, 0, NULL, 0},
	{"v1 of an unknown family", BYTES("PROXY UDP4 192.0.2.1 198.51.100.1 1 2\r\n"), GW_PROXY_WRONG, 0, NULL, 0},
	{"v1 with leading zeros in the address", BYTES("PROXY TCP4 192.0.02.1 198.51.100.1 1 2\r\n"), GW_PROXY_WRONG, 0, NULL, 0},
	{"v1 with a leading zero in the port", BYTES("PROXY TCP4 192.0.2.1 198.51.100.1 01 2\r\n"), GW_PROXY_WRONG, 0, NULL, 0},
	{"v1 with a port too high", BYTES("PROXY TCP4 192.0.2.1 198.51.100.1 1 65536\r\n"), GW_PROXY_WRONG, 0, NULL, 0},
	{"v1 with a sign", BYTES("PROXY TCP4 192.0.2.1 198.51.100.1 +1 2\r\n"), GW_PROXY_WRONG, 0, NULL, 0},
	{"v1 with a NUL", BYTES("PROXY TCP4 192.0.2.1\0 198.51.100.1 1 2\r\n"), GW_PROXY_WRONG, 0, NULL, 0},
	{"v1 without end", BYTES("PROXY UNKNOWN aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), GW_PROXY_WRONG, 0, NULL, 0},
	{"lower case", BYTES("proxy TCP4 192.0.2.1 198.51.100.1 1 2\r\n"), GW_PROXY_WRONG, 0, NULL, 0},
	{"a query", BYTES("example.test\r\n"), GW_PROXY_WRONG, 0, NULL, 0},
	{"a query like it", BYTES("PROXYMITY.test\r\n"), GW_PROXY_WRONG, 0, NULL, 0},
	{"v2 TCP4", BYTES(V2 "\x21\x11\0\x0C" TWELVE "next"), GW_PROXY_CLIENT, 28, "192.0.2.1", 0x1234},
	{"v2 TCP6", BYTES(V2 "\x21\x21\0\x24" SIXTEEN SIXTEEN "\x12\x34\0\x2B"), GW_PROXY_CLIENT, 52, "2001:db8::1", 0x1234},
	{"v2 with TLVs", BYTES(V2 "\x21\x11\0\x10" TWELVE "\4\0\1x"), GW_PROXY_CLIENT, 32, "192.0.2.1", 0x1234},
	{"v2 LOCAL", BYTES(V2 "\x20\0\0\0"), GW_PROXY_LOCAL, 16, NULL, 0},
	{"v2 LOCAL with anything", BYTES(V2 "\x20\x31\0\2xy"), GW_PROXY_LOCAL, 18, NULL, 0},
	{"v2 unspecified", BYTES(V2 "\x21\0\0\0"), GW_PROXY_LOCAL, 16, NULL, 0},
	{"v2 with too short addresses", BYTES(V2 "\x21\x11\0\x0B" TWELVE), GW_PROXY_WRONG, 0, NULL, 0},
	{"v2 of an unknown family", BYTES(V2 "\x21\x31\0\x0C" TWELVE), GW_PROXY_WRONG, 0, NULL, 0},
	{"v2 over UDP", BYTES(V2 "\x21\x12\0\x0C" TWELVE), GW_PROXY_WRONG, 0, NULL, 0},
	{"v2 with an unknown command", BYTES(V2 "\x22\x11\0\x0C" TWELVE), GW_PROXY_WRONG, 0, NULL, 0},
	{"version 3", BYTES(V2 "\x31\x11\0\x0C" TWELVE), GW_PROXY_WRONG, 0, NULL, 0},
	{"v2 that is too long", BYTES(V2 "\x21\x11\x04\0"), GW_PROXY_WRONG, 0, NULL, 0},
	{"v2 signature with a wrong octet", BYTES("\r\n\r\n\0\r\nQUIZ\n"), GW_PROXY_WRONG, 0, NULL, 0},
};

int
main(void)
{
	int			cut_wrong = 0;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		GwAddress	client;
		char		text[INET6_ADDRSTRLEN] = "";
		size_t		used;
		GwProxyVerdict verdict = gw_proxy_parse(cases[i].data, cases[i].length, &client, &used);
		bool		good = verdict == cases[i].verdict;

		if (verdict == GW_PROXY_CLIENT && client.any.sa_family == AF_INET)
			inet_ntop(AF_INET, &client.v4.sin_addr, text, sizeof(text));
		else if (verdict == GW_PROXY_CLIENT)
			inet_ntop(AF_INET6, &client.v6.sin6_addr, text, sizeof(text));
		if (good && verdict != GW_PROXY_WRONG)
			good = used == cases[i].used;
		if (good && cases[i].client)
			good = strcmp(text, cases[i].client) == 0 &&
				ntohs(client.any.sa_family == AF_INET ? client.v4.sin_port : client.v6.sin6_port) == cases[i].port;
		ok(good, cases[i].name);
		/* a good header that has not come whole yet is waited for */
		for (size_t cut = 0; cases[i].verdict != GW_PROXY_WRONG && cut < cases[i].used; cut++)
			cut_wrong += gw_proxy_parse(cases[i].data, cut, &client, &used) != GW_PROXY_MORE;
	}
	ok(cut_wrong == 0, "headers cut anywhere are waited for");
	return done();
}
