/*
 * dns_tcp.h
 *		Queries over TCP (RFC 7766): one at a time on each connection.
 */
#ifndef DNS_TCP_H
#define DNS_TCP_H

#include <event2/event.h>
#include <event2/listener.h>

/* For gw_listen(); the argument is the event base. */
void		dns_tcp_accepted(struct evconnlistener *listener, evutil_socket_t fd, struct sockaddr *address, int length, void *arg);

/* Take no more queries; `done` runs when the last transfer has ended. */
void		dns_tcp_drain(void (*done) (void));

#endif
