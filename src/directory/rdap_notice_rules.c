/*
 * rdap_notice_rules.c
 *	  What every RDAP answer carries: links, events, statuses, notices, conformance.
 */
#include "directory/rdap_rules.h"

#include <string.h>

#include "directory/rdap_status_rules.h"

#define STATUSES_MAX		32
#define NAME_ENCODED_MAX	800

/* The notices of ICANN's response profile; an object has those whose bit is set. */
typedef struct NoticeRule
{
	const char *title;
	const char *description;	/* the URL follows when it ends in a space; NULL: the setting's value */
	DirectorySetting text;
	DirectorySetting url;		/* SETTING_COUNT: always fixed_url */
	const char *fixed_url;		/* when the setting is not set; NULL: the help answer */
	const char *rel;
	bool		icann;			/* only under ICANN's profile */
	unsigned	objects;
} NoticeRule;

#define ON(object)		(1u << (object))

static const NoticeRule notices[] = {
	{"Terms of Service", NULL, SETTING_TERMS_TEXT, SETTING_TERMS_URL, NULL, "terms-of-service", false,
		ON(RDAP_DOMAIN) | ON(RDAP_NAMESERVER) | ON(RDAP_ENTITY) | ON(RDAP_HELP) | ON(RDAP_SEARCH)},
	{"Status Codes", "For more information on domain status codes, please visit https://icann.org/epp",
		SETTING_COUNT, SETTING_COUNT, "https://icann.org/epp", "glossary", true, ON(RDAP_DOMAIN)},
	{"RDDS Inaccuracy Complaint Form", "URL of the ICANN RDDS Inaccuracy Complaint Form: ", SETTING_COUNT,
		SETTING_COMPLAINT_URL, "https://icann.org/wicf", "help", true, ON(RDAP_DOMAIN)},
};

void
dos_rdap_encode(const char *name, char *out, size_t size)
{
	static const char hex[] = "0123456789ABCDEF";
	size_t		length = 0;

	for (; *name != '\0' && length + 4 <= size; name++)
	{
		unsigned char octet = (unsigned char) *name;

		if ((octet >= 'a' && octet <= 'z') || (octet >= '0' && octet <= '9') || (octet >= 'A' && octet <= 'Z') ||
			octet == '-' || octet == '.' || octet == '_' || octet == '~')
			out[length++] = *name;
		else
		{
			out[length++] = '%';
			out[length++] = hex[octet >> 4];
			out[length++] = hex[octet & 15];
		}
	}
	out[length] = '\0';
}

void
dos_rdap_link(RdapAnswer *answer, const RdapLink *link)
{
	JsonWriter *json = &answer->json;
	char		name[NAME_ENCODED_MAX];

	dos_rdap_encode(link->name, name, sizeof(name));
	dos_json_open(json, '{');
	dos_json_key(json, "value");
	if (link->is_elsewhere && answer->request != NULL)
		dos_json_string(json, answer->request);
	else
		dos_json_string_joined(json, link->is_elsewhere ? answer->base_url : link->base, link->kind, name);
	dos_json_member(json, "rel", link->rel);
	dos_json_key(json, "href");
	dos_json_string_joined(json, link->base, link->kind, name);
	dos_json_member(json, "type", "application/rdap+json");
	dos_json_close(json, '}');
}

void
dos_rdap_event(RdapAnswer *answer, const char *action, int64_t instant)
{
	char		date[DOS_INSTANT_MAX];

	if (instant == DIRECTORY_NEVER)
		return;
	dos_text_instant(date, instant);
	dos_json_open(&answer->json, '{');
	dos_json_member(&answer->json, "eventAction", action);
	dos_json_member(&answer->json, "eventDate", date);
	dos_json_close(&answer->json, '}');
}

void
dos_rdap_status(RdapAnswer *answer, const DirectoryList *statuses)
{
	const char *mapped[STATUSES_MAX];
	DirectoryList some = {statuses->count < STATUSES_MAX ? statuses->count : STATUSES_MAX, statuses->items};
	size_t		count = dos_rdap_statuses(&some, mapped);

	if (count == 0)
		return;
	dos_json_key(&answer->json, "status");
	dos_json_open(&answer->json, '[');
	for (size_t i = 0; i < count; i++)
		dos_json_string(&answer->json, mapped[i]);
	dos_json_close(&answer->json, ']');
}

static void
notice(RdapAnswer *answer, const NoticeRule *rule, const char *kind, const char *name)
{
	JsonWriter *json = &answer->json;
	const char *const *settings = answer->policy->settings;
	const char *text = rule->text == SETTING_COUNT ? NULL : settings[rule->text];
	const char *url = rule->url == SETTING_COUNT ? NULL : settings[rule->url];
	size_t		length = rule->description ? strlen(rule->description) : 0;

	if (url == NULL)
		url = rule->fixed_url;
	if (length > 0 && rule->description[length - 1] == ' ')
		text = url;

	dos_json_open(json, '{');
	dos_json_member(json, "title", rule->title);
	dos_json_key(json, "description");
	dos_json_open(json, '[');
	dos_json_string_joined(json, length ? rule->description : "", text ? text : "", "");
	dos_json_close(json, ']');
	dos_json_key(json, "links");
	dos_json_open(json, '[');
	dos_json_open(json, '{');
	dos_json_key(json, "value");
	if (answer->request != NULL)
		dos_json_string(json, answer->request);
	else
	{
		char		encoded[NAME_ENCODED_MAX];

		dos_rdap_encode(name, encoded, sizeof(encoded));
		dos_json_string_joined(json, answer->base_url, kind, encoded);
	}
	dos_json_member(json, "rel", rule->rel);
	dos_json_key(json, "href");
	if (url != NULL)
		dos_json_string(json, url);
	else
		dos_json_string_joined(json, answer->base_url, "help", "");
	dos_json_member(json, "type", url != NULL ? "text/html" : "application/rdap+json");
	dos_json_close(json, '}');
	dos_json_close(json, ']');
	dos_json_close(json, '}');
}

/* RFC 9083 section 9, with a type of section 10.2.1. */
static void
truncation_notice(JsonWriter *json, const char *text)
{
	dos_json_open(json, '{');
	dos_json_member(json, "title", "Search Results");
	dos_json_member(json, "type", "result set truncated due to excessive load");
	dos_json_key(json, "description");
	dos_json_open(json, '[');
	dos_json_string(json, text);
	dos_json_close(json, ']');
	dos_json_close(json, '}');
}

static void
queries_notice(JsonWriter *json)
{
	static const char *const lines[] = {
		"domain/NAME: a domain by its A-label or U-label name",
		"nameserver/NAME: a name server by its name",
		"entity/HANDLE: a registrar by IANA id, clID or name; a contact by handle",
		"nameservers?ip=ADDRESS, entities?fn=NAME: name servers by address, registrars by name",
		"domains?name=, domains?nsLdhName=, domains?nsIp=, nameservers?name=, entities?handle=: searches, where they are allowed",
	};

	dos_json_open(json, '{');
	dos_json_member(json, "title", "Queries");
	dos_json_key(json, "description");
	dos_json_open(json, '[');
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		dos_json_string(json, lines[i]);
	dos_json_close(json, ']');
	dos_json_close(json, '}');
}

static void
conformance(RdapAnswer *answer, RdapObject object)
{
	JsonWriter *json = &answer->json;
	bool		is_redacted = object == RDAP_HELP || answer->was_redacted;

	for (int role = 0; role < ROLE_COUNT; role++)
		is_redacted = is_redacted || answer->redacted[role] != 0;

	dos_json_key(json, "rdapConformance");
	dos_json_open(json, '[');
	dos_json_string(json, "rdap_level_0");
	if (dos_directory_is_icann(answer->policy))
	{
		dos_json_string(json, "icann_rdap_response_profile_1");
		dos_json_string(json, "icann_rdap_technical_implementation_guide_1");
	}
	if (is_redacted)
		dos_json_string(json, "redacted");
	for (const char *const *word = answer->extensions; word != NULL && *word != NULL; word++)
		dos_json_string(json, *word);
	dos_json_close(json, ']');
}

void
dos_rdap_result_end(RdapAnswer *answer, RdapObject object)
{
	dos_rdap_redacted(answer, object);
	for (int role = 0; role < ROLE_COUNT; role++)
		answer->was_redacted = answer->was_redacted || answer->redacted[role] != 0;
	memset(answer->redacted, 0, sizeof(answer->redacted));
	memset(answer->has_contact_uri, 0, sizeof(answer->has_contact_uri));
	dos_json_close(&answer->json, '}');
}

void
dos_rdap_finish(RdapAnswer *answer, RdapObject object, const char *kind, const char *name)
{
	JsonWriter *json = &answer->json;

	if (object != RDAP_HELP && object != RDAP_SEARCH)
		dos_json_member(json, "port43", answer->policy->settings[SETTING_WHOIS_SERVER]);
	dos_rdap_redacted(answer, object);
	dos_json_key(json, "notices");
	dos_json_open(json, '[');
	for (size_t i = 0; i < sizeof(notices) / sizeof(notices[0]); i++)
		if ((notices[i].objects & ON(object)) && (!notices[i].icann || dos_directory_is_icann(answer->policy)))
			notice(answer, &notices[i], kind, name);
	if (answer->notice != NULL)
		truncation_notice(json, answer->notice);
	if (object == RDAP_HELP)
		queries_notice(json);
	dos_json_close(json, ']');
	conformance(answer, object);
	dos_json_close(json, '}');
}
