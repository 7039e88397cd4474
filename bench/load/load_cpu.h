/*
 * load_cpu.h
 *		Processor time of other processes while a run is measured.
 *
 * On a machine that somebody else uses too, time by the clock says little;
 * processor time says what a request costs. Logins and warm-up are left out.
 */
#ifndef LOAD_CPU_H
#define LOAD_CPU_H

#include "gw_config.h"

/* Seconds of processor time so far of these processes, with their children that have ended. */
double		load_cpu_seconds(const GwList *pids);

/* The same of this process. */
double		load_cpu_own_seconds(void);

#endif
