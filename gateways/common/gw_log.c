/*
 * gw_log.c
 *		JSON lines. See gw_log.h.
 *
 * Only whole lines are written, with one write(2) and O_APPEND, so lines of
 * several processes do not mix. There is one line under construction at a
 * time, at the end of `lines`.
 */
#include "gw_log.h"
#include "gw_buf.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char *const level_names[] = {
	[GW_LOG_DEBUG] = "debug",
	[GW_LOG_INFO] = "info",
	[GW_LOG_WARNING] = "warning",
	[GW_LOG_ERROR] = "error",
};

static const char *log_program = "dos";
static int	log_fd = STDERR_FILENO;
static GwLogLevel log_level = GW_LOG_INFO;
static GwBuf lines;				/* whole lines kept back, then the one being made */
static bool line_open;
static bool line_urgent;
static bool keeping;

#define KEEP_MAX 16384

bool
gw_log_open(const char *program, const char *file, const char *level)
{
	int			fd = STDERR_FILENO;

	if (file && *file)
	{
		fd = open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
		if (fd < 0)
			return false;
	}
	gw_log_flush();
	if (log_fd != STDERR_FILENO)
		close(log_fd);
	log_fd = fd;
	log_program = program;
	for (int i = GW_LOG_DEBUG; i <= GW_LOG_ERROR; i++)
		if (level && strcmp(level, level_names[i]) == 0)
			log_level = (GwLogLevel) i;
	return true;
}

bool
gw_log_wanted(GwLogLevel level)
{
	return level >= log_level;
}

void
gw_log_begin(GwLogLevel level, const char *event)
{
	struct timespec now;
	struct tm	parts;
	char		stamp[32];

	line_open = gw_log_wanted(level);
	if (!line_open)
		return;
	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &parts);
	strftime(stamp, sizeof(stamp), "%Y-%m-%dT%H:%M:%S", &parts);
	line_urgent = level >= GW_LOG_WARNING;
	gw_buf_printf(&lines, "{\"time\":\"%s.%03ldZ\",\"program\":\"%s\",\"pid\":%ld,\"level\":\"%s\",\"event\":\"%s\"",
				  stamp, now.tv_nsec / 1000000, log_program, (long) getpid(), level_names[level], event);
}

void
gw_log_text(const char *name, const char *value)
{
	if (!line_open || value == NULL)
		return;
	gw_buf_printf(&lines, ",\"%s\":\"", name);
	gw_buf_json(&lines, value);
	gw_buf_putc(&lines, '"');
}

void
gw_log_integer(const char *name, long long value)
{
	if (line_open)
		gw_buf_printf(&lines, ",\"%s\":%lld", name, value);
}

void
gw_log_number(const char *name, double value)
{
	if (line_open)
		gw_buf_printf(&lines, ",\"%s\":%.3f", name, value);
}

void
gw_log_end(void)
{
	if (!line_open)
		return;
	line_open = false;
	gw_buf_puts(&lines, "}\n");
	if (!keeping || line_urgent || lines.length > KEEP_MAX)
		gw_log_flush();
}

void
gw_log_keep_back(bool keep)
{
	keeping = keep;
	if (!keep)
		gw_log_flush();
}

void
gw_log_flush(void)
{
	ssize_t		written;

	if (lines.length == 0 || line_open)
		return;
	/* A log that cannot be written must not stop the service. */
	written = write(log_fd, lines.data, lines.length);
	(void) written;
	gw_buf_reset(&lines);
}

void
gw_log(GwLogLevel level, const char *event, const char *format, ...)
{
	char		message[1024];
	va_list		args;

	if (!gw_log_wanted(level))
		return;
	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	gw_log_begin(level, event);
	gw_log_text("message", message);
	gw_log_end();
}
