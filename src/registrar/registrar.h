/*
 * registrar.h
 *	  Registrars for C code of the rooms above.
 */
#ifndef DOS_REGISTRAR_H
#define DOS_REGISTRAR_H

#include "access/htup.h"

/* Whether a registrar's domains renew by themselves: 1, 0, or -1 as their zone says. */
extern int	dos_registrar_autorenew(int32 id);

/*
 * The gather step of every verb: a copy of the dos.registrar row of who acts. Raises what the SQL face says; `clid` and
 * `svtrid` may be NULL.
 */
extern HeapTupleHeader dos_registrar_act(const char *clid, const char *verb, const char *svtrid);

/* Refuse a check of more objects than dos.epp_setting allows; element: of each of them. */
extern void dos_check_require(int asked, const char *element);

/* The clID of a registrar, NULL when there is none. */
extern char *dos_registrar_clid(int32 id);

#endif
