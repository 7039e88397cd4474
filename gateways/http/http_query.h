/*
 * http_query.h
 *		The query string of a request, decoded strictly. Pure.
 */
#ifndef HTTP_QUERY_H
#define HTTP_QUERY_H

#include <stdbool.h>

#define HTTP_QUERY_PAIRS_MAX 128
#define HTTP_QUERY_BYTES_MAX 8192

typedef struct HttpQuery
{
	int			count;
	const char *keys[HTTP_QUERY_PAIRS_MAX];
	const char *values[HTTP_QUERY_PAIRS_MAX];
	char		text[HTTP_QUERY_BYTES_MAX + 1];
} HttpQuery;

/* NULL or "": no pairs. False: an escape that is none, a control character, no UTF-8, or too much. A "+" is a "+". */
bool		http_query_parse(const char *string, HttpQuery *query);

/* The first value of this key, or NULL. */
const char *http_query_value(const HttpQuery *query, const char *key);

/* Decode `length` octets of percent-encoded text into `out`, which has room for them and a NUL; false as above. */
bool		http_percent_decode(const char *from, int length, char *out);

#endif
