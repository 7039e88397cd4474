/*
 * rdds_line.h
 *		One line from the network, for WHOIS and DAS. Pure.
 */
#ifndef RDDS_LINE_H
#define RDDS_LINE_H

#include <stddef.h>

#define RDDS_LINE_MAX 1024		/* octets of a line, its end not counted */

typedef enum RddsLine
{
	RDDS_LINE_MORE,				/* no end of line yet */
	RDDS_LINE_READY,
	RDDS_LINE_BLANK,
	RDDS_LINE_JUNK,				/* control characters, or not UTF-8 */
	RDDS_LINE_TOO_LONG
} RddsLine;

/*
 * The first line of `data`, which ends in LF or CRLF. *used: octets of the line
 * with its end, 0 for MORE and TOO_LONG. READY: `line` (room for
 * RDDS_LINE_MAX + 1) holds it, tabs as blanks, without blanks at both ends.
 */
RddsLine	rdds_line_take(const char *data, size_t length, char *line, size_t *used);

#endif
