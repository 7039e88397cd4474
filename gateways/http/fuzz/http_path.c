/*
 * http_path.c
 *		Any bytes as a path: a term is clean text within its limits.
 */
#include "http_path.h"
#include "http_query.h"
#include "gw_utf8.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int			LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char	   *path = malloc(size + 1);
	char		term[HTTP_SEGMENT_MAX + 1] = "";
	HttpRoute	route;
	static HttpQuery query;

	memcpy(path, data, size);
	path[size] = '\0';
	route = http_path_route(path, "/", term);
	if (route <= HTTP_ENTITY && (strlen(term) == 0 || !gw_utf8_is_text(term, strlen(term))))
		abort();
	if (http_query_parse(path, &query))
		for (int i = 0; i < query.count; i++)
			if (strlen(query.keys[i]) + strlen(query.values[i]) > size)
				abort();
	free(path);
	return 0;
}
