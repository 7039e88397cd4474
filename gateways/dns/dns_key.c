/*
 * dns_key.c
 *		TSIG keys. See dns_key.h.
 *
 * A key that leaves the settings is kept in memory, unused: an answer being
 * sent may still be signed with it.
 */
#include "dns_key.h"
#include "gw_log.h"
#include "gw_memory.h"

#include <ctype.h>

#define SECRET_MIN 16			/* octets */

static DnsKey **keys;
static int	key_count;

static const char *const algorithms[] = {"hmac-sha256", "hmac-sha384", "hmac-sha512"};

static bool
algorithm_known(const char *name)
{
	for (size_t i = 0; i < sizeof(algorithms) / sizeof(algorithms[0]); i++)
		if (strcmp(name, algorithms[i]) == 0)
			return true;
	return false;
}

/* A key from its text, or NULL with *why set. The secret is never logged. */
static DnsKey *
key_parse(const char *text, const char **why)
{
	char	   *name = gw_strdup(text);
	char	   *algorithm = strchr(name, ':');
	char	   *secret = algorithm ? strchr(algorithm + 1, ':') : NULL;
	DnsKey	   *key = NULL;

	*why = "not name:algorithm:secret";
	if (secret)
	{
		*algorithm++ = '\0';
		*secret++ = '\0';
		for (char *c = name; *c; c++)
			*c = (char) tolower((unsigned char) *c);
		if (name[0] && name[strlen(name) - 1] == '.')
			name[strlen(name) - 1] = '\0';
		*why = "algorithm is not hmac-sha256, hmac-sha384 or hmac-sha512";
		if (algorithm_known(algorithm))
		{
			key = gw_new(sizeof(*key));
			*why = "name or base64 secret is malformed";
			if (knot_tsig_key_init(&key->tsig, algorithm, name, secret) == 0)
				*why = key->tsig.secret.size < SECRET_MIN ? "secret is shorter than 16 octets" : NULL;
		}
	}
	if (*why)
	{
		if (key)
			knot_tsig_key_deinit(&key->tsig);
		free(key);
		free(name);
		return NULL;
	}
	key->name = name;
	key->text = gw_strdup(text);
	return key;
}

static DnsKey *
key_known(const char *text)
{
	for (int i = 0; i < key_count; i++)
		if (strcmp(keys[i]->text, text) == 0)
			return keys[i];
	return NULL;
}

bool
dns_keys_load(const GwList *words)
{
	bool		good = true;
	int			old_count = key_count;

	for (int i = 0; i < words->count; i++)
	{
		const char *why;
		DnsKey	   *key;

		if (key_known(words->items[i]))
			continue;
		key = key_parse(words->items[i], &why);
		if (key == NULL)
		{
			gw_log(GW_LOG_ERROR, "tsig_key_wrong", "tsig_key number %d: %s", i + 1, why);
			good = false;
			continue;
		}
		keys = gw_realloc(keys, (size_t) (key_count + 1) * sizeof(*keys));
		keys[key_count++] = key;
	}
	if (!good && old_count > 0)
		return false;
	for (int i = 0; i < key_count; i++)
		keys[i]->current = false;
	for (int i = 0; i < words->count; i++)
	{
		DnsKey	   *key = key_known(words->items[i]);

		if (key)
			key->current = true;
	}
	return good;
}

const DnsKey *
dns_key_find(const char *name)
{
	for (int i = 0; i < key_count; i++)
		if (keys[i]->current && strcmp(keys[i]->name, name) == 0)
			return keys[i];
	return NULL;
}
