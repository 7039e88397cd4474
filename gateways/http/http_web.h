/*
 * http_web.h
 *		The look-up page: a few files that are part of the program. They speak RDAP to this service.
 */
#ifndef HTTP_WEB_H
#define HTTP_WEB_H

#include <event2/http.h>

/* Reply with the file of this name ("": the page), or 404. */
void		http_web_reply(struct evhttp_request *request, const char *name);

/* From the service's root to the page. */
void		http_web_redirect(struct evhttp_request *request);

#endif
