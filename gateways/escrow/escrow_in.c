/*
 * escrow_in.c
 *		A deposit from files to the database: signatures, decryption, archive, XML, staging tables, analysis; and loading.
 *
 * Reading is one transaction: a deposit that cannot be read to its end leaves nothing but the note why.
 */
#include "escrow_csv.h"
#include "escrow_parse.h"
#include "escrow_seal.h"
#include "escrow_stage.h"
#include "gw_log.h"
#include "gw_memory.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int
archive_take(void *source, char *buffer, int size)
{
	la_ssize_t	got = archive_read_data(source, buffer, (size_t) size);

	return got < 0 ? -1 : (int) got;
}

static bool
ends_with(const char *text, const char *end)
{
	size_t		length = strlen(text),
				tail = strlen(end);

	return length >= tail && strcmp(text + length - tail, end) == 0;
}

/* The one XML file of an archive (or the file itself, compressed or not) is parsed; CSV files come afterwards. */
static bool
archive_xml(const char *path, Stage *stage, ParsedDeposit *deposit, char *error, size_t error_size)
{
	struct archive *archive = archive_read_new();
	struct archive_entry *entry;
	ParseSink	sink = object_sink(stage);
	bool		found = false,
				done = false;
	int			status;

	archive_read_support_filter_all(archive);
	archive_read_support_format_all(archive);
	archive_read_support_format_raw(archive);
	if (archive_read_open_filename(archive, path, 1 << 16) != ARCHIVE_OK)
		snprintf(error, error_size, "%s", archive_error_string(archive));
	else
		while (!found && ((status = archive_read_next_header(archive, &entry)) == ARCHIVE_OK || status == ARCHIVE_WARN))
			if (archive_format(archive) == ARCHIVE_FORMAT_RAW || ends_with(archive_entry_pathname(entry), ".xml"))
			{
				found = true;
				done = deposit_parse(archive_take, archive, &sink, deposit, error, error_size);
			}
	if (!found && error[0] == '\0')
		snprintf(error, error_size, "there is no XML in it");
	archive_read_free(archive);
	return done;
}

/* A CSV file of the archive, or one that lies beside the bare XML. */
static bool
csv_take(ParseRead take, void *source, const char *name, Stage *stage, char *error, size_t error_size)
{
	CsvDefinition *definition;
	const char *base = strrchr(name, '/');
	CsvFile    *file = csv_file_find(stage, base ? base + 1 : name, &definition);

	return !file || csv_file_read(take, source, stage, definition, file, error, error_size);
}

static bool
csv_beside(const char *path, Stage *stage, char *error, size_t error_size)
{
	const char *slash = strrchr(path, '/');
	char	   *folder = slash ? gw_strdup(path) : gw_strdup(".");
	const char *name;
	bool		done = true;

	if (slash)
		folder[slash - path] = '\0';
	while (done && (name = csv_file_missing(stage)) != NULL && !strchr(name, '/'))
	{
		char	   *path_of = escrow_path(folder, name, "");
		FILE	   *file = fopen(path_of, "r");

		if (file)
		{
			done = csv_take(escrow_file_take, file, name, stage, error, error_size);
			fclose(file);
		}
		else
		{
			snprintf(error, error_size, "file %s of the deposit is missing", name);
			done = false;
		}
		free(path_of);
	}
	free(folder);
	return done;
}

/* The files that the XML defines, each of them once and whole. */
static bool
archive_csv(const char *path, Stage *stage, char *error, size_t error_size)
{
	struct archive *archive = archive_read_new();
	struct archive_entry *entry;
	bool		done = true,
				raw = false;
	int			status;

	archive_read_support_filter_all(archive);
	archive_read_support_format_all(archive);
	archive_read_support_format_raw(archive);
	if (archive_read_open_filename(archive, path, 1 << 16) == ARCHIVE_OK)
		while (done && !raw && ((status = archive_read_next_header(archive, &entry)) == ARCHIVE_OK || status == ARCHIVE_WARN))
			if (!(raw = archive_format(archive) == ARCHIVE_FORMAT_RAW))
				done = csv_take(archive_take, archive, archive_entry_pathname(entry), stage, error, error_size);
	archive_read_free(archive);
	done = done && (!raw || csv_beside(path, stage, error, error_size));
	if (done && csv_file_missing(stage))
	{
		snprintf(error, error_size, "file %s of the deposit is missing", csv_file_missing(stage));
		done = false;
	}
	return done;
}

static bool
archive_parse(const char *path, Stage *stage, ParsedDeposit *deposit, char *error, size_t error_size)
{
	return archive_xml(path, stage, deposit, error, error_size) && (!stage->definitions || archive_csv(path, stage, error, error_size));
}

/* Parts in the order of their S number. */
static int
part_number(const char *path)
{
	const char *name = strrchr(path, '/');
	const char *at = strstr(name ? name : path, "_S");

	return at ? atoi(at + 2) : 0;
}

static int
part_order(const void *a, const void *b)
{
	return part_number(*(char *const *) a) - part_number(*(char *const *) b);
}

/* The series must be whole: S1, S2, ... */
static bool
parts_unseal(char *const *files, int count, char **plain, char *error, size_t error_size)
{
	char	  **parts = gw_malloc(sizeof(char *) * (size_t) (count + 1));
	int			used = 0;
	char		name[64];
	bool		done = true;

	for (int i = 0; i < count; i++)
		if (!ends_with(files[i], ".sig"))
			parts[used++] = files[i];
	qsort(parts, (size_t) used, sizeof(char *), part_order);
	for (int i = 0; i < used; i++)
		if (part_number(parts[i]) != i + 1)
		{
			snprintf(error, error_size, "part S%d of the deposit is missing", i + 1);
			done = false;
			break;
		}
	snprintf(name, sizeof(name), ".dos-escrow-%ld", (long) getpid());
	*plain = escrow_path(escrow_settings.directory, name, ".tar");
	if (done && !escrow_unseal(parts, used, *plain))
	{
		snprintf(error, error_size, "the deposit is not signed by a trusted key, or cannot be decrypted");
		done = false;
	}
	free(parts);
	return done;
}

static bool
import_end(Stage *stage, ParsedDeposit *deposit)
{
	const char *values[] = {stage->import, deposit->zone, deposit->type, deposit->id, deposit->prev_id, deposit->watermark,
	deposit->counts.length ? deposit->counts.data : NULL};
	PGresult   *result;
	bool		done = !stage->definitions || escrow_query(stage->database, "SELECT dos.escrow_csv_model($1)", 1, values, NULL);

	if (!done)
	{
		snprintf(stage->error, sizeof(stage->error), "the records of the CSV files do not make objects");
		return false;
	}
	result = PQexecParams(stage->database, "SELECT dos.escrow_import_read($1, $2, $3, $4, $5, $6::timestamptz, $7::jsonb)", 7, NULL, values, NULL, NULL, 0);
	done = PQresultStatus(result) == PGRES_TUPLES_OK;
	if (!done)
		snprintf(stage->error, sizeof(stage->error), "%s", PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY));
	PQclear(result);
	return done;
}

/* What analysis says, for people; errors are no failure of reading. */
static bool
import_analyze(PGconn *database, const char *import)
{
	PGresult   *problems;

	if (!escrow_query(database, "SELECT severity, kind, reason, number FROM dos.escrow_analyze($1)", 1, &import, &problems))
		return false;
	for (int i = 0; i < PQntuples(problems); i++)
	{
		gw_log_begin(strcmp(PQgetvalue(problems, i, 0), "error") == 0 ? GW_LOG_ERROR : GW_LOG_WARNING, "problem");
		gw_log_text("kind", PQgetvalue(problems, i, 1));
		gw_log_text("reason", PQgetvalue(problems, i, 2));
		gw_log_integer("number", atoll(PQgetvalue(problems, i, 3)));
		gw_log_end();
	}
	PQclear(problems);
	return true;
}

static bool
import_begin(PGconn *database, const char *zone, const char *file, Stage *stage)
{
	const char *name = strrchr(file, '/');
	const char *values[] = {zone, name ? name + 1 : file};
	PGresult   *begun;

	if (!escrow_query(database, "SELECT dos.escrow_import_begin($1, $2)", 2, values, &begun))
		return false;
	snprintf(stage->import, sizeof(stage->import), "%s", PQgetvalue(begun, 0, 0));
	PQclear(begun);
	return true;
}

/* From plain file to staged rows, in one transaction. */
static bool
import_stage(const char *path, Stage *stage, char *error, size_t error_size)
{
	ParsedDeposit deposit = {0};
	bool		done = escrow_query(stage->database, "BEGIN", 0, NULL, NULL)
		&& archive_parse(path, stage, &deposit, error, error_size) && stage_flush(stage) && import_end(stage, &deposit);

	stage_break(stage);
	if (stage->error[0] && !done)
		snprintf(error, error_size, "%s", stage->error);
	escrow_query(stage->database, done ? "COMMIT" : "ROLLBACK", 0, NULL, NULL);
	deposit_free(&deposit);
	return done;
}

bool
escrow_read(PGconn *database, const char *zone, char *const *files, int count)
{
	Stage		stage = {.database = database};
	char		error[1200] = "";
	char	   *plain = NULL;
	bool		sealed = ends_with(files[0], ".ryde") || ends_with(files[0], ".sig") || ends_with(files[0], ".gpg");
	bool		done;

	if (!import_begin(database, zone, files[0], &stage))
		return false;
	if (sealed)
		done = parts_unseal(files, count, &plain, error, sizeof(error));
	else if (!(done = escrow_settings.plain))
		snprintf(error, sizeof(error), "nobody signed it; setting plain takes it all the same");
	done = done && import_stage(plain ? plain : files[0], &stage, error, sizeof(error));
	if (plain)
		unlink(plain);
	free(plain);
	if (!done)
	{
		const char *values[] = {stage.import, error};

		escrow_fail("refused", "import %s: %s", stage.import, error);
		escrow_query(database, "SELECT dos.escrow_import_refuse($1, $2)", 2, values, NULL);
	}
	else
	{
		done = import_analyze(database, stage.import);
		printf("%s\n", stage.import);
	}
	csv_definitions_free(&stage);
	stage_free(&stage);
	return done;
}
