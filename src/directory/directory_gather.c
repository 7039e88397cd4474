/*
 * directory_gather.c
 *	  Facts about hosts and contacts: rows fetched by key, turned into plain C values.
 *
 * Statuses of hosts and contacts are the stored ones. "linked" is derived by a search through all
 * domains, which a public look-up must not be able to cause.
 */
#include "postgres.h"

#include "access/xlog.h"
#include "access/xlogrecovery.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/timestamp.h"

#include "base/clock.h"
#include "base/dname_rules.h"
#include "directory/directory_row.h"
#include "directory/directory_gather.h"
#include "domain/domain_state.h"

enum
{
	HOST_ID, HOST_NAME, HOST_ROID, HOST_ADDRESSES, HOST_CREATED, HOST_UPDATED, HOST_TRANSFERRED, HOST_REGISTRAR,
	HOST_SUPERORDINATE, HOST_STATUSES
};

#define HOST_COLUMNS	{"id", "name", "roid", "addresses", "created_at", "updated_at", "transferred_at", "registrar_id", \
	"superordinate_id", "statuses"}

enum
{
	CONTACT_ID, CONTACT_HANDLE, CONTACT_ROID, CONTACT_INT, CONTACT_LOC, CONTACT_VOICE, CONTACT_VOICE_X, CONTACT_FAX,
	CONTACT_FAX_X, CONTACT_EMAIL, CONTACT_FLAG, CONTACT_DISCLOSE, CONTACT_CREATED, CONTACT_UPDATED, CONTACT_TRANSFERRED,
	CONTACT_REGISTRAR, CONTACT_STATUSES, CONTACT_TRANSFER
};

#define CONTACT_COLUMNS	{"id", "handle", "roid", "int_postal", "loc_postal", "voice", "voice_x", "fax", "fax_x", "email", \
	"disclose_flag", "disclose", "created_at", "updated_at", "transferred_at", "registrar_id", "statuses", "transfer"}

/* of dos.transfer */
enum
{
	TRANSFER_STATUS, TRANSFER_REQUESTER, TRANSFER_REQUESTED, TRANSFER_ACTOR, TRANSFER_ACTS
};

#define TABLE_OF(table, key_index, equality, names) {.name = table, .index = key_index, .equals = equality, .columns = names}

static DirectoryTable host_by_id = TABLE_OF("host", "host_pkey", F_INT8EQ, HOST_COLUMNS);
static DirectoryTable host_by_name = TABLE_OF("host", "host_name_taken", F_TEXTEQ, HOST_COLUMNS);
static DirectoryTable contact_by_id = TABLE_OF("contact", "contact_pkey", F_INT8EQ, CONTACT_COLUMNS);
static DirectoryTable contact_by_handle = TABLE_OF("contact", "contact_handle_taken", F_TEXTEQ, CONTACT_COLUMNS);
static DirectoryTable parent_by_id = {
	.name = "domain", .index = "domain_pkey", .equals = F_INT8EQ, .columns = {"registrar_id", DOMAIN_STATE_COLUMNS},
};

static DirectoryTable zone_by_name = {.name = "zone", .index = "zone_name_taken", .equals = F_TEXTEQ, .columns = {"id"}};

int32
dos_directory_zone_of(const char *name)
{
	DirectoryRow row;

	for (const char *suffix = name; suffix != NULL; suffix = strchr(suffix, '.'))
	{
		suffix += *suffix == '.';
		if (dos_fetch(&zone_by_name, CStringGetTextDatum(suffix), &row))
			return dos_row_int32(&row, 0);
	}
	return 0;
}

const char *
dos_directory_unicode(const char *name)
{
	char	   *unicode;
	const char *result = NULL;

	if (strstr(name, "xn--") == NULL || (unicode = dos_dname_unicode(name)) == NULL)
		return NULL;
	if (strcmp(unicode, name) != 0)
		result = pstrdup(unicode);
	free(unicode);
	return result;
}

/* The statuses that are stored and one that is derived; ok when there is none (RFC 5732, 5733 section 2.2). */
static DirectoryList
statuses_of(const DirectoryRow *row, int column, const char *derived)
{
	DirectoryList stored = dos_row_texts(row, column);
	DirectoryList all = {.items = palloc((stored.count + 1) * sizeof(char *))};

	for (; all.count < stored.count; all.count++)
		all.items[all.count] = stored.items[all.count];
	if (derived == NULL && stored.count == 0)
		derived = "ok";
	if (derived != NULL)
		all.items[all.count++] = derived;
	return all;
}

static const DirectoryHost *
host_of(const DirectoryRow *row)
{
	DirectoryHost *host = palloc0(sizeof(DirectoryHost));

	host->id = dos_row_int64(row, HOST_ID);
	host->name = dos_row_text(row, HOST_NAME);
	host->unicode_name = dos_directory_unicode(host->name);
	host->roid = dos_row_text(row, HOST_ROID);
	dos_row_addresses(row, HOST_ADDRESSES, &host->v4, &host->v6);
	host->created_at = dos_row_instant(row, HOST_CREATED);
	host->updated_at = dos_row_instant(row, HOST_UPDATED);
	host->transferred_at = dos_row_instant(row, HOST_TRANSFERRED);
	host->statuses = statuses_of(row, HOST_STATUSES, NULL);
	return host;
}

const DirectoryHost *
dos_directory_host_by_id(int64 id)
{
	DirectoryRow row;

	return dos_fetch(&host_by_id, Int64GetDatum(id), &row) ? host_of(&row) : NULL;
}

/* A subordinate host has the sponsor of its domain (RFC 5732 section 3.2.4), and is gone with it. */
static bool
parent_of(const DirectoryRow *host, int32 *registrar_id)
{
	LifecycleState state;
	DirectoryRow domain;

	if (!dos_fetch(&parent_by_id, host->values[HOST_SUPERORDINATE], &domain) ||
		!dos_domain_state_of(domain.values + 1, domain.nulls + 1, dos_clock_now(), &state) || !state.registered)
		return false;
	*registrar_id = dos_row_int32(&domain, 0);
	return true;
}

const DirectoryHost *
dos_directory_host(const char *name, int32 *registrar_id)
{
	DirectoryRow row;

	if (!dos_fetch(&host_by_name, CStringGetTextDatum(name), &row))
		return NULL;
	*registrar_id = dos_row_int32(&row, HOST_REGISTRAR);
	if (!row.nulls[HOST_SUPERORDINATE] && !parent_of(&row, registrar_id))
		return NULL;
	return host_of(&row);
}

/* Which words of contact:disclose speak about the postal form that is shown. */
static uint32
preferences(const DirectoryList *words, bool is_int)
{
	static const struct
	{
		const char *words[2];	/* of the int form, of the loc form */
		DisclosePreference preference;
	}			meanings[] = {
		{{"name:int", "name:loc"}, PREFERENCE_NAME}, {{"org:int", "org:loc"}, PREFERENCE_ORG},
		{{"addr:int", "addr:loc"}, PREFERENCE_ADDR}, {{"voice", "voice"}, PREFERENCE_VOICE},
		{{"fax", "fax"}, PREFERENCE_FAX}, {{"email", "email"}, PREFERENCE_EMAIL},
	};
	uint32		set = 0;

	for (size_t i = 0; i < words->count; i++)
		for (size_t m = 0; m < lengthof(meanings); m++)
			if (strcmp(words->items[i], meanings[m].words[is_int ? 0 : 1]) == 0)
				set |= 1u << meanings[m].preference;
	return set;
}

/* A transfer that pends, or that the clock has completed though nobody has written it down (RFC 5733 section 3.2.4). */
static const char *
contact_transfer(const DirectoryRow *row, DirectoryContact *contact, int32 *registrar_id)
{
	DirectoryRow transfer;

	if (row->nulls[CONTACT_TRANSFER])
		return NULL;
	transfer = dos_row_composite(row->values[CONTACT_TRANSFER]);
	if (transfer.nulls[TRANSFER_STATUS] || strcmp(dos_row_text(&transfer, TRANSFER_STATUS), "pending") != 0)
		return NULL;
	if (dos_row_instant(&transfer, TRANSFER_ACTS) > dos_clock_now())
		return "pendingTransfer";
	contact->transferred_at = dos_row_instant(&transfer, TRANSFER_ACTS);
	*registrar_id = dos_row_int32(&transfer, TRANSFER_REQUESTER);
	return NULL;
}

/* A contact, and whose it is. */
static const DirectoryContact *
contact_of(const DirectoryRow *row, int32 *registrar_id)
{
	DirectoryContact *contact = palloc0(sizeof(DirectoryContact));
	DirectoryList disclose = dos_row_texts(row, CONTACT_DISCLOSE);
	bool		is_int = dos_row_postal(row, CONTACT_INT, contact->postal);

	if (!is_int)
		dos_row_postal(row, CONTACT_LOC, contact->postal);
	contact->id = dos_row_int64(row, CONTACT_ID);
	contact->handle = dos_row_text(row, CONTACT_HANDLE);
	contact->roid = dos_row_text(row, CONTACT_ROID);
	contact->voice = dos_row_text(row, CONTACT_VOICE);
	contact->voice_x = dos_row_text(row, CONTACT_VOICE_X);
	contact->fax = dos_row_text(row, CONTACT_FAX);
	contact->fax_x = dos_row_text(row, CONTACT_FAX_X);
	contact->email = dos_row_text(row, CONTACT_EMAIL);
	if (!row->nulls[CONTACT_FLAG])
		contact->disclose_flag = dos_row_is_true(row, CONTACT_FLAG) ? DISCLOSE_ALLOW : DISCLOSE_DENY;
	contact->disclose = preferences(&disclose, is_int);
	contact->created_at = dos_row_instant(row, CONTACT_CREATED);
	contact->updated_at = dos_row_instant(row, CONTACT_UPDATED);
	contact->transferred_at = dos_row_instant(row, CONTACT_TRANSFERRED);
	*registrar_id = dos_row_int32(row, CONTACT_REGISTRAR);
	contact->statuses = statuses_of(row, CONTACT_STATUSES, contact_transfer(row, contact, registrar_id));
	return contact;
}

const DirectoryContact *
dos_directory_contact_by_id(int64 id)
{
	DirectoryRow row;
	int32		registrar_id;

	return dos_fetch(&contact_by_id, Int64GetDatum(id), &row) ? contact_of(&row, &registrar_id) : NULL;
}

const DirectoryContact *
dos_directory_contact(const char *handle, int32 *registrar_id)
{
	DirectoryRow row;
	bool		found = dos_fetch(&contact_by_handle, CStringGetTextDatum(handle), &row);

	/* a ROID is "C", the row's id, "-" and the repository */
	if (!found && handle[0] == 'C' && strspn(handle + 1, "0123456789") <= 18)
	{
		const char *roid;

		found = dos_fetch(&contact_by_id, Int64GetDatum(strtoll(handle + 1, NULL, 10)), &row) &&
			(roid = dos_row_text(&row, CONTACT_ROID)) != NULL && strcmp(roid, handle) == 0;
	}
	if (!found)
		return NULL;
	return contact_of(&row, registrar_id);
}

size_t
dos_directory_ids(SPIPlanPtr *plan, const char *sql, int parameters, Oid *types, Datum *values, int64 **ids)
{
	if (*plan == NULL)
	{
		*plan = SPI_prepare_cursor(sql, parameters, types, CURSOR_OPT_GENERIC_PLAN);
		if (*plan == NULL || SPI_keepplan(*plan) != 0)
			elog(ERROR, "could not prepare \"%s\"", sql);
	}
	if (SPI_execute_plan(*plan, values, NULL, true, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not run \"%s\"", sql);
	*ids = palloc((SPI_processed + 1) * sizeof(int64));
	for (uint64 row = 0; row < SPI_processed; row++)
	{
		bool		isnull;

		(*ids)[row] = DatumGetInt64(SPI_getbinval(SPI_tuptable->vals[row], SPI_tuptable->tupdesc, 1, &isnull));
	}
	return SPI_processed;
}

size_t
dos_directory_hosts_at(const char *address, size_t limit, const DirectoryHost ***hosts)
{
	static SPIPlanPtr plan;
	int64	   *ids;
	size_t		count = dos_directory_ids(&plan, "SELECT h.id FROM dos.host AS h "
							   "WHERE h.addresses OPERATOR(pg_catalog.@>) ARRAY[$1::pg_catalog.inet] "
							   "AND h.addresses OPERATOR(pg_catalog.<>) '{}' ORDER BY h.name LIMIT $2",
							   2, (Oid[]) {TEXTOID, INT8OID},
							   (Datum[]) {CStringGetTextDatum(address), Int64GetDatum((int64) limit)}, &ids);
	size_t		found = 0;

	*hosts = palloc((count + 1) * sizeof(DirectoryHost *));
	for (size_t i = 0; i < count; i++)
		if (((*hosts)[found] = dos_directory_host_by_id(ids[i])) != NULL)
			found++;
	return found;
}

TimestampTz
dos_directory_database_at(void)
{
	TimestampTz replayed = RecoveryInProgress() ? GetLatestXTime() : 0;

	return replayed != 0 ? replayed - replayed % 1000 : dos_clock_now();
}
