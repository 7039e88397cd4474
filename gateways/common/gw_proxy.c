/*
 * gw_proxy.c
 *		Reading PROXY headers. See gw_proxy.h.
 *
 * The parser follows the text of versions 1 and 2 to the letter: exactly one
 * blank between words, no leading zeros, CRLF at the end; in version 2 a known
 * command and family, and a length that holds the addresses.
 */
#include "gw_proxy.h"

#include <arpa/inet.h>
#include <string.h>

#define LINE_MAX_V1 107			/* with CRLF */
#define WORDS_V1 6
#define FIXED_V2 16

static const char signature_v2[12] = {'\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'};
static const char signature_v1[] = "PROXY ";

/* A port in decimal without leading zeros, or -1. */
static int
port_of(const char *word)
{
	int			port = 0;

	if (word[0] == '\0' || (word[0] == '0' && word[1] != '\0') || strlen(word) > 5)
		return -1;
	for (; *word; word++)
	{
		if (*word < '0' || *word > '9')
			return -1;
		port = port * 10 + (*word - '0');
	}
	return port <= 65535 ? port : -1;
}

static GwProxyVerdict
line_words(char *const *words, int count, GwAddress *client)
{
	GwAddress	there;
	int			family = strcmp(words[1], "TCP4") == 0 ? AF_INET : AF_INET6;
	int			port;

	if (count != WORDS_V1 || (family == AF_INET6 && strcmp(words[1], "TCP6") != 0))
		return GW_PROXY_WRONG;
	port = port_of(words[4]);
	if (port < 0 || port_of(words[5]) < 0 || !gw_address_parse(client, words[2]) || !gw_address_parse(&there, words[3]) ||
		client->any.sa_family != family || there.any.sa_family != family)
		return GW_PROXY_WRONG;
	if (family == AF_INET)
		client->v4.sin_port = htons((uint16_t) port);
	else
		client->v6.sin6_port = htons((uint16_t) port);
	return GW_PROXY_CLIENT;
}

static GwProxyVerdict
parse_v1(const char *data, size_t length, GwAddress *client, size_t *used)
{
	size_t		size = length < LINE_MAX_V1 ? length : LINE_MAX_V1;
	const char *end = memchr(data, '\n', size);
	char		line[LINE_MAX_V1 + 1];
	char	   *words[WORDS_V1];
	char	   *word = line;
	int			count = 0;

	if (end == NULL)
		return length < LINE_MAX_V1 ? GW_PROXY_MORE : GW_PROXY_WRONG;
	size = (size_t) (end - data);
	if (data[size - 1] != '\r' || memchr(data, '\0', size))
		return GW_PROXY_WRONG;
	*used = size + 1;
	memcpy(line, data, size - 1);
	line[size - 1] = '\0';
	if (strcmp(line, "PROXY UNKNOWN") == 0 || strncmp(line, "PROXY UNKNOWN ", 14) == 0)
		return GW_PROXY_LOCAL;
	while (word && count < WORDS_V1)
	{
		words[count++] = word;
		word = strchr(word, ' ');
		if (word)
			*word++ = '\0';
	}
	return word || count < 2 ? GW_PROXY_WRONG : line_words(words, count, client);
}

static GwProxyVerdict
parse_v2(const unsigned char *data, size_t length, GwAddress *client, size_t *used)
{
	size_t		size;

	if (length < FIXED_V2)
		return GW_PROXY_MORE;
	size = (size_t) data[14] << 8 | data[15];
	if (data[12] >> 4 != 2 || (data[12] & 15) > 1 || FIXED_V2 + size > GW_PROXY_HEADER_MAX)
		return GW_PROXY_WRONG;
	if (length < FIXED_V2 + size)
		return GW_PROXY_MORE;
	*used = FIXED_V2 + size;
	if ((data[12] & 15) == 0)
		return GW_PROXY_LOCAL;
	switch (data[13])
	{
		case 0x11:				/* TCP over IPv4 */
			if (size < 12)
				return GW_PROXY_WRONG;
			client->v4.sin_family = AF_INET;
			memcpy(&client->v4.sin_addr, data + FIXED_V2, 4);
			memcpy(&client->v4.sin_port, data + FIXED_V2 + 8, 2);
			return GW_PROXY_CLIENT;
		case 0x21:				/* TCP over IPv6 */
			if (size < 36)
				return GW_PROXY_WRONG;
			client->v6.sin6_family = AF_INET6;
			memcpy(&client->v6.sin6_addr, data + FIXED_V2, 16);
			memcpy(&client->v6.sin6_port, data + FIXED_V2 + 32, 2);
			return GW_PROXY_CLIENT;
		case 0x00:				/* unspecified */
			return GW_PROXY_LOCAL;
	}
	return GW_PROXY_WRONG;
}

GwProxyVerdict
gw_proxy_parse(const void *data, size_t length, GwAddress *client, size_t *used)
{
	size_t		v1 = length < sizeof(signature_v1) - 1 ? length : sizeof(signature_v1) - 1;
	size_t		v2 = length < sizeof(signature_v2) ? length : sizeof(signature_v2);

	*used = 0;
	memset(client, 0, sizeof(*client));
	if (length == 0)
		return GW_PROXY_MORE;
	if (memcmp(data, signature_v1, v1) == 0)
		return v1 < sizeof(signature_v1) - 1 ? GW_PROXY_MORE : parse_v1(data, length, client, used);
	if (memcmp(data, signature_v2, v2) == 0)
		return v2 < sizeof(signature_v2) ? GW_PROXY_MORE : parse_v2(data, length, client, used);
	return GW_PROXY_WRONG;
}
