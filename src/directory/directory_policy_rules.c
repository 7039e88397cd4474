/*
 * directory_policy_rules.c
 *	  The table of settings.
 */
#include "directory/directory_policy_rules.h"

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
		"web form that reaches a contact whose e-mail is not shown; {domain} stands for the domain name"},
	[SETTING_WHOIS_SERVER] = {"whois_server", NULL,
		"host name of the WHOIS service, named in RDAP answers (port43)"},
	[SETTING_WHOIS_DISCLAIMER] = {"whois_disclaimer", "Access to this data is for lawful purposes only. Its automated bulk "
		"use, and its use for unsolicited messages, is not permitted.",
		"last paragraph of WHOIS answers"},
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
	for (int setting = 0; setting < SETTING_COUNT; setting++)
		policy->settings[setting] = settings[setting].initial;
}

bool
dos_directory_is_icann(const DirectoryPolicy *policy)
{
	return strcmp(policy->settings[SETTING_PROFILE], "icann") == 0;
}
