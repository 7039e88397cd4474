/*
 * directory_policy_rules.h
 *	  What a registry decides about its directory besides disclosure, pure: the settings, their defaults
 *	  and meaning. Values are rows in dos.directory_setting, for all zones or for one.
 */
#ifndef DOS_DIRECTORY_POLICY_RULES_H
#define DOS_DIRECTORY_POLICY_RULES_H

#include "directory/disclosure_rules.h"
#include "directory/whois_line_rules.h"

typedef enum DirectorySetting
{
	SETTING_PROFILE,
	SETTING_TERMS_URL,
	SETTING_TERMS_TEXT,
	SETTING_COMPLAINT_URL,
	SETTING_CONTACT_FORM_URL,
	SETTING_WHOIS_SERVER,
	SETTING_WHOIS_DISCLAIMER,
	SETTING_WHOIS,
	SETTING_WHOIS_ADDRESS,
	SETTING_WHOIS_NO_MATCH,
	SETTING_RDAP_BASE_URL,
	SETTING_SEARCH_DOMAINS,
	SETTING_SEARCH_NAMESERVERS,
	SETTING_SEARCH_ENTITIES,
	SETTING_COUNT
} DirectorySetting;

typedef struct DirectorySettingRule
{
	const char *name;
	const char *initial;		/* NULL: nothing */
	const char *meaning;
} DirectorySettingRule;

typedef struct DirectoryPolicy
{
	DisclosurePolicy disclosure;	/* for contacts that no row singles out */
	size_t		row_count;
	const DisclosureRow *rows;	/* from the general to the special */
	size_t		whois_line_count;	/* 0: the usual lines */
	const WhoisLine *whois_lines;
	bool		has_special;	/* rows about kinds of persons or countries */
	const char *settings[SETTING_COUNT];
} DirectoryPolicy;

extern const DirectorySettingRule *dos_directory_setting(DirectorySetting setting);
extern DirectorySetting dos_directory_setting_find(const char *name);	/* or SETTING_COUNT */

/* The policy of a registry that has decided nothing. */
extern void dos_directory_policy_default(DirectoryPolicy *policy);

/* The policy for one contact; `room` holds it when it is its own. */
extern const DisclosurePolicy *dos_directory_disclosure(const DirectoryPolicy *policy, const DirectoryContact *contact,
														DisclosurePolicy *room);

/* Is WHOIS offered? */
extern bool dos_directory_has_whois(const DirectoryPolicy *policy);

/* Does WHOIS find name servers by their addresses? */
extern bool dos_directory_has_addresses(const DirectoryPolicy *policy);

#define DIRECTORY_FORM_MAX	2048

/*
 * Where a contact whose e-mail is not shown can be reached: the registry's web form, in which "{domain}" stands for the
 * domain name, or else the web site of the registrar, who has to forward (gTLD profile 2.7.5). NULL: nowhere. `room` may
 * hold the answer.
 */
extern const char *dos_directory_contact_form(const DirectoryPolicy *policy, const DirectoryRegistrar *registrar,
											  const char *domain_name, char *room);

/* Does the gTLD profile of ICANN apply? */
extern bool dos_directory_is_icann(const DirectoryPolicy *policy);

#endif
