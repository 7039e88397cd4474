/*
 * escrow_csv.c
 *		Any bytes as a CSV file of a deposit: rows are made or a reason is given. The first octet chooses separator and pieces.
 */
#include "escrow_csv.h"
#include "fuzz/escrow_source.h"

#include <stdlib.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char separators[] = ",;|\t";
	Stage		stage = {.import = "1"};
	CsvDefinition definition = {.name = (char *) "domain", .field_count = 3, .fields = {(char *) "csvDomain:fName", (char *) "rdeCsv:fRoid", (char *) "csvDomain:fExDate"}};
	CsvFile		file = {.name = (char *) "fuzz.csv"};
	Source		source;
	char		error[1000] = "";
	long		rows = 0;
	bool		done;

	if (size == 0)
		return 0;
	definition.separator = separators[data[0] & 3];
	source = (Source) {data + 1, size - 1, 1 + data[0] / 4};
	done = csv_file_read(take, &source, &stage, &definition, &file, error, sizeof(error));
	if (done != (error[0] == '\0') || !file.read)
		abort();
	for (size_t i = 0; i < stage.rows[STAGE_CSV].length; i++)
		rows += stage.rows[STAGE_CSV].data[i] == '\n';
	if (rows != stage.counts[STAGE_CSV])
		abort();
	stage_free(&stage);
	return 0;
}
