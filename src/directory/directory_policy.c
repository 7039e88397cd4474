/*
 * directory_policy.c
 *	  Cache of the directory's policy, and the SQL faces of its tables.
 *
 * The cache must never outlive a change. Triggers on the two tables send a relation cache invalidation
 * for their table at commit, which reaches every backend here and on standbys; the cache is read again
 * with the latest snapshot, since the running query's may be older than the change that emptied it.
 */
#include "postgres.h"

#include "catalog/namespace.h"
#include "catalog/pg_type.h"
#include "commands/trigger.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/hsearch.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

#include "directory/directory_policy.h"

/* For whom a policy holds: a zone, and the tier of a reader, "" for the public. */
typedef struct PolicyKey
{
	int32		zone_id;
	char		tier[DIRECTORY_TIER_MAX];
} PolicyKey;

typedef struct PolicyEntry
{
	PolicyKey	key;
	bool		is_read;
	DirectoryPolicy policy;
} PolicyEntry;

static MemoryContext policy_context;
static HTAB *policies;
static bool policies_stale;
static Oid	policy_tables[3];
static SPIPlanPtr disclosure_plan;
static SPIPlanPtr setting_plan;
static SPIPlanPtr line_plan;

PG_FUNCTION_INFO_V1(dos_sql_directory_policy_changed);
PG_FUNCTION_INFO_V1(dos_sql_disclosure_row_known);
PG_FUNCTION_INFO_V1(dos_sql_directory_setting_known);
PG_FUNCTION_INFO_V1(dos_sql_whois_items);
PG_FUNCTION_INFO_V1(dos_sql_disclosure_policy);
PG_FUNCTION_INFO_V1(dos_sql_directory_settings);

static void
policy_invalidated(Datum arg, Oid relation)
{
	if (relation == InvalidOid || relation == policy_tables[0] || relation == policy_tables[1] || relation == policy_tables[2])
		policies_stale = true;
}

/* After a change of policy: tell every backend when the transaction commits. */
Datum
dos_sql_directory_policy_changed(PG_FUNCTION_ARGS)
{
	if (!CALLED_AS_TRIGGER(fcinfo))
		elog(ERROR, "directory_policy_changed is a trigger");
	CacheInvalidateRelcache(((TriggerData *) fcinfo->context)->tg_relation);
	PG_RETURN_POINTER(NULL);
}

static SPIPlanPtr
prepare(const char *sql, int parameters)
{
	Oid			types[] = {INT4OID, TEXTOID};
	SPIPlanPtr	plan = SPI_prepare(sql, parameters, types);

	if (plan == NULL || SPI_keepplan(plan) != 0)
		elog(ERROR, "could not prepare \"%s\"", sql);
	return plan;
}

static void
policies_begin(void)
{
	HASHCTL		control = {.keysize = sizeof(PolicyKey), .entrysize = sizeof(PolicyEntry)};
	Oid			schema = get_namespace_oid("dos", false);

	if (disclosure_plan == NULL)
		disclosure_plan = prepare("SELECT p.role, p.field, p.show, p.preference, p.method, p.person, p.country FROM dos.disclosure AS p "
								  "WHERE (p.zone_id IS NULL OR p.zone_id OPERATOR(pg_catalog.=) $1) "
								  "AND (p.reader IS NULL OR p.reader OPERATOR(pg_catalog.=) $2) "
								  "ORDER BY p.reader NULLS FIRST, p.zone_id NULLS FIRST, p.person NULLS FIRST, p.country NULLS FIRST", 2);
	if (setting_plan == NULL)
		setting_plan = prepare("SELECT s.name, s.value FROM dos.directory_setting AS s "
							   "WHERE s.zone_id IS NULL OR s.zone_id OPERATOR(pg_catalog.=) $1 "
							   "ORDER BY s.zone_id NULLS FIRST", 1);
	if (line_plan == NULL)
		line_plan = prepare("SELECT l.item, l.label FROM dos.whois_line AS l WHERE l.zone_id IS NOT DISTINCT FROM "
							"(SELECT o.zone_id FROM dos.whois_line AS o WHERE o.zone_id IS NULL OR o.zone_id OPERATOR(pg_catalog.=) $1 "
							"ORDER BY o.zone_id NULLS LAST LIMIT 1) ORDER BY l.position", 1);
	if (policy_context == NULL)
	{
		policy_context = AllocSetContextCreate(TopMemoryContext, "dos directory policy", ALLOCSET_DEFAULT_SIZES);
		CacheRegisterRelcacheCallback(policy_invalidated, (Datum) 0);
	}
	policies = NULL;
	MemoryContextReset(policy_context);
	control.hcxt = policy_context;
	policy_tables[0] = get_relname_relid("disclosure", schema);
	policy_tables[1] = get_relname_relid("directory_setting", schema);
	policy_tables[2] = get_relname_relid("whois_line", schema);
	policies = hash_create("dos directory policy", 32, &control, HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
	policies_stale = false;
}

static char *
column_text(int row, int column)
{
	return SPI_getvalue(SPI_tuptable->vals[row], SPI_tuptable->tupdesc, column);
}

static bool
column_is_true(int row, int column)
{
	bool		isnull;

	return DatumGetBool(SPI_getbinval(SPI_tuptable->vals[row], SPI_tuptable->tupdesc, column, &isnull)) && !isnull;
}

/* Row `row` of the table of disclosure. */
static void
row_read(DisclosureRow *out, int row)
{
	char	   *method = column_text(row, 5);
	char	   *person = column_text(row, 6);
	char	   *country = column_text(row, 7);

	memset(out, 0, sizeof(*out));
	out->role = dos_disclosure_role_find(column_text(row, 1));
	out->field = dos_disclosure_field_find(column_text(row, 2));
	out->cell.show = column_is_true(row, 3);
	out->cell.preference = column_is_true(row, 4);
	out->has_method = method != NULL;
	if (method != NULL)
		out->cell.method = dos_disclosure_method_find(method);
	if (person != NULL)
		out->person = dos_disclosure_person_find(person);
	if (country != NULL)
		strlcpy(out->country, country, sizeof(out->country));
}

/* The zone's own WHOIS lines, or those for all zones; none: the usual ones. */
static void
lines_read(DirectoryPolicy *policy, Datum zone_id)
{
	WhoisLine  *lines;

	if (SPI_execute_plan(line_plan, &zone_id, NULL, true, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not read dos.whois_line");
	lines = MemoryContextAlloc(policy_context, (SPI_processed + 1) * sizeof(WhoisLine));
	for (uint64 row = 0; row < SPI_processed; row++)
	{
		char	   *label = column_text(row, 2);

		lines[row].item = dos_whois_item_find(column_text(row, 1));
		lines[row].label = label ? MemoryContextStrdup(policy_context, label) : NULL;
	}
	policy->whois_lines = lines;
	policy->whois_line_count = SPI_processed;
	SPI_freetuptable(SPI_tuptable);
}

/* General rows come first, so that special ones overwrite them. */
static void
policy_read(DirectoryPolicy *policy, const PolicyKey *key)
{
	Datum		values[] = {Int32GetDatum(key->zone_id), CStringGetTextDatum(key->tier)};
	DisclosureRow *rows;

	dos_directory_policy_default(policy);
	PushActiveSnapshot(GetLatestSnapshot());
	if (SPI_execute_plan(disclosure_plan, values, NULL, true, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not read dos.disclosure");
	rows = MemoryContextAlloc(policy_context, (SPI_processed + 1) * sizeof(DisclosureRow));
	for (uint64 row = 0; row < SPI_processed; row++)
	{
		row_read(&rows[row], row);
		policy->has_special = policy->has_special || rows[row].person != PERSON_ANY || rows[row].country[0] != '\0';
	}
	policy->rows = rows;
	policy->row_count = SPI_processed;
	dos_disclosure_apply(&policy->disclosure, rows, policy->row_count, NULL);
	SPI_freetuptable(SPI_tuptable);
	if (SPI_execute_plan(setting_plan, values, NULL, true, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not read dos.directory_setting");
	for (uint64 row = 0; row < SPI_processed; row++)
		policy->settings[dos_directory_setting_find(column_text(row, 1))] =
			MemoryContextStrdup(policy_context, column_text(row, 2));
	SPI_freetuptable(SPI_tuptable);
	lines_read(policy, values[0]);
	PopActiveSnapshot();
}

const DirectoryPolicy *
dos_directory_policy(int32_t zone_id, const char *tier)
{
	PolicyKey	key;
	PolicyEntry *entry;
	bool		found;

	memset(&key, 0, sizeof(key));
	key.zone_id = zone_id;
	strlcpy(key.tier, tier, sizeof(key.tier));

	if (policies == NULL || policies_stale)
		policies_begin();
	entry = hash_search(policies, &key, HASH_ENTER, &found);
	if (!found || !entry->is_read)
	{
		entry->is_read = false;
		policy_read(&entry->policy, &key);
		entry->is_read = true;
	}
	return &entry->policy;
}

/* Is this row one that the rules can follow? */
Datum
dos_sql_disclosure_row_known(PG_FUNCTION_ARGS)
{
	DirectoryRole role = dos_disclosure_role_find(text_to_cstring(PG_GETARG_TEXT_PP(0)));
	DisclosureField field = dos_disclosure_field_find(text_to_cstring(PG_GETARG_TEXT_PP(1)));

	if (role == ROLE_COUNT || field == FIELD_COUNT)
		PG_RETURN_BOOL(false);
	if (!PG_ARGISNULL(2))
	{
		DisclosureMethod method = dos_disclosure_method_find(text_to_cstring(PG_GETARG_TEXT_PP(2)));

		PG_RETURN_BOOL(method != METHOD_COUNT && dos_disclosure_method_fits(field, method));
	}
	PG_RETURN_BOOL(true);
}

Datum
dos_sql_directory_setting_known(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(dos_directory_setting_find(text_to_cstring(PG_GETARG_TEXT_PP(0))) != SETTING_COUNT);
}

/* The policy in force for a zone (NULL: for what is in no zone), every cell of it. */
Datum
dos_sql_disclosure_policy(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	DisclosurePolicy policy;

	InitMaterializedSRF(fcinfo, 0);
	SPI_connect();
	policy = dos_directory_policy(PG_ARGISNULL(0) ? DIRECTORY_NO_ZONE : PG_GETARG_INT32(0),
								  PG_ARGISNULL(1) ? DIRECTORY_PUBLIC : text_to_cstring(PG_GETARG_TEXT_PP(1)))->disclosure;
	SPI_finish();
	for (int role = 0; role < ROLE_COUNT; role++)
		for (int field = 0; field < FIELD_COUNT; field++)
		{
			const DisclosureCell *cell = &policy.cells[role][field];
			Datum		values[5];
			bool		nulls[5] = {false};

			values[0] = CStringGetTextDatum(dos_disclosure_role_name((DirectoryRole) role));
			values[1] = CStringGetTextDatum(dos_disclosure_field_name((DisclosureField) field));
			values[2] = BoolGetDatum(cell->show);
			values[3] = BoolGetDatum(cell->preference);
			values[4] = CStringGetTextDatum(dos_disclosure_method_name(cell->method));
			tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
		}
	return (Datum) 0;
}

Datum
dos_sql_whois_items(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	for (int item = 0; item < ITEM_COUNT; item++)
	{
		const char *label = dos_whois_item_label((WhoisItem) item);
		Datum		values[2] = {CStringGetTextDatum(dos_whois_item_name((WhoisItem) item)), (Datum) 0};
		bool		nulls[2] = {false, label == NULL};

		if (label != NULL)
			values[1] = CStringGetTextDatum(label);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}

Datum
dos_sql_directory_settings(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	for (int setting = 0; setting < SETTING_COUNT; setting++)
	{
		const DirectorySettingRule *rule = dos_directory_setting((DirectorySetting) setting);
		Datum		values[3] = {CStringGetTextDatum(rule->name), (Datum) 0, CStringGetTextDatum(rule->meaning)};
		bool		nulls[3] = {false, rule->initial == NULL, false};

		if (rule->initial != NULL)
			values[1] = CStringGetTextDatum(rule->initial);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}
