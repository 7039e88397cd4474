/*
 * escrow_csv_out.c
 *		A deposit of the XML model becomes one of the CSV model. See escrow_csv.h.
 */
#include "escrow_csv.h"
#include "escrow_csv_shape.h"
#include "escrow_gzip.h"
#include "escrow_object.h"
#include "gw_memory.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#define NS	"urn:ietf:params:xml:ns:"

typedef struct CsvDeposit
{
	CsvOut		contents[CSV_SHAPES];
	CsvOut		deletes[CSV_SHAPES];
	GwBuf		others;			/* header, EPP parameters, policies: as they were */
	const char *prefix;
	const char *suffix;
	PGconn	   *database;
	bool		registrants;	/* the policy: each domain has one */
	bool		failed;
} CsvDeposit;

/* What is referred to comes before what refers to it; deletes go the other way (RFC 8909 section 5.2). */
static const StageTable order[] = {STAGE_REGISTRAR, STAGE_IDN, STAGE_CONTACT, STAGE_HOST, STAGE_DOMAIN, STAGE_NNDN};

#define TABLES	((int) (sizeof(order) / sizeof(order[0])))

void
csv_record(CsvOut *out)
{
	if (!out->file)
		out->file = fopen(out->path, "w");
	gw_buf_putc(&out->record, '\n');
	if (out->file)
		fwrite(out->record.data, 1, out->record.length, out->file);
	out->checksum = crc32(out->checksum, (const Bytef *) out->record.data, (uInt) out->record.length);
	out->records++;
	out->fields = 0;
	gw_buf_reset(&out->record);
}

static CsvShapeId
key_shape(StageTable table)
{
	for (int i = 0; i < CSV_SHAPES; i++)
		if (csv_shapes[i].table == table && csv_shapes[i].key)
			return (CsvShapeId) i;
	return CSV_SHAPES;
}

/* A host is deleted by its ROID (RFC 9022 section 5.2.2.2.1), which the database knows; a name that no host had is left out. */
static void
delete_host(CsvDeposit *deposit, CsvOut *out, const char *name)
{
	PGresult   *found;

	if (!escrow_query(deposit->database, "SELECT dos.escrow_host_roid($1)", 1, &name, &found))
	{
		deposit->failed = true;
		return;
	}
	if (!PQgetisnull(found, 0, 0))
	{
		csv_field(out, PQgetvalue(found, 0, 0));
		csv_record(out);
	}
	PQclear(found);
}

static void
take_object(void *arg, StageTable table, xmlNodePtr object, bool deleted, long line)
{
	CsvDeposit *deposit = arg;
	CsvOut	   *out = &deposit->deletes[key_shape(table)];

	(void) line;
	if (!deleted)
	{
		csv_object(deposit->contents, table, object);
		return;
	}
	for (xmlNodePtr child = object->children; child; child = child->next)
		if (child->type == XML_ELEMENT_NODE)
		{
			char	   *key = object_text(child);

			if (table == STAGE_HOST && strcmp((const char *) child->name, "name") == 0)
				delete_host(deposit, out, key);
			else
			{
				csv_field(out, key);
				csv_record(out);
			}
			xmlFree(key);
		}
}

/* The objects of a kind are counted under the namespace of their CSV model; policies have become attributes of fields. */
static void
header_rename(xmlNodePtr header)
{
	for (xmlNodePtr count = object_child(header, "count"), next; count; count = next)
	{
		char	   *uri = (char *) xmlGetProp(count, (const xmlChar *) "uri");
		char	   *tail = uri ? strrchr(uri, ':') + 1 : NULL;

		next = object_next(count);
		for (int table = 0; tail && table <= STAGE_NNDN; table++)
			if (strncmp(tail + 3, csv_prefixes[table] + 3, strlen(csv_prefixes[table] + 3)) == 0)
			{
				memcpy(tail, "csv", 3);
				xmlSetProp(count, (const xmlChar *) "uri", (const xmlChar *) uri);
				break;
			}
		if (tail && strncmp(tail, "rdePolicy", 9) == 0)
		{
			xmlUnlinkNode(count);
			xmlFreeNode(count);
		}
		xmlFree(uri);
	}
}

static void
take_other(void *arg, const char *uri, const char *name, xmlNodePtr node, bool deleted, long line)
{
	CsvDeposit *deposit = arg;
	xmlBufferPtr text;

	(void) uri;
	(void) deleted;
	(void) line;
	if (strcmp(name, "policy") == 0)
	{
		char	   *element = (char *) xmlGetProp(node, (const xmlChar *) "element");

		deposit->registrants |= element && strcmp(element, "rdeDomain:registrant") == 0;
		xmlFree(element);
		return;
	}
	text = xmlBufferCreate();
	if (strcmp(name, "header") == 0)
		header_rename(node);
	xmlNodeDump(text, node->doc, node, 0, 0);
	gw_buf_puts(&deposit->others, (const char *) xmlBufferContent(text));
	gw_buf_putc(&deposit->others, '\n');
	xmlBufferFree(text);
}

static bool
take_failed(void *arg)
{
	return ((CsvDeposit *) arg)->failed;
}

/* The elements of a file's fields; a registrant that the policy requires is said to be (RFC 9022 section 5.8). */
static void
fields_write(FILE *file, const char *fields, bool registrants)
{
	static const char registrant[] = "<rdeCsv:fRegistrant";
	const char *at = registrants ? strstr(fields, registrant) : NULL;
	size_t		before = at ? (size_t) (at - fields) + strlen(registrant) : 0;

	fprintf(file, "%.*s%s%s", (int) before, fields, at ? " isRequired=\"true\"" : "", fields + before);
}

/* A kind's definitions: files with records, and always the one that names the objects. */
static void
definitions(FILE *file, CsvOut *outs, StageTable table, bool deletes, bool registrants)
{
	fprintf(file, "<%s:%s>\n", csv_prefixes[table], deletes ? "deletes" : "contents");
	for (int i = 0; i < CSV_SHAPES; i++)
		if (csv_shapes[i].table == table && (csv_shapes[i].key || outs[i].records > 0))
		{
			fprintf(file, "<rdeCsv:csv name=\"%s\"><rdeCsv:fields>", csv_shapes[i].name);
			fields_write(file, deletes ? csv_shapes[i].delete_field : csv_shapes[i].fields, registrants);
			fprintf(file, "</rdeCsv:fields><rdeCsv:files><rdeCsv:file%s cksum=\"%08lX\">%s%s</rdeCsv:file></rdeCsv:files></rdeCsv:csv>\n",
					escrow_settings.csv_gzip ? " compression=\"gzip\"" : "", outs[i].checksum, strrchr(outs[i].path, '/') + 1, escrow_settings.csv_gzip ? ".gz" : "");
		}
	fprintf(file, "</%s:%s>\n", csv_prefixes[table], deletes ? "deletes" : "contents");
}

static void
envelope_write(FILE *file, CsvDeposit *csv, const ParsedDeposit *parsed)
{
	static const char *const others[] = {"rdeHeader", "rdeEppParams", "epp", "domain", "contact"};
	bool		deletes = strcmp(parsed->type, "FULL") != 0;
	bool		whole = parsed->counted[STAGE_HOST];

	fprintf(file, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rde:deposit type=\"%s\" id=\"%s\"", parsed->type, parsed->id);
	if (parsed->prev_id)
		fprintf(file, " prevId=\"%s\"", parsed->prev_id);
	fprintf(file, " resend=\"%s\" xmlns:rde=\"" NS "rde-1.0\" xmlns:rdeCsv=\"" NS "rdeCsv-1.0\"", parsed->resend);
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		fprintf(file, " xmlns:%s=\"" NS "%s-1.0\"", others[i], others[i]);
	for (int table = 0; table <= STAGE_NNDN; table++)
		fprintf(file, " xmlns:%s=\"" NS "%s-1.0\"", csv_prefixes[table], csv_prefixes[table]);
	fprintf(file, ">\n<rde:watermark>%s</rde:watermark>\n<rde:rdeMenu><rde:version>1.0</rde:version><rde:objURI>" NS "rdeHeader-1.0</rde:objURI>", parsed->watermark);
	for (int table = 0; table <= STAGE_NNDN; table++)
		if (parsed->counted[table])
			fprintf(file, "<rde:objURI>" NS "%s-1.0</rde:objURI>", csv_prefixes[table]);
	fprintf(file, "%s</rde:rdeMenu>\n", whole ? "<rde:objURI>" NS "rdeEppParams-1.0</rde:objURI>" : "");
	if (deletes)
	{
		fprintf(file, "<rde:deletes>\n");
		for (int i = TABLES - 1; i >= 0; i--)
			if (csv->deletes[key_shape(order[i])].records > 0)
				definitions(file, csv->deletes, order[i], true, false);
		fprintf(file, "</rde:deletes>\n");
	}
	fprintf(file, "<rde:contents>\n");
	for (int i = 0; i < TABLES; i++)
		if (parsed->counted[order[i]])
			definitions(file, csv->contents, order[i], false, csv->registrants);
	fprintf(file, "%s</rde:contents>\n</rde:deposit>\n", csv->others.length ? csv->others.data : "");
}

static void
outs_open(CsvDeposit *csv, CsvOut *outs, bool deletes)
{
	for (int i = 0; i < CSV_SHAPES; i++)
	{
		GwBuf		path = {0};

		gw_buf_printf(&path, "%s_%s%s_%s.csv", csv->prefix, csv_shapes[i].file ? csv_shapes[i].file : csv_shapes[i].name, deletes ? "-delete" : "", csv->suffix);
		outs[i].path = path.data;
		outs[i].checksum = crc32(0, NULL, 0);
	}
}

/* Files that are defined exist, also when they are empty; compressed if that is wanted. */
static bool
outs_close(CsvOut *outs, const ParsedDeposit *parsed, bool deletes)
{
	bool		done = true;

	for (int i = 0; i < CSV_SHAPES; i++)
	{
		if (!outs[i].file && !deletes && csv_shapes[i].key && parsed->counted[csv_shapes[i].table])
			outs[i].file = fopen(outs[i].path, "w");
		if ((outs[i].file && (ferror(outs[i].file) || fflush(outs[i].file) != 0 || fsync(fileno(outs[i].file)) != 0)) || (!outs[i].file && outs[i].records > 0))
			done = escrow_fail("file", "%s: %s", outs[i].path, strerror(errno));
		if (outs[i].file)
			fclose(outs[i].file);
		done = done && (!outs[i].file || !escrow_settings.csv_gzip || gzip_file(outs[i].path, &outs[i].checksum));
	}
	return done;
}

static void
outs_free(CsvOut *outs)
{
	for (int i = 0; i < CSV_SHAPES; i++)
	{
		free(outs[i].path);
		gw_buf_free(&outs[i].record);
	}
}

bool
csv_write(PGconn *database, const char *xml, const char *prefix, const char *suffix)
{
	CsvDeposit	csv = {.prefix = prefix, .suffix = suffix, .database = database};
	ParseSink	sink = {&csv, take_object, take_other, take_failed};
	ParsedDeposit parsed = {0};
	FILE	   *source = fopen(xml, "r");
	char		error[500] = "";
	bool		done = source != NULL;

	outs_open(&csv, csv.contents, false);
	outs_open(&csv, csv.deletes, true);
	if (!done)
		escrow_fail("file", "%s: %s", xml, strerror(errno));
	else if (!deposit_parse(escrow_file_take, source, &sink, &parsed, error, sizeof(error)))
		done = escrow_fail("csv", "%s", error);
	if (source)
		fclose(source);
	done = outs_close(csv.contents, &parsed, false) && done;
	done = outs_close(csv.deletes, &parsed, true) && done;
	if (done)
	{
		FILE	   *envelope = fopen(xml, "w");

		if (envelope)
			envelope_write(envelope, &csv, &parsed);
		done = envelope && fflush(envelope) == 0 && fsync(fileno(envelope)) == 0;
		if (!done)
			escrow_fail("file", "%s: %s", xml, strerror(errno));
		if (envelope)
			fclose(envelope);
	}
	outs_free(csv.contents);
	outs_free(csv.deletes);
	gw_buf_free(&csv.others);
	deposit_free(&parsed);
	return done;
}
