/*
 * dns_udp.h
 *		Queries over UDP: SOA, and IXFR answered with the SOA (RFC 1995 section 2).
 */
#ifndef DNS_UDP_H
#define DNS_UDP_H

#include <event2/event.h>
#include <stdbool.h>

#include "gw_config.h"

/* A socket on each address. False after logging. */
bool		dns_udp_listen(struct event_base *base, const GwList *addresses);
void		dns_udp_close(void);

#endif
