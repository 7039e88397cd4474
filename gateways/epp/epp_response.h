/*
 * epp_response.h
 *		One <response>, written from front to back into one buffer.
 *
 * Order of RFC 5730, section 2.6: result, resData, extension, trID. Writers of
 * objects use the epp_write_...() calls; they skip NULL columns.
 */
#ifndef EPP_RESPONSE_H
#define EPP_RESPONSE_H

#include "gw_buf.h"

#include <libpq-fe.h>
#include <stdbool.h>

typedef struct EppResponse
{
	GwBuf	   *out;
	const char *prefix;			/* of the object: "domain", "host", "contact" */
	const char *uri;
	unsigned	services;		/* of the session: extension data only for these */
	bool		extension_open;
	int			first_row;		/* check: the rows of this request, in a result that several may share */
	int			row_count;
} EppResponse;

/* <?xml ...><epp ...><response><result code=...><msg> */
void		epp_response_begin(GwBuf *out, int code, const char *message);

/* <extValue>; value is XML already. */
void		epp_response_value(GwBuf *out, const char *value, const char *reason);

void		epp_response_result_end(GwBuf *out);
void		epp_response_end(GwBuf *out, const char *cltrid, const char *svtrid);

/* <resData><domain:NAME ...> and its end; between them the object's elements */
void		epp_write_data(EppResponse *response, const char *name);
void		epp_write_data_end(EppResponse *response, const char *name);

/* <extension> around the first extension element; the end is written by the session. */
void		epp_write_extension(EppResponse *response);

/* The open bracket ("<" or "</") and the name with its prefix; attributes and ">" are the caller's. */
void		epp_write_tag(EppResponse *response, const char *open, const char *name);

/* <domain:name>text</domain:name>; nothing if the column is NULL or text is NULL */
void		epp_write_text(EppResponse *response, const char *name, const char *text);
void		epp_write_column(EppResponse *response, const char *name, const PGresult *result, int column);

/* A timestamptz column as 2026-11-21T11:42:11.123Z */
void		epp_write_time(EppResponse *response, const char *name, const PGresult *result, int column);

/* timestamptz as the database writes it (ISO, UTC) to xs:dateTime with three digits */
void		epp_time_text(const char *timestamp, char *text, size_t size);

/* <domain:status s="..."/> for each element of a text[] column */
void		epp_write_statuses(EppResponse *response, const PGresult *result, int column);

/* <name>item</name> for each element of a text[] column */
void		epp_write_list(EppResponse *response, const char *name, const PGresult *result, int column);

#endif
