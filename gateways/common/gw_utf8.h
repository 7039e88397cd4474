/*
 * gw_utf8.h
 *		Is this text fit to be sent to the database? (RFC 3629)
 */
#ifndef GW_UTF8_H
#define GW_UTF8_H

#include <stdbool.h>
#include <stddef.h>

/* Well-formed UTF-8 without control characters (U+0000 to U+001F, U+007F). */
bool		gw_utf8_is_text(const char *text, size_t length);

#endif
