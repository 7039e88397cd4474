/*
 * publish_rules.c
 *	  The one table of what is published. Which lifecycle states count as delegated is room lifecycle's
 *	  table (dos_lifecycle_project); this one starts from that verdict.
 */
#include "dns/publish_rules.h"

#include <string.h>

static const PublishRule rules[PUBLISH_CASE_COUNT] = {
	/*							   name				   records	 narrow wide */
	[PUBLISH_DELEGATED] =		 {"delegated",		  "NS DS",	{true,	true},
	"The domain is registered, not held, not deleted, and has name servers."},
	[PUBLISH_WITHHELD] =		 {"withheld",		  "NS DS",	{false, false},
	"A held, deleted or released name does not resolve; DS never stands without NS (RFC 4035 section 2.4)."},
	[PUBLISH_GLUE_APEX] =		 {"glue-apex",		  "A AAAA", {true,	true},
	"Nobody else can give the addresses of the zone's own servers."},
	[PUBLISH_GLUE_INSIDE] =		 {"glue-inside",	  "A AAAA", {true,	true},
	"In-domain glue: the delegation cannot be followed without it (RFC 9471 section 3.1)."},
	[PUBLISH_GLUE_UNDELEGATED] = {"glue-undelegated", "A AAAA", {true,	true},
	"Other delegations rely on the server, and no delegation leads to its name."},
	[PUBLISH_GLUE_CIRCLE] =		 {"glue-circle",	  "A AAAA", {true,	true},
	"Sibling glue where delegations may depend on each other in a circle (RFC 9471 section 2.3)."},
	[PUBLISH_GLUE_SIBLING] =	 {"glue-sibling",	  "A AAAA", {false, true},
	"Sibling glue that saves a resolver one look-up (RFC 9471 section 3.2)."},
	[PUBLISH_GLUE_ORPHAN] =		 {"glue-orphan",	  "A AAAA", {false, false},
	"No delegation of the zone uses the server: orphan glue (SSAC 048)."},
	[PUBLISH_GLUE_OUTSIDE] =	 {"glue-outside",	  "A AAAA", {false, false},
	"Addresses of names outside the zone are not the zone's to give."},
};

static const char *const glue_names[GLUE_POLICY_COUNT] = {
	[GLUE_NARROW] = "narrow",
	[GLUE_WIDE] = "wide",
};

const PublishRule *
dos_publish_rule(PublishCase index)
{
	return &rules[index];
}

PublishCase
dos_publish_case_find(const char *name)
{
	int			i = 0;

	while (i < PUBLISH_CASE_COUNT && strcmp(rules[i].name, name) != 0)
		i++;
	return (PublishCase) i;
}

PublishGlue
dos_publish_glue_find(const char *name)
{
	int			i = 0;

	while (i < GLUE_POLICY_COUNT && strcmp(glue_names[i], name) != 0)
		i++;
	return (PublishGlue) i;
}

int
dos_serial_compare(uint32_t a, uint32_t b)
{
	uint32_t	ahead = b - a;

	if (ahead == 0)
		return 0;
	return ahead <= UINT32_C(0x80000000) ? -1 : 1;
}
