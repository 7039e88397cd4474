/*
 * gw_proxy_door.c
 *		Connections that wait for their PROXY header. See gw_proxy.h.
 *
 * The header is looked at with MSG_PEEK and taken out as a whole, so that what
 * comes behind it stays in the socket for whom it is meant.
 */
#include "gw_proxy.h"
#include "gw_log.h"
#include "gw_memory.h"
#include "gw_metrics.h"

#include <errno.h>
#include <event2/event.h>
#include <unistd.h>

#define AGAIN_MS 20				/* a part is there and stays readable: no need to spin */

struct GwProxyDoor
{
	struct event_base *base;
	const GwNetworks *proxies;
	const long *timeout_s;
	evconnlistener_cb accepted;
	void	   *arg;
};

typedef struct Guest
{
	GwProxyDoor *door;
	struct evconnlistener *listener;
	evutil_socket_t fd;
	struct event *event;
	GwAddress	peer;
	long		left_ms;		/* until the header must be there */
} Guest;

GwProxyDoor *
gw_proxy_door_new(struct event_base *base, const GwNetworks *proxies, const long *timeout_s, evconnlistener_cb accepted,
				  void *arg)
{
	GwProxyDoor *door = gw_new(sizeof(*door));

	*door = (GwProxyDoor) {base, proxies, timeout_s, accepted, arg};
	return door;
}

static void guest_event(evutil_socket_t fd, short what, void *arg);

static void
guest_free(Guest *guest)
{
	if (guest->event)
		event_free(guest->event);
	free(guest);
}

static void
guest_refuse(Guest *guest, const char *why)
{
	char		labels[40];

	snprintf(labels, sizeof(labels), "reason=\"%s\"", why);
	gw_metric_add(gw_metrics_counter("dos_proxy_refused_total", "connections of proxies closed for their header", labels), 1);
	close(guest->fd);
	guest_free(guest);
}

static void
guest_enter(Guest *guest, GwProxyVerdict verdict, const GwAddress *client, size_t used)
{
	char		header[GW_PROXY_HEADER_MAX];
	const GwAddress *who = verdict == GW_PROXY_CLIENT ? client : &guest->peer;
	GwAddress	address = *who;
	int			length = address.any.sa_family == AF_INET ? (int) sizeof(address.v4) : (int) sizeof(address.v6);

	if (recv(guest->fd, header, used, 0) != (ssize_t) used)
	{
		guest_refuse(guest, "read");
		return;
	}
	guest->door->accepted(guest->listener, guest->fd, &address.any, length, guest->door->arg);
	guest_free(guest);
}

/* Octets that stay in the socket would wake us at once, so a part of a header is looked at again a little later. */
static void
guest_wait(Guest *guest, bool has_part)
{
	long		ms = has_part ? AGAIN_MS : guest->left_ms;
	struct timeval wait = {ms / 1000, ms % 1000 * 1000};

	if (guest->event)
		event_free(guest->event);
	guest->event = gw_memory_checked(event_new(guest->door->base, has_part ? -1 : guest->fd, has_part ? 0 : EV_READ, guest_event, guest));
	event_add(guest->event, &wait);
	if (has_part)
		guest->left_ms -= AGAIN_MS;
}

static void
guest_look(Guest *guest)
{
	char		header[GW_PROXY_HEADER_MAX];
	ssize_t		got = recv(guest->fd, header, sizeof(header), MSG_PEEK);
	GwAddress	client;
	size_t		used;
	GwProxyVerdict verdict;

	if (got == 0 || (got < 0 && errno != EAGAIN))
	{
		guest_refuse(guest, "closed");
		return;
	}
	verdict = gw_proxy_parse(header, got < 0 ? 0 : (size_t) got, &client, &used);
	if (verdict == GW_PROXY_WRONG)
		guest_refuse(guest, "wrong");
	else if (verdict != GW_PROXY_MORE)
		guest_enter(guest, verdict, &client, used);
	else if (guest->left_ms <= 0)
		guest_refuse(guest, "timeout");
	else
		guest_wait(guest, got > 0);
}

static void
guest_event(evutil_socket_t fd, short what, void *arg)
{
	Guest	   *guest = arg;

	if (fd >= 0 && (what & EV_TIMEOUT))
		guest->left_ms = 0;
	guest_look(guest);
}

void
gw_proxy_accepted(struct evconnlistener *listener, evutil_socket_t fd, struct sockaddr *peer, int length, void *arg)
{
	GwProxyDoor *door = arg;
	Guest	   *guest;

	if (door->proxies->count == 0 || !gw_networks_have(door->proxies, peer))
	{
		door->accepted(listener, fd, peer, length, door->arg);
		return;
	}
	guest = gw_new(sizeof(*guest));
	guest->door = door;
	guest->listener = listener;
	guest->fd = fd;
	gw_address_set(&guest->peer, peer, length);
	guest->left_ms = *door->timeout_s * 1000;
	guest_look(guest);
}
