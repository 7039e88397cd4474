/*
 * gw_proxy.h
 *		The PROXY protocol, versions 1 and 2: who the client behind a proxy is.
 *
 * A connection from one of the networks of `proxies` must begin with a header;
 * a connection from anywhere else has none and is passed on at once. So nobody
 * can make up an address, and a header is never guessed.
 */
#ifndef GW_PROXY_H
#define GW_PROXY_H

#include <event2/listener.h>
#include <stddef.h>

#include "gw_network.h"

#define GW_PROXY_HEADER_MAX 1024	/* octets; a sender's TLVs may not take more */

typedef enum GwProxyVerdict
{
	GW_PROXY_MORE,				/* nothing wrong so far */
	GW_PROXY_CLIENT,			/* `client` is set, with its port */
	GW_PROXY_LOCAL,				/* the proxy speaks for itself, or cannot say for whom */
	GW_PROXY_WRONG
} GwProxyVerdict;

/* Pure. `used`: the length of the header, unless there is more to come or it is wrong. */
GwProxyVerdict gw_proxy_parse(const void *data, size_t length, GwAddress *client, size_t *used);

typedef struct GwProxyDoor GwProxyDoor;

/*
 * What to give to gw_listen() as callback and argument: the door calls `accepted`
 * with the client's address once the header is read; a peer that sends a wrong
 * one, or none in `timeout_s`, is closed. `proxies` may change at reload.
 */
GwProxyDoor *gw_proxy_door_new(struct event_base *base, const GwNetworks *proxies, const long *timeout_s,
							   evconnlistener_cb accepted, void *arg);
void		gw_proxy_accepted(struct evconnlistener *listener, evutil_socket_t fd, struct sockaddr *peer, int length,
							  void *door);

#endif
