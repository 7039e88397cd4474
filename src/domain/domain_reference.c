/*
 * domain_reference.c
 *	  Contacts and hosts that a domain refers to. Their rows are locked FOR KEY SHARE, so that nobody can delete or rename them
 *	  before the command commits.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "executor/executor.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/snapmgr.h"
#include "utils/timestamp.h"

#include "base/clock.h"
#include "base/dname.h"
#include "base/error.h"
#include "base/row_column.h"
#include "base/row_fetch.h"
#include "domain/domain_reference.h"
#include "domain/domain_state.h"

enum
{
	CONTACT_ID, CONTACT_REGISTRAR, CONTACT_TRANSFER
};

static FetchTable contact_by_handle = {
	.name = "contact", .index = "contact_handle_taken", .equals = F_TEXTEQ, .second_equals = F_INT4EQ,
	.columns = {"id", "registrar_id", "transfer"},
};

enum
{
	HOST_ID, HOST_SUPERORDINATE
};

static FetchTable host_by_name = {
	.name = "host", .index = "host_name_taken", .equals = F_TEXTEQ, .columns = {"id", "superordinate_id"},
};

static FetchTable domain_by_id = {
	.name = "domain", .index = "domain_pkey", .equals = F_INT8EQ, .columns = {DOMAIN_STATE_COLUMNS},
};

/* Fields of dos.transfer */
enum
{
	TRANSFER_STATUS = 1, TRANSFER_REQUESTER = 2, TRANSFER_ACTS = 5
};

PG_FUNCTION_INFO_V1(dos_sql_domain_contacts);
PG_FUNCTION_INFO_V1(dos_sql_domain_hosts);

Datum
dos_bigint_array(Datum *ids, int count)
{
	return PointerGetDatum(construct_array(ids, count, INT8OID, sizeof(int64), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}

/* Who sponsors a contact now: a transfer that has completed by itself may not be written down yet. */
static int32
contact_sponsor(const FetchedRow *contact)
{
	HeapTupleHeader transfer;
	bool		isnull;
	Datum		status;
	Datum		acts_at;

	if (contact->nulls[CONTACT_TRANSFER])
		return DatumGetInt32(contact->values[CONTACT_REGISTRAR]);
	transfer = DatumGetHeapTupleHeader(contact->values[CONTACT_TRANSFER]);
	status = GetAttributeByNum(transfer, TRANSFER_STATUS, &isnull);
	if (!isnull && strcmp(TextDatumGetCString(status), "pending") == 0)
	{
		acts_at = GetAttributeByNum(transfer, TRANSFER_ACTS, &isnull);
		if (!isnull && DatumGetTimestampTz(acts_at) <= dos_clock_now())
			return DatumGetInt32(GetAttributeByNum(transfer, TRANSFER_REQUESTER, &isnull));
	}
	return DatumGetInt32(contact->values[CONTACT_REGISTRAR]);
}

/* The id of a contact that the registrar may use: one of its own handles first, then the registry's. */
static int64
contact_require(int32 actor_id, const char *handle, const char *element)
{
	Datum		keys[2] = {CStringGetTextDatum(handle), Int32GetDatum(actor_id)};
	FetchedRow	contact;
	bool		found = handle[0] != '\0' && dos_fetch_share(&contact_by_handle, keys, &contact);

	if (!found && handle[0] != '\0')
	{
		keys[1] = Int32GetDatum(0);
		found = dos_fetch_share(&contact_by_handle, keys, &contact);
	}
	if (!found)
		ereport(ERROR,
				(errcode(ERRCODE_DOS_OBJECT_DOES_NOT_EXIST),
				 errmsg("contact \"%s\" does not exist", handle),
				 errdetail("Contact \"%s\" does not exist.", handle),
				 dos_reason("domain_contact_unknown"), dos_element(element)));
	if (contact_sponsor(&contact) != actor_id)
		ereport(ERROR,
				(errcode(ERRCODE_DOS_AUTHORIZATION),
				 errmsg("contact \"%s\" is sponsored by another registrar", handle),
				 errdetail("Contact \"%s\" is sponsored by another registrar.", handle),
				 dos_reason("domain_contact_of_other_registrar"), dos_element(element)));
	return DatumGetInt64(contact.values[CONTACT_ID]);
}

ContactRole
dos_contact_role(const char *word)
{
	static const char *const words[ROLE_COUNT] = {[ROLE_ADMIN] = "admin", [ROLE_TECH] = "tech", [ROLE_BILLING] = "billing"};
	int			role = 0;

	while (role < ROLE_COUNT && strcmp(words[role], word) != 0)
		role++;
	return (ContactRole) role;
}

/* One 'role:ID'. A contact often has several roles, one after the other: *last is the one before. */
static void
contact_add(int32 actor_id, const char *asked, const char *registrant, DomainContacts *found, char **last, int64 *last_id)
{
	char	   *word = pnstrdup(asked, strcspn(asked, ":"));
	const char *handle = asked[strlen(word)] == ':' ? asked + strlen(word) + 1 : "";
	bool		is_registrant = strcmp(word, "registrant") == 0;
	ContactRole role = dos_contact_role(word);

	if (*last == NULL || strcmp(*last, handle) != 0)
		*last_id = contact_require(actor_id, handle, is_registrant ? "domain:registrant" : "domain:contact");
	*last = pstrdup(handle);
	if (role < ROLE_COUNT)
		found->ids[role][found->counts[role]++] = Int64GetDatum(*last_id);
	else if (is_registrant && registrant != NULL && strcmp(handle, registrant) == 0)
		found->registrant_id = *last_id;
	else
		ereport(ERROR,
				(errcode(ERRCODE_DOS_PARAMETER_SYNTAX),
				 errmsg("contact type \"%s\" is not known", word),
				 errdetail("Contact type \"%s\" is not known.", word),
				 dos_reason("domain_contact_role"), dos_element("domain:contact")));
}

void
dos_domain_contacts(int32 actor_id, const char *registrant, ArrayType *contacts, DomainContacts *found)
{
	Datum	   *asked = NULL;
	bool	   *nulls = NULL;
	int			count = 0;
	char	   *last = NULL;
	int64		last_id = 0;

	*found = (DomainContacts) {0};
	if (contacts != NULL)
		deconstruct_array(contacts, TEXTOID, -1, false, TYPALIGN_INT, &asked, &nulls, &count);
	for (int role = 0; role < ROLE_COUNT; role++)
		found->ids[role] = palloc(sizeof(Datum) * (count + 1));
	if (registrant != NULL && registrant[0] != '\0')
		contact_add(actor_id, psprintf("registrant:%s", registrant), registrant, found, &last, &last_id);
	for (int i = 0; i < count; i++)
		contact_add(actor_id, nulls[i] ? "" : TextDatumGetCString(asked[i]), registrant, found, &last, &last_id);
}

/* dos_internal.domain_contacts(zone, actor, registrant, contacts) */
Datum
dos_sql_domain_contacts(PG_FUNCTION_ARGS)
{
	DomainContacts found;
	TupleDesc	description;
	Datum		values[4];
	bool		nulls[4] = {false};

	if (get_call_result_type(fcinfo, NULL, &description) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "domain_contacts() returns a row");
	dos_domain_contacts(dos_row_int(PG_GETARG_HEAPTUPLEHEADER(1), "id"),
						PG_ARGISNULL(2) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(2)), PG_ARGISNULL(3) ? NULL : PG_GETARG_ARRAYTYPE_P(3), &found);
	nulls[0] = found.registrant_id == 0;
	values[0] = Int64GetDatum(found.registrant_id);
	for (int role = 0; role < ROLE_COUNT; role++)
		values[1 + role] = dos_bigint_array(found.ids[role], found.counts[role]);
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(description), values, nulls)));
}

static void
host_unknown(const char *name)
{
	ereport(ERROR,
			(errcode(ERRCODE_DOS_OBJECT_DOES_NOT_EXIST),
			 errmsg("host \"%s\" does not exist", name),
			 errdetail("Host \"%s\" does not exist.", name),
			 dos_reason("domain_host_unknown"), dos_element("domain:hostObj")));
}

/* A host inside a domain that is gone by the clock is gone, too; one inside a domain about to be deleted takes no more delegations. */
static void
superordinate_require(const char *name, Datum domain_id)
{
	FetchedRow	domain;
	LifecycleState state;
	bool		found;

	/* as it is now that the host is held: who deletes the domain locks its hosts */
	PushActiveSnapshot(GetTransactionSnapshot());
	found = dos_fetch(&domain_by_id, domain_id, &domain);
	PopActiveSnapshot();
	if (!found || !dos_domain_state_of(domain.values, domain.nulls, dos_clock_now(), &state))
		return;
	if (!state.registered)
		host_unknown(name);
	if (state.statuses & EPP_STATUS_BIT(EPP_PENDING_DELETE))
		ereport(ERROR,
				(errcode(ERRCODE_DOS_STATUS_PROHIBITS),
				 errmsg("host \"%s\" is about to be deleted", name),
				 errdetail("Domain \"%s\" has status \"pendingDelete\".", TextDatumGetCString(domain.values[STATE_NAME])),
				 dos_reason("domain_host_pending_delete"), dos_element("domain:hostObj")));
}

int
dos_domain_hosts(ArrayType *hosts, Datum **ids)
{
	Datum	   *asked;
	bool	   *nulls;
	int			count;

	deconstruct_array(hosts, TEXTOID, -1, false, TYPALIGN_INT, &asked, &nulls, &count);
	*ids = palloc(sizeof(Datum) * (count + 1));
	for (int i = 0; i < count; i++)
	{
		char	   *name = nulls[i] ? "" : dos_dname_require(DatumGetTextPP(asked[i]));
		Datum		key = CStringGetTextDatum(name);
		FetchedRow	host;

		if (!dos_fetch_share(&host_by_name, &key, &host))
			host_unknown(name);
		for (int before = 0; before < i; before++)
			if (DatumGetInt64((*ids)[before]) == DatumGetInt64(host.values[HOST_ID]))
				ereport(ERROR,
						(errcode(ERRCODE_DOS_PARAMETER_POLICY),
						 errmsg("host \"%s\" is given twice", name),
						 errdetail("Host \"%s\" is given twice.", name),
						 dos_reason("domain_host_repeated"), dos_element("domain:hostObj")));
		if (!host.nulls[HOST_SUPERORDINATE])
			superordinate_require(name, host.values[HOST_SUPERORDINATE]);
		(*ids)[i] = host.values[HOST_ID];
	}
	return count;
}

void
dos_domain_host_model_refuse(const char *zone_name)
{
	ereport(ERROR,
			(errcode(ERRCODE_DOS_PARAMETER_POLICY),
			 errmsg("host objects are not used in this zone"),
			 errdetail("Zone \"%s\" takes host attributes.", zone_name),
			 dos_reason("domain_host_model"), dos_element("domain:hostObj")));
}

/* dos_internal.domain_hosts(zone, hosts) */
Datum
dos_sql_domain_hosts(PG_FUNCTION_ARGS)
{
	HeapTupleHeader zone = PG_GETARG_HEAPTUPLEHEADER(0);
	Datum	   *ids = NULL;
	int			count = 0;

	if (!PG_ARGISNULL(1) && ARR_NDIM(PG_GETARG_ARRAYTYPE_P(1)) > 0)
	{
		if (strcmp(dos_row_text(zone, "host_model"), "object") != 0)
			dos_domain_host_model_refuse(dos_row_text(zone, "name"));
		count = dos_domain_hosts(PG_GETARG_ARRAYTYPE_P(1), &ids);
	}
	PG_RETURN_DATUM(dos_bigint_array(ids, count));
}
