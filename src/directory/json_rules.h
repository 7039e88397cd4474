/*
 * json_rules.h
 *	  A JSON writer (RFC 8259), pure. Commas are its business; the caller opens and closes.
 *
 *	  dos_json_open(json, '{');
 *	  dos_json_member(json, "ldhName", name);		left out when the value is NULL
 *	  dos_json_key(json, "status");
 *	  dos_json_open(json, '[');
 *	  dos_json_string(json, "active");
 *	  dos_json_close(json, ']');
 *	  dos_json_close(json, '}');
 *
 * What is written is always well-formed UTF-8: a byte that is not becomes U+FFFD. "<" is written as an
 * escape, so that no answer can be taken for a page with a script in it (gTLD RDAP profile 1.2.2).
 */
#ifndef DOS_JSON_RULES_H
#define DOS_JSON_RULES_H

#include "directory/text_rules.h"

typedef struct JsonWriter
{
	DirectoryText *text;
	bool		comma;			/* the next value or key is not the first of its container */
} JsonWriter;

extern void dos_json_open(JsonWriter *json, char bracket);
extern void dos_json_close(JsonWriter *json, char bracket);
extern void dos_json_key(JsonWriter *json, const char *key);
extern void dos_json_string(JsonWriter *json, const char *value);
extern void dos_json_string_bytes(JsonWriter *json, const char *value, size_t length);
extern void dos_json_integer(JsonWriter *json, int64_t value);
extern void dos_json_boolean(JsonWriter *json, bool value);

/* One string out of several: first, second, third, without copying them together. */
extern void dos_json_string_joined(JsonWriter *json, const char *first, const char *second, const char *third);

extern void dos_json_member(JsonWriter *json, const char *key, const char *value);

#endif
