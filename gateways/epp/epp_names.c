/*
 * epp_names.c
 *		The protocol's own words. See epp_names.h.
 *
 * The texts of the result codes come from src/base/result_codes.txt, through
 * the generated epp_result_texts.h.
 */
#include "epp_names.h"

#include <stddef.h>
#include <string.h>

static const struct
{
	const char *prefix;
	const char *uri;
}			namespaces[] = {
	[EPP_SERVICE_DOMAIN] = {"domain", EPP_URI_DOMAIN},
	[EPP_SERVICE_HOST] = {"host", EPP_URI_HOST},
	[EPP_SERVICE_CONTACT] = {"contact", EPP_URI_CONTACT},
	[EPP_SERVICE_SECDNS] = {"secDNS", EPP_URI_SECDNS},
	[EPP_SERVICE_RGP] = {"rgp", EPP_URI_RGP},
	[EPP_SERVICE_UNHANDLED] = {"unhandled", EPP_URI_UNHANDLED},
	[EPP_SERVICE_SECURE_AUTHINFO] = {"secureAuthInfo", EPP_URI_SECURE_AUTHINFO},
	[EPP_SERVICE_LOGINSEC] = {"loginSec", EPP_URI_LOGINSEC},
	[EPP_SERVICE_FEE] = {"fee", EPP_URI_FEE},
	[EPP_SERVICE_TOKEN] = {"allocationToken", EPP_URI_TOKEN},
	[EPP_SERVICE_LAUNCH] = {"launch", EPP_URI_LAUNCH},
	[EPP_SERVICE_IDN] = {"idn", EPP_URI_IDN},
	[EPP_SERVICE_TTL] = {"ttl", EPP_URI_TTL},
	[EPP_SERVICE_ORG] = {"org", EPP_URI_ORG},
	[EPP_SERVICE_ORGEXT] = {"orgext", EPP_URI_ORGEXT},
	[EPP_SERVICE_ADDL_EMAIL] = {"addlEmail", EPP_URI_ADDL_EMAIL},
	[EPP_SERVICE_CHANGE_POLL] = {"changePoll", EPP_URI_CHANGE_POLL},
	[EPP_SERVICE_BALANCE] = {"balance", EPP_URI_BALANCE},
	[EPP_SERVICE_MAINT] = {"maint", EPP_URI_MAINT},
	[EPP_SERVICE_BDN] = {"b-dn", EPP_URI_BDN},
	[EPP_SERVICE_LOWBALANCE] = {"lowbalance-poll", EPP_URI_LOWBALANCE},
	[EPP_SERVICE_FUNDS] = {"funds", EPP_URI_FUNDS},
	[EPP_SERVICE_FEE_07] = {"fee", EPP_URI_FEE_07},
	[EPP_SERVICE_FEE_08] = {"fee", EPP_URI_FEE_08},
	[EPP_SERVICE_FEE_09] = {"fee", EPP_URI_FEE_09},
	[EPP_SERVICE_FEE_011] = {"fee", EPP_URI_FEE_011},
	[EPP_SERVICE_FEE_012] = {"fee", EPP_URI_FEE_012},
	[EPP_SERVICE_COUNT] = {"epp", EPP_URI_EPP},
};

_Static_assert(EPP_SERVICE_COUNT <= 64, "EppServices is too small");

static const char *const verbs[EPP_VERB_COUNT] = {
	[EPP_CHECK] = "check",
	[EPP_CREATE] = "create",
	[EPP_DELETE] = "delete",
	[EPP_INFO] = "info",
	[EPP_LOGIN] = "login",
	[EPP_LOGOUT] = "logout",
	[EPP_POLL] = "poll",
	[EPP_RENEW] = "renew",
	[EPP_TRANSFER] = "transfer",
	[EPP_UPDATE] = "update",
	[EPP_HELLO] = "hello",
};

static const struct
{
	int			code;
	const char *text;
}			results[] = {
#include "epp_result_texts.h"
};

int
epp_service_of(const char *uri)
{
	for (int i = 0; i < EPP_SERVICE_COUNT; i++)
		if (strcmp(namespaces[i].uri, uri) == 0)
			return i;
	return -1;
}

const char *
epp_service_uri(EppService service)
{
	return namespaces[service].uri;
}

const char *
epp_prefix_of(const char *uri)
{
	for (int i = 0; i <= EPP_SERVICE_COUNT; i++)
		if (strcmp(namespaces[i].uri, uri) == 0)
			return namespaces[i].prefix;
	return NULL;
}

const char *
epp_uri_of(const char *prefix)
{
	for (int i = 0; i <= EPP_SERVICE_COUNT; i++)
		if (strcmp(namespaces[i].prefix, prefix) == 0)
			return namespaces[i].uri;
	return strcmp(prefix, "smd") == 0 ? EPP_URI_SMD : NULL;	/* marks are no service of their own */
}

EppVerb
epp_verb_of(const char *name)
{
	for (int i = 0; i < EPP_VERB_COUNT; i++)
		if (strcmp(verbs[i], name) == 0)
			return (EppVerb) i;
	return EPP_VERB_COUNT;
}

const char *
epp_verb_name(EppVerb verb)
{
	return verb < EPP_VERB_COUNT ? verbs[verb] : "unknown";
}

_Static_assert(sizeof(results) / sizeof(results[0]) < EPP_RESULTS_MAX, "EPP_RESULTS_MAX is too small");

int
epp_result_number(int code)
{
	size_t		at = 0;

	while (at < sizeof(results) / sizeof(results[0]) && results[at].code != code)
		at++;
	return (int) at;
}

const char *
epp_result_text(int code)
{
	size_t		at = (size_t) epp_result_number(code);

	return at < sizeof(results) / sizeof(results[0]) ? results[at].text : NULL;
}
