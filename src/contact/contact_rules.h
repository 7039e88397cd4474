/*
 * contact_rules.h
 *	  Field rules of contacts, pure: e-mail addresses (RFC 5322 addr-spec, RFC 6531) and E.164 numbers.
 */
#ifndef DOS_CONTACT_RULES_H
#define DOS_CONTACT_RULES_H

#include <stdbool.h>
#include <stddef.h>

/* A dot-atom (or quoted string) of at most 64 octets, "@", and a host name with a dot in it. UTF-8 is allowed. */
extern bool dos_contact_email_valid(const char *email, size_t length);

/* "+" country code "." number, at most 17 characters (RFC 5733 section 2.5, contact:e164StringType). */
extern bool dos_contact_e164_valid(const char *number, size_t length);

#endif
