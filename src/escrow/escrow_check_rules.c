/*
 * escrow_check_rules.c
 *	  What must be true of an object before it goes into a deposit, as a table of its fields: the lexical types of
 *	  the schemas of RFC 9022, so that what passes is valid and one bad row never costs the deposit.
 */
#include "escrow/escrow_rules.h"

#include <string.h>

typedef enum FieldForm
{
	FORM_TEXT,					/* characters that XML has */
	FORM_TOKEN,					/* no space at its ends, no two together */
	FORM_ID,					/* a token that names another object; too short when that does not exist */
	FORM_ROID,
	FORM_INSTANT,
	FORM_NUMBER,
	FORM_PHONE,
	FORM_POSTAL,				/* nine texts: name, org, street1-3, city, sp, pc, cc */
	FORM_LIST					/* texts, none of them NULL */
} FieldForm;

typedef struct FieldRule
{
	const char *name;
	FieldForm	form;
	int			shortest;		/* of a text: characters; of a list: items. 0: may be absent */
	int			longest;
} FieldRule;

#define LONG	1000000

static const FieldRule domain_fields[DOMAIN_FIELDS] = {
	/*								 name					   form		   at least, at most */
	[DOMAIN_NAME] = {"name", FORM_TOKEN, 1, 255},
	[DOMAIN_ROID] = {"roid", FORM_ROID, 3, 89},
	[DOMAIN_UNAME] = {"uName", FORM_TOKEN, 0, 255},
	[DOMAIN_IDN_TABLE] = {"idnTableId", FORM_TOKEN, 0, 64},
	[DOMAIN_ORIGINAL_NAME] = {"originalName", FORM_TOKEN, 0, 255},
	[DOMAIN_STATUSES] = {"status", FORM_LIST, 1, 11},
	[DOMAIN_FACTS] = {"status", FORM_TEXT, 0, LONG},
	[DOMAIN_RGP] = {"rgpStatus", FORM_LIST, 0, LONG},
	[DOMAIN_REGISTRANT] = {"registrant", FORM_ID, 0, 16},
	[DOMAIN_CONTACTS] = {"contact", FORM_LIST, 0, LONG},
	[DOMAIN_HOSTS] = {"hostObj", FORM_LIST, 0, LONG},
	[DOMAIN_HOST_ATTRS] = {"hostAttr", FORM_LIST, 0, LONG},
	[DOMAIN_SPONSOR] = {"clID", FORM_ID, 3, 16},
	[DOMAIN_CREATOR] = {"crRr", FORM_ID, 3, 16},
	[DOMAIN_CREATED_AT] = {"crDate", FORM_INSTANT, 1, 0},
	[DOMAIN_EXPIRES_AT] = {"exDate", FORM_INSTANT, 0, 0},
	[DOMAIN_UPDATER] = {"upRr", FORM_ID, 0, 16},
	[DOMAIN_UPDATED_AT] = {"upDate", FORM_INSTANT, 0, 0},
	[DOMAIN_MAX_SIG_LIFE] = {"maxSigLife", FORM_NUMBER, 0, 0},
	[DOMAIN_DS] = {"dsData", FORM_LIST, 0, LONG},
	[DOMAIN_KEYS] = {"keyData", FORM_LIST, 0, LONG},
	[DOMAIN_TRANSFERRED_AT] = {"trDate", FORM_INSTANT, 0, 0},
	[DOMAIN_TRANSFER_STATUS] = {"trStatus", FORM_TOKEN, 0, 20},
	[DOMAIN_TRANSFER_REQUESTER] = {"reRr", FORM_ID, 0, 16},
	[DOMAIN_TRANSFER_REQUESTED_AT] = {"reDate", FORM_INSTANT, 0, 0},
	[DOMAIN_TRANSFER_ACTOR] = {"acRr", FORM_ID, 0, 16},
	[DOMAIN_TRANSFER_ACTS_AT] = {"acDate", FORM_INSTANT, 0, 0},
	[DOMAIN_TRANSFER_EXPIRES_AT] = {"trnData.exDate", FORM_INSTANT, 0, 0},
};

static const FieldRule host_fields[HOST_FIELDS] = {
	[HOST_NAME] = {"name", FORM_TOKEN, 1, 255},
	[HOST_ROID] = {"roid", FORM_ROID, 3, 89},
	[HOST_STATUSES] = {"status", FORM_LIST, 1, 7},
	[HOST_ADDRESSES] = {"addr", FORM_LIST, 0, LONG},
	[HOST_SPONSOR] = {"clID", FORM_ID, 3, 16},
	[HOST_CREATOR] = {"crRr", FORM_ID, 3, 16},
	[HOST_CREATED_AT] = {"crDate", FORM_INSTANT, 1, 0},
	[HOST_UPDATER] = {"upRr", FORM_ID, 0, 16},
	[HOST_UPDATED_AT] = {"upDate", FORM_INSTANT, 0, 0},
	[HOST_TRANSFERRED_AT] = {"trDate", FORM_INSTANT, 0, 0},
};

static const FieldRule contact_fields[CONTACT_FIELDS] = {
	[CONTACT_HANDLE] = {"id", FORM_TOKEN, 3, 16},
	[CONTACT_ROID] = {"roid", FORM_ROID, 3, 89},
	[CONTACT_STATUSES] = {"status", FORM_LIST, 1, 7},
	[CONTACT_INT_POSTAL] = {"postalInfo", FORM_POSTAL, 0, 0},
	[CONTACT_LOC_POSTAL] = {"postalInfo", FORM_POSTAL, 0, 0},
	[CONTACT_VOICE] = {"voice", FORM_PHONE, 0, 17},
	[CONTACT_VOICE_X] = {"voice", FORM_TOKEN, 0, LONG},
	[CONTACT_FAX] = {"fax", FORM_PHONE, 0, 17},
	[CONTACT_FAX_X] = {"fax", FORM_TOKEN, 0, LONG},
	[CONTACT_EMAIL] = {"email", FORM_TOKEN, 1, LONG},
	[CONTACT_SPONSOR] = {"clID", FORM_ID, 3, 16},
	[CONTACT_CREATOR] = {"crRr", FORM_ID, 3, 16},
	[CONTACT_CREATED_AT] = {"crDate", FORM_INSTANT, 1, 0},
	[CONTACT_UPDATER] = {"upRr", FORM_ID, 0, 16},
	[CONTACT_UPDATED_AT] = {"upDate", FORM_INSTANT, 0, 0},
	[CONTACT_TRANSFERRED_AT] = {"trDate", FORM_INSTANT, 0, 0},
	[CONTACT_TRANSFER_STATUS] = {"trStatus", FORM_TOKEN, 0, 20},
	[CONTACT_TRANSFER_REQUESTER] = {"reRr", FORM_ID, 0, 16},
	[CONTACT_TRANSFER_REQUESTED_AT] = {"reDate", FORM_INSTANT, 0, 0},
	[CONTACT_TRANSFER_ACTOR] = {"acRr", FORM_ID, 0, 16},
	[CONTACT_TRANSFER_ACTS_AT] = {"acDate", FORM_INSTANT, 0, 0},
	[CONTACT_DISCLOSE_FLAG] = {"disclose", FORM_TOKEN, 0, 5},
	[CONTACT_DISCLOSE] = {"disclose", FORM_LIST, 0, 9},
};

static const FieldRule registrar_fields[REGISTRAR_FIELDS] = {
	[REGISTRAR_CLID] = {"id", FORM_TOKEN, 3, 16},
	[REGISTRAR_NAME] = {"name", FORM_TEXT, 1, 255},
	[REGISTRAR_IANA_ID] = {"gurid", FORM_NUMBER, 0, 0},
	[REGISTRAR_STATE] = {"status", FORM_TOKEN, 0, 10},
	[REGISTRAR_POSTAL] = {"postalInfo", FORM_POSTAL, 0, 0},
	[REGISTRAR_VOICE] = {"voice", FORM_PHONE, 0, 17},
	[REGISTRAR_FAX] = {"fax", FORM_PHONE, 0, 17},
	[REGISTRAR_EMAIL] = {"email", FORM_TOKEN, 0, LONG},
	[REGISTRAR_URL] = {"url", FORM_TOKEN, 0, LONG},
	[REGISTRAR_WHOIS_SERVER] = {"whoisInfo", FORM_TOKEN, 0, 255},
	[REGISTRAR_WHOIS_URL] = {"whoisInfo", FORM_TOKEN, 0, LONG},
	[REGISTRAR_CREATED_AT] = {"crDate", FORM_INSTANT, 0, 0},
	[REGISTRAR_UPDATED_AT] = {"upDate", FORM_INSTANT, 0, 0},
};

static const FieldRule idn_fields[IDN_FIELDS] = {
	[IDN_ID] = {"id", FORM_TOKEN, 1, 64},
	[IDN_URL] = {"url", FORM_TOKEN, 1, LONG},
	[IDN_POLICY_URL] = {"urlPolicy", FORM_TOKEN, 1, LONG},
};

static const FieldRule nndn_fields[NNDN_FIELDS] = {
	[NNDN_NAME] = {"aName", FORM_TOKEN, 1, 255},
	[NNDN_UNAME] = {"uName", FORM_TOKEN, 0, 255},
	[NNDN_IDN_TABLE] = {"idnTableId", FORM_TOKEN, 0, 64},
	[NNDN_ORIGINAL_NAME] = {"originalName", FORM_TOKEN, 0, 255},
	[NNDN_STATE] = {"nameState", FORM_TOKEN, 1, 10},
	[NNDN_MIRRORED] = {"mirroringNS", FORM_TOKEN, 0, 5},
	[NNDN_CREATED_AT] = {"crDate", FORM_INSTANT, 0, 0},
};

static const struct
{
	const char *name;
	const char *uri;
	const FieldRule *fields;
	int			field_count;
}			kinds[ESCROW_KIND_COUNT] = {
	[ESCROW_DOMAIN] = {"domain", "urn:ietf:params:xml:ns:rdeDomain-1.0", domain_fields, DOMAIN_FIELDS},
	[ESCROW_HOST] = {"host", "urn:ietf:params:xml:ns:rdeHost-1.0", host_fields, HOST_FIELDS},
	[ESCROW_CONTACT] = {"contact", "urn:ietf:params:xml:ns:rdeContact-1.0", contact_fields, CONTACT_FIELDS},
	[ESCROW_REGISTRAR] = {"registrar", "urn:ietf:params:xml:ns:rdeRegistrar-1.0", registrar_fields, REGISTRAR_FIELDS},
	[ESCROW_IDN] = {"idn", "urn:ietf:params:xml:ns:rdeIDN-1.0", idn_fields, IDN_FIELDS},
	[ESCROW_NNDN] = {"nndn", "urn:ietf:params:xml:ns:rdeNNDN-1.0", nndn_fields, NNDN_FIELDS},
};

const char *
dos_escrow_kind_name(EscrowKind kind)
{
	return kinds[kind].name;
}

const char *
dos_escrow_kind_uri(EscrowKind kind)
{
	return kinds[kind].uri;
}

EscrowKind
dos_escrow_kind_find(const char *name)
{
	int			kind = 0;

	while (kind < ESCROW_KIND_COUNT && strcmp(kinds[kind].name, name) != 0)
		kind++;
	return (EscrowKind) kind;
}

int
dos_escrow_field_count(EscrowKind kind)
{
	return kinds[kind].field_count;
}

/* XML 1.0 section 2.2: no control characters but tab and line ends, and neither U+FFFE nor U+FFFF. The text is UTF-8. */
static bool
xml_has_all(const char *text)
{
	for (const unsigned char *at = (const unsigned char *) text; *at; at++)
	{
		if (*at < 0x20 && *at != '\t' && *at != '\n' && *at != '\r')
			return false;
		if (at[0] == 0xEF && at[1] == 0xBF && (at[2] == 0xBE || at[2] == 0xBF))
			return false;
	}
	return true;
}

static int
characters(const char *text)
{
	int			count = 0;

	for (; *text; text++)
		count += (*text & 0xC0) != 0x80;
	return count;
}

static const char *
text_problem(const char *text, int shortest, int longest)
{
	int			length = characters(text);

	if (!xml_has_all(text))
		return "has characters that XML cannot carry";
	if (strpbrk(text, "\t\n\r"))
		return "has a tab or line end";
	if (length < shortest)
		return shortest == 1 ? "is empty" : "is too short";
	return length > longest ? "is too long" : NULL;
}

static const char *
token_problem(const char *text, int shortest, int longest)
{
	size_t		length = strlen(text);

	if (length > 0 && (text[0] == ' ' || text[length - 1] == ' ' || strstr(text, "  ")))
		return "has spaces at its ends or two together";
	return text_problem(text, shortest, longest);
}

static bool
word(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || (c & 0x80);
}

/* (\w|_){1,80}-\w{1,8} of eppcom-1.0 */
static const char *
roid_problem(const char *text)
{
	const char *hyphen = strchr(text, '-');

	if (!hyphen || hyphen == text || hyphen - text > 80 || strlen(hyphen + 1) < 1 || strlen(hyphen + 1) > 8)
		return "is not a repository object identifier";
	for (const char *at = text; *at; at++)
		if (at != hyphen && !word(*at))
			return "is not a repository object identifier";
	return NULL;
}

/* As the glue writes it; it writes an empty text for what the calendar of XML does not have. */
static const char *
instant_problem(const char *text)
{
	return strlen(text) == 24 ? NULL : "is not a date of this calendar";
}

/* (\+[0-9]{1,3}\.[0-9]{1,14})? of contact-1.0 */
static const char *
phone_problem(const char *text)
{
	size_t		country,
				number;

	if (*text == '\0')
		return NULL;
	country = *text == '+' ? strspn(text + 1, "0123456789") : 0;
	if (country < 1 || country > 3 || text[country + 1] != '.')
		return "is not a telephone number";
	number = strspn(text + country + 2, "0123456789");
	return number >= 1 && number <= 14 && text[country + 2 + number] == '\0' ? NULL : "is not a telephone number";
}

static const char *
postal_problem(EscrowKind kind, const EscrowValue *value)
{
	static const int shortest[] = {1, 0, 0, 0, 0, 1, 0, 0, 2};
	static const int longest[] = {255, 255, 255, 255, 255, 255, 255, 16, 2};

	if (value->count != 9)
		return "has not nine parts";
	for (int i = kind == ESCROW_REGISTRAR ? 2 : 0; i < 9; i++)
	{
		const char *problem = text_problem(value->items[i] ? value->items[i] : "", shortest[i], longest[i]);

		if (problem)
			return problem;
	}
	return NULL;
}

static const char *
list_problem(const FieldRule *rule, const EscrowValue *value)
{
	if (value->count < rule->shortest)
		return "is missing";
	if (value->count > rule->longest)
		return "is there too often";
	for (int i = 0; i < value->count; i++)
	{
		if (!value->items[i])
			return "refers to an object that does not exist";
		if (!xml_has_all(value->items[i]))
			return "has characters that XML cannot carry";
	}
	return NULL;
}

static const char *
field_problem(EscrowKind kind, const FieldRule *rule, const EscrowValue *value)
{
	if (!value->present)
		return rule->shortest > 0 ? "is missing" : NULL;
	switch (rule->form)
	{
		case FORM_TEXT:
			return text_problem(value->text, rule->shortest, rule->longest);
		case FORM_TOKEN:
			return token_problem(value->text, rule->shortest, rule->longest);
		case FORM_ID:
			return strlen(value->text) < 3 ? "refers to an object that does not exist" : token_problem(value->text, 3, rule->longest);
		case FORM_ROID:
			return roid_problem(value->text);
		case FORM_INSTANT:
			return instant_problem(value->text);
		case FORM_NUMBER:
			return strspn(value->text, "0123456789") == strlen(value->text) ? NULL : "is not a number";
		case FORM_PHONE:
			return phone_problem(value->text);
		case FORM_POSTAL:
			return postal_problem(kind, value);
		case FORM_LIST:
			return list_problem(rule, value);
	}
	return NULL;
}

/* What no single field can say. */
static const char *
whole_problem(EscrowKind kind, const EscrowValue *v, const char **field)
{
	if (kind == ESCROW_CONTACT && !v[CONTACT_INT_POSTAL].present && !v[CONTACT_LOC_POSTAL].present)
	{
		*field = "postalInfo";
		return "is missing";
	}
	if (kind == ESCROW_DOMAIN && v[DOMAIN_TRANSFER_STATUS].present
		&& !(v[DOMAIN_TRANSFER_REQUESTER].present && v[DOMAIN_TRANSFER_REQUESTED_AT].present
			 && v[DOMAIN_TRANSFER_ACTOR].present && v[DOMAIN_TRANSFER_ACTS_AT].present))
	{
		*field = "trnData";
		return "is incomplete";
	}
	if (kind == ESCROW_DOMAIN && v[DOMAIN_EXPIRES_AT].present && strcmp(v[DOMAIN_CREATED_AT].text, v[DOMAIN_EXPIRES_AT].text) > 0)
	{
		*field = "exDate";
		return "lies before crDate";
	}
	return NULL;
}

const char *
dos_escrow_problem(EscrowKind kind, const EscrowValue *values, const char **field)
{
	for (int i = 0; i < kinds[kind].field_count; i++)
	{
		const char *problem = field_problem(kind, &kinds[kind].fields[i], &values[i]);

		if (problem)
		{
			*field = kinds[kind].fields[i].name;
			return problem;
		}
	}
	return whole_problem(kind, values, field);
}
