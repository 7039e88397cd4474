/*
 * gw_network.h
 *		Lists of networks: "192.0.2.0/24", "2001:db8::1". Pure but for the log.
 *
 * An IPv4 address in IPv6 form (::ffff:192.0.2.1) is the IPv4 address.
 */
#ifndef GW_NETWORK_H
#define GW_NETWORK_H

#include <netinet/in.h>
#include <stdbool.h>
#include <sys/socket.h>

#include "gw_config.h"

/* In IPv6 form; IPv4 is ::ffff:a.b.c.d. */
typedef struct GwNetwork
{
	struct in6_addr ip;
	int			bits;
} GwNetwork;

typedef struct GwNetworks
{
	int			count;
	GwNetwork  *items;
} GwNetworks;

/* Any address of a client: IPv4 or IPv6 with its port. */
typedef union GwAddress
{
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
} GwAddress;

/* Copy what fits: sockaddr_in and sockaddr_in6 do. */
void		gw_address_set(GwAddress *address, const struct sockaddr *from, int length);

/* From text, with port 0. False when it is not an address. */
bool		gw_address_parse(GwAddress *address, const char *text);

/*
 * Take the list; the word "none" counts for nothing. False after logging which
 * one is not a network; `networks` then stays as it was. With NULL the list is
 * only checked.
 */
bool		gw_networks_set(GwNetworks *networks, const GwList *list);

bool		gw_networks_have(const GwNetworks *networks, const struct sockaddr *address);

#endif
