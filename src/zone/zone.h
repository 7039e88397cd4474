/*
 * zone.h
 *	  Zones for C code of the rooms above.
 */
#ifndef DOS_ZONE_H
#define DOS_ZONE_H

/* A copy of the dos.zone row with this id, from the row cache; false when there is none. */
extern bool dos_zone_get(int32 id, Datum *row);

#endif
