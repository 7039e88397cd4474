/*
 * identity.c
 *	  The UUID of an object, made from its ROID (RFC 9562, section 5.5).
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/uuid.h"

#include <openssl/evp.h>

#include "base/pg_version.h"

#define UUID_VERSION 5

/* The namespace of URLs: RFC 9562, section 6.6. */
static const unsigned char url_namespace[UUID_LEN] = {
	0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8
};

PG_FUNCTION_INFO_V1(dos_sql_object_uuid);

/* roid -> uuid */
Datum
dos_sql_object_uuid(PG_FUNCTION_ARGS)
{
	static const char prefix[] = "epp:roid:";
	text	   *roid = PG_GETARG_TEXT_PP(0);
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	unsigned char digest[EVP_MAX_MD_SIZE];
	pg_uuid_t  *uuid = palloc(sizeof(pg_uuid_t));
	bool		done;

	done = context != NULL && EVP_DigestInit_ex(context, EVP_sha1(), NULL) &&
		EVP_DigestUpdate(context, url_namespace, sizeof(url_namespace)) &&
		EVP_DigestUpdate(context, prefix, strlen(prefix)) &&
		EVP_DigestUpdate(context, VARDATA_ANY(roid), VARSIZE_ANY_EXHDR(roid)) &&
		EVP_DigestFinal_ex(context, digest, NULL);
	EVP_MD_CTX_free(context);
	if (!done)
		elog(ERROR, "could not compute a digest");
	memcpy(uuid->data, digest, UUID_LEN);
	uuid->data[6] = (unsigned char) ((uuid->data[6] & 0x0f) | UUID_VERSION << 4);
	uuid->data[8] = (unsigned char) ((uuid->data[8] & 0x3f) | 0x80);
	PG_RETURN_UUID_P(uuid);
}
