/*
 * load_line.c
 *		DAS (one line to and fro, the connection stays) and RDAP (HTTP/1.1, the
 *		connection stays).
 */
#include "load.h"
#include "load_command.h"
#include "load_line.h"
#include "gw_memory.h"

#include <arpa/inet.h>
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <stdlib.h>
#include <string.h>

#define ANSWER_BYTES 8192		/* `expect` is looked for within */

typedef struct Client
{
	struct bufferevent *bev;
	int64_t		sent_ns;
	bool		asked;			/* an answer is owed */
	LoadRequests requests;
} Client;

static struct event_base *loop;
struct sockaddr_in load_line_address;
static Client *clients;

static void das_event(struct bufferevent *bev, short what, void *arg);
static void das_read(struct bufferevent *bev, void *arg);
static void rdap_read(struct bufferevent *bev, void *arg);

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

int
load_line_socket(void)
{
	struct sockaddr_in from = {.sin_family = AF_INET};
	int			on = 1;
	int			fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	if (fd < 0)
		load_fatal("no socket for a client");
	if (load_options.source != NULL &&
		(inet_pton(AF_INET, load_options.source, &from.sin_addr) != 1 ||
		 setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof(on)) != 0 || bind(fd, (struct sockaddr *) &from, sizeof(from)) != 0))
		load_fatal("clients cannot come from \"%s\"", load_options.source);
	return fd;
}

void
load_line_address_set(void)
{
	load_line_address.sin_family = AF_INET;
	load_line_address.sin_port = htons((uint16_t) load_options.port);
	if (inet_pton(AF_INET, load_options.host, &load_line_address.sin_addr) != 1)
		load_fatal("host must be an IPv4 address, not \"%s\"", load_options.host);
}

static void
client_connect(Client *client, bufferevent_data_cb read, bufferevent_event_cb event)
{
	client->bev = gw_memory_checked(bufferevent_socket_new(loop, load_line_socket(), BEV_OPT_CLOSE_ON_FREE));
	bufferevent_setcb(client->bev, read, NULL, event, client);
	bufferevent_enable(client->bev, EV_READ | EV_WRITE);
	if (bufferevent_socket_connect(client->bev, (struct sockaddr *) &load_line_address, sizeof(load_line_address)) != 0)
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
	load_line_address_set();
	clients = gw_new((size_t) load_options.sessions * sizeof(Client));
	for (int i = 0; i < load_options.sessions; i++)
		load_requests_build(&clients[i].requests, load_options.scenario, i, false);
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

/* --- RDAP ------------------------------------------------------------------------------------- */

static void
rdap_open(int client)
{
	client_connect(&clients[client], rdap_read, das_event);
}

/* Octets of the answer, or 0 while they are not all there; its status code goes to *code. */
static size_t
rdap_length(struct evbuffer *input, int *code)
{
	static const char field[] = "Content-Length: ";
	char		head[1024];
	ev_ssize_t	size = evbuffer_copyout(input, head, sizeof(head) - 1);
	const char *end;
	const char *length;
	size_t		whole;

	head[size > 0 ? size : 0] = '\0';
	end = strstr(head, "\r\n\r\n");
	length = strstr(head, field);
	if (end == NULL || length == NULL || length > end)
		return 0;
	*code = atoi(head + strlen("HTTP/1.1 "));
	whole = (size_t) (end - head) + 4 + strtoul(length + strlen(field), NULL, 10);
	return evbuffer_get_length(input) >= whole ? whole : 0;
}

static void
rdap_read(struct bufferevent *bev, void *arg)
{
	Client	   *client = arg;
	int			code = 0;
	size_t		length = rdap_length(bufferevent_get_input(bev), &code);

	if (length == 0)
		return;
	evbuffer_drain(bufferevent_get_input(bev), length);
	client->asked = false;
	load_run_answered(client->sent_ns, code, code == 200);
	das_go((int) (client - clients));
}

const LoadProtocol load_das = {line_setup, das_open, das_go};
const LoadProtocol load_rdap = {line_setup, rdap_open, das_go};
