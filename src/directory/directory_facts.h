/*
 * directory_facts.h
 *	  What the writers of RDAP and WHOIS are told about an object, pure. directory_gather.c fills these
 *	  in from the tables; unit tests fill them in by hand.
 *
 * Strings are NUL-terminated UTF-8, NULL when there is no value. Instants are microseconds since
 * 2000-01-01T00:00:00Z, DIRECTORY_NEVER when there is none.
 */
#ifndef DOS_DIRECTORY_FACTS_H
#define DOS_DIRECTORY_FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DIRECTORY_NEVER		INT64_MIN

typedef struct DirectoryList
{
	size_t		count;
	const char **items;
} DirectoryList;

/* Elements of dos.postal, in its order. */
typedef enum DirectoryPostal
{
	POSTAL_NAME,
	POSTAL_ORG,
	POSTAL_STREET1,
	POSTAL_STREET2,
	POSTAL_STREET3,
	POSTAL_CITY,
	POSTAL_SP,
	POSTAL_PC,
	POSTAL_CC,
	POSTAL_COUNT
} DirectoryPostal;

/* A registrar's point of contact. */
typedef struct RegistrarContact
{
	const char *role;			/* RDAP's word */
	const char *name;
	const char *email;
	const char *voice;
	const char *fax;
} RegistrarContact;

typedef struct DirectoryRegistrar
{
	int32_t		id;
	const char *clid;
	int32_t		iana_id;		/* 0: none */
	const char *name;
	const char *state;
	const char *url;
	const char *whois_server;
	const char *rdap_base_url;
	const char *email;
	const char *voice;
	const char *fax;
	const char *postal[POSTAL_COUNT];
	const char *abuse_email;
	const char *abuse_voice;
	size_t		contact_count;	/* only of a registrar that is asked for itself */
	const RegistrarContact *contacts;
	int64_t		created_at;
	int64_t		updated_at;
} DirectoryRegistrar;

/* What a contact's disclose element can speak about (RFC 5733 section 2.9). */
typedef enum DisclosePreference
{
	PREFERENCE_NONE,			/* the element has no say over this field */
	PREFERENCE_NAME,
	PREFERENCE_ORG,
	PREFERENCE_ADDR,
	PREFERENCE_VOICE,
	PREFERENCE_FAX,
	PREFERENCE_EMAIL,
	PREFERENCE_COUNT
} DisclosePreference;

typedef enum DiscloseFlag
{
	DISCLOSE_UNSAID,
	DISCLOSE_ALLOW,				/* the fields listed may be shown */
	DISCLOSE_DENY				/* the fields listed may not be shown */
} DiscloseFlag;

typedef struct DirectoryContact
{
	int64_t		id;
	const char *handle;
	const char *roid;
	DirectoryList statuses;
	const char *postal[POSTAL_COUNT];	/* the form that is shown: int, or loc without one */
	const char *voice;
	const char *voice_x;
	const char *fax;
	const char *fax_x;
	const char *email;
	DiscloseFlag disclose_flag;
	uint32_t	disclose;		/* bits of DisclosePreference for the form that is shown */
	int64_t		created_at;
	int64_t		updated_at;
	int64_t		transferred_at;
} DirectoryContact;

typedef struct DirectoryHost
{
	int64_t		id;
	const char *name;
	const char *unicode_name;	/* NULL: same as name */
	const char *roid;			/* NULL: a host attribute */
	DirectoryList statuses;
	DirectoryList v4;
	DirectoryList v6;
	int64_t		created_at;
	int64_t		updated_at;
	int64_t		transferred_at;
} DirectoryHost;

typedef struct DirectoryContactList
{
	size_t		count;
	const DirectoryContact **items;
} DirectoryContactList;

/* Under what role a contact is shown. Each role has its own policy of disclosure. */
typedef enum DirectoryRole
{
	ROLE_REGISTRANT,
	ROLE_ADMINISTRATIVE,
	ROLE_TECHNICAL,
	ROLE_BILLING,
	ROLE_CONTACT,				/* asked for by its handle, outside any domain */
	ROLE_COUNT
} DirectoryRole;

#define DIRECTORY_DOMAIN_ROLES	ROLE_CONTACT

/* What a variant of a name is to it, in the words of RFC 9083 section 10.2.5. */
typedef enum VariantRelation
{
	VARIANT_RESTRICTED,			/* blocked: it cannot be registered */
	VARIANT_OPEN,				/* it may be, by the same registrant */
	VARIANT_REGISTERED,
	VARIANT_RELATION_COUNT
} VariantRelation;

typedef struct DirectoryDomain
{
	int32_t		zone_id;
	const char *name;
	const char *unicode_name;	/* NULL: same as name */
	const char *roid;
	DirectoryList statuses;		/* of EPP, then of RGP */
	int64_t		created_at;
	int64_t		updated_at;
	int64_t		transferred_at;
	int64_t		expires_at;
	bool		delegated;
	const char *idn_table;		/* of the variants; NULL: none */
	DirectoryList variants[VARIANT_RELATION_COUNT];	/* A-label names */
	const char **variants_unicode[VARIANT_RELATION_COUNT];	/* their U-label names; NULL: the same */
	const DirectoryRegistrar *registrar;
	DirectoryContactList contacts[DIRECTORY_DOMAIN_ROLES];
	size_t		host_count;
	const DirectoryHost **hosts;
	DirectoryList ds;			/* forms of dos.domain.ds and keys */
	DirectoryList keys;
	int32_t		max_sig_life;	/* 0: none */
} DirectoryDomain;

#endif
