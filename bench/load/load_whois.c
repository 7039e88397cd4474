/*
 * load_whois.c
 *		WHOIS (RFC 3912): a connection for each query, the answer ends with it.
 *
 * Each query is a whole conversation over a new TCP connection: connect, ask,
 * read to the end, look for what is expected, close. Plain sockets and a list
 * of events of their own, in which each socket is entered once and which it
 * leaves by being closed: what the client costs is cost of the kernel.
 */
#include "load.h"
#include "load_command.h"
#include "load_line.h"
#include "gw_memory.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#define ANSWER_BYTES 16384		/* `expect` is looked for within; the rest is read and forgotten */
#define EVENTS 64

typedef struct Client
{
	int			fd;
	int64_t		began_ns;		/* the time of a query includes its connection */
	const GwBuf *query;
	bool		is_waiting;		/* for the connection, to ask */
	size_t		length;			/* of the answer so far */
	char		answer[ANSWER_BYTES];
	LoadRequests requests;
} Client;

static Client *clients;
static int	events;

static void
client_watch(Client *client, int operation, uint32_t what)
{
	struct epoll_event event = {.events = what, .data.ptr = client};

	if (epoll_ctl(events, operation, client->fd, &event) != 0)
		load_fatal("could not watch a socket: %s", strerror(errno));
}

static void
client_lost(Client *client, const char *why)
{
	close(client->fd);
	load_run_lost((int) (client - clients), why);
}

/* Ask as soon as there is a connection; on the same machine that is at once. */
static void
client_ask(Client *client)
{
	ssize_t		sent = send(client->fd, client->query->data, client->query->length, MSG_NOSIGNAL);

	if (sent == (ssize_t) client->query->length)
	{
		client_watch(client, client->is_waiting ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, EPOLLIN);
		client->is_waiting = false;
	}
	else if (sent < 0 && errno == EAGAIN && !client->is_waiting)
	{
		client->is_waiting = true;
		client_watch(client, EPOLL_CTL_ADD, EPOLLOUT);
	}
	else
		client_lost(client, "could not ask");
}

static void
whois_go(int number)
{
	Client	   *client = &clients[number];

	if (!load_run_next(number))
		return;
	client->query = load_requests_next(&client->requests);
	client->length = 0;
	client->is_waiting = false;
	client->began_ns = load_clock_ns();
	client->fd = load_line_socket();
	if (connect(client->fd, (const struct sockaddr *) &load_line_address, sizeof(load_line_address)) != 0 && errno != EINPROGRESS)
		client_lost(client, "could not connect");
	else
		client_ask(client);
}

/* The connection has ended: with the answer, or without. */
static void
client_ended(Client *client, bool whole)
{
	const char *expect = load_options.expect;
	size_t		length = client->length < ANSWER_BYTES ? client->length : ANSWER_BYTES;
	bool		good = whole && length > 0 && (expect == NULL || memmem(client->answer, length, expect, strlen(expect)) != NULL);

	close(client->fd);
	load_run_answered(client->began_ns, good, good);
	whois_go((int) (client - clients));
}

static void
client_read(Client *client)
{
	char		rest[4096];
	ssize_t		got;

	do
	{
		bool		fits = client->length < ANSWER_BYTES;

		got = recv(client->fd, fits ? client->answer + client->length : rest, fits ? ANSWER_BYTES - client->length : sizeof(rest), 0);
		if (got > 0)
			client->length += (size_t) got;
	} while (got > 0);
	if (got == 0 || errno != EAGAIN)
		client_ended(client, got == 0);
}

static void
whois_events(evutil_socket_t fd, short what, void *arg)
{
	struct epoll_event ready[EVENTS];
	int			count = epoll_wait(fd, ready, EVENTS, 0);

	(void) what;
	(void) arg;
	for (int i = 0; i < count; i++)
	{
		Client	   *client = ready[i].data.ptr;

		if (client->is_waiting)
			client_ask(client);
		else
			client_read(client);
	}
}

static void
whois_setup(struct event_base *base)
{
	load_line_address_set();
	clients = gw_new((size_t) load_options.sessions * sizeof(Client));
	for (int i = 0; i < load_options.sessions; i++)
		load_requests_build(&clients[i].requests, load_options.scenario, i, false);
	events = epoll_create1(EPOLL_CLOEXEC);
	if (events < 0)
		load_fatal("no list of events: %s", strerror(errno));
	event_add(gw_memory_checked(event_new(base, events, EV_READ | EV_PERSIST, whois_events, NULL)), NULL);
}

static void
whois_open(int client)
{
	load_run_ready(client);
}

const LoadProtocol load_whois = {whois_setup, whois_open, whois_go};
