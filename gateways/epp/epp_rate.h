/*
 * epp_rate.h
 *		How many commands a registrar may send: token buckets.
 *
 * The database says what this process may let through (its share of the
 * registrar's rate, by sessions); before it does, there is no limit. A command
 * takes a token; when there is none it waits for the next, behind those that
 * wait already, but not longer than rate_delay_ms: then it is refused. Since a
 * session runs one command at a time, sessions take turns.
 */
#ifndef EPP_RATE_H
#define EPP_RATE_H

#include "gw_buf.h"

#include <libpq-fe.h>

typedef enum EppRateClass
{
	EPP_RATE_CHECK,
	EPP_RATE_READ,
	EPP_RATE_WRITE,
	EPP_RATE_AUTH,				/* answers 2202 */
	EPP_RATE_CLASSES
} EppRateClass;

extern const char *const epp_rate_names[EPP_RATE_CLASSES];

typedef struct EppRate EppRate;

/* The buckets of a registrar; they live as long as the process. */
EppRate    *epp_rate_of(const char *registrar);

/* Take a token. 0: go; more: milliseconds to wait first; less: refused, that many until there is one. */
long		epp_rate_take(EppRate *rate, EppRateClass class);

/* Would epp_rate_take() let it go at once? As it says, but nothing is taken. */
long		epp_rate_look(EppRate *rate, EppRateClass class);

/* Take a token for what has happened already. */
void		epp_rate_spend(EppRate *rate, EppRateClass class);

/* New shares, as the items 'class tokens-per-hour burst clid' of an array; what is not in it has no limit. */
void		epp_rates_set(const char *literal);

/* Append to an array literal what was used since the last call: 'class commands delayed refused clid'. */
void		epp_rates_used(GwBuf *array);

#endif
