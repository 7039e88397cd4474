/*
 * http_web.c
 *		Files of the look-up page. See http_web.h; the files are in web/.
 */
#include "http_web.h"
#include "http.h"

#include <event2/keyvalq_struct.h>
#include <string.h>

/* The file as it is, between two symbols. Compiled in gateways/. */
#define WEB_FILE(symbol, path) \
	__asm__(".section .rodata\n.global " #symbol ", " #symbol "_end\n" #symbol ":\n.incbin \"" path "\"\n" #symbol "_end:\n.byte 0\n.previous\n"); \
	extern const char symbol[]; \
	extern const char symbol##_end[]

WEB_FILE(http_web_page, "http/web/index.html");
WEB_FILE(http_web_script, "http/web/lookup.js");
WEB_FILE(http_web_style, "http/web/lookup.css");

static const struct
{
	const char *name;
	const char *type;
	const char *begin;
	const char *end;
}			files[] = {
	{"", "text/html; charset=utf-8", http_web_page, http_web_page_end},
	{"lookup.js", "text/javascript; charset=utf-8", http_web_script, http_web_script_end},
	{"lookup.css", "text/css; charset=utf-8", http_web_style, http_web_style_end},
};

void
http_web_reply(struct evhttp_request *request, const char *name)
{
	struct evkeyvalq *headers = evhttp_request_get_output_headers(request);

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		if (strcmp(files[i].name, name) == 0)
		{
			evhttp_add_header(headers, "Content-Type", files[i].type);
			evhttp_add_header(headers, "Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
							  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
			evhttp_add_header(headers, "Referrer-Policy", "no-referrer");
			http_reply(request, 200, files[i].begin, (size_t) (files[i].end - files[i].begin));
			return;
		}
	http_reply_error(request, 404, "There is nothing here.", 0);
}

void
http_web_redirect(struct evhttp_request *request)
{
	evhttp_add_header(evhttp_request_get_output_headers(request), "Location", "web/");
	http_reply_error(request, 302, "The look-up page is at web/.", 0);
}
