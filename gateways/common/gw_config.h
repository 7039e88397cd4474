/*
 * gw_config.h
 *		Settings: one table gives the file keys, the options and --help.
 *
 * A setting `frame_bytes_max` is the line `frame_bytes_max = 65536` of the
 * file and the option `--frame-bytes-max=65536` (or two words). The command
 * line wins over the file, the file over the default. Unknown keys and values
 * out of range are errors; nothing is changed unless everything is right, so
 * a bad file on SIGHUP leaves the running settings as they were.
 *
 * A program only declares its table; gw_main() does the rest:
 *
 *	static struct { GwList listen; long frame_bytes_max; } settings;
 *	static const GwSetting table[] = {
 *		{"listen", GW_LIST, &settings.listen, "127.0.0.1:700", .fixed = true, .help = "addresses to listen on"},
 *		{"frame_bytes_max", GW_INTEGER, &settings.frame_bytes_max, "65536", 256, 1 << 24, .help = "..."},
 *	};
 */
#ifndef GW_CONFIG_H
#define GW_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

/* Words separated by commas or white space; the key may be repeated in the file. */
typedef struct GwList
{
	int			count;
	char	  **items;
} GwList;

typedef enum GwSettingType
{
	GW_TEXT,					/* char *, NULL when unset */
	GW_INTEGER,					/* long */
	GW_BOOLEAN,					/* bool: on/off, true/false, yes/no, 1/0 */
	GW_LIST						/* GwList */
} GwSettingType;

typedef struct GwSetting
{
	const char *name;
	GwSettingType type;
	void	   *variable;
	const char *initial;		/* default as text, or NULL */
	long		minimum;		/* GW_INTEGER only */
	long		maximum;
	bool		fixed;			/* read at start only; SIGHUP does not change it */
	const char *choices;		/* GW_TEXT only: allowed words, "a|b|c", or NULL */
	const char *help;
} GwSetting;

typedef struct GwConfig GwConfig;

typedef enum GwConfigVerdict
{
	GW_CONFIG_RUN,				/* settings are loaded */
	GW_CONFIG_CHECKED,			/* --check: settings are right */
	GW_CONFIG_HELPED,			/* --help was printed */
	GW_CONFIG_WRONG				/* error holds why */
} GwConfigVerdict;

/* Keeps pointers to the tables and to argv. */
GwConfig   *gw_config_new(const char *program, const char *purpose, int argc, char **argv);
void		gw_config_table(GwConfig *config, const GwSetting *settings, int count);

/* At start, and again at SIGHUP. */
GwConfigVerdict gw_config_load(GwConfig *config, char *error, size_t error_size);

void		gw_config_free(GwConfig *config);

#endif
