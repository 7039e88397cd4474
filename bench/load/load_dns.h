/*
 * load_dns.h
 *		Scenario dns: how long until a name server gives a signed answer for a
 *		name that was just created.
 *
 * From the EPP answer on, the name's DS is asked for every millisecond, until
 * the answer is authoritative and holds the DS and its signature.
 */
#ifndef LOAD_DNS_H
#define LOAD_DNS_H

#include <event2/event.h>

/* found: called when the signed answer is there. */
void		load_dns_setup(struct event_base *base, void (*found) (int client));

void		load_dns_watch(int client, const char *name);

#endif
