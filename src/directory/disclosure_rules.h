/*
 * disclosure_rules.h
 *	  Who may see which field of a contact, pure: the fields, the roles, the default policy, and the one
 *	  decision that RDAP and WHOIS both ask. What a registry decides otherwise is a row in dos.disclosure.
 */
#ifndef DOS_DISCLOSURE_RULES_H
#define DOS_DISCLOSURE_RULES_H

#include "directory/directory_facts.h"

typedef enum DisclosureField
{
	FIELD_OBJECT,				/* whether the contact appears at all */
	FIELD_HANDLE,
	FIELD_NAME,
	FIELD_ORG,
	FIELD_STREET,
	FIELD_CITY,
	FIELD_SP,
	FIELD_PC,
	FIELD_CC,
	FIELD_VOICE,
	FIELD_VOICE_X,
	FIELD_FAX,
	FIELD_FAX_X,
	FIELD_EMAIL,
	FIELD_COUNT
} DisclosureField;

/* RFC 9537 section 3. Silent: the field is left out and nothing says so (section 4.2 allows it). */
typedef enum DisclosureMethod
{
	METHOD_REMOVAL,
	METHOD_EMPTY_VALUE,
	METHOD_PARTIAL_VALUE,		/* the first character, then "***" */
	METHOD_REPLACEMENT_VALUE,
	METHOD_SILENT,
	METHOD_COUNT
} DisclosureMethod;

typedef struct DisclosureCell
{
	bool		show;
	bool		preference;		/* the contact's own disclose element is heard */
	DisclosureMethod method;
} DisclosureCell;

typedef struct DisclosurePolicy
{
	DisclosureCell cells[ROLE_COUNT][FIELD_COUNT];
} DisclosurePolicy;

/* Whom a row of the policy is about: an organization is a legal person. */
typedef enum DisclosurePerson
{
	PERSON_ANY,
	PERSON_NATURAL,
	PERSON_LEGAL,
	PERSON_COUNT
} DisclosurePerson;

/* A row of the policy table that holds for the zone and the reader; those before it are more general. */
typedef struct DisclosureRow
{
	DirectoryRole role;
	DisclosureField field;
	DisclosureCell cell;
	bool		has_method;		/* else the method stays as it is */
	DisclosurePerson person;
	char		country[3];		/* "" : any */
} DisclosureRow;

/* Words of the policy table; find functions return the COUNT for a word that is not one. */
extern const char *dos_disclosure_field_name(DisclosureField field);
extern const char *dos_disclosure_role_name(DirectoryRole role);
extern const char *dos_disclosure_method_name(DisclosureMethod method);
extern DisclosureField dos_disclosure_field_find(const char *name);
extern DirectoryRole dos_disclosure_role_find(const char *name);
extern DisclosureMethod dos_disclosure_method_find(const char *name);
extern DisclosurePerson dos_disclosure_person_find(const char *name);

/* What ICANN's Registration Data Policy calls the role: "Registrant", "Admin", "Tech", "Billing". */
extern const char *dos_disclosure_role_label(DirectoryRole role);

/* The name of a redaction: "Registrant Name", "Registry Tech ID"; `out` has room for DISCLOSURE_LABEL_MAX. */
#define DISCLOSURE_LABEL_MAX	64
extern void dos_disclosure_label(DirectoryRole role, DisclosureField field, char *out);

/* May this field be redacted by this method? jCard's fn and adr must stay, with empty parts. */
extern bool dos_disclosure_method_fits(DisclosureField field, DisclosureMethod method);

/* The policy of a registry that has not decided anything: nothing personal is shown. */
extern void dos_disclosure_default(DisclosurePolicy *policy);

/* Change the policy by those rows that hold for the contact; with NULL: by those that hold for every contact. */
extern void dos_disclosure_apply(DisclosurePolicy *policy, const DisclosureRow *rows, size_t count, const DirectoryContact *contact);

/* A value of which only a hint is given; `out` has room for DISCLOSURE_MASK_MAX. */
#define DISCLOSURE_MASK_MAX		8
extern void dos_disclosure_mask(const char *value, char *out);

/* Is the field of this contact shown in this role? */
extern bool dos_disclosure_shows(const DisclosurePolicy *policy, DirectoryRole role, DisclosureField field,
								 const DirectoryContact *contact);

/* The contact's value of a field that has exactly one (not the street), or NULL. */
extern const char *dos_disclosure_value(const DirectoryContact *contact, DisclosureField field);

#endif
