/*
 * directory_answer.c
 *	  Memory of answers, and lists of questions.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "base/error.h"
#include "directory/directory_answer.h"

#define QUESTIONS_MAX	1000

static void *
grow(void *data, size_t size)
{
	return repalloc(data, size);
}

DirectoryText
dos_answer_begin(void)
{
	return (DirectoryText) {palloc(ANSWER_FIRST), VARHDRSZ, ANSWER_FIRST, grow};
}

text **
dos_answer_questions(Datum array, int *count)
{
	Datum	   *elements;
	bool	   *nulls;
	text	  **questions;

	deconstruct_array(DatumGetArrayTypeP(array), TEXTOID, -1, false, TYPALIGN_INT, &elements, &nulls, count);
	if (*count > QUESTIONS_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_DOS_PARAMETER_POLICY),
				 errmsg("too many questions"),
				 errdetail("At most %d may be asked at once.", QUESTIONS_MAX),
				 dos_reason("directory_questions_too_many")));
	questions = palloc((*count + 1) * sizeof(text *));
	for (int i = 0; i < *count; i++)
		questions[i] = nulls[i] ? cstring_to_text("") : DatumGetTextPP(elements[i]);
	return questions;
}
