/*
 * dns_hex.h
 *		bytea as the database's text has it ('\x0a1b').
 */
#ifndef DNS_HEX_H
#define DNS_HEX_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline int
dns_hex_digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : 0;
}

/* The octets; how many, 0 if there are none, or more than `size`. */
static inline size_t
dns_hex_read(const char *text, uint8_t *out, size_t size)
{
	size_t		length = 0;

	if (strncmp(text, "\\x", 2) != 0 || strlen(text) / 2 - 1 > size)
		return 0;
	for (text += 2; text[0] && text[1]; text += 2)
		out[length++] = (uint8_t) (dns_hex_digit(text[0]) << 4 | dns_hex_digit(text[1]));
	return length;
}

#endif
