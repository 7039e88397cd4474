/*
 * escrow_csv_in.c
 *		CSV files of a deposit to the stage. See escrow_csv.h.
 */
#include "escrow_csv.h"
#include "escrow_gzip.h"
#include "escrow_field.h"
#include "gw_memory.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

static const char *
uri_tail(const char *uri)
{
	const char *tail = strrchr(uri, ':');

	return tail ? tail + 1 : uri;
}

/* Prefix of our own choice, name, index and form: "csvContact:fStreet0Loc"; of a custom field its name. */
static char *
field_name(xmlNodePtr field)
{
	const char *tail = uri_tail(field->ns ? (const char *) field->ns->href : "");
	char	   *custom = (char *) xmlGetProp(field, (const xmlChar *) "name");
	char	   *index = (char *) xmlGetProp(field, (const xmlChar *) "index");
	char	   *form = (char *) xmlGetProp(field, (const xmlChar *) "isLoc");
	bool		local = form && (strcmp(form, "true") == 0 || strcmp(form, "1") == 0);
	GwBuf		name = {0};

	gw_buf_add(&name, tail, strcspn(tail, "-"));
	gw_buf_printf(&name, ":%s%s%s", custom ? custom : (const char *) field->name, index ? index : "", local ? "Loc" : "");
	xmlFree(custom);
	xmlFree(index);
	xmlFree(form);
	return name.data;
}

static void
definition_file(CsvDefinition *definition, xmlNodePtr node)
{
	CsvFile    *file = gw_new(sizeof(CsvFile));
	char	   *text = object_text(node);
	char	   *checksum = (char *) xmlGetProp(node, (const xmlChar *) "cksum");
	char	   *algorithm = (char *) xmlGetProp(node, (const xmlChar *) "cksumAlg");
	char	   *compression = (char *) xmlGetProp(node, (const xmlChar *) "compression");

	file->name = gw_strdup(text ? text : "");
	file->checksum = checksum ? gw_strdup(checksum) : NULL;
	file->sha256 = algorithm && strcmp(algorithm, "SHA256") == 0;
	file->next = definition->files;
	definition->files = file;
	xmlFree(text);
	file->gzip = compression && strcasecmp(compression, "gzip") == 0;
	xmlFree(compression);
	xmlFree(checksum);
	xmlFree(algorithm);
}

static void
definition_take(Stage *stage, xmlNodePtr csv, bool deleted, long line)
{
	CsvDefinition *definition = gw_new(sizeof(CsvDefinition));
	char	   *name = (char *) xmlGetProp(csv, (const xmlChar *) "name");
	char	   *separator = (char *) xmlGetProp(csv, (const xmlChar *) "sep");
	xmlNodePtr	fields = object_child(csv, "fields");
	xmlNodePtr	files = object_child(csv, "files");

	definition->name = gw_strdup(name ? name : "");
	definition->separator = separator && *separator ? *separator : ',';
	definition->deleted = deleted;
	for (xmlNodePtr field = fields ? fields->children : NULL; field; field = field->next)
		if (field->type == XML_ELEMENT_NODE && definition->field_count < CSV_FIELDS_MAX)
			definition->fields[definition->field_count++] = field_name(field);
	for (xmlNodePtr file = object_child(files, "file"); file; file = object_next(file))
		definition_file(definition, file);
	if (definition->field_count == 0 || !definition->files)
		stage_problem(stage, "error", "csv", definition->name, line, "read_csv", "It has no fields or no files.");
	definition->next = stage->definitions;
	stage->definitions = definition;
	xmlFree(name);
	xmlFree(separator);
}

bool
csv_definitions_take(Stage *stage, const char *uri, xmlNodePtr node, bool deleted, long line)
{
	if (strncmp(uri_tail(uri), "csv", 3) != 0)
		return false;
	for (xmlNodePtr csv = object_child(node, "csv"); csv; csv = object_next(csv))
		definition_take(stage, csv, deleted, line);
	return true;
}

void
csv_definitions_free(Stage *stage)
{
	while (stage->definitions)
	{
		CsvDefinition *definition = stage->definitions;

		stage->definitions = definition->next;
		while (definition->files)
		{
			CsvFile    *file = definition->files;

			definition->files = file->next;
			free(file->name);
			free(file->checksum);
			free(file);
		}
		for (int i = 0; i < definition->field_count; i++)
			free(definition->fields[i]);
		free(definition->name);
		free(definition);
	}
}

CsvFile *
csv_file_find(Stage *stage, const char *name, CsvDefinition **definition)
{
	for (*definition = stage->definitions; *definition; *definition = (*definition)->next)
		for (CsvFile *file = (*definition)->files; file; file = file->next)
			if (strcmp(file->name, name) == 0 && !file->read)
				return file;
	return NULL;
}

const char *
csv_file_missing(Stage *stage)
{
	for (CsvDefinition *definition = stage->definitions; definition; definition = definition->next)
		for (CsvFile *file = definition->files; file; file = file->next)
			if (!file->read)
				return file->name;
	return NULL;
}

/* A file being read (RFC 4180): quotes double inside quotes, lines end with LF or CRLF. */
typedef struct CsvReader
{
	Stage	   *stage;
	CsvDefinition *definition;
	GwBuf		field;
	GwBuf		record;			/* JSON so far */
	int			at;				/* fields so far */
	long		line;
	bool		quoted;			/* inside quotes */
	bool		closing;		/* a quote inside quotes: the end, or the first of two */
	const char *error;
} CsvReader;

static bool
is_date(const char *name)
{
	size_t		length = strlen(name);

	return length > 4 && strcmp(name + length - 4, "Date") == 0;
}

static void
field_end(CsvReader *reader)
{
	const char *text = reader->field.length > 0 ? reader->field.data : "";
	const char *name = reader->at < reader->definition->field_count ? reader->definition->fields[reader->at] : "";

	if (*text && *name && is_date(name) && !text_is_instant(text))
		stage_problem(reader->stage, "error", reader->definition->name, "", reader->line, "read_date", text);
	else if (*text && *name)
	{
		gw_buf_puts(&reader->record, reader->record.length > 1 ? ", \"" : "\"");
		gw_buf_json(&reader->record, name);
		gw_buf_puts(&reader->record, "\": \"");
		gw_buf_json(&reader->record, text);
		gw_buf_puts(&reader->record, "\"");
	}
	reader->at++;
	gw_buf_reset(&reader->field);
}

static void
record_begin(CsvReader *reader)
{
	gw_buf_reset(&reader->record);
	gw_buf_putc(&reader->record, '{');
	reader->at = 0;
}

static void
record_end(CsvReader *reader)
{
	field_end(reader);
	gw_buf_putc(&reader->record, '}');
	if (reader->at != reader->definition->field_count && !(reader->at == 1 && reader->record.length == 2))
		stage_problem(reader->stage, "error", reader->definition->name, "", reader->line, "read_fields", reader->record.data);
	else if (reader->record.length > 2)
	{
		stage_begin(reader->stage, STAGE_CSV, reader->line);
		stage_field(reader->stage, STAGE_CSV, reader->definition->name);
		stage_field(reader->stage, STAGE_CSV, reader->definition->deleted ? "t" : "f");
		stage_field(reader->stage, STAGE_CSV, reader->record.data);
		stage_end(reader->stage, STAGE_CSV);
	}
	reader->line++;
	record_begin(reader);
}

static void
character_take(CsvReader *reader, char c)
{
	if (c == '\0')
		reader->error = "a character that no text has";
	else if (reader->quoted && !reader->closing && c != '"')
		gw_buf_putc(&reader->field, c);
	else if (reader->quoted && !reader->closing)
		reader->closing = true;
	else if (c == '"' && reader->closing)
	{
		gw_buf_putc(&reader->field, c);
		reader->closing = false;
	}
	else if (c == '"' && reader->field.length == 0)
		reader->quoted = true;
	else
	{
		reader->quoted = reader->closing = false;
		if (c == reader->definition->separator)
			field_end(reader);
		else if (c == '\n')
			record_end(reader);
		else if (c != '\r')
			gw_buf_putc(&reader->field, c);
	}
	if (reader->field.length > CSV_FIELD_MAX)
		reader->error = "a field is too long";
}

static void
digest_hex(EVP_MD_CTX *sha, uLong crc, bool sha256, char *hex)
{
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned int length = 0;

	if (!sha256)
	{
		sprintf(hex, "%08lX", crc);
		return;
	}
	EVP_DigestFinal_ex(sha, digest, &length);
	for (unsigned int i = 0; i < length; i++)
		sprintf(hex + 2 * i, "%02X", digest[i]);
}

/* Checksums of a file as its octets are read. */
typedef struct CsvDigest
{
	EVP_MD_CTX *sha;
	uLong		crc;
} CsvDigest;

static void
digest_add(void *arg, const char *data, int length)
{
	CsvDigest  *digest = arg;

	digest->crc = crc32(digest->crc, (const Bytef *) data, (uInt) length);
	EVP_DigestUpdate(digest->sha, data, (size_t) length);
}

bool
csv_file_read(ParseRead read, void *source, Stage *stage, CsvDefinition *definition, CsvFile *file, char *error, size_t error_size)
{
	static char buffer[1 << 16];
	CsvReader	reader = {.stage = stage, .definition = definition, .line = 1};
	CsvDigest	digest = {EVP_MD_CTX_new(), crc32(0, NULL, 0)};
	GzipReader *packed = file->gzip ? gzip_open(read, source, digest_add, &digest) : NULL;
	char		hex[2 * EVP_MAX_MD_SIZE + 1];
	int			got = 0;
	bool		done = false;

	EVP_DigestInit_ex(digest.sha, EVP_sha256(), NULL);
	record_begin(&reader);
	while (!reader.error && !stage->failed && (got = packed ? gzip_take(packed, buffer, sizeof(buffer)) : read(source, buffer, sizeof(buffer))) > 0)
	{
		if (!packed)
			digest_add(&digest, buffer, got);
		for (int i = 0; i < got && !reader.error; i++)
			character_take(&reader, buffer[i]);
	}
	if (!reader.error && reader.quoted && !reader.closing)
		reader.error = "a quote has no end";
	if (!reader.error && (reader.field.length > 0 || reader.at > 0))
		record_end(&reader);
	digest_hex(digest.sha, digest.crc, file->sha256, hex);
	EVP_MD_CTX_free(digest.sha);
	if (packed)
		gzip_close(packed);
	file->read = true;
	if (got < 0)
		snprintf(error, error_size, "%s cannot be read", file->name);
	else if (reader.error)
		snprintf(error, error_size, "%s line %ld: %s", file->name, reader.line, reader.error);
	else if (file->checksum && strcasecmp(file->checksum, hex) != 0)
		snprintf(error, error_size, "%s has checksum %s, the deposit says %s", file->name, hex, file->checksum);
	else
		done = !stage->failed;
	gw_buf_free(&reader.field);
	gw_buf_free(&reader.record);
	return done;
}
