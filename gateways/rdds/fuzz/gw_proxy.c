/*
 * gw_proxy.c
 *		Any bytes as a PROXY header: never read past their end, never use more than there are.
 */
#include "gw_proxy.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int			LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char	   *copy = malloc(size ? size : 1);
	GwAddress	client;
	size_t		used;
	GwProxyVerdict verdict;

	memcpy(copy, data, size);
	verdict = gw_proxy_parse(copy, size, &client, &used);
	if (used > size || (verdict == GW_PROXY_CLIENT && (used == 0 || (client.any.sa_family != AF_INET && client.any.sa_family != AF_INET6))))
		abort();
	free(copy);
	return 0;
}
