/*
 * gw_array.h
 *		PostgreSQL one-dimensional array literals ('{a,"b c",NULL}').
 *
 * Parsing:
 *		GwArray *names = gw_array_parse(PQgetvalue(result, 0, 3));
 *		for (int i = 0; i < names->count; i++)
 *			use(names->items[i]);				NULL element = NULL pointer
 *		gw_array_free(names);
 *
 * Building (the buffer may be reused):
 *		gw_array_begin(&buf);
 *		gw_array_add(&buf, "ns1.example");		NULL pointer = NULL element
 *		gw_array_end(&buf);						buf.data is the parameter
 */
#ifndef GW_ARRAY_H
#define GW_ARRAY_H

#include "gw_buf.h"

typedef struct GwArray
{
	int			count;
	char	  **items;
} GwArray;

/* The elements, or NULL when the literal is malformed or nested. */
GwArray    *gw_array_parse(const char *literal);
void		gw_array_free(GwArray *array);

void		gw_array_begin(GwBuf *buf);
void		gw_array_add(GwBuf *buf, const char *element);
void		gw_array_add_bytes(GwBuf *buf, const char *element, size_t length);
void		gw_array_end(GwBuf *buf);

#endif
