/*
 * gw_tls.c
 *		TLS server context. See gw_tls.h.
 */
#include "gw_tls.h"
#include "gw_log.h"
#include "gw_memory.h"

#include <openssl/err.h>
#include <openssl/x509.h>

/* RFC 9325, section 4.2, and the gTLD RDAP profile (TIG 1.5): these and no others. TLS 1.3 has good suites only. */
#define CIPHERS_TLS12 \
	"ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:" \
	"ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384"
#define GROUPS "X25519:P-256:P-384"
/* Keys of 112 bits and more, no SHA-1 in signatures (sections 4.5 and 4.3), whatever the machine's OpenSSL is told. */
#define SECURITY_LEVEL	2

struct GwTls
{
	SSL_CTX    *context;
};

const char *
gw_tls_error(void)
{
	static char text[256];
	unsigned long code = ERR_get_error();

	ERR_clear_error();
	if (code == 0)
		return "connection closed";
	ERR_error_string_n(code, text, sizeof(text));
	return text;
}

/* Log what went wrong and throw the context away. */
static SSL_CTX *
tls_failed(SSL_CTX *context, const char *what, const char *file)
{
	gw_log_begin(GW_LOG_ERROR, "tls_setup_failed");
	gw_log_text("what", what);
	gw_log_text("file", file);
	gw_log_text("message", gw_tls_error());
	gw_log_end();
	SSL_CTX_free(context);
	return NULL;
}

/* Ask for client certificates of this CA. */
static bool
tls_client_ca(SSL_CTX *context, const GwTlsFiles *files)
{
	STACK_OF(X509_NAME) *names = SSL_load_client_CA_file(files->client_ca);

	if (names == NULL || SSL_CTX_load_verify_locations(context, files->client_ca, NULL) != 1)
		return false;
	SSL_CTX_set_client_CA_list(context, names);
	SSL_CTX_set_verify(context, SSL_VERIFY_PEER | (files->client_required ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0),
					   NULL);
	return true;
}

/* A client that names protocols must name ours, so that it cannot be talked into another one (RFC 9325, section 3.8). */
static int
tls_protocol(SSL *session, const unsigned char **chosen, unsigned char *length, const unsigned char *offered, unsigned int offered_length, void *protocol)
{
	unsigned char own[256];
	unsigned int own_length = strlen(protocol);
	unsigned char *choice;

	(void) session;
	own[0] = own_length;
	memcpy(own + 1, protocol, own_length);
	if (SSL_select_next_proto(&choice, length, own, own_length + 1, offered, offered_length) != OPENSSL_NPN_NEGOTIATED)
		return SSL_TLSEXT_ERR_ALERT_FATAL;
	*chosen = choice;
	return SSL_TLSEXT_ERR_OK;
}

/* What every context has, whatever the files. */
static void
tls_settings(SSL_CTX *context)
{
	SSL_CTX_set_security_level(context, SECURITY_LEVEL);
	SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
	SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE
						| SSL_OP_NO_TICKET | SSL_OP_IGNORE_UNEXPECTED_EOF);
	/* Long sessions, few handshakes: no resumption, no state kept for it. */
	SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
	SSL_CTX_set_num_tickets(context, 0);
	/*
	 * Idle sessions give their buffers back. The chain sent is that of the certificate's file: OpenSSL would lengthen
	 * it with what it finds in the file of client CAs.
	 */
	SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_NO_AUTO_CHAIN);
}

static SSL_CTX *
tls_context(const GwTlsFiles *files)
{
	SSL_CTX    *context = SSL_CTX_new(TLS_server_method());

	if (context == NULL)
		return tls_failed(NULL, "context", NULL);
	tls_settings(context);
	if (SSL_CTX_set_cipher_list(context, CIPHERS_TLS12) != 1 || SSL_CTX_set1_groups_list(context, GROUPS) != 1)
		return tls_failed(context, "ciphers", NULL);
	if (files->certificate == NULL || SSL_CTX_use_certificate_chain_file(context, files->certificate) != 1)
		return tls_failed(context, "certificate", files->certificate);
	if (files->key == NULL || SSL_CTX_use_PrivateKey_file(context, files->key, SSL_FILETYPE_PEM) != 1
		|| SSL_CTX_check_private_key(context) != 1)
		return tls_failed(context, "key", files->key);
	if (files->client_ca && !tls_client_ca(context, files))
		return tls_failed(context, "client CA", files->client_ca);
	if (files->protocol)
		SSL_CTX_set_alpn_select_cb(context, tls_protocol, (void *) files->protocol);
	return context;
}

GwTls *
gw_tls_new(const GwTlsFiles *files)
{
	SSL_CTX    *context = tls_context(files);
	GwTls	   *tls;

	if (context == NULL)
		return NULL;
	tls = gw_new(sizeof(*tls));
	tls->context = context;
	return tls;
}

bool
gw_tls_reload(GwTls *tls, const GwTlsFiles *files)
{
	SSL_CTX    *context = tls_context(files);

	if (context == NULL)
		return false;
	SSL_CTX_free(tls->context);
	tls->context = context;
	return true;
}

SSL *
gw_tls_session(GwTls *tls)
{
	return gw_memory_checked(SSL_new(tls->context));
}

bool
gw_tls_fingerprint(SSL *session, char fingerprint[GW_TLS_FINGERPRINT_SIZE])
{
	X509	   *certificate = SSL_get1_peer_certificate(session);
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned int length = 0;
	bool		known;

	fingerprint[0] = '\0';
	if (certificate == NULL)
		return false;
	known = X509_digest(certificate, EVP_sha256(), digest, &length) == 1 && length == 32;
	X509_free(certificate);
	for (unsigned int i = 0; known && i < length; i++)
		snprintf(fingerprint + 2 * i, 3, "%02x", digest[i]);
	return known;
}

void
gw_tls_free(GwTls *tls)
{
	SSL_CTX_free(tls->context);
	free(tls);
}
