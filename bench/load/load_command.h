/*
 * load_command.h
 *		The scenarios: which requests, about which names.
 */
#ifndef LOAD_COMMAND_H
#define LOAD_COMMAND_H

#include "load_frame.h"

#define LOAD_COMMANDS_MAX 4

/* One client's requests, ready but for their numbers. */
typedef struct LoadRequests
{
	int			account;
	int			count;
	long		number;			/* of the name in the last request */
	const struct LoadCommand *commands[LOAD_COMMANDS_MAX];
	LoadFrame	frames[LOAD_COMMANDS_MAX];
} LoadRequests;

/* False for a scenario that does not exist. */
bool		load_requests_build(LoadRequests *requests, const char *scenario, int client, bool framed);

/* The next request of this client, its numbers written. */
const GwBuf *load_requests_next(LoadRequests *requests);

/* The login of RFC 5730, section 2.9.1.1. */
extern const char load_login_template[];

#endif
