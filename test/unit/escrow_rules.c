/*
 * escrow_rules.c
 *		What an object must be to be deposited, both sides of each boundary, and what is written of it.
 */
#include "escrow/escrow_rules.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "gw_tap.h"

#define A255	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" \
				"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static char written[8192];

static void
tap_ok(bool good, const char *format, ...)
{
	char		name[2000];
	va_list		arguments;

	va_start(arguments, format);
	vsnprintf(name, sizeof(name), format, arguments);
	va_end(arguments);
	for (char *at = name; *at; at++)
		if ((unsigned char) *at < ' ' || *at == '#')
			*at = '.';
	ok(good, name);
}

static void
keep(void *arg, const char *data, size_t length)
{
	(void) arg;
	strncat(written, data, length);
}

static const char *one[] = {"ok"};
static const char *dangling[] = {"ok", NULL};
static const char *postal[] = {"Ann", NULL, "1 <Main>", NULL, NULL, "City", NULL, NULL, "US"};
static const char *bare[] = {"Ann", NULL, NULL, NULL, NULL, NULL, NULL, NULL, "US"};

static void
set(EscrowValue *value, const char *text)
{
	memset(value, 0, sizeof(*value));
	value->present = text != NULL;
	value->text = text;
}

static void
set_list(EscrowValue *value, const char **items, int count)
{
	*value = (EscrowValue) {.present = true, .list = true, .items = items, .count = count};
}

static void
good_domain(EscrowValue *v)
{
	memset(v, 0, sizeof(EscrowValue) * DOMAIN_FIELDS);
	set(&v[DOMAIN_NAME], "a.example");
	set(&v[DOMAIN_ROID], "D1-DOS");
	set_list(&v[DOMAIN_STATUSES], one, 1);
	set(&v[DOMAIN_SPONSOR], "alpha");
	set(&v[DOMAIN_CREATOR], "alpha");
	set(&v[DOMAIN_CREATED_AT], "2026-01-01T00:00:00.000Z");
	set(&v[DOMAIN_EXPIRES_AT], "2027-01-01T00:00:00.000Z");
}

static void
good_contact(EscrowValue *v)
{
	memset(v, 0, sizeof(EscrowValue) * CONTACT_FIELDS);
	set(&v[CONTACT_HANDLE], "abc");
	set(&v[CONTACT_ROID], "C1-DOS");
	set_list(&v[CONTACT_STATUSES], one, 1);
	set_list(&v[CONTACT_INT_POSTAL], postal, 9);
	set(&v[CONTACT_EMAIL], "a@b.test");
	set(&v[CONTACT_SPONSOR], "alpha");
	set(&v[CONTACT_CREATOR], "alpha");
	set(&v[CONTACT_CREATED_AT], "2026-01-01T00:00:00.000Z");
}

static const struct
{
	EscrowKind	kind;
	int			field;
	const char *value;
	bool		good;
}			cases[] = {
	{ESCROW_DOMAIN, DOMAIN_NAME, NULL, false},
	{ESCROW_DOMAIN, DOMAIN_NAME, "", false},
	{ESCROW_DOMAIN, DOMAIN_NAME, "a", true},
	{ESCROW_DOMAIN, DOMAIN_NAME, A255, true},
	{ESCROW_DOMAIN, DOMAIN_NAME, A255 "a", false},
	{ESCROW_DOMAIN, DOMAIN_UNAME, "m\xC3\xBCnchen.example", true},
	{ESCROW_DOMAIN, DOMAIN_UNAME, "a\x07", false},
	{ESCROW_DOMAIN, DOMAIN_UNAME, "a\xEF\xBF\xBF", false},
	{ESCROW_DOMAIN, DOMAIN_UNAME, "a\xEF\xBF\xBD", true},
	{ESCROW_DOMAIN, DOMAIN_UNAME, " a", false},
	{ESCROW_DOMAIN, DOMAIN_UNAME, "a  b", false},
	{ESCROW_DOMAIN, DOMAIN_UNAME, "a\tb", false},
	{ESCROW_DOMAIN, DOMAIN_ROID, "D1", false},
	{ESCROW_DOMAIN, DOMAIN_ROID, "-DOS", false},
	{ESCROW_DOMAIN, DOMAIN_ROID, "D1-", false},
	{ESCROW_DOMAIN, DOMAIN_ROID, "D1-ABCDEFGH", true},
	{ESCROW_DOMAIN, DOMAIN_ROID, "D1-ABCDEFGHI", false},
	{ESCROW_DOMAIN, DOMAIN_ROID, "D1-A-B", false},
	{ESCROW_DOMAIN, DOMAIN_ROID, "D.1-DOS", false},
	{ESCROW_DOMAIN, DOMAIN_SPONSOR, "ab", false},
	{ESCROW_DOMAIN, DOMAIN_SPONSOR, "abcdefghijklmnop", true},
	{ESCROW_DOMAIN, DOMAIN_SPONSOR, "abcdefghijklmnopq", false},
	{ESCROW_DOMAIN, DOMAIN_REGISTRANT, NULL, true},
	{ESCROW_DOMAIN, DOMAIN_REGISTRANT, "", false},
	{ESCROW_DOMAIN, DOMAIN_EXPIRES_AT, NULL, true},
	{ESCROW_DOMAIN, DOMAIN_EXPIRES_AT, "", false},
	{ESCROW_DOMAIN, DOMAIN_EXPIRES_AT, "2026-01-01T00:00:00.000Z", true},
	{ESCROW_DOMAIN, DOMAIN_EXPIRES_AT, "2025-12-31T23:59:59.999Z", false},
	{ESCROW_DOMAIN, DOMAIN_TRANSFER_STATUS, "pending", false},
	{ESCROW_DOMAIN, DOMAIN_MAX_SIG_LIFE, "604800", true},
	{ESCROW_DOMAIN, DOMAIN_MAX_SIG_LIFE, "-1", false},
	{ESCROW_CONTACT, CONTACT_HANDLE, "ab", false},
	{ESCROW_CONTACT, CONTACT_EMAIL, "", false},
	{ESCROW_CONTACT, CONTACT_EMAIL, NULL, false},
	{ESCROW_CONTACT, CONTACT_VOICE, "", true},
	{ESCROW_CONTACT, CONTACT_VOICE, "+1.5", true},
	{ESCROW_CONTACT, CONTACT_VOICE, "+1.", false},
	{ESCROW_CONTACT, CONTACT_VOICE, "+1234.5", false},
	{ESCROW_CONTACT, CONTACT_VOICE, "+1.123456789012345", false},
	{ESCROW_CONTACT, CONTACT_VOICE, "1.5", false},
};

static void
test_fields(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		EscrowValue values[ESCROW_FIELDS_MAX];
		const char *field = NULL;
		const char *problem;

		if (cases[i].kind == ESCROW_DOMAIN)
			good_domain(values);
		else
			good_contact(values);
		set(&values[cases[i].field], cases[i].value);
		problem = dos_escrow_problem(cases[i].kind, values, &field);
		tap_ok((problem == NULL) == cases[i].good, "%s field %d \"%.30s\" is %s", dos_escrow_kind_name(cases[i].kind), cases[i].field,
			   cases[i].value ? cases[i].value : "(none)", cases[i].good ? "good" : "not");
	}
}

static void
test_lists(void)
{
	EscrowValue values[ESCROW_FIELDS_MAX];
	const char *field = NULL;

	good_domain(values);
	tap_ok(dos_escrow_problem(ESCROW_DOMAIN, values, &field) == NULL, "a domain");
	set_list(&values[DOMAIN_HOSTS], dangling, 2);
	tap_ok(dos_escrow_problem(ESCROW_DOMAIN, values, &field) != NULL && strcmp(field, "hostObj") == 0, "a host that does not exist");
	good_domain(values);
	set_list(&values[DOMAIN_STATUSES], one, 0);
	tap_ok(dos_escrow_problem(ESCROW_DOMAIN, values, &field) != NULL && strcmp(field, "status") == 0, "no status");
	good_contact(values);
	tap_ok(dos_escrow_problem(ESCROW_CONTACT, values, &field) == NULL, "a contact");
	set_list(&values[CONTACT_INT_POSTAL], bare, 9);
	tap_ok(dos_escrow_problem(ESCROW_CONTACT, values, &field) != NULL && strcmp(field, "postalInfo") == 0, "no city");
	values[CONTACT_INT_POSTAL].present = false;
	tap_ok(dos_escrow_problem(ESCROW_CONTACT, values, &field) != NULL && strcmp(field, "postalInfo") == 0, "no postal form at all");
}

static void
test_xml(void)
{
	EscrowWriter writer = {keep, NULL};
	EscrowValue values[ESCROW_FIELDS_MAX];
	const char *facts = "autorenew=no";

	written[0] = '\0';
	dos_escrow_text_xml(&writer, "a<b>&\"c\"");
	tap_ok(strcmp(written, "a&lt;b&gt;&amp;&quot;c&quot;") == 0, "text is escaped: %s", written);
	written[0] = '\0';
	good_domain(values);
	set(&values[DOMAIN_FACTS], facts);
	dos_escrow_object_xml(&writer, ESCROW_DOMAIN, values, false);
	tap_ok(strcmp(written, "<rdeDomain:domain><rdeDomain:name>a.example</rdeDomain:name><rdeDomain:roid>D1-DOS</rdeDomain:roid>"
				  "<rdeDomain:status s=\"ok\">autorenew=no</rdeDomain:status><rdeDomain:clID>alpha</rdeDomain:clID><rdeDomain:crRr>alpha</rdeDomain:crRr>"
				  "<rdeDomain:crDate>2026-01-01T00:00:00.000Z</rdeDomain:crDate><rdeDomain:exDate>2027-01-01T00:00:00.000Z</rdeDomain:exDate></rdeDomain:domain>") == 0,
		   "a domain: %s", written);
	written[0] = '\0';
	dos_escrow_object_xml(&writer, ESCROW_DOMAIN, values, true);
	tap_ok(!strstr(written, "autorenew") && !strstr(written, "crRr"), "a thin one has neither facts nor creator");
	written[0] = '\0';
	good_contact(values);
	dos_escrow_object_xml(&writer, ESCROW_CONTACT, values, false);
	tap_ok(strstr(written, "<contact:street>1 &lt;Main&gt;</contact:street><contact:city>City</contact:city><contact:cc>US</contact:cc>") != NULL, "an address: %s", written);
	for (int kind = 0; kind < ESCROW_KIND_COUNT; kind++)
	{
		written[0] = '\0';
		dos_escrow_delete_xml(&writer, (EscrowKind) kind, "key");
		tap_ok(strstr(written, ">key<") && dos_escrow_kind_find(dos_escrow_kind_name((EscrowKind) kind)) == (EscrowKind) kind, "delete of %s", dos_escrow_kind_name((EscrowKind) kind));
	}
}

int
main(void)
{
	test_fields();
	test_lists();
	test_xml();
	return done();
}
