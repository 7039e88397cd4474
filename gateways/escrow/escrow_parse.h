/*
 * escrow_parse.h
 *		A deposit's XML read once, from front to end, in the memory of one object.
 */
#ifndef ESCROW_PARSE_H
#define ESCROW_PARSE_H

#include "escrow_stage.h"

/* Octets of one object, at most. */
#define OBJECT_BYTES_MAX	(16 << 20)

/* Where the XML comes from: fills the buffer, returns the number of octets, 0 at the end, -1 after an error. */
typedef int (*ParseRead) (void *source, char *buffer, int size);

typedef struct ParsedDeposit
{
	char	   *zone;
	char	   *type;
	char	   *id;
	char	   *prev_id;
	char	   *watermark;
	GwBuf		counts;			/* {"domain": 5, ...}; empty when there was no header */
} ParsedDeposit;

/* Objects go to the stage as they come. False with an error text that names line and reason. */
bool		deposit_parse(ParseRead read, void *source, Stage *stage, ParsedDeposit *deposit, char *error, size_t error_size);

void		deposit_free(ParsedDeposit *deposit);

#endif
