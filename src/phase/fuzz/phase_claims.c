/*
 * phase_claims.c
 *		Any text as the identifier of a claims notice, and as a label: a verdict comes, and only one identifier in 2^32 is right.
 */
#include "phase/claims_rules.h"

#include <stdlib.h>
#include <string.h>

int			LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	char	   *id = malloc(size + 1);
	char	   *label = malloc(size + 1);
	size_t		half = size / 2;
	NoticeProblem problem;

	memcpy(id, data, half);
	id[half] = '\0';
	memcpy(label, data + half, size - half);
	label[size - half] = '\0';
	problem = dos_claims_notice_judge(id, label, (int64_t) size * 1000000007);
	if (problem != NOTICE_OK && problem != NOTICE_FORM && problem != NOTICE_CHECKSUM)
		abort();
	/* eight digits and nineteen: nothing shorter or longer has the form */
	if (problem != NOTICE_FORM && strlen(id) < 9)
		abort();
	free(id);
	free(label);
	return 0;
}
