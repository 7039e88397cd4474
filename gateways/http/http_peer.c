/*
 * http_peer.c
 *		The clients of dos-http. See http_peer.h.
 *
 * A table indexed by descriptor remembers what evhttp cannot: the address in
 * the PROXY header, when the request must have come, and that the connection
 * counts against the limit of its address. Nobody tells us when a connection is
 * closed, so an entry names its socket by inode, and one that names another
 * socket is ignored: it is counted off when the table is swept, and before a
 * connection is refused.
 */
#include "http_peer.h"
#include "gw_limit.h"
#include "gw_memory.h"
#include "gw_metrics.h"
#include "gw_proxy.h"
#include "http.h"

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/keyvalq_struct.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#define SWEEP_S 1
#define SWEEP_MS 50

typedef struct Peer
{
	ino_t		inode;			/* 0: no connection was here */
	bool		awaits_header;	/* of a proxy, before anything else */
	bool		is_proxied;
	GwAddress	client;			/* of a PROXY header */
	int64_t		deadline_s;		/* of the request that is being sent; 0: none is */
	bool		counted;		/* as a connection of counted_for */
	GwAddress	counted_for;
} Peer;

static Peer *peers;
static int	peer_count;
static GwNetworks proxies;
static GwNetworks forwarders;
static struct event *sweeper;
static struct event_base *loop;
static GwLimit *limit;
static int64_t swept_ms;

bool
http_peer_settings(bool only_check)
{
	if (!only_check)
	{
		gw_limit_set(limit, 0, 1, http_settings.connections_per_address_max);
		gw_limit_exempt(limit, &http_settings.rate_exempt);
	}
	return gw_networks_set(only_check ? NULL : &proxies, &http_settings.proxy_protocol) &&
		gw_networks_set(only_check ? NULL : &forwarders, &http_settings.forwarded_from);
}

static int64_t
clock_s(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
	return now.tv_sec;
}

static ino_t
inode_of(evutil_socket_t fd)
{
	struct stat status;

	return fstat(fd, &status) == 0 ? status.st_ino : 0;
}

static void
peer_leaves(Peer *peer)
{
	if (peer->counted)
		gw_limit_leave(limit, &peer->counted_for.any);
	peer->counted = false;
}

/* Count off those that have gone; not more than once in SWEEP_MS, since it looks at every connection. */
static bool
peers_gone(void)
{
	struct timespec now;
	int64_t		now_ms;

	clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
	now_ms = now.tv_sec * INT64_C(1000) + now.tv_nsec / 1000000;
	if (now_ms - swept_ms < SWEEP_MS)
		return false;
	swept_ms = now_ms;
	for (int i = 0; i < peer_count; i++)
		if (peers[i].counted && inode_of(i) != peers[i].inode)
			peer_leaves(&peers[i]);
	return true;
}

/* One more connection of an address; too many of them end at once. */
static void
peer_counts(evutil_socket_t fd, const GwAddress *address)
{
	Peer	   *peer = &peers[fd];

	peer->counted = gw_limit_enter(limit, &address->any) || (peers_gone() && gw_limit_enter(limit, &address->any));
	peer->counted_for = *address;
	if (peer->counted)
		return;
	shutdown(fd, SHUT_RDWR);
	gw_metric_add(gw_metrics_counter("dos_http_crowded_total", "connections closed because their address had too many", ""), 1);
}

/* Connections whose request should have come by now. */
static void
peers_sweep(evutil_socket_t fd, short what, void *arg)
{
	int64_t		now = clock_s();

	(void) fd;
	(void) what;
	(void) arg;
	peers_gone();
	for (int i = 0; i < peer_count; i++)
	{
		if (peers[i].deadline_s == 0 || peers[i].deadline_s > now)
			continue;
		if (inode_of(i) == peers[i].inode)
		{
			shutdown(i, SHUT_RDWR);
			gw_metric_add(gw_metrics_counter("dos_http_slow_total", "connections closed because a request did not come in time", ""), 1);
		}
		peers[i].deadline_s = 0;
	}
}

void
http_peer_start(struct event_base *base)
{
	const struct timeval period = {SWEEP_S, 0};

	loop = base;
	limit = gw_limit_new();
	http_peer_settings(false);
	sweeper = gw_memory_checked(event_new(base, -1, EV_PERSIST, peers_sweep, NULL));
	event_add(sweeper, &period);
}

static Peer *
peer_at(evutil_socket_t fd)
{
	if (fd >= peer_count)
	{
		int			count = fd < 512 ? 1024 : fd * 2;

		peers = gw_realloc(peers, (size_t) count * sizeof(*peers));
		memset(peers + peer_count, 0, (size_t) (count - peer_count) * sizeof(*peers));
		peer_count = count;
	}
	return &peers[fd];
}

/* A new connection with this descriptor; true when a proxy speaks, and its header comes first. */
static bool
peer_begins(evutil_socket_t fd)
{
	GwAddress	from;
	socklen_t	length = sizeof(from);

	peer_leaves(peer_at(fd));
	*peer_at(fd) = (Peer) {.inode = inode_of(fd), .deadline_s = clock_s() + http_settings.request_timeout_s + SWEEP_S};
	if (getpeername(fd, &from.any, &length) != 0)
		return false;
	if (proxies.count > 0 && gw_networks_have(&proxies, &from.any))
		return true;
	peer_counts(fd, &from);
	return false;
}

/* Take the client out of a header, which a proxy sends at once and whole; how long it is, or 0 after closing. */
static size_t
peer_header(evutil_socket_t fd, const void *data, size_t size)
{
	Peer	   *peer = &peers[fd];
	size_t		used;
	GwProxyVerdict verdict = gw_proxy_parse(data, size, &peer->client, &used);

	peer->is_proxied = verdict == GW_PROXY_CLIENT;
	if (peer->is_proxied)
		peer_counts(fd, &peer->client);
	if (verdict == GW_PROXY_CLIENT || verdict == GW_PROXY_LOCAL)
		return used;
	gw_metric_add(gw_metrics_counter("dos_proxy_refused_total", "connections of proxies closed for their header", ""), 1);
	shutdown(fd, SHUT_RDWR);
	return 0;
}

/* A plain connection has its socket by now, whether or not it says something. */
static void
plain_begins(evutil_socket_t none, short what, void *arg)
{
	evutil_socket_t fd = bufferevent_getfd(arg);

	(void) none;
	(void) what;
	if (fd >= 0 && peer_begins(fd))
		peers[fd].awaits_header = true;
	bufferevent_decref(arg);
}

/* The first bytes of a plain connection are in its buffer. */
static void
first_bytes(struct evbuffer *input, const struct evbuffer_cb_info *info, void *arg)
{
	evutil_socket_t fd = bufferevent_getfd(arg);

	if (info->n_added == 0 || fd < 0)
		return;
	evbuffer_remove_cb(input, first_bytes, arg);
	if (fd < peer_count && peers[fd].awaits_header)
	{
		char		header[GW_PROXY_HEADER_MAX];
		ssize_t		size = evbuffer_copyout(input, header, sizeof(header));
		size_t		used = peer_header(fd, header, size > 0 ? (size_t) size : 0);

		evbuffer_drain(input, used > 0 ? used : evbuffer_get_length(input));
	}
}

void
http_peer_watch(struct bufferevent *bev)
{
	evbuffer_add_cb(bufferevent_get_input(bev), first_bytes, bev);
	bufferevent_incref(bev);
	event_base_once(loop, -1, EV_TIMEOUT, plain_begins, bev, &(struct timeval) {0, 0});
}

/* Before a TLS session has read anything. */
void
http_peer_handshake(const SSL *session, int where, int value)
{
	evutil_socket_t fd = SSL_get_fd(session);
	char		header[GW_PROXY_HEADER_MAX];
	ssize_t		got;
	size_t		used;

	(void) value;
	if ((where & SSL_CB_HANDSHAKE_START) == 0 || SSL_get_state(session) != TLS_ST_BEFORE || fd < 0 || !peer_begins(fd))
		return;
	got = recv(fd, header, sizeof(header), MSG_PEEK | MSG_DONTWAIT);
	used = peer_header(fd, header, got > 0 ? (size_t) got : 0);
	if (used > 0 && recv(fd, header, used, 0) != (ssize_t) used)
		shutdown(fd, SHUT_RDWR);
}

/* The peer of a request's connection, or NULL. */
static Peer *
peer_of(struct evhttp_connection *connection)
{
	struct bufferevent *bev = connection ? evhttp_connection_get_bufferevent(connection) : NULL;
	evutil_socket_t fd = bev ? bufferevent_getfd(bev) : -1;

	return fd >= 0 && fd < peer_count && peers[fd].inode != 0 ? &peers[fd] : NULL;
}

/* The answer has been sent: the next request may come, after a pause that idle_timeout_s ends. */
static void
answer_sent(struct evhttp_request *request, void *arg)
{
	Peer	   *peer = peer_of(evhttp_request_get_connection(request));

	(void) arg;
	if (peer)
		peer->deadline_s = clock_s() + http_settings.idle_timeout_s + http_settings.request_timeout_s + SWEEP_S;
}

void
http_peer_request_came(struct evhttp_request *request)
{
	Peer	   *peer = peer_of(evhttp_request_get_connection(request));

	if (peer == NULL)
		return;
	peer->deadline_s = 0;
	evhttp_request_set_on_complete_cb(request, answer_sent, NULL);
}

bool
http_peer_forwarded(const char *field, const GwNetworks *behind, GwAddress *client)
{
	size_t		end = strlen(field);
	bool		found = false;

	while (end > 0)
	{
		size_t		from = end;
		char		word[64];
		GwAddress	address;

		while (from > 0 && field[from - 1] != ',')
			from--;
		while (from < end && (field[from] == ' ' || field[from] == '\t'))
			from++;
		while (end > from && (field[end - 1] == ' ' || field[end - 1] == '\t'))
			end--;
		if (end - from >= sizeof(word))
			return found;
		memcpy(word, field + from, end - from);
		word[end - from] = '\0';
		if (!gw_address_parse(&address, word))
			return found;
		*client = address;
		found = true;
		if (!gw_networks_have(behind, &address.any))
			return true;
		while (from > 0 && field[from - 1] != ',')
			from--;
		end = from > 0 ? from - 1 : 0;
	}
	return found;
}

bool
http_peer_address(struct evhttp_request *request, GwAddress *client)
{
	struct evhttp_connection *connection = evhttp_request_get_connection(request);
	const struct sockaddr *socket_address = connection ? evhttp_connection_get_addr(connection) : NULL;
	const Peer *peer = peer_of(connection);
	const char *field;

	if (peer && peer->is_proxied)
		*client = peer->client;
	else if (socket_address)
		gw_address_set(client, socket_address, socket_address->sa_family == AF_INET ? (int) sizeof(client->v4) : (int) sizeof(client->v6));
	else
		return false;
	if (forwarders.count > 0 && gw_networks_have(&forwarders, &client->any) &&
		(field = evhttp_find_header(evhttp_request_get_input_headers(request), "X-Forwarded-For")) != NULL)
		http_peer_forwarded(field, &forwarders, client);
	return true;
}
