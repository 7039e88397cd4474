/*
 * disclosure_rules.c
 *	  Fields, roles, methods and the default policy, each a table; and the decision.
 *
 * The default is the strictest that ICANN's Registration Data Policy (section 9) allows: state and
 * country must be shown, and the registrant's organization is shown as it is no person; everything
 * that points to a person is not. The contact's own choice is heard where law leaves it a choice.
 */
#include "directory/disclosure_rules.h"

#include <string.h>

#define BIT(method)		(1u << (method))

typedef struct FieldRule
{
	const char *name;
	const char *label;			/* %s is the role's label */
	DisclosePreference preference;
	DisclosureMethod method;	/* unless the policy table names another */
	unsigned	methods;		/* that fit */
} FieldRule;

static const FieldRule fields[FIELD_COUNT] = {
	/*				   name		  label				   disclose element	 method, and which fit */
	[FIELD_OBJECT]  = {"object",  "%s",				   PREFERENCE_NONE,	 METHOD_SILENT, BIT(METHOD_SILENT)},
	[FIELD_HANDLE]  = {"handle",  "Registry %s ID",	   PREFERENCE_NONE,	 METHOD_REMOVAL,
		BIT(METHOD_REMOVAL) | BIT(METHOD_SILENT)},
	[FIELD_NAME]    = {"name",	  "%s Name",		   PREFERENCE_NAME,	 METHOD_EMPTY_VALUE,
		BIT(METHOD_EMPTY_VALUE) | BIT(METHOD_PARTIAL_VALUE) | BIT(METHOD_SILENT)},
	[FIELD_ORG]     = {"org",	  "%s Organization",   PREFERENCE_ORG,	 METHOD_REMOVAL,
		BIT(METHOD_REMOVAL) | BIT(METHOD_EMPTY_VALUE) | BIT(METHOD_SILENT)},
	[FIELD_STREET]  = {"street",  "%s Street",		   PREFERENCE_ADDR,	 METHOD_EMPTY_VALUE,
		BIT(METHOD_EMPTY_VALUE) | BIT(METHOD_PARTIAL_VALUE) | BIT(METHOD_SILENT)},
	[FIELD_CITY]    = {"city",	  "%s City",		   PREFERENCE_ADDR,	 METHOD_EMPTY_VALUE,
		BIT(METHOD_EMPTY_VALUE) | BIT(METHOD_PARTIAL_VALUE) | BIT(METHOD_SILENT)},
	[FIELD_SP]      = {"sp",	  "%s State/Province", PREFERENCE_ADDR,	 METHOD_EMPTY_VALUE,
		BIT(METHOD_EMPTY_VALUE) | BIT(METHOD_SILENT)},
	[FIELD_PC]      = {"pc",	  "%s Postal Code",	   PREFERENCE_ADDR,	 METHOD_EMPTY_VALUE,
		BIT(METHOD_EMPTY_VALUE) | BIT(METHOD_PARTIAL_VALUE) | BIT(METHOD_SILENT)},
	[FIELD_CC]      = {"cc",	  "%s Country",		   PREFERENCE_ADDR,	 METHOD_REMOVAL,
		BIT(METHOD_REMOVAL) | BIT(METHOD_SILENT)},
	[FIELD_VOICE]   = {"voice",	  "%s Phone",		   PREFERENCE_VOICE, METHOD_REMOVAL,
		BIT(METHOD_REMOVAL) | BIT(METHOD_SILENT)},
	[FIELD_VOICE_X] = {"voice_x", "%s Phone Ext",	   PREFERENCE_VOICE, METHOD_REMOVAL,
		BIT(METHOD_REMOVAL) | BIT(METHOD_SILENT)},
	[FIELD_FAX]     = {"fax",	  "%s Fax",			   PREFERENCE_FAX,	 METHOD_REMOVAL,
		BIT(METHOD_REMOVAL) | BIT(METHOD_SILENT)},
	[FIELD_FAX_X]   = {"fax_x",	  "%s Fax Ext",		   PREFERENCE_FAX,	 METHOD_REMOVAL,
		BIT(METHOD_REMOVAL) | BIT(METHOD_SILENT)},
	[FIELD_EMAIL]   = {"email",	  "%s Email",		   PREFERENCE_EMAIL, METHOD_REPLACEMENT_VALUE,
		BIT(METHOD_REPLACEMENT_VALUE) | BIT(METHOD_REMOVAL) | BIT(METHOD_SILENT)},
};

static const struct
{
	const char *name;			/* also RDAP's role */
	const char *label;
}			roles[ROLE_COUNT] = {
	[ROLE_REGISTRANT]     = {"registrant",	   "Registrant"},
	[ROLE_ADMINISTRATIVE] = {"administrative", "Admin"},
	[ROLE_TECHNICAL]      = {"technical",	   "Tech"},
	[ROLE_BILLING]        = {"billing",		   "Billing"},
	[ROLE_CONTACT]        = {"contact",		   "Contact"},
};

static const char *const methods[METHOD_COUNT] = {
	[METHOD_REMOVAL] = "removal",
	[METHOD_EMPTY_VALUE] = "emptyValue",
	[METHOD_PARTIAL_VALUE] = "partialValue",
	[METHOD_REPLACEMENT_VALUE] = "replacementValue",
	[METHOD_SILENT] = "silent",
};

static const char *const persons[PERSON_COUNT] = {
	[PERSON_ANY] = "any",
	[PERSON_NATURAL] = "natural",
	[PERSON_LEGAL] = "legal",
};

/* The fields shown by default, and those over which the contact has no say because they must be. */
#define SHOWN(field)	(1u << (field))

static const unsigned shown_by_default[ROLE_COUNT] = {
	[ROLE_REGISTRANT]     = SHOWN(FIELD_OBJECT) | SHOWN(FIELD_ORG) | SHOWN(FIELD_SP) | SHOWN(FIELD_CC),
	[ROLE_ADMINISTRATIVE] = SHOWN(FIELD_OBJECT) | SHOWN(FIELD_SP) | SHOWN(FIELD_CC),
	[ROLE_TECHNICAL]      = SHOWN(FIELD_OBJECT) | SHOWN(FIELD_SP) | SHOWN(FIELD_CC),
	[ROLE_BILLING]        = 0,
	[ROLE_CONTACT]        = SHOWN(FIELD_OBJECT) | SHOWN(FIELD_HANDLE) | SHOWN(FIELD_SP) | SHOWN(FIELD_CC),
};
static const unsigned without_choice = SHOWN(FIELD_SP) | SHOWN(FIELD_CC);

/* The fields whose redaction is announced: those that the policy says a registry may hold (section 9.2). */
static const unsigned announced_by_default[ROLE_COUNT] = {
	[ROLE_REGISTRANT]     = ~0u,
	[ROLE_TECHNICAL]      = SHOWN(FIELD_HANDLE) | SHOWN(FIELD_NAME) | SHOWN(FIELD_VOICE) | SHOWN(FIELD_VOICE_X) | SHOWN(FIELD_EMAIL),
	[ROLE_CONTACT]        = ~0u,
};

#define FIND(table, member, count, name) \
	do { \
		for (int found = 0; found < (count); found++) \
			if (strcmp(table[found]member, name) == 0) \
				return found; \
		return count; \
	} while (0)

const char *
dos_disclosure_field_name(DisclosureField field)
{
	return fields[field].name;
}

const char *
dos_disclosure_role_name(DirectoryRole role)
{
	return roles[role].name;
}

const char *
dos_disclosure_method_name(DisclosureMethod method)
{
	return methods[method];
}

DisclosureField
dos_disclosure_field_find(const char *name)
{
	FIND(fields, .name, FIELD_COUNT, name);
}

DirectoryRole
dos_disclosure_role_find(const char *name)
{
	FIND(roles, .name, ROLE_COUNT, name);
}

DisclosureMethod
dos_disclosure_method_find(const char *name)
{
	FIND(methods, , METHOD_COUNT, name);
}

DisclosurePerson
dos_disclosure_person_find(const char *name)
{
	FIND(persons, , PERSON_COUNT, name);
}

const char *
dos_disclosure_role_label(DirectoryRole role)
{
	return roles[role].label;
}

void
dos_disclosure_label(DirectoryRole role, DisclosureField field, char *out)
{
	/* the longest is far below DISCLOSURE_LABEL_MAX: both tables are above */
	for (const char *c = fields[field].label; *c != '\0'; c++)
		if (*c != '%')
			*out++ = *c;
		else
		{
			size_t		length = strlen(roles[role].label);

			memcpy(out, roles[role].label, length);
			out += length;
			c++;
		}
	*out = '\0';
}

bool
dos_disclosure_method_fits(DisclosureField field, DisclosureMethod method)
{
	return (fields[field].methods & BIT(method)) != 0;
}

void
dos_disclosure_default(DisclosurePolicy *policy)
{
	for (int role = 0; role < ROLE_COUNT; role++)
		for (int field = 0; field < FIELD_COUNT; field++)
		{
			DisclosureCell *cell = &policy->cells[role][field];

			cell->show = (shown_by_default[role] & SHOWN(field)) != 0;
			cell->preference = fields[field].preference != PREFERENCE_NONE && !(without_choice & SHOWN(field));
			cell->method = (announced_by_default[role] & SHOWN(field)) ? fields[field].method : METHOD_SILENT;
		}
}

static bool
row_holds(const DisclosureRow *row, const DirectoryContact *contact)
{
	const char *country = contact ? contact->postal[POSTAL_CC] : NULL;
	DisclosurePerson person = contact == NULL ? PERSON_ANY : contact->postal[POSTAL_ORG] ? PERSON_LEGAL : PERSON_NATURAL;

	return (row->person == PERSON_ANY || row->person == person) &&
		(row->country[0] == '\0' || (country != NULL && strcmp(row->country, country) == 0));
}

void
dos_disclosure_apply(DisclosurePolicy *policy, const DisclosureRow *rows, size_t count, const DirectoryContact *contact)
{
	for (size_t i = 0; i < count; i++)
	{
		DisclosureCell *cell = &policy->cells[rows[i].role][rows[i].field];
		DisclosureMethod method = cell->method;

		if (!row_holds(&rows[i], contact))
			continue;
		*cell = rows[i].cell;
		if (!rows[i].has_method)
			cell->method = method;
	}
}

/* The first character of UTF-8, however long it is. */
void
dos_disclosure_mask(const char *value, char *out)
{
	size_t		length = value[0] != '\0';

	while (length > 0 && length < 4 && ((unsigned char) value[length] & 0xC0) == 0x80)
		length++;
	memcpy(out, value, length);
	memcpy(out + length, "***", 4);
}

bool
dos_disclosure_shows(const DisclosurePolicy *policy, DirectoryRole role, DisclosureField field,
					 const DirectoryContact *contact)
{
	const DisclosureCell *cell = &policy->cells[role][field];

	if (cell->preference && contact->disclose_flag != DISCLOSE_UNSAID &&
		(contact->disclose & (1u << fields[field].preference)))
		return contact->disclose_flag == DISCLOSE_ALLOW;
	return cell->show;
}

const char *
dos_disclosure_value(const DirectoryContact *contact, DisclosureField field)
{
	switch (field)
	{
		case FIELD_HANDLE:
			return contact->roid;
		case FIELD_NAME:
			return contact->postal[POSTAL_NAME];
		case FIELD_ORG:
			return contact->postal[POSTAL_ORG];
		case FIELD_STREET:
			return contact->postal[POSTAL_STREET1];
		case FIELD_CITY:
			return contact->postal[POSTAL_CITY];
		case FIELD_SP:
			return contact->postal[POSTAL_SP];
		case FIELD_PC:
			return contact->postal[POSTAL_PC];
		case FIELD_CC:
			return contact->postal[POSTAL_CC];
		case FIELD_VOICE:
			return contact->voice;
		case FIELD_VOICE_X:
			return contact->voice_x;
		case FIELD_FAX:
			return contact->fax;
		case FIELD_FAX_X:
			return contact->fax_x;
		case FIELD_EMAIL:
			return contact->email;
		case FIELD_OBJECT:
		case FIELD_COUNT:
			break;
	}
	return NULL;
}
