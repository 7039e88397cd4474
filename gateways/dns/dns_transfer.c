/*
 * dns_transfer.c
 *		Streaming a zone. See dns_transfer.h.
 *
 * A difference is asked of the pool first: nearly all are one message, and a
 * connection that is warm gives it in a millisecond or two, where a stream has
 * to connect. Only what is longer, and whole zones, are streamed.
 */
#include "dns_transfer.h"
#include "dns_hex.h"
#include "dns_serve.h"
#include "dns_statements.h"
#include "dns_watch.h"
#include "gw_log.h"
#include "gw_memory.h"
#include "gw_metrics.h"
#include "gw_stream.h"

#include <time.h>

static const char axfr_sql[] = "SELECT dos.dns_axfr($1)";
static const char ixfr_sql[] = "SELECT dos.dns_ixfr($1, $2, $3)";

static const char *const end_names[] = {
	[TRANSFER_COMPLETE] = "complete",
	[TRANSFER_BROKEN] = "broken",
	[TRANSFER_FAILED] = "failed",
};

struct DnsTransfer
{
	struct event_base *base;
	DnsQuery   *query;
	char	   *secondary;
	DnsTransferSink sink;
	GwDbRequest *request;		/* asking the pool */
	GwStream   *stream;
	struct event *deadline;
	bool		whole;			/* the zone, not a difference */
	uint32_t	serial;			/* to which the transfer leads */
	int			messages;
	uint64_t	octets;
	double		started;
};

static int	running;

int
dns_transfers(void)
{
	return running;
}

static double
clock_seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

static void transfer_open(DnsTransfer *transfer, bool whole);

/* Log, count, tell the sink; it frees the transfer. */
static void
transfer_end(DnsTransfer *transfer, DnsTransferEnd how, const char *why)
{
	char		labels[80];
	const char *type = transfer->query->kind == DNS_AXFR ? "axfr" : transfer->whole ? "ixfr-whole" : "ixfr";

	if (how == TRANSFER_FAILED && transfer->messages > 0)
		how = TRANSFER_BROKEN;
	gw_log_begin(how == TRANSFER_COMPLETE ? GW_LOG_INFO : GW_LOG_WARNING, "transfer");
	gw_log_text("zone", transfer->query->zone);
	gw_log_text("secondary", transfer->secondary);
	gw_log_text("type", type);
	if (transfer->query->kind == DNS_IXFR)
		gw_log_integer("from_serial", transfer->query->serial);
	gw_log_text("outcome", end_names[how]);
	gw_log_text("message", why);
	gw_log_integer("messages", transfer->messages);
	gw_log_integer("octets", (long long) transfer->octets);
	gw_log_number("seconds", clock_seconds() - transfer->started);
	gw_log_end();
	snprintf(labels, sizeof(labels), "type=\"%s\",outcome=\"%s\"", type, end_names[how]);
	gw_metric_add(gw_metrics_counter("dos_dns_transfers_total", "zone transfers by type and outcome", labels), 1);
	gw_metric_add(gw_metrics_counter("dos_dns_transfer_bytes_total", "octets of zone transfers", ""), (double) transfer->octets);
	gw_metric_observe(gw_metrics_histogram("dos_dns_transfer_seconds", "duration of zone transfers", ""),
					  clock_seconds() - transfer->started);
	if (how == TRANSFER_COMPLETE)
		dns_watch_took(transfer->query->zone, transfer->secondary, transfer->serial);
	transfer->sink.end(transfer->sink.arg, how);
}

/*
 * The serial of the SOA that every transfer begins with. Its owner is a pointer to the question, so its RDATA has a
 * known place, and the serial is 20 octets before the end of that.
 */
static uint32_t
first_serial(const uint8_t *records, size_t length)
{
	size_t		end = length < 12 ? 0 : 12 + ((size_t) records[10] << 8 | records[11]);
	const uint8_t *at;

	if (end < 12 + 20 || end > length)
		return 0;
	at = records + end - 20;
	return (uint32_t) at[0] << 24 | (uint32_t) at[1] << 16 | (uint32_t) at[2] << 8 | at[3];
}

/* Send a run of records as one message. False: the transfer has ended. */
static bool
transfer_put(DnsTransfer *transfer, const uint8_t *records, size_t records_length)
{
	static uint8_t message[DNS_MESSAGE_MAX];
	size_t		length = dns_message(transfer->query, records, records_length, message);

	if (length == 0)
	{
		transfer_end(transfer, TRANSFER_FAILED, "message could not be written");
		return false;
	}
	if (transfer->messages++ == 0)
		transfer->serial = first_serial(records, records_length);
	transfer->octets += length;
	transfer->sink.message(transfer->sink.arg, message, length);
	return true;
}

static void
on_row(void *arg, const PGresult *row)
{
	transfer_put(arg, (const uint8_t *) PQgetvalue(row, 0, 0), (size_t) PQgetlength(row, 0, 0));
}

static void
on_end(void *arg, const char *error)
{
	DnsTransfer *transfer = arg;

	if (error)
		transfer_end(transfer, TRANSFER_FAILED, error);
	else if (transfer->messages > 0)
		transfer_end(transfer, TRANSFER_COMPLETE, NULL);
	else if (!transfer->whole)
		transfer_open(transfer, true);
	else
		transfer_end(transfer, TRANSFER_FAILED, "zone is not published");
}

/* The pool's answer: the difference, more than one message of it, or none. */
static void
difference_came(void *arg, GwDbOutcome outcome, const PGresult *result)
{
	static uint8_t records[DNS_MESSAGE_MAX];
	DnsTransfer *transfer = arg;

	transfer->request = NULL;
	if (outcome != GW_DB_OK)
		transfer_end(transfer, TRANSFER_FAILED, result ? PQresultErrorMessage(result) : gw_db_outcome_names[outcome]);
	else if (PQntuples(result) != 1)
		transfer_open(transfer, PQntuples(result) == 0);
	else if (transfer_put(transfer, records, dns_hex_read(PQgetvalue(result, 0, 0), records, sizeof(records))))
		transfer_end(transfer, TRANSFER_COMPLETE, NULL);
}

static void
on_deadline(evutil_socket_t fd, short what, void *arg)
{
	(void) fd;
	(void) what;
	transfer_end(arg, TRANSFER_FAILED, "took longer than transfer_timeout_s");
}

/* The parameters of dos.dns_axfr() are the first, of dos.dns_ixfr() all. */
#define VALUE_COUNT 3
#define SERIAL_SIZE 16

static void
transfer_values(const DnsTransfer *transfer, char *serial, const char **values)
{
	snprintf(serial, SERIAL_SIZE, "%u", transfer->query->serial);
	values[0] = transfer->query->zone;
	values[1] = serial;
	values[2] = dns_settings.ixfr_condensed ? "t" : "f";
}

/* Stream the whole zone, or the difference. */
static void
transfer_open(DnsTransfer *transfer, bool whole)
{
	char		serial[SERIAL_SIZE];
	const char *values[VALUE_COUNT];
	const GwStreamQuery query = {
		.application = "dos-dns transfer",
		.sql = whole ? axfr_sql : ixfr_sql,
		.value_count = whole ? 1 : VALUE_COUNT,
		.values = values,
		.binary = true,
		.on_row = on_row,
		.on_end = on_end,
		.arg = transfer,
	};

	transfer_values(transfer, serial, values);
	if (transfer->stream)
		gw_stream_close(transfer->stream);
	transfer->whole = whole;
	transfer->stream = gw_stream_open(transfer->base, &query);
}

/* Ask the pool for a difference. */
static void
difference_ask(DnsTransfer *transfer)
{
	char		serial[SERIAL_SIZE];
	const char *values[VALUE_COUNT];

	transfer_values(transfer, serial, values);
	transfer->request = gw_db_call(dns_db, STATEMENT_IXFR, values, GW_DB_RETRY, difference_came, transfer);
}

DnsTransfer *
dns_transfer_start(struct event_base *base, DnsQuery *query, const char *secondary, const DnsTransferSink *sink)
{
	const struct timeval limit = {.tv_sec = dns_settings.transfer_timeout_s};
	DnsTransfer *transfer;

	if (running >= dns_settings.transfers_max)
		return NULL;
	running++;
	transfer = gw_new(sizeof(*transfer));
	transfer->base = base;
	transfer->query = query;
	transfer->secondary = gw_strdup(secondary);
	transfer->sink = *sink;
	transfer->started = clock_seconds();
	transfer->deadline = gw_memory_checked(event_new(base, -1, 0, on_deadline, transfer));
	event_add(transfer->deadline, &limit);
	if (query->kind == DNS_AXFR)
		transfer_open(transfer, true);
	else
		difference_ask(transfer);
	return transfer;
}

void
dns_transfer_pause(DnsTransfer *transfer)
{
	if (transfer->stream)
		gw_stream_pause(transfer->stream);
}

void
dns_transfer_resume(DnsTransfer *transfer)
{
	if (transfer->stream)
		gw_stream_resume(transfer->stream);
}

void
dns_transfer_free(DnsTransfer *transfer)
{
	running--;
	event_free(transfer->deadline);
	if (transfer->request)
		gw_db_cancel(transfer->request);
	if (transfer->stream)
		gw_stream_close(transfer->stream);
	free(transfer->secondary);
	free(transfer);
}
