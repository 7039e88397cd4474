/*
 * dns_client.h
 *		Questions to other name servers over UDP, and their answers: a socket for
 *		each address family.
 */
#ifndef DNS_CLIENT_H
#define DNS_CLIENT_H

#include <event2/event.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

#define DNS_CLIENT_FAMILIES 2
#define DNS_CLIENT_MAX 1232		/* octets of an answer that are read */

typedef void (*DnsClientTake) (const struct sockaddr_storage *peer, const uint8_t *wire, size_t length);

/* Start from {0}. */
typedef struct DnsClient
{
	DnsClientTake take;
	int			sockets[DNS_CLIENT_FAMILIES];
	struct event *readable[DNS_CLIENT_FAMILIES];
} DnsClient;

/* False when there is a socket of neither family. `take` gets every datagram that comes back. */
bool		dns_client_open(DnsClient *client, struct event_base *base, DnsClientTake take);

/* Send a message; what is lost, or cannot be sent, is for the caller's timer. */
void		dns_client_send(const DnsClient *client, const struct sockaddr_storage *to, const uint8_t *message, size_t length);

void		dns_client_close(DnsClient *client);

#endif
