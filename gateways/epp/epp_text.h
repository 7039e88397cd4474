/*
 * epp_text.h
 *		Texts of result codes in the languages that the registry offers.
 */
#ifndef EPP_TEXT_H
#define EPP_TEXT_H

#include <libpq-fe.h>

/* Take the rows of dos.epp_texts() in place of those before. */
void		epp_texts_load(const PGresult *result);

/* NULL: English, or nothing better than English. */
const char *epp_text(const char *language, int code);

#endif
