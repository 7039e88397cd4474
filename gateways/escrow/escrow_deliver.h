/*
 * escrow_deliver.h
 *		Delivery of written deposits, and its settings.
 */
#ifndef ESCROW_DELIVER_H
#define ESCROW_DELIVER_H

#include <libpq-fe.h>
#include <stdbool.h>

#include "gw_config.h"

extern const GwSetting escrow_remote_table[];
extern const int escrow_remote_count;

/* Send, tell and ask all that there is to do now; false when something failed. */
bool		escrow_deliver(PGconn *database);

#endif
