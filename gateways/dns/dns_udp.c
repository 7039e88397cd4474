/*
 * dns_udp.c
 *		Queries over UDP. See dns_udp.h.
 */
#include "dns_udp.h"
#include "dns_serve.h"
#include "gw_listen.h"
#include "gw_memory.h"

#include <errno.h>
#include <sys/queue.h>
#include <sys/socket.h>
#include <unistd.h>

#define PACKETS_PER_WAKE 64

typedef struct UdpAnswer
{
	int			fd;
	struct sockaddr_storage peer;
	socklen_t	peer_length;
	DnsQuery	query;
} UdpAnswer;

typedef struct UdpSocket
{
	int			fd;
	struct event *readable;
} UdpSocket;

static UdpSocket *sockets;
static int	socket_count;
static long pending;

/* A datagram that cannot be sent now is lost; the client asks again. */
static void
udp_send(const UdpAnswer *answer, const uint8_t *message, size_t length)
{
	if (length > 0)
		(void) !sendto(answer->fd, message, length, MSG_DONTWAIT, (const struct sockaddr *) &answer->peer, answer->peer_length);
}

static void
soa_came(void *arg, GwDbOutcome outcome, const PGresult *result)
{
	UdpAnswer  *answer = arg;
	uint8_t		message[DNS_MESSAGE_MAX];

	pending--;
	if (socket_count > 0)
		udp_send(answer, message, dns_serve_soa(&answer->query, outcome, result, message));
	free(answer);
}

static void
udp_query(UdpAnswer *answer, const uint8_t *wire, size_t length)
{
	uint8_t		message[DNS_MESSAGE_MAX];
	UdpAnswer  *kept;

	if (length > (size_t) dns_settings.query_bytes_max)
		return;
	dns_query_read(&answer->query, wire, length, false);
	if (answer->query.kind == DNS_DROP)
		return;
	if (dns_serve_judge(&answer->query, (struct sockaddr *) &answer->peer) == NULL)
	{
		dns_serve_count(&answer->query);
		udp_send(answer, message, dns_message(&answer->query, NULL, 0, message));
		return;
	}
	if (pending >= dns_settings.udp_pending_max)
		return;
	kept = gw_malloc(sizeof(*kept));
	*kept = *answer;
	pending++;
	dns_serve_soa_ask(&kept->query, soa_came, kept);
}

static void
udp_readable(evutil_socket_t fd, short what, void *arg)
{
	static uint8_t wire[DNS_MESSAGE_MAX];

	(void) what;
	(void) arg;
	for (int i = 0; i < PACKETS_PER_WAKE; i++)
	{
		UdpAnswer	answer = {.fd = fd, .peer_length = sizeof(answer.peer)};
		ssize_t		length = recvfrom(fd, wire, sizeof(wire), MSG_DONTWAIT, (struct sockaddr *) &answer.peer, &answer.peer_length);

		if (length < 0 && errno != EINTR)
			return;				/* nothing more, or an ICMP error of an earlier answer */
		if (length > 0)
			udp_query(&answer, wire, (size_t) length);
	}
}

bool
dns_udp_listen(struct event_base *base, const GwList *addresses)
{
	sockets = gw_new((size_t) addresses->count * sizeof(*sockets));
	for (int i = 0; i < addresses->count; i++)
	{
		int			fd = gw_listen_udp(addresses->items[i]);

		if (fd < 0)
			return false;
		sockets[socket_count].fd = fd;
		sockets[socket_count].readable = gw_memory_checked(event_new(base, fd, EV_READ | EV_PERSIST, udp_readable, NULL));
		event_add(sockets[socket_count++].readable, NULL);
	}
	return true;
}

void
dns_udp_close(void)
{
	for (int i = 0; i < socket_count; i++)
	{
		event_free(sockets[i].readable);
		close(sockets[i].fd);
	}
	socket_count = 0;
}
