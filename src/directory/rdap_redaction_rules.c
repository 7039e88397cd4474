/*
 * rdap_redaction_rules.c
 *	  The "redacted" member (RFC 9537 section 4.2): one row for each field of each role that was
 *	  withheld, with the JSONPath that the field has, or had, in the answer.
 */
#include "directory/rdap_rules.h"

#include <string.h>

#define ENTITY_PATH(role)	".entities[?(@.roles[0]=='" role "')]"

/* Where a field stands inside its entity. */
static const char *const paths[FIELD_COUNT] = {
	[FIELD_HANDLE]  = ".handle",
	[FIELD_NAME]    = ".vcardArray[1][?(@[0]=='fn')][3]",
	[FIELD_ORG]     = ".vcardArray[1][?(@[0]=='org')]",
	[FIELD_STREET]  = ".vcardArray[1][?(@[0]=='adr')][3][2]",
	[FIELD_CITY]    = ".vcardArray[1][?(@[0]=='adr')][3][3]",
	[FIELD_SP]      = ".vcardArray[1][?(@[0]=='adr')][3][4]",
	[FIELD_PC]      = ".vcardArray[1][?(@[0]=='adr')][3][5]",
	[FIELD_CC]      = ".vcardArray[1][?(@[0]=='adr')][1].cc",
	[FIELD_VOICE]   = ".vcardArray[1][?(@[1].type=='voice')]",
	[FIELD_VOICE_X] = ".vcardArray[1][?(@[1].type=='voice')]",
	[FIELD_FAX]     = ".vcardArray[1][?(@[1].type=='fax')]",
	[FIELD_FAX_X]   = ".vcardArray[1][?(@[1].type=='fax')]",
	[FIELD_EMAIL]   = ".vcardArray[1][?(@[0]=='email')]",
};
static const char contact_uri_path[] = ".vcardArray[1][?(@[0]=='contact-uri')]";

/* Redacted names registered with IANA go into "type", others into "description" (gTLD profile 2.7). */
#define NAMED(field)	(1u << (field))

static const uint32_t registered_names[ROLE_COUNT] = {
	[ROLE_REGISTRANT] = NAMED(FIELD_HANDLE) | NAMED(FIELD_NAME) | NAMED(FIELD_ORG) | NAMED(FIELD_STREET) |
		NAMED(FIELD_CITY) | NAMED(FIELD_PC) | NAMED(FIELD_VOICE) | NAMED(FIELD_VOICE_X) | NAMED(FIELD_FAX) |
		NAMED(FIELD_FAX_X) | NAMED(FIELD_EMAIL),
	[ROLE_TECHNICAL] = NAMED(FIELD_HANDLE) | NAMED(FIELD_NAME) | NAMED(FIELD_VOICE) | NAMED(FIELD_VOICE_X) |
		NAMED(FIELD_EMAIL),
};

static void
path(RdapAnswer *answer, const char *member, RdapObject object, DirectoryRole role, const char *tail)
{
	static const char *const entities[ROLE_COUNT] = {
		[ROLE_REGISTRANT] = ENTITY_PATH("registrant"), [ROLE_ADMINISTRATIVE] = ENTITY_PATH("administrative"),
		[ROLE_TECHNICAL] = ENTITY_PATH("technical"), [ROLE_BILLING] = ENTITY_PATH("billing"), [ROLE_CONTACT] = ENTITY_PATH("contact"),
	};

	dos_json_key(&answer->json, member);
	dos_json_string_joined(&answer->json, answer->root ? answer->root : "$", object == RDAP_ENTITY ? "" : entities[role], tail);
}

static void
redaction(RdapAnswer *answer, RdapObject object, DirectoryRole role, DisclosureField field)
{
	JsonWriter *json = &answer->json;
	DisclosureMethod method = (DisclosureMethod) answer->methods[role][field];
	char		label[DISCLOSURE_LABEL_MAX];

	/* an e-mail can be replaced only when there is a web form to put in its place */
	if (method == METHOD_REPLACEMENT_VALUE && !answer->has_contact_uri[role])
		method = METHOD_REMOVAL;
	dos_disclosure_label(role, field, label);

	dos_json_open(json, '{');
	dos_json_key(json, "name");
	dos_json_open(json, '{');
	dos_json_member(json, (registered_names[role] & NAMED(field)) ? "type" : "description", label);
	dos_json_close(json, '}');
	path(answer, method == METHOD_EMPTY_VALUE || method == METHOD_PARTIAL_VALUE ? "postPath" : "prePath", object, role, paths[field]);
	if (method == METHOD_REPLACEMENT_VALUE)
		path(answer, "replacementPath", object, role, contact_uri_path);
	dos_json_member(json, "pathLang", "jsonpath");
	dos_json_member(json, "method", dos_disclosure_method_name(method));
	dos_json_key(json, "reason");
	dos_json_open(json, '{');
	dos_json_member(json, "description", "Server policy");
	dos_json_close(json, '}');
	dos_json_close(json, '}');
}

void
dos_rdap_redacted(RdapAnswer *answer, RdapObject object)
{
	bool		is_open = false;

	for (int role = 0; role < ROLE_COUNT; role++)
		for (int field = 0; field < FIELD_COUNT; field++)
		{
			if (!(answer->redacted[role] & (1u << field)))
				continue;
			if (!is_open)
			{
				dos_json_key(&answer->json, "redacted");
				dos_json_open(&answer->json, '[');
				is_open = true;
			}
			redaction(answer, object, (DirectoryRole) role, (DisclosureField) field);
		}
	if (is_open)
		dos_json_close(&answer->json, ']');
}
