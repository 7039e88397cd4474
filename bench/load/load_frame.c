/*
 * load_frame.c
 *		Requests with holes. See load_frame.h.
 */
#include "load_frame.h"
#include "load.h"
#include "gw_memory.h"

#define HEADER_BYTES 4

static const struct
{
	const char *word;
	size_t		width;
}			holes[HOLE_KINDS] = {
	[HOLE_NUMBER] = {"number", 8},
	[HOLE_YEAR] = {"year", 4},
	[HOLE_TRID] = {"trid", 9},
	[HOLE_CONTACT] = {"contact", 4},
	[HOLE_HOST1] = {"host1", 3},
	[HOLE_HOST2] = {"host2", 3},
};

/* A word that stays the same for all requests of an account; an empty text if there is none such. */
static void
add_constant(GwBuf *out, const char *word, size_t length, int account)
{
	const LoadOptions *o = &load_options;
	const char *login = o->accounts.count > 0 ? o->accounts.items[account] : ":";
	const char *colon = strchr(login, ':');

	if (length == 5 && memcmp(word, "label", 5) == 0)
		gw_buf_puts(out, o->label);
	else if (length == 4 && memcmp(word, "zone", 4) == 0)
		gw_buf_puts(out, o->zone);
	else if (length == 9 && memcmp(word, "month_day", 9) == 0)
		gw_buf_puts(out, o->expiry + 4);
	else if (length == 10 && memcmp(word, "hostsuffix", 10) == 0)
		gw_buf_puts(out, o->host_suffix);
	else if (length == 4 && memcmp(word, "clid", 4) == 0)
		gw_buf_add(out, login, (size_t) (colon - login));
	else if (length == 8 && memcmp(word, "password", 8) == 0)
		gw_buf_puts(out, colon + 1);
	else
		load_fatal("template: unknown word \"%.*s\"", (int) length, word);
}

static void
add_word(LoadFrame *frame, const char *word, size_t length, int account)
{
	for (int kind = 0; kind < HOLE_KINDS; kind++)
	{
		if (strlen(holes[kind].word) != length || memcmp(holes[kind].word, word, length) != 0)
			continue;
		if (frame->hole_count == LOAD_HOLES_MAX)
			load_fatal("template: more than %d holes", LOAD_HOLES_MAX);
		frame->holes[frame->hole_count].kind = kind;
		frame->holes[frame->hole_count++].offset = frame->bytes.length;
		gw_buf_printf(&frame->bytes, "%0*d", (int) holes[kind].width, 0);
		return;
	}
	add_constant(&frame->bytes, word, length, account);
}

void
load_frame_build(LoadFrame *frame, const char *template, int account, bool framed)
{
	const char *open;

	memset(frame, 0, sizeof(*frame));
	if (framed)
		gw_buf_add(&frame->bytes, "\0\0\0\0", HEADER_BYTES);
	while ((open = strchr(template, '{')) != NULL)
	{
		const char *close = strchr(open, '}');

		gw_buf_add(&frame->bytes, template, (size_t) (open - template));
		add_word(frame, open + 1, (size_t) (close - open - 1), account);
		template = close + 1;
	}
	gw_buf_puts(&frame->bytes, template);
	if (framed)
	{
		size_t		length = frame->bytes.length;

		frame->bytes.data[2] = (char) (length >> 8);
		frame->bytes.data[3] = (char) length;
	}
}

void
load_frame_fill(LoadFrame *frame, const long values[HOLE_KINDS])
{
	for (int i = 0; i < frame->hole_count; i++)
	{
		long		value = values[frame->holes[i].kind];
		char	   *start = frame->bytes.data + frame->holes[i].offset;

		for (char *digit = start + holes[frame->holes[i].kind].width; digit > start; value /= 10)
			*--digit = (char) ('0' + value % 10);
	}
}
