/*
 * escrow_auth.c
 *	  Authorization information of objects that are loaded: nobody has any, until the sponsor sets it.
 */
#include "postgres.h"

#include "fmgr.h"
#include "miscadmin.h"
#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#endif

#define HASH_LENGTH		(16 + 32)	/* salt and digest, as dos_internal.authinfo_hash() has them */

PG_FUNCTION_INFO_V1(dos_sql_escrow_auth);

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
