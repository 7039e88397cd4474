/*
 * dname_rules.c
 *	  Domain and host names: one canonical form, its problems, wire form and order.
 */
#include "base/dname_rules.h"

#include <idn2.h>
#include <stdlib.h>
#include <string.h>

#include "base/emoji_rules.h"

static const struct
{
	const char *reason;
	const char *text;
}			problems[DNAME_PROBLEM_COUNT] = {
	[DNAME_OK] = {"", ""},
	[DNAME_EMPTY] = {"dname_empty", "A name has at least one label."},
	[DNAME_TOO_LONG] = {"dname_too_long", "A name has at most 253 octets."},
	[DNAME_LABEL_EMPTY] = {"dname_label_empty", "A label has at least one character."},
	[DNAME_LABEL_TOO_LONG] = {"dname_label_too_long", "A label has at most 63 octets."},
	[DNAME_CHARACTER] = {"dname_character", "A label has letters, digits and hyphens only."},
	[DNAME_HYPHEN] = {"dname_hyphen", "A label does not begin or end with a hyphen."},
	[DNAME_IDNA] = {"dname_idna", "A label is not a valid internationalized label (IDNA2008)."},
};

const char *
dos_dname_problem_reason(DnameProblem problem)
{
	return problems[problem].reason;
}

const char *
dos_dname_problem_text(DnameProblem problem)
{
	return problems[problem].text;
}

static bool
is_ldh(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

static bool
is_alabel(const char *label, size_t length)
{
	return length >= 4 && memcmp(label, "xn--", 4) == 0;
}

/* Judge lower-case ASCII text label by label; says in *idna whether an A-label was seen. */
static DnameProblem
ascii_problem(const char *name, size_t length, bool *idna)
{
	const char *label = name;
	const char *end = name + length;

	*idna = false;
	if (length == 0)
		return DNAME_EMPTY;
	if (length > DOS_DNAME_MAX)
		return DNAME_TOO_LONG;
	while (label <= end)
	{
		const char *dot = memchr(label, '.', end - label);
		size_t		label_length = (dot ? dot : end) - label;

		if (label_length == 0)
			return DNAME_LABEL_EMPTY;
		if (label_length > DOS_LABEL_MAX)
			return DNAME_LABEL_TOO_LONG;
		for (size_t i = 0; i < label_length; i++)
			if (!is_ldh((unsigned char) label[i]))
				return DNAME_CHARACTER;
		if (label[0] == '-' || label[label_length - 1] == '-')
			return DNAME_HYPHEN;
		*idna |= is_alabel(label, label_length);
		if (dot == NULL)
			break;
		label = dot + 1;
	}
	return DNAME_OK;
}

bool
dos_dname_is_canonical(const char *name, size_t length)
{
	bool		idna;

	return ascii_problem(name, length, &idna) == DNAME_OK;
}

static DnameProblem idna_convert(const char *name, char *out, size_t *out_length);

/* How many A-labels of emoji in normal form are there? IDNA2008 has none, and knows no zone that does. */
static int
emoji_labels(const char *name)
{
	int			found = 0;

	for (const char *label = name; label != NULL; label = strchr(label, '.') ? strchr(label, '.') + 1 : NULL)
	{
		uint32_t	cp[DOS_EMOJI_LABEL_MAX];

		found += dos_emoji_label(label, strcspn(label, "."), cp) > 0;
	}
	return found;
}

/* Each label by itself: those of emoji stay, the others are converted. */
static DnameProblem
idna_convert_labels(const char *name, char *out, size_t *out_length)
{
	size_t		used = 0;

	for (const char *label = name; label != NULL; label = strchr(label, '.') ? strchr(label, '.') + 1 : NULL)
	{
		char		one[4 * DOS_LABEL_MAX + 1];
		char		converted[DOS_DNAME_MAX + 1];
		uint32_t	cp[DOS_EMOJI_LABEL_MAX];
		size_t		length = strcspn(label, ".");
		DnameProblem problem;

		if (length == 0)
			return DNAME_LABEL_EMPTY;
		if (length >= sizeof(one))
			return DNAME_LABEL_TOO_LONG;
		memcpy(one, label, length);
		one[length] = '\0';
		if (dos_emoji_label(one, length, cp) > 0)
			memcpy(converted, one, length + 1);
		else if ((problem = idna_convert(one, converted, &length)) != DNAME_OK)
			return problem;
		if (used + length + 1 > DOS_DNAME_MAX + 1)
			return DNAME_TOO_LONG;
		memcpy(out + used, converted, length);
		used += length;
		out[used++] = '.';
	}
	out[used - 1] = '\0';
	*out_length = used - 1;
	return DNAME_OK;
}

/*
 * Convert each label to an A-label under IDNA2008. libidn2 refuses A-labels that do not convert back
 * to themselves, which is RFC 5891 section 5.4. Its length limits are ours, so lengths are judged after.
 */
static DnameProblem
idna_convert(const char *name, char *out, size_t *out_length)
{
	uint8_t    *converted = NULL;
	size_t		converted_length;
	bool		idna;
	DnameProblem problem;
	int			rc = idn2_lookup_u8((const uint8_t *) name, &converted,
									IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL | IDN2_ALABEL_ROUNDTRIP | IDN2_USE_STD3_ASCII_RULES);

	if (rc == IDN2_DISALLOWED && emoji_labels(name))
		return idna_convert_labels(name, out, out_length);
	if (rc == IDN2_TOO_BIG_LABEL)
		return DNAME_LABEL_TOO_LONG;
	if (rc == IDN2_TOO_BIG_DOMAIN)
		return DNAME_TOO_LONG;
	if (rc != IDN2_OK)
		return DNAME_IDNA;
	converted_length = strlen((const char *) converted);
	problem = ascii_problem((const char *) converted, converted_length, &idna);
	if (problem == DNAME_OK)
	{
		memcpy(out, converted, converted_length + 1);
		*out_length = converted_length;
	}
	idn2_free(converted);
	return problem;
}

DnameProblem
dos_dname_canonical(const char *name, size_t length, char *out, size_t *out_length)
{
	/* a U-label of 63 characters is at most 252 bytes of UTF-8, and there are 127 labels at most */
	char		lower[4 * DOS_DNAME_WIRE_MAX + 1];
	bool		ascii = true;
	bool		idna;
	DnameProblem problem;

	if (length > 0 && name[length - 1] == '.')
		length--;
	if (length == 0)
		return DNAME_EMPTY;
	if (length >= sizeof(lower))
		return DNAME_TOO_LONG;
	for (size_t i = 0; i < length; i++)
	{
		unsigned char c = (unsigned char) name[i];

		if (c == '\0')
			return DNAME_CHARACTER;
		ascii &= c < 0x80;
		lower[i] = (c >= 'A' && c <= 'Z') ? (char) (c + ('a' - 'A')) : (char) c;
	}
	lower[length] = '\0';

	if (!ascii)
		return idna_convert(lower, out, out_length);
	problem = ascii_problem(lower, length, &idna);
	if (problem != DNAME_OK)
		return problem;
	if (idna)
		return idna_convert(lower, out, out_length);
	memcpy(out, lower, length + 1);
	*out_length = length;
	return DNAME_OK;
}

/* The same of a name with labels of emoji. */
static char *
emoji_unicode(const char *name)
{
	char	   *whole = calloc(4, DOS_DNAME_WIRE_MAX + 1);
	char	   *to = whole;

	for (const char *label = name; label != NULL && whole != NULL; label = strchr(label, '.') ? strchr(label, '.') + 1 : NULL)
	{
		char		one[DOS_LABEL_MAX + 1];
		uint32_t	cp[DOS_EMOJI_LABEL_MAX];
		size_t		length = strcspn(label, ".");
		int			count = dos_emoji_label(label, length, cp);

		if (to != whole)
			*to++ = '.';
		if (count > 0)
			dos_emoji_text(cp, count, to);
		else
		{
			char	   *text;

			memcpy(one, label, length < sizeof(one) ? length : sizeof(one) - 1);
			one[length < sizeof(one) ? length : sizeof(one) - 1] = '\0';
			text = dos_dname_unicode(one);
			strcpy(to, text != NULL ? text : one);
			free(text);
		}
		to += strlen(to);
	}
	return whole;
}

char *
dos_dname_unicode(const char *name)
{
	char	   *whole = NULL;

	if (strstr(name, "xn--") != NULL && emoji_labels(name) > 0)
		return emoji_unicode(name);
	if (idn2_to_unicode_8z8z(name, &whole, IDN2_NONTRANSITIONAL) != IDN2_OK)
		return strdup(name);
	return whole;
}

size_t
dos_dname_wire(const char *name, size_t length, uint8_t *wire)
{
	const char *label = name;
	const char *end = name + length;
	size_t		used = 0;

	if (length == 1 && name[0] == '.')
	{
		wire[0] = 0;
		return 1;
	}
	if (length == 0 || length > DOS_DNAME_MAX)
		return 0;
	for (;;)
	{
		const char *dot = memchr(label, '.', end - label);
		size_t		label_length = (dot ? dot : end) - label;

		if (label_length == 0 || label_length > DOS_LABEL_MAX)
			return 0;
		wire[used++] = (uint8_t) label_length;
		memcpy(wire + used, label, label_length);
		used += label_length;
		if (dot == NULL)
			break;
		label = dot + 1;
	}
	wire[used++] = 0;
	return used;
}

size_t
dos_dname_from_wire(const uint8_t *wire, size_t available, char *text)
{
	size_t		used = 0;
	size_t		written = 0;

	for (;;)
	{
		uint8_t		label_length;

		if (used >= available)
			return 0;
		label_length = wire[used++];
		if (label_length == 0)
			break;
		if (label_length > DOS_LABEL_MAX || used + label_length >= available || used + label_length >= DOS_DNAME_WIRE_MAX)
			return 0;
		if (written > 0)
			text[written++] = '.';
		memcpy(text + written, wire + used, label_length);
		written += label_length;
		used += label_length;
	}
	if (written == 0)
		text[written++] = '.';
	text[written] = '\0';
	return used;
}

int
dos_dname_compare(const char *a, size_t a_length, const char *b, size_t b_length)
{
	/* compare label by label from the right (RFC 4034 section 6.1); canonical names are lower case */
	for (;;)
	{
		size_t		a_start = a_length;
		size_t		b_start = b_length;
		size_t		a_label;
		size_t		b_label;
		int			order;

		if (a_length == 0 || b_length == 0)
			return (a_length > 0) - (b_length > 0);
		while (a_start > 0 && a[a_start - 1] != '.')
			a_start--;
		while (b_start > 0 && b[b_start - 1] != '.')
			b_start--;
		a_label = a_length - a_start;
		b_label = b_length - b_start;
		order = memcmp(a + a_start, b + b_start, a_label < b_label ? a_label : b_label);
		if (order != 0)
			return order;
		if (a_label != b_label)
			return a_label < b_label ? -1 : 1;
		a_length = a_start > 0 ? a_start - 1 : 0;
		b_length = b_start > 0 ? b_start - 1 : 0;
	}
}

bool
dos_dname_is_within(const char *name, size_t name_length, const char *ancestor, size_t ancestor_length)
{
	if (name_length < ancestor_length || memcmp(name + name_length - ancestor_length, ancestor, ancestor_length) != 0)
		return false;
	return name_length == ancestor_length || name[name_length - ancestor_length - 1] == '.';
}
