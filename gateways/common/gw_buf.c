/*
 * gw_buf.c
 *		A growing piece of text. See gw_buf.h.
 */
#include "gw_buf.h"
#include "gw_memory.h"

#include <stdarg.h>

void
gw_buf_reserve(GwBuf *buf, size_t more)
{
	size_t		need = buf->length + more + 1;
	size_t		size = buf->size ? buf->size : 128;

	if (need <= buf->size)
		return;
	while (size < need)
		size *= 2;
	buf->data = gw_realloc(buf->data, size);
	buf->size = size;
}

void
gw_buf_add(GwBuf *buf, const void *data, size_t length)
{
	gw_buf_reserve(buf, length);
	if (length > 0)
		memcpy(buf->data + buf->length, data, length);
	buf->length += length;
	buf->data[buf->length] = '\0';
}

void
gw_buf_puts(GwBuf *buf, const char *text)
{
	gw_buf_add(buf, text, strlen(text));
}

void
gw_buf_putc(GwBuf *buf, char c)
{
	gw_buf_add(buf, &c, 1);
}

void
gw_buf_printf(GwBuf *buf, const char *format, ...)
{
	va_list		args;
	int			length;

	gw_buf_reserve(buf, 64);
	va_start(args, format);
	length = vsnprintf(buf->data + buf->length, buf->size - buf->length, format, args);
	va_end(args);
	if (length < 0)
		return;
	if ((size_t) length >= buf->size - buf->length)
	{
		gw_buf_reserve(buf, (size_t) length);
		va_start(args, format);
		vsnprintf(buf->data + buf->length, buf->size - buf->length, format, args);
		va_end(args);
	}
	buf->length += (size_t) length;
}

void
gw_buf_json(GwBuf *buf, const char *text)
{
	const unsigned char *c = (const unsigned char *) text;

	for (; *c; c++)
	{
		if (*c == '"' || *c == '\\')
		{
			gw_buf_putc(buf, '\\');
			gw_buf_putc(buf, (char) *c);
		}
		else if (*c < 0x20 || *c == 0x7f)
			gw_buf_printf(buf, "\\u%04x", *c);
		else
			gw_buf_putc(buf, (char) *c);
	}
}

void
gw_buf_reset(GwBuf *buf)
{
	buf->length = 0;
	if (buf->data)
		buf->data[0] = '\0';
}

void
gw_buf_free(GwBuf *buf)
{
	free(buf->data);
	memset(buf, 0, sizeof(*buf));
}
