/*
 * error.h
 *	  Refusals in C: an EPP failure is a PostgreSQL error.
 *
 *	  ereport(ERROR,
 *			  (errcode(ERRCODE_DOS_PARAMETER_SYNTAX),
 *			   errmsg("name \"%s\" is not valid", name),
 *			   errdetail("A label has at most 63 octets."),
 *			   dos_reason("dname_label_too_long"),
 *			   dos_element("domain:name")));
 *
 * The codes come from result_codes.txt. Which field carries what: docs/architecture.md, "Errors".
 */
#ifndef DOS_ERROR_H
#define DOS_ERROR_H

#include "utils/elog.h"

#include "dos_result_codes.h"

/* the stable name of the reason, and the element at fault */
#define dos_reason(reason)		err_generic_string(PG_DIAG_CONSTRAINT_NAME, reason)
#define dos_element(element)	err_generic_string(PG_DIAG_COLUMN_NAME, element)

#endif
