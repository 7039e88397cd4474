/*
 * escrow_rules.h
 *	  Objects of a registry as a data escrow deposit shows them (RFC 9022): which fields each kind has, what must
 *	  be true of them, and their XML. Pure: values in, text out.
 *
 *	  The fields are the columns of the types dos.escrow_domain, dos.escrow_host and so on (escrow_object.sql),
 *	  in the same order.
 */
#ifndef DOS_ESCROW_RULES_H
#define DOS_ESCROW_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum EscrowKind
{
	ESCROW_DOMAIN,
	ESCROW_HOST,
	ESCROW_CONTACT,
	ESCROW_REGISTRAR,
	ESCROW_IDN,
	ESCROW_NNDN,
	ESCROW_KIND_COUNT
} EscrowKind;

/* A field: a text (instants are written 2026-04-03T22:00:00.000Z), or a list of texts. An item that is NULL dangles. */
typedef struct EscrowValue
{
	bool		present;
	bool		list;
	const char *text;
	int			count;
	const char **items;
} EscrowValue;

#define ESCROW_FIELDS_MAX	32

enum EscrowDomainField
{
	DOMAIN_NAME, DOMAIN_ROID, DOMAIN_UNAME, DOMAIN_IDN_TABLE, DOMAIN_ORIGINAL_NAME, DOMAIN_STATUSES, DOMAIN_FACTS, DOMAIN_RGP,
	DOMAIN_REGISTRANT, DOMAIN_CONTACTS, DOMAIN_HOSTS, DOMAIN_HOST_ATTRS, DOMAIN_SPONSOR, DOMAIN_CREATOR, DOMAIN_CREATED_AT,
	DOMAIN_EXPIRES_AT, DOMAIN_UPDATER, DOMAIN_UPDATED_AT, DOMAIN_MAX_SIG_LIFE, DOMAIN_DS, DOMAIN_KEYS, DOMAIN_TRANSFERRED_AT,
	DOMAIN_TRANSFER_STATUS, DOMAIN_TRANSFER_REQUESTER, DOMAIN_TRANSFER_REQUESTED_AT, DOMAIN_TRANSFER_ACTOR,
	DOMAIN_TRANSFER_ACTS_AT, DOMAIN_TRANSFER_EXPIRES_AT, DOMAIN_FIELDS
};

enum EscrowHostField
{
	HOST_NAME, HOST_ROID, HOST_STATUSES, HOST_ADDRESSES, HOST_SPONSOR, HOST_CREATOR, HOST_CREATED_AT, HOST_UPDATER,
	HOST_UPDATED_AT, HOST_TRANSFERRED_AT, HOST_FIELDS
};

enum EscrowContactField
{
	CONTACT_HANDLE, CONTACT_ROID, CONTACT_STATUSES, CONTACT_INT_POSTAL, CONTACT_LOC_POSTAL, CONTACT_VOICE, CONTACT_VOICE_X,
	CONTACT_FAX, CONTACT_FAX_X, CONTACT_EMAIL, CONTACT_SPONSOR, CONTACT_CREATOR, CONTACT_CREATED_AT, CONTACT_UPDATER,
	CONTACT_UPDATED_AT, CONTACT_TRANSFERRED_AT, CONTACT_TRANSFER_STATUS, CONTACT_TRANSFER_REQUESTER,
	CONTACT_TRANSFER_REQUESTED_AT, CONTACT_TRANSFER_ACTOR, CONTACT_TRANSFER_ACTS_AT, CONTACT_DISCLOSE_FLAG, CONTACT_DISCLOSE,
	CONTACT_FIELDS
};

enum EscrowRegistrarField
{
	REGISTRAR_CLID, REGISTRAR_NAME, REGISTRAR_IANA_ID, REGISTRAR_STATE, REGISTRAR_POSTAL, REGISTRAR_VOICE, REGISTRAR_FAX,
	REGISTRAR_EMAIL, REGISTRAR_URL, REGISTRAR_WHOIS_SERVER, REGISTRAR_WHOIS_URL, REGISTRAR_CREATED_AT, REGISTRAR_UPDATED_AT,
	REGISTRAR_FIELDS
};

enum EscrowIdnField
{
	IDN_ID, IDN_URL, IDN_POLICY_URL, IDN_FIELDS
};

enum EscrowNndnField
{
	NNDN_NAME, NNDN_UNAME, NNDN_IDN_TABLE, NNDN_ORIGINAL_NAME, NNDN_STATE, NNDN_MIRRORED, NNDN_CREATED_AT, NNDN_FIELDS
};

/* Where text goes. */
typedef struct EscrowWriter
{
	void		(*write) (void *arg, const char *data, size_t length);
	void	   *arg;
} EscrowWriter;

extern const char *dos_escrow_kind_name(EscrowKind kind);
extern const char *dos_escrow_kind_uri(EscrowKind kind);

/* The kind of this name, or ESCROW_KIND_COUNT. */
extern EscrowKind dos_escrow_kind_find(const char *name);

/* How many fields an object of this kind has; the first one is its key. */
extern int	dos_escrow_field_count(EscrowKind kind);

/*
 * Why an object cannot be deposited, or NULL when it can: the reason, and through `field` the name of the field.
 * What passes is valid against the schemas of RFC 9022.
 */
extern const char *dos_escrow_problem(EscrowKind kind, const EscrowValue *values, const char **field);

/* The object as one line of XML, without its end of line. Thin: what ICANN's bulk access (BRDA) shows. */
extern void dos_escrow_object_xml(const EscrowWriter *out, EscrowKind kind, const EscrowValue *values, bool thin);

/* The delete element of an object that is no more. */
extern void dos_escrow_delete_xml(const EscrowWriter *out, EscrowKind kind, const char *key);

/* Whether a deposit has objects of this kind; a thin one has domains and registrars. */
extern bool dos_escrow_kind_in(EscrowKind kind, bool thin);

/* Parts of a deposit: namespace attributes of its root, menu, and header (RFC 9022 section 5.9); policies -1: a thin one. */
extern void dos_escrow_namespaces_xml(const EscrowWriter *out);
extern void dos_escrow_menu_xml(const EscrowWriter *out, bool thin);
extern void dos_escrow_header_xml(const EscrowWriter *out, const char *zone, const int64_t *counts, int policies);

extern void dos_escrow_text_xml(const EscrowWriter *out, const char *text);

#endif
