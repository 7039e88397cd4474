/*
 * epp_store.h
 *		Where the values of a grammar go: parameters, groups, JSON.
 *
 * Between epp_grammar.c, which walks, and epp_store.c, which keeps.
 */
#ifndef EPP_STORE_H
#define EPP_STORE_H

#include "epp_grammar.h"

typedef struct EppReader
{
	const char *uri;
	EppParameters *parameters;
	EppFlaw    *flaw;
	GwBuf	   *text;			/* the value at hand, normalised */
	GwBuf	   *group;			/* AS_GROUP being collected */
	char		qualifier[16];
	bool		field_set[EPP_POSTAL_FIELDS];
	GwBuf	   *fields;
	json_t	   *object;			/* AS_MEMBER and the like go here; NULL: into the outermost */
	json_t	   *array;			/* the one this object is an element of */
} EppReader;

/* Put the value in reader->text where its row wants it; false after a flaw. */
bool		epp_store(EppReader *reader, const EppRow *row, const xmlNode *node, int occurrence);

/* Begin the object of an AS_OBJECT or AS_OBJECTS row: it is the one at hand. */
void		epp_store_object(EppReader *reader, const EppRow *row);

#endif
