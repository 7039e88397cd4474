/*
 * escrow_check.h
 *		The XML of a deposit, read as it is written and before it leaves: well-formed, no object twice, the header counts
 *		what is there, and (in a full or thin one) nothing refers to an object that is not there. Memory: eight octets a
 *		name, twice.
 */
#ifndef ESCROW_CHECK_H
#define ESCROW_CHECK_H

#include "escrow_parse.h"

/*
 * False has been logged, with the object's name. Objects that were set aside when the deposit was written are known:
 * `deposit` is its number. `thin`: domains and registrars alone.
 */
bool		escrow_check(PGconn *database, const char *deposit, bool thin, ParseRead read, void *source);

/* The same of a file of which no database knows anything. */
bool		escrow_check_file(bool thin, const char *path);

#endif
