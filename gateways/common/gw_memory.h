/*
 * gw_memory.h
 *		Allocation that cannot fail.
 *
 * A gateway that cannot get a few hundred bytes cannot answer anybody; it
 * says so and stops, and the supervisor (or the parent process) starts a new
 * one. So callers need no error branches for memory.
 */
#ifndef GW_MEMORY_H
#define GW_MEMORY_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The memory, or the end of the process. */
static inline void *
gw_memory_checked(void *memory)
{
	if (memory == NULL)
	{
		fputs("{\"level\":\"error\",\"event\":\"out_of_memory\"}\n", stderr);
		abort();
	}
	return memory;
}

static inline void *
gw_malloc(size_t size)
{
	return gw_memory_checked(malloc(size ? size : 1));
}

/* Zeroed memory for one object of this size. */
static inline void *
gw_new(size_t size)
{
	return gw_memory_checked(calloc(1, size ? size : 1));
}

static inline void *
gw_realloc(void *memory, size_t size)
{
	return gw_memory_checked(realloc(memory, size ? size : 1));
}

static inline char *
gw_strdup(const char *text)
{
	return text ? gw_memory_checked(strdup(text)) : NULL;
}

#endif
