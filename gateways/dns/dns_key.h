/*
 * dns_key.h
 *		TSIG keys (RFC 8945) from the settings: `tsig_key = name:algorithm:secret`.
 */
#ifndef DNS_KEY_H
#define DNS_KEY_H

#include <stdbool.h>
#include <libknot/tsig.h>

#include "gw_config.h"

typedef struct DnsKey
{
	char	   *text;			/* as in the settings */
	char	   *name;			/* lower case, no final dot */
	knot_tsig_key_t tsig;
	bool		current;		/* in the settings last read */
} DnsKey;

/* Read the keys; false, with the old ones still in use, after logging what is wrong. */
bool		dns_keys_load(const GwList *words);

/* The key of this name, or NULL. Keys stay valid for ever: a transfer may outlive the settings. */
const DnsKey *dns_key_find(const char *name);

#endif
