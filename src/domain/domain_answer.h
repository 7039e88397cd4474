/*
 * domain_answer.h
 *	  What domain:info says of a domain, for one name and for many.
 */
#ifndef DOS_DOMAIN_ANSWER_H
#define DOS_DOMAIN_ANSWER_H

#include "postgres.h"

#define DOMAIN_ANSWER_COLUMNS 23	/* of dos.domain_data */

typedef struct DomainAnswer
{
	Datum		values[DOMAIN_ANSWER_COLUMNS];
	bool		nulls[DOMAIN_ANSWER_COLUMNS];
} DomainAnswer;

/* The id of the registrar who asks; R2201 when it may not. */
extern int32 dos_domain_asker(const char *clid);

/* A registered domain with all its hosts, of which no extension has anything to say; false for every other name. */
extern bool dos_domain_answer_plain(text *asked, int32 registrar_id, DomainAnswer *answer);

#endif
