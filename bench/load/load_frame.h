/*
 * load_frame.h
 *		A request computed once, with holes where digits are written before
 *		each sending.
 *
 * Templates hold {words}. Those that are the same for all requests of a client
 * are put in at once ({label}, {zone}, {clid}, {password}, ...);
 * the others are the holes below, of fixed width, so nothing ever moves.
 */
#ifndef LOAD_FRAME_H
#define LOAD_FRAME_H

#include "gw_buf.h"

#include <stdbool.h>

typedef enum LoadHole
{
	HOLE_NUMBER,				/* {number}: of the name */
	HOLE_YEAR,					/* {year}: of the current expiry */
	HOLE_TRID,					/* {trid} */
	HOLE_CONTACT,				/* {contact} */
	HOLE_HOST1,					/* {host1} */
	HOLE_HOST2,					/* {host2} */
	HOLE_KINDS
} LoadHole;

#define LOAD_HOLES_MAX 16

typedef struct LoadFrame
{
	GwBuf		bytes;
	int			hole_count;
	struct
	{
		LoadHole	kind;
		size_t		offset;
	}			holes[LOAD_HOLES_MAX];
} LoadFrame;

/* account: position in the list of accounts. framed: with the length header of RFC 5734. */
void		load_frame_build(LoadFrame *frame, const char *template, int account, bool framed);

/* Write the digits of all holes of these kinds. */
void		load_frame_fill(LoadFrame *frame, const long values[HOLE_KINDS]);

#endif
