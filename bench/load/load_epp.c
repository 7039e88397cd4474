/*
 * load_epp.c
 *		EPP sessions over TLS with a client certificate (RFC 5734).
 *
 *		CONNECTING -> GREETING -> LOGIN -> READY -> WAITING -> READY ...
 *
 * In scenario dns a session also waits, after each create, for the signed
 * answer; that time, from one answer to the other, is what is measured.
 */
#include "load.h"
#include "load_command.h"
#include "load_dns.h"
#include "gw_memory.h"

#include <event2/buffer.h>
#include <event2/bufferevent_ssl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#define HEADER_BYTES 4
#define HEAD_BYTES 400			/* the result code stands within */

typedef enum State
{
	CONNECTING,
	GREETING,
	LOGIN,
	READY,
	WAITING
} State;

typedef struct Session
{
	State		state;
	struct bufferevent *bev;
	int64_t		sent_ns;
	LoadRequests requests;
} Session;

static struct event_base *loop;
static SSL_CTX *context;
static Session *sessions;
static bool watching;			/* scenario dns */

static void
session_send(Session *session, const GwBuf *frame)
{
	session->sent_ns = load_clock_ns();
	bufferevent_write(session->bev, frame->data, frame->length);
}

/* <result code="1000">, or 0. */
static int
result_code(const char *answer, size_t length)
{
	static const char mark[] = "result code=\"";
	const char *found = memmem(answer, length, mark, sizeof(mark) - 1);

	return found && found + sizeof(mark) + 3 < answer + length ? atoi(found + sizeof(mark) - 1) : 0;
}

static void
session_login(Session *session)
{
	LoadFrame	login;
	const long	zeroes[HOLE_KINDS] = {0};

	load_frame_build(&login, load_login_template, session->requests.account, true);
	load_frame_fill(&login, zeroes);
	session->state = LOGIN;
	session_send(session, &login.bytes);
	gw_buf_free(&login.bytes);
}

static void
session_next(Session *session)
{
	session->state = READY;
	if (session->bev == NULL || session->requests.count == 0 || !load_run_next((int) (session - sessions)))
		return;
	session->state = WAITING;
	session_send(session, load_requests_next(&session->requests));
}

/* The name was created: from now on, when does the name server have it? */
static void
session_watch(Session *session)
{
	char		name[512];

	snprintf(name, sizeof(name), "%s%08ld.%s", load_options.label, session->requests.number, load_options.zone);
	session->sent_ns = load_clock_ns();
	load_dns_watch((int) (session - sessions), name);
}

static void
session_watched(int client)
{
	load_run_answered(sessions[client].sent_ns, 1000, true);
	session_next(&sessions[client]);
}

static void
session_answered(Session *session, const char *answer, size_t length)
{
	int			code;

	if (session->state == GREETING)
	{
		session_login(session);
		return;
	}
	code = result_code(answer, length);
	if (session->state == LOGIN)
	{
		if (code != 1000)
			load_fatal("login as \"%s\" was answered %d", load_options.accounts.items[session->requests.account], code);
		session->state = READY;
		load_run_ready((int) (session - sessions));
		return;
	}
	if (watching && code == 1000)
	{
		session_watch(session);
		return;
	}
	load_run_answered(session->sent_ns, code, code >= 1000 && code < 2000);
	session_next(session);
}

static void
session_read(struct bufferevent *bev, void *arg)
{
	Session    *session = arg;
	struct evbuffer *input = bufferevent_get_input(bev);
	uint8_t		header[HEADER_BYTES];

	while (evbuffer_copyout(input, header, HEADER_BYTES) == HEADER_BYTES)
	{
		size_t		length = (size_t) header[0] << 24 | (size_t) header[1] << 16 | (size_t) header[2] << 8 | header[3];
		size_t		head = length < HEAD_BYTES ? length : HEAD_BYTES;
		char		copy[HEAD_BYTES];

		if (length > evbuffer_get_length(input))
			return;
		evbuffer_copyout(input, copy, head);
		evbuffer_drain(input, length);
		session_answered(session, copy, head);
	}
}

static void
session_event(struct bufferevent *bev, short what, void *arg)
{
	Session    *session = arg;
	const int	on = 1;
	char		why[160] = "connection closed";
	unsigned long error;

	if (what & BEV_EVENT_CONNECTED)
	{
		setsockopt(bufferevent_getfd(bev), IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
		session->state = GREETING;
		return;
	}
	error = bufferevent_get_openssl_error(bev);
	if (error)
		ERR_error_string_n(error, why, sizeof(why));
	bufferevent_free(bev);
	session->bev = NULL;
	load_run_lost((int) (session - sessions), why);
}

static void
epp_open(int client)
{
	Session    *session = &sessions[client];
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t) load_options.port)};
	SSL		   *ssl = gw_memory_checked(SSL_new(context));

	if (inet_pton(AF_INET, load_options.host, &address.sin_addr) != 1)
		load_fatal("host must be an IPv4 address, not \"%s\"", load_options.host);
	session->state = CONNECTING;
	session->bev = gw_memory_checked(bufferevent_openssl_socket_new(loop, -1, ssl, BUFFEREVENT_SSL_CONNECTING,
																	BEV_OPT_CLOSE_ON_FREE));
	bufferevent_setcb(session->bev, session_read, NULL, session_event, session);
	bufferevent_enable(session->bev, EV_READ | EV_WRITE);
	if (bufferevent_socket_connect(session->bev, (struct sockaddr *) &address, sizeof(address)) != 0)
		load_run_lost(client, "could not connect");
}

static void
epp_setup(struct event_base *base)
{
	loop = base;
	if (load_options.accounts.count == 0)
		load_fatal("accounts: CLID:PASSWORD is needed");
	for (int i = 0; i < load_options.accounts.count; i++)
		if (strchr(load_options.accounts.items[i], ':') == NULL)
			load_fatal("accounts: \"%s\" is not CLID:PASSWORD", load_options.accounts.items[i]);
	context = gw_memory_checked(SSL_CTX_new(TLS_client_method()));
	SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
	if (load_options.certificate && load_options.key
		&& (SSL_CTX_use_certificate_chain_file(context, load_options.certificate) != 1
			|| SSL_CTX_use_PrivateKey_file(context, load_options.key, SSL_FILETYPE_PEM) != 1))
		load_fatal("could not load \"%s\" and \"%s\"", load_options.certificate, load_options.key);
	if (load_options.ca)
	{
		if (SSL_CTX_load_verify_locations(context, load_options.ca, NULL) != 1)
			load_fatal("could not load \"%s\"", load_options.ca);
		SSL_CTX_set_verify(context, SSL_VERIFY_PEER, NULL);
	}
	sessions = gw_new((size_t) load_options.sessions * sizeof(Session));
	for (int i = 0; i < load_options.sessions; i++)
		load_requests_build(&sessions[i].requests, load_options.scenario, i, true);
	watching = strcmp(load_options.scenario, "dns") == 0;
	if (watching)
		load_dns_setup(base, session_watched);
}

static void
epp_go(int client)
{
	session_next(&sessions[client]);
}

const LoadProtocol load_epp = {epp_setup, epp_open, epp_go};
