/*
 * registrar.h
 *	  Registrars for C code of the rooms above.
 */
#ifndef DOS_REGISTRAR_H
#define DOS_REGISTRAR_H

/* Whether a registrar's domains renew by themselves: 1, 0, or -1 as their zone says. */
extern int	dos_registrar_autorenew(int32 id);

#endif
