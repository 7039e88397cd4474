/*
 * escrow_good_contact.c
 *	  Is a contact of an import beyond doubt? As escrow_good.c for domains: it may only be stricter than what
 *	  dos_internal.escrow_analyze_objects() asks.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"

#include "base/pg_version.h"
#include "contact/contact_rules.h"
#include "escrow/escrow_good.h"
#include "lifecycle/lifecycle_rules.h"

#define LETTERS		26
#define POSTAL		9

enum
{
	POSTAL_NAME = 0, POSTAL_CITY = 5, POSTAL_COUNTRY = 8
};

typedef struct Countries
{
	bool		known[LETTERS][LETTERS];
} Countries;

PG_FUNCTION_INFO_V1(dos_sql_escrow_contact_good);

static bool *
country(Countries *countries, const char *code, size_t length)
{
	static bool none;

	none = false;
	if (length != 2 || code[0] < 'A' || code[0] > 'Z' || code[1] < 'A' || code[1] > 'Z')
		return &none;
	return &countries->known[code[0] - 'A'][code[1] - 'A'];
}

/* Those of the first call: they do not change within a statement. */
static Countries *
countries_of_call(FunctionCallInfo fcinfo, ArrayType *codes)
{
	Countries  *countries = fcinfo->flinfo->fn_extra;
	Datum	   *items;
	int			count;

	if (countries != NULL)
		return countries;
	countries = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(Countries));
	deconstruct_array(codes, TEXTOID, -1, false, TYPALIGN_INT, &items, NULL, &count);
	for (int i = 0; i < count; i++)
		*country(countries, VARDATA_ANY(DatumGetPointer(items[i])), VARSIZE_ANY_EXHDR(DatumGetPointer(items[i]))) = true;
	fcinfo->flinfo->fn_extra = countries;
	return countries;
}

static const char *
text_of(const GoodRow *contact, enum EscrowContactField field, size_t *length)
{
	text	   *packed = DatumGetTextPP(good_value(contact, field));

	*length = VARSIZE_ANY_EXHDR(packed);
	return VARDATA_ANY(packed);
}

/* Letters, digits and signs alone; what may have spaces inside is asked elsewhere. */
static bool
handle_good(const GoodRow *contact)
{
	size_t		length;
	const char *handle;

	if (!good_has(contact, CONTACT_HANDLE))
		return false;
	handle = text_of(contact, CONTACT_HANDLE, &length);
	for (size_t i = 0; i < length; i++)
		if (handle[i] <= ' ' || handle[i] >= 0x7f)
			return false;
	return length >= 3 && length <= 16;
}

static bool
email_good(const GoodRow *contact)
{
	size_t		length;
	const char *email = good_has(contact, CONTACT_EMAIL) ? text_of(contact, CONTACT_EMAIL, &length) : NULL;

	return email && dos_contact_email_valid(email, length);
}

static bool
number_good(const GoodRow *contact, enum EscrowContactField field)
{
	size_t		length;
	const char *number = good_has(contact, field) ? text_of(contact, field, &length) : NULL;

	return !number || dos_contact_e164_valid(number, length);
}

/* Absent, or with name, city and a country that there is. */
static bool
postal_good(const GoodRow *contact, enum EscrowContactField field, Countries *countries)
{
	Datum	   *parts;
	bool	   *nulls;
	int			count;
	struct varlena *code;

	if (!good_has(contact, field))
		return true;
	deconstruct_array(DatumGetArrayTypeP(good_value(contact, field)), TEXTOID, -1, false, TYPALIGN_INT, &parts, &nulls, &count);
	if (count != POSTAL || nulls[POSTAL_NAME] || nulls[POSTAL_CITY] || nulls[POSTAL_COUNTRY]
		|| VARSIZE_ANY_EXHDR(DatumGetPointer(parts[POSTAL_NAME])) == 0 || VARSIZE_ANY_EXHDR(DatumGetPointer(parts[POSTAL_CITY])) == 0)
		return false;
	code = (struct varlena *) DatumGetPointer(parts[POSTAL_COUNTRY]);
	return *country(countries, VARDATA_ANY(code), VARSIZE_ANY_EXHDR(code));
}

static bool
statuses_good(const GoodRow *contact)
{
	const uint32 known = EPP_STATUS_BIT(EPP_OK) | EPP_STATUS_BIT(EPP_LINKED) | EPP_STATUS_BIT(EPP_CLIENT_DELETE_PROHIBITED)
	| EPP_STATUS_BIT(EPP_CLIENT_TRANSFER_PROHIBITED) | EPP_STATUS_BIT(EPP_CLIENT_UPDATE_PROHIBITED) | EPP_STATUS_BIT(EPP_SERVER_DELETE_PROHIBITED)
	| EPP_STATUS_BIT(EPP_SERVER_TRANSFER_PROHIBITED) | EPP_STATUS_BIT(EPP_SERVER_UPDATE_PROHIBITED);

	return dos_escrow_good_statuses(contact, CONTACT_STATUSES, known, 0);
}

/* (dos.escrow_in_contact, codes of countries, watermark) */
Datum
dos_sql_escrow_contact_good(PG_FUNCTION_ARGS)
{
	static const TimestampTz first = INT64CONST(-5478) * USECS_PER_DAY; /* 1985-01-01 */
	Countries  *countries = countries_of_call(fcinfo, PG_GETARG_ARRAYTYPE_P(1));
	GoodRow		contact;
	TimestampTz created;

	dos_escrow_good_take(PG_GETARG_HEAPTUPLEHEADER(0), CONTACT_FIELDS, &contact);
	if (!good_has(&contact, CONTACT_ROID) || !good_has(&contact, CONTACT_SPONSOR) || !good_has(&contact, CONTACT_CREATED_AT)
		|| (!good_has(&contact, CONTACT_INT_POSTAL) && !good_has(&contact, CONTACT_LOC_POSTAL)))
		PG_RETURN_BOOL(false);
	created = DatumGetTimestampTz(good_value(&contact, CONTACT_CREATED_AT));
	PG_RETURN_BOOL(created >= first && created <= PG_GETARG_TIMESTAMPTZ(2) && handle_good(&contact) && email_good(&contact)
				   && number_good(&contact, CONTACT_VOICE) && number_good(&contact, CONTACT_FAX)
				   && postal_good(&contact, CONTACT_INT_POSTAL, countries) && postal_good(&contact, CONTACT_LOC_POSTAL, countries) && statuses_good(&contact));
}
