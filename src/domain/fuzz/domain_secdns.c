/*
 * domain_secdns.c
 *		Any text as a DS record and as a DNSKEY: reading ends, and what is refused has a reason.
 */
#include "domain/secdns_rules.h"

#include <stdlib.h>
#include <string.h>

int			LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static SecdnsDs ds;
	static SecdnsKey key;
	char	   *text = malloc(size + 1);

	memcpy(text, data, size);
	text[size] = '\0';
	if (dos_secdns_problem_reason(dos_secdns_ds(text, &ds)) == NULL && dos_secdns_ds(text, &ds) != 0)
		abort();
	if (dos_secdns_problem_reason(dos_secdns_key(text, &key)) == NULL && dos_secdns_key(text, &key) != 0)
		abort();
	free(text);
	return 0;
}
