/*
 * epp_domain.h
 *		What other answers say of domains.
 */
#ifndef EPP_DOMAIN_H
#define EPP_DOMAIN_H

#include "epp_response.h"

/* <domain:trnData> from seven columns: name, status, requester, requested_at, actor, acts_at, expires_at. */
void		epp_domain_write_transfer_data(EppResponse *response, const PGresult *result, int first_column);

#endif
