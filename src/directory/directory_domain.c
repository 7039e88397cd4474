/*
 * directory_domain.c
 *	  Facts about one domain: its row and state, its registrar, its contacts and hosts.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/timestamp.h"

#include "directory/directory_row.h"
#include "directory/directory_gather.h"
#include "domain/domain_state.h"

enum
{
	DOMAIN_NAME, DOMAIN_ROID, DOMAIN_CREATED, DOMAIN_UPDATED, DOMAIN_TRANSFERRED, DOMAIN_REGISTRAR, DOMAIN_REGISTRANT,
	DOMAIN_ADMIN, DOMAIN_TECH, DOMAIN_BILLING, DOMAIN_DS, DOMAIN_KEYS, DOMAIN_MAX_SIG_LIFE, DOMAIN_IDN_TABLE,
	DOMAIN_STATE, DOMAIN_ZONE = DOMAIN_STATE,
	DOMAIN_HOSTS = DOMAIN_STATE + STATE_HOSTS,
	DOMAIN_HOST_ATTRS = DOMAIN_STATE + STATE_HOST_ATTRS
};

static DirectoryTable domain_by_name = {
	.name = "domain", .index = "domain_name_taken", .equals = F_TEXTEQ,
	.columns = {"name", "roid", "created_at", "updated_at", "transferred_at", "registrar_id", "registrant_id", "admin_ids",
	"tech_ids", "billing_ids", "ds", "keys", "max_sig_life", "idn_table_id", DOMAIN_STATE_COLUMNS},
};

/* What has been fetched for this domain: a contact often has several roles. */
static const DirectoryContact *
contact_once(const DirectoryDomain *domain, int64 id)
{
	for (int role = 0; role < DIRECTORY_DOMAIN_ROLES; role++)
		for (size_t i = 0; i < domain->contacts[role].count; i++)
			if (domain->contacts[role].items[i]->id == id)
				return domain->contacts[role].items[i];
	return dos_directory_contact_by_id(id);
}

static void
gather_role(DirectoryDomain *domain, DirectoryRole role, const int64 *ids, size_t count)
{
	DirectoryContactList list = {0, palloc((count + 1) * sizeof(DirectoryContact *))};

	for (size_t i = 0; i < count; i++)
	{
		const DirectoryContact *contact = contact_once(domain, ids[i]);

		if (contact != NULL)
			list.items[list.count++] = contact;
	}
	domain->contacts[role] = list;
}

static void
gather_contacts(const DirectoryRow *row, DirectoryDomain *domain)
{
	static const struct
	{
		DirectoryRole role;
		int			column;
	}			lists[] = {{ROLE_ADMINISTRATIVE, DOMAIN_ADMIN}, {ROLE_TECHNICAL, DOMAIN_TECH}, {ROLE_BILLING, DOMAIN_BILLING}};
	int64		registrant = dos_row_int64(row, DOMAIN_REGISTRANT);

	if (!row->nulls[DOMAIN_REGISTRANT])
		gather_role(domain, ROLE_REGISTRANT, &registrant, 1);
	for (size_t i = 0; i < lengthof(lists); i++)
	{
		const int64 *ids;
		size_t		count = dos_row_int64s(row, lists[i].column, &ids);

		if (count > 0)
			gather_role(domain, lists[i].role, ids, count);
	}
}

static void
gather_hosts(const DirectoryRow *row, DirectoryDomain *domain)
{
	const int64 *ids;
	size_t		count = dos_row_int64s(row, DOMAIN_HOSTS, &ids);

	domain->hosts = palloc((count + 1) * sizeof(DirectoryHost *));
	for (size_t i = 0; i < count; i++)
		if ((domain->hosts[domain->host_count] = dos_directory_host_by_id(ids[i])) != NULL)
			domain->host_count++;
}

static void
gather_host_attributes(const DirectoryRow *row, DirectoryDomain *domain)
{
	ArrayType  *array = DatumGetArrayTypeP(row->values[DOMAIN_HOST_ATTRS]);
	Datum	   *values;
	bool	   *nulls;
	int			count;

	if (ARR_NDIM(array) == 0)
		return;
	deconstruct_array(array, ARR_ELEMTYPE(array), -1, false, TYPALIGN_DOUBLE, &values, &nulls, &count);
	domain->hosts = palloc((count + 1) * sizeof(DirectoryHost *));
	for (int i = 0; i < count; i++)
	{
		DirectoryRow attribute = dos_row_composite(values[i]);
		DirectoryHost *host = palloc0(sizeof(DirectoryHost));

		host->name = dos_row_text(&attribute, 0);
		host->unicode_name = dos_directory_unicode(host->name);
		dos_row_addresses(&attribute, 1, &host->v4, &host->v6);
		domain->hosts[domain->host_count++] = host;
	}
}

/* EPP's statuses, then those of RGP. */
static DirectoryList
statuses_of(const LifecycleState *state)
{
	DirectoryList list = {0, palloc((EPP_STATUS_COUNT + RGP_COUNT) * sizeof(char *))};

	for (int status = 0; status < EPP_STATUS_COUNT; status++)
		if (state->statuses & EPP_STATUS_BIT(status))
			list.items[list.count++] = dos_lifecycle_status((LifecycleStatus) status)->name;
	for (int rgp = 0; rgp < RGP_COUNT; rgp++)
		if (state->rgp & (UINT32_C(1) << rgp))
			list.items[list.count++] = dos_lifecycle_rgp_name((LifecycleRgp) rgp);
	return list;
}

const DirectoryDomain *
dos_directory_domain(const char *name, TimestampTz at)
{
	DirectoryDomain *domain;
	LifecycleState state;
	DirectoryRow row;

	if (!dos_fetch(&domain_by_name, CStringGetTextDatum(name), &row) ||
		!dos_domain_state_of(row.values + DOMAIN_STATE, row.nulls + DOMAIN_STATE, at, &state) || !state.registered)
		return NULL;

	domain = palloc0(sizeof(DirectoryDomain));
	domain->zone_id = dos_row_int32(&row, DOMAIN_ZONE);
	domain->name = dos_row_text(&row, DOMAIN_NAME);
	domain->unicode_name = dos_directory_unicode(domain->name);
	domain->roid = dos_row_text(&row, DOMAIN_ROID);
	domain->statuses = statuses_of(&state);
	domain->created_at = dos_row_instant(&row, DOMAIN_CREATED);
	domain->updated_at = dos_row_instant(&row, DOMAIN_UPDATED);
	domain->transferred_at = dos_row_instant(&row, DOMAIN_TRANSFERRED);
	domain->expires_at = state.expires_at == LIFECYCLE_NEVER ? DIRECTORY_NEVER : state.expires_at;
	domain->delegated = state.delegated;
	domain->ds = dos_row_texts(&row, DOMAIN_DS);
	domain->keys = dos_row_texts(&row, DOMAIN_KEYS);
	domain->max_sig_life = dos_row_int32(&row, DOMAIN_MAX_SIG_LIFE);
	if (!row.nulls[DOMAIN_IDN_TABLE])
		dos_directory_variants(domain, dos_row_int32(&row, DOMAIN_IDN_TABLE));
	gather_host_attributes(&row, domain);
	if (domain->host_count == 0)
		gather_hosts(&row, domain);
	gather_contacts(&row, domain);
	domain->registrar = dos_directory_registrar(state.transferred ? dos_domain_transferee(row.values + DOMAIN_STATE)
											 : dos_row_int32(&row, DOMAIN_REGISTRAR));
	return domain;
}
