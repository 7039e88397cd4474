/*
 * directory_disclosure_rules.c
 *		Who sees which field: the default policy, the contact's own choice, and that choice where it
 *		does not count.
 */
#include "directory/disclosure_rules.h"

#include "gw_tap.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define SAYS(preference) (1u << (preference))

static const struct
{
	DirectoryRole role;
	DisclosureField field;
	DiscloseFlag flag;
	uint32_t	disclose;
	bool		shown;
	const char *name;
}			cases[] = {
	/* the default */
	{ROLE_REGISTRANT, FIELD_OBJECT, DISCLOSE_UNSAID, 0, true, "the registrant appears"},
	{ROLE_BILLING, FIELD_OBJECT, DISCLOSE_UNSAID, 0, false, "the billing contact does not"},
	{ROLE_REGISTRANT, FIELD_NAME, DISCLOSE_UNSAID, 0, false, "no name"},
	{ROLE_REGISTRANT, FIELD_ORG, DISCLOSE_UNSAID, 0, true, "the registrant's organization"},
	{ROLE_TECHNICAL, FIELD_ORG, DISCLOSE_UNSAID, 0, false, "not the technical contact's"},
	{ROLE_REGISTRANT, FIELD_SP, DISCLOSE_UNSAID, 0, true, "the state"},
	{ROLE_REGISTRANT, FIELD_CC, DISCLOSE_UNSAID, 0, true, "the country"},
	{ROLE_REGISTRANT, FIELD_CITY, DISCLOSE_UNSAID, 0, false, "no city"},
	{ROLE_REGISTRANT, FIELD_EMAIL, DISCLOSE_UNSAID, 0, false, "no e-mail"},
	{ROLE_REGISTRANT, FIELD_HANDLE, DISCLOSE_UNSAID, 0, false, "no handle in a domain"},
	{ROLE_CONTACT, FIELD_HANDLE, DISCLOSE_UNSAID, 0, true, "the handle to those who know it"},
	/* the contact's own choice */
	{ROLE_REGISTRANT, FIELD_NAME, DISCLOSE_ALLOW, SAYS(PREFERENCE_NAME), true, "name allowed"},
	{ROLE_REGISTRANT, FIELD_NAME, DISCLOSE_ALLOW, SAYS(PREFERENCE_EMAIL), false, "another field allowed"},
	{ROLE_REGISTRANT, FIELD_CITY, DISCLOSE_ALLOW, SAYS(PREFERENCE_ADDR), true, "address allowed shows the city"},
	{ROLE_REGISTRANT, FIELD_VOICE_X, DISCLOSE_ALLOW, SAYS(PREFERENCE_VOICE), true, "voice allowed shows the extension"},
	{ROLE_REGISTRANT, FIELD_ORG, DISCLOSE_DENY, SAYS(PREFERENCE_ORG), false, "organization denied"},
	{ROLE_REGISTRANT, FIELD_ORG, DISCLOSE_DENY, SAYS(PREFERENCE_NAME), true, "another field denied"},
	/* where it does not count */
	{ROLE_REGISTRANT, FIELD_CC, DISCLOSE_DENY, SAYS(PREFERENCE_ADDR), true, "the country must be shown"},
	{ROLE_REGISTRANT, FIELD_SP, DISCLOSE_DENY, SAYS(PREFERENCE_ADDR), true, "the state must be shown"},
	{ROLE_BILLING, FIELD_OBJECT, DISCLOSE_ALLOW, ~0u, false, "no choice about appearing"},
	{ROLE_REGISTRANT, FIELD_HANDLE, DISCLOSE_ALLOW, ~0u, false, "no choice about the handle"},
};

static void
test_labels(void)
{
	char		label[DISCLOSURE_LABEL_MAX];

	dos_disclosure_label(ROLE_REGISTRANT, FIELD_HANDLE, label);
	is_text(label, "Registry Registrant ID", "label in the middle");
	dos_disclosure_label(ROLE_TECHNICAL, FIELD_VOICE_X, label);
	is_text(label, "Tech Phone Ext", "label at the front");
}

static void
test_words(void)
{
	for (int role = 0; role < ROLE_COUNT; role++)
		ok(dos_disclosure_role_find(dos_disclosure_role_name((DirectoryRole) role)) == (DirectoryRole) role, "role");
	for (int field = 0; field < FIELD_COUNT; field++)
	{
		DisclosureField f = (DisclosureField) field;

		ok(dos_disclosure_field_find(dos_disclosure_field_name(f)) == f, "field");
		ok(dos_disclosure_method_fits(f, METHOD_SILENT), "any field may be left out in silence");
	}
	ok(dos_disclosure_role_find("owner") == ROLE_COUNT && dos_disclosure_field_find("") == FIELD_COUNT &&
	   dos_disclosure_method_find("mask") == METHOD_COUNT, "other words are not found");
	ok(!dos_disclosure_method_fits(FIELD_NAME, METHOD_REMOVAL), "fn cannot be removed from a jCard");
	ok(!dos_disclosure_method_fits(FIELD_CITY, METHOD_REMOVAL), "nor a part of adr");
	ok(!dos_disclosure_method_fits(FIELD_VOICE, METHOD_REPLACEMENT_VALUE), "only an e-mail has a replacement");
}

int
main(void)
{
	DisclosurePolicy policy;

	dos_disclosure_default(&policy);
	for (size_t i = 0; i < COUNT(cases); i++)
	{
		DirectoryContact contact = {.disclose_flag = cases[i].flag, .disclose = cases[i].disclose};

		ok(dos_disclosure_shows(&policy, cases[i].role, cases[i].field, &contact) == cases[i].shown, cases[i].name);
	}
	test_labels();
	test_words();
	return done();
}
