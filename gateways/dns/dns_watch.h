/*
 * dns_watch.h
 *		How far each secondary is: what it transferred from here, which NOTIFY it
 *		acknowledged, what it answers when it is asked now and then. Told to the
 *		database in one call every few seconds (dos.dns_secondary_seen()).
 *
 * Every process tells what it saw; process 0, which sends NOTIFY, asks.
 */
#ifndef DNS_WATCH_H
#define DNS_WATCH_H

#include <event2/event.h>
#include <stdbool.h>
#include <stdint.h>

void		dns_watch_start(struct event_base *base, bool asks);

/* A secondary has all of a zone up to this serial; it acknowledged the NOTIFY of this serial. */
void		dns_watch_took(const char *zone, const char *secondary, uint32_t serial);
void		dns_watch_acknowledged(const char *zone, const char *secondary, uint32_t serial);

void		dns_watch_stop(void);

#endif
