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

static void
separate(JsonWriter *json)
{
	if (json->comma)
		dos_text_bytes(json->text, ",", 1);
	json->comma = true;
}

/* How many bytes from here need no thought: ASCII without an escape. */
static size_t
plain_run(const char *value, size_t length)
{
	size_t		run = 0;

	while (run < length && (unsigned char) value[run] < 0x80 && escapes[(unsigned char) value[run]] == 0)
		run++;
	return run;
}

/* One character that is not plain; returns how many bytes it took. */
static size_t
escape_one(DirectoryText *text, const char *value, size_t length)
{
	static const char hex[] = "0123456789abcdef";
	unsigned char octet = (unsigned char) value[0];
	size_t		width = dos_text_utf8(value, length);

	if (width == 0)
	{
		dos_text_bytes(text, "\xEF\xBF\xBD", 3);
		return 1;
	}
	if (escapes[octet] == 0)
		dos_text_bytes(text, value, width);
	else if (escapes[octet] == 'u')
		dos_text_bytes(text, (const char[]) {'\\', 'u', '0', '0', hex[octet >> 4], hex[octet & 15]}, 6);
	else
		dos_text_bytes(text, (const char[]) {'\\', escapes[octet]}, 2);
	return width;
}

/* The inside of a string. */
static void
escape(DirectoryText *text, const char *value, size_t length)
{
	while (length > 0)
	{
		size_t		run = plain_run(value, length);

		dos_text_bytes(text, value, run);
		value += run;
		length -= run;
		if (length > 0)
		{
			size_t		width = escape_one(text, value, length);

			value += width;
			length -= width;
		}
	}
}

void
dos_json_open(JsonWriter *json, char bracket)
{
	separate(json);
	dos_text_bytes(json->text, &bracket, 1);
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
	separate(json);
	dos_text_bytes(json->text, "\"", 1);
	dos_text_bytes(json->text, key, strlen(key));
	dos_text_bytes(json->text, "\":", 2);
	json->comma = false;
}

void
dos_json_string_bytes(JsonWriter *json, const char *value, size_t length)
{
	separate(json);
	dos_text_bytes(json->text, "\"", 1);
	escape(json->text, value, length);
	dos_text_bytes(json->text, "\"", 1);
}

void
dos_json_string(JsonWriter *json, const char *value)
{
	dos_json_string_bytes(json, value, strlen(value));
}

void
dos_json_string_joined(JsonWriter *json, const char *first, const char *second, const char *third)
{
	separate(json);
	dos_text_bytes(json->text, "\"", 1);
	escape(json->text, first, strlen(first));
	escape(json->text, second, strlen(second));
	escape(json->text, third, strlen(third));
	dos_text_bytes(json->text, "\"", 1);
}

void
dos_json_integer(JsonWriter *json, int64_t value)
{
	separate(json);
	dos_text_integer(json->text, value);
}

void
dos_json_boolean(JsonWriter *json, bool value)
{
	separate(json);
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
