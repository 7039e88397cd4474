/*
 * http_reply.c
 *		Answers: RDAP documents, RDAP error objects (RFC 9083 section 6), redirects.
 */
#include "http.h"
#include "gw_buf.h"
#include "http_body.h"
#include "gw_main.h"
#include "gw_metrics.h"

#include <event2/buffer.h>
#include <event2/keyvalq_struct.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static const struct
{
	int			code;
	const char *title;
}			titles[] = {
	{200, "OK"},
	{204, "No Content"},
	{301, "Moved Permanently"},
	{302, "Found"},
	{304, "Not Modified"},
	{400, "Bad Request"},
	{401, "Unauthorized"},
	{403, "Forbidden"},
	{404, "Not Found"},
	{405, "Method Not Allowed"},
	{429, "Too Many Requests"},
	{500, "Internal Server Error"},
	{501, "Not Implemented"},
	{503, "Service Unavailable"},
};

static const char *
title_of(int code)
{
	for (size_t i = 0; i < sizeof(titles) / sizeof(titles[0]); i++)
		if (titles[i].code == code)
			return titles[i].title;
	return "Error";
}

/* The header fields of every answer: CORS of RFC 7480 section 5.6, and what keeps a browser from mistakes. */
static struct evkeyvalq *
common_headers(struct evhttp_request *request)
{
	struct evkeyvalq *headers = evhttp_request_get_output_headers(request);

	evhttp_add_header(headers, "Access-Control-Allow-Origin", "*");
	evhttp_add_header(headers, "X-Content-Type-Options", "nosniff");
	if (evhttp_find_header(headers, "Content-Security-Policy") == NULL)
		evhttp_add_header(headers, "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
	if (strncmp(http_base_url, "https:", 6) == 0)
		evhttp_add_header(headers, "Strict-Transport-Security", "max-age=31536000");
	if (gw_draining())
		evhttp_add_header(headers, "Connection", "close");
	return headers;
}

static void
count(int code)
{
	static GwMetric *counters[600];

	if (counters[code] == NULL)
	{
		char		label[24];

		snprintf(label, sizeof(label), "code=\"%d\"", code);
		counters[code] = gw_metrics_counter("dos_http_answers_total", "HTTP answers by status code", label);
	}
	gw_metric_add(counters[code], 1);
}

/* How an answer may be kept: by its tag, and for how long. True when the client has it already: 304, no body. */
static bool
reply_cached(struct evhttp_request *request, struct evkeyvalq *headers, const char *body, size_t length, long seconds)
{
	const char *known = evhttp_find_header(evhttp_request_get_input_headers(request), "If-None-Match");
	char		tag[HTTP_TAG_MAX];
	char		age[40] = "no-cache";

	http_body_tag(body, length, tag);
	if (seconds > 0)
		snprintf(age, sizeof(age), "max-age=%ld", seconds);
	evhttp_add_header(headers, "Vary", "Accept-Encoding, Authorization");
	/* what a reader who is known was told is kept nowhere */
	if (evhttp_find_header(headers, "Cache-Control"))
		return false;
	evhttp_add_header(headers, "ETag", tag);
	evhttp_add_header(headers, "Cache-Control", age);
	return known && http_body_tag_matches(known, tag);
}

/* HEAD says how long the answer would be, and gives none (RFC 9110 section 9.3.2). */
static void
reply_body(struct evhttp_request *request, struct evkeyvalq *headers, const char *body, size_t length)
{
	const char *encodings = evhttp_find_header(evhttp_request_get_input_headers(request), "Accept-Encoding");

	if (encodings && length >= (size_t) http_settings.gzip_bytes_min && http_body_gzip_wanted(encodings))
	{
		size_t		size;
		const char *shorter = http_body_gzip(body, length, &size);

		if (shorter)
		{
			evhttp_add_header(headers, "Content-Encoding", "gzip");
			body = shorter;
			length = size;
		}
	}
	if (evhttp_request_get_command(request) == EVHTTP_REQ_HEAD)
	{
		char		number[24];

		snprintf(number, sizeof(number), "%zu", length);
		evhttp_add_header(headers, "Content-Length", number);
	}
	else
		evbuffer_add(evhttp_request_get_output_buffer(request), body, length);
}

static void
reply(struct evhttp_request *request, int code, const char *body, size_t length, long seconds)
{
	struct evkeyvalq *headers = common_headers(request);

	if (code == 200 && reply_cached(request, headers, body, length, seconds))
		code = 304;
	else
	{
		/* RFC 7480 section 4.2; availability and the look-up page have their own */
		if (evhttp_find_header(headers, "Content-Type") == NULL)
			evhttp_add_header(headers, "Content-Type", "application/rdap+json");
		reply_body(request, headers, body, length);
	}
	count(code);
	evhttp_send_reply(request, code, title_of(code), NULL);
}

void
http_reply(struct evhttp_request *request, int code, const char *body, size_t length)
{
	reply(request, code, body, length, http_settings.cache_s);
}

/* RFC 9224 section 8: clients go by Expires, so it is said in both ways. */
void
http_reply_file(struct evhttp_request *request, const char *body, size_t length, long seconds)
{
	struct evkeyvalq *headers = evhttp_request_get_output_headers(request);
	time_t		until = time(NULL) + seconds;
	struct tm	parts;
	char		date[40];

	gmtime_r(&until, &parts);
	strftime(date, sizeof(date), "%a, %d %b %Y %H:%M:%S GMT", &parts);
	evhttp_add_header(headers, "Expires", date);
	evhttp_add_header(headers, "Content-Type", "application/json");
	reply(request, 200, body, length, seconds);
}

void
http_reply_options(struct evhttp_request *request)
{
	struct evkeyvalq *headers = common_headers(request);

	evhttp_add_header(headers, "Allow", "GET, HEAD, OPTIONS");
	evhttp_add_header(headers, "Access-Control-Allow-Methods", "GET, HEAD, OPTIONS");
	evhttp_add_header(headers, "Access-Control-Allow-Headers", "Authorization, Accept, If-None-Match");
	evhttp_add_header(headers, "Access-Control-Max-Age", "86400");
	count(204);
	evhttp_send_reply(request, 204, title_of(204), NULL);
}

void
http_reply_error(struct evhttp_request *request, int code, const char *description, int retry_after)
{
	GwBuf		body = {0};

	gw_buf_puts(&body, "{\"rdapConformance\":[");
	for (int i = 0; i < http_settings.conformance.count; i++)
	{
		gw_buf_puts(&body, i > 0 ? ",\"" : "\"");
		gw_buf_json(&body, http_settings.conformance.items[i]);
		gw_buf_putc(&body, '"');
	}
	gw_buf_printf(&body, "],\"errorCode\":%d,\"title\":\"%s\",\"description\":[\"", code, title_of(code));
	gw_buf_json(&body, description);
	gw_buf_puts(&body, "\"]}");
	if (retry_after > 0)
	{
		char		seconds[24];

		snprintf(seconds, sizeof(seconds), "%d", retry_after);
		evhttp_add_header(evhttp_request_get_output_headers(request), "Retry-After", seconds);
	}
	http_reply(request, code, body.data, body.length);
	gw_buf_free(&body);
}

/* To the same query at the public URL. The path is sent as it came: it has no CR, LF or blank in it. */
void
http_reply_redirect(struct evhttp_request *request)
{
	const char *path = evhttp_uri_get_path(evhttp_request_get_evhttp_uri(request));
	size_t		base_length = strlen(http_base_path);
	GwBuf		location = {0};

	if (path == NULL || strncmp(path, http_base_path, base_length) != 0)
	{
		http_reply_error(request, 404, "There is nothing here.", 0);
		return;
	}
	gw_buf_puts(&location, http_base_url);
	gw_buf_puts(&location, path + base_length);
	evhttp_add_header(evhttp_request_get_output_headers(request), "Location", location.data);
	http_reply_error(request, 301, "This service is offered over HTTPS.", 0);
	gw_buf_free(&location);
}
