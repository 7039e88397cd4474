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
	DAS_RESERVED,
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

#endif
