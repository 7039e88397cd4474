/*
 * http_reader.h
 *		Who a reader proves to be: a bearer token (RFC 6750) or a client certificate.
 */
#ifndef HTTP_READER_H
#define HTTP_READER_H

#include <event2/http.h>

#define HTTP_KEY_MAX 80

typedef enum HttpReader
{
	HTTP_READER_PUBLIC,
	HTTP_READER_KEY,
	HTTP_READER_WRONG			/* an Authorization field that is not understood */
} HttpReader;

/* `key` gets what dos.reader.keys would hold: "bearer:" or "certificate:" and a SHA-256 in hex. */
HttpReader	http_reader_of(struct evhttp_request *request, char key[HTTP_KEY_MAX]);

#endif
