/*
 * Who acts in this transaction, for the record: a registrar's command, a member of staff, or nobody, which is
 * the registry's own clock.
 */
#ifndef DOS_HISTORY_ACT_H
#define DOS_HISTORY_ACT_H

#include "postgres.h"

#include "utils/jsonb.h"

/* A registrar's command begins. While staff acts (in the registrar's name, it may be) the record stays theirs. */
void		dos_act_registrar(const char *clid, const char *verb, const char *svtrid);

/* The svTRID of the client's statement, if it has one: on the lines of the log that come of it (act_log.c). */
void		dos_act_named(const char *svtrid);
void		dos_act_log_init(void);

/* Staff acts, and with it come facts for every event of the act (NULL: none). */
bool		dos_act_by_staff(void);
Jsonb	   *dos_act_facts(void);

/* The present act as a dos.act with this version. */
Datum		dos_act_datum(int32 version);

#endif
