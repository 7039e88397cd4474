/*
 * epp_names.h
 *		Namespaces, verbs and result texts: the protocol's own words.
 */
#ifndef EPP_NAMES_H
#define EPP_NAMES_H

#include <stdint.h>

#define EPP_URI_EPP "urn:ietf:params:xml:ns:epp-1.0"
#define EPP_URI_DOMAIN "urn:ietf:params:xml:ns:domain-1.0"
#define EPP_URI_HOST "urn:ietf:params:xml:ns:host-1.0"
#define EPP_URI_CONTACT "urn:ietf:params:xml:ns:contact-1.0"
#define EPP_URI_SECDNS "urn:ietf:params:xml:ns:secDNS-1.1"
#define EPP_URI_RGP "urn:ietf:params:xml:ns:rgp-1.0"
#define EPP_URI_UNHANDLED "urn:ietf:params:xml:ns:epp:unhandled-namespaces-1.0"
#define EPP_URI_SECURE_AUTHINFO "urn:ietf:params:xml:ns:epp:secure-authinfo-transfer-1.0"
#define EPP_URI_LOGINSEC "urn:ietf:params:xml:ns:epp:loginSec-1.0"
#define EPP_URI_FEE "urn:ietf:params:xml:ns:epp:fee-1.0"
#define EPP_URI_FEE_07 "urn:ietf:params:xml:ns:fee-0.7"
#define EPP_URI_FEE_08 "urn:ietf:params:xml:ns:fee-0.8"
#define EPP_URI_FEE_09 "urn:ietf:params:xml:ns:fee-0.9"
#define EPP_URI_FEE_011 "urn:ietf:params:xml:ns:fee-0.11"
#define EPP_URI_FEE_012 "urn:ietf:params:xml:ns:fee-0.12"
#define EPP_URI_TOKEN "urn:ietf:params:xml:ns:allocationToken-1.0"
#define EPP_URI_LAUNCH "urn:ietf:params:xml:ns:launch-1.0"
#define EPP_URI_IDN "urn:ietf:params:xml:ns:idn-1.0"
#define EPP_URI_TTL "urn:ietf:params:xml:ns:epp:ttl-1.0"
#define EPP_URI_ORG "urn:ietf:params:xml:ns:epp:org-1.0"
#define EPP_URI_ORGEXT "urn:ietf:params:xml:ns:epp:orgext-1.0"
#define EPP_URI_CHANGE_POLL "urn:ietf:params:xml:ns:changePoll-1.0"
#define EPP_URI_ADDL_EMAIL "urn:ietf:params:xml:ns:epp:addlEmail-1.0"
#define EPP_URI_MAINT "urn:ietf:params:xml:ns:epp:maintenance-1.0"
#define EPP_URI_BDN "urn:ietf:params:xml:ns:epp:b-dn"
#define EPP_URI_BALANCE "http://www.verisign.com/epp/balance-1.0"
#define EPP_URI_LOWBALANCE "http://www.verisign.com/epp/lowbalance-poll-1.0"
#define EPP_URI_FUNDS "https://namingo.org/epp/funds-1.0"
/* only inside of launch-1.0 */
#define EPP_URI_MARK "urn:ietf:params:xml:ns:mark-1.0"
#define EPP_URI_SMD "urn:ietf:params:xml:ns:signedMark-1.0"

/* Services this gateway can translate. A session holds the set it logged in for. */
typedef enum EppService
{
	EPP_SERVICE_DOMAIN,
	EPP_SERVICE_HOST,
	EPP_SERVICE_CONTACT,
	EPP_SERVICE_SECDNS,
	EPP_SERVICE_RGP,
	EPP_SERVICE_UNHANDLED,		/* a practice, without elements (RFC 9038) */
	EPP_SERVICE_SECURE_AUTHINFO,	/* likewise (RFC 9154) */
	EPP_SERVICE_LOGINSEC,
	EPP_SERVICE_FEE,
	EPP_SERVICE_TOKEN,
	EPP_SERVICE_LAUNCH,
	EPP_SERVICE_IDN,
	EPP_SERVICE_TTL,
	EPP_SERVICE_ORG,
	EPP_SERVICE_ORGEXT,
	EPP_SERVICE_ADDL_EMAIL,
	EPP_SERVICE_CHANGE_POLL,
	EPP_SERVICE_BALANCE,
	EPP_SERVICE_MAINT,
	EPP_SERVICE_BDN,
	EPP_SERVICE_LOWBALANCE,
	EPP_SERVICE_FUNDS,
	EPP_SERVICE_FEE_07,			/* drafts of fee-1.0 */
	EPP_SERVICE_FEE_08,
	EPP_SERVICE_FEE_09,
	EPP_SERVICE_FEE_011,
	EPP_SERVICE_FEE_012,
	EPP_SERVICE_COUNT
} EppService;

/* A set of services. */
typedef uint64_t EppServices;

#define EPP_SERVICE_BIT(service) ((EppServices) 1 << (service))
#define EPP_AGREED(services, service) (((services) & EPP_SERVICE_BIT(service)) != 0)

/* All that speak of fees. */
#define EPP_FEE_SERVICES \
	(EPP_SERVICE_BIT(EPP_SERVICE_FEE) | EPP_SERVICE_BIT(EPP_SERVICE_FEE_07) | EPP_SERVICE_BIT(EPP_SERVICE_FEE_08) \
	 | EPP_SERVICE_BIT(EPP_SERVICE_FEE_09) | EPP_SERVICE_BIT(EPP_SERVICE_FEE_011) | EPP_SERVICE_BIT(EPP_SERVICE_FEE_012))

/* The service of a namespace, or -1. */
int			epp_service_of(const char *uri);
const char *epp_service_uri(EppService service);

/* "domain" for its namespace, NULL if it is not one of ours; and back. Of "fee" the RFC's. */
const char *epp_prefix_of(const char *uri);
const char *epp_uri_of(const char *prefix);

typedef enum EppVerb
{
	EPP_CHECK,
	EPP_CREATE,
	EPP_DELETE,
	EPP_INFO,
	EPP_LOGIN,
	EPP_LOGOUT,
	EPP_POLL,
	EPP_RENEW,
	EPP_TRANSFER,
	EPP_UPDATE,
	EPP_HELLO,
	EPP_VERB_COUNT				/* also: not known */
} EppVerb;

EppVerb		epp_verb_of(const char *name);
const char *epp_verb_name(EppVerb verb);

/* The text of RFC 5730, section 3, for a result code; NULL if it is not one. */
const char *epp_result_text(int code);

/* A small number for each result code, for tables. */
#define EPP_RESULTS_MAX 48
int			epp_result_number(int code);

#endif
