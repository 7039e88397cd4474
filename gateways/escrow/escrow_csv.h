/*
 * escrow_csv.h
 *		The CSV model of RFC 9022: what the XML model says in elements stands in files of records, and the XML says which
 *		fields they have (section 4.6). A deposit is written as XML first; csv_write() makes the files of it, so that
 *		both say the same. Read, a record becomes a row of dos.escrow_in_csv, and dos.escrow_csv_model() joins them.
 */
#ifndef ESCROW_CSV_H
#define ESCROW_CSV_H

#include "escrow_parse.h"

/* A field of a record, at most, and the fields of one. */
#define CSV_FIELD_MAX	(1 << 20)
#define CSV_FIELDS_MAX	64

typedef struct CsvFile
{
	char	   *name;
	char	   *checksum;		/* hexadecimal; NULL: not given */
	bool		sha256;			/* else CRC32 */
	bool		gzip;			/* the file is compressed, and the checksum is that of the file */
	bool		read;
	struct CsvFile *next;
} CsvFile;

/* <rdeCsv:csv>: name, separator, fields and files. */
typedef struct CsvDefinition
{
	char	   *name;
	char		separator;
	bool		deleted;
	int			field_count;
	char	   *fields[CSV_FIELDS_MAX];	/* "csvDomain:fName", "csvContact:fStreet0Loc" */
	CsvFile    *files;
	struct CsvDefinition *next;
} CsvDefinition;

/* Definitions below an element csv*:contents or csv*:deletes go to the stage; false when it is none. */
bool		csv_definitions_take(Stage *stage, const char *uri, xmlNodePtr node, bool deleted, long line);
void		csv_definitions_free(Stage *stage);

/* The file of this name, if the deposit has one, and what defines it. */
CsvFile    *csv_file_find(Stage *stage, const char *name, CsvDefinition **definition);

/* The first file that was not read, or NULL. */
const char *csv_file_missing(Stage *stage);

/* Records to the stage; false with an error: checksum, a quote without end, a field too long. */
bool		csv_file_read(ParseRead read, void *source, Stage *stage, CsvDefinition *definition, CsvFile *file, char *error, size_t error_size);

/* From the deposit `xml` to `folder`/base_NAME_suffix.csv and the envelope, which takes the place of `xml`. The database knows ROIDs of hosts that are gone. */
bool		csv_write(PGconn *database, const char *xml, const char *prefix, const char *suffix);

#endif
