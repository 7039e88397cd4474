/*
 * load.h
 *		dos-load: a closed-loop load generator for EPP over TLS, WHOIS, DAS and RDAP.
 *
 * N clients on one event loop; each sends its next request when the last one
 * is answered. Nothing is measured before all clients are connected and logged
 * in. It shares the machine with what it measures, so it must be cheap: frames
 * are computed once and only digits are patched (load_frame.h), answers are
 * not parsed but searched.
 *
 * A protocol is a struct of callbacks; load_run.c drives it and keeps the
 * budget (duration or count), load_stats.c the figures.
 */
#ifndef LOAD_H
#define LOAD_H

#include "gw_config.h"

#include <event2/event.h>
#include <stdbool.h>
#include <stdint.h>

/* One setting each, see load_main.c. */
typedef struct LoadOptions
{
	char	   *scenario;
	char	   *host;
	char	   *source;			/* IPv4 address that clients come from; NULL: whatever the system takes */
	long		port;
	long		sessions;
	long		ramp;			/* sessions being opened at one time */
	long		duration_ms;	/* measured; the run also ends after `count` requests */
	long		warmup_ms;		/* before it, answered but not measured */
	long		count;			/* 0: no limit */
	long		rate;			/* requests each second of all together; 0: as fast as answers come */
	GwList		accounts;		/* clID:password, given to the sessions in turn */
	char	   *certificate;
	char	   *key;
	char	   *ca;
	char	   *zone;
	char	   *label;			/* names are LABELnnnnnnnn.ZONE */
	long		names;			/* 0 .. names - 1 are registered, */
	long		stride;			/* number n by account n modulo stride */
	long		first;			/* number of the first create */
	char	   *expiry;			/* YYYY-MM-DD of all names, for renew */
	long		contacts;		/* each account's contacts: CLID-0000, ... */
	long		hosts;			/* ns000.HOST_SUFFIX, ... */
	char	   *host_suffix;
	bool		same_name;		/* create: everybody asks for number `first` */
	char	   *expect;			/* WHOIS, DAS: an answer without it is an error */
	long		dns_port;		/* dns: of the signing name server, on `host` */
	GwList		database_pids;	/* whose processor time is reported */
	GwList		gateway_pids;
} LoadOptions;

extern LoadOptions load_options;

typedef struct LoadProtocol
{
	void		(*setup) (struct event_base *base);
	/* Connect and log in; then load_run_ready(). */
	void		(*open) (int client);
	/* Send the first request; then one after each answer, while load_run_next(). */
	void		(*go) (int client);
} LoadProtocol;

extern const LoadProtocol load_epp;
extern const LoadProtocol load_whois;
extern const LoadProtocol load_das;
extern const LoadProtocol load_rdap;

/* load_run.c: what protocols tell the run. */
void		load_run(struct event_base *base, const LoadProtocol *protocol);
bool		load_run_next(int client);	/* may it send one more request? If not, go() is called again when it is to */
void		load_run_ready(int client);
void		load_run_answered(int64_t sent_ns, int code, bool good);
void		load_run_lost(int client, const char *why);	/* a connection that should not have ended */
int64_t		load_clock_ns(void);

/* Print why and exit: nothing worth measuring can come. */
void		load_fatal(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));

#endif
