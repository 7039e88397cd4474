/*
 * rdds.h
 *		What the parts of dos-whois share: settings, limits and database.
 */
#ifndef RDDS_H
#define RDDS_H

#include <event2/event.h>
#include <event2/listener.h>
#include <stdbool.h>

#include "gw_batch.h"
#include "gw_counts.h"
#include "gw_config.h"
#include "gw_limit.h"
#include "gw_main.h"
#include "gw_metrics.h"

typedef enum RddsService
{
	RDDS_WHOIS,
	RDDS_DAS,
	RDDS_SERVICE_COUNT
} RddsService;

typedef struct RddsSettings
{
	GwList		whois_listen;
	GwList		das_listen;
	GwList		das_udp_listen;
	long		read_timeout_s;
	long		idle_timeout_s;
	long		connections_max;
	long		connections_per_address_max;
	long		rate_limit;
	long		rate_period_s;
	long		rate_burst;
	long		rate_wide;
	GwList		rate_exempt;
	GwList		proxy_protocol;
	long		count_s;
	char	   *count_database;
	long		batch_size;
	long		batches_in_flight;
} RddsSettings;

extern const GwProgram rdds_program;
extern RddsSettings rdds_settings;
extern struct event_base *rdds_loop;
extern GwBatch *rdds_batch[RDDS_SERVICE_COUNT];
extern GwLimit *rdds_limit;

/* Answered and limited queries, for the registry's reports. */
typedef enum RddsKind
{
	RDDS_KIND_WHOIS,
	RDDS_KIND_WHOIS_LIMITED,
	RDDS_KIND_DAS,
	RDDS_KIND_DAS_LIMITED,
	RDDS_KIND_COUNT
} RddsKind;

extern GwCounts *rdds_counts;

/* Open connections of both services. */
extern int	rdds_connections;

/* May this client connect? If so, rdds_left() must follow. */
bool		rdds_entered(RddsService service, const struct sockaddr *peer);
void		rdds_left(RddsService service, const struct sockaddr *peer);

/* Count an answer by what came of it; `outcome` is one of a small closed set. */
void		rdds_count(RddsService service, const char *outcome);

void		whois_accepted(struct evconnlistener *listener, evutil_socket_t fd, struct sockaddr *peer, int length, void *arg);
void		das_accepted(struct evconnlistener *listener, evutil_socket_t fd, struct sockaddr *peer, int length, void *arg);

/* Availability over UDP. */
bool		das_udp_listen(const GwList *addresses);

/* Answer what has been asked, then close. */
void		das_drain(void);

#endif
