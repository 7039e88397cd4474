/*
 * escrow_sftp.c
 *		Files to the agent by SFTP. The key of the host is checked against a fingerprint or a file of known hosts that the
 *		operator has given, and against nothing else: who answers as a stranger gets no deposit.
 */
#include "escrow.h"
#include "escrow_remote.h"
#include "gw_memory.h"

#include <curl/curl.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

RemoteSettings remote_settings;

char *
remote_text(const char *text, const char *zone)
{
	size_t		size = strlen(text) + 1;
	char	   *result;
	char	   *to;

	for (const char *at = text; (at = strstr(at, "{zone}")) != NULL; at++)
		size += strlen(zone);
	to = result = gw_malloc(size);
	while (*text)
		if (strncmp(text, "{zone}", 6) == 0)
		{
			to += sprintf(to, "%s", zone);
			text += 6;
		}
		else
			*to++ = *text++;
	*to = '\0';
	return result;
}

/* "SHA256:abc..." as ssh-keygen says it, or without the prefix. */
static const char *
host_key(void)
{
	const char *key = remote_settings.sftp_host_key;

	return strncmp(key, "SHA256:", 7) == 0 ? key + 7 : key;
}

static bool
is_set(const char *text)
{
	return text && *text;
}

static void
session_options(CURL *curl)
{
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "sftp");
	curl_easy_setopt(curl, CURLOPT_SSH_AUTH_TYPES, (long) CURLSSH_AUTH_PUBLICKEY);
	curl_easy_setopt(curl, CURLOPT_SSH_PRIVATE_KEYFILE, remote_settings.sftp_key);
	if (is_set(remote_settings.sftp_host_key))
		curl_easy_setopt(curl, CURLOPT_SSH_HOST_PUBLIC_KEY_SHA256, host_key());
	if (is_set(remote_settings.sftp_known_hosts))
		curl_easy_setopt(curl, CURLOPT_SSH_KNOWNHOSTS, remote_settings.sftp_known_hosts);
	curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, remote_settings.timeout_s);
	/* a transfer may be long, but it must go on */
	curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
	curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, remote_settings.timeout_s);
}

/* The folder's path on the host: what follows its name in the URL. */
static const char *
folder_of(const char *url)
{
	const char *host = strstr(url, "://");
	const char *path = host ? strchr(host + 3, '/') : NULL;

	return path ? path : "/";
}

bool
sftp_send(const char *zone, const char *path, char *error, size_t error_size)
{
	const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
	char	   *folder = remote_text(remote_settings.sftp_url, zone);
	const char *slash = folder[strlen(folder) - 1] == '/' ? "" : "/";
	char	   *url = gw_malloc(strlen(folder) + strlen(name) + 16);
	char	   *commands = gw_malloc(2 * (strlen(folder) + strlen(name)) + 64);
	char		reason[CURL_ERROR_SIZE] = "";
	struct curl_slist *rename = NULL;
	FILE	   *file = fopen(path, "r");
	struct stat status;
	CURL	   *curl = curl_easy_init();
	CURLcode	code;

	sprintf(url, "%s%s%s.part", folder, slash, name);
	/* the server takes both paths as they are: libcurl speaks of its own home folder as /~/ in URLs only */
	sprintf(commands, "rename \"%s%s%s.part\" \"%s%s%s\"", folder_of(folder), slash, name, folder_of(folder), slash, name);
	if (!file || fstat(fileno(file), &status) != 0)
	{
		snprintf(error, error_size, "%s: %s", path, strerror(errno));
		code = CURLE_READ_ERROR;
	}
	else
	{
		rename = curl_slist_append(rename, commands);
		session_options(curl);
		curl_easy_setopt(curl, CURLOPT_URL, url);
		curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, reason);
		curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
		curl_easy_setopt(curl, CURLOPT_READDATA, file);
		curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t) status.st_size);
		curl_easy_setopt(curl, CURLOPT_POSTQUOTE, rename);
		code = curl_easy_perform(curl);
		if (code != CURLE_OK)
			snprintf(error, error_size, "%s: %s", name, reason[0] ? reason : curl_easy_strerror(code));
	}
	curl_easy_cleanup(curl);
	curl_slist_free_all(rename);
	if (file)
		fclose(file);
	free(commands);
	free(url);
	free(folder);
	return code == CURLE_OK;
}
