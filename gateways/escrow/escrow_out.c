/*
 * escrow_out.c
 *		A deposit from the database to files: XML, tar, OpenPGP, in steps that keep one buffer in memory.
 *
 * Everything happens inside the transaction of the deposit, which commits when the files are in place: what the
 * database calls written can be sent. Until then they are in a folder of their own, so that a failure touches nothing.
 */
#include "escrow_check.h"
#include "escrow_csv.h"
#include "escrow_seal.h"
#include "gw_log.h"
#include "gw_memory.h"

#include <archive.h>
#include <archive_entry.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

typedef struct Deposit
{
	char		id[24];
	char	   *folder;			/* where it is made */
	char	   *prefix;			/* folder/zone_date_type */
	char		suffix[16];		/* R0 */
	char	   *xml;			/* path */
	char	   *tar;
} Deposit;

/* The XML on its way: from the database, into the file, to the check. */
typedef struct Stream
{
	PGconn	   *database;
	FILE	   *file;
	const char *path;
	PGresult   *piece;			/* NULL: the next one is to come */
	int			taken;			/* octets of it that the check has */
	bool		ended;
	bool		failed;			/* logged */
} Stream;

/* Until the connection takes another query. */
static void
stream_drain(Stream *stream)
{
	do
	{
		PQclear(stream->piece);
		stream->piece = PQgetResult(stream->database);
	} while (stream->piece);
}

/* The next piece, which is in the file when it is here; false at the end. */
static bool
piece_next(Stream *stream)
{
	ExecStatusType status;
	size_t		length;

	PQclear(stream->piece);
	stream->taken = 0;
	stream->piece = PQgetResult(stream->database);
	status = PQresultStatus(stream->piece);
	if (!stream->piece || status == PGRES_TUPLES_OK)
	{
		stream_drain(stream);
		return false;
	}
	length = status == PGRES_SINGLE_TUPLE ? (size_t) PQgetlength(stream->piece, 0, 0) : 0;
	if (status != PGRES_SINGLE_TUPLE)
		stream->failed = !escrow_fail("database", "%s", PQerrorMessage(stream->database));
	else if (fwrite(PQgetvalue(stream->piece, 0, 0), 1, length, stream->file) != length)
		stream->failed = !escrow_fail("file", "%s: %s", stream->path, strerror(errno));
	return !stream->failed;
}

static int
stream_take(void *source, char *buffer, int size)
{
	Stream	   *stream = source;
	int			left;

	while (!stream->ended && (!stream->piece || stream->taken == PQgetlength(stream->piece, 0, 0)))
		stream->ended = !piece_next(stream);
	if (stream->ended)
		return stream->failed ? -1 : 0;
	left = PQgetlength(stream->piece, 0, 0) - stream->taken;
	size = left < size ? left : size;
	memcpy(buffer, PQgetvalue(stream->piece, 0, 0) + stream->taken, (size_t) size);
	stream->taken += size;
	return size;
}

/* What the database still sends after a failure is of no use to anybody. */
static void
stream_end(Stream *stream, bool done)
{
	PGcancel   *cancel = done ? NULL : PQgetCancel(stream->database);
	char		error[256];

	if (cancel)
		PQcancel(cancel, error, sizeof(error));
	PQfreeCancel(cancel);
	stream_drain(stream);
}

/*
 * The pieces as they come, one row at a time. Each is checked while the database makes the next; what was set aside is known at
 * the end.
 */
static bool
xml_write(PGconn *database, const char *id, bool thin, const char *path)
{
	Stream		stream = {.database = database, .path = path, .file = fopen(path, "w")};
	bool		done;

	if (!stream.file)
		return escrow_fail("file", "%s: %s", path, strerror(errno));
	if (!PQsendQueryParams(database, "SELECT dos.escrow_xml($1)", 1, NULL, &id, NULL, NULL, 0) || !PQsetSingleRowMode(database))
		done = escrow_fail("database", "%s", PQerrorMessage(database));
	else
		done = escrow_check(database, id, thin, stream_take, &stream);
	stream_end(&stream, done);
	if (fflush(stream.file) != 0 || fsync(fileno(stream.file)) != 0)
		done = done && escrow_fail("file", "%s: %s", path, strerror(errno));
	fclose(stream.file);
	return done;
}

static bool
tar_copy(struct archive *tar, int in, const char *source)
{
	static char buffer[1 << 16];
	ssize_t		got;

	while ((got = read(in, buffer, sizeof(buffer))) > 0)
		if (archive_write_data(tar, buffer, (size_t) got) != got)
			return escrow_fail("file", "tar: %s", archive_error_string(tar));
	return got == 0 ? true : escrow_fail("file", "%s: %s", source, strerror(errno));
}

static bool
is_csv(const char *name)
{
	size_t		length = strlen(name);

	return (length > 4 && strcmp(name + length - 4, ".csv") == 0) || (length > 7 && strcmp(name + length - 7, ".csv.gz") == 0);
}

/* A file into the tarball, under its name. */
static bool
tar_add(struct archive *tar, const char *source)
{
	struct archive_entry *entry = archive_entry_new();
	const char *name = strrchr(source, '/');
	struct stat status;
	int			in = open(source, O_RDONLY);
	bool		done = false;

	if (in < 0 || fstat(in, &status) != 0)
		escrow_fail("file", "%s: %s", source, strerror(errno));
	else
	{
		archive_entry_set_pathname(entry, name ? name + 1 : source);
		archive_entry_set_size(entry, status.st_size);
		archive_entry_set_filetype(entry, AE_IFREG);
		archive_entry_set_perm(entry, 0600);
		archive_entry_set_mtime(entry, status.st_mtime, 0);
		done = archive_write_header(tar, entry) == ARCHIVE_OK ? tar_copy(tar, in, source) : escrow_fail("file", "tar: %s", archive_error_string(tar));
	}
	if (in >= 0)
		close(in);
	archive_entry_free(entry);
	return done;
}

/* The XML, and the CSV files that it defines. */
static bool
tar_write(const Deposit *deposit, const char *path)
{
	struct archive *tar = archive_write_new();
	DIR		   *listing = opendir(deposit->folder);
	struct dirent *entry;
	bool		done;

	archive_write_set_format_pax_restricted(tar);
	done = archive_write_open_filename(tar, path) == ARCHIVE_OK ? tar_add(tar, deposit->xml) : escrow_fail("file", "%s: %s", path, archive_error_string(tar));
	while (done && listing && (entry = readdir(listing)) != NULL)
		if (is_csv(entry->d_name))
		{
			char	   *file = escrow_path(deposit->folder, entry->d_name, "");

			done = tar_add(tar, file);
			unlink(file);
			free(file);
		}
	if (listing)
		closedir(listing);
	if (archive_write_close(tar) != ARCHIVE_OK)
		done = done && escrow_fail("file", "%s: %s", path, archive_error_string(tar));
	archive_write_free(tar);
	return done;
}

/* What a statement about the deposit says, in a file of that ending; none when it says nothing. */
static bool
statement_write(PGconn *database, const Deposit *deposit, const char *ending, const char *statement, int count, const char *const *values)
{
	char	   *path = gw_malloc(strlen(deposit->prefix) + strlen(deposit->suffix) + strlen(ending) + 8);
	PGresult   *result;
	FILE	   *file;
	bool		done;

	sprintf(path, "%s_%s_%s.xml", deposit->prefix, deposit->suffix, ending);
	done = escrow_query(database, statement, count, values, &result);
	if (done && PQgetisnull(result, 0, 0))
		PQclear(result);
	else if (done)
	{
		file = fopen(path, "w");
		done = file && fputs(PQgetvalue(result, 0, 0), file) >= 0;
		if (file && fclose(file) != 0)
			done = false;
		if (!done)
			escrow_fail("file", "%s: %s", path, strerror(errno));
		PQclear(result);
	}
	free(path);
	return done;
}

/* The report that goes to agent and ICANN with the deposit, and the notification where we are the agent. */
static bool
report_write(PGconn *database, const Deposit *deposit)
{
	const char *agent = escrow_settings.agent && strcmp(escrow_settings.agent, "@operator") != 0 ? escrow_settings.agent : NULL;
	const char *values[] = {deposit->id, escrow_settings.csv ? "CSV" : "XML", agent};

	return statement_write(database, deposit, "report", "SELECT dos.escrow_report($1, $2)", 2, values)
		&& (!escrow_settings.agent || !*escrow_settings.agent
			|| statement_write(database, deposit, "notification", "SELECT dos.escrow_notification($1, $3, 'DVPN', $2)", 3, values));
}

static bool
begin(PGconn *database, const char *zone, const char *type, const char *watermark, int resend, Deposit *deposit)
{
	char		number[16];
	const char *values[] = {zone, type, watermark, number};
	const char *name;
	PGresult   *begun;

	snprintf(number, sizeof(number), "%d", resend);
	if (!escrow_query(database, "BEGIN ISOLATION LEVEL REPEATABLE READ", 0, NULL, NULL)
		|| !escrow_query(database, "SELECT dos.escrow_begin($1, $2, $3, $4)", 4, values, &begun))
		return false;
	snprintf(deposit->id, sizeof(deposit->id), "%s", PQgetvalue(begun, 0, 0));
	PQclear(begun);
	name = deposit->id;
	if (!escrow_query(database, "SELECT prefix, suffix FROM dos.escrow_deposit_files($1)", 1, &name, &begun))
		return false;
	snprintf(number, sizeof(number), "%d", (int) getpid());
	deposit->folder = escrow_path(escrow_settings.directory, ".dos-escrow-", number);
	if (mkdir(deposit->folder, 0700) != 0 && errno != EEXIST)
		return escrow_fail("file", "%s: %s", deposit->folder, strerror(errno));
	deposit->prefix = escrow_path(deposit->folder, PQgetvalue(begun, 0, 0), "");
	snprintf(deposit->suffix, sizeof(deposit->suffix), "%s", PQgetvalue(begun, 0, 1));
	deposit->xml = gw_malloc(strlen(deposit->prefix) + 40);
	sprintf(deposit->xml, "%s_S1_%s.xml", deposit->prefix, deposit->suffix);
	deposit->tar = gw_malloc(strlen(deposit->prefix) + 40);
	sprintf(deposit->tar, "%s_S1_%s.tar", deposit->prefix, deposit->suffix);
	PQclear(begun);
	return true;
}

/* Every file of the folder moves up, or (keep false) goes; and the folder with them. How many moved, -1 after a failure. */
static int
folder_empty(const char *folder, bool keep)
{
	DIR		   *listing = opendir(folder);
	struct dirent *entry;
	int			moved = 0;

	while (listing && (entry = readdir(listing)) != NULL)
	{
		char	   *from = escrow_path(folder, entry->d_name, "");
		char	   *to = escrow_path(escrow_settings.directory, entry->d_name, "");

		if (entry->d_name[0] != '.')
		{
			if (!keep)
				unlink(from);
			else if (moved >= 0 && rename(from, to) == 0)
				moved++;
			else
			{
				escrow_fail("file", "%s: %s", to, strerror(errno));
				moved = -1;
			}
		}
		free(from);
		free(to);
	}
	if (listing)
		closedir(listing);
	if (moved >= 0)
		rmdir(folder);
	return moved;
}

static void
deposit_log(PGconn *database, const Deposit *deposit, int files)
{
	const char *id = deposit->id;
	PGresult   *made;

	if (!escrow_query(database, "SELECT zone, type, deposit_id, counts, quarantined FROM dos.escrow_deposit_made($1)", 1, &id, &made))
		return;
	gw_log_begin(GW_LOG_INFO, "deposit");
	gw_log_text("zone", PQgetvalue(made, 0, 0));
	gw_log_text("type", PQgetvalue(made, 0, 1));
	gw_log_text("id", PQgetvalue(made, 0, 2));
	gw_log_text("counts", PQgetvalue(made, 0, 3));
	gw_log_integer("quarantined", atoll(PQgetvalue(made, 0, 4)));
	gw_log_integer("files", files);
	gw_log_end();
	PQclear(made);
}

bool
escrow_deposit(PGconn *database, const char *zone, const char *type, const char *watermark, int resend)
{
	Deposit		deposit = {0};
	EscrowParts parts = {0};
	int			files;
	bool		done;

	done = begin(database, zone, type, watermark, resend, &deposit) && xml_write(database, deposit.id, strcmp(type, "THIN") == 0, deposit.xml)
		&& (!escrow_settings.csv || csv_write(database, deposit.xml, deposit.prefix, deposit.suffix)) && report_write(database, &deposit);
	if (done && !escrow_settings.plain)
		done = tar_write(&deposit, deposit.tar) && escrow_seal(deposit.tar, deposit.prefix, deposit.suffix, &parts);
	if (deposit.xml && (!done || !escrow_settings.plain))
		unlink(deposit.xml);
	if (deposit.tar)
		unlink(deposit.tar);
	files = escrow_settings.plain ? 1 : parts.count;
	escrow_parts_free(&parts);
	done = done && folder_empty(deposit.folder, true) > 0 && escrow_query(database, "COMMIT", 0, NULL, NULL);
	if (!done)
	{
		escrow_query(database, "ROLLBACK", 0, NULL, NULL);
		if (deposit.folder)
			folder_empty(deposit.folder, false);
	}
	else
		deposit_log(database, &deposit, files);
	free(deposit.folder);
	free(deposit.prefix);
	free(deposit.xml);
	free(deposit.tar);
	return done;
}
