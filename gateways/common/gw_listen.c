/*
 * gw_listen.c
 *		Listening sockets. See gw_listen.h.
 */
#include "gw_listen.h"
#include "gw_log.h"
#include "gw_main.h"
#include "gw_memory.h"

#include <arpa/inet.h>
#include <errno.h>
#include <event2/util.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <unistd.h>

#define BACKLOG 1024

static struct evconnlistener **open_listeners;
static int	open_count;

/* Log why an address cannot be used. */
static void
listen_failed(const char *address, const char *why)
{
	gw_log_begin(GW_LOG_ERROR, "listen_failed");
	gw_log_text("address", address);
	gw_log_text("message", why);
	gw_log_end();
}

/* Connections take these from the socket that accepts them. */
static void
keep_alive(int fd)
{
	int			on = 1;
	int			idle_s = (int) gw_settings.tcp_keepalive_s;
	int			interval_s = idle_s / 4 + 1;
	int			questions = 4;

	setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on));
	setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &idle_s, sizeof(idle_s));
	setsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, &interval_s, sizeof(interval_s));
	setsockopt(fd, IPPROTO_TCP, TCP_KEEPCNT, &questions, sizeof(questions));
}

/* A bound socket of this type, or -1 after logging. */
static int
listen_socket(const char *address, int type)
{
	struct sockaddr_storage where;
	int			length = sizeof(where);
	int			on = 1;
	int			fd;

	if (evutil_parse_sockaddr_port(address, (struct sockaddr *) &where, &length) != 0)
	{
		listen_failed(address, "not an address:port");
		return -1;
	}
	fd = socket(where.ss_family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0)
	{
		listen_failed(address, strerror(errno));
		return -1;
	}
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof(on));
	if (where.ss_family == AF_INET6)
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof(on));
	if (type == SOCK_STREAM)
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	if (type == SOCK_STREAM && gw_settings.tcp_keepalive_s > 0)
		keep_alive(fd);
	if (bind(fd, (struct sockaddr *) &where, (socklen_t) length) != 0)
	{
		listen_failed(address, strerror(errno));
		close(fd);
		return -1;
	}
	return fd;
}

struct evconnlistener *
gw_listen_open(struct event_base *base, const char *address, evconnlistener_cb accepted, void *arg)
{
	unsigned	flags = LEV_OPT_CLOSE_ON_FREE | LEV_OPT_CLOSE_ON_EXEC | (accepted ? 0 : LEV_OPT_DISABLED);
	struct evconnlistener *listener;
	int			fd = listen_socket(address, SOCK_STREAM);

	if (fd < 0)
		return NULL;
	if (listen(fd, BACKLOG) != 0)
	{
		listen_failed(address, strerror(errno));
		close(fd);
		return NULL;
	}
	listener = evconnlistener_new(base, accepted, arg, flags, 0, fd);
	if (listener == NULL)
	{
		listen_failed(address, "could not watch the socket");
		close(fd);
	}
	return listener;
}

bool
gw_listen(struct event_base *base, const GwList *addresses, evconnlistener_cb accepted, void *arg)
{
	for (int i = 0; i < addresses->count; i++)
	{
		struct evconnlistener *listener = gw_listen_open(base, addresses->items[i], accepted, arg);

		if (listener == NULL)
			return false;
		open_listeners = gw_realloc(open_listeners, (size_t) (open_count + 1) * sizeof(*open_listeners));
		open_listeners[open_count++] = listener;
		gw_log_begin(GW_LOG_INFO, "listening");
		gw_log_text("address", addresses->items[i]);
		gw_log_end();
	}
	return true;
}

void
gw_listen_close(void)
{
	for (int i = 0; i < open_count; i++)
		evconnlistener_free(open_listeners[i]);
	free(open_listeners);
	open_listeners = NULL;
	open_count = 0;
}

int
gw_listen_udp(const char *address)
{
	return listen_socket(address, SOCK_DGRAM);
}

void
gw_address_text(const struct sockaddr *address, char *text, size_t size)
{
	text[0] = '\0';
	if (address->sa_family == AF_INET)
		inet_ntop(AF_INET, &((const struct sockaddr_in *) address)->sin_addr, text, (socklen_t) size);
	else if (address->sa_family == AF_INET6)
		inet_ntop(AF_INET6, &((const struct sockaddr_in6 *) address)->sin6_addr, text, (socklen_t) size);
}
