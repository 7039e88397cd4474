/*
 * dns_serve.h
 *		What UDP and TCP share: settings, the judgement of a query, SOA answers,
 *		and counting.
 */
#ifndef DNS_SERVE_H
#define DNS_SERVE_H

#include <event2/event.h>

#include "dns_access.h"
#include "dns_query.h"
#include "gw_config.h"
#include "gw_db.h"

typedef struct DnsSettings
{
	GwList		listen;
	GwList		tsig_keys;
	long		query_bytes_max;
	long		tcp_sessions_max;
	long		tcp_sessions_per_address_max;
	long		tcp_idle_timeout_s;
	long		udp_pending_max;
	long		transfers_max;
	long		transfer_timeout_s;
	bool		ixfr_condensed;
	long		notify_retry_max_s;
	long		probe_every_s;
	long		health_every_s;
} DnsSettings;

extern DnsSettings dns_settings;
extern GwDb *dns_db;

/*
 * Judge a query that was read: one that may not be answered becomes an error.
 * The secondary it comes from, NULL for errors.
 */
const DnsSecondary *dns_serve_judge(DnsQuery *query, const struct sockaddr *peer);

/* Ask for the SOA of the query's zone; the callback gives the result to dns_serve_soa(). */
GwDbRequest *dns_serve_soa_ask(const DnsQuery *query, GwDbCallback callback, void *arg);

/* Write the answer to a SOA query (or an error in its place); as dns_message(). */
size_t		dns_serve_soa(DnsQuery *query, GwDbOutcome outcome, const PGresult *result, uint8_t *out);

/* Count a query by what became of it. */
void		dns_serve_count(const DnsQuery *query);

#endif
