/*
 * escrow_facts_rules.h
 *	  From what a deposit shows of a domain's life back to its facts: dates where it states them, computed ones where
 *	  not. Pure. Instants are microseconds since 2000-01-01T00:00:00Z.
 */
#ifndef DOS_ESCROW_FACTS_RULES_H
#define DOS_ESCROW_FACTS_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ESCROW_NO_INSTANT	INT64_MAX
#define ESCROW_SHOWN_MAX	32		/* RGP statuses of one domain */

/* A part of a longer text. */
typedef struct EscrowPart
{
	const char *text;			/* NULL: it is not there */
	size_t		length;
} EscrowPart;

/* A period of a zone's policy: months by the calendar, and microseconds. */
typedef struct EscrowLength
{
	int			months;
	int64_t		usecs;
} EscrowLength;

typedef struct EscrowPolicy
{
	EscrowLength add_grace;
	EscrowLength renew_grace;
	EscrowLength autorenew_grace;
	EscrowLength transfer_grace;
	EscrowLength redemption;
	EscrowLength pending_delete;
	EscrowLength pending_restore;
} EscrowPolicy;

/* What a deposit shows; instants it does not have are ESCROW_NO_INSTANT. */
typedef struct EscrowShown
{
	int64_t		watermark;
	int64_t		created_at;
	int64_t		expires_at;
	int64_t		updated_at;
	int64_t		transferred_at;
	int64_t		transfer_acts_at;
	bool		pending_delete; /* is among its statuses */
	int			rgp_count;
	EscrowPart	rgp[ESCROW_SHOWN_MAX];	/* "redemptionPeriod endDate=... deletedDate=..." */
} EscrowShown;

typedef struct EscrowGrace
{
	const char *kind;			/* add, autorenew, renew, transfer */
	int64_t		ends_at;
	int			years;
} EscrowGrace;

typedef struct EscrowLife
{
	int64_t		deleted_at;
	int64_t		restore_at;
	int			grace_count;
	EscrowGrace graces[ESCROW_SHOWN_MAX];	/* those that run at the watermark */
	int			computed_count;
	EscrowPart	computed[ESCROW_SHOWN_MAX + 1]; /* statuses without a date of their own */
} EscrowLife;

/* What our own deposits put into the text of a status; nothing in those of others. */
typedef struct EscrowWords
{
	int			autorenew;		/* 1 yes, 0 no, -1 not said */
	int64_t		expired_at;
	int			unpaid_years;	/* -1: nothing is unpaid */
	int64_t		unpaid_expires_at;
	int64_t		unpaid_until;
	int64_t		release_at;
	int64_t		registrant_changed_at;
	bool		never;			/* it never expires */
	EscrowPart	ttl;			/* NS:3600,DS:60 */
	EscrowPart	derived;		/* statuses, separated by commas */
	EscrowPart	hidden;
	EscrowPart	phase;			/* spaces are %20 */
} EscrowWords;

/* The instant of a word key=2026-06-11T00:00:00.000Z in a text. */
extern int64_t dos_escrow_instant_word(EscrowPart words, const char *key);

/* The instant that a text is: a date, which begins in UTC, or date and time in UTC; none for one of another form. */
extern int64_t dos_escrow_instant_plain(EscrowPart text);

/* The instant a period after another one, which may be ESCROW_NO_INSTANT. */
extern int64_t dos_escrow_after(int64_t at, EscrowLength length);

extern void dos_escrow_life(const EscrowShown *shown, const EscrowPolicy *policy, EscrowLife *life);
extern void dos_escrow_words(EscrowPart text, EscrowWords *words);

#endif
