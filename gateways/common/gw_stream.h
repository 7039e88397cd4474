/*
 * gw_stream.h
 *		One long query on a connection of its own, row by row, with flow control.
 *
 * For answers too big to hold (zone transfers). on_row gets each row as it
 * arrives; call gw_stream_pause() when the peer cannot take more: nothing is
 * read from the database then, and the server itself waits. on_end runs once,
 * with NULL after the last row or with the reason why it broke off; a reason
 * starting with an SQLSTATE ("R2303: ...") came from the server. Neither runs
 * after gw_stream_close(). Both may call pause, resume and close.
 *
 * Columns arrive in binary form when `binary` is set (bytea: the bytes).
 */
#ifndef GW_STREAM_H
#define GW_STREAM_H

#include <event2/event.h>
#include <libpq-fe.h>
#include <stdbool.h>

typedef struct GwStream GwStream;

typedef struct GwStreamQuery
{
	const char *application;	/* application_name of the connection */
	const char *sql;			/* $1, $2, ...: text parameters */
	int			value_count;
	const char *const *values;	/* copied */
	bool		binary;
	void		(*on_row) (void *arg, const PGresult *row);
	void		(*on_end) (void *arg, const char *error);
	void	   *arg;
} GwStreamQuery;

GwStream   *gw_stream_open(struct event_base *base, const GwStreamQuery *query);
void		gw_stream_pause(GwStream *stream);
void		gw_stream_resume(GwStream *stream);

/* Always required in the end, also after on_end. */
void		gw_stream_close(GwStream *stream);

#endif
