/*
 * epp_sql.c
 *		A frame as SQL. See epp_sql.h.
 */
#include "epp_sql.h"
#include "epp_extension.h"
#include "epp_request.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FRAME_MAX (1024 * 1024)
#define ALL_SERVICES (EPP_SERVICE_BIT(EPP_SERVICE_COUNT) - 1)

static void
write_literal(GwBuf *sql, const char *value)
{
	if (value == NULL)
	{
		gw_buf_puts(sql, "NULL");
		return;
	}
	gw_buf_putc(sql, '\'');
	for (; *value; value++)
	{
		if (*value == '\'')
			gw_buf_putc(sql, '\'');
		gw_buf_putc(sql, *value);
	}
	gw_buf_putc(sql, '\'');
}

/* The statement with its parameters in their places. */
static void
write_statement(GwBuf *sql, const char *statement, const char *const *values)
{
	char	   *end;

	while (*statement)
	{
		if (*statement != '$')
		{
			gw_buf_putc(sql, *statement++);
			continue;
		}
		write_literal(sql, values[strtol(statement + 1, &end, 10) - 1]);
		statement = end;
	}
}

/* A command of which something can be said: not of the session, not a check, which changes nothing and shares its call. */
static bool
is_told(const EppRequest *request, EppFlaw *flaw)
{
	if (request->command == NULL && request->object_node)
		epp_flaw(flaw, 2307, request->object_node, "service \"%.90s\" is not known", (const char *) request->object_node->ns->href);
	else if (request->command == NULL || request->command->sql == NULL || request->command->batched || request->object_node == NULL)
		epp_flaw(flaw, 2102, request->verb_node, "this command is not one of an object, or a check");
	return flaw->code == 0;
}

bool
epp_sql_write(GwBuf *sql, const char *registrar, const char *frame, size_t length, GwBuf *reason)
{
	static EppParameters parameters;
	EppRequest	request;
	EppFlaw		flaw = {0};
	const char *values[EPP_PARAMETER_MAX];
	bool		good;

	epp_parameters_reset(&parameters);
	good = epp_request_read(&request, frame, length, &flaw) && is_told(&request, &flaw)
		&& epp_request_parameters(&request, ALL_SERVICES, &parameters, &flaw);
	if (good)
	{
		const EppCommand *command = request.command;

		epp_parameters_text(&parameters, 1, registrar);
		if (command->transform)
			epp_parameters_text(&parameters, command->parameters - command->extended - 1, *request.cltrid ? request.cltrid : NULL);
		if (command->extended)
		{
			epp_extensions_expect(command, ALL_SERVICES, &parameters);
			epp_parameters_store_extensions(&parameters, command->parameters);
		}
		epp_parameters_values(&parameters, command->parameters, values);
		write_statement(sql, command->sql, values);
	}
	else
		gw_buf_printf(reason, "%d %s", flaw.code, flaw.reason);
	epp_request_free(&request);
	return good;
}

int
epp_sql_main(const char *registrar)
{
	static char frame[FRAME_MAX];
	GwBuf		sql = {0};
	GwBuf		reason = {0};
	size_t		length = fread(frame, 1, sizeof(frame), stdin);

	if (length == sizeof(frame))
		gw_buf_puts(&reason, "2001 the frame is too long");
	else if (epp_sql_write(&sql, registrar, frame, length, &reason))
		printf("%s\n", sql.data);
	if (reason.length)
		fprintf(stderr, "dos-epp: %s\n", reason.data);
	return reason.length ? EXIT_FAILURE : EXIT_SUCCESS;
}
