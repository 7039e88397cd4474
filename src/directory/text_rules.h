/*
 * text_rules.h
 *	  A growing piece of text, pure: the caller brings the memory (palloc in the server, realloc in
 *	  tests), so that RDAP and WHOIS answers are written once, where they are returned from.
 */
#ifndef DOS_TEXT_RULES_H
#define DOS_TEXT_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct DirectoryText
{
	char	   *data;
	size_t		length;
	size_t		size;
	void	   *(*grow) (void *data, size_t size);	/* never returns NULL */
} DirectoryText;

/* Make room for this many more bytes. */
extern void dos_text_reserve(DirectoryText *text, size_t more);

static inline void
dos_text_bytes(DirectoryText *text, const char *bytes, size_t length)
{
	if (length > text->size - text->length)
		dos_text_reserve(text, length);
	memcpy(text->data + text->length, bytes, length);
	text->length += length;
}

static inline void
dos_text_string(DirectoryText *text, const char *string)
{
	dos_text_bytes(text, string, strlen(string));
}

extern void dos_text_integer(DirectoryText *text, int64_t value);

/* Length of the UTF-8 character at `bytes` (1 to 4), or 0 if it is not a well-formed one (RFC 3629). */
extern size_t dos_text_utf8(const char *bytes, size_t available);

/* room for "+294276-12-31T23:59:59.999Z" and its NUL */
#define DOS_INSTANT_MAX		32

/* An instant (microseconds since 2000-01-01T00:00:00Z) in UTC with milliseconds, as EPP shows it (RFC 3339). */
extern void dos_text_instant(char *out, int64_t instant);

#endif
