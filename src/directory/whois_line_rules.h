/*
 * whois_line_rules.h
 *	  Lines of WHOIS answers, pure: how one is written, and of what lines an answer about a domain is made. The
 *	  usual ones are those of ICANN's Specification 4; a zone may have others (dos.whois_line).
 */
#ifndef DOS_WHOIS_LINE_RULES_H
#define DOS_WHOIS_LINE_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a line, or a group of lines, shows. */
typedef enum WhoisItem
{
	ITEM_NAME,
	ITEM_UNICODE,
	ITEM_ROID,
	ITEM_REGISTRAR_WHOIS,
	ITEM_REGISTRAR_URL,
	ITEM_UPDATED,
	ITEM_CREATED,
	ITEM_EXPIRES,
	ITEM_REGISTRAR,
	ITEM_IANA_ID,
	ITEM_ABUSE_EMAIL,
	ITEM_ABUSE_PHONE,
	ITEM_STATUS,
	ITEM_REGISTRANT,			/* the contacts of a role, labels of their own */
	ITEM_ADMIN,
	ITEM_TECH,
	ITEM_BILLING,
	ITEM_NAME_SERVER,
	ITEM_ADDRESS,				/* behind each name server */
	ITEM_DNSSEC,
	ITEM_DS,
	ITEM_TEXT,					/* the label alone: a heading, a remark, an empty line */
	ITEM_COUNT
} WhoisItem;

typedef struct WhoisLine
{
	WhoisItem	item;
	const char *label;			/* NULL: the usual one */
} WhoisLine;

extern const char *dos_whois_item_name(WhoisItem item);
extern WhoisItem dos_whois_item_find(const char *name); /* or ITEM_COUNT */
extern const char *dos_whois_item_label(WhoisItem item);	/* NULL: it needs none */

/* The lines of a registry that has decided nothing. */
extern const WhoisLine *dos_whois_lines(size_t *count);

#endif
