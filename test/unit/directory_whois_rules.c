/*
 * directory_whois_rules.c
 *		WHOIS queries as people type them, and that no value can end a line of an answer.
 */
#include "directory/whois_rules.h"

#include <stdlib.h>

#include "gw_tap.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct
{
	const char *line;
	WhoisProblem problem;
	WhoisObject object;
	const char *term;
}			queries[] = {
	{"example.test", WHOIS_OK, WHOIS_ANY, "example.test"},
	{"  example.test\t ", WHOIS_OK, WHOIS_ANY, "example.test"},
	{"domain example.test", WHOIS_OK, WHOIS_DOMAIN, "example.test"},
	{"DOMAIN   example.test", WHOIS_OK, WHOIS_DOMAIN, "example.test"},
	{"domain\texample.test", WHOIS_OK, WHOIS_DOMAIN, "example.test"},
	{"nameserver ns1.example.test", WHOIS_OK, WHOIS_NAMESERVER, "ns1.example.test"},
	{"nameserver \"ns1.example.test\"", WHOIS_OK, WHOIS_NAMESERVER, "ns1.example.test"},
	{"nameserver (192.0.2.1)", WHOIS_OK, WHOIS_NAMESERVER, "192.0.2.1"},
	{"nameserver (2001:db8::1)", WHOIS_OK, WHOIS_NAMESERVER, "2001:db8::1"},
	{"registrar Example Registrar, Inc.", WHOIS_OK, WHOIS_REGISTRAR, "Example Registrar, Inc."},
	{"registrar", WHOIS_OK, WHOIS_ANY, "registrar"},
	{"registrar ", WHOIS_OK, WHOIS_ANY, "registrar"},
	{"domains.test", WHOIS_OK, WHOIS_ANY, "domains.test"},
	{"registrar \"\"", WHOIS_EMPTY, WHOIS_REGISTRAR, ""},
	{"\"", WHOIS_OK, WHOIS_ANY, "\""},
	{"b\xC3\xBC" "cher.test", WHOIS_OK, WHOIS_ANY, "b\xC3\xBC" "cher.test"},
	{"b\xC3(cher.test", WHOIS_CHARACTER, WHOIS_ANY, NULL},
	{"a\x01.test", WHOIS_CHARACTER, WHOIS_ANY, NULL},
	{"a\x7F.test", WHOIS_CHARACTER, WHOIS_ANY, NULL},
	{"a\r\nb", WHOIS_CHARACTER, WHOIS_ANY, NULL},
	{"", WHOIS_EMPTY, WHOIS_ANY, ""},
	{" \t", WHOIS_EMPTY, WHOIS_ANY, ""},
	{"'; DROP TABLE dos.domain; --", WHOIS_OK, WHOIS_ANY, "'; DROP TABLE dos.domain; --"},
};

static void
test_queries(void)
{
	static char long_line[WHOIS_QUERY_MAX + 1];
	WhoisQuery	query;

	for (size_t i = 0; i < COUNT(queries); i++)
	{
		WhoisProblem problem = dos_whois_parse(queries[i].line, strlen(queries[i].line), &query);
		char		term[100];
		char		name[40];

		snprintf(name, sizeof(name), "query %zu", i);
		ok(problem == queries[i].problem, name);
		if (queries[i].term == NULL)
			continue;
		snprintf(term, sizeof(term), "%.*s", (int) query.length, query.term);
		is_text(term, queries[i].term, "its term");
		ok(query.object == queries[i].object, "its object");
	}
	ok(dos_whois_parse("a\0b", 3, &query) == WHOIS_CHARACTER, "NUL");
	memset(long_line, 'a', sizeof(long_line));
	ok(dos_whois_parse(long_line, WHOIS_QUERY_MAX, &query) == WHOIS_OK, "the longest line");
	ok(dos_whois_parse(long_line, WHOIS_QUERY_MAX + 1, &query) == WHOIS_TOO_LONG, "one more");
	ok(dos_whois_is_address("192.0.2.1") && dos_whois_is_address("::1") && !dos_whois_is_address("192.0.2") &&
	   !dos_whois_is_address("ns1.test"), "addresses");
}

static void *
grow(void *data, size_t size)
{
	void	   *grown = realloc(data, size);

	if (grown == NULL)
		abort();
	return grown;
}

static void
test_lines(void)
{
	static const char evil[] = "x\r\nDomain Status: forged\n\tand\x7F";
	const char *statuses[] = {"ok", "pendingDelete", "pendingDelete"};
	const char *records[] = {"12345 13 2 AABB 257 3 13 KEY=="};
	DirectoryContact contact = {.roid = evil, .postal = {[POSTAL_NAME] = evil, [POSTAL_ORG] = evil, [POSTAL_CC] = evil}};
	const DirectoryContact *contacts[] = {&contact};
	DirectoryHost host = {.name = "ns1.test", .v4 = {1, (const char *[]) {"192.0.2.1"}}};
	const DirectoryHost *hosts[] = {&host};
	DirectoryRegistrar registrar = {.name = evil, .url = evil, .iana_id = 7};
	DirectoryDomain domain = {
		.name = "a.test", .roid = "D1-X", .statuses = {3, statuses}, .updated_at = DIRECTORY_NEVER, .transferred_at = DIRECTORY_NEVER,
		.delegated = true, .registrar = &registrar, .contacts = {[ROLE_REGISTRANT] = {1, contacts}}, .host_count = 1, .hosts = hosts,
		.ds = {1, records},
	};
	DirectoryPolicy policy;
	DirectoryText text = {.grow = grow};
	WhoisAnswer answer = {&text, &policy, 0};
	bool		clean = true;

	dos_directory_policy_default(&policy);
	dos_whois_domain(&answer, &domain);
	dos_text_bytes(&text, "", 1);
	for (size_t i = 0; i + 1 < text.length; i++)
	{
		unsigned char c = (unsigned char) text.data[i];

		if (c == '\r')
			clean = clean && text.data[i + 1] == '\n';
		else if (c == '\n')
			clean = clean && i > 0 && text.data[i - 1] == '\r';
		else
			clean = clean && c >= 0x20 && c != 0x7F;
	}
	ok(clean, "every line ends in CRLF, and nothing else is a control character");
	ok(strstr(text.data, "\nDomain Status: forged") == NULL, "no value makes a line of its own");
	ok(strstr(text.data, "Domain Status: pendingDelete") != NULL &&
	   strstr(strstr(text.data, "Domain Status: pendingDelete") + 5, "Domain Status: pendingDelete") == NULL, "a status once");
	ok(strstr(text.data, "Registrant Name: REDACTED FOR PRIVACY\r\n") != NULL, "the name is not shown");
	ok(strstr(text.data, "DNSSEC: signedDelegation\r\nDNSSEC DS Data: 12345 13 2 AABB\r\n") != NULL, "DS without the key");
	ok(strstr(text.data, "Name Server: ns1.test\r\nIP Address: 192.0.2.1\r\n") != NULL, "name server with its address");
	free(text.data);
}

/* What Specification 4 wants of the blocks of contacts and of dates, and where the e-mail went. */
static void
test_letter(void)
{
	DirectoryContact contact = {.roid = "C1-X", .email = "p@mail.test", .postal = {[POSTAL_NAME] = "Person", [POSTAL_SP] = "CA", [POSTAL_CC] = "US"}};
	const DirectoryContact *contacts[] = {&contact};
	DirectoryRegistrar registrar = {.name = "R", .iana_id = 7, .abuse_email = "abuse@r.test", .voice = "+1.5", .url = "ftp://r.test"};
	DirectoryDomain domain = {
		.name = "a.test", .roid = "D1-X", .created_at = 1999999, .expires_at = -1, .updated_at = DIRECTORY_NEVER, .transferred_at = DIRECTORY_NEVER,
		.registrar = &registrar, .contacts = {[ROLE_REGISTRANT] = {1, contacts}, [ROLE_ADMINISTRATIVE] = {1, contacts}, [ROLE_BILLING] = {1, contacts}},
	};
	DirectoryPolicy policy;
	DirectoryText text = {.grow = grow};
	WhoisAnswer answer = {&text, &policy, 999999};

	dos_directory_policy_default(&policy);
	dos_whois_domain(&answer, &domain);
	dos_text_bytes(&text, "", 1);
	ok(strstr(text.data, "Creation Date: 2000-01-01T00:00:01Z\r\nRegistry Expiry Date: 1999-12-31T23:59:59Z\r\n") != NULL, "whole seconds, those that have begun");
	ok(strstr(text.data, "\r\n>>> Last update of WHOIS database: 2000-01-01T00:00:00Z <<<\r\n\r\n") != NULL, "of the last update, too");
	ok(strstr(text.data, "Admin State/Province: CA\r\nAdmin Country: US\r\nAdmin Email: REDACTED FOR PRIVACY\r\n") != NULL, "who is mentioned has an e-mail line");
	ok(strstr(text.data, "Admin Name") == NULL && strstr(text.data, "Billing") == NULL, "and no other line, and who is not mentioned has none");
	ok(strstr(text.data, "Registrant Email: REDACTED FOR PRIVACY\r\n") != NULL, "no way to the registrant");

	text.length = 0;
	registrar.url = "https://r.test";
	policy.disclosure.cells[ROLE_ADMINISTRATIVE][FIELD_OBJECT].show = false;
	dos_whois_domain(&answer, &domain);
	dos_text_bytes(&text, "", 1);
	ok(strstr(text.data, "Registrant Email: https://r.test\r\n") != NULL, "but by the registrar's site");
	ok(strstr(text.data, "Admin") == NULL, "a contact that is not shown has no line");

	text.length = 0;
	policy.settings[SETTING_CONTACT_FORM_URL] = "https://form.test/?d={domain}&x";
	dos_whois_domain(&answer, &domain);
	dos_text_bytes(&text, "", 1);
	ok(strstr(text.data, "Registrant Email: https://form.test/?d=a.test&x\r\n") != NULL, "or by the registry's form");

	text.length = 0;
	dos_whois_registrar(&answer, &registrar);
	dos_text_bytes(&text, "", 1);
	is_text(strstr(text.data, ">>>") ? (*strstr(text.data, ">>>") = '\0', text.data) : "", "Registrar: R\r\nPhone Number: +1.5\r\nRegistrar URL: https://r.test\r\n", "a registrar has the lines of Specification 4");
	free(text.data);
}

int
main(void)
{
	test_queries();
	test_lines();
	test_letter();
	return done();
}
