/*
 * gw_db_lag.c
 *		Hosts taken out of a connection string's lists.
 */
#include "gw_db_lag.h"

#include "gw_tap.h"

#include <string.h>

static bool
is_b(const char *host, const char *port)
{
	return strcmp(host, "b") == 0 && strcmp(port, "2") == 0;
}

int
main(void)
{
	static const struct
	{
		const char *hosts;
		const char *ports;
		int			left;
		const char *hosts_left;
		const char *ports_left;
	}			cases[] = {
		{"a,b,c", "1,2,3", 2, "a,c", "1,3"}, {"b,c", "2,3", 1, "c", "3"}, {"a,b", "2", 1, "a", "2"}, {"a,b", "1", 2, "a,b", "1"}, {"b", "2", 0, "", "2"},
		{"b,b", "2,2", 0, "", ""}, {"a,b", "2,1", 2, "a,b", "2,1"}, {"", "2", 1, "", "2"}, {"bb,b", "2,2", 1, "bb", "2"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		char		hosts[20];
		char		ports[20];

		strcpy(hosts, cases[i].hosts);
		strcpy(ports, cases[i].ports);
		ok(gw_db_lag_filter(hosts, ports, is_b) == cases[i].left && strcmp(hosts, cases[i].hosts_left) == 0 && strcmp(ports, cases[i].ports_left) == 0,
		   cases[i].hosts);
	}
	return done();
}
