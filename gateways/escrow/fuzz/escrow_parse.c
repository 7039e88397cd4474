/*
 * escrow_parse.c
 *		Any bytes as a deposit: rows are made or a reason is given, and nothing else happens.
 */
#include "escrow_csv.h"
#include "fuzz/escrow_source.h"

#include <stdlib.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Source		source = {data, size, 97};
	Stage		stage = {.import = "1"};
	ParsedDeposit deposit = {0};
	char		error[1000];
	ParseSink	sink = object_sink(&stage);
	bool		done = deposit_parse(take, &source, &sink, &deposit, error, sizeof(error));

	if (done != (error[0] == '\0'))
		abort();
	for (int table = 0; table < STAGE_TABLES; table++)
	{
		long		rows = 0;

		for (size_t i = 0; i < stage.rows[table].length; i++)
			rows += stage.rows[table].data[i] == '\n';
		if (rows != stage.counts[table])
			abort();
	}
	csv_definitions_free(&stage);
	stage_free(&stage);
	deposit_free(&deposit);
	return 0;
}
