/*
 * escrow_csv_shape.h
 *		The CSV files of a deposit that we write (RFC 9022): their names, fields and records.
 */
#ifndef ESCROW_CSV_SHAPE_H
#define ESCROW_CSV_SHAPE_H

#include "escrow_parse.h"

#include <stdio.h>

typedef enum CsvShapeId
{
	CSV_DOMAIN, CSV_DOMAIN_CONTACTS, CSV_DOMAIN_STATUSES, CSV_DOMAIN_HOSTS, CSV_DOMAIN_ATTRIBUTES, CSV_DS, CSV_KEYS, CSV_DOMAIN_TRANSFER,
	CSV_HOST, CSV_HOST_STATUSES, CSV_HOST_ADDRESSES,
	CSV_CONTACT, CSV_CONTACT_STATUSES, CSV_CONTACT_POSTAL, CSV_CONTACT_TRANSFER, CSV_CONTACT_DISCLOSE,
	CSV_REGISTRAR, CSV_IDN, CSV_NNDN, CSV_SHAPES
} CsvShapeId;

typedef struct CsvShape
{
	const char *name;
	const char *file;			/* in the file's name, where it differs */
	StageTable	table;
	const char *fields;			/* elements, as the XML has them */
	bool		key;			/* the file that names the objects: always there */
	const char *delete_field;
} CsvShape;

extern const CsvShape csv_shapes[CSV_SHAPES];

/* The prefix of a kind's namespace: csvDomain. */
extern const char *const csv_prefixes[];

/* A file being written; opened by its first record. */
typedef struct CsvOut
{
	FILE	   *file;
	char	   *path;
	unsigned long checksum;
	int			fields;			/* of the record so far */
	long		records;
	GwBuf		record;
} CsvOut;

/* A field: quoted where it must be; NULL is empty. Then the end of the record. */
void		csv_field(CsvOut *out, const char *text);
void		csv_record(CsvOut *out);

/* The records of an object, from its element of the XML model. `outs` has CSV_SHAPES files. */
void		csv_object(CsvOut *outs, StageTable table, xmlNodePtr object);

#endif
