/*
 * escrow_remote.h
 *		The agent and ICANN over the network, through libcurl: files by SFTP, reports by HTTPS.
 */
#ifndef ESCROW_REMOTE_H
#define ESCROW_REMOTE_H

#include <stdbool.h>
#include <stddef.h>

/* Settings of both; see escrow_deliver.c. */
typedef struct RemoteSettings
{
	char	   *sftp_url;		/* sftp://user@host[:port]/folder/; {zone} is the zone */
	char	   *sftp_key;		/* private key; the public one lies beside it as .pub */
	char	   *sftp_host_key;	/* SHA256 fingerprint of the host's key, as ssh-keygen -l says it */
	char	   *sftp_known_hosts;	/* or a file of known hosts */
	char	   *rri_url;
	char	   *rri_user;		/* {zone} is the zone */
	char	   *rri_password;
	char	   *rri_certificate;
	char	   *rri_key;
	char	   *rri_ca;
	long		timeout_s;
} RemoteSettings;

extern RemoteSettings remote_settings;

/* What a reporting interface answered. */
typedef struct RriAnswer
{
	long		http;
	int			code;			/* of the result; 0: there was none */
	char		message[400];
	char		status[8];		/* of a notification asked for: DVPN, DVFN; empty: there is none */
} RriAnswer;

/* A text with {zone} in it, with the zone; freed by the caller. */
char	   *remote_text(const char *text, const char *zone);

/* Send a file under its name; it has that name only when it is whole. False with the reason. */
bool		sftp_send(const char *zone, const char *path, char *error, size_t error_size);

/* Hand in the report of a deposit, the file byte for byte. False with the reason when nobody answered. */
bool		rri_report(const char *zone, const char *id, const char *path, RriAnswer *answer, char *error, size_t error_size);

/* Ask what the agent told ICANN of a deposit. False with the reason when nobody answered. */
bool		rri_ask(const char *zone, const char *day, const char *id, RriAnswer *answer, char *error, size_t error_size);

#endif
