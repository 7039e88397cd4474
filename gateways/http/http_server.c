/*
 * http_server.c
 *		Listeners of dos-http: plain and TLS, on libevent's HTTP server.
 */
#include "http.h"
#include "gw_listen.h"
#include "gw_log.h"
#include "gw_main.h"
#include "gw_memory.h"
#include "gw_metrics.h"
#include "gw_proxy.h"

#include <errno.h>
#include <event2/bufferevent.h>
#include <event2/bufferevent_ssl.h>
#include <event2/listener.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/resource.h>

#define BODY_BYTES_MAX 1024		/* a look-up has no body */
#define FILES_BESIDE 128		/* descriptors that are not clients */
#define PAUSE_MS 100

static struct event_base *loop;
static struct evconnlistener **listeners;
static int	listener_count;
static GwTls *tls;

static void
plain_request(struct evhttp_request *request, void *arg)
{
	http_peer_request_came(request);
	if (!http_settings.redirect_plain)
		http_rdap_request(request, arg);
	else
	{
		http_rdap_count_redirect();
		http_reply_redirect(request);
	}
}

static void
tls_request(struct evhttp_request *request, void *arg)
{
	http_peer_request_came(request);
	http_rdap_request(request, arg);
}

/* While an answer is sent evhttp goes on reading, but not more than this: requests wait with the client. */
static void
limit_input(struct bufferevent *bev)
{
	bufferevent_setwatermark(bev, EV_READ, 0, (size_t) http_settings.header_bytes_max + BODY_BYTES_MAX + GW_PROXY_HEADER_MAX);
}

static struct bufferevent *
plain_connection(struct event_base *base, void *arg)
{
	struct bufferevent *bev = bufferevent_socket_new(base, -1, BEV_OPT_CLOSE_ON_FREE);

	(void) arg;
	limit_input(gw_memory_checked(bev));
	http_peer_watch(bev);
	return bev;
}

static struct bufferevent *
tls_connection(struct event_base *base, void *arg)
{
	SSL		   *session = gw_tls_session(tls);
	struct bufferevent *bev = bufferevent_openssl_socket_new(base, -1, session, BUFFEREVENT_SSL_ACCEPTING, BEV_OPT_CLOSE_ON_FREE);

	(void) arg;
	limit_input(gw_memory_checked(bev));
	SSL_set_info_callback(session, http_peer_handshake);
	return bev;
}

static void
listener_resume(evutil_socket_t fd, short what, void *arg)
{
	(void) fd;
	(void) what;
	if (!gw_draining())
		evconnlistener_enable(arg);
}

/* No descriptor left for another client: let those that wait wait, and look again soon. */
static void
listener_full(struct evconnlistener *listener, void *arg)
{
	const struct timeval pause = {0, PAUSE_MS * 1000};

	(void) arg;
	gw_metric_add(gw_metrics_counter("dos_http_full_total", "times no more connections could be accepted", ""), 1);
	gw_log(GW_LOG_WARNING, "connections_full", "%s", strerror(errno));
	evconnlistener_disable(listener);
	event_base_once(loop, -1, EV_TIMEOUT, listener_resume, listener, &pause);
}

static struct evhttp *
server_new(void (*handler) (struct evhttp_request *, void *))
{
	struct evhttp *http = gw_memory_checked(evhttp_new(loop));

	/* every method comes to us, so that a refusal is an RDAP answer too */
	evhttp_set_allowed_methods(http, EVHTTP_REQ_GET | EVHTTP_REQ_HEAD | EVHTTP_REQ_POST | EVHTTP_REQ_PUT | EVHTTP_REQ_DELETE |
							   EVHTTP_REQ_OPTIONS | EVHTTP_REQ_PATCH | EVHTTP_REQ_TRACE | EVHTTP_REQ_CONNECT);
	evhttp_set_max_headers_size(http, http_settings.header_bytes_max);
	evhttp_set_max_body_size(http, BODY_BYTES_MAX);
	evhttp_set_timeout(http, (int) http_settings.idle_timeout_s);
	evhttp_set_default_content_type(http, NULL);
	evhttp_set_gencb(http, handler, NULL);
	return http;
}

/* The header of a proxy must be there when its connection is accepted; so a connection waits for its first bytes. */
static void
listener_defer(struct evconnlistener *listener)
{
	int			seconds = (int) http_settings.request_timeout_s;

	if (http_settings.proxy_protocol.count > 0)
		setsockopt(evconnlistener_get_fd(listener), IPPROTO_TCP, TCP_DEFER_ACCEPT, &seconds, sizeof(seconds));
}

static bool
server_listen(struct evhttp *http, const GwList *addresses)
{
	for (int i = 0; i < addresses->count; i++)
	{
		struct evconnlistener *listener = gw_listen_open(loop, addresses->items[i], NULL, NULL);

		if (listener == NULL)
			return false;
		listener_defer(listener);
		evhttp_bind_listener(http, listener);
		evconnlistener_set_error_cb(listener, listener_full);
		evconnlistener_enable(listener);
		listeners = gw_realloc(listeners, (size_t) (listener_count + 1) * sizeof(*listeners));
		listeners[listener_count++] = listener;
		gw_log_begin(GW_LOG_INFO, "listening");
		gw_log_text("address", addresses->items[i]);
		gw_log_end();
	}
	return true;
}

/* libevent counts no connections, but the system counts descriptors. */
static void
limit_connections(void)
{
	rlim_t		wanted = (rlim_t) (http_settings.connections_max + gw_settings.db_connections + FILES_BESIDE);
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files) != 0)
		return;
	files.rlim_cur = files.rlim_max == RLIM_INFINITY || wanted < files.rlim_max ? wanted : files.rlim_max;
	if (setrlimit(RLIMIT_NOFILE, &files) != 0)
		gw_log(GW_LOG_WARNING, "connections_max", "could not be set: %s", strerror(errno));
}

static GwTlsFiles
tls_files(void)
{
	return (GwTlsFiles) {
		.certificate = http_settings.tls_certificate, .key = http_settings.tls_key, .client_ca = http_settings.tls_client_ca,
		.protocol = "http/1.1"
	};
}

bool
http_server_start(struct event_base *base)
{
	struct evhttp *plain;
	struct evhttp *secure;
	GwTlsFiles	files = tls_files();

	loop = base;
	limit_connections();
	plain = server_new(plain_request);
	evhttp_set_bevcb(plain, plain_connection, NULL);
	if (!server_listen(plain, &http_settings.listen))
		return false;
	if (http_settings.listen_tls.count == 0)
		return true;
	tls = gw_tls_new(&files);
	if (tls == NULL)
		return false;
	secure = server_new(tls_request);
	evhttp_set_bevcb(secure, tls_connection, NULL);
	return server_listen(secure, &http_settings.listen_tls);
}

bool
http_server_reload(void)
{
	GwTlsFiles	files = tls_files();

	return tls == NULL ||
		gw_tls_reload(tls, &files);
}

static void
server_end(void)
{
	event_base_loopexit(loop, &(struct timeval) {0, PAUSE_MS * 1000});
}

/* Accept nothing more, and end with the last answer. */
void
http_server_drain(void)
{
	for (int i = 0; i < listener_count; i++)
		evconnlistener_disable(listeners[i]);
	if (http_rdap_pending() == 0)
		http_rdap_end(server_end);
}
