/*
 * rdds_line.c
 *		Any bytes as a line: what is taken is clean text within its limits.
 */
#include "rdds_line.h"
#include "gw_utf8.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int			LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *at = (const char *) data;
	char		line[RDDS_LINE_MAX + 1];
	size_t		used;
	RddsLine	verdict;

	do
	{
		verdict = rdds_line_take(at, size, line, &used);
		if (used > size || (used == 0) != (verdict == RDDS_LINE_MORE || verdict == RDDS_LINE_TOO_LONG))
			abort();
		if (verdict == RDDS_LINE_READY && (strlen(line) == 0 || !gw_utf8_is_text(line, strlen(line))))
			abort();
		at += used;
		size -= used;
	} while (used > 0);
	return 0;
}
