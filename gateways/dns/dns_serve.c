/*
 * dns_serve.c
 *		Judging queries and answering SOA. See dns_serve.h.
 */
#include "dns_serve.h"
#include "dns_hex.h"
#include "dns_statements.h"
#include "gw_listen.h"
#include "gw_log.h"
#include "gw_metrics.h"

#include <libknot/consts.h>
#include <string.h>
#include <stdio.h>

DnsSettings dns_settings;
GwDb	   *dns_db;

static const struct
{
	int			code;
	const char *name;
}			tsig_errors[] = {
	{KNOT_RCODE_BADSIG, "BADSIG"},
	{KNOT_RCODE_BADKEY, "BADKEY"},
	{KNOT_RCODE_BADTIME, "BADTIME"},
	{KNOT_RCODE_BADTRUNC, "BADTRUNC"},
};

/* A refusal is worth a line: an operator looks for it when a secondary does not follow. */
static void
refusal_log(const DnsQuery *query, const struct sockaddr *peer, const char *why)
{
	char		address[64];

	gw_address_text(peer, address, sizeof(address));
	gw_log_begin(GW_LOG_INFO, "query_refused");
	gw_log_text("peer", address);
	gw_log_text("zone", query->zone);
	gw_log_text("key", query->key ? query->key->name : NULL);
	gw_log_text("reason", why);
	gw_log_end();
}

const DnsSecondary *
dns_serve_judge(DnsQuery *query, const struct sockaddr *peer)
{
	const DnsSecondary *secondary = NULL;

	for (size_t i = 0; i < sizeof(tsig_errors) / sizeof(tsig_errors[0]); i++)
		if (query->tsig_error == tsig_errors[i].code)
		{
			char		label[32];

			snprintf(label, sizeof(label), "error=\"%s\"", tsig_errors[i].name);
			gw_metric_add(gw_metrics_counter("dos_dns_tsig_errors_total", "queries with a bad TSIG", label), 1);
			refusal_log(query, peer, tsig_errors[i].name);
		}
	if (query->kind == DNS_SOA || query->kind == DNS_AXFR || query->kind == DNS_IXFR)
	{
		secondary = dns_access_find(query, peer);
		if (secondary == NULL)
		{
			bool		loaded = dns_access_loaded();

			/* whoever knows a key may know which zones are here (RFC 5936 section 2.2.1); strangers are refused whatever they ask */
			bool		foreign = loaded && query->key && query->kind != DNS_SOA && dns_zone_find(query->zone) == NULL;

			dns_query_refuse(query, foreign ? KNOT_RCODE_NOTAUTH : loaded ? KNOT_RCODE_REFUSED : KNOT_RCODE_SERVFAIL);
			refusal_log(query, peer, foreign ? "no such zone" : loaded ? "no secondary of this zone has this address and key" : "database not read yet");
		}
	}
	return secondary;
}

void
dns_serve_count(const DnsQuery *query)
{
	char		labels[80];

	snprintf(labels, sizeof(labels), "transport=\"%s\",type=\"%s\",rcode=\"%d\"", query->tcp ? "tcp" : "udp",
			 dns_kind_names[query->kind], query->rcode);
	gw_metric_add(gw_metrics_counter("dos_dns_queries_total", "queries by transport, type and rcode", labels), 1);
	if (gw_log_wanted(GW_LOG_DEBUG))
	{
		gw_log_begin(GW_LOG_DEBUG, "query");
		gw_log_text("zone", query->zone);
		gw_log_text("transport", query->tcp ? "tcp" : "udp");
		gw_log_text("type", dns_kind_names[query->kind]);
		gw_log_integer("rcode", query->rcode);
		gw_log_end();
	}
}

GwDbRequest *
dns_serve_soa_ask(const DnsQuery *query, GwDbCallback callback, void *arg)
{
	const char *values[] = {query->zone};

	return gw_db_call(dns_db, STATEMENT_SOA, values, GW_DB_RETRY, callback, arg);
}

/*
 * The record in the database's hex form, its owner replaced by a pointer to
 * the question. Its length, 0 if it is not one.
 */
static size_t
soa_record(const char *hex, uint8_t *out, size_t size)
{
	uint8_t		wire[1024];
	size_t		length = dns_hex_read(hex, wire, sizeof(wire));
	size_t		owner = 0;

	while (owner < length && wire[owner] != 0)
		owner += wire[owner] + 1u;
	if (++owner >= length || length - owner + 2 > size)
		return 0;
	out[0] = 0xc0;
	out[1] = DNS_HEADER;
	memcpy(out + 2, wire + owner, length - owner);
	return length - owner + 2;
}

size_t
dns_serve_soa(DnsQuery *query, GwDbOutcome outcome, const PGresult *result, uint8_t *out)
{
	uint8_t		record[1024];
	size_t		length = 0;

	if (outcome == GW_DB_OK && PQntuples(result) == 1 && !PQgetisnull(result, 0, 0))
		length = soa_record(PQgetvalue(result, 0, 0), record, sizeof(record));
	if (length == 0)
		dns_query_refuse(query, KNOT_RCODE_SERVFAIL);
	dns_serve_count(query);
	return dns_message(query, record, length, out);
}
