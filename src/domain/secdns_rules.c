/*
 * secdns_rules.c
 *	  DS and DNSKEY data: syntax, lengths, canonical text.
 */
#include "domain/secdns_rules.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static const struct
{
	const char *reason;
	const char *text;
}			problems[SECDNS_PROBLEM_COUNT] = {
	[SECDNS_OK] = {"", ""},
	[SECDNS_SYNTAX] = {"secdns_syntax", "A DS is key tag, algorithm, digest type and hexadecimal digest; a key is flags, protocol, algorithm and base64."},
	[SECDNS_DIGEST_LENGTH] = {"secdns_digest_length", "The digest does not have the length of its digest type."},
	[SECDNS_PROTOCOL] = {"secdns_protocol", "The protocol of a key is 3."},
	[SECDNS_KEY_EMPTY] = {"secdns_key_empty", "The public key is missing or too long."},
};

/* Octets of each DS digest type (IANA registry); 0 means any length of at least one octet. */
static const struct
{
	uint8_t		type;
	size_t		octets;
}			digests[] = {
	{1, 20},					/* SHA-1 */
	{2, 32},					/* SHA-256 */
	{3, 32},					/* GOST R 34.11-94 */
	{4, 48},					/* SHA-384 */
};

const char *
dos_secdns_problem_reason(SecdnsProblem problem)
{
	return problems[problem].reason;
}

const char *
dos_secdns_problem_text(SecdnsProblem problem)
{
	return problems[problem].text;
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static const char *
skip_spaces(const char *text)
{
	while (is_space(*text))
		text++;
	return text;
}

/* A decimal number up to max, followed by white space; NULL when there is none. */
static const char *
read_number(const char *text, uint32_t max, uint32_t *number)
{
	const char *start = skip_spaces(text);

	*number = 0;
	for (text = start; *text >= '0' && *text <= '9'; text++)
	{
		*number = *number * 10 + (uint32_t) (*text - '0');
		if (*number > max)
			return NULL;
	}
	return (text == start || !is_space(*text)) ? NULL : text;
}

static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

static size_t
digest_octets(uint8_t type)
{
	for (size_t i = 0; i < sizeof(digests) / sizeof(digests[0]); i++)
		if (digests[i].type == type)
			return digests[i].octets;
	return 0;
}

static int
base64_value(char c)
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *found = c == '\0' ? NULL : strchr(alphabet, c);

	return found ? (int) (found - alphabet) : -1;
}

/* Decode base64 with white space inside; false when it is none. Writes the text without white space too. */
static bool
base64_decode(const char *text, SecdnsKey *key, char *clean, size_t clean_size)
{
	uint32_t	bits = 0;
	size_t		digits = 0;
	size_t		padding = 0;
	size_t		written = 0;

	key->key_length = 0;
	for (; *text != '\0'; text++)
	{
		int			value;

		if (is_space(*text))
			continue;
		if (written + 1 >= clean_size)
			return false;
		clean[written++] = *text;
		if (*text == '=')
		{
			padding++;
			continue;
		}
		value = base64_value(*text);
		if (value < 0 || padding > 0)
			return false;
		bits = (bits << 6) | (uint32_t) value;
		if (++digits % 4 == 0)
		{
			if (key->key_length + 3 > SECDNS_KEY_MAX)
				return false;
			key->key[key->key_length++] = (uint8_t) (bits >> 16);
			key->key[key->key_length++] = (uint8_t) (bits >> 8);
			key->key[key->key_length++] = (uint8_t) bits;
		}
	}
	clean[written] = '\0';
	if ((digits + padding) % 4 != 0 || padding > 2 || key->key_length + (3 - padding) % 3 > SECDNS_KEY_MAX)
		return false;
	if (padding == 2)
		key->key[key->key_length++] = (uint8_t) (bits >> 4);
	else if (padding == 1)
	{
		key->key[key->key_length++] = (uint8_t) (bits >> 10);
		key->key[key->key_length++] = (uint8_t) (bits >> 2);
	}
	return true;
}

SecdnsProblem
dos_secdns_key(const char *text, SecdnsKey *key)
{
	uint32_t	flags;
	uint32_t	protocol;
	uint32_t	algorithm;
	char		clean[SECDNS_TEXT_MAX - 16];

	if ((text = read_number(text, 65535, &flags)) == NULL ||
		(text = read_number(text, 255, &protocol)) == NULL ||
		(text = read_number(text, 255, &algorithm)) == NULL ||
		!base64_decode(text, key, clean, sizeof(clean)))
		return SECDNS_SYNTAX;
	if (protocol != 3)
		return SECDNS_PROTOCOL;
	if (key->key_length == 0)
		return SECDNS_KEY_EMPTY;
	key->flags = (uint16_t) flags;
	key->protocol = (uint8_t) protocol;
	key->algorithm = (uint8_t) algorithm;
	snprintf(key->text, sizeof(key->text), "%u %u %u %s", flags, protocol, algorithm, clean);
	return SECDNS_OK;
}

SecdnsProblem
dos_secdns_ds(const char *text, SecdnsDs *ds)
{
	uint32_t	key_tag;
	uint32_t	algorithm;
	uint32_t	digest_type;
	size_t		digits = 0;
	size_t		octets;
	int			used;

	if ((text = read_number(text, 65535, &key_tag)) == NULL ||
		(text = read_number(text, 255, &algorithm)) == NULL ||
		(text = read_number(text, 255, &digest_type)) == NULL)
		return SECDNS_SYNTAX;
	ds->key_tag = (uint16_t) key_tag;
	ds->algorithm = (uint8_t) algorithm;
	ds->digest_type = (uint8_t) digest_type;
	used = snprintf(ds->text, sizeof(ds->text), "%u %u %u ", key_tag, algorithm, digest_type);
	text = skip_spaces(text);
	for (; hex_value(*text) >= 0; text++, digits++)
	{
		if (digits >= 128)
			return SECDNS_DIGEST_LENGTH;
		ds->text[used++] = "0123456789ABCDEF"[hex_value(*text)];
	}
	ds->text[used] = '\0';
	if (digits == 0 || digits % 2 != 0 || (*text != '\0' && !is_space(*text)))
		return SECDNS_SYNTAX;
	octets = digest_octets(ds->digest_type);
	if (octets != 0 && digits != 2 * octets)
		return SECDNS_DIGEST_LENGTH;

	text = skip_spaces(text);
	if (*text != '\0')
	{
		SecdnsKey	key;
		SecdnsProblem problem = dos_secdns_key(text, &key);

		if (problem != SECDNS_OK)
			return problem;
		if (used + strlen(key.text) + 2 > sizeof(ds->text))
			return SECDNS_KEY_EMPTY;
		ds->text[used++] = ' ';
		strcpy(ds->text + used, key.text);
	}
	return SECDNS_OK;
}
