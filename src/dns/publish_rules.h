/*
 * publish_rules.h
 *	  What of a registration is in the zone, and how serials count. Pure.
 */
#ifndef DOS_PUBLISH_RULES_H
#define DOS_PUBLISH_RULES_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Where a name server stands, seen from the zone. "Above" is the registered domain (or hosted child zone)
 * that the server's name lies in.
 */
typedef enum PublishCase
{
	PUBLISH_DELEGATED,			/* NS and DS of a domain whose state says it is delegated */
	PUBLISH_WITHHELD,			/* NS and DS of any other domain: held, pending delete, without servers, gone */
	PUBLISH_GLUE_APEX,			/* addresses of a server of the zone itself */
	PUBLISH_GLUE_INSIDE,		/* ... that serves the delegated domain above it */
	PUBLISH_GLUE_UNDELEGATED,	/* ... that serves others, while the domain above is not delegated, or none is */
	PUBLISH_GLUE_CIRCLE,		/* ... that serves others, the domain above being served only from elsewhere in the zone */
	PUBLISH_GLUE_SIBLING,		/* ... that serves others, the domain above being reachable without it */
	PUBLISH_GLUE_ORPHAN,		/* ... that serves no delegated domain of the zone */
	PUBLISH_GLUE_OUTSIDE,		/* ... whose name is not in the zone */
	PUBLISH_CASE_COUNT
} PublishCase;

typedef enum PublishGlue
{
	GLUE_NARROW,				/* what a resolver cannot do without */
	GLUE_WIDE,					/* whatever serves a delegation and lies in the zone */
	GLUE_POLICY_COUNT
} PublishGlue;

typedef struct PublishRule
{
	const char *name;
	const char *records;
	bool		published[GLUE_POLICY_COUNT];
	const char *because;
} PublishRule;

extern const PublishRule *dos_publish_rule(PublishCase index);

/* The case or policy with this name, or PUBLISH_CASE_COUNT and GLUE_POLICY_COUNT. */
extern PublishCase dos_publish_case_find(const char *name);
extern PublishGlue dos_publish_glue_find(const char *name);

/*
 * Serial number arithmetic (RFC 1982 with 32 bits): negative if a is before b, 0 if equal, positive if
 * after. The RFC leaves serials exactly 2^31 apart undefined; here each counts as before the other.
 */
extern int	dos_serial_compare(uint32_t a, uint32_t b);

#endif
