/*
 * secdns_rules.h
 *	  DS and DNSKEY data of a delegation, pure (RFC 5910, RFC 4034). Text in, canonical text out.
 *
 * A DS is "keytag algorithm digesttype HEX", optionally followed by the key it was made from; a key is
 * "flags protocol algorithm BASE64". Canonical means single spaces, decimal without leading zeros,
 * upper-case hexadecimal and base64 without white space.
 */
#ifndef DOS_SECDNS_RULES_H
#define DOS_SECDNS_RULES_H

#include <stddef.h>
#include <stdint.h>

#define SECDNS_TEXT_MAX		8192
#define SECDNS_KEY_MAX		4096

typedef enum SecdnsProblem
{
	SECDNS_OK,
	SECDNS_SYNTAX,
	SECDNS_DIGEST_LENGTH,
	SECDNS_PROTOCOL,
	SECDNS_KEY_EMPTY,
	SECDNS_PROBLEM_COUNT
} SecdnsProblem;

typedef struct SecdnsDs
{
	uint16_t	key_tag;
	uint8_t		algorithm;
	uint8_t		digest_type;
	char		text[SECDNS_TEXT_MAX];	/* canonical */
} SecdnsDs;

typedef struct SecdnsKey
{
	uint16_t	flags;
	uint8_t		protocol;
	uint8_t		algorithm;
	uint8_t		key[SECDNS_KEY_MAX];
	size_t		key_length;
	char		text[SECDNS_TEXT_MAX];	/* canonical */
} SecdnsKey;

extern const char *dos_secdns_problem_reason(SecdnsProblem problem);
extern const char *dos_secdns_problem_text(SecdnsProblem problem);

extern SecdnsProblem dos_secdns_ds(const char *text, SecdnsDs *ds);
extern SecdnsProblem dos_secdns_key(const char *text, SecdnsKey *key);

#endif
