/*
 * json_rules.c
 *	  A JSON writer, pure.
 */
#include "directory/json_rules.h"

#include <string.h>

/* What must be escaped inside a string: 0 as it is, 'u' as \u00XX, others after a backslash. */
static const char escapes[256] = {
	['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r', ['"'] = '"', ['\\'] = '\\',
	['<'] = 'u', [0x7F] = 'u',
	[0x00] = 'u', [0x01] = 'u', [0x02] = 'u', [0x03] = 'u', [0x04] = 'u', [0x05] = 'u', [0x06] = 'u', [0x07] = 'u',
	[0x0B] = 'u', [0x0E] = 'u', [0x0F] = 'u', [0x10] = 'u', [0x11] = 'u', [0x12] = 'u', [0x13] = 'u', [0x14] = 'u',
	[0x15] = 'u', [0x16] = 'u', [0x17] = 'u', [0x18] = 'u', [0x19] = 'u', [0x1A] = 'u', [0x1B] = 'u', [0x1C] = 'u',
	[0x1D] = 'u', [0x1E] = 'u', [0x1F] = 'u',
};

#define ESCAPED_MAX		6		/* octets that one octet may become */
#define EACH(octet)		(UINT64_C(0x0101010101010101) * (octet))

/* Which octets of a word are this one: in the highest bit of each. */
static inline uint64_t
octets_that_are(uint64_t word, unsigned char octet)
{
	word ^= EACH(octet);
	return (word - EACH(1)) & ~word & EACH(0x80);
}

/* Are eight octets plain: ASCII without an escape? No may be said for a yes, never the other way. */
static inline bool
word_is_plain(uint64_t word)
{
	return ((word & EACH(0x80)) | ((word - EACH(0x20)) & ~word & EACH(0x80)) | octets_that_are(word, '"') |
			octets_that_are(word, '\\') | octets_that_are(word, '<') | octets_that_are(word, 0x7F)) == 0;
}

/* Room for so many octets, where the text goes on. */
static inline char *
room(DirectoryText *text, size_t length)
{
	if (length > text->size - text->length)
		dos_text_reserve(text, length);
	return text->data + text->length;
}

static inline void
written(DirectoryText *text, const char *end)
{
	text->length = (size_t) (end - text->data);
}

static inline char *
separate(JsonWriter *json, char *out)
{
	if (json->comma)
		*out++ = ',';
	json->comma = true;
	return out;
}

/* One character that is not plain; returns how many bytes it took. */
static size_t
escape_one(char **out, const char *value, size_t length)
{
	static const char hex[] = "0123456789abcdef";
	unsigned char octet = (unsigned char) value[0];
	size_t		width = dos_text_utf8(value, length);
	char	   *to = *out;

	if (width == 0)
	{
		memcpy(to, "\xEF\xBF\xBD", 3);
		*out = to + 3;
		return 1;
	}
	if (escapes[octet] == 0)
	{
		memcpy(to, value, width);
		*out = to + width;
		return width;
	}
	*to++ = '\\';
	*to++ = escapes[octet];
	if (escapes[octet] == 'u')
	{
		*to++ = '0';
		*to++ = '0';
		*to++ = hex[octet >> 4];
		*to++ = hex[octet & 15];
	}
	*out = to;
	return width;
}

/* The inside of a string, where there is room for it. */
static char *
escape(char *out, const char *value, size_t length)
{
	while (length > 0)
	{
		uint64_t	word;
		size_t		taken = 1;

		if (length >= sizeof(word) && (memcpy(&word, value, sizeof(word)), word_is_plain(word)))
		{
			memcpy(out, &word, sizeof(word));
			out += sizeof(word);
			taken = sizeof(word);
		}
		else if ((unsigned char) *value < 0x80 && escapes[(unsigned char) *value] == 0)
			*out++ = *value;
		else
			taken = escape_one(&out, value, length);
		value += taken;
		length -= taken;
	}
	return out;
}

void
dos_json_open(JsonWriter *json, char bracket)
{
	char	   *out = separate(json, room(json->text, 2));

	*out++ = bracket;
	written(json->text, out);
	json->comma = false;
}

void
dos_json_close(JsonWriter *json, char bracket)
{
	dos_text_bytes(json->text, &bracket, 1);
	json->comma = true;
}

/* Keys are our own words and need no escape. */
void
dos_json_key(JsonWriter *json, const char *key)
{
	size_t		length = strlen(key);
	char	   *out = separate(json, room(json->text, length + 4));

	*out++ = '"';
	memcpy(out, key, length);
	out += length;
	*out++ = '"';
	*out++ = ':';
	written(json->text, out);
	json->comma = false;
}

void
dos_json_string_bytes(JsonWriter *json, const char *value, size_t length)
{
	char	   *out = separate(json, room(json->text, length * ESCAPED_MAX + 3));

	*out++ = '"';
	out = escape(out, value, length);
	*out++ = '"';
	written(json->text, out);
}

void
dos_json_string(JsonWriter *json, const char *value)
{
	dos_json_string_bytes(json, value, strlen(value));
}

void
dos_json_string_joined(JsonWriter *json, const char *first, const char *second, const char *third)
{
	const char *parts[] = {first, second, third};
	size_t		lengths[] = {strlen(first), strlen(second), strlen(third)};
	char	   *out = separate(json, room(json->text, (lengths[0] + lengths[1] + lengths[2]) * ESCAPED_MAX + 3));

	*out++ = '"';
	for (int i = 0; i < 3; i++)
		out = escape(out, parts[i], lengths[i]);
	*out++ = '"';
	written(json->text, out);
}

void
dos_json_integer(JsonWriter *json, int64_t value)
{
	written(json->text, separate(json, room(json->text, 1)));
	dos_text_integer(json->text, value);
}

void
dos_json_boolean(JsonWriter *json, bool value)
{
	written(json->text, separate(json, room(json->text, 1)));
	dos_text_string(json->text, value ? "true" : "false");
}

void
dos_json_member(JsonWriter *json, const char *key, const char *value)
{
	if (value == NULL)
		return;
	dos_json_key(json, key);
	dos_json_string(json, value);
}
