/*
 * secret.c
 *	  Hashes of passwords (scrypt, RFC 7914) and of authorization information (salted SHA-256,
 *	  RFC 9154). Neither is ever stored or shown in the clear.
 *
 * A password hash is: log2(N), r, p (one octet each), 16 octets of salt, 32 octets of key. The costs
 * travel with it, so they can be raised later. An authInfo hash is 16 octets of salt and the digest:
 * authInfo is random by policy, so a fast hash suffices, and every create needs one.
 */
#include "postgres.h"

#include "fmgr.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "base/pg_version.h"
#include "base/secret.h"

#define SALT_LENGTH		16
#define KEY_LENGTH		32
#define SCRYPT_LOG_N	14
#define SCRYPT_R		8
#define SCRYPT_P		1
#define SCRYPT_MEMORY	(64 * 1024 * 1024)

typedef struct PasswordHash
{
	uint8		log_n;
	uint8		r;
	uint8		p;
	uint8		salt[SALT_LENGTH];
	uint8		key[KEY_LENGTH];
} PasswordHash;

typedef struct AuthinfoHash
{
	uint8		salt[SALT_LENGTH];
	uint8		digest[KEY_LENGTH];
} AuthinfoHash;

PG_FUNCTION_INFO_V1(dos_sql_password_hash);
PG_FUNCTION_INFO_V1(dos_sql_password_matches);
PG_FUNCTION_INFO_V1(dos_sql_authinfo_hash);
PG_FUNCTION_INFO_V1(dos_sql_authinfo_matches);

static bytea *
bytea_of(const void *data, size_t length)
{
	bytea	   *result = (bytea *) palloc(VARHDRSZ + length);

	SET_VARSIZE(result, VARHDRSZ + length);
	memcpy(VARDATA(result), data, length);
	return result;
}

static void
password_derive(const text *password, const PasswordHash *hash, uint8 *key)
{
	if (hash->log_n > 20 ||
		!EVP_PBE_scrypt(VARDATA_ANY(password), VARSIZE_ANY_EXHDR(password), hash->salt, SALT_LENGTH,
						UINT64CONST(1) << hash->log_n, hash->r, hash->p, SCRYPT_MEMORY, key, KEY_LENGTH))
		elog(ERROR, "could not derive a key from a password");
}

Datum
dos_sql_password_hash(PG_FUNCTION_ARGS)
{
	PasswordHash hash = {.log_n = SCRYPT_LOG_N, .r = SCRYPT_R, .p = SCRYPT_P};

	if (!pg_strong_random(hash.salt, SALT_LENGTH))
		elog(ERROR, "could not generate a salt");
	password_derive(PG_GETARG_TEXT_PP(0), &hash, hash.key);
	PG_RETURN_BYTEA_P(bytea_of(&hash, sizeof(hash)));
}

Datum
dos_sql_password_matches(PG_FUNCTION_ARGS)
{
	PasswordHash hash = {.log_n = SCRYPT_LOG_N, .r = SCRYPT_R, .p = SCRYPT_P};
	bool		stored = !PG_ARGISNULL(1) && VARSIZE_ANY_EXHDR(PG_GETARG_BYTEA_PP(1)) == sizeof(hash);
	uint8		key[KEY_LENGTH];

	if (stored)
		memcpy(&hash, VARDATA_ANY(PG_GETARG_BYTEA_PP(1)), sizeof(hash));
	/* the same work without a stored hash, so that time does not tell who exists */
	password_derive(PG_ARGISNULL(0) ? cstring_to_text("") : PG_GETARG_TEXT_PP(0), &hash, key);
	PG_RETURN_BOOL(stored && !PG_ARGISNULL(0) && CRYPTO_memcmp(key, hash.key, KEY_LENGTH) == 0);
}

static void
authinfo_digest(const text *auth, const uint8 *salt, uint8 *digest)
{
	static EVP_MD *sha256;
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	bool		done;

	/* looking an algorithm up costs OpenSSL 3 more than the hash does */
	if (sha256 == NULL)
		sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
	done = context != NULL && sha256 != NULL &&
		EVP_DigestInit_ex(context, sha256, NULL) &&
		EVP_DigestUpdate(context, salt, SALT_LENGTH) &&
		EVP_DigestUpdate(context, VARDATA_ANY(auth), VARSIZE_ANY_EXHDR(auth)) &&
		EVP_DigestFinal_ex(context, digest, NULL);

	EVP_MD_CTX_free(context);
	if (!done)
		elog(ERROR, "could not hash authorization information");
}

bytea *
dos_authinfo_hash(const text *auth)
{
	AuthinfoHash hash;

	if (!pg_strong_random(hash.salt, SALT_LENGTH))
		elog(ERROR, "could not generate a salt");
	authinfo_digest(auth, hash.salt, hash.digest);
	return bytea_of(&hash, sizeof(hash));
}

Datum
dos_sql_authinfo_hash(PG_FUNCTION_ARGS)
{
	PG_RETURN_BYTEA_P(dos_authinfo_hash(PG_GETARG_TEXT_PP(0)));
}

Datum
dos_sql_authinfo_matches(PG_FUNCTION_ARGS)
{
	AuthinfoHash hash;
	uint8		digest[KEY_LENGTH];

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || VARSIZE_ANY_EXHDR(PG_GETARG_BYTEA_PP(1)) != sizeof(hash))
		PG_RETURN_BOOL(false);
	memcpy(&hash, VARDATA_ANY(PG_GETARG_BYTEA_PP(1)), sizeof(hash));
	authinfo_digest(PG_GETARG_TEXT_PP(0), hash.salt, digest);
	PG_RETURN_BOOL(CRYPTO_memcmp(digest, hash.digest, KEY_LENGTH) == 0);
}
