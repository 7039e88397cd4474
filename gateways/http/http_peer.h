/*
 * http_peer.h
 *		Who the client of a connection is, and how long it may take to send a request.
 *
 * libevent's HTTP server accepts for itself; the PROXY header is taken out of
 * the first bytes that it reads, or, before TLS, out of the socket.
 */
#ifndef HTTP_PEER_H
#define HTTP_PEER_H

#include <event2/event.h>
#include <event2/http.h>
#include <openssl/ssl.h>
#include <stdbool.h>

#include "gw_network.h"

/* Networks from which a PROXY header, or an X-Forwarded-For field, is believed. At start and at reload. */
bool		http_peer_settings(bool only_check);
void		http_peer_start(struct event_base *base);

/* To be called with each bufferevent made for a new plain connection; of a TLS session, the information callback. */
void		http_peer_watch(struct bufferevent *bev);
void		http_peer_handshake(const SSL *session, int where, int value);

/* The request has come whole; until its answer is sent the client owes us nothing. */
void		http_peer_request_came(struct evhttp_request *request);

/* The client's address: of the socket, of the PROXY header, or of X-Forwarded-For. False: it has none. */
bool		http_peer_address(struct evhttp_request *request, GwAddress *client);

/* Pure: the last address of an X-Forwarded-For field that is none of the proxies'; false when the field is junk. */
bool		http_peer_forwarded(const char *field, const GwNetworks *proxies, GwAddress *client);

#endif
