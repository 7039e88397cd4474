/*
 * contact_rules.c
 *		E-mail addresses and telephone numbers of contacts: what is one, and what only looks like one.
 */
#include "contact/contact_rules.h"

#include "gw_tap.h"

#define A63 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static const struct
{
	const char *text;
	bool		valid;
}			emails[] = {
	/* nothing on one of the sides */
	{"", false},
	{"@", false},
	{"ann", false},
	{"ann@", false},
	{"@mail.example", false},
	/* the local part: a dot-atom */
	{".ann@mail.example", false},
	{"ann.@mail.example", false},
	{"a..n@mail.example", false},
	{"a nn@mail.example", false},
	{"a,nn@mail.example", false},
	{"a(nn)@mail.example", false},
	{"a<nn@mail.example", false},
	{"a:nn@mail.example", false},
	{"a@nn@mail.example", false},
	{"a\tnn@mail.example", false},
	{"a@mail.example", true},
	{"ann.b.c@mail.example", true},
	{"!#$%&'*+-/=?^_`{|}~@mail.example", true},
	{"ann+tag@mail.example", true},
	{"0@mail.example", true},
	{"\xC3\xA4nn@mail.example", true},
	/* or a quoted string */
	{"\"\"@mail.example", false},
	{"\"ann@mail.example", false},
	{"ann\"@mail.example", false},
	{"\"a\"nn\"@mail.example", false},
	{"\"ann\\\"@mail.example", false},
	{"\"a\nnn\"@mail.example", false},
	{"\"a nn\"@mail.example", true},
	{"\"a@nn\"@mail.example", true},
	{"\"a\\\"nn\"@mail.example", true},
	{"\"a\\\\\"@mail.example", true},
	/* 64 octets, not 65 */
	{A63 "a@mail.example", true},
	{A63 "aa@mail.example", false},
	/* the domain: a host name with a dot in it, none at the end */
	{"ann@localhost", false},
	{"ann@mail.example.", false},
	{"ann@.example", false},
	{"ann@mail..example", false},
	{"ann@-mail.example", false},
	{"ann@mail-.example", false},
	{"ann@ma_il.example", false},
	{"ann@ma il.example", false},
	{"ann@[192.0.2.1]", false},
	{"ann@" A63 "a.example", false},
	{"ann@xn--a.example", false},
	{"ann@MAIL.Example", true},
	{"ann@" A63 ".example", true},
	{"ann@b\xC3\xBC" "cher.example", true},
	{"ann@xn--bcher-kva.example", true},
};

static const struct
{
	const char *text;
	bool		valid;
}			numbers[] = {
	{"", false},
	{"+", false},
	{"1.5", false},
	{"+.5", false},
	{"+1", false},
	{"+1.", false},
	{"+15", false},
	{"+1-5", false},
	{"+1.5 5", false},
	{"+1.5x", false},
	{"+1.5.5", false},
	{"+a.5", false},
	{" +1.5", false},
	{"+1.5 ", false},
	{"++1.5", false},
	/* country code of 1 to 3 digits, number of 1 to 14, 17 characters in all */
	{"+1.5", true},
	{"+123.5", true},
	{"+1234.5", false},
	{"+1.12345678901234", true},
	{"+1.123456789012345", false},
	{"+12.1234567890123", true},
	{"+12.12345678901234", false},
	{"+123.123456789012", true},
	{"+123.1234567890123", false},
};

int
main(void)
{
	char		name[160];

	for (size_t i = 0; i < sizeof(emails) / sizeof(emails[0]); i++)
	{
		snprintf(name, sizeof(name), "e-mail %.120s is%s valid", emails[i].text, emails[i].valid ? "" : " not");
		for (char *c = name; *c; c++)
			if (*c == '\n' || *c == '\t' || *c == '#')
				*c = '.';
		ok(dos_contact_email_valid(emails[i].text, strlen(emails[i].text)) == emails[i].valid, name);
	}
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
	{
		snprintf(name, sizeof(name), "number \"%s\" is%s valid", numbers[i].text, numbers[i].valid ? "" : " not");
		ok(dos_contact_e164_valid(numbers[i].text, strlen(numbers[i].text)) == numbers[i].valid, name);
	}
	/* what is not text: the length counts, not a NUL */
	ok(!dos_contact_email_valid("a\0b@mail.example", 16), "a NUL in a local part is not valid");
	ok(!dos_contact_email_valid("a@mail\0.example", 15), "a NUL in a domain is not valid");
	ok(!dos_contact_e164_valid("+1.5\0" "5", 6), "a NUL in a number is not valid");
	return done();
}
