/*
 * dns_query.c
 *		Fuzz target: a packet read as a query over UDP and over TCP and answered, as an answer to a
 *		NOTIFY, and as a run of records from the database.
 */
#include "dns_notify_message.h"
#include "dns_probe.h"
#include "dns_query.h"

#include <stdlib.h>

int			LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
run_query(const uint8_t *data, size_t size, bool tcp)
{
	static uint8_t out[DNS_MESSAGE_MAX];
	DnsQuery	query;
	size_t		length;

	dns_query_read(&query, data, size, tcp);
	if (query.kind == DNS_DROP)
		return;
	for (int i = 0; i < 3; i++)
	{
		length = dns_message(&query, i ? data : NULL, i ? size : 0, out);
		if (length > query.answer_max)
			abort();
	}
	dns_query_refuse(&query, 2);
	if (dns_message(&query, NULL, 0, out) > DNS_MESSAGE_MAX)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char *word = (char *) "fuzz:hmac-sha256:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
	static bool ready;
	const GwList keys = {1, &word};
	DnsNotify	sent = {.id = 1};
	DnsProbeAnswer answer;

	if (!ready)
		ready = dns_keys_load(&keys);
	run_query(data, size, false);
	run_query(data, size, true);
	dns_records_count(data, size);
	dns_notify_answer(&sent, data, size);
	sent.key = dns_key_find("fuzz");
	dns_notify_answer(&sent, data, size);
	dns_probe_read(size > 1 ? (uint16_t) (data[0] << 8 | data[1]) : 0, "example", data, size, &answer);
	return 0;
}
