/*
 * claims_rules.c
 *	  The checksum in the identifier of a trademark claims notice.
 */
#include "phase/claims_rules.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define CHECKSUM_DIGITS 8
#define NUMBER_DIGITS	19
#define NUMBER_MAX		"9223372036854775807"

/* CRC-32 of ISO 3309, reflected, one bit at a time: identifiers are short. */
static uint32_t
crc32_add(uint32_t crc, const char *text)
{
	for (; *text != '\0'; text++)
	{
		crc ^= (unsigned char) *text;
		for (int bit = 0; bit < 8; bit++)
			crc = (crc >> 1) ^ ((crc & 1) ? UINT32_C(0xEDB88320) : 0);
	}
	return crc;
}

NoticeProblem
dos_claims_notice_judge(const char *id, const char *label, int64_t not_after)
{
	const char *number = id + CHECKSUM_DIGITS;
	char		expiry[24];
	char		checksum[CHECKSUM_DIGITS + 1];
	uint32_t	crc = UINT32_MAX;

	if (strlen(id) != CHECKSUM_DIGITS + NUMBER_DIGITS || strspn(id, "0123456789abcdefABCDEF") < CHECKSUM_DIGITS ||
		strspn(number, "0123456789") != NUMBER_DIGITS || strcmp(number, NUMBER_MAX) > 0 || strspn(number, "0") == NUMBER_DIGITS)
		return NOTICE_FORM;
	snprintf(expiry, sizeof(expiry), "%" PRId64, not_after);
	crc = crc32_add(crc32_add(crc32_add(crc, label), expiry), number) ^ UINT32_MAX;
	snprintf(checksum, sizeof(checksum), "%08" PRIx32, crc);
	return strncasecmp(id, checksum, CHECKSUM_DIGITS) == 0 ? NOTICE_OK : NOTICE_CHECKSUM;
}
