/*
 * epp_xml.h
 *		XML in and out: a parser that trusts nobody, and text that is safe to write.
 *
 * No DTD, no entities but the five of XML, no network, bounded depth and
 * number of attributes. A document with a DOCTYPE is refused before anything
 * of it is processed.
 */
#ifndef EPP_XML_H
#define EPP_XML_H

#include "gw_buf.h"

#include <libxml/tree.h>

/*
 * Parse one document. NULL if it is refused; *reason then says why. Free with
 * epp_xml_free() before anything else is parsed for long: documents share the
 * parser's dictionary, which is renewed when it has grown.
 */
xmlDoc	   *epp_xml_parse(const char *text, size_t length, const char **reason);
void		epp_xml_free(xmlDoc *document);

/* Append text escaped for element content. */
void		epp_xml_text(GwBuf *out, const char *text);

/* Append text escaped for an attribute value in double quotes. */
void		epp_xml_attribute(GwBuf *out, const char *value);

/*
 * Append a copy of an element of a request, for <value>. Passwords and
 * authInfo are blanked; what is too big is shown without its content.
 */
void		epp_xml_copy(GwBuf *out, const xmlNode *node);

/*
 * Append what an element holds: its text as it is, or, if there are elements
 * too, XML that stands on its own. Passwords and authInfo are blanked.
 */
void		epp_xml_content(GwBuf *out, const xmlNode *node);

#endif
