/*
 * dns_client.c
 *		UDP to other name servers. See dns_client.h.
 */
#include "dns_client.h"
#include "gw_memory.h"

#include <errno.h>
#include <netinet/in.h>
#include <unistd.h>

static const int families[DNS_CLIENT_FAMILIES] = {AF_INET, AF_INET6};

static void
client_readable(evutil_socket_t fd, short what, void *arg)
{
	const DnsClient *client = arg;
	uint8_t		wire[DNS_CLIENT_MAX];
	struct sockaddr_storage peer;

	(void) what;
	for (;;)
	{
		socklen_t	peer_length = sizeof(peer);
		ssize_t		length = recvfrom(fd, wire, sizeof(wire), MSG_DONTWAIT, (struct sockaddr *) &peer, &peer_length);

		/* an ICMP error of an earlier message comes once */
		if (length < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return;
		if (length > 0)
			client->take(&peer, wire, (size_t) length);
	}
}

bool
dns_client_open(DnsClient *client, struct event_base *base, DnsClientTake take)
{
	bool		any = false;

	client->take = take;
	for (int i = 0; i < DNS_CLIENT_FAMILIES; i++)
	{
		/* a machine without IPv6 has no such peers either */
		client->sockets[i] = socket(families[i], SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
		client->readable[i] = NULL;
		if (client->sockets[i] < 0)
			continue;
		client->readable[i] = gw_memory_checked(event_new(base, client->sockets[i], EV_READ | EV_PERSIST, client_readable, client));
		event_add(client->readable[i], NULL);
		any = true;
	}
	return any;
}

void
dns_client_send(const DnsClient *client, const struct sockaddr_storage *to, const uint8_t *message, size_t length)
{
	for (int i = 0; i < DNS_CLIENT_FAMILIES; i++)
		if (to->ss_family == families[i] && client->readable[i] != NULL && length > 0)
			(void) !sendto(client->sockets[i], message, length, MSG_DONTWAIT, (const struct sockaddr *) to,
						   to->ss_family == AF_INET6 ? sizeof(struct sockaddr_in6) : sizeof(struct sockaddr_in));
}

void
dns_client_close(DnsClient *client)
{
	for (int i = 0; i < DNS_CLIENT_FAMILIES; i++)
		if (client->readable[i] != NULL)
		{
			event_free(client->readable[i]);
			close(client->sockets[i]);
			client->readable[i] = NULL;
		}
}
