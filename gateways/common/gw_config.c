/*
 * gw_config.c
 *		Settings from file and command line. See gw_config.h.
 *
 * Loading has two phases: collect the text of every setting, then check all
 * of them, and only then assign. A load that fails assigns nothing.
 */
#include "gw_config.h"
#include "gw_buf.h"
#include "gw_memory.h"

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <strings.h>

#define SETTING_MAX 128
#define LINE_MAX_BYTES 4096

struct GwConfig
{
	const char *program;
	const char *purpose;
	int			argc;
	char	  **argv;
	int			count;
	bool		loaded;			/* settings with `fixed` are not assigned again */
	const GwSetting *settings[SETTING_MAX];
	char	   *texts[SETTING_MAX];	/* being collected */
};

GwConfig *
gw_config_new(const char *program, const char *purpose, int argc, char **argv)
{
	GwConfig   *config = gw_new(sizeof(*config));

	config->program = program;
	config->purpose = purpose;
	config->argc = argc;
	config->argv = argv;
	return config;
}

void
gw_config_table(GwConfig *config, const GwSetting *settings, int count)
{
	for (int i = 0; i < count && config->count < SETTING_MAX; i++)
		config->settings[config->count++] = &settings[i];
}

/* Write the message and say WRONG. */
static GwConfigVerdict __attribute__((format(printf, 3, 4)))
config_wrong(char *error, size_t size, const char *format, ...)
{
	va_list		args;

	va_start(args, format);
	vsnprintf(error, size, format, args);
	va_end(args);
	return GW_CONFIG_WRONG;
}

/* Position of a setting by name; '-' and '_' are the same. -1 if unknown. */
static int
config_find(const GwConfig *config, const char *name, size_t length)
{
	for (int i = 0; i < config->count; i++)
	{
		const char *known = config->settings[i]->name;
		size_t		at = 0;

		while (at < length && known[at] && (known[at] == name[at] || (known[at] == '_' && name[at] == '-')))
			at++;
		if (at == length && known[at] == '\0')
			return i;
	}
	return -1;
}

/* Remember a setting's text; a repeated list in the same source grows. */
static void
config_text(GwConfig *config, int at, const char *value, bool append)
{
	char	   *old = config->texts[at];
	GwBuf		joined = {0};

	if (append && old && config->settings[at]->type == GW_LIST)
		gw_buf_printf(&joined, "%s, ", old);
	gw_buf_puts(&joined, value);
	free(old);
	config->texts[at] = joined.data;
}

/* Cut white space from both ends, in place. */
static char *
config_trim(char *text)
{
	char	   *end;

	text += strspn(text, " \t\r\n");
	end = text + strlen(text);
	while (end > text && strchr(" \t\r\n", end[-1]))
		end--;
	*end = '\0';
	return text;
}

static GwConfigVerdict
config_read_file(GwConfig *config, const char *file, char *error, size_t size)
{
	char		line[LINE_MAX_BYTES];
	bool		seen[SETTING_MAX] = {false};
	int			number = 0;
	FILE	   *stream = fopen(file, "re");
	GwConfigVerdict verdict = GW_CONFIG_RUN;

	if (stream == NULL)
		return config_wrong(error, size, "could not open \"%s\": %s", file, strerror(errno));
	while (verdict == GW_CONFIG_RUN && fgets(line, sizeof(line), stream))
	{
		char	   *key = config_trim(line);
		char	   *equals = strchr(key, '=');
		int			at;

		number++;
		if (*key == '\0' || *key == '#')
			continue;
		if (equals == NULL)
		{
			verdict = config_wrong(error, size, "%s:%d: expected \"key = value\"", file, number);
			break;
		}
		*equals = '\0';
		key = config_trim(key);
		at = config_find(config, key, strlen(key));
		if (at < 0)
			verdict = config_wrong(error, size, "%s:%d: unknown setting \"%s\"", file, number, key);
		else
		{
			config_text(config, at, config_trim(equals + 1), seen[at]);
			seen[at] = true;
		}
	}
	fclose(stream);
	return verdict;
}

/* One word of the command line, perhaps with the next one as its value. */
static GwConfigVerdict
config_read_option(GwConfig *config, int *arg, char *error, size_t size)
{
	const char *word = config->argv[*arg];
	const char *name = word + 2;
	size_t		length = strcspn(name, "=");
	int			at;

	if (strncmp(word, "--", 2) != 0)
		return config_wrong(error, size, "unexpected argument \"%s\"", word);
	at = config_find(config, name, length);
	if (at < 0)
		return config_wrong(error, size, "unknown option \"%s\"", word);
	if (name[length] == '=')
		config_text(config, at, name + length + 1, false);
	else if (*arg + 1 < config->argc)
		config_text(config, at, config->argv[++*arg], false);
	else
		return config_wrong(error, size, "option \"%s\" needs a value", word);
	return GW_CONFIG_RUN;
}

static bool
config_boolean(const char *text, bool *value)
{
	static const struct
	{
		const char *word;
		bool		value;
	}			words[] = {
		{"on", true}, {"true", true}, {"yes", true}, {"1", true},
		{"off", false}, {"false", false}, {"no", false}, {"0", false},
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
	{
		if (strcasecmp(text, words[i].word) == 0)
		{
			*value = words[i].value;
			return true;
		}
	}
	return false;
}

static bool
config_integer(const GwSetting *setting, const char *text, long *value)
{
	char	   *end;

	errno = 0;
	*value = strtol(text, &end, 10);
	return errno == 0 && end != text && *end == '\0' && *value >= setting->minimum && *value <= setting->maximum;
}

/* Is the word one of "a|b|c"? */
static bool
config_choice(const char *choices, const char *word)
{
	size_t		length = strlen(word);

	for (const char *c = choices; *c; c += strcspn(c, "|"), c += *c == '|')
		if (strcspn(c, "|") == length && strncmp(c, word, length) == 0)
			return true;
	return false;
}

static GwConfigVerdict
config_check(const GwSetting *setting, const char *text, char *error, size_t size)
{
	bool		boolean;
	long		integer;

	if (text == NULL)
		return GW_CONFIG_RUN;
	if (setting->type == GW_INTEGER && !config_integer(setting, text, &integer))
		return config_wrong(error, size, "setting \"%s\" must be an integer between %ld and %ld, not \"%s\"",
							setting->name, setting->minimum, setting->maximum, text);
	if (setting->type == GW_BOOLEAN && !config_boolean(text, &boolean))
		return config_wrong(error, size, "setting \"%s\" must be on or off, not \"%s\"", setting->name, text);
	if (setting->type == GW_TEXT && setting->choices && !config_choice(setting->choices, text))
		return config_wrong(error, size, "setting \"%s\" must be one of %s, not \"%s\"",
							setting->name, setting->choices, text);
	return GW_CONFIG_RUN;
}

/* Replace a list by the words of the text. */
static void
config_assign_list(GwList *list, const char *text)
{
	for (int i = 0; i < list->count; i++)
		free(list->items[i]);
	free(list->items);
	list->items = NULL;
	list->count = 0;
	while (text && *(text += strspn(text, ", \t")))
	{
		size_t		length = strcspn(text, ", \t");

		list->items = gw_realloc(list->items, (size_t) (list->count + 1) * sizeof(char *));
		list->items[list->count++] = gw_memory_checked(strndup(text, length));
		text += length;
	}
}

static void
config_assign(const GwSetting *setting, const char *text)
{
	switch (setting->type)
	{
		case GW_TEXT:
			free(*(char **) setting->variable);
			*(char **) setting->variable = text && *text ? gw_strdup(text) : NULL;
			break;
		case GW_INTEGER:
			*(long *) setting->variable = 0;
			if (text)
				config_integer(setting, text, setting->variable);
			break;
		case GW_BOOLEAN:
			*(bool *) setting->variable = false;
			if (text)
				config_boolean(text, setting->variable);
			break;
		case GW_LIST:
			config_assign_list(setting->variable, text);
			break;
	}
}

static void
config_help(const GwConfig *config)
{
	static const char *const kinds[] = {
		[GW_TEXT] = "text",[GW_INTEGER] = "integer",[GW_BOOLEAN] = "on|off",[GW_LIST] = "list",
	};

	printf("%s: %s\n\nUsage: %s [-c FILE] [--check] [--SETTING=VALUE ...]\n\n"
		   "  -c FILE      read settings from this file (\"setting = value\" lines)\n"
		   "  --check      check the settings and exit\n"
		   "  --help       print this page and exit\n\n"
		   "Settings, in the file (with _) or as options (with - or _):\n\n",
		   config->program, config->purpose, config->program);
	for (int i = 0; i < config->count; i++)
	{
		const GwSetting *s = config->settings[i];

		printf("  %s = %s", s->name, s->choices ? s->choices : kinds[s->type]);
		if (s->type == GW_INTEGER)
			printf(" (%ld .. %ld)", s->minimum, s->maximum);
		if (s->initial)
			printf(", default %s", s->initial);
		printf("%s\n      %s\n", s->fixed ? " [read at start only]" : "", s->help ? s->help : "");
	}
}

/* -c, --check and --help, wherever they stand. */
static GwConfigVerdict
config_scan(GwConfig *config, const char **file, bool *check, char *error, size_t size)
{
	for (int i = 1; i < config->argc; i++)
	{
		const char *word = config->argv[i];

		if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0)
		{
			config_help(config);
			return GW_CONFIG_HELPED;
		}
		if (strcmp(word, "--check") == 0)
			*check = true;
		else if (strcmp(word, "-c") == 0)
		{
			if (++i >= config->argc)
				return config_wrong(error, size, "option \"-c\" needs a file");
			*file = config->argv[i];
		}
	}
	return GW_CONFIG_RUN;
}

/* Collect defaults, file and options, in this order. */
static GwConfigVerdict
config_collect(GwConfig *config, bool *check, char *error, size_t size)
{
	const char *file = NULL;
	GwConfigVerdict verdict = config_scan(config, &file, check, error, size);

	for (int i = 0; i < config->count; i++)
	{
		free(config->texts[i]);
		config->texts[i] = gw_strdup(config->settings[i]->initial);
	}
	if (verdict == GW_CONFIG_RUN && file)
		verdict = config_read_file(config, file, error, size);
	for (int i = 1; i < config->argc && verdict == GW_CONFIG_RUN; i++)
	{
		if (strcmp(config->argv[i], "-c") == 0)
			i++;
		else if (strcmp(config->argv[i], "--check") != 0)
			verdict = config_read_option(config, &i, error, size);
	}
	return verdict;
}

GwConfigVerdict
gw_config_load(GwConfig *config, char *error, size_t error_size)
{
	bool		check = false;
	GwConfigVerdict verdict = config_collect(config, &check, error, error_size);

	for (int i = 0; i < config->count && verdict == GW_CONFIG_RUN; i++)
		verdict = config_check(config->settings[i], config->texts[i], error, error_size);
	for (int i = 0; i < config->count && verdict == GW_CONFIG_RUN; i++)
		if (!config->loaded || !config->settings[i]->fixed)
			config_assign(config->settings[i], config->texts[i]);
	if (verdict != GW_CONFIG_RUN)
		return verdict;
	config->loaded = true;
	return check ? GW_CONFIG_CHECKED : GW_CONFIG_RUN;
}

void
gw_config_free(GwConfig *config)
{
	for (int i = 0; i < config->count; i++)
	{
		config_assign(config->settings[i], NULL);
		free(config->texts[i]);
	}
	free(config);
}
