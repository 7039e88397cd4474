/*
 * epp_rgp.h
 *		Grace periods of a domain in answers (RFC 3915).
 */
#ifndef EPP_RGP_H
#define EPP_RGP_H

#include "epp_response.h"

/*
 * <rgp:infData> or <rgp:upData> from a text[] column, if the session asked for it and there is something to show. The column
 * of their ends, in the same order, makes the text of each; -1: there is none.
 */
void		epp_rgp_write(EppResponse *response, const char *name, const PGresult *result, int column, int ends_column);

#endif
