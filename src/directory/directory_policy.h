/*
 * directory_policy.h
 *	  The directory's policy of a zone, from dos.disclosure and dos.directory_setting, kept per backend.
 */
#ifndef DOS_DIRECTORY_POLICY_H
#define DOS_DIRECTORY_POLICY_H

#include "directory/directory_policy_rules.h"

#define DIRECTORY_NO_ZONE	0	/* what is not inside one zone: contacts, hosts, registrars, help */

#define DIRECTORY_PUBLIC	""	/* the tier of those who have none */
#define DIRECTORY_TIER_MAX	32

/* Between SPI_connect and SPI_finish. Valid until the next call. */
extern const DirectoryPolicy *dos_directory_policy(int32_t zone_id, const char *tier);

#endif
