/*
 * secret.h
 *	  Hashes of secrets for C code of the rooms above.
 */
#ifndef DOS_SECRET_H
#define DOS_SECRET_H

#include "postgres.h"

/* Salted SHA-256 of authorization information (RFC 9154). */
extern bytea *dos_authinfo_hash(const text *auth);

#endif
