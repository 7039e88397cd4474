/*
 * load_line.c
 *		WHOIS (RFC 3912: a connection for each query, the answer ends with it)
 *		and DAS (one line to and fro, the connection stays).
 */
#include "load.h"
#include "load_command.h"
#include "gw_memory.h"

#include <arpa/inet.h>
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <netinet/in.h>

#define ANSWER_BYTES 8192		/* `expect` is looked for within */

typedef struct Client
{
	struct bufferevent *bev;
	int64_t		sent_ns;
	bool		asked;			/* an answer is owed */
	LoadRequests requests;
} Client;

static struct event_base *loop;
static struct sockaddr_in address;
static Client *clients;

static void whois_event(struct bufferevent *bev, short what, void *arg);
static void das_event(struct bufferevent *bev, short what, void *arg);
static void das_read(struct bufferevent *bev, void *arg);

/* Does the answer hold what is expected of it? */
static bool
expected(struct evbuffer *answer)
{
	char		text[ANSWER_BYTES];
	ev_ssize_t	length = evbuffer_copyout(answer, text, sizeof(text));

	if (length <= 0)
		return false;
	return load_options.expect == NULL
		|| memmem(text, (size_t) length, load_options.expect, strlen(load_options.expect)) != NULL;
}

static void
client_connect(Client *client, bufferevent_data_cb read, bufferevent_event_cb event)
{
	client->bev = gw_memory_checked(bufferevent_socket_new(loop, -1, BEV_OPT_CLOSE_ON_FREE));
	bufferevent_setcb(client->bev, read, NULL, event, client);
	bufferevent_enable(client->bev, EV_READ | EV_WRITE);
	if (bufferevent_socket_connect(client->bev, (struct sockaddr *) &address, sizeof(address)) != 0)
		load_run_lost((int) (client - clients), "could not connect");
}

static void
client_ask(Client *client)
{
	const GwBuf *query = load_requests_next(&client->requests);

	client->asked = true;
	client->sent_ns = load_clock_ns();
	bufferevent_write(client->bev, query->data, query->length);
}

static void
client_close(Client *client)
{
	bufferevent_free(client->bev);
	client->bev = NULL;
}

static void
line_setup(struct event_base *base)
{
	loop = base;
	address.sin_family = AF_INET;
	address.sin_port = htons((uint16_t) load_options.port);
	if (inet_pton(AF_INET, load_options.host, &address.sin_addr) != 1)
		load_fatal("host must be an IPv4 address, not \"%s\"", load_options.host);
	clients = gw_new((size_t) load_options.sessions * sizeof(Client));
	for (int i = 0; i < load_options.sessions; i++)
		load_requests_build(&clients[i].requests, load_options.scenario, i, false);
}

/* --- WHOIS ------------------------------------------------------------------------------------ */

static void
whois_open(int client)
{
	load_run_ready(client);
}

/* The time of a query includes its connection. */
static void
whois_go(int number)
{
	Client	   *client = &clients[number];
	int64_t		began = load_clock_ns();

	if (!load_run_next(number))
		return;
	client_connect(client, NULL, whois_event);
	client_ask(client);
	client->sent_ns = began;
}

static void
whois_event(struct bufferevent *bev, short what, void *arg)
{
	Client	   *client = arg;
	bool		good;

	if (what & BEV_EVENT_CONNECTED)
		return;
	good = what & BEV_EVENT_EOF && expected(bufferevent_get_input(bev));
	client_close(client);
	load_run_answered(client->sent_ns, good, good);
	whois_go((int) (client - clients));
}

/* --- DAS -------------------------------------------------------------------------------------- */

static void
das_open(int client)
{
	client_connect(&clients[client], das_read, das_event);
}

static void
das_go(int client)
{
	if (load_run_next(client))
		client_ask(&clients[client]);
}

static void
das_read(struct bufferevent *bev, void *arg)
{
	Client	   *client = arg;
	struct evbuffer *input = bufferevent_get_input(bev);
	bool		good;

	if (evbuffer_search(input, "\n", 1, NULL).pos < 0)
		return;
	good = expected(input);
	evbuffer_drain(input, evbuffer_get_length(input));
	client->asked = false;
	load_run_answered(client->sent_ns, good, good);
	das_go((int) (client - clients));
}

static void
das_event(struct bufferevent *bev, short what, void *arg)
{
	Client	   *client = arg;

	(void) bev;
	if (what & BEV_EVENT_CONNECTED)
		load_run_ready((int) (client - clients));
	else
	{
		client_close(client);
		load_run_lost((int) (client - clients), client->asked ? "closed instead of an answer" : "closed");
	}
}

const LoadProtocol load_whois = {line_setup, whois_open, whois_go};
const LoadProtocol load_das = {line_setup, das_open, das_go};
