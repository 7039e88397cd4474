/*
 * directory_registrar.c
 *	  Facts about registrars. Every domain's answer shows its registrar, and hardly anybody changes one: those of domains
 *	  are kept per backend until dos.registrar changes, here or on the primary (its trigger of row_cache). What is read
 *	  to be kept is read with the latest snapshot, since the running query's may be older than the change that emptied
 *	  the cache.
 */
#include "postgres.h"

#include "catalog/namespace.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/hsearch.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"

#include "directory/directory_row.h"
#include "directory/directory_gather.h"

#define KEPT_MAX	5000		/* then the cache starts again: memory is bounded */

enum
{
	REGISTRAR_ID, REGISTRAR_CLID, REGISTRAR_IANA, REGISTRAR_NAME, REGISTRAR_STATE, REGISTRAR_URL, REGISTRAR_WHOIS,
	REGISTRAR_RDAP, REGISTRAR_EMAIL, REGISTRAR_VOICE, REGISTRAR_FAX, REGISTRAR_POSTAL, REGISTRAR_ABUSE_EMAIL,
	REGISTRAR_ABUSE_VOICE, REGISTRAR_CREATED, REGISTRAR_UPDATED
};

#define REGISTRAR_TABLE(key_index, equality) {.name = "registrar", .index = key_index, .equals = equality, \
	.columns = {"id", "clid", "iana_id", "name", "state", "url", "whois_server", "rdap_base_url", "email", \
	"voice", "fax", "postal", "abuse_email", "abuse_voice", "created_at", "updated_at"}}

static DirectoryTable registrar_by_id = REGISTRAR_TABLE("registrar_pkey", F_INT4EQ);
static DirectoryTable registrar_by_iana = REGISTRAR_TABLE("registrar_iana_id_taken", F_INT4EQ);
static DirectoryTable registrar_by_clid = REGISTRAR_TABLE("registrar_clid_taken", F_TEXTEQ);
static DirectoryTable contacts_of_registrar = {
	.name = "registrar_contact", .index = "registrar_contact_pkey", .equals = F_INT4EQ, .columns = {"role", "name", "email", "voice", "fax"},
};

typedef struct KeptRegistrar
{
	int32		id;
	const DirectoryRegistrar *facts;
} KeptRegistrar;

static MemoryContext kept_context;
static HTAB *kept;
static bool kept_stale;
static Oid	registrar_table;

static DirectoryRegistrar *
registrar_of(const DirectoryRow *row)
{
	DirectoryRegistrar *registrar = palloc0(sizeof(DirectoryRegistrar));

	registrar->id = dos_row_int32(row, REGISTRAR_ID);
	registrar->clid = dos_row_text(row, REGISTRAR_CLID);
	registrar->iana_id = dos_row_int32(row, REGISTRAR_IANA);
	registrar->name = dos_row_text(row, REGISTRAR_NAME);
	registrar->state = dos_row_text(row, REGISTRAR_STATE);
	registrar->url = dos_row_text(row, REGISTRAR_URL);
	registrar->whois_server = dos_row_text(row, REGISTRAR_WHOIS);
	registrar->rdap_base_url = dos_row_text(row, REGISTRAR_RDAP);
	registrar->email = dos_row_text(row, REGISTRAR_EMAIL);
	registrar->voice = dos_row_text(row, REGISTRAR_VOICE);
	registrar->fax = dos_row_text(row, REGISTRAR_FAX);
	dos_row_postal_array(row, REGISTRAR_POSTAL, registrar->postal);
	registrar->abuse_email = dos_row_text(row, REGISTRAR_ABUSE_EMAIL);
	registrar->abuse_voice = dos_row_text(row, REGISTRAR_ABUSE_VOICE);
	registrar->created_at = dos_row_instant(row, REGISTRAR_CREATED);
	registrar->updated_at = dos_row_instant(row, REGISTRAR_UPDATED);
	if (registrar->updated_at == registrar->created_at)
		registrar->updated_at = DIRECTORY_NEVER;
	return registrar;
}

static void
registrars_invalidated(Datum arg, Oid relation)
{
	if (relation == InvalidOid || relation == registrar_table)
		kept_stale = true;
}

static void
registrars_begin(void)
{
	HASHCTL		control = {.keysize = sizeof(int32), .entrysize = sizeof(KeptRegistrar)};

	if (kept_context == NULL)
	{
		kept_context = AllocSetContextCreate(TopMemoryContext, "dos directory registrars", ALLOCSET_DEFAULT_SIZES);
		CacheRegisterRelcacheCallback(registrars_invalidated, (Datum) 0);
	}
	kept = NULL;
	MemoryContextReset(kept_context);
	control.hcxt = kept_context;
	registrar_table = get_relname_relid("registrar", get_namespace_oid("dos", false));
	kept_stale = false;
	kept = hash_create("dos directory registrars", 64, &control, HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
}

const DirectoryRegistrar *
dos_directory_registrar(int32 id)
{
	const DirectoryRegistrar *facts = NULL;
	KeptRegistrar *entry;
	MemoryContext caller;
	DirectoryRow row;

	if (kept == NULL || kept_stale || hash_get_num_entries(kept) >= KEPT_MAX)
		registrars_begin();
	entry = hash_search(kept, &id, HASH_FIND, NULL);
	if (entry != NULL)
		return entry->facts;
	PushActiveSnapshot(GetLatestSnapshot());
	if (dos_fetch(&registrar_by_id, Int32GetDatum(id), &row))
	{
		caller = MemoryContextSwitchTo(kept_context);
		facts = registrar_of(&row);
		MemoryContextSwitchTo(caller);
	}
	PopActiveSnapshot();
	/* a change that came meanwhile: good for this answer, not to be kept */
	if (facts != NULL && !kept_stale)
	{
		entry = hash_search(kept, &id, HASH_ENTER, NULL);
		entry->facts = facts;
	}
	return facts;
}

/* A registrar that is asked for itself: with its points of contact, in the order of roles and names. */
static const DirectoryRegistrar *
registrar_whole(DirectoryRegistrar *registrar)
{
	DirectoryRow *rows;
	int			count = dos_fetch_all(&contacts_of_registrar, Int32GetDatum(registrar->id), &rows);
	RegistrarContact *contacts = palloc((count + 1) * sizeof(RegistrarContact));

	for (int i = 0; i < count; i++)
		contacts[i] = (RegistrarContact) {
			.role = dos_row_text(&rows[i], 0), .name = dos_row_text(&rows[i], 1), .email = dos_row_text(&rows[i], 2),
			.voice = dos_row_text(&rows[i], 3), .fax = dos_row_text(&rows[i], 4),
		};
	registrar->contact_count = count;
	registrar->contacts = contacts;
	return registrar;
}

const DirectoryRegistrar *
dos_directory_registrar_find(const char *word)
{
	static SPIPlanPtr plan;
	size_t		digits = strspn(word, "0123456789");
	Datum		key = CStringGetTextDatum(word);
	DirectoryRow row;
	int64	   *ids;

	if (digits > 0 && digits <= 9 && word[digits] == '\0' &&
		dos_fetch(&registrar_by_iana, Int32GetDatum(atoi(word)), &row))
		return registrar_whole(registrar_of(&row));
	if (dos_fetch(&registrar_by_clid, key, &row))
		return registrar_whole(registrar_of(&row));
	if (dos_directory_ids(&plan, "SELECT r.id::pg_catalog.int8 FROM dos.registrar AS r "
			   "WHERE pg_catalog.lower(r.name) OPERATOR(pg_catalog.=) pg_catalog.lower($1) ORDER BY r.id LIMIT 1",
			   1, (Oid[]) {TEXTOID}, &key, &ids) == 0 ||
		!dos_fetch(&registrar_by_id, Int32GetDatum((int32) ids[0]), &row))
		return NULL;
	return registrar_whole(registrar_of(&row));
}
