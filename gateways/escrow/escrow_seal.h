/*
 * escrow_seal.h
 *		OpenPGP through GPGME (registry agreement, Specification 2 part A 4): compress and encrypt a file into parts,
 *		sign each part; check and open again. Memory is that of a buffer, whatever the size.
 */
#ifndef ESCROW_SEAL_H
#define ESCROW_SEAL_H

#include <stdbool.h>

typedef struct EscrowParts
{
	int			count;
	char	  **paths;			/* of the encrypted parts; each has its signature beside it, .sig for .ryde */
} EscrowParts;

/*
 * Encrypt a file into PREFIX_S1_SUFFIX.ryde, PREFIX_S2_..., each with a detached signature. `parts` says what was
 * written, also when it failed on the way.
 */
bool		escrow_seal(const char *source, const char *prefix, const char *suffix, EscrowParts *parts);

/* Check the signatures of the parts, in this order, and decrypt them into a file. */
bool		escrow_unseal(char *const *parts, int count, const char *target);

void		escrow_parts_free(EscrowParts *parts);

#endif
