/*
 * gw_utf8.c
 *		Well-formed UTF-8. See gw_utf8.h.
 */
#include "gw_utf8.h"

/* The first byte decides length and the range of the second (RFC 3629 section 4). */
static const struct
{
	unsigned char first_low;
	unsigned char first_high;
	unsigned char second_low;
	unsigned char second_high;
	unsigned char length;
}			forms[] = {
	{0xC2, 0xDF, 0x80, 0xBF, 2},
	{0xE0, 0xE0, 0xA0, 0xBF, 3},
	{0xE1, 0xEC, 0x80, 0xBF, 3},
	{0xED, 0xED, 0x80, 0x9F, 3},
	{0xEE, 0xEF, 0x80, 0xBF, 3},
	{0xF0, 0xF0, 0x90, 0xBF, 4},
	{0xF1, 0xF3, 0x80, 0xBF, 4},
	{0xF4, 0xF4, 0x80, 0x8F, 4},
};

/* Bytes of the character that is not ASCII, or 0. */
static size_t
utf8_width(const unsigned char *octets, size_t available)
{
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
	{
		if (octets[0] < forms[i].first_low || octets[0] > forms[i].first_high)
			continue;
		if (forms[i].length > available || octets[1] < forms[i].second_low || octets[1] > forms[i].second_high)
			return 0;
		for (size_t tail = 2; tail < forms[i].length; tail++)
			if ((octets[tail] & 0xC0) != 0x80)
				return 0;
		return forms[i].length;
	}
	return 0;
}

bool
gw_utf8_is_text(const char *text, size_t length)
{
	const unsigned char *octets = (const unsigned char *) text;

	for (size_t at = 0; at < length;)
	{
		size_t		width = 1;

		if (octets[at] < 0x20 || octets[at] == 0x7F)
			return false;
		if (octets[at] >= 0x80 && (width = utf8_width(octets + at, length - at)) == 0)
			return false;
		at += width;
	}
	return true;
}
