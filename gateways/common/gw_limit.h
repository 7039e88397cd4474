/*
 * gw_limit.h
 *		Limits by client address: a token bucket and a count of connections.
 *
 * Addresses are taken together by prefix (IPv4 /32, IPv6 /64 and /48). Memory is fixed:
 * when a table is full the least recently seen address is forgotten, which can
 * only be kind to it. Each process counts for itself.
 */
#ifndef GW_LIMIT_H
#define GW_LIMIT_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

#include "gw_config.h"

typedef struct GwLimit GwLimit;

GwLimit    *gw_limit_new(void);
void		gw_limit_free(GwLimit *limit);

/* rate 0: no limit. `burst` queries may come at once; then `rate` a period. At start and at reload. */
void		gw_limit_set(GwLimit *limit, long rate, long burst, long connections_max);

/* The period of the rate: a second unless it is set. */
void		gw_limit_set_period(GwLimit *limit, long seconds);

/*
 * An IPv6 /48, which a customer of a network may have whole, is allowed so many times
 * what one of its /64 is; 0: no limit of its own.
 */
void		gw_limit_set_wide(GwLimit *limit, long times);

/*
 * Networks without limits: "192.0.2.0/24", "2001:db8::1"; the word "none" counts
 * for nothing. False after logging which one is not a network; the old ones then
 * stay. With a NULL limit the list is only checked.
 */
bool		gw_limit_exempt(GwLimit *limit, const GwList *networks);

/* Take one token. False: too many queries. */
bool		gw_limit_take(GwLimit *limit, const struct sockaddr *address);

/* Take so many, or none. */
bool		gw_limit_take_many(GwLimit *limit, const struct sockaddr *address, long tokens);

/* After a refusal: in how many whole seconds, at least 1, so many tokens will be there if nobody takes any meanwhile. */
long		gw_limit_wait_s(GwLimit *limit, const struct sockaddr *address, long tokens);

/* A connection opens or closes. False: too many from this address; then do not call leave. */
bool		gw_limit_enter(GwLimit *limit, const struct sockaddr *address);
void		gw_limit_leave(GwLimit *limit, const struct sockaddr *address);

#endif
