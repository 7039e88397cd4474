/*
 * directory_answer.h
 *	  An answer is written once, into memory of the caller with room for the varlena header in front, and
 *	  returned as it is.
 */
#ifndef DOS_DIRECTORY_ANSWER_H
#define DOS_DIRECTORY_ANSWER_H

#include "postgres.h"

#include "directory/text_rules.h"

#define ANSWER_FIRST	8192

/* An empty answer in the current memory context. */
extern DirectoryText dos_answer_begin(void);

/* The same memory for the next answer. */
static inline void
dos_answer_again(DirectoryText *answer)
{
	answer->length = VARHDRSZ;
}

static inline bool
dos_answer_is_empty(const DirectoryText *answer)
{
	return answer->length == VARHDRSZ;
}

/* As a Datum of type text. */
static inline Datum
dos_answer_text(DirectoryText *answer)
{
	SET_VARSIZE(answer->data, answer->length);
	return PointerGetDatum(answer->data);
}

/* The elements of a text[]; NULLs become ''. */
extern text **dos_answer_questions(Datum array, int *count);

#endif
