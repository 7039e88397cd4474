/*
 * escrow_gzip.h
 *		CSV files that are compressed one by one (RFC 9022 section 4.6.2.1: compression="gzip").
 */
#ifndef ESCROW_GZIP_H
#define ESCROW_GZIP_H

#include <stdbool.h>

#include "escrow_parse.h"

/* A file becomes file.gz; the CRC32 of what is there then. False has been logged. */
bool		gzip_file(const char *path, unsigned long *checksum);

/* Reads what another reader gives, inflated; `seen` is told the octets as they lie. */
typedef struct GzipReader GzipReader;

GzipReader *gzip_open(ParseRead read, void *source, void (*seen) (void *arg, const char *data, int length), void *arg);
int			gzip_take(void *reader, char *buffer, int size);	/* a ParseRead: -1 when it is no gzip, or cut short */
void		gzip_close(GzipReader *reader);

#endif
