/*
 * dns_notify.h
 *		Telling secondaries of new serials (RFC 1996), again and again until each
 *		has acknowledged, and again when one that has does not fetch it; signed
 *		when the secondary has a key.
 */
#ifndef DNS_NOTIFY_H
#define DNS_NOTIFY_H

#include <event2/event.h>
#include <stdbool.h>
#include <stdint.h>

/* Sockets; false after logging. */
bool		dns_notify_start(struct event_base *base);

/* The list of secondaries (dns_access.h) has changed: keep what is known of those that stay, tell new ones. */
void		dns_notify_targets(void);

/* A zone has this serial now: tell its secondaries. */
void		dns_notify_zone(const char *zone, uint32_t serial);

/* A secondary serves this serial, or took it when it signs and serves its own: if it stays behind, remind it. */
void		dns_notify_served(const char *zone, const char *secondary, uint32_t serial);

void		dns_notify_stop(void);

#endif
