/*
 * dns_health.h
 *		What the registry says of itself (dos.health()), as metrics: for each part
 *		how many of its lines are warn, and how many bad.
 *
 * The gateway that publishes the zones is always there, so this one tells.
 */
#ifndef DNS_HEALTH_H
#define DNS_HEALTH_H

#include <event2/event.h>

/* Ask every so many seconds; 0: never. */
void		dns_health_start(struct event_base *base, long every_s);
void		dns_health_stop(void);

#endif
