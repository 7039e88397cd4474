/*
 * lgr_text_rules.c
 *	  Tables in the text form of RFC 4290 and of the IANA repository: a line for each code point, "|" before
 *	  its variants, ":" between them, "#" before a comment, ".." or "-" in a range.
 *
 *	  U+0061
 *	  U+00E9|U+0065:U+00E8      # blocked variants, in both directions
 *	  U+0430..U+044F
 */
#include "idn/lgr_rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define LINE_MAX_LENGTH 4096

/* One code point, "U+0061" or "0061"; moves *at behind it. */
static bool
code_point(const char **at, uint32_t *cp)
{
	const char *start = *at;
	char	   *end;
	unsigned long value;

	if (strncasecmp(start, "U+", 2) == 0)
		start += 2;
	if (strspn(start, "0123456789abcdefABCDEF") < 4)
		return false;
	value = strtoul(start, &end, 16);
	*at = end;
	*cp = (uint32_t) value;
	return value > 0 && value <= 0x10FFFF;
}

/* Code points next to each other, separated by blanks. */
static int
sequence(const char **at, uint32_t *cp)
{
	int			count = 0;

	*at += strspn(*at, " \t");
	while (count < LGR_SEQUENCE_MAX && **at != '\0' && strchr("|:.-(", **at) == NULL)
	{
		if (!code_point(at, &cp[count]))
			return -1;
		count++;
		*at += strspn(*at, " \t");
	}
	return count;
}

static LgrChar *
entry_of(Lgr *lgr, const uint32_t *cp, int length)
{
	LgrChar    *entry = lgr->chars;

	while (entry != NULL && !(entry->length == length && entry->last == entry->cp[0] && memcmp(entry->cp, cp, length * sizeof(uint32_t)) == 0))
		entry = entry->next;
	return entry;
}

static bool
has_variant(const LgrChar *entry, const uint32_t *cp, int length)
{
	for (const LgrVariant *variant = entry->variants; variant != NULL; variant = variant->next)
		if (variant->length == length && memcmp(variant->cp, cp, length * sizeof(uint32_t)) == 0)
			return true;
	return false;
}

/* "U+00E9|U+0065:U+00E8" without its comment; NULL, or what is wrong with it. */
static const char *
line_read(Lgr *lgr, const char *at)
{
	uint32_t	cp[LGR_SEQUENCE_MAX];
	uint32_t	last;
	LgrChar    *entry;
	int			length = sequence(&at, cp);

	if (length <= 0)
		return "no code point";
	last = cp[0];
	if (length == 1 && (*at == '-' || strncmp(at, "..", 2) == 0))
	{
		at += *at == '-' ? 1 : 2;
		at += strspn(at, " \t");
		if (!code_point(&at, &last) || last < cp[0])
			return "a range ends after it begins";
		at += strspn(at, " \t");
	}
	entry = entry_of(lgr, cp, length);
	if (entry == NULL || last != cp[0])
		entry = dos_lgr_add_char(lgr, cp, length, last);
	while (*at == '|' || *at == ':')
	{
		at++;
		length = sequence(&at, cp);
		if (length < 0 || last != entry->cp[0])
			return "a code point has variants that are sequences of code points";
		if (length > 0 && !has_variant(entry, cp, length))
			dos_lgr_add_variant(lgr, entry, cp, length, "blocked");
	}
	return *at == '\0' ? NULL : "something else follows";
}

/* The entry of one code point; when it lies in a range, that falls apart into what is before, itself and what is after. */
static LgrChar *
entry_apart(Lgr *lgr, uint32_t cp)
{
	LgrChar    *range = lgr->chars;
	uint32_t	next = cp + 1;

	while (range != NULL && !(range->length == 1 && range->cp[0] <= cp && cp <= range->last))
		range = range->next;
	if (range == NULL || range->cp[0] == range->last)
		return range;
	if (range->last > cp)
		dos_lgr_add_char(lgr, &next, 1, range->last);
	if (range->cp[0] == cp)
	{
		range->last = cp;
		return range;
	}
	range->last = cp - 1;
	return dos_lgr_add_char(lgr, &cp, 1, cp);
}

/* What one line says of a variant holds in the other direction, and among the variants of one code point. */
static void
make_symmetric(Lgr *lgr)
{
	for (LgrChar *entry = lgr->chars; entry != NULL; entry = entry->next)
		for (LgrVariant *variant = entry->variants; variant != NULL; variant = variant->next)
		{
			LgrChar    *other = variant->length > 0 ? entry_of(lgr, variant->cp, variant->length) : NULL;

			if (other == NULL && variant->length == 1)
				other = entry_apart(lgr, variant->cp[0]);
			if (other == NULL || other == entry)
				continue;
			if (!has_variant(other, entry->cp, entry->length))
				dos_lgr_add_variant(lgr, other, entry->cp, entry->length, "blocked");
			for (LgrVariant *more = entry->variants; more != NULL; more = more->next)
				if (more != variant && !has_variant(other, more->cp, more->length))
					dos_lgr_add_variant(lgr, other, more->cp, more->length, "blocked");
		}
}

Lgr *
dos_lgr_read_text(const char *text, size_t length, char *error, size_t size)
{
	Lgr		   *lgr = dos_lgr_new();
	const char *end = text + length;
	int			number = 0;

	while (text < end)
	{
		const char *next = memchr(text, '\n', end - text);
		size_t		span = (next ? next : end) - text;
		char		line[LINE_MAX_LENGTH];
		const char *problem;

		number++;
		if (span >= sizeof(line))
		{
			snprintf(error, size, "line %d: too long", number);
			dos_lgr_free(lgr);
			return NULL;
		}
		memcpy(line, text, span);
		line[span] = '\0';
		line[strcspn(line, "#\r")] = '\0';
		for (size_t i = strlen(line); i > 0 && strchr(" \t", line[i - 1]) != NULL; i--)
			line[i - 1] = '\0';
		problem = line[strspn(line, " \t")] == '\0' ? NULL : line_read(lgr, line);
		if (problem != NULL)
		{
			snprintf(error, size, "line %d: %s", number, problem);
			dos_lgr_free(lgr);
			return NULL;
		}
		text += span + 1;
	}
	make_symmetric(lgr);
	if (!dos_lgr_finish(lgr, error, size))
	{
		dos_lgr_free(lgr);
		return NULL;
	}
	return lgr;
}
