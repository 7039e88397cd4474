/*
 * rdds_line.c
 *		Lines as clients send them, and every boundary of their length.
 */
#include "rdds_line.h"

#include "gw_tap.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct
{
	const char *data;
	size_t		length;
	RddsLine	verdict;
	size_t		used;
	const char *line;
}			cases[] = {
	{"a.test\r\n", 8, RDDS_LINE_READY, 8, "a.test"},
	{"a.test\n", 7, RDDS_LINE_READY, 7, "a.test"},
	{" \ta.test \t\r\nnext", 16, RDDS_LINE_READY, 12, "a.test"},
	{"domain\ta.test\n", 14, RDDS_LINE_READY, 14, "domain a.test"},
	{"b\xC3\xBC\n", 4, RDDS_LINE_READY, 4, "b\xC3\xBC"},
	{"a.test", 6, RDDS_LINE_MORE, 0, NULL},
	{"a.test\r", 7, RDDS_LINE_MORE, 0, NULL},
	{"", 0, RDDS_LINE_MORE, 0, NULL},
	{"\n", 1, RDDS_LINE_BLANK, 1, NULL},
	{"\r\n", 2, RDDS_LINE_BLANK, 2, NULL},
	{" \t \n", 4, RDDS_LINE_BLANK, 4, NULL},
	{"a\0b\n", 4, RDDS_LINE_JUNK, 4, NULL},
	{"a\rb\n", 4, RDDS_LINE_JUNK, 4, NULL},
	{"a\r\r\n", 4, RDDS_LINE_JUNK, 4, NULL},
	{"\xC3(\n", 3, RDDS_LINE_JUNK, 3, NULL},
	{"\x7F\n", 2, RDDS_LINE_JUNK, 2, NULL},
};

static void
test_lengths(void)
{
	static char data[RDDS_LINE_MAX + 10];
	char		line[RDDS_LINE_MAX + 1];
	size_t		used;

	memset(data, 'a', sizeof(data));
	ok(rdds_line_take(data, RDDS_LINE_MAX, line, &used) == RDDS_LINE_MORE, "the longest line without its end");
	ok(rdds_line_take(data, RDDS_LINE_MAX + 1, line, &used) == RDDS_LINE_MORE, "one octet more may be its CR");
	ok(rdds_line_take(data, RDDS_LINE_MAX + 2, line, &used) == RDDS_LINE_TOO_LONG, "two may not");
	data[RDDS_LINE_MAX] = '\n';
	ok(rdds_line_take(data, sizeof(data), line, &used) == RDDS_LINE_READY && used == RDDS_LINE_MAX + 1, "the longest line with LF");
	data[RDDS_LINE_MAX] = '\r';
	data[RDDS_LINE_MAX + 1] = '\n';
	ok(rdds_line_take(data, sizeof(data), line, &used) == RDDS_LINE_READY && used == RDDS_LINE_MAX + 2, "and with CRLF");
	data[RDDS_LINE_MAX] = 'a';
	ok(rdds_line_take(data, sizeof(data), line, &used) == RDDS_LINE_TOO_LONG && used == 0, "one octet too long");
}

int
main(void)
{
	for (size_t i = 0; i < COUNT(cases); i++)
	{
		char		line[RDDS_LINE_MAX + 1] = "";
		char		name[40];
		size_t		used;

		snprintf(name, sizeof(name), "line %zu", i);
		ok(rdds_line_take(cases[i].data, cases[i].length, line, &used) == cases[i].verdict && used == cases[i].used, name);
		if (cases[i].line)
			is_text(line, cases[i].line, "its text");
	}
	test_lengths();
	return done();
}
