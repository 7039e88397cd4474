/*
 * epp_secdns.h
 *		DNSSEC data of a domain in answers (RFC 5910).
 */
#ifndef EPP_SECDNS_H
#define EPP_SECDNS_H

#include "epp_response.h"

/* <secDNS:infData> from these columns, if the session asked for it and there is something to show. */
void		epp_secdns_write_info(EppResponse *response, const PGresult *result, int ds_column, int keys_column,
								  int life_column);

#endif
