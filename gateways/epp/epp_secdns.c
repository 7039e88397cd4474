/*
 * epp_secdns.c
 *		DNSSEC: grammars of the extension and its answer (RFC 5910).
 *
 * A DS record travels as 'keytag alg digesttype DIGEST', perhaps followed by
 * the key it was made from, 'flags protocol alg key'; a key alone as the
 * latter. The numbers are parameters of dos.domain_create and domain_update.
 */
#include "epp_secdns.h"
#include "epp_commands.h"
#include "gw_array.h"

#include <string.h>

/* $10 ds, $11 keys, $12 max_sig_life */
const EppRow epp_secdns_create_grammar[] = {
	{0, "create", ONE, EPP_ELEMENTS},
	{1, "maxSigLife", OPTIONAL, EPP_MAX_SIG_LIFE, AS_TEXT, 12},
	{1, "dsData", SOME, EPP_ELEMENTS, AS_GROUP, 10, .choice = 1},
	{2, "keyTag", ONE, EPP_UINT16, AS_PIECE},
	{2, "alg", ONE, EPP_UINT8, AS_PIECE},
	{2, "digestType", ONE, EPP_UINT8, AS_PIECE},
	{2, "digest", ONE, EPP_HEX, AS_PIECE},
	{2, "keyData", OPTIONAL, EPP_ELEMENTS},
	{3, "flags", ONE, EPP_UINT16, AS_PIECE},
	{3, "protocol", ONE, EPP_UINT8, AS_PIECE},
	{3, "alg", ONE, EPP_UINT8, AS_PIECE},
	{3, "pubKey", ONE, EPP_BASE64, AS_PIECE},
	{1, "keyData", SOME, EPP_ELEMENTS, AS_GROUP, 11, .choice = 1},
	{2, "flags", ONE, EPP_UINT16, AS_PIECE},
	{2, "protocol", ONE, EPP_UINT8, AS_PIECE},
	{2, "alg", ONE, EPP_UINT8, AS_PIECE},
	{2, "pubKey", ONE, EPP_BASE64, AS_PIECE},
	{.name = NULL}
};

/* $13 rem_all_ds, $14 rem_ds, $15 rem_keys, $16 add_ds, $17 add_keys, $18 chg_max_sig_life, $19 urgent */
const EppRow epp_secdns_update_grammar[] = {
	{0, "update", ONE, EPP_ELEMENTS},
	{1, "@urgent", OPTIONAL, EPP_BOOLEAN, AS_TEXT, 19},
	{1, "rem", OPTIONAL, EPP_ELEMENTS},
	{2, "all", ONE, EPP_BOOLEAN, AS_TEXT, 13, .choice = 1},
	{2, "dsData", SOME, EPP_ELEMENTS, AS_GROUP, 14, .choice = 1},
	{3, "keyTag", ONE, EPP_UINT16, AS_PIECE},
	{3, "alg", ONE, EPP_UINT8, AS_PIECE},
	{3, "digestType", ONE, EPP_UINT8, AS_PIECE},
	{3, "digest", ONE, EPP_HEX, AS_PIECE},
	{3, "keyData", OPTIONAL, EPP_ELEMENTS},
	{4, "flags", ONE, EPP_UINT16, AS_PIECE},
	{4, "protocol", ONE, EPP_UINT8, AS_PIECE},
	{4, "alg", ONE, EPP_UINT8, AS_PIECE},
	{4, "pubKey", ONE, EPP_BASE64, AS_PIECE},
	{2, "keyData", SOME, EPP_ELEMENTS, AS_GROUP, 15, .choice = 1},
	{3, "flags", ONE, EPP_UINT16, AS_PIECE},
	{3, "protocol", ONE, EPP_UINT8, AS_PIECE},
	{3, "alg", ONE, EPP_UINT8, AS_PIECE},
	{3, "pubKey", ONE, EPP_BASE64, AS_PIECE},
	{1, "add", OPTIONAL, EPP_ELEMENTS},
	{2, "maxSigLife", OPTIONAL, EPP_MAX_SIG_LIFE, AS_TEXT, 18},
	{2, "dsData", SOME, EPP_ELEMENTS, AS_GROUP, 16, .choice = 1},
	{3, "keyTag", ONE, EPP_UINT16, AS_PIECE},
	{3, "alg", ONE, EPP_UINT8, AS_PIECE},
	{3, "digestType", ONE, EPP_UINT8, AS_PIECE},
	{3, "digest", ONE, EPP_HEX, AS_PIECE},
	{3, "keyData", OPTIONAL, EPP_ELEMENTS},
	{4, "flags", ONE, EPP_UINT16, AS_PIECE},
	{4, "protocol", ONE, EPP_UINT8, AS_PIECE},
	{4, "alg", ONE, EPP_UINT8, AS_PIECE},
	{4, "pubKey", ONE, EPP_BASE64, AS_PIECE},
	{2, "keyData", SOME, EPP_ELEMENTS, AS_GROUP, 17, .choice = 1},
	{3, "flags", ONE, EPP_UINT16, AS_PIECE},
	{3, "protocol", ONE, EPP_UINT8, AS_PIECE},
	{3, "alg", ONE, EPP_UINT8, AS_PIECE},
	{3, "pubKey", ONE, EPP_BASE64, AS_PIECE},
	{1, "chg", OPTIONAL, EPP_ELEMENTS},
	{2, "maxSigLife", OPTIONAL, EPP_MAX_SIG_LIFE, AS_TEXT, 18},
	{.name = NULL}
};

static const char *const key_elements[] = {"flags", "protocol", "alg", "pubKey", NULL};
static const char *const ds_elements[] = {"keyTag", "alg", "digestType", "digest", NULL};

/* One element for each word, as far as there are words; what is left. */
static char *
write_words(EppResponse *response, const char *const *elements, char *rest)
{
	for (; *elements && rest; elements++)
	{
		char	   *word = strsep(&rest, " ");

		epp_write_text(response, *elements, word);
	}
	return rest;
}

static void
write_key(EppResponse *response, char *words)
{
	gw_buf_puts(response->out, "<secDNS:keyData>");
	write_words(response, key_elements, words);
	gw_buf_puts(response->out, "</secDNS:keyData>");
}

static void
write_ds(EppResponse *response, char *words)
{
	char	   *key;

	gw_buf_puts(response->out, "<secDNS:dsData>");
	key = write_words(response, ds_elements, words);
	if (key && *key)
		write_key(response, key);
	gw_buf_puts(response->out, "</secDNS:dsData>");
}

void
epp_secdns_write_info(EppResponse *response, const PGresult *result, int ds_column, int keys_column, int life_column)
{
	GwArray    *ds = epp_column_array(response, result, ds_column);
	GwArray    *keys = epp_column_array(response, result, keys_column);
	bool		by_ds = ds && ds->count > 0;

	if ((by_ds || (keys && keys->count > 0)) && epp_write_extension(response, EPP_SERVICE_SECDNS, "infData", NULL))
	{
		epp_write_column(response, "maxSigLife", result, life_column);
		for (int i = 0; by_ds && i < ds->count; i++)
			write_ds(response, ds->items[i]);
		for (int i = 0; !by_ds && i < keys->count; i++)
			write_key(response, keys->items[i]);
		epp_write_extension_end(response, EPP_SERVICE_SECDNS, "infData");
	}
	gw_array_free(ds);
	gw_array_free(keys);
}
