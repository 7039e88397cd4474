/*
 * gw_listen.h
 *		Listening sockets on IPv4 and IPv6, shared by processes (SO_REUSEPORT).
 *
 * Addresses: "127.0.0.1:700", "[::1]:700", "[::]:700", "0.0.0.0:700".
 * An IPv6 socket never takes IPv4 (IPV6_V6ONLY), so both can be listed.
 */
#ifndef GW_LISTEN_H
#define GW_LISTEN_H

#include <event2/event.h>
#include <event2/listener.h>
#include <sys/socket.h>

#include "gw_config.h"

/*
 * One TCP listener; errors are logged and NULL returned. With a NULL callback
 * the listener is disabled, to be handed to evhttp_bind_listener().
 */
struct evconnlistener *gw_listen_open(struct event_base *base, const char *address, evconnlistener_cb accepted,
									  void *arg);

/*
 * A TCP listener on each address of the list. They are closed by gw_main when
 * the program drains. False (after logging) if one cannot be opened.
 */
bool		gw_listen(struct event_base *base, const GwList *addresses, evconnlistener_cb accepted, void *arg);

/* Stop accepting on all listeners made by gw_listen(). */
void		gw_listen_close(void);

/* A bound, non-blocking UDP socket on the address, or -1 after logging. */
int			gw_listen_udp(const char *address);

/* The numeric address of a peer, without port, for logs and SQL inet. */
void		gw_address_text(const struct sockaddr *address, char *text, size_t size);

#endif
