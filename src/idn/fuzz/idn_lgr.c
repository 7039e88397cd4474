/*
 * idn_lgr.c
 *		Any text as a ruleset, and the rest of it as a label: reading and judging end, and say something.
 */
#include "idn/lgr_rules.h"

#include <string.h>

static void
take(const LgrLabel *variant, const char *disposition, void *context)
{
	(void) variant;
	(void) disposition;
	(void) context;
}

int			LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	const char *text = (const char *) data;
	const char *rest = size ? memchr(text, '\0', size) : NULL;
	size_t		length = rest ? (size_t) (rest - text) : size;
	char		error[256];
	LgrLabel	label;
	LgrLabel	other;
	Lgr		   *lgr = length && text[0] == '<' ? dos_lgr_read_xml(text, length, error, sizeof(error)) : dos_lgr_read_text(text, length, error, sizeof(error));

	if (lgr != NULL && rest != NULL && dos_lgr_label(rest + 1, size - length - 1, &label))
	{
		char		back[4 * LGR_LABEL_MAX + 1];

		dos_lgr_text(&label, back);
		dos_lgr_judge(lgr, &label);
		dos_lgr_index(lgr, &label, &other);
		dos_lgr_disposition(lgr, &label, &other);
		dos_lgr_variants(lgr, &label, 20, take, NULL);
	}
	dos_lgr_free(lgr);
	return 0;
}
