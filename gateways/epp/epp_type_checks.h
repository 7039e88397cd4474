/*
 * epp_type_checks.h
 *		Checks of the simple types of extensions, for the table in epp_types.c.
 *
 * The value is normalised already; a check may rewrite it. 0 or a result code.
 */
#ifndef EPP_TYPE_CHECKS_H
#define EPP_TYPE_CHECKS_H

#include "gw_buf.h"

#define SYNTAX 2001				/* the XSD says no */
#define VALUE 2005				/* the XSD cannot say no */
#define RANGE 2004				/* ... nor can it say that it is beyond us */
#define UNKNOWN 2303			/* well-formed, but names nothing */

int			epp_check_currency(GwBuf *value, const char *qualifier, const char **reason);
int			epp_check_fee(GwBuf *value, const char *qualifier, const char **reason);
int			epp_check_credit(GwBuf *value, const char *qualifier, const char **reason);
int			epp_check_duration(GwBuf *value, const char *qualifier, const char **reason);
int			epp_check_encoding(GwBuf *value, const char *qualifier, const char **reason);
int			epp_check_ttl(GwBuf *value, const char *qualifier, const char **reason);
int			epp_check_record_type(GwBuf *value, const char *qualifier, const char **reason);

#endif
