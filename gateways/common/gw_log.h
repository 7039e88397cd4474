/*
 * gw_log.h
 *		JSON lines, one object per line, to standard error or a file.
 *
 * Short form:
 *		gw_log(GW_LOG_WARNING, "db_lost", "connection %d: %s", n, reason);
 * Long form, any number of fields:
 *		gw_log_begin(GW_LOG_INFO, "command");
 *		gw_log_text("svtrid", svtrid);
 *		gw_log_integer("code", 1000);
 *		gw_log_end();
 * Lines under the level of the `log_level` setting are dropped (the field
 * calls then do nothing). Never pass a password, an authInfo or a frame.
 */
#ifndef GW_LOG_H
#define GW_LOG_H

#include <stdbool.h>

typedef enum GwLogLevel
{
	GW_LOG_DEBUG,
	GW_LOG_INFO,
	GW_LOG_WARNING,
	GW_LOG_ERROR
} GwLogLevel;

/*
 * Open (or, after SIGHUP, reopen) the log. file NULL or empty = stderr.
 * level: debug, info, warning or error. False if the file cannot be opened;
 * the log in use then stays.
 */
bool		gw_log_open(const char *program, const char *file, const char *level);

bool		gw_log_wanted(GwLogLevel level);

/*
 * Lines of level debug and info may be kept back for a moment and written
 * together (the event loop of gw_main does this ten times a second); worse
 * ones are written at once, with what was kept back before them.
 */
void		gw_log_keep_back(bool keep);
void		gw_log_flush(void);
void		gw_log(GwLogLevel level, const char *event, const char *format, ...) __attribute__((format(printf, 3, 4)));

void		gw_log_begin(GwLogLevel level, const char *event);
void		gw_log_text(const char *name, const char *value);	/* NULL value: field left out */
void		gw_log_integer(const char *name, long long value);
void		gw_log_number(const char *name, double value);		/* three decimals */
void		gw_log_end(void);

#endif
