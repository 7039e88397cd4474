/*
 * reserve_rules.c
 *	  The table of classes of reserved names.
 */
#include "reserve/reserve_rules.h"

#include <stddef.h>
#include <string.h>

const ReservedClass dos_reserved_classes[] = {
	/* class	  answer						token  phase  on hold */
	{"blocked", "Blocked", false, false, false},
	{"igo", "Reserved for an organization", false, false, false},
	{"registry", "Reserved for the registry", false, false, false},
	{"geographic", "Reserved geographic name", true, false, false},
	{"reserved", "Reserved", true, true, false},
	{"anchor", "Allocated", true, false, false},
	{"specific", "Reserved for a specific use", true, true, false},
	{"collision", "Name collision", true, true, true},
	{"sunrise", "Reserved for sunrise", true, true, false},
	{NULL, NULL, false, false, false},
};

int
dos_reserved_rank(const char *name)
{
	for (int i = 0; dos_reserved_classes[i].name != NULL; i++)
		if (strcmp(dos_reserved_classes[i].name, name) == 0)
			return i;
	return -1;
}
