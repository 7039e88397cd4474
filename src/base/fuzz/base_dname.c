/*
 * base_dname.c
 *		Any octets as a name and as a wire name: what is taken is canonical, comes back from the wire, and taking it
 *		again changes nothing. Its Unicode form is the same name, or has emoji.
 */
#include "base/dname_rules.h"
#include "base/emoji_rules.h"

#include <stdlib.h>
#include <string.h>

int			LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
demand(bool good)
{
	if (!good)
		abort();
}

static bool
has_emoji(const char *name)
{
	bool		found = false;

	for (const char *label = name; label != NULL; label = strchr(label, '.') ? strchr(label, '.') + 1 : NULL)
	{
		uint32_t	cp[DOS_EMOJI_LABEL_MAX];

		found |= dos_emoji_label(label, strcspn(label, "."), cp) > 0;
	}
	return found;
}

static void
one_name(const char *name, size_t size)
{
	char		once[DOS_DNAME_MAX + 1];
	char		twice[DOS_DNAME_MAX + 1];
	char		back[DOS_DNAME_MAX + 1];
	uint8_t		wire[DOS_DNAME_WIRE_MAX];
	size_t		length;
	size_t		again;
	size_t		octets;
	char	   *unicode;

	if (dos_dname_canonical(name, size, once, &length) != DNAME_OK)
		return;
	demand(length <= DOS_DNAME_MAX && strlen(once) == length && dos_dname_is_canonical(once, length));
	demand(dos_dname_canonical(once, length, twice, &again) == DNAME_OK && strcmp(once, twice) == 0);
	octets = dos_dname_wire(once, length, wire);
	demand(octets > 0 && dos_dname_from_wire(wire, octets, back) == octets && strcmp(once, back) == 0);
	demand(dos_dname_compare(once, length, twice, again) == 0);
	unicode = dos_dname_unicode(once);
	/* emoji are taken as A-labels only */
	if (unicode && dos_dname_canonical(unicode, strlen(unicode), twice, &again) == DNAME_OK)
		demand(strcmp(once, twice) == 0);
	else if (unicode)
		demand(has_emoji(once));
	free(unicode);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char		text[4 * DOS_DNAME_WIRE_MAX + 1];

	one_name((const char *) data, size);
	dos_dname_from_wire(data, size, text);
	return 0;
}
