/*
 * directory_json_rules.c
 *		The JSON writer, UTF-8 and instants: each byte class, each boundary of RFC 3629, leap days.
 */
#include "directory/json_rules.h"

#include <stdlib.h>

#include "gw_tap.h"
#include "instant.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void *
grow(void *data, size_t size)
{
	void	   *grown = realloc(data, size);

	if (grown == NULL)
		abort();
	return grown;
}

/* One JSON string of these bytes, or the whole document when write is given. */
static char *
finish(DirectoryText *text)
{
	dos_text_bytes(text, "", 1);
	return text->data;
}

static const struct
{
	const char *bytes;
	size_t		length;
	const char *json;
}			strings[] = {
	{"", 0, "\"\""},
	{"plain", 5, "\"plain\""},
	{"a\"b", 3, "\"a\\\"b\""},
	{"a\\b", 3, "\"a\\\\b\""},
	{"a/b", 3, "\"a/b\""},
	{"\b\t\n\f\r", 5, "\"\\b\\t\\n\\f\\r\""},
	{"\0\x01\x1f\x7f", 4, "\"\\u0000\\u0001\\u001f\\u007f\""},
	{"<script>", 8, "\"\\u003cscript>\""},
	{"b\xC3\xBC" "cher", 7, "\"b\xC3\xBC" "cher\""},
	{"\xE2\x82\xAC", 3, "\"\xE2\x82\xAC\""},
	{"\xF0\x9F\x98\x80", 4, "\"\xF0\x9F\x98\x80\""},
	/* not UTF-8: each such byte becomes U+FFFD */
	{"\xFF", 1, "\"\xEF\xBF\xBD\""},
	{"\xC3", 1, "\"\xEF\xBF\xBD\""},
	{"\xC3(", 2, "\"\xEF\xBF\xBD(\""},
	{"\xC0\x80", 2, "\"\xEF\xBF\xBD\xEF\xBF\xBD\""},
	{"\xED\xA0\x80", 3, "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},
	{"\xF4\x90\x80\x80x", 5, "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDx\""},
};

static void
test_strings(void)
{
	for (size_t i = 0; i < COUNT(strings); i++)
	{
		DirectoryText text = {.grow = grow};
		JsonWriter	json = {&text, false};
		char		name[80];

		dos_json_string_bytes(&json, strings[i].bytes, strings[i].length);
		snprintf(name, sizeof(name), "string %zu", i);
		is_text(finish(&text), strings[i].json, name);
		free(text.data);
	}
}

static const struct
{
	const char *bytes;
	size_t		available;
	size_t		width;
}			characters[] = {
	{"", 0, 0}, {"\x7F", 1, 1}, {"\x80", 1, 0}, {"\xC1\xBF", 2, 0}, {"\xC2\x80", 2, 2}, {"\xC2\x80", 1, 0}, {"\xDF\xBF", 2, 2},
	{"\xE0\x9F\xBF", 3, 0}, {"\xE0\xA0\x80", 3, 3}, {"\xED\x9F\xBF", 3, 3}, {"\xED\xA0\x80", 3, 0}, {"\xEE\x80\x80", 3, 3},
	{"\xF0\x8F\xBF\xBF", 4, 0}, {"\xF0\x90\x80\x80", 4, 4}, {"\xF4\x8F\xBF\xBF", 4, 4}, {"\xF4\x90\x80\x80", 4, 0},
	{"\xF5\x80\x80\x80", 4, 0}, {"\xF0\x90\x80", 3, 0}, {"\xE2\x82\x41", 3, 0},
};

static void
test_utf8(void)
{
	for (size_t i = 0; i < COUNT(characters); i++)
	{
		char		name[40];

		snprintf(name, sizeof(name), "width of character %zu", i);
		ok(dos_text_utf8(characters[i].bytes, characters[i].available) == characters[i].width, name);
	}
}

static void
test_document(void)
{
	DirectoryText text = {.grow = grow};
	JsonWriter	json = {&text, false};

	dos_json_open(&json, '{');
	dos_json_member(&json, "none", NULL);
	dos_json_key(&json, "list");
	dos_json_open(&json, '[');
	dos_json_integer(&json, -9223372036854775807 - 1);
	dos_json_boolean(&json, true);
	dos_json_open(&json, '[');
	dos_json_close(&json, ']');
	dos_json_open(&json, '{');
	dos_json_close(&json, '}');
	dos_json_close(&json, ']');
	dos_json_member(&json, "a", "b");
	dos_json_key(&json, "joined");
	dos_json_string_joined(&json, "x", "\"", "z");
	dos_json_close(&json, '}');
	is_text(finish(&text), "{\"list\":[-9223372036854775808,true,[],{}],\"a\":\"b\",\"joined\":\"x\\\"z\"}", "commas");
	free(text.data);
}

static void
test_growth(void)
{
	DirectoryText text = {.grow = grow};

	for (int i = 0; i < 100000; i++)
		dos_text_string(&text, "0123456789");
	ok(text.length == 1000000 && memcmp(text.data + 999990, "0123456789", 10) == 0, "a million bytes in pieces of ten");
	free(text.data);
}

/* What libc says of the same instants, over four centuries in odd steps. */
static void
test_instants(void)
{
	static const int64_t far[] = {INT64_MAX, INT64_MIN + 1, INT64_MAX / 2};
	int64_t		end = instant("2300-01-01");
	char		text[DOS_INSTANT_MAX];
	int			wrong = 0;

	for (int64_t at = instant("1890-01-01"); at < end; at += INT64_C(1234567) * USECS + 1001)
	{
		int64_t		micros = (at % USECS + USECS) % USECS;
		time_t		seconds = (at - micros) / USECS + EPOCH_2000;
		struct tm	tm;
		char		expected[64];

		gmtime_r(&seconds, &tm);
		snprintf(expected + strftime(expected, 40, "%Y-%m-%dT%H:%M:%S", &tm), 10, ".%03dZ", (int) (micros / 1000));
		dos_text_instant(text, at);
		wrong += strcmp(text, expected) != 0;
	}
	ok(wrong == 0, "instants from 1890 to 2300");
	dos_text_instant(text, instant("2028-02-29T23:59:59") + 999999);
	is_text(text, "2028-02-29T23:59:59.999Z", "a leap day");
	for (int i = 0; i < 3; i++)
	{
		dos_text_instant(text, far[i]);
		ok(strlen(text) < DOS_INSTANT_MAX, "instants far away fit");
	}
}

int
main(void)
{
	test_strings();
	test_utf8();
	test_document();
	test_growth();
	test_instants();
	return done();
}
