/*
 * http.h
 *		What the parts of dos-http share.
 */
#ifndef HTTP_H
#define HTTP_H

#include <event2/event.h>
#include <event2/http.h>
#include <stdbool.h>

#include "gw_batch.h"
#include "gw_config.h"
#include "gw_limit.h"
#include "gw_main.h"
#include "gw_tls.h"
#include "http_path.h"
#include "http_peer.h"

typedef struct HttpSettings
{
	GwList		listen;
	GwList		listen_tls;
	char	   *tls_certificate;
	char	   *tls_key;
	char	   *tls_client_ca;
	bool		redirect_plain;
	char	   *base_url;
	GwList		conformance;
	long		idle_timeout_s;
	long		header_bytes_max;
	long		connections_max;
	long		connections_per_address_max;
	long		rate_limit;
	long		rate_period_s;
	long		rate_burst;
	long		rate_wide;
	GwList		rate_exempt;
	GwList		proxy_protocol;
	GwList		forwarded_from;
	long		request_timeout_s;
	long		cache_s;
	long		bootstrap_s;
	long		gzip_bytes_min;
	long		count_s;
	char	   *count_database;
	long		batch_size;
	long		batches_in_flight;
} HttpSettings;

extern const GwProgram http_program;
extern HttpSettings http_settings;

extern struct event_base *http_loop;

/* base_url with "/" at its end, and its path, which begins and ends with "/". */
extern char *http_base_url;
extern char *http_base_path;

/* http_server.c: listeners, TLS, limits on connections. */
bool		http_server_start(struct event_base *base);
bool		http_server_reload(void);
void		http_server_drain(void);

/* http_rdap.c: requests. */
void		http_rdap_start(struct event_base *base);
void		http_rdap_limits(void);
int			http_rdap_pending(void);
void		http_rdap_count_redirect(void);
/* Bring the last counts, then call `ended`. */
void		http_rdap_end(void (*ended) (void));
void		http_rdap_request(struct evhttp_request *request, void *arg);

/* http_reply.c: the only place where an answer leaves. `retry_after` 0: none. */
void		http_reply(struct evhttp_request *request, int code, const char *body, size_t length);
/* A file that is no RDAP answer, application/json, to be kept for so long. */
void		http_reply_file(struct evhttp_request *request, const char *body, size_t length, long seconds);
void		http_reply_error(struct evhttp_request *request, int code, const char *description, int retry_after);
/* Many methods are none of RDAP's; a browser asks first what it may (CORS). */
void		http_reply_options(struct evhttp_request *request);
void		http_reply_redirect(struct evhttp_request *request);

#endif
