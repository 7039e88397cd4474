/*
 * epp_response.h
 *		One <response>.
 *
 * Order of RFC 5730, section 2.6: result, msgQ, resData, extension, trID.
 * Writers write the body; what the client did not agree to at login becomes an
 * <extValue> of the result, if the client knows how to read it there (RFC 9038),
 * and is left out otherwise. Nobody but epp_write_data() and
 * epp_write_extension() looks at the services of the session.
 *
 * Writers of objects use the epp_write_...() calls; they skip NULL columns.
 */
#ifndef EPP_RESPONSE_H
#define EPP_RESPONSE_H

#include "epp_names.h"
#include "gw_array.h"
#include "gw_buf.h"

#include <libpq-fe.h>
#include <stdbool.h>

typedef struct EppResponse
{
	GwBuf	   *out;			/* where to write now: body or values */
	GwBuf	   *body;			/* what follows the result */
	GwBuf	   *values;			/* the result: for data in namespaces that were not agreed */
	const char *prefix;			/* of what is being written: "domain", "host", "secDNS", ... */
	int			service;		/* of the object: EPP_SERVICE_DOMAIN, ... */
	const char *object_prefix;	/* while an extension is being written */
	EppServices services;		/* of the session */
	EppService	fee;			/* which of those that speak of fees */
	bool		extension_open;
	int			first_row;		/* of this request, in a result that several may share: check, info */
	int			row_count;
} EppResponse;

/* <?xml ...><epp ...><response><result code=...><msg>; language NULL: English */
void		epp_response_begin(GwBuf *out, int code, const char *message, const char *language);

/* <msg lang="...">; language NULL or "en": English, which goes without saying */
void		epp_write_message(GwBuf *out, const char *text, const char *language);

/* <extValue>; value is XML already. */
void		epp_response_value(GwBuf *out, const char *value, const char *reason);

void		epp_response_result_end(GwBuf *out);
void		epp_response_end(GwBuf *out, const char *cltrid, const char *svtrid);

/* What was written, between result and trID. */
void		epp_response_body(GwBuf *out, EppResponse *response);

/*
 * <resData><domain:NAME ...> and its end; between them the object's elements.
 * False: the client must not see it; write neither content nor end. A command
 * on an object that was not agreed is refused, so its writer need not ask.
 */
bool		epp_write_data(EppResponse *response, const char *name);
void		epp_write_data_end(EppResponse *response, const char *name);

/*
 * <rgp:NAME xmlns:rgp="..." ATTRIBUTES> in <extension>, and its end; between them
 * epp_write_text() and the like use the extension's prefix. attributes is XML
 * with a leading space, or NULL. False: the client must not see it; write
 * neither content nor end.
 */
bool		epp_write_extension(EppResponse *response, EppService service, const char *name, const char *attributes);
void		epp_write_extension_end(EppResponse *response, EppService service, const char *name);

/* The open bracket ("<" or "</") and the name with its prefix; attributes and ">" are the caller's. */
void		epp_write_tag(EppResponse *response, const char *open, const char *name);

/* <domain:name>text</domain:name>; nothing if the column is NULL or text is NULL */
void		epp_write_text(EppResponse *response, const char *name, const char *text);
void		epp_write_column(EppResponse *response, const char *name, const PGresult *result, int column);

/* A timestamptz column as 2026-11-21T11:42:11.123Z */
void		epp_write_time(EppResponse *response, const char *name, const PGresult *result, int column);

/* timestamptz as the database writes it (ISO, UTC) to xs:dateTime with three digits */
void		epp_time_text(const char *timestamp, char *text, size_t size);

/* The array of a text[] column; NULL when the column is, or (logged) is no array. The caller frees it. */
GwArray    *epp_column_array(const EppResponse *response, const PGresult *result, int column);

/* <domain:status s="..."/> for each element of a text[] column */
void		epp_write_statuses(EppResponse *response, const PGresult *result, int column);

/* <name>item</name> for each element of a text[] column */
void		epp_write_list(EppResponse *response, const char *name, const PGresult *result, int column);

#endif
