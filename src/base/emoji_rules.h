/*
 * emoji_rules.h
 *	  Labels of emoji, pure. IDNA2008 disallows them (RFC 5892), and no name gets past it by accident: such a label is known
 *	  as an A-label in one normal form, and only zones that say so take it.
 *
 * Normal form: emoji, the joiner between two of them, and small letters, digits and hyphens, at least one emoji; no
 * variation selectors, no other code point; the A-label is exactly what Punycode (RFC 3492) makes of it.
 */
#ifndef DOS_EMOJI_RULES_H
#define DOS_EMOJI_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DOS_EMOJI_LABEL_MAX		63	/* code points */
#define DOS_EMOJI_JOINER		0x200D

/* Is it in one of the blocks that emoji are in? */
extern bool dos_emoji_is(uint32_t cp);

/* The code points of an A-label of emoji in normal form; 0 if it is none. */
extern int	dos_emoji_label(const char *label, size_t length, uint32_t *cp);

/* The A-label of text (UTF-8) of emoji and letters after normalization, or why there is none. `out` has room for 64 octets. */
extern const char *dos_emoji_alabel(const char *text, size_t length, char *out);

/* UTF-8 of code points; `out` has room for 4 octets each and one more. */
extern void dos_emoji_text(const uint32_t *cp, int count, char *out);

#endif
