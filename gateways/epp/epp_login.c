/*
 * epp_login.c
 *		Login and logout (RFC 5730, section 2.9.1), with login security (RFC 8807).
 *
 * dos.epp_login($1 registrar, $2 password, $3 new_password, $4 certificate,
 * $5 address, $6 language, $7 object_uris, $8 extension_uris, $9 cltrid,
 * $10 svtrid, $11 secure, $12 connection); $4, $5 and $12 come from the
 * connection, $11 from the extension.
 */
#include "epp_commands.h"
#include "epp_report.h"
#include "epp_run.h"
#include "epp_xml.h"
#include "gw_array.h"
#include "gw_memory.h"

#include <event2/bufferevent_ssl.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

const EppRow epp_login_grammar[] = {
	{0, "login", ONE, EPP_ELEMENTS},
	{1, "clID", ONE, EPP_CLID, AS_TEXT, 1},
	{1, "pw", ONE, EPP_PASSWORD, AS_TEXT, 2},
	{1, "newPW", OPTIONAL, EPP_PASSWORD, AS_TEXT, 3},
	{1, "options", ONE, EPP_ELEMENTS},
	{2, "version", ONE, EPP_VERSION},
	{2, "lang", ONE, EPP_LANGUAGE, AS_TEXT, 6},
	{1, "svcs", ONE, EPP_ELEMENTS},
	{2, "objURI", SOME, EPP_URI, AS_LIST, 7},
	{2, "svcExtension", OPTIONAL, EPP_ELEMENTS},
	{3, "extURI", SOME, EPP_URI, AS_LIST, 8},
	{.name = NULL}
};

/* The schema has three sequences to choose from: some of app, tech and os, in this order. */
const EppRow epp_loginsec_grammar[] = {
	{0, "loginSec", ONE, EPP_ELEMENTS},
	{1, "userAgent", OPTIONAL, EPP_ELEMENTS},
	{2, "app", OPTIONAL, EPP_TOKEN, AS_MEMBER, .key = "app"},
	{2, "tech", OPTIONAL, EPP_TOKEN, AS_MEMBER, .key = "tech"},
	{2, "os", OPTIONAL, EPP_TOKEN, AS_MEMBER, .key = "os"},
	{1, "pw", OPTIONAL, EPP_LONG_PASSWORD, AS_MEMBER, .key = "pw"},
	{1, "newPW", OPTIONAL, EPP_LONG_PASSWORD, AS_MEMBER, .key = "newPW"},
	{.name = NULL}
};

const EppRow epp_logout_grammar[] = {
	{0, "logout", ONE, EPP_ANYTHING},
	{.name = NULL}
};

/* Columns of dos.epp_login */
enum
{
	LOGIN_CODE, LOGIN_CLID, LOGIN_SESSION, LOGIN_ACCEPTS, LOGIN_EVENTS, LOGIN_ELEMENT, LOGIN_DETAIL
};

/* The pieces of an event, in the order of LOGIN_EVENTS; the last is the text. */
static const char *const event_attributes[] = {"type", "name", "level", "exDate", "value", "duration"};

#define EVENT_TEXT 6
#define EVENT_ITEMS 7

/* The services of the gateway that an array of URIs names. */
static EppServices
services_of(const char *literal)
{
	GwArray    *uris = literal ? gw_array_parse(literal) : NULL;
	EppServices services = 0;

	for (int i = 0; uris && i < uris->count; i++)
	{
		int			service = epp_service_of(uris->items[i]);

		if (service >= 0)
			services |= EPP_SERVICE_BIT(service);
	}
	gw_array_free(uris);
	return services;
}

EppServices
epp_login_services(EppParameters *parameters)
{
	const char *values[8];

	epp_parameters_values(parameters, 8, values);
	return services_of(values[6]) | services_of(values[7]);
}

/* "2026-11-21T11:42:11Z" as member of the object */
static void
set_time(json_t *object, const char *key, const ASN1_TIME *time)
{
	struct tm	parts;
	char		text[32];

	if (ASN1_TIME_to_tm(time, &parts) == 1 && strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &parts))
		json_object_set_new(object, key, json_string(text));
}

/* What the connection knows about itself. */
static char *
describe_connection(SSL *ssl)
{
	json_t	   *object = gw_memory_checked(json_object());
	X509	   *certificate = SSL_get1_peer_certificate(ssl);
	EVP_PKEY   *key = certificate ? X509_get0_pubkey(certificate) : NULL;
	char		incarnation[EPP_SVTRID_SIZE];
	char	   *text;

	epp_incarnation(incarnation);
	json_object_set_new(object, "gateway", json_string(epp_report_name()));
	json_object_set_new(object, "incarnation", json_string(incarnation));
	json_object_set_new(object, "tls", json_string(SSL_get_version(ssl)));
	json_object_set_new(object, "cipher", json_string(SSL_get_cipher_name(ssl)));
	if (key)
	{
		json_object_set_new(object, "key", json_string(EVP_PKEY_get0_type_name(key)));
		json_object_set_new(object, "bits", json_integer(EVP_PKEY_get_bits(key)));
		set_time(object, "not_before", X509_get0_notBefore(certificate));
		set_time(object, "not_after", X509_get0_notAfter(certificate));
	}
	X509_free(certificate);
	text = gw_memory_checked(json_dumps(object, JSON_COMPACT));
	json_decref(object);
	return text;
}

void
epp_login_complete(EppRun *run, EppParameters *parameters)
{
	char		fingerprint[GW_TLS_FINGERPRINT_SIZE];
	SSL		   *ssl = run->session->bev ? bufferevent_openssl_get_ssl(run->session->bev) : NULL;
	char	   *connection = ssl ? describe_connection(ssl) : NULL;
	const char *values[6];

	epp_parameters_text(parameters, 4, ssl && gw_tls_fingerprint(ssl, fingerprint) ? fingerprint : NULL);
	epp_parameters_text(parameters, 5, run->session->address);
	epp_parameters_text(parameters, 9, *run->request.cltrid ? run->request.cltrid : NULL);
	epp_parameters_text(parameters, 10, run->svtrid);
	epp_parameters_store_extensions(parameters, 11);
	epp_parameters_text(parameters, 12, connection);
	free(connection);
	run->login_services = epp_login_services(parameters);
	epp_parameters_values(parameters, 6, values);
	snprintf(run->login_language, sizeof(run->login_language), "%s", values[5]);
}

/* One <loginSec:event>. */
static void
write_event(EppResponse *response, char *const *items)
{
	char		date[40];

	gw_buf_puts(response->out, "<loginSec:event");
	for (int i = 0; i < EVENT_TEXT; i++)
	{
		const char *value = items[i];

		if (value == NULL)
			continue;
		if (strcmp(event_attributes[i], "exDate") == 0)
		{
			epp_time_text(value, date, sizeof(date));
			value = date;
		}
		gw_buf_printf(response->out, " %s=\"", event_attributes[i]);
		epp_xml_attribute(response->out, value);
		gw_buf_putc(response->out, '"');
	}
	gw_buf_putc(response->out, '>');
	epp_xml_text(response->out, items[EVENT_TEXT] ? items[EVENT_TEXT] : "");
	gw_buf_puts(response->out, "</loginSec:event>");
}

/* RFC 8807, section 4.1: for clients that logged in with it, when there is something to tell. */
static void
write_events(EppResponse *response, const PGresult *result)
{
	GwArray    *items;

	if (!EPP_AGREED(response->services, EPP_SERVICE_LOGINSEC) || PQgetisnull(result, 0, LOGIN_EVENTS))
		return;
	items = gw_array_parse(PQgetvalue(result, 0, LOGIN_EVENTS));
	if (items && items->count >= EVENT_ITEMS && epp_write_extension(response, EPP_SERVICE_LOGINSEC, "loginSecData", NULL))
	{
		for (int i = 0; i + EVENT_ITEMS <= items->count; i += EVENT_ITEMS)
			write_event(response, items->items + i);
		epp_write_extension_end(response, EPP_SERVICE_LOGINSEC, "loginSecData");
	}
	gw_array_free(items);
}

/* The row of dos.epp_login: 1000, or why not. */
void
epp_login_answer(EppRun *run, const PGresult *result)
{
	EppSession *session = run->session;
	EppVerdict	verdict = {.code = atoi(PQgetvalue(result, 0, LOGIN_CODE)), .extend = write_events, .result = result,
	.services = run->login_services};

	if (verdict.code == 1000)
	{
		EppServices accepts = PQgetisnull(result, 0, LOGIN_ACCEPTS) ? 0 : services_of(PQgetvalue(result, 0, LOGIN_ACCEPTS));

		epp_session_open(session, PQgetvalue(result, 0, LOGIN_CLID), strtoll(PQgetvalue(result, 0, LOGIN_SESSION), NULL, 10),
						 run->login_services, accepts, run->login_language);
	}
	else if (verdict.code == 2200 && ++session->login_failures >= epp_limits.login_attempts_max)
		verdict.code = 2501;
	if (epp_result_text(verdict.code) == NULL)
		verdict.code = 2400;
	if (!PQgetisnull(result, 0, LOGIN_DETAIL))
	{
		verdict.detail = PQgetvalue(result, 0, LOGIN_DETAIL);
		verdict.node = epp_request_find(&run->request, PQgetvalue(result, 0, LOGIN_ELEMENT), NULL);
	}
	epp_answer(run, &verdict);
}
