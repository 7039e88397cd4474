/*
 * dns_notify_message.h
 *		The NOTIFY message and the judgement of its answer. No I/O.
 */
#ifndef DNS_NOTIFY_MESSAGE_H
#define DNS_NOTIFY_MESSAGE_H

#include <stddef.h>
#include <stdint.h>

#include "dns_key.h"
#include "dns_query.h"

#define DNS_NOTIFY_MAX 1232

/* What was sent, to know its answer by. */
typedef struct DnsNotify
{
	uint16_t	id;
	const DnsKey *key;
	uint8_t		mac[DNS_MAC_MAX];
	size_t		mac_length;
} DnsNotify;

typedef enum DnsNotifyAnswer
{
	NOTIFY_OTHER,				/* not an answer to this one, or not to be trusted */
	NOTIFY_ACKNOWLEDGED,
	NOTIFY_REFUSED				/* an answer with another RCODE */
} DnsNotifyAnswer;

/* Write a NOTIFY for the zone under a new id; `out` has room for DNS_NOTIFY_MAX. Its length, 0 if impossible. */
size_t		dns_notify_write(DnsNotify *sent, const char *zone, const DnsKey *key, uint8_t *out);

DnsNotifyAnswer dns_notify_answer(const DnsNotify *sent, const uint8_t *wire, size_t length);

#endif
