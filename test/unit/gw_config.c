/*
 * gw_config.c
 *		Settings: refusals change nothing; file and options in their order.
 */
#include "gw_config.h"
#include "gw_tap.h"

#include <stdlib.h>
#include <unistd.h>

static char *name;
static long number;
static bool flag;
static GwList list;

static const GwSetting table[] = {
	{"name_text", GW_TEXT, &name, "first", .choices = "first|second|third"},
	{"number", GW_INTEGER, &number, "5", 1, 10},
	{"flag", GW_BOOLEAN, &flag, "off"},
	{"list", GW_LIST, &list, "a, b"},
};

/* Load with this file text and one option; the verdict. */
static GwConfigVerdict
load(const char *text, char *option)
{
	char		path[] = "/tmp/gw_config_XXXXXX";
	char		error[256] = "";
	int			fd = mkstemp(path);
	char	   *argv[] = {"test", "-c", path, option, NULL};
	static GwConfig *config;
	GwConfigVerdict verdict;

	/* Freeing a configuration unsets its variables, so it lives until the next one. */
	if (config)
		gw_config_free(config);
	config = gw_config_new("test", "test", option ? 4 : 3, argv);
	if (write(fd, text, strlen(text)) < 0)
		return GW_CONFIG_WRONG;
	close(fd);
	gw_config_table(config, table, 4);
	verdict = gw_config_load(config, error, sizeof(error));
	if (*error)
		printf("# %s\n", error);
	unlink(path);
	if (verdict == GW_CONFIG_WRONG)
		ok(number == 0, "a refused file assigns nothing");
	return verdict;
}

int
main(void)
{
	ok(load("unknown = 1\n", NULL) == GW_CONFIG_WRONG, "unknown key");
	ok(load("number = 11\n", NULL) == GW_CONFIG_WRONG, "out of range");
	ok(load("number = 5x\n", NULL) == GW_CONFIG_WRONG, "not a number");
	ok(load("flag = maybe\n", NULL) == GW_CONFIG_WRONG, "not a boolean");
	ok(load("name_text = fourth\n", NULL) == GW_CONFIG_WRONG, "not a choice");
	ok(load("just words\n", NULL) == GW_CONFIG_WRONG, "no equals sign");
	ok(load("", "--nosuch=1") == GW_CONFIG_WRONG, "unknown option");
	ok(load("# comment\n\n flag = on\r\nnumber=10\nlist = x y\nlist = z\n", "--name-text=second") == GW_CONFIG_RUN,
	   "a good file");
	is_text(name, "second", "option with dashes");
	ok(number == 10, "number from the file");
	ok(flag, "boolean from the file");
	ok(list.count == 3 && strcmp(list.items[2], "z") == 0, "repeated list grows");
	ok(load("number = 2\n", "--number=3") == GW_CONFIG_RUN && number == 3, "the option wins");
	ok(load("", "--check") == GW_CONFIG_CHECKED, "--check");
	return done();
}
