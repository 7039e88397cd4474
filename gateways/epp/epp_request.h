/*
 * epp_request.h
 *		One document from a client: what is asked, with its SQL parameters.
 *
 * Reading does not look at the session; the session compares what it got with
 * who is logged in, in the order of RFC 5730: known, allowed now, implemented,
 * service agreed, well-formed.
 */
#ifndef EPP_REQUEST_H
#define EPP_REQUEST_H

#include "epp_commands.h"
#include "epp_grammar.h"

#include <libxml/tree.h>

#define EPP_TRID_MAX 64
#define EPP_EXTENSIONS_MAX 8

typedef struct EppRequest
{
	xmlDoc	   *document;
	EppVerb		verb;			/* EPP_VERB_COUNT if not known */
	const xmlNode *verb_node;
	const xmlNode *object_node; /* the element inside check, create, ...; may be NULL */
	int			service;		/* of object_node; -1 if none or not ours */
	char		op[16];			/* of poll, transfer, restore and application; empty if there was none */
	const EppCommand *command;	/* NULL if there is no such verb for the object */
	const xmlNode *extensions[EPP_EXTENSIONS_MAX];
	int			extension_count;
	char		cltrid[EPP_TRID_MAX * 4 + 1];	/* empty if there was none */
} EppRequest;

/*
 * Parse a document and read its envelope. False after a flaw; verb and cltrid
 * are set as far as they could be read, since the answer echoes them.
 */
bool		epp_request_read(EppRequest *request, const char *text, size_t length, EppFlaw *flaw);

/*
 * Read the command by its grammar, and its extensions; `services` are those of
 * the session. Fills the parameters but for the registrar and the svTRID.
 */
bool		epp_request_parameters(EppRequest *request, EppServices services, EppParameters *parameters, EppFlaw *flaw);

/* The element of a request that an error of the database means ("domain:name"), or NULL. */
const xmlNode *epp_request_find(const EppRequest *request, const char *element, const char *message);

void		epp_request_free(EppRequest *request);

#endif
