/*
 * escrow_source.h
 *		The bytes of a fuzz target as a source that is read in small pieces, as a decompressor may give them.
 */
#ifndef ESCROW_SOURCE_H
#define ESCROW_SOURCE_H

#include <stdint.h>
#include <string.h>

typedef struct Source
{
	const uint8_t *data;
	size_t		left;
	size_t		piece;
} Source;

int			LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int
take(void *context, char *buffer, int size)
{
	Source	   *source = context;
	size_t		count = source->left < source->piece ? source->left : source->piece;

	if (count > (size_t) size)
		count = (size_t) size;
	memcpy(buffer, source->data, count);
	source->data += count;
	source->left -= count;
	return (int) count;
}

#endif
