/*
 * dname_rules.h
 *	  Domain and host names, pure: no PostgreSQL, no I/O. Gateways may link it.
 *
 * Canonical form: A-labels, lower case, no final dot; each label 1 to 63 letters, digits and hyphens,
 * not beginning or ending with a hyphen (RFC 1123 section 2.1); at most 253 octets in all.
 */
#ifndef DOS_DNAME_RULES_H
#define DOS_DNAME_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DOS_DNAME_MAX		253		/* octets of the canonical text */
#define DOS_DNAME_WIRE_MAX	255		/* octets of the wire form */
#define DOS_LABEL_MAX		63

typedef enum DnameProblem
{
	DNAME_OK,
	DNAME_EMPTY,
	DNAME_TOO_LONG,
	DNAME_LABEL_EMPTY,
	DNAME_LABEL_TOO_LONG,
	DNAME_CHARACTER,
	DNAME_HYPHEN,
	DNAME_IDNA,
	DNAME_PROBLEM_COUNT
} DnameProblem;

/* The problem's reason name ("dname_hyphen") and the sentence that explains it. */
extern const char *dos_dname_problem_reason(DnameProblem problem);
extern const char *dos_dname_problem_text(DnameProblem problem);

/*
 * Write the canonical form of a name given as `length` bytes of UTF-8 in A- or U-labels, any case,
 * with or without a final dot. `out` has room for DOS_DNAME_MAX + 1 bytes; *out_length is set.
 * A-labels must be valid IDNA2008 (RFC 5891 section 5.4).
 */
extern DnameProblem dos_dname_canonical(const char *name, size_t length, char *out, size_t *out_length);

/* Is this text canonical already, judged without the IDNA part? */
extern bool dos_dname_is_canonical(const char *name, size_t length);

/* The U-label form of a canonical name; labels that do not convert stay. Returns malloc'ed text, or NULL. */
extern char *dos_dname_unicode(const char *name);

/*
 * Wire form (RFC 1035 section 3.1) of a canonical name or "." ; `wire` has room for DOS_DNAME_WIRE_MAX.
 * Returns the number of octets, 0 if the text is not a name.
 */
extern size_t dos_dname_wire(const char *name, size_t length, uint8_t *wire);

/* Text of an uncompressed wire name at most `available` octets long, no final dot ("." for the root); octets read, or 0. */
extern size_t dos_dname_from_wire(const uint8_t *wire, size_t available, char *text);

/* DNSSEC canonical order (RFC 4034 section 6.1) of two canonical names: negative, 0 or positive. */
extern int	dos_dname_compare(const char *a, size_t a_length, const char *b, size_t b_length);

/* Does `name` equal `ancestor`, or lie under it? */
extern bool dos_dname_is_within(const char *name, size_t name_length, const char *ancestor, size_t ancestor_length);

#endif
