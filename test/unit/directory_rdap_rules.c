/*
 * directory_rdap_rules.c
 *		RDAP documents from facts made by hand: what is withheld is nowhere in the text, and what is
 *		withheld is said.
 */
#include "directory/rdap_rules.h"

#include <stdlib.h>

#include "gw_tap.h"

static void *
grow(void *data, size_t size)
{
	void	   *grown = realloc(data, size);

	if (grown == NULL)
		abort();
	return grown;
}

static DirectoryContact person = {
	.roid = "C1-X", .handle = "SECRET-HANDLE",
	.postal = {"SECRET-NAME", "Org", "SECRET-STREET", "SECRET-STREET2", NULL, "SECRET-CITY", "CA", "SECRET-PC", "US"},
	.voice = "+1.SECRET", .voice_x = "SECRETX", .fax = "+2.SECRET", .fax_x = "SECRETY", .email = "secret@SECRET.test",
	.created_at = 0, .updated_at = DIRECTORY_NEVER, .transferred_at = DIRECTORY_NEVER,
};

static DirectoryRegistrar registrar = {
	.clid = "some reg%", .name = "Reg", .rdap_base_url = "https://reg.test/", .created_at = 0, .updated_at = DIRECTORY_NEVER,
};

static char *
domain_document(const DirectoryPolicy *policy)
{
	DirectoryText text = {.grow = grow};
	RdapAnswer	answer = {.json = {&text, false}, .base_url = "https://rdap.test/", .policy = policy};
	const DirectoryContact *contacts[] = {&person};
	DirectoryDomain domain = {
		.name = "a.test", .roid = "D1-X", .updated_at = DIRECTORY_NEVER, .transferred_at = DIRECTORY_NEVER, .registrar = &registrar,
	};

	for (int role = 0; role < DIRECTORY_DOMAIN_ROLES; role++)
		domain.contacts[role] = (DirectoryContactList) {1, contacts};
	dos_rdap_domain(&answer, &domain);
	dos_text_bytes(&text, "", 1);
	return text.data;
}

static char *
contact_document(const DirectoryPolicy *policy)
{
	DirectoryText text = {.grow = grow};
	RdapAnswer	answer = {.json = {&text, false}, .base_url = "https://rdap.test/", .policy = policy};

	if (dos_rdap_contact_begins(&answer, &person, ROLE_CONTACT))
		dos_rdap_contact(&answer, &person, &registrar);
	dos_text_bytes(&text, "", 1);
	return text.data;
}

static void
test_privacy(void)
{
	DirectoryPolicy policy;
	char	   *text;

	dos_directory_policy_default(&policy);
	text = domain_document(&policy);
	ok(strstr(text, "SECRET") == NULL, "nothing personal in a domain by default");
	ok(strstr(text, "C1-X") == NULL, "nor the handle");
	ok(strstr(text, "\"type\":\"Registrant Name\"") != NULL && strstr(text, "\"type\":\"Tech Email\"") != NULL, "and it is said");
	ok(strstr(text, "Tech Street") == NULL && strstr(text, "Admin") == NULL, "what a registry does not hold is not spoken of");
	ok(strstr(text, "\"redacted\"],") == NULL && strstr(text, ",\"redacted\"]") != NULL, "with its conformance");
	free(text);
	text = contact_document(&policy);
	ok(strstr(text, "SECRET") == NULL, "nothing personal in a contact by default");
	ok(strstr(text, "\"postPath\":\"$.vcardArray[1][?(@[0]=='fn')][3]\"") != NULL, "paths begin at the contact");
	free(text);
}

static void
test_everything_shown(void)
{
	DirectoryPolicy policy;
	char	   *text;

	dos_directory_policy_default(&policy);
	for (int role = 0; role < ROLE_COUNT; role++)
		for (int field = 0; field < FIELD_COUNT; field++)
			policy.disclosure.cells[role][field].show = true;
	text = domain_document(&policy);
	ok(strstr(text, "\"redacted\"") == NULL, "nothing withheld, nothing said");
	ok(strstr(text, "[\"SECRET-STREET\",\"SECRET-STREET2\"]") != NULL, "several street lines are a list");
	ok(strstr(text, "tel:+1.SECRET;ext=SECRETX") != NULL, "telephone with extension");
	ok(strstr(text, "\"roles\":[\"billing\"]") != NULL, "billing contact");
	ok(strstr(text, "https://rdap.test/entity/C1-X") != NULL, "a handle has a link");
	free(text);
}

static void
test_methods(void)
{
	DirectoryPolicy policy;
	char	   *text;

	dos_directory_policy_default(&policy);
	policy.settings[SETTING_CONTACT_FORM_URL] = "https://form.test/?d={domain}&x";
	text = domain_document(&policy);
	ok(strstr(text, "[\"contact-uri\",{},\"uri\",\"https://form.test/?d=a.test&x\"]") != NULL, "the form instead of the e-mail");
	ok(strstr(text, "\"replacementPath\":\"$.entities[?(@.roles[0]=='registrant')].vcardArray[1][?(@[0]=='contact-uri')]\"") != NULL,
	   "and where it stands");
	free(text);
	policy.disclosure.cells[ROLE_REGISTRANT][FIELD_NAME].method = METHOD_SILENT;
	text = domain_document(&policy);
	ok(strstr(text, "Registrant Name") == NULL && strstr(text, "SECRET") == NULL, "silence");
	free(text);
}

/* Rows about persons and countries hold for those contacts alone; a mask shows the first character. */
static void
test_special(void)
{
	static const DisclosureRow rows[] = {
		{ROLE_REGISTRANT, FIELD_NAME, {true, true, METHOD_EMPTY_VALUE}, false, PERSON_LEGAL, ""},
		{ROLE_REGISTRANT, FIELD_CITY, {false, true, METHOD_PARTIAL_VALUE}, true, PERSON_ANY, "US"},
		{ROLE_REGISTRANT, FIELD_PC, {true, true, METHOD_EMPTY_VALUE}, false, PERSON_ANY, "FR"},
	};
	DirectoryPolicy policy;
	char	   *text;

	dos_directory_policy_default(&policy);
	policy.rows = rows;
	policy.row_count = 3;
	policy.has_special = true;
	text = domain_document(&policy);
	ok(strstr(text, "SECRET-NAME") != NULL, "the name of a legal person");
	ok(strstr(text, "SECRET-PC") == NULL, "not the postal code, which another country shows");
	ok(strstr(text, "\"S***\"") != NULL && strstr(text, "SECRET-CITY") == NULL, "a hint of the city");
	ok(strstr(text, "\"method\":\"partialValue\"") != NULL, "and it is said");
	free(text);
	person.postal[POSTAL_ORG] = NULL;
	text = domain_document(&policy);
	ok(strstr(text, "SECRET-NAME") == NULL, "not of a natural person");
	free(text);
	person.postal[POSTAL_ORG] = "Org";
}

static void
test_profile(void)
{
	DirectoryPolicy policy;
	char	   *text;

	dos_directory_policy_default(&policy);
	policy.settings[SETTING_PROFILE] = "basic";
	text = domain_document(&policy);
	ok(strstr(text, "icann") == NULL, "the basic profile does not name ICANN");
	ok(strstr(text, "\"handle\":\"some reg%\"") != NULL, "a registrar without IANA id has its clID");
	ok(strstr(text, "\"href\":\"https://reg.test/domain/a.test\"") != NULL, "related link");
	free(text);
	registrar.iana_id = 9999;
	text = domain_document(&policy);
	ok(strstr(text, "\"rel\":\"related\"") == NULL, "no related link for a reserved IANA id");
	free(text);
	registrar.iana_id = 0;
}

int
main(void)
{
	test_privacy();
	test_everything_shown();
	test_methods();
	test_special();
	test_profile();
	return done();
}
