/*
 * escrow_rri.c
 *		ICANN's registry reporting interface, as far as escrow goes: hand in the report of a deposit, and ask what the agent
 *		said of it. HTTP 200 is no acceptance; result code 1000 is.
 */
#include "escrow.h"
#include "escrow_remote.h"
#include "gw_buf.h"
#include "gw_memory.h"

#include <curl/curl.h>
#include <errno.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define ANSWER_MAX	(1 << 20)

static size_t
answer_take(char *data, size_t size, size_t count, void *answer)
{
	GwBuf	   *buf = answer;

	if (buf->length + size * count > ANSWER_MAX)
		return 0;
	gw_buf_add(buf, data, size * count);
	return size * count;
}

static bool
is_set(const char *text)
{
	return text && *text;
}

static const char *
content_of(const xmlNode *node)
{
	return node->children && node->children->content ? (const char *) node->children->content : "";
}

/* The first element of that name at or below a node, in document order. */
static xmlNode *
element_find(xmlNode *node, const char *name)
{
	xmlNode    *found;

	for (; node; node = node->next)
	{
		if (node->type == XML_ELEMENT_NODE && strcmp((const char *) node->name, name) == 0)
			return node;
		if (node->type == XML_ELEMENT_NODE && (found = element_find(node->children, name)) != NULL)
			return found;
	}
	return NULL;
}

static void
result_read(xmlNode *root, RriAnswer *answer)
{
	xmlNode    *result = element_find(root, "result");
	xmlNode    *message,
			   *description;
	xmlChar    *code;

	if (!result)
		return;
	code = xmlGetProp(result, (const xmlChar *) "code");
	answer->code = code ? atoi((const char *) code) : 0;
	xmlFree(code);
	message = element_find(result->children, "msg");
	description = element_find(result->children, "description");
	snprintf(answer->message, sizeof(answer->message), "%s%s%s", message ? content_of(message) : "", description ? " " : "", description ? content_of(description) : "");
}

/* Of the notifications of a day the last one about this deposit counts; one without a report is about none. */
static void
notification_read(xmlNode *node, const char *id, RriAnswer *answer)
{
	for (; node; node = node->next)
	{
		xmlNode    *status,
				   *report,
				   *about;

		if (node->type != XML_ELEMENT_NODE)
			continue;
		if (strcmp((const char *) node->name, "notification") != 0)
		{
			notification_read(node->children, id, answer);
			continue;
		}
		status = element_find(node->children, "status");
		report = element_find(node->children, "report");
		about = report ? element_find(report->children, "id") : NULL;
		if (status && about && strcmp(content_of(about), id) == 0)
			snprintf(answer->status, sizeof(answer->status), "%.7s", content_of(status));
	}
}

/* What came back, if it is XML; no document type, no network. */
static void
answer_read(const GwBuf *body, const char *id, RriAnswer *answer)
{
	xmlDoc	   *document = body->length ? xmlReadMemory(body->data, (int) body->length, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING) : NULL;

	if (!document)
		return;
	if (!document->intSubset)
	{
		result_read(xmlDocGetRootElement(document), answer);
		if (id)
			notification_read(xmlDocGetRootElement(document), id, answer);
	}
	xmlFreeDoc(document);
}

static void
session_options(CURL *curl, const char *zone, char **user)
{
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https");
	curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, remote_settings.timeout_s);
	curl_easy_setopt(curl, CURLOPT_HTTPAUTH, (long) CURLAUTH_BASIC);
	if (is_set(remote_settings.rri_password))
	{
		*user = remote_text(is_set(remote_settings.rri_user) ? remote_settings.rri_user : "{zone}_ry", zone);
		curl_easy_setopt(curl, CURLOPT_USERNAME, *user);
		curl_easy_setopt(curl, CURLOPT_PASSWORD, remote_settings.rri_password);
	}
	if (is_set(remote_settings.rri_certificate))
		curl_easy_setopt(curl, CURLOPT_SSLCERT, remote_settings.rri_certificate);
	if (is_set(remote_settings.rri_key))
		curl_easy_setopt(curl, CURLOPT_SSLKEY, remote_settings.rri_key);
	if (is_set(remote_settings.rri_ca))
		curl_easy_setopt(curl, CURLOPT_CAINFO, remote_settings.rri_ca);
}

static bool
request(const char *zone, const char *path, FILE *file, long size, const char *id, RriAnswer *answer, char *error, size_t error_size)
{
	char	   *url = gw_malloc(strlen(remote_settings.rri_url) + strlen(path) + 1);
	size_t		base = strlen(remote_settings.rri_url);
	char		reason[CURL_ERROR_SIZE] = "";
	char	   *user = NULL;
	struct curl_slist *headers = NULL;
	GwBuf		body = {0};
	CURL	   *curl = curl_easy_init();
	CURLcode	code;

	while (base > 0 && remote_settings.rri_url[base - 1] == '/')
		base--;
	sprintf(url, "%.*s%s", (int) base, remote_settings.rri_url, path);
	memset(answer, 0, sizeof(*answer));
	session_options(curl, zone, &user);
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, reason);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, answer_take);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, &body);
	headers = curl_slist_append(headers, "Accept:");
	if (file)
	{
		headers = curl_slist_append(headers, "Content-Type: text/xml");
		headers = curl_slist_append(headers, "Expect:");
		curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
		curl_easy_setopt(curl, CURLOPT_READDATA, file);
		curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t) size);
	}
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	code = curl_easy_perform(curl);
	if (code == CURLE_OK)
	{
		curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer->http);
		answer_read(&body, id, answer);
		if (!answer->message[0])
			snprintf(answer->message, sizeof(answer->message), "HTTP %ld", answer->http);
	}
	else
		snprintf(error, error_size, "%s: %s", url, reason[0] ? reason : curl_easy_strerror(code));
	curl_easy_cleanup(curl);
	curl_slist_free_all(headers);
	gw_buf_free(&body);
	free(user);
	free(url);
	return code == CURLE_OK;
}

bool
rri_report(const char *zone, const char *id, const char *path, RriAnswer *answer, char *error, size_t error_size)
{
	char		target[400];
	FILE	   *file = fopen(path, "r");
	struct stat status;
	bool		done;

	if (!file || fstat(fileno(file), &status) != 0)
	{
		snprintf(error, error_size, "%s: %s", path, strerror(errno));
		if (file)
			fclose(file);
		return false;
	}
	snprintf(target, sizeof(target), "/report/registry-escrow-report/%s/%s", zone, id);
	done = request(zone, target, file, (long) status.st_size, NULL, answer, error, error_size);
	fclose(file);
	return done;
}

bool
rri_ask(const char *zone, const char *day, const char *id, RriAnswer *answer, char *error, size_t error_size)
{
	char		target[400];

	snprintf(target, sizeof(target), "/info/report/escrow-agent-notification/%s/%s", zone, day);
	return request(zone, target, NULL, 0, id, answer, error, error_size);
}
