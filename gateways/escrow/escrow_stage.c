/*
 * escrow_stage.c
 *		Rows into staging tables. See escrow_stage.h.
 */
#include "escrow_stage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KEEP_BACK	(1 << 18)

static const struct
{
	const char *kind;
	const char *target;
}			tables[STAGE_TABLES] = {
	[STAGE_DOMAIN] = {"domain", "dos.escrow_in_domain (import_id, line, name, roid, uname, idn_table, original_name, statuses, facts, rgp, registrant, contacts, hosts, host_attrs,"
		" sponsor, creator, created_at, expires_at, updater, updated_at, max_sig_life, ds, keys, transferred_at, transfer_status, transfer_requester,"
	" transfer_requested_at, transfer_actor, transfer_acts_at, transfer_expires_at)"},
	[STAGE_HOST] = {"host", "dos.escrow_in_host (import_id, line, name, roid, statuses, addresses, sponsor, creator, created_at, updater, updated_at, transferred_at)"},
	[STAGE_CONTACT] = {"contact", "dos.escrow_in_contact (import_id, line, handle, roid, statuses, int_postal, loc_postal, voice, voice_x, fax, fax_x, email, sponsor, creator,"
		" created_at, updater, updated_at, transferred_at, transfer_status, transfer_requester, transfer_requested_at, transfer_actor, transfer_acts_at,"
	" disclose_flag, disclose)"},
	[STAGE_REGISTRAR] = {"registrar", "dos.escrow_in_registrar (import_id, line, clid, name, iana_id, state, postal, voice, fax, email, url, whois_server, whois_url, created_at, updated_at)"},
	[STAGE_IDN] = {"idn", "dos.escrow_in_idn (import_id, line, id, url, policy_url)"},
	[STAGE_NNDN] = {"nndn", "dos.escrow_in_nndn (import_id, line, name, uname, idn_table, original_name, state, mirrored, created_at)"},
	[STAGE_DELETE] = {"delete", "dos.escrow_in_delete (import_id, line, kind, key)"},
	[STAGE_PROBLEM] = {"problem", "dos.escrow_problem (import_id, line, severity, kind, key, reason, detail)"},
	[STAGE_CSV] = {"csv", "dos.escrow_in_csv (import_id, line, name, deleted, record)"},
};

const char *
stage_kind(StageTable table)
{
	return tables[table].kind;
}

void
stage_begin(Stage *stage, StageTable table, long line)
{
	gw_buf_printf(&stage->rows[table], "%s\t%ld", stage->import, line);
}

void
stage_field(Stage *stage, StageTable table, const char *text)
{
	GwBuf	   *row = &stage->rows[table];

	gw_buf_putc(row, '\t');
	if (!text)
	{
		gw_buf_puts(row, "\\N");
		return;
	}
	for (;;)
	{
		size_t		plain = strcspn(text, "\\\t\n\r");

		gw_buf_add(row, text, plain);
		text += plain;
		switch (*text++)
		{
			case '\\':
				gw_buf_puts(row, "\\\\");
				break;
			case '\t':
				gw_buf_puts(row, "\\t");
				break;
			case '\n':
				gw_buf_puts(row, "\\n");
				break;
			case '\r':
				gw_buf_puts(row, "\\r");
				break;
			default:
				return;
		}
	}
}

/* The open COPY comes to its end: good, or broken off for a reason. */
static void
copy_end(Stage *stage, const char *broken)
{
	PGresult   *result;
	bool		done;

	if (!stage->copying)
		return;
	stage->copying = 0;
	done = PQputCopyEnd(stage->database, broken) == 1;
	while ((result = PQgetResult(stage->database)) != NULL)
	{
		done = done && PQresultStatus(result) == PGRES_COMMAND_OK;
		if (PQresultStatus(result) == PGRES_FATAL_ERROR && !broken)
			snprintf(stage->error, sizeof(stage->error), "%s: %s", PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY),
					 PQresultErrorField(result, PG_DIAG_CONTEXT) ? PQresultErrorField(result, PG_DIAG_CONTEXT) : "");
		PQclear(result);
	}
	if (!done && !broken)
	{
		if (stage->error[0] == '\0')
			snprintf(stage->error, sizeof(stage->error), "%s", PQerrorMessage(stage->database));
		stage->failed = true;
	}
}

static void
copy_begin(Stage *stage, StageTable table)
{
	char		statement[800];
	PGresult   *result;

	copy_end(stage, NULL);
	if (stage->failed)
		return;
	snprintf(statement, sizeof(statement), "COPY %s FROM STDIN", tables[table].target);
	result = PQexec(stage->database, statement);
	if (PQresultStatus(result) == PGRES_COPY_IN)
		stage->copying = (int) table + 1;
	else
	{
		snprintf(stage->error, sizeof(stage->error), "%s", PQerrorMessage(stage->database));
		stage->failed = true;
	}
	PQclear(result);
}

static void
table_flush(Stage *stage, StageTable table)
{
	GwBuf	   *rows = &stage->rows[table];

	if (rows->length == 0)
		return;
	if (!stage->failed && stage->copying != (int) table + 1)
		copy_begin(stage, table);
	if (!stage->failed && PQputCopyData(stage->database, rows->data, (int) rows->length) != 1)
		copy_end(stage, NULL);
	gw_buf_reset(rows);
}

void
stage_end(Stage *stage, StageTable table)
{
	gw_buf_putc(&stage->rows[table], '\n');
	stage->counts[table]++;
	if (stage->rows[table].length >= KEEP_BACK)
		table_flush(stage, table);
}

void
stage_problem(Stage *stage, const char *severity, const char *kind, const char *key, long line, const char *reason, const char *detail)
{
	stage_begin(stage, STAGE_PROBLEM, line);
	stage_field(stage, STAGE_PROBLEM, severity);
	stage_field(stage, STAGE_PROBLEM, kind);
	stage_field(stage, STAGE_PROBLEM, key ? key : "");
	stage_field(stage, STAGE_PROBLEM, reason);
	stage_field(stage, STAGE_PROBLEM, detail);
	stage_end(stage, STAGE_PROBLEM);
}

bool
stage_flush(Stage *stage)
{
	for (int table = 0; table < STAGE_TABLES; table++)
		table_flush(stage, (StageTable) table);
	copy_end(stage, NULL);
	return !stage->failed;
}

void
stage_break(Stage *stage)
{
	copy_end(stage, "the deposit is not read to its end");
}

void
stage_free(Stage *stage)
{
	for (int table = 0; table < STAGE_TABLES; table++)
		gw_buf_free(&stage->rows[table]);
}
