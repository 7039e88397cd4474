/*
 * epp_contact.h
 *		What other answers say of contacts.
 */
#ifndef EPP_CONTACT_H
#define EPP_CONTACT_H

#include "epp_response.h"

/* <contact:trnData> from six columns: id, status, requester, requested_at, actor, acts_at. */
void		epp_contact_write_transfer_data(EppResponse *response, const PGresult *result, int first_column);

#endif
