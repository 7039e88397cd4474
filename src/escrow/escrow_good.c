/*
 * escrow_good.c
 *	  Is a domain of an import beyond doubt? Nearly all are, and this says so for a tenth of what the questions of
 *	  dos_internal.escrow_analyze_names() cost. It may only be stricter than they are.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/executor.h"
#include "fmgr.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"

#include "base/dname_rules.h"
#include "base/pg_version.h"
#include "domain/secdns_rules.h"
#include "escrow/escrow_good.h"
#include "lifecycle/lifecycle_rules.h"
#include "zone/zone.h"

#define ROLES_MAX	8

/* What the zone wants, taken out of its row once a statement. */
typedef struct GoodZone
{
	ZoneLabels	labels;
	bool		objects;		/* host objects, else attributes */
	int			hosts_max;
	bool		registrant_required;
	int			role_count;
	char	   *roles[ROLES_MAX];
	bool		algorithms[256];	/* of DS records, and digest types: those it allows */
	bool		digests[256];
} GoodZone;

PG_FUNCTION_INFO_V1(dos_sql_escrow_domain_good);

static Datum
zone_value(HeapTupleHeader zone, const char *column)
{
	bool		isnull;

	return GetAttributeByName(zone, column, &isnull);
}

static void
numbers_take(HeapTupleHeader zone, const char *column, bool *allowed)
{
	Datum	   *numbers;
	int			count;

	deconstruct_array(DatumGetArrayTypeP(zone_value(zone, column)), INT4OID, sizeof(int32), true, TYPALIGN_INT, &numbers, NULL, &count);
	for (int i = 0; i < count; i++)
		if (DatumGetInt32(numbers[i]) >= 0 && DatumGetInt32(numbers[i]) < 256)
			allowed[DatumGetInt32(numbers[i])] = true;
}

static GoodZone *
zone_of_call(FunctionCallInfo fcinfo, HeapTupleHeader zone)
{
	GoodZone   *good = fcinfo->flinfo->fn_extra;
	MemoryContext old;
	Datum	   *roles;

	if (good != NULL)
		return good;
	old = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);
	good = palloc0(sizeof(GoodZone));
	dos_zone_labels(zone, &good->labels);
	good->objects = strcmp(TextDatumGetCString(zone_value(zone, "host_model")), "object") == 0;
	good->hosts_max = DatumGetInt32(zone_value(zone, "hosts_max"));
	good->registrant_required = DatumGetBool(zone_value(zone, "registrant_required"));
	deconstruct_array(DatumGetArrayTypeP(zone_value(zone, "contacts_required")), TEXTOID, -1, false, TYPALIGN_INT, &roles, NULL, &good->role_count);
	for (int i = 0; i < good->role_count && i < ROLES_MAX; i++)
		good->roles[i] = TextDatumGetCString(roles[i]);
	numbers_take(zone, "ds_algorithms", good->algorithms);
	numbers_take(zone, "ds_digests", good->digests);
	MemoryContextSwitchTo(old);
	fcinfo->flinfo->fn_extra = good;
	return good;
}

static TimestampTz
instant(const GoodRow *domain, enum EscrowDomainField field)
{
	return DatumGetTimestampTz(good_value(domain, field));
}

static bool
name_good(const GoodRow *domain, const GoodZone *zone)
{
	char	   *name;
	Datum		row;
	bool		isnull;

	if (!good_has(domain, DOMAIN_NAME))
		return false;
	name = TextDatumGetCString(good_value(domain, DOMAIN_NAME));
	return dos_dname_is_canonical(name, strlen(name)) && dos_zone_of(name, &row)
		&& DatumGetInt32(GetAttributeByName(DatumGetHeapTupleHeader(row), "id", &isnull)) == zone->labels.id
		&& dos_zone_labels_judge(&zone->labels, name, NULL) == LABEL_OK;
}

static bool
dates_good(const GoodRow *domain, TimestampTz watermark, TimestampTz latest)
{
	static const TimestampTz first = INT64CONST(-5478) * USECS_PER_DAY; /* 1985-01-01 */
	TimestampTz created;
	TimestampTz expires;

	if (!good_has(domain, DOMAIN_CREATED_AT) || !good_has(domain, DOMAIN_EXPIRES_AT))
		return false;
	created = instant(domain, DOMAIN_CREATED_AT);
	expires = instant(domain, DOMAIN_EXPIRES_AT);
	return created >= first && created <= watermark && created <= expires && expires <= latest
		&& (!good_has(domain, DOMAIN_UPDATED_AT) || (instant(domain, DOMAIN_UPDATED_AT) >= created && instant(domain, DOMAIN_UPDATED_AT) <= watermark));
}

/* Those that need nothing else to be right. */
static bool
statuses_good(const GoodRow *domain)
{
	const uint32 doubtful = EPP_STATUS_BIT(EPP_LINKED) | EPP_STATUS_BIT(EPP_PENDING_CREATE) | EPP_STATUS_BIT(EPP_PENDING_RENEW)
	| EPP_STATUS_BIT(EPP_PENDING_TRANSFER) | EPP_STATUS_BIT(EPP_PENDING_UPDATE);

	return dos_escrow_good_statuses(domain, DOMAIN_STATUSES, ~doubtful, 1);
}

static bool
contacts_good(const GoodRow *domain, const GoodZone *zone)
{
	Datum	   *contacts;
	bool	   *nulls;
	int			count;

	if (zone->role_count > ROLES_MAX || good_items(domain, DOMAIN_CONTACTS) < 0 || (zone->registrant_required && !good_has(domain, DOMAIN_REGISTRANT)))
		return false;
	if (zone->role_count == 0)
		return true;
	deconstruct_array(DatumGetArrayTypeP(good_value(domain, DOMAIN_CONTACTS)), TEXTOID, -1, false, TYPALIGN_INT, &contacts, &nulls, &count);
	for (int role = 0; role < zone->role_count; role++)
	{
		size_t		length = strlen(zone->roles[role]);
		bool		found = false;

		for (int i = 0; i < count && !found; i++)
			found = !nulls[i] && VARSIZE_ANY_EXHDR(DatumGetPointer(contacts[i])) > length
				&& memcmp(VARDATA_ANY(DatumGetPointer(contacts[i])), zone->roles[role], length) == 0 && VARDATA_ANY(DatumGetPointer(contacts[i]))[length] == ':';
		if (!found)
			return false;
	}
	return true;
}

static bool
hosts_good(const GoodRow *domain, const GoodZone *zone)
{
	int			objects = good_items(domain, DOMAIN_HOSTS);
	int			attributes = good_items(domain, DOMAIN_HOST_ATTRS);

	return objects >= 0 && attributes >= 0 && (zone->objects ? attributes : objects) == 0 && objects + attributes <= zone->hosts_max;
}

/* As they are stored, and of the kinds that the zone allows. */
static bool
secdns_good(const GoodRow *domain, const GoodZone *zone)
{
	Datum	   *records;
	bool	   *nulls;
	int			count;

	if (good_items(domain, DOMAIN_KEYS) != 0 || good_items(domain, DOMAIN_DS) < 0)
		return false;
	deconstruct_array(DatumGetArrayTypeP(good_value(domain, DOMAIN_DS)), TEXTOID, -1, false, TYPALIGN_INT, &records, &nulls, &count);
	for (int i = 0; i < count; i++)
	{
		static SecdnsDs ds;
		char	   *record = nulls[i] ? NULL : TextDatumGetCString(records[i]);

		if (!record || dos_secdns_ds(record, &ds) != SECDNS_OK || strcmp(ds.text, record) != 0 || !zone->algorithms[ds.algorithm] || !zone->digests[ds.digest_type])
			return false;
	}
	return true;
}

/* (dos.escrow_in_domain, dos.zone, watermark, last expiry) */
Datum
dos_sql_escrow_domain_good(PG_FUNCTION_ARGS)
{
	const GoodZone *zone = zone_of_call(fcinfo, PG_GETARG_HEAPTUPLEHEADER(1));
	GoodRow		domain;

	dos_escrow_good_take(PG_GETARG_HEAPTUPLEHEADER(0), DOMAIN_FIELDS, &domain);
	PG_RETURN_BOOL(good_has(&domain, DOMAIN_ROID) && good_has(&domain, DOMAIN_SPONSOR) && !good_has(&domain, DOMAIN_IDN_TABLE) && !good_has(&domain, DOMAIN_TRANSFER_STATUS)
				   && secdns_good(&domain, zone) && dates_good(&domain, PG_GETARG_TIMESTAMPTZ(2), PG_GETARG_TIMESTAMPTZ(3))
				   && statuses_good(&domain) && hosts_good(&domain, zone) && contacts_good(&domain, zone) && name_good(&domain, zone));
}
