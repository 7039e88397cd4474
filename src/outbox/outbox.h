/*
 * outbox.h
 *	  Events for C code of the rooms above.
 */
#ifndef DOS_OUTBOX_H
#define DOS_OUTBOX_H

#include "utils/jsonb.h"

/* What dos_internal.outbox_put() takes; everything but event and object_name may be NULL, and 0 is no object. */
typedef struct OutboxEvent
{
	const char *event;
	const char *object_name;
	int64		object_id;
	const char *registrar;
	const char *cltrid;
	const char *svtrid;
	Jsonb	   *content;
} OutboxEvent;

/* Write an event in this transaction and wake lane "outbox" when it commits. */
extern void dos_outbox_put(const OutboxEvent *event);

#endif
