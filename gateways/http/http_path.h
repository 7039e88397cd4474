/*
 * http_path.h
 *		The path of a request: RDAP (RFC 9082 section 3, RFC 9536), availability, the look-up page. Pure.
 */
#ifndef HTTP_PATH_H
#define HTTP_PATH_H

#include <stdbool.h>
#include <stddef.h>

#define HTTP_SEGMENT_MAX 1024	/* octets of the decoded search term */

typedef enum HttpRoute
{
	HTTP_DOMAIN,
	HTTP_NAMESERVER,
	HTTP_ENTITY,
	HTTP_HELP,
	HTTP_SEARCH_DOMAINS,
	HTTP_SEARCH_NAMESERVERS,
	HTTP_SEARCH_ENTITIES,
	HTTP_SEARCH_REVERSE,		/* domains of an entity */
	HTTP_DAS,
	HTTP_BOOTSTRAP,				/* the file of RFC 9224 */
	HTTP_WEB,
	HTTP_UNSUPPORTED,			/* a query of RFC 9082 that is not offered here */
	HTTP_UNKNOWN,				/* no query at all */
	HTTP_MALFORMED,				/* a query whose term cannot be read */
	HTTP_ROUTE_COUNT
} HttpRoute;

/* For metrics and, of RDAP's queries, what SQL calls the object. */
extern const char *const http_route_names[];

/*
 * What a path asks for. `base` is the path of the service: it begins and ends
 * with "/". `term` (room for HTTP_SEGMENT_MAX + 1) gets the decoded last segment
 * of a look-up: UTF-8 without control characters, not empty; of HTTP_WEB the
 * name of the file, which may be empty.
 */
HttpRoute	http_path_route(const char *path, const char *base, char *term);

#endif
