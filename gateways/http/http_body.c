/*
 * http_body.c
 *		Entity tags and compression. See http_body.h.
 */
#include "http_body.h"
#include "gw_memory.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>

#define GZIP_WINDOW (15 + 16)	/* zlib's way to say gzip */
#define GZIP_LEVEL 1
#define GZIP_MEMORY 8

/* What stands before a date that says only when the answer was made: in RDAP answers, and in the bootstrap file. */
static const char updated[] = "\"eventAction\":\"last update of RDAP database\",\"eventDate\":\"";
static const char published[] = "\"publication\" : \"";

/* A strong enough mix for what nobody gains by forging: eight octets at a time. */
static uint64_t
hash_add(uint64_t hash, const char *data, size_t length)
{
	while (length > 0)
	{
		uint64_t	word = length;
		size_t		size = length < sizeof(word) ? length : sizeof(word);

		memcpy(&word, data, size);
		hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
		hash ^= hash >> 29;
		data += size;
		length -= size;
	}
	return hash;
}

void
http_body_tag(const char *body, size_t length, char *tag)
{
	const char *updated_at = memmem(body, length, updated, sizeof(updated) - 1);
	const char *date = updated_at ? updated_at : memmem(body, length, published, sizeof(published) - 1);
	size_t		word = updated_at ? sizeof(updated) - 1 : sizeof(published) - 1;
	size_t		head = date ? (size_t) (date - body) : length;
	const char *rest = date ? memchr(date + word, '"', length - head - word) : NULL;
	uint64_t	hash = hash_add(UINT64_C(0xCBF29CE484222325), body, head);

	if (rest)
		hash = hash_add(hash, rest, length - (size_t) (rest - body));
	snprintf(tag, HTTP_TAG_MAX, "W/\"%016llx\"", (unsigned long long) hash);
}

bool
http_body_tag_matches(const char *field, const char *tag)
{
	const char *opaque = strchr(tag, '"');
	const char *found = strstr(field, opaque);

	return found != NULL || strcmp(field, "*") == 0;
}

bool
http_body_gzip_wanted(const char *field)
{
	bool		any = false;

	while (field && *field)
	{
		size_t		length = strcspn(field, ",");
		size_t		from = strspn(field, " \t");
		size_t		name = from;
		const char *q;
		bool		refused;

		while (name < length && strchr("; \t", field[name]) == NULL)
			name++;
		q = memmem(field + name, length - name, "q=", 2);
		refused = q && q[2] == '0' && strspn(q + 3, ".0") == strcspn(q + 3, ", \t;");
		if (name - from == 4 && strncasecmp(field + from, "gzip", 4) == 0)
			return !refused;
		if (name - from == 1 && field[from] == '*')
			any = !refused;
		field += length;
		field += *field == ',';
	}
	return any;
}

const char *
http_body_gzip(const char *body, size_t length, size_t *compressed)
{
	static z_stream stream;
	static char *buffer;
	static size_t size;
	static bool is_ready;
	size_t		bound;

	if (!is_ready)
	{
		if (deflateInit2(&stream, GZIP_LEVEL, Z_DEFLATED, GZIP_WINDOW, GZIP_MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
			return NULL;
		is_ready = true;
	}
	else
		deflateReset(&stream);
	bound = deflateBound(&stream, length);
	if (bound > size)
	{
		buffer = gw_realloc(buffer, bound);
		size = bound;
	}
	stream.next_in = (unsigned char *) (uintptr_t) body;
	stream.avail_in = (unsigned) length;
	stream.next_out = (unsigned char *) buffer;
	stream.avail_out = (unsigned) size;
	if (deflate(&stream, Z_FINISH) != Z_STREAM_END || stream.total_out >= length)
		return NULL;
	*compressed = stream.total_out;
	return buffer;
}
