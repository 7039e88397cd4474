/*
 * http_reader.c
 *		Tokens and certificates. See http_reader.h. A token is hashed at once and goes nowhere else.
 */
#include "http_reader.h"
#include "gw_tls.h"

#include <event2/bufferevent_ssl.h>
#include <event2/keyvalq_struct.h>
#include <openssl/sha.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define TOKEN_MIN 16
#define TOKEN_MAX 512

static HttpReader
bearer_key(const char *field, char *key)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/=";
	unsigned char hash[SHA256_DIGEST_LENGTH];
	const char *token = field + 7;
	size_t		length;

	if (strncasecmp(field, "Bearer ", 7) != 0)
		return HTTP_READER_WRONG;
	token += strspn(token, " ");
	length = strlen(token);
	if (length < TOKEN_MIN || length > TOKEN_MAX || strspn(token, plain) != length)
		return HTTP_READER_WRONG;
	SHA256((const unsigned char *) token, length, hash);
	key += sprintf(key, "bearer:");
	for (size_t i = 0; i < sizeof(hash); i++)
		key += sprintf(key, "%02x", hash[i]);
	return HTTP_READER_KEY;
}

HttpReader
http_reader_of(struct evhttp_request *request, char key[HTTP_KEY_MAX])
{
	const char *field = evhttp_find_header(evhttp_request_get_input_headers(request), "Authorization");
	struct evhttp_connection *connection = evhttp_request_get_connection(request);
	SSL		   *session = connection ? bufferevent_openssl_get_ssl(evhttp_connection_get_bufferevent(connection)) : NULL;
	char		fingerprint[GW_TLS_FINGERPRINT_SIZE];

	if (field)
		return bearer_key(field, key);
	if (session == NULL || !gw_tls_fingerprint(session, fingerprint))
		return HTTP_READER_PUBLIC;
	snprintf(key, HTTP_KEY_MAX, "certificate:%s", fingerprint);
	return HTTP_READER_KEY;
}
