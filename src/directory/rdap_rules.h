/*
 * rdap_rules.h
 *	  RDAP answers (RFC 9083; ICANN's gTLD profile of February 2024), pure: facts and policy in, JSON out.
 *
 *	  RdapAnswer answer = {.json = {&text}, .base_url = "https://rdap.example/", .policy = policy, ...};
 *	  dos_rdap_domain(&answer, &domain);
 *
 * rdap_rules.c writes the objects, rdap_entity_rules.c contacts and registrars with their jCards,
 * rdap_redaction_rules.c the "redacted" member, rdap_notice_rules.c what every answer carries.
 */
#ifndef DOS_RDAP_RULES_H
#define DOS_RDAP_RULES_H

#include "directory/directory_policy_rules.h"
#include "directory/json_rules.h"

/* How much of each object a search shows (RFC 8982 section 5). */
typedef enum RdapFields
{
	RDAP_FULL,
	RDAP_BRIEF,					/* without entities, name servers and keys */
	RDAP_ID						/* what identifies the object */
} RdapFields;

typedef struct RdapAnswer
{
	JsonWriter	json;
	const char *base_url;		/* ends with "/" */
	const char *request;		/* URL that was asked for; NULL: that of the object */
	const DirectoryPolicy *policy;
	int64_t		database_at;	/* how fresh the data is */
	RdapFields	fields;
	const char *root;			/* JSONPath of the object that is being written; NULL: the document itself */
	bool		was_redacted;	/* some object of a search was */
	const char *notice;			/* why results are not all; NULL: they are */
	const char *const *extensions;	/* further words of rdapConformance, up to a NULL */
	const DirectoryRegistrar *registrar;	/* whose contacts are written */
	/* gathered while contacts are written: what was redacted, and where an e-mail became a web form */
	uint32_t	redacted[ROLE_COUNT];
	uint8_t		methods[ROLE_COUNT][FIELD_COUNT];
	bool		has_contact_uri[ROLE_COUNT];
	/* for the contact that is being written */
	const DisclosurePolicy *disclosure;
	DisclosurePolicy own;
	char		masks[FIELD_COUNT][DISCLOSURE_MASK_MAX];
} RdapAnswer;

/* Whole answers. */
extern void dos_rdap_domain(RdapAnswer *answer, const DirectoryDomain *domain);
extern void dos_rdap_nameserver(RdapAnswer *answer, const DirectoryHost *host, const DirectoryRegistrar *registrar);
extern void dos_rdap_registrar(RdapAnswer *answer, const DirectoryRegistrar *registrar);
extern void dos_rdap_contact(RdapAnswer *answer, const DirectoryContact *contact, const DirectoryRegistrar *registrar);
extern void dos_rdap_help(RdapAnswer *answer);

/* The same objects as elements of a search's results. */
extern void dos_rdap_domain_result(RdapAnswer *answer, const DirectoryDomain *domain);
extern void dos_rdap_nameserver_result(RdapAnswer *answer, const DirectoryHost *host, const DirectoryRegistrar *registrar);
extern void dos_rdap_registrar_result(RdapAnswer *answer, const DirectoryRegistrar *registrar);
extern void dos_rdap_contact_result(RdapAnswer *answer, const DirectoryContact *contact, const DirectoryRegistrar *registrar);

/* Find the policy for a contact; false when it is not to appear at all. Before dos_rdap_contact(). */
extern bool dos_rdap_contact_begins(RdapAnswer *answer, const DirectoryContact *contact, DirectoryRole role);

/* Is the registrar one of those IANA reserves for registries themselves, which have no RDAP service? */
extern bool dos_rdap_iana_id_reserved(int32_t iana_id);

/* --- parts, for the files of this family -------------------------------------------------------------- */

typedef enum RdapObject
{
	RDAP_DOMAIN,
	RDAP_NAMESERVER,
	RDAP_ENTITY,
	RDAP_HELP,
	RDAP_SEARCH,
	RDAP_OBJECT_COUNT
} RdapObject;

/* A link (RFC 9083 section 4.2) to base, kind and name put together. */
typedef struct RdapLink
{
	const char *rel;
	const char *base;
	const char *kind;			/* "domain/", or "" */
	const char *name;
	bool		is_elsewhere;	/* the same object at another server: the link's context is what was asked here */
} RdapLink;

/* A name as a path segment (RFC 3986 section 3.3), cut when it does not fit: up to 3 octets for one. */
extern void dos_rdap_encode(const char *name, char *out, size_t size);

extern void dos_rdap_link(RdapAnswer *answer, const RdapLink *link);

/* {"eventAction": action, "eventDate": instant}, or nothing for DIRECTORY_NEVER. */
extern void dos_rdap_event(RdapAnswer *answer, const char *action, int64_t instant);
extern void dos_rdap_status(RdapAnswer *answer, const DirectoryList *statuses);

/* Members notices, redacted and rdapConformance, and the end of the document. `kind` and `name`: of the request. */
extern void dos_rdap_finish(RdapAnswer *answer, RdapObject object, const char *kind, const char *name);
extern void dos_rdap_redacted(RdapAnswer *answer, RdapObject object);

/* The end of an element of a search's results. */
extern void dos_rdap_result_end(RdapAnswer *answer, RdapObject object);

/* A registrar or contact as a member of "entities". */
extern void dos_rdap_registrar_entity(RdapAnswer *answer, const DirectoryRegistrar *registrar);
extern void dos_rdap_contact_entity(RdapAnswer *answer, const DirectoryContact *contact, DirectoryRole role,
									const char *domain_name);

#endif
