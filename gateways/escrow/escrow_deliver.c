/*
 * escrow_deliver.c
 *		Deliver what is written: the files to the agent, the report to ICANN, and what the agent said back to the registry.
 *
 * What there is to do, and what becomes of it, is in the database (dos.escrow_deliveries(), dos.escrow_delivery). A deposit
 * that fails does not keep the next one; it is tried again when the database says so. Files stay where they are.
 */
#include "escrow.h"
#include "escrow_deliver.h"
#include "escrow_remote.h"
#include "gw_buf.h"
#include "gw_log.h"
#include "gw_memory.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const GwSetting escrow_remote_table[] = {
	{"sftp_url", GW_TEXT, &remote_settings.sftp_url, NULL, .help = "deliver: where the agent takes files, sftp://user@host:port/folder/; {zone} is the zone"},
	{"sftp_key", GW_TEXT, &remote_settings.sftp_key, NULL, .help = "deliver: private key to log in with; the public one lies beside it as .pub"},
	{"sftp_host_key", GW_TEXT, &remote_settings.sftp_host_key, NULL, .help = "deliver: fingerprint of the agent's host key (SHA256:..., ssh-keygen -l)"},
	{"sftp_known_hosts", GW_TEXT, &remote_settings.sftp_known_hosts, NULL, .help = "deliver: file of known hosts, instead of a fingerprint"},
	{"rri_url", GW_TEXT, &remote_settings.rri_url, NULL, .help = "deliver: ICANN's reporting interface, https://ry-api.icann.org; nobody is told when empty"},
	{"rri_user", GW_TEXT, &remote_settings.rri_user, "{zone}_ry", .help = "deliver: user there; {zone} is the zone"},
	{"rri_password", GW_TEXT, &remote_settings.rri_password, NULL, .help = "deliver: password there"},
	{"rri_certificate", GW_TEXT, &remote_settings.rri_certificate, NULL, .help = "deliver: client certificate, instead of or beside the password"},
	{"rri_key", GW_TEXT, &remote_settings.rri_key, NULL, .help = "deliver: its private key"},
	{"rri_ca", GW_TEXT, &remote_settings.rri_ca, NULL, .help = "deliver: CA certificates to believe; the system's when empty"},
	{"remote_timeout_s", GW_INTEGER, &remote_settings.timeout_s, "60", 1, 3600, .help = "deliver: give up after so long without an answer"},
};
const int	escrow_remote_count = sizeof(escrow_remote_table) / sizeof(escrow_remote_table[0]);

/* Columns of dos.escrow_deliveries() */
enum
{
	DEPOSIT, ZONE, DEPOSIT_ID, PREFIX, SUFFIX, DAY, SEND, TELL, ASK
};

typedef struct Delivery
{
	PGconn	   *database;
	PGresult   *rows;
	int			row;
	char		error[600];
} Delivery;

static const char *
column(const Delivery *delivery, int number)
{
	return PQgetvalue(delivery->rows, delivery->row, number);
}

static bool
is(const Delivery *delivery, int number)
{
	return *column(delivery, number) == 't';
}

static bool
is_set(const char *text)
{
	return text && *text;
}

static void
delivery_log(const Delivery *delivery, GwLogLevel level, const char *what, const char *text)
{
	gw_log_begin(level, what);
	gw_log_text("zone", column(delivery, ZONE));
	gw_log_text("deposit", column(delivery, DEPOSIT_ID));
	gw_log_text("resend", column(delivery, SUFFIX));
	if (text)
		gw_log_text("message", text);
	gw_log_end();
}

static bool
delivery_failed(const Delivery *delivery)
{
	const char *values[] = {column(delivery, DEPOSIT), delivery->error};

	delivery_log(delivery, GW_LOG_ERROR, "delivery", delivery->error);
	escrow_query(delivery->database, "SELECT dos.escrow_delivery_failed($1, $2)", 2, values, NULL);
	return false;
}

/* prefix_S1_R0.ryde and so on; part 0 is the report */
static char *
file_of(const Delivery *delivery, int part, const char *ending)
{
	char		name[600];

	if (part == 0)
		snprintf(name, sizeof(name), "%s_%s_report", column(delivery, PREFIX), column(delivery, SUFFIX));
	else
		snprintf(name, sizeof(name), "%s_S%d_%s", column(delivery, PREFIX), part, column(delivery, SUFFIX));
	return escrow_path(escrow_settings.directory, name, ending);
}

/* A file that must be there; its name goes on the list. */
static bool
file_send(Delivery *delivery, int part, const char *ending, GwBuf *sent)
{
	char	   *path = file_of(delivery, part, ending);
	bool		done = sftp_send(column(delivery, ZONE), path, delivery->error, sizeof(delivery->error));

	if (done)
		gw_buf_printf(sent, "%s\"%s\"", sent->length ? "," : "{", strrchr(path, '/') + 1);
	free(path);
	return done;
}

static bool
part_exists(const Delivery *delivery, int part)
{
	char	   *path = file_of(delivery, part, ".ryde");
	bool		there = access(path, R_OK) == 0;

	free(path);
	return there;
}

/* Parts with their signatures, and the report last: who sees it has all. */
static bool
files_send(Delivery *delivery, GwBuf *sent)
{
	int			part = 1;

	while (part_exists(delivery, part))
	{
		if (!file_send(delivery, part, ".ryde", sent) || !file_send(delivery, part, ".sig", sent))
			return false;
		part++;
	}
	if (part == 1)
	{
		snprintf(delivery->error, sizeof(delivery->error), "%s_S1_%s.ryde is not in %s", column(delivery, PREFIX), column(delivery, SUFFIX), escrow_settings.directory);
		return false;
	}
	return file_send(delivery, 0, ".xml", sent);
}

static bool
deposit_send(Delivery *delivery)
{
	GwBuf		sent = {0};
	bool		done = files_send(delivery, &sent);

	if (done)
	{
		const char *values[] = {column(delivery, DEPOSIT), NULL};

		gw_buf_putc(&sent, '}');
		gw_buf_putc(&sent, '\0');
		values[1] = sent.data;
		done = escrow_query(delivery->database, "SELECT dos.escrow_delivered($1, $2::text[])", 2, values, NULL);
		delivery_log(delivery, GW_LOG_INFO, "delivered", sent.data);
	}
	else
		delivery_failed(delivery);
	gw_buf_free(&sent);
	return done;
}

static bool
deposit_tell(Delivery *delivery)
{
	char	   *report = file_of(delivery, 0, ".xml");
	RriAnswer	answer;
	char		http[16],
				code[16];
	const char *values[] = {column(delivery, DEPOSIT), http, code, answer.message};
	PGresult   *noted;
	bool		done = rri_report(column(delivery, ZONE), column(delivery, DEPOSIT_ID), report, &answer, delivery->error, sizeof(delivery->error));

	free(report);
	if (!done)
		return delivery_failed(delivery);
	snprintf(http, sizeof(http), "%ld", answer.http);
	snprintf(code, sizeof(code), "%d", answer.code);
	values[2] = answer.code ? code : NULL;
	if (!escrow_query(delivery->database, "SELECT dos.escrow_noticed($1, $2, $3, $4)", 4, values, &noted))
		return false;
	done = strcmp(PQgetvalue(noted, 0, 0), "notified") == 0;
	PQclear(noted);
	delivery_log(delivery, done ? GW_LOG_INFO : GW_LOG_ERROR, "notified", answer.message);
	return done;
}

/* No answer is no failure: the agent may not have looked at it yet. */
static void
deposit_ask(Delivery *delivery)
{
	RriAnswer	answer;
	const char *values[] = {column(delivery, DEPOSIT), answer.status};

	if (!rri_ask(column(delivery, ZONE), column(delivery, DAY), column(delivery, DEPOSIT_ID), &answer, delivery->error, sizeof(delivery->error)))
		delivery_log(delivery, GW_LOG_WARNING, "notification", delivery->error);
	else if (answer.http == 200 && answer.status[0] && escrow_query(delivery->database, "SELECT dos.escrow_agent_said($1, $2)", 2, values, NULL))
		delivery_log(delivery, GW_LOG_INFO, "notification", answer.status);
}

static bool
settings_right(void)
{
	if (!is_set(remote_settings.sftp_url) || strncmp(remote_settings.sftp_url, "sftp://", 7) != 0)
		return escrow_fail("settings", "sftp_url is not set, or is no sftp:// URL");
	if (!is_set(remote_settings.sftp_key))
		return escrow_fail("settings", "sftp_key is not set");
	if (!is_set(remote_settings.sftp_host_key) && !is_set(remote_settings.sftp_known_hosts))
		return escrow_fail("settings", "neither sftp_host_key nor sftp_known_hosts is set: nobody could know the agent's host");
	return true;
}

bool
escrow_deliver(PGconn *database)
{
	Delivery	delivery = {.database = database};
	bool		done = true;
	bool		tells = is_set(remote_settings.rri_url);

	if (!settings_right() || !escrow_query(database, "SELECT deposit, zone, deposit_id, prefix, suffix, day, send, tell, ask FROM dos.escrow_deliveries()", 0, NULL, &delivery.rows))
		return false;
	curl_global_init(CURL_GLOBAL_DEFAULT);
	for (delivery.row = 0; delivery.row < PQntuples(delivery.rows); delivery.row++)
	{
		bool		there = !is(&delivery, SEND) || deposit_send(&delivery);

		if (there && tells && is(&delivery, TELL))
			done &= deposit_tell(&delivery);
		if (there && tells && is(&delivery, ASK))
			deposit_ask(&delivery);
		done &= there;
	}
	curl_global_cleanup();
	PQclear(delivery.rows);
	return done;
}
