/*
 * gw_network.c
 *		Lists of networks. See gw_network.h.
 */
#include "gw_network.h"
#include "gw_log.h"
#include "gw_memory.h"

#include <arpa/inet.h>

static const unsigned char v4_mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

void
gw_address_set(GwAddress *address, const struct sockaddr *from, int length)
{
	memset(address, 0, sizeof(*address));
	memcpy(address, from, (size_t) length < sizeof(*address) ? (size_t) length : sizeof(*address));
}

bool
gw_address_parse(GwAddress *address, const char *text)
{
	memset(address, 0, sizeof(*address));
	if (inet_pton(AF_INET, text, &address->v4.sin_addr) == 1)
		address->v4.sin_family = AF_INET;
	else if (inet_pton(AF_INET6, text, &address->v6.sin6_addr) == 1)
		address->v6.sin6_family = AF_INET6;
	else
		return false;
	return true;
}

static bool
network_parse(const char *text, GwNetwork *network)
{
	char		ip[INET6_ADDRSTRLEN];
	const char *slash = strchr(text, '/');
	size_t		length = slash ? (size_t) (slash - text) : strlen(text);
	char	   *end = NULL;
	long		bits = slash ? strtol(slash + 1, &end, 10) : -1;
	bool		is_v4;

	if (length >= sizeof(ip) || (slash && (end == slash + 1 || *end != '\0' || bits < 0)))
		return false;
	memcpy(ip, text, length);
	ip[length] = '\0';
	is_v4 = inet_pton(AF_INET, ip, network->ip.s6_addr + 12) == 1;
	if (is_v4)
		memcpy(network->ip.s6_addr, v4_mapped, sizeof(v4_mapped));
	else if (inet_pton(AF_INET6, ip, &network->ip) != 1)
		return false;
	if (slash == NULL)
		bits = is_v4 ? 32 : 128;
	network->bits = (int) bits + (is_v4 ? 96 : 0);
	return bits <= (is_v4 ? 32 : 128);
}

static bool
network_has(const GwNetwork *network, const struct in6_addr *ip)
{
	int			bytes = network->bits / 8;
	int			bits = network->bits % 8;

	return memcmp(network->ip.s6_addr, ip->s6_addr, (size_t) bytes) == 0 &&
		(bits == 0 || ((network->ip.s6_addr[bytes] ^ ip->s6_addr[bytes]) >> (8 - bits)) == 0);
}

bool
gw_networks_have(const GwNetworks *networks, const struct sockaddr *address)
{
	struct in6_addr ip = {0};

	if (address->sa_family == AF_INET6)
		ip = ((const struct sockaddr_in6 *) address)->sin6_addr;
	else if (address->sa_family == AF_INET)
	{
		memcpy(ip.s6_addr, v4_mapped, sizeof(v4_mapped));
		memcpy(ip.s6_addr + 12, &((const struct sockaddr_in *) address)->sin_addr, 4);
	}
	for (int i = 0; i < networks->count; i++)
		if (network_has(&networks->items[i], &ip))
			return true;
	return false;
}

bool
gw_networks_set(GwNetworks *networks, const GwList *list)
{
	GwNetworks	taken = {0, gw_new((size_t) list->count * sizeof(GwNetwork))};

	for (int i = 0; i < list->count; i++)
	{
		if (strcmp(list->items[i], "none") == 0)
			continue;
		if (!network_parse(list->items[i], &taken.items[taken.count++]))
		{
			gw_log(GW_LOG_ERROR, "network_wrong", "\"%s\" is not a network", list->items[i]);
			free(taken.items);
			return false;
		}
	}
	if (networks)
	{
		free(networks->items);
		*networks = taken;
	}
	else
		free(taken.items);
	return true;
}
