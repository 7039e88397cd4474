/*
 * epp_sql.h
 *		A frame as the SQL that it would become: `dos-epp --sql CLID < frame.xml`.
 *
 * For dos.rehearse() and for curious staff. It talks to no database, agrees to
 * every service, and says cltrid but no svTRID.
 */
#ifndef EPP_SQL_H
#define EPP_SQL_H

#include "gw_buf.h"

#include <stdbool.h>
#include <stddef.h>

/* The SELECT of a frame said by this registrar, or false and why there is none. */
bool		epp_sql_write(GwBuf *sql, const char *registrar, const char *frame, size_t length, GwBuf *reason);

/* Standard input to standard output; the exit status. */
int			epp_sql_main(const char *registrar);

#endif
