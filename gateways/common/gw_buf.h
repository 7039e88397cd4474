/*
 * gw_buf.h
 *		A growing piece of text. Always NUL-terminated once something was added.
 *
 * Start from a zeroed struct (`GwBuf buf = {0};`). gw_buf_reset() keeps the
 * memory for the next use; gw_buf_free() gives it back.
 */
#ifndef GW_BUF_H
#define GW_BUF_H

#include <stddef.h>

typedef struct GwBuf
{
	char	   *data;
	size_t		length;
	size_t		size;
} GwBuf;

/* Make room for this many more bytes (and a NUL). */
void		gw_buf_reserve(GwBuf *buf, size_t more);

void		gw_buf_add(GwBuf *buf, const void *data, size_t length);
void		gw_buf_puts(GwBuf *buf, const char *text);
void		gw_buf_putc(GwBuf *buf, char c);
void		gw_buf_printf(GwBuf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The text as the inside of a JSON string (no surrounding quotes). */
void		gw_buf_json(GwBuf *buf, const char *text);

void		gw_buf_reset(GwBuf *buf);
void		gw_buf_free(GwBuf *buf);

#endif
