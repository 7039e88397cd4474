/*
 * das_rules.h
 *	  The words of the availability service, pure.
 */
#ifndef DOS_DAS_RULES_H
#define DOS_DAS_RULES_H

typedef enum DasStatus
{
	DAS_AVAILABLE,
	DAS_REGISTERED,
	DAS_PREMIUM,
	DAS_RESERVED,
	DAS_CLOSED,
	DAS_INVALID,
	DAS_NOT_SERVED,
	DAS_STATUS_COUNT
} DasStatus;

typedef struct DasStatusRule
{
	const char *word;
	const char *meaning;
} DasStatusRule;

extern const DasStatusRule *dos_das_status(DasStatus status);
extern DasStatus dos_das_status_find(const char *word); /* or DAS_STATUS_COUNT */

#endif
