/*
 * whois_rules.h
 *	  WHOIS (RFC 3912) in the form of ICANN's registry agreement, Specification 4, pure: reading the query
 *	  line, and writing answers with CRLF line ends. The same facts and the same policy of disclosure
 *	  as RDAP.
 */
#ifndef DOS_WHOIS_RULES_H
#define DOS_WHOIS_RULES_H

#include "directory/directory_policy_rules.h"
#include "directory/text_rules.h"

#define WHOIS_QUERY_MAX		1024	/* octets of a query line */

typedef enum WhoisObject
{
	WHOIS_ANY,					/* no keyword: a domain, else a name server, else a registrar */
	WHOIS_DOMAIN,
	WHOIS_NAMESERVER,
	WHOIS_REGISTRAR,
	WHOIS_OBJECT_COUNT
} WhoisObject;

typedef enum WhoisProblem
{
	WHOIS_OK,
	WHOIS_EMPTY,
	WHOIS_TOO_LONG,
	WHOIS_CHARACTER,
	WHOIS_PROBLEM_COUNT
} WhoisProblem;

typedef struct WhoisQuery
{
	WhoisObject object;
	const char *term;			/* points into the line; not terminated */
	size_t		length;
} WhoisQuery;

typedef struct WhoisAnswer
{
	DirectoryText *text;
	const DirectoryPolicy *policy;
	int64_t		database_at;
} WhoisAnswer;

extern WhoisProblem dos_whois_parse(const char *line, size_t length, WhoisQuery *query);
extern const char *dos_whois_object_name(WhoisObject object);

/* Is this an IPv4 or IPv6 address, as opposed to a host name? */
extern bool dos_whois_is_address(const char *term);

/* Whole answers. */
extern void dos_whois_domain(WhoisAnswer *answer, const DirectoryDomain *domain);
extern void dos_whois_nameserver(WhoisAnswer *answer, const DirectoryHost *host, const DirectoryRegistrar *registrar);
extern void dos_whois_nameservers(WhoisAnswer *answer, const DirectoryHost **hosts, size_t count);
extern void dos_whois_registrar(WhoisAnswer *answer, const DirectoryRegistrar *registrar);
extern void dos_whois_off(WhoisAnswer *answer);
extern void dos_whois_no_match(WhoisAnswer *answer, const WhoisQuery *query);
extern void dos_whois_refusal(WhoisAnswer *answer, WhoisProblem problem);
extern void dos_whois_invalid_name(WhoisAnswer *answer, const char *sentence);

#endif
