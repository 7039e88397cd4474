/*
 * directory_gather.h
 *	  Facts about objects from the tables, each by one key. Call between SPI_connect and SPI_finish; what
 *	  is returned lives until SPI_finish. NULL or 0: there is none.
 */
#ifndef DOS_DIRECTORY_GATHER_H
#define DOS_DIRECTORY_GATHER_H

#include "postgres.h"

#include "executor/spi.h"

#include "directory/directory_facts.h"

/* `name` is canonical. A domain that its state says is not registered does not exist. */
extern const DirectoryDomain *dos_directory_domain(const char *name, TimestampTz at);

extern const DirectoryHost *dos_directory_host(const char *name, int32 *registrar_id);
extern const DirectoryHost *dos_directory_host_by_id(int64 id);

/* Host objects with this address, at most `limit`. */
extern size_t dos_directory_hosts_at(const char *address, size_t limit, const DirectoryHost ***hosts);

/* By EPP id or ROID. */
extern const DirectoryContact *dos_directory_contact(const char *handle, int32 *registrar_id);

extern const DirectoryContact *dos_directory_contact_by_id(int64 id);

/* Kept: valid until the next call. */
extern const DirectoryRegistrar *dos_directory_registrar(int32 id);

/* By IANA id, clID or name (in any case), the first that fits in this order. */
extern const DirectoryRegistrar *dos_directory_registrar_find(const char *word);

/* The ids that a query returns in its first column; its plan is kept in *plan. */
extern size_t dos_directory_ids(SPIPlanPtr *plan, const char *sql, int parameters, Oid *types, Datum *values, int64 **ids);

/* The zone that a canonical name lies in, or is; 0: none. */
extern int32 dos_directory_zone_of(const char *name);

/* The variants of a domain whose label this IDN table took. */
extern void dos_directory_variants(DirectoryDomain *domain, int32 idn_table_id);

/* The U-label form of a name, or NULL when it is the same. */
extern const char *dos_directory_unicode(const char *name);

/* How fresh what is read here is: the clock, or on a standby the last change replayed. */
extern TimestampTz dos_directory_database_at(void);

#endif
