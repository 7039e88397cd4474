/*
 * load_cpu.c
 *		Processor time of processes. See load_cpu.h and proc(5).
 */
#include "load_cpu.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* Ticks of one process: utime, stime, cutime, cstime. */
static double
ticks_of(const char *pid)
{
	char		path[64];
	char		line[1024];
	const char *after;
	unsigned long user = 0,
				system = 0;
	long		children_user = 0,
				children_system = 0;
	FILE	   *file;

	snprintf(path, sizeof(path), "/proc/%.20s/stat", pid);
	file = fopen(path, "re");
	if (file == NULL)
		return 0;
	if (fgets(line, sizeof(line), file) == NULL || (after = strrchr(line, ')')) == NULL
		|| sscanf(after + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu %ld %ld", &user, &system,
				  &children_user, &children_system) != 4)
		user = system = 0;
	fclose(file);
	return (double) user + (double) system + (double) children_user + (double) children_system;
}

double
load_cpu_seconds(const GwList *pids)
{
	double		ticks = 0;

	for (int i = 0; i < pids->count; i++)
		ticks += ticks_of(pids->items[i]);
	return ticks / (double) sysconf(_SC_CLK_TCK);
}

double
load_cpu_own_seconds(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
		+ (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}
