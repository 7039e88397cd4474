/*
 * load_dns.c
 *		Waiting for a signed DS. See load_dns.h; messages of RFC 1035, DO bit
 *		of RFC 3225.
 */
#include "load_dns.h"
#include "load.h"
#include "gw_memory.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#define MESSAGE_BYTES 1232
#define HEADER_BYTES 12
#define ASK_AGAIN_US 1000
#define QR_AA_RCODE 0x840f		/* flags that must read "authoritative answer, no error" */
#define QR_AA 0x8400

typedef struct Watch
{
	int			socket;
	struct event *readable;
	struct event *timer;
	size_t		length;
	uint8_t		query[512];
} Watch;

static struct event_base *loop;
static Watch *watches;
static void (*on_found) (int client);

/* Ask (again); the id tells answers for this name from late ones for the last. */
static void
watch_ask(evutil_socket_t fd, short what, void *arg)
{
	Watch	   *watch = arg;
	const struct timeval again = {0, ASK_AGAIN_US};

	(void) fd;
	(void) what;
	if (send(watch->socket, watch->query, watch->length, 0) < 0)
		load_fatal("could not send to the name server");
	event_add(watch->timer, &again);
}

static void
watch_read(evutil_socket_t fd, short what, void *arg)
{
	Watch	   *watch = arg;
	uint8_t		answer[MESSAGE_BYTES];
	ssize_t		length;

	(void) what;
	while ((length = recv(fd, answer, sizeof(answer), MSG_DONTWAIT)) > 0)
	{
		int			flags = answer[2] << 8 | answer[3];
		int			records = answer[6] << 8 | answer[7];

		if (length <= HEADER_BYTES || memcmp(answer, watch->query, 2) != 0 || (flags & QR_AA_RCODE) != QR_AA
			|| records < 2 || !event_pending(watch->timer, EV_TIMEOUT, NULL))
			continue;
		event_del(watch->timer);
		on_found((int) (watch - watches));
	}
}

static void
watch_open(Watch *watch)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t) load_options.dns_port)};

	inet_pton(AF_INET, load_options.host, &address.sin_addr);
	watch->socket = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (watch->socket < 0 || connect(watch->socket, (struct sockaddr *) &address, sizeof(address)) != 0)
		load_fatal("could not open a socket to the name server");
	watch->readable = event_new(loop, watch->socket, EV_READ | EV_PERSIST, watch_read, watch);
	watch->timer = event_new(loop, -1, 0, watch_ask, watch);
	event_add(watch->readable, NULL);
}

void
load_dns_watch(int client, const char *name)
{
	static uint16_t id;
	Watch	   *watch = &watches[client];
	uint8_t    *at = watch->query + HEADER_BYTES;

	id++;
	memcpy(watch->query, (uint8_t[HEADER_BYTES]) {id >> 8, id & 255, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1}, HEADER_BYTES);
	for (size_t label; (label = strcspn(name, ".")) > 0; name += label + (name[label] == '.'))
	{
		*at++ = (uint8_t) label;
		memcpy(at, name, label);
		at += label;
	}
	/* the root, DS, IN; OPT with 1232 octets and DO */
	memcpy(at, "\0" "\0\53" "\0\1" "\0" "\0\51" "\4\320" "\0\0\200\0" "\0\0", 16);
	watch->length = (size_t) (at + 16 - watch->query);
	watch_ask(-1, 0, watch);
}

void
load_dns_setup(struct event_base *base, void (*found) (int client))
{
	loop = base;
	on_found = found;
	watches = gw_new((size_t) load_options.sessions * sizeof(Watch));
	for (int i = 0; i < load_options.sessions; i++)
		watch_open(&watches[i]);
}
