/*
 * escrow_parse.h
 *		A deposit's XML read once, from front to end, in the memory of one object.
 */
#ifndef ESCROW_PARSE_H
#define ESCROW_PARSE_H

#include "escrow_stage.h"

#include <libxml/tree.h>

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
	char	   *resend;
	char	   *watermark;
	GwBuf		counts;			/* {"domain": 5, ...}; empty when there was no header */
	bool		counted[STAGE_DELETE];	/* the kinds that the header counts, and how many it says */
	long		said[STAGE_DELETE];
} ParsedDeposit;

/* What takes the objects as they come; `other` gets the header, EPP parameters, definitions of CSV files and so on. */
typedef struct ParseSink
{
	void	   *arg;
	void		(*object) (void *arg, StageTable table, xmlNodePtr object, bool deleted, long line);
	void		(*other) (void *arg, const char *uri, const char *name, xmlNodePtr node, bool deleted, long line);
	bool		(*failed) (void *arg);
} ParseSink;

/* False with an error text that names line and reason, or none when the sink failed. */
bool		deposit_parse(ParseRead read, void *source, const ParseSink *sink, ParsedDeposit *deposit, char *error, size_t error_size);

/* Rows for the stage; what nobody knows is noted. */
ParseSink	object_sink(Stage *stage);

void		deposit_free(ParsedDeposit *deposit);

#endif
