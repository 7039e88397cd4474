/*
 * epp_greeting.h
 *		The greeting, as the database last described it (RFC 5730, section 2.4).
 */
#ifndef EPP_GREETING_H
#define EPP_GREETING_H

#include "gw_buf.h"

#include <libpq-fe.h>
#include <stdbool.h>

/* What the same row says that no client reads. */
typedef struct EppServer
{
	int			check_max;		/* names in one check */
	bool		replays;		/* answers to transform commands are kept for their repetition */
} EppServer;

extern EppServer epp_server;

/* Take a row of dos.epp_greeting(). False (logged) if it makes no greeting; the old one stays. */
bool		epp_greeting_load(const PGresult *result);

/* Is there one? Before that nobody can be served. */
bool		epp_greeting_known(void);

/* Append the document, dated now. */
void		epp_greeting_write(GwBuf *out);

#endif
