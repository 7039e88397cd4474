/*
 * dns_text_rules.c
 *	  RDATA from wire to the text of a zone file, by one table of what each type is made of.
 */
#include "dns/dns_wire_rules.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

/*
 * The fields of a type's RDATA, a letter each:
 *	  b h w		number of 1, 2, 4 octets
 *	  a q		IPv4, IPv6 address
 *	  n			name
 *	  s			character string; S: one or more to the end
 *	  g			character string of letters and digits, without quotes
 *	  t			the rest, as a quoted string; x: the rest in hexadecimal
 * A type without fields is known by name only.
 */
static const struct
{
	int			rtype;
	const char *name;
	const char *fields;
}			types[] = {
	{1, "A", "a"},				/* RFC 1035 */
	{2, "NS", "n"},
	{5, "CNAME", "n"},
	{6, "SOA", "nnwwwww"},
	{12, "PTR", "n"},
	{13, "HINFO", "ss"},
	{15, "MX", "hn"},
	{16, "TXT", "S"},
	{17, "RP", "nn"},			/* RFC 1183 */
	{28, "AAAA", "q"},			/* RFC 3596 */
	{29, "LOC", NULL},			/* RFC 1876 */
	{33, "SRV", "hhhn"},		/* RFC 2782 */
	{35, "NAPTR", "hhsssn"},	/* RFC 3403 */
	{39, "DNAME", "n"},			/* RFC 6672 */
	{43, "DS", "hbbx"},			/* RFC 4034 */
	{44, "SSHFP", "bbx"},		/* RFC 4255 */
	{52, "TLSA", "bbbx"},		/* RFC 6698 */
	{53, "SMIMEA", "bbbx"},		/* RFC 8162 */
	{61, "OPENPGPKEY", NULL},	/* RFC 7929 */
	{64, "SVCB", NULL},			/* RFC 9460 */
	{65, "HTTPS", NULL},
	{256, "URI", "hht"},		/* RFC 7553 */
	{257, "CAA", "bgt"},		/* RFC 8659 */
};

#define lengthof(array)		(sizeof(array) / sizeof((array)[0]))

/* where the reader is in the RDATA and the writer in the text */
typedef struct TextWriter
{
	const uint8_t *at;
	size_t		left;
	char	   *out;
} TextWriter;

const char *
dos_dns_type_text(int rtype, char *text)
{
	for (size_t i = 0; i < lengthof(types); i++)
		if (types[i].rtype == rtype)
			return types[i].name;
	snprintf(text, 16, "TYPE%u", (unsigned) rtype & 0xffff);
	return text;
}

static const char *
type_fields(int rtype)
{
	for (size_t i = 0; i < lengthof(types); i++)
		if (types[i].rtype == rtype)
			return types[i].fields;
	return NULL;
}

static void
write_hex(TextWriter *w, const uint8_t *octets, size_t length)
{
	static const char digit[] = "0123456789ABCDEF";

	for (size_t i = 0; i < length; i++)
	{
		*w->out++ = digit[octets[i] >> 4];
		*w->out++ = digit[octets[i] & 15];
	}
}

static bool
write_number(TextWriter *w, size_t octets)
{
	uint32_t	value = 0;

	if (w->left < octets)
		return false;
	for (size_t i = 0; i < octets; i++)
		value = value << 8 | w->at[i];
	w->at += octets;
	w->left -= octets;
	w->out += sprintf(w->out, "%u", value);
	return true;
}

static bool
write_address(TextWriter *w, int family, size_t octets)
{
	if (w->left < octets || inet_ntop(family, w->at, w->out, INET6_ADDRSTRLEN) == NULL)
		return false;
	w->out += strlen(w->out);
	w->at += octets;
	w->left -= octets;
	return true;
}

/* A name with its final dot, if all its characters stand for themselves; so its text is as long as its wire form. */
static bool
write_name(TextWriter *w)
{
	size_t		length = dos_dns_name_length(w->at, w->left);
	const uint8_t *end = w->at + length;

	if (length == 0)
		return false;
	w->left -= length;
	if (length == 1)
		*w->out++ = '.';
	for (const uint8_t *label = w->at; label < end - 1; label += *label + 1)
	{
		for (int i = 1; i <= *label; i++)
		{
			uint8_t		c = label[i];

			if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '*'))
				return false;
			*w->out++ = (char) c;
		}
		*w->out++ = '.';
	}
	w->at = end;
	return true;
}

/* Octets in quotes; quotes and backslashes escaped, what is not printable as \DDD (RFC 1035 section 5.1). */
static void
write_quoted(TextWriter *w, size_t length)
{
	*w->out++ = '"';
	for (size_t i = 0; i < length; i++)
	{
		uint8_t		c = w->at[i];

		if (c < ' ' || c > '~')
		{
			w->out += sprintf(w->out, "\\%03u", c);
			continue;
		}
		if (c == '"' || c == '\\')
			*w->out++ = '\\';
		*w->out++ = (char) c;
	}
	*w->out++ = '"';
	w->at += length;
	w->left -= length;
}

static bool
write_string(TextWriter *w)
{
	if (w->left == 0 || w->at[0] >= w->left)
		return false;
	w->at++;
	w->left--;
	write_quoted(w, w->at[-1]);
	return true;
}

/* The same where zone files want no quotes. */
static bool
write_tag(TextWriter *w)
{
	size_t		length = w->left == 0 ? 0 : w->at[0];

	if (length == 0 || length >= w->left)
		return false;
	for (size_t i = 1; i <= length; i++)
	{
		uint8_t		c = w->at[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')))
			return false;
		*w->out++ = (char) c;
	}
	w->at += length + 1;
	w->left -= length + 1;
	return true;
}

static bool
write_strings(TextWriter *w)
{
	if (!write_string(w))
		return false;
	while (w->left > 0)
	{
		*w->out++ = ' ';
		if (!write_string(w))
			return false;
	}
	return true;
}

static bool
write_field(TextWriter *w, char field)
{
	switch (field)
	{
		case 'b':
			return write_number(w, 1);
		case 'h':
			return write_number(w, 2);
		case 'w':
			return write_number(w, 4);
		case 'a':
			return write_address(w, AF_INET, 4);
		case 'q':
			return write_address(w, AF_INET6, 16);
		case 'n':
			return write_name(w);
		case 's':
			return write_string(w);
		case 'g':
			return write_tag(w);
		case 'S':
			return write_strings(w);
		case 't':
			write_quoted(w, w->left);
			return true;
		default:				/* 'x' */
			if (w->left == 0)
				return false;
			write_hex(w, w->at, w->left);
			w->left = 0;
			return true;
	}
}

size_t
dos_dns_rdata_text(int rtype, const uint8_t *rdata, size_t length, char *text)
{
	const char *fields = type_fields(rtype);
	TextWriter	w = {rdata, length, text};
	bool		fits = fields != NULL;

	for (int i = 0; fits && fields[i] != '\0'; i++)
	{
		if (i > 0)
			*w.out++ = ' ';
		fits = write_field(&w, fields[i]);
	}
	if (!fits || w.left > 0)
	{
		w.out = text + sprintf(text, "\\# %zu%s", length, length > 0 ? " " : "");
		write_hex(&w, rdata, length);
	}
	*w.out = '\0';
	return (size_t) (w.out - text);
}
