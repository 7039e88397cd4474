/*
 * rdds_line.c
 *		One line from the network. See rdds_line.h.
 */
#include "rdds_line.h"
#include "gw_utf8.h"

#include <string.h>

RddsLine
rdds_line_take(const char *data, size_t length, char *line, size_t *used)
{
	const char *end = memchr(data, '\n', length);
	size_t		size = end ? (size_t) (end - data) : length;
	size_t		from = 0;

	*used = 0;
	if (end && size > 0 && data[size - 1] == '\r')
		size--;
	/* without its end the line may still lose a CR */
	if (size > RDDS_LINE_MAX + (end == NULL))
		return RDDS_LINE_TOO_LONG;
	if (end == NULL)
		return RDDS_LINE_MORE;
	*used = (size_t) (end - data) + 1;
	for (size_t i = 0; i < size; i++)
		line[i] = data[i] == '\t' ? ' ' : data[i];
	while (size > 0 && line[size - 1] == ' ')
		size--;
	while (from < size && line[from] == ' ')
		from++;
	size -= from;
	memmove(line, line + from, size);
	line[size] = '\0';
	if (size == 0)
		return RDDS_LINE_BLANK;
	return gw_utf8_is_text(line, size) ? RDDS_LINE_READY : RDDS_LINE_JUNK;
}
