/*
 * gw_tls.h
 *		TLS server context: TLS 1.2 and 1.3, cipher suites of RFC 9325. What is sent is the chain in the certificate's
 *		file, no more.
 *
 * Client certificates: with a CA file one is requested. A client without one
 * may go on (unless required); one with a certificate that does not chain to
 * the CA file is refused in the handshake.
 *
 * Sessions hold the context they began with, so reloading (SIGHUP: renewed
 * certificate, other CA file) does not touch open sessions.
 */
#ifndef GW_TLS_H
#define GW_TLS_H

#include <openssl/ssl.h>
#include <stdbool.h>

typedef struct GwTlsFiles
{
	const char *certificate;	/* PEM chain */
	const char *key;			/* PEM */
	const char *client_ca;		/* PEM, or NULL: no client certificate asked for */
	bool		client_required;
	const char *protocol;		/* ALPN identifier (RFC 7301), a constant; NULL: none is registered for what is spoken */
} GwTlsFiles;

typedef struct GwTls GwTls;

/* NULL after logging why. */
GwTls	   *gw_tls_new(const GwTlsFiles *files);

/* False after logging why; the old context then stays in use. */
bool		gw_tls_reload(GwTls *tls, const GwTlsFiles *files);

/* State of one new session, for bufferevent_openssl_socket_new(..., BUFFEREVENT_SSL_ACCEPTING, ...). */
SSL		   *gw_tls_session(GwTls *tls);

#define GW_TLS_FINGERPRINT_SIZE 65

/* Lower-case hex SHA-256 of the peer's certificate; false if there is none. */
bool		gw_tls_fingerprint(SSL *session, char fingerprint[GW_TLS_FINGERPRINT_SIZE]);

/* The first OpenSSL error of this thread as text; clears the queue. */
const char *gw_tls_error(void);

void		gw_tls_free(GwTls *tls);

#endif
