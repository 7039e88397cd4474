/*
 * gw_array.c
 *		Array literals: what the server writes is read, what we write it reads.
 */
#include "gw_array.h"
#include "gw_tap.h"

static void
test_refusals(void)
{
	static const char *const malformed[] = {
		"", "a", "{", "{a", "{a,", "{\"a}", "{{a},{b}}", "{a}b", "{a\"b\"}", "{\"a\"b}",
	};

	for (size_t i = 0; i < sizeof(malformed) / sizeof(malformed[0]); i++)
	{
		GwArray    *array = gw_array_parse(malformed[i]);

		ok(array == NULL, malformed[i]);
		gw_array_free(array);
	}
}

static void
test_parse(void)
{
	GwArray    *array = gw_array_parse("{plain,\"two words\",NULL,\"NULL\",\"a\\\"b\\\\c\",\"\",\"x,y}\"}");

	ok(array != NULL && array->count == 7, "seven elements");
	is_text(array->items[0], "plain", "plain word");
	is_text(array->items[1], "two words", "quoted words");
	is_text(array->items[2], NULL, "NULL element");
	is_text(array->items[3], "NULL", "quoted NULL is text");
	is_text(array->items[4], "a\"b\\c", "escapes");
	is_text(array->items[5], "", "empty text");
	is_text(array->items[6], "x,y}", "quoted delimiters");
	gw_array_free(array);
	array = gw_array_parse("{}");
	ok(array != NULL && array->count == 0, "empty array");
	gw_array_free(array);
}

static void
test_build(void)
{
	GwBuf		buf = {0};

	gw_array_begin(&buf);
	gw_array_end(&buf);
	is_text(buf.data, "{}", "empty array is built");
	gw_array_begin(&buf);
	gw_array_add(&buf, "a\"b\\c");
	gw_array_add(&buf, NULL);
	gw_array_add(&buf, "");
	gw_array_add_bytes(&buf, "xyz", 2);
	gw_array_end(&buf);
	is_text(buf.data, "{\"a\\\"b\\\\c\",NULL,\"\",\"xy\"}", "elements are quoted");
	gw_buf_free(&buf);
}

int
main(void)
{
	test_refusals();
	test_parse();
	test_build();
	return done();
}
