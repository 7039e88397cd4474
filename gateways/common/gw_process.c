/*
 * gw_process.c
 *		The parent of several worker processes. See gw_process.h.
 *
 * The parent holds no socket and no database connection. Its signals are
 * blocked and taken one at a time with sigtimedwait(), so there is no handler
 * and no race. A worker that fails in its first second ends the program: the
 * settings cannot be right.
 */
#include "gw_process.h"
#include "gw_log.h"
#include "gw_memory.h"

#include <signal.h>
#include <stdbool.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

typedef struct Worker
{
	pid_t		pid;
	time_t		started;
} Worker;

static Worker *workers;
static int	worker_count;

static time_t
process_clock(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec;
}

static void
worker_start(int number, const sigset_t *inherited)
{
	pid_t		pid = fork();

	if (pid == 0)
	{
		prctl(PR_SET_PDEATHSIG, SIGTERM);
		sigprocmask(SIG_SETMASK, inherited, NULL);
		exit(gw_process_run(number));
	}
	workers[number].pid = pid;
	workers[number].started = process_clock();
}

static void
workers_signal(int number)
{
	for (int i = 0; i < worker_count; i++)
		if (workers[i].pid > 0)
			kill(workers[i].pid, number);
}

/* Bury the dead. True when one of them could not even start. */
static bool
workers_reap(bool replace, const sigset_t *inherited)
{
	bool		hopeless = false;
	int			status;
	pid_t		pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
	{
		for (int i = 0; i < worker_count; i++)
		{
			if (workers[i].pid != pid)
				continue;
			workers[i].pid = 0;
			if (!replace)
				break;
			gw_log(GW_LOG_ERROR, "worker_died", "process %d, wait status %d", i, status);
			if (process_clock() - workers[i].started < 2 && WIFEXITED(status))
				hopeless = true;
			else
				worker_start(i, inherited);
		}
	}
	return hopeless;
}

static bool
workers_alive(void)
{
	for (int i = 0; i < worker_count; i++)
		if (workers[i].pid > 0)
			return true;
	return false;
}

int
gw_process_parent(int processes)
{
	static const int watched[] = {SIGHUP, SIGTERM, SIGINT, SIGCHLD};
	const struct timespec pause = {1, 0};
	sigset_t	set,
				inherited;
	bool		ending = false;
	int			status = 0;

	sigemptyset(&set);
	for (size_t i = 0; i < sizeof(watched) / sizeof(watched[0]); i++)
		sigaddset(&set, watched[i]);
	sigprocmask(SIG_BLOCK, &set, &inherited);
	workers = gw_new((size_t) processes * sizeof(*workers));
	worker_count = processes;
	for (int i = 0; i < processes; i++)
		worker_start(i, &inherited);
	while (workers_alive() || !ending)
	{
		int			number = sigtimedwait(&set, NULL, &pause);

		if (number == SIGHUP)
		{
			gw_process_reload();
			workers_signal(SIGHUP);
		}
		else if (number == SIGTERM || number == SIGINT)
		{
			ending = true;
			workers_signal(SIGTERM);
		}
		if (workers_reap(!ending, &inherited) && !ending)
		{
			status = 1;
			ending = true;
			workers_signal(SIGTERM);
		}
	}
	free(workers);
	return status;
}
