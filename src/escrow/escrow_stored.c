/*
 * escrow_stored.c
 *	  Values of a deposit as the registry stores them: statuses, authorization information, numbers of ROIDs.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "base/pg_version.h"
#include "lifecycle/lifecycle.h"

#define HASH_LENGTH		(16 + 32)	/* salt and digest, as dos_internal.authinfo_hash() has them */
#define ROID_DIGITS		15

/* client* and server*: the rest follows from facts */
#define STORED_STATUSES \
	(EPP_STATUS_BIT(EPP_CLIENT_DELETE_PROHIBITED) | EPP_STATUS_BIT(EPP_CLIENT_HOLD) | EPP_STATUS_BIT(EPP_CLIENT_RENEW_PROHIBITED) | \
	 EPP_STATUS_BIT(EPP_CLIENT_TRANSFER_PROHIBITED) | EPP_STATUS_BIT(EPP_CLIENT_UPDATE_PROHIBITED) | EPP_STATUS_BIT(EPP_SERVER_DELETE_PROHIBITED) | \
	 EPP_STATUS_BIT(EPP_SERVER_HOLD) | EPP_STATUS_BIT(EPP_SERVER_RENEW_PROHIBITED) | EPP_STATUS_BIT(EPP_SERVER_TRANSFER_PROHIBITED) | \
	 EPP_STATUS_BIT(EPP_SERVER_UPDATE_PROHIBITED))

PG_FUNCTION_INFO_V1(dos_sql_escrow_auth);
PG_FUNCTION_INFO_V1(dos_sql_escrow_statuses);
PG_FUNCTION_INFO_V1(dos_sql_escrow_roid_number);

/* A digest drawn at random is that of no text anybody could find: as good as the hash of a secret that was thrown away. */
Datum
dos_sql_escrow_auth(PG_FUNCTION_ARGS)
{
	bytea	   *hash = palloc(VARHDRSZ + HASH_LENGTH);

	SET_VARSIZE(hash, VARHDRSZ + HASH_LENGTH);
	if (!pg_strong_random(VARDATA(hash), HASH_LENGTH))
		elog(ERROR, "could not generate authorization information");
	PG_RETURN_BYTEA_P(hash);
}

/* Bits of the statuses in an argument; a word that is none has no bit. */
static uint32
statuses_of(FunctionCallInfo fcinfo, int argument)
{
	Datum	   *names;
	bool	   *nulls;
	int			count;
	uint32		set = 0;

	if (PG_ARGISNULL(argument))
		return 0;
	deconstruct_array(PG_GETARG_ARRAYTYPE_P(argument), TEXTOID, -1, false, TYPALIGN_INT, &names, &nulls, &count);
	for (int i = 0; i < count; i++)
	{
		LifecycleStatus status = nulls[i] ? EPP_STATUS_COUNT : dos_lifecycle_status_find(TextDatumGetCString(names[i]));

		if (status != EPP_STATUS_COUNT)
			set |= EPP_STATUS_BIT(status);
	}
	return set;
}

/* (shown, derived, hidden) -> those that are stored */
Datum
dos_sql_escrow_statuses(PG_FUNCTION_ARGS)
{
	LifecycleState state = {.statuses = (statuses_of(fcinfo, 0) | statuses_of(fcinfo, 2)) & ~statuses_of(fcinfo, 1) & STORED_STATUSES};

	PG_RETURN_DATUM(dos_lifecycle_statuses_datum(&state));
}

/* (roid, letter) -> 17 of "D17-DOS"; NULL for one of another form */
Datum
dos_sql_escrow_roid_number(PG_FUNCTION_ARGS)
{
	const char *roid = text_to_cstring(PG_GETARG_TEXT_PP(0));
	const char *letter = text_to_cstring(PG_GETARG_TEXT_PP(1));
	size_t		digits;

	if (*roid != *letter)
		PG_RETURN_NULL();
	digits = strspn(roid + 1, "0123456789");
	if (digits < 1 || digits > ROID_DIGITS || roid[1 + digits] != '-')
		PG_RETURN_NULL();
	PG_RETURN_INT64(strtoll(roid + 1, NULL, 10));
}
