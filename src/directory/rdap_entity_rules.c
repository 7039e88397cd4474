/*
 * rdap_entity_rules.c
 *	  Registrars and contacts as RDAP entities with jCards (RFC 7095), pure.
 *
 * A contact's field is written only through shown(), which also keeps the book of what was withheld:
 * no value can reach an answer around the policy.
 */
#include "directory/rdap_rules.h"

#include <stdio.h>
#include <string.h>

#define IANA_ID_TEXT_MAX	12

bool
dos_rdap_iana_id_reserved(int32_t iana_id)
{
	return iana_id >= 9994 && iana_id <= 9999;
}

/* The field's value if it may be shown, or a hint of it; a value withheld is noted for the "redacted" member. */
static const char *
shown(RdapAnswer *answer, const DirectoryContact *contact, DirectoryRole role, DisclosureField field)
{
	const char *value = dos_disclosure_value(contact, field);
	DisclosureMethod method = answer->disclosure->cells[role][field].method;

	if (value == NULL || dos_disclosure_shows(answer->disclosure, role, field, contact))
		return value;
	if (method == METHOD_SILENT)
		return NULL;
	answer->redacted[role] |= 1u << field;
	answer->methods[role][field] = (uint8_t) method;
	if (method != METHOD_PARTIAL_VALUE)
		return NULL;
	dos_disclosure_mask(value, answer->masks[field]);
	return answer->masks[field];
}

/* ["fn", {}, "text", value] */
static void
property(JsonWriter *json, const char *name, const char *type, const char *value)
{
	dos_json_open(json, '[');
	dos_json_string(json, name);
	dos_json_open(json, '{');
	dos_json_close(json, '}');
	dos_json_string(json, type);
	dos_json_string(json, value);
	dos_json_close(json, ']');
}

/* ["tel", {"type": kind}, "uri", "tel:+1.2;ext=3"] */
static void
telephone(JsonWriter *json, const char *kind, const char *number, const char *extension)
{
	char		suffix[40] = "";

	if (number == NULL)
		return;
	if (extension != NULL)
		snprintf(suffix, sizeof(suffix), ";ext=%s", extension);
	dos_json_open(json, '[');
	dos_json_string(json, "tel");
	dos_json_open(json, '{');
	dos_json_member(json, "type", kind);
	dos_json_close(json, '}');
	dos_json_string(json, "uri");
	dos_json_string_joined(json, "tel:", number, suffix);
	dos_json_close(json, ']');
}

/* One line as a string, several as an array (gTLD profile, RFC 7095 section 3.3.1.3). */
static void
street(JsonWriter *json, const char *const *postal)
{
	const char *lines[3];
	int			count = 0;

	for (int line = POSTAL_STREET1; line <= POSTAL_STREET3; line++)
		if (postal[line] != NULL && postal[line][0] != '\0')
			lines[count++] = postal[line];
	if (count > 1)
	{
		dos_json_open(json, '[');
		for (int i = 0; i < count; i++)
			dos_json_string(json, lines[i]);
		dos_json_close(json, ']');
	}
	else
		dos_json_string(json, count ? lines[0] : "");
}

/* The country is a parameter and its name stays empty (gTLD profile 1.4). */
static void
address(JsonWriter *json, const char *const *postal)
{
	static const DirectoryPostal after_street[] = {POSTAL_CITY, POSTAL_SP, POSTAL_PC};

	dos_json_open(json, '[');
	dos_json_string(json, "adr");
	dos_json_open(json, '{');
	dos_json_member(json, "cc", postal[POSTAL_CC]);
	dos_json_close(json, '}');
	dos_json_string(json, "text");
	dos_json_open(json, '[');
	dos_json_string(json, "");
	dos_json_string(json, "");
	street(json, postal);
	for (size_t i = 0; i < sizeof(after_street) / sizeof(after_street[0]); i++)
		dos_json_string(json, postal[after_street[i]] ? postal[after_street[i]] : "");
	dos_json_string(json, "");
	dos_json_close(json, ']');
	dos_json_close(json, ']');
}

static void
card_open(JsonWriter *json, const char *name)
{
	dos_json_key(json, "vcardArray");
	dos_json_open(json, '[');
	dos_json_string(json, "vcard");
	dos_json_open(json, '[');
	property(json, "version", "text", "4.0");
	property(json, "fn", "text", name);
}

static void
card_close(JsonWriter *json)
{
	dos_json_close(json, ']');
	dos_json_close(json, ']');
}

static bool
has_address(const char *const *postal)
{
	for (int part = POSTAL_STREET1; part < POSTAL_COUNT; part++)
		if (postal[part] != NULL)
			return true;
	return false;
}

static void
contact_card(RdapAnswer *answer, const DirectoryContact *contact, DirectoryRole role, const char *domain_name)
{
	static const struct
	{
		DisclosureField field;
		DirectoryPostal part;
	}			parts[] = {
		{FIELD_CITY, POSTAL_CITY}, {FIELD_SP, POSTAL_SP}, {FIELD_PC, POSTAL_PC}, {FIELD_CC, POSTAL_CC},
	};
	JsonWriter *json = &answer->json;
	const char *postal[POSTAL_COUNT] = {0};
	const char *name = shown(answer, contact, role, FIELD_NAME);
	const char *org = shown(answer, contact, role, FIELD_ORG);
	const char *voice = shown(answer, contact, role, FIELD_VOICE);
	const char *voice_x = shown(answer, contact, role, FIELD_VOICE_X);
	const char *fax = shown(answer, contact, role, FIELD_FAX);
	const char *fax_x = shown(answer, contact, role, FIELD_FAX_X);
	const char *email = shown(answer, contact, role, FIELD_EMAIL);
	char		room[DIRECTORY_FORM_MAX];
	const char *form = NULL;

	postal[POSTAL_STREET1] = shown(answer, contact, role, FIELD_STREET);
	if (postal[POSTAL_STREET1] == contact->postal[POSTAL_STREET1])
		memcpy(&postal[POSTAL_STREET1], &contact->postal[POSTAL_STREET1], 3 * sizeof(postal[0]));
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		postal[parts[i].part] = shown(answer, contact, role, parts[i].field);

	card_open(json, name ? name : "");
	if (org != NULL)
		property(json, "org", "text", org);
	else if ((answer->redacted[role] & (1u << FIELD_ORG)) &&
			 answer->disclosure->cells[role][FIELD_ORG].method == METHOD_EMPTY_VALUE)
		property(json, "org", "text", "");
	if (has_address(contact->postal))
		address(json, postal);
	telephone(json, "voice", voice, voice_x);
	telephone(json, "fax", fax, fax_x);
	if (email != NULL)
		property(json, "email", "text", email);
	else if (contact->email != NULL && answer->disclosure->cells[role][FIELD_EMAIL].method == METHOD_REPLACEMENT_VALUE)
		form = dos_directory_contact_form(answer->policy, answer->registrar, domain_name, room);
	if (form != NULL)
	{
		property(json, "contact-uri", "uri", form);	/* RFC 8605 */
		answer->has_contact_uri[role] = true;
	}
	card_close(json);
}

/* Members of a contact, in a domain's answer or alone. Without its handle it has no link to itself. */
static void
contact_members(RdapAnswer *answer, const DirectoryContact *contact, DirectoryRole role, const char *domain_name)
{
	JsonWriter *json = &answer->json;
	const char *handle = shown(answer, contact, role, FIELD_HANDLE);

	dos_json_member(json, "objectClassName", "entity");
	dos_json_member(json, "handle", handle);
	if (role != ROLE_CONTACT)
	{
		dos_json_key(json, "roles");
		dos_json_open(json, '[');
		dos_json_string(json, dos_disclosure_role_name(role));
		dos_json_close(json, ']');
	}
	contact_card(answer, contact, role, domain_name);
	if (handle != NULL)
	{
		dos_json_key(json, "links");
		dos_json_open(json, '[');
		dos_rdap_link(answer, &(RdapLink) {"self", answer->base_url, "entity/", handle, false});
		dos_json_close(json, ']');
	}
}

bool
dos_rdap_contact_begins(RdapAnswer *answer, const DirectoryContact *contact, DirectoryRole role)
{
	answer->disclosure = dos_directory_disclosure(answer->policy, contact, &answer->own);
	return dos_disclosure_shows(answer->disclosure, role, FIELD_OBJECT, contact);
}

void
dos_rdap_contact_entity(RdapAnswer *answer, const DirectoryContact *contact, DirectoryRole role, const char *domain_name)
{
	if (!dos_rdap_contact_begins(answer, contact, role))
		return;
	dos_json_open(&answer->json, '{');
	contact_members(answer, contact, role, domain_name);
	dos_json_close(&answer->json, '}');
}

static void
contact_object(RdapAnswer *answer, const DirectoryContact *contact, const DirectoryRegistrar *registrar)
{
	JsonWriter *json = &answer->json;

	answer->registrar = registrar;
	dos_json_open(json, '{');
	contact_members(answer, contact, ROLE_CONTACT, NULL);
	if (answer->fields != RDAP_ID)
	{
		dos_rdap_status(answer, &contact->statuses);
		dos_json_key(json, "events");
		dos_json_open(json, '[');
		dos_rdap_event(answer, "registration", contact->created_at);
		dos_rdap_event(answer, "last changed", contact->updated_at);
		dos_rdap_event(answer, "transfer", contact->transferred_at);
		dos_rdap_event(answer, "last update of RDAP database", answer->database_at);
		dos_json_close(json, ']');
	}
	if (registrar != NULL && answer->fields == RDAP_FULL)
	{
		dos_json_key(json, "entities");
		dos_json_open(json, '[');
		dos_rdap_registrar_entity(answer, registrar);
		dos_json_close(json, ']');
	}
}

void
dos_rdap_contact(RdapAnswer *answer, const DirectoryContact *contact, const DirectoryRegistrar *registrar)
{
	contact_object(answer, contact, registrar);
	dos_rdap_finish(answer, RDAP_ENTITY, "entity/", contact->roid);
}

void
dos_rdap_contact_result(RdapAnswer *answer, const DirectoryContact *contact, const DirectoryRegistrar *registrar)
{
	contact_object(answer, contact, registrar);
	dos_rdap_result_end(answer, RDAP_ENTITY);
}

static void
registrar_contact(JsonWriter *json, const RegistrarContact *contact)
{
	dos_json_open(json, '{');
	dos_json_member(json, "objectClassName", "entity");
	dos_json_key(json, "roles");
	dos_json_open(json, '[');
	dos_json_string(json, contact->role);
	dos_json_close(json, ']');
	card_open(json, contact->name);
	telephone(json, "voice", contact->voice, NULL);
	telephone(json, "fax", contact->fax, NULL);
	if (contact->email != NULL)
		property(json, "email", "text", contact->email);
	card_close(json);
	dos_json_close(json, '}');
}

/* The registrar's points of contact: for abuse everywhere (gTLD profile 2.4.5), the others in its own answer (3.2). */
static void
registrar_contacts(JsonWriter *json, const DirectoryRegistrar *registrar, bool whole)
{
	bool		has_abuse = registrar->abuse_email != NULL || registrar->abuse_voice != NULL;

	if (!has_abuse && !(whole && registrar->contact_count > 0))
		return;
	dos_json_key(json, "entities");
	dos_json_open(json, '[');
	if (has_abuse)
		registrar_contact(json, &(RegistrarContact) {
			.role = "abuse", .name = "Abuse Contact", .email = registrar->abuse_email, .voice = registrar->abuse_voice,
		});
	for (size_t i = 0; whole && i < registrar->contact_count; i++)
		registrar_contact(json, &registrar->contacts[i]);
	dos_json_close(json, ']');
}

/* The handle is the IANA id, for registrars that have none the clID (gTLD profile 2.4.2). */
static const char *
registrar_handle(const DirectoryRegistrar *registrar, char *iana_id)
{
	if (registrar->iana_id == 0)
		return registrar->clid;
	snprintf(iana_id, IANA_ID_TEXT_MAX, "%d", registrar->iana_id);
	return iana_id;
}

static void
registrar_members(RdapAnswer *answer, const DirectoryRegistrar *registrar, bool whole)
{
	JsonWriter *json = &answer->json;
	char		iana_id[IANA_ID_TEXT_MAX];
	const char *handle = registrar_handle(registrar, iana_id);

	dos_json_member(json, "objectClassName", "entity");
	dos_json_member(json, "handle", handle);
	dos_json_key(json, "roles");
	dos_json_open(json, '[');
	dos_json_string(json, "registrar");
	dos_json_close(json, ']');
	if (registrar->iana_id != 0)
	{
		dos_json_key(json, "publicIds");
		dos_json_open(json, '[');
		dos_json_open(json, '{');
		dos_json_member(json, "type", "IANA Registrar ID");
		dos_json_member(json, "identifier", iana_id);
		dos_json_close(json, '}');
		dos_json_close(json, ']');
	}
	card_open(json, registrar->name);
	if (whole)
	{
		if (has_address(registrar->postal))
			address(json, registrar->postal);
		telephone(json, "voice", registrar->voice, NULL);
		telephone(json, "fax", registrar->fax, NULL);
		if (registrar->email != NULL)
			property(json, "email", "text", registrar->email);
		if (registrar->url != NULL)
			property(json, "url", "uri", registrar->url);
	}
	card_close(json);
	registrar_contacts(json, registrar, whole);
	dos_json_key(json, "links");
	dos_json_open(json, '[');
	dos_rdap_link(answer, &(RdapLink) {"self", answer->base_url, "entity/", handle, false});
	if (registrar->rdap_base_url != NULL)
		dos_rdap_link(answer, &(RdapLink) {"about", registrar->rdap_base_url, "", "", false});
	dos_json_close(json, ']');
}

void
dos_rdap_registrar_entity(RdapAnswer *answer, const DirectoryRegistrar *registrar)
{
	dos_json_open(&answer->json, '{');
	registrar_members(answer, registrar, false);
	dos_json_close(&answer->json, '}');
}

static void
registrar_object(RdapAnswer *answer, const DirectoryRegistrar *registrar)
{
	JsonWriter *json = &answer->json;

	dos_json_open(json, '{');
	registrar_members(answer, registrar, true);
	if (answer->fields != RDAP_ID)
	{
		dos_json_key(json, "events");
		dos_json_open(json, '[');
		dos_rdap_event(answer, "registration", registrar->created_at);
		dos_rdap_event(answer, "last changed", registrar->updated_at);
		dos_rdap_event(answer, "last update of RDAP database", answer->database_at);
		dos_json_close(json, ']');
	}
}

void
dos_rdap_registrar(RdapAnswer *answer, const DirectoryRegistrar *registrar)
{
	char		iana_id[IANA_ID_TEXT_MAX];

	registrar_object(answer, registrar);
	dos_rdap_finish(answer, RDAP_ENTITY, "entity/", registrar_handle(registrar, iana_id));
}

void
dos_rdap_registrar_result(RdapAnswer *answer, const DirectoryRegistrar *registrar)
{
	registrar_object(answer, registrar);
	dos_rdap_result_end(answer, RDAP_ENTITY);
}
