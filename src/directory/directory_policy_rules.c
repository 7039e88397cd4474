/*
 * directory_policy_rules.c
 *	  The table of settings.
 */
#include "directory/directory_policy_rules.h"

#include <stdio.h>
#include <string.h>

static const DirectorySettingRule settings[SETTING_COUNT] = {
	[SETTING_PROFILE] = {"profile", "icann",
		"icann: conformance, notices and links of the gTLD RDAP profile; basic: RFC 9083 alone"},
	[SETTING_TERMS_URL] = {"terms_url", NULL,
		"page with the terms of service; the RDAP help answer when not set"},
	[SETTING_TERMS_TEXT] = {"terms_text", "Access to this data is for lawful purposes only. Its automated bulk use, and its use "
		"for unsolicited messages, is not permitted.",
		"one paragraph of the terms, in the RDAP notice"},
	[SETTING_COMPLAINT_URL] = {"complaint_url", NULL,
		"where inaccurate registration data is reported; ICANN's form when not set"},
	[SETTING_CONTACT_FORM_URL] = {"contact_form_url", NULL,
		"web form that reaches a contact whose e-mail is not shown; {domain} stands for the domain name; the registrar's site when not set"},
	[SETTING_WHOIS_SERVER] = {"whois_server", NULL,
		"host name of the WHOIS service, named in RDAP answers (port43)"},
	[SETTING_WHOIS_DISCLAIMER] = {"whois_disclaimer", "Access to this data is for lawful purposes only. Its automated bulk "
		"use, and its use for unsolicited messages, is not permitted.",
		"last paragraph of WHOIS answers"},
	[SETTING_WHOIS] = {"whois", "on",
		"on, or off: WHOIS answers about domains of the zone point to RDAP"},
	[SETTING_WHOIS_ADDRESS] = {"whois_address", "on",
		"on, or off: WHOIS finds no name servers by address; for all zones"},
	[SETTING_WHOIS_NO_MATCH] = {"whois_no_match", NULL,
		"the line that WHOIS says when there is no such domain in the zone; \"No match for ...\" when not set"},
	[SETTING_RDAP_BASE_URL] = {"rdap_base_url", NULL,
		"where the public finds the RDAP service of the zone: for dos.rdap_bootstrap() and for WHOIS that is off"},
	[SETTING_SEARCH_DOMAINS] = {"search_domains", "off",
		"who may search for domains of the zone by name, name server, address or contact: off, readers or all"},
	[SETTING_SEARCH_NAMESERVERS] = {"search_nameservers", "off",
		"who may search for name servers by a part of their name; by address everybody may: off, readers or all"},
	[SETTING_SEARCH_ENTITIES] = {"search_entities", "off",
		"who may search for registrars by a part of name or handle, for contacts by handle; registrars by whole name everybody may: off, readers or all"},
};

const DirectorySettingRule *
dos_directory_setting(DirectorySetting setting)
{
	return &settings[setting];
}

DirectorySetting
dos_directory_setting_find(const char *name)
{
	for (int setting = 0; setting < SETTING_COUNT; setting++)
		if (strcmp(settings[setting].name, name) == 0)
			return (DirectorySetting) setting;
	return SETTING_COUNT;
}

void
dos_directory_policy_default(DirectoryPolicy *policy)
{
	dos_disclosure_default(&policy->disclosure);
	policy->row_count = 0;
	policy->rows = NULL;
	policy->has_special = false;
	policy->whois_line_count = 0;
	policy->whois_lines = NULL;
	for (int setting = 0; setting < SETTING_COUNT; setting++)
		policy->settings[setting] = settings[setting].initial;
}

const DisclosurePolicy *
dos_directory_disclosure(const DirectoryPolicy *policy, const DirectoryContact *contact, DisclosurePolicy *room)
{
	if (!policy->has_special)
		return &policy->disclosure;
	dos_disclosure_default(room);
	dos_disclosure_apply(room, policy->rows, policy->row_count, contact);
	return room;
}

bool
dos_directory_has_whois(const DirectoryPolicy *policy)
{
	return strcmp(policy->settings[SETTING_WHOIS], "off") != 0;
}

bool
dos_directory_has_addresses(const DirectoryPolicy *policy)
{
	return strcmp(policy->settings[SETTING_WHOIS_ADDRESS], "off") != 0;
}

bool
dos_directory_is_icann(const DirectoryPolicy *policy)
{
	return strcmp(policy->settings[SETTING_PROFILE], "icann") == 0;
}

const char *
dos_directory_contact_form(const DirectoryPolicy *policy, const DirectoryRegistrar *registrar, const char *domain_name, char *room)
{
	static const char hole[] = "{domain}";
	const char *form = policy->settings[SETTING_CONTACT_FORM_URL];
	const char *at = form ? strstr(form, hole) : NULL;
	int			length;

	if (form == NULL && dos_directory_is_icann(policy) && registrar != NULL && registrar->url != NULL && strncmp(registrar->url, "http", 4) == 0)
		return registrar->url;
	if (at == NULL)
		return form;
	length = snprintf(room, DIRECTORY_FORM_MAX, "%.*s%s%s", (int) (at - form), form, domain_name ? domain_name : "", at + strlen(hole));
	return length < DIRECTORY_FORM_MAX ? room : NULL;
}
