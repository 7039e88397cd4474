/*
 * contact.c
 *	  SQL faces of the contact field rules.
 */
#include "postgres.h"

#include "fmgr.h"

#include "base/pg_version.h"
#include "contact/contact_rules.h"

PG_FUNCTION_INFO_V1(dos_sql_contact_email_valid);
PG_FUNCTION_INFO_V1(dos_sql_contact_e164_valid);

Datum
dos_sql_contact_email_valid(PG_FUNCTION_ARGS)
{
	text	   *email = PG_GETARG_TEXT_PP(0);

	PG_RETURN_BOOL(dos_contact_email_valid(VARDATA_ANY(email), VARSIZE_ANY_EXHDR(email)));
}

Datum
dos_sql_contact_e164_valid(PG_FUNCTION_ARGS)
{
	text	   *number = PG_GETARG_TEXT_PP(0);

	PG_RETURN_BOOL(dos_contact_e164_valid(VARDATA_ANY(number), VARSIZE_ANY_EXHDR(number)));
}
