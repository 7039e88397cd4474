/*
 * contact_rules.c
 *	  Field rules of contacts.
 */
#include "contact/contact_rules.h"

#include <string.h>

#include "base/dname_rules.h"

#define LOCAL_PART_MAX	64
#define E164_MAX		17

/* atext of RFC 5322 section 3.2.3, and any octet of UTF-8 beyond ASCII (RFC 6532) */
static bool
is_atext(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c >= 0x80
		|| (c != '\0' && strchr("!#$%&'*+-/=?^_`{|}~", c) != NULL);
}

static bool
dot_atom_valid(const char *text, size_t length)
{
	bool		after_dot = true;

	for (size_t i = 0; i < length; i++)
	{
		if (text[i] == '.' ? after_dot : !is_atext((unsigned char) text[i]))
			return false;
		after_dot = text[i] == '.';
	}
	return length > 0 && !after_dot;
}

/* RFC 5322 section 3.2.4, without folding or control characters */
static bool
quoted_valid(const char *text, size_t length)
{
	if (length < 3 || text[0] != '"' || text[length - 1] != '"')
		return false;
	for (size_t i = 1; i < length - 1; i++)
	{
		unsigned char c = (unsigned char) text[i];

		if (c < 0x20 || c == 0x7f || c == '"')
			return false;
		if (c == '\\' && (++i == length - 1 || (unsigned char) text[i] < 0x20))
			return false;
	}
	return true;
}

bool
dos_contact_email_valid(const char *email, size_t length)
{
	char		canonical[DOS_DNAME_MAX + 1];
	size_t		canonical_length;
	size_t		local = length;
	const char *domain;

	while (local > 0 && email[local - 1] != '@')
		local--;
	if (local < 2)
		return false;
	domain = email + local;
	local--;
	if (local > LOCAL_PART_MAX || !(dot_atom_valid(email, local) || quoted_valid(email, local)))
		return false;
	if (length - local - 1 == 0 || domain[length - local - 2] == '.')
		return false;
	return dos_dname_canonical(domain, length - local - 1, canonical, &canonical_length) == DNAME_OK
		&& memchr(canonical, '.', canonical_length) != NULL;
}

bool
dos_contact_e164_valid(const char *number, size_t length)
{
	size_t		i = 1;
	size_t		country;

	if (length > E164_MAX || length == 0 || number[0] != '+')
		return false;
	while (i < length && number[i] >= '0' && number[i] <= '9')
		i++;
	country = i - 1;
	if (country < 1 || country > 3 || i >= length || number[i] != '.')
		return false;
	for (i++; i < length; i++)
		if (number[i] < '0' || number[i] > '9')
			return false;
	return length >= country + 3 && length <= country + 2 + 14;
}
