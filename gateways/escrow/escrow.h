/*
 * escrow.h
 *		What the parts of dos-escrow share: settings and the way to fail.
 *
 * A run does one thing and ends: 0 done, 1 not. What went wrong is logged once, where it was found; a function that
 * returns false has logged.
 */
#ifndef ESCROW_H
#define ESCROW_H

#include <libpq-fe.h>
#include <stdbool.h>

#include "gw_config.h"

typedef struct EscrowSettings
{
	char	   *database;
	char	   *directory;
	char	   *gpg_home;
	GwList		recipients;		/* keys deposits are encrypted to */
	char	   *signer;			/* key they are signed with */
	GwList		trusted;		/* fingerprints whose signatures are believed */
	long		split_bytes;
	char	   *agent;			/* escrow agent in whose name a notification is written; NULL: none */
	char	   *type;
	char	   *watermark;
	long		resend;
	long		batch;
	long		sessions;		/* that load at a time */
	bool		plain;
	bool		csv;
	bool		csv_gzip;
	char	   *log_file;
	char	   *log_level;
} EscrowSettings;

extern EscrowSettings escrow_settings;

/* Log and return false. */
bool		escrow_fail(const char *event, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A connection to the database; NULL has been logged. */
PGconn	   *escrow_connect(void);

/* Run a statement; false when its status is not what it should be. The result, if wanted, is the caller's to clear. */
bool		escrow_query(PGconn *database, const char *statement, int count, const char *const *values, PGresult **result);

/* Read from a FILE: the number of octets, 0 at the end, -1 after an error. */
int			escrow_file_take(void *source, char *buffer, int size);

/* A path in a folder: "folder/name" and a suffix; freed by the caller. */
char	   *escrow_path(const char *folder, const char *name, const char *suffix);

/* escrow_out.c */
bool		escrow_deposit(PGconn *database, const char *zone, const char *type, const char *watermark, int resend);

/* escrow_in.c */
bool		escrow_read(PGconn *database, const char *zone, char *const *files, int count);

/* escrow_load.c */
bool		escrow_load(PGconn *database, const char *import);

#endif
