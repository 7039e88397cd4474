/*
 * http_body.h
 *		Bodies on their way out: entity tags, compression. Pure.
 */
#ifndef HTTP_BODY_H
#define HTTP_BODY_H

#include <stdbool.h>
#include <stddef.h>

#define HTTP_TAG_MAX 24

/*
 * A weak entity tag (RFC 9110 section 8.8.3): two RDAP answers that differ only in
 * when the database was last updated have the same, as have two bootstrap files of another
 * time of publication.
 */
void		http_body_tag(const char *body, size_t length, char *tag);

/* Is the tag among those of an If-None-Match field? Compared weakly. */
bool		http_body_tag_matches(const char *field, const char *tag);

/* Does an Accept-Encoding field allow gzip (RFC 9110 section 12.5.3)? NULL: the field is missing. */
bool		http_body_gzip_wanted(const char *field);

/* The compressed body, valid until the next call, or NULL when it would not be shorter. */
const char *http_body_gzip(const char *body, size_t length, size_t *compressed);

#endif
