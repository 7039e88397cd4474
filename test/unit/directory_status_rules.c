/*
 * directory_status_rules.c
 *		Sets of EPP and RGP statuses and what RDAP says for them (RFC 8056, gTLD profile 2.6).
 */
#include "directory/rdap_status_rules.h"

#include "gw_tap.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* words are separated by commas */
static const struct
{
	const char *epp;
	const char *rdap;
}			sets[] = {
	{"ok", "active"},
	{"ok,addPeriod", "add period"},
	{"inactive", "inactive"},
	{"clientHold,serverHold", "client hold,server hold"},
	{"pendingDelete,redemptionPeriod", "pending delete,redemption period"},
	{"pendingDelete,pendingDelete", "pending delete"},
	{"ok,linked", "associated"},
	{"linked,ok", "associated"},
	{"autoRenewPeriod,renewPeriod,transferPeriod", "auto renew period,renew period,transfer period"},
	{"nonsense", ""},
	{"nonsense,ok", "active"},
	{"", ""},
};

static const char *
mapped(const char *epp)
{
	static char result[400];
	char		words[400];
	const char *items[20];
	const char *out[20];
	DirectoryList list = {0, items};
	size_t		count;

	strcpy(words, epp);
	for (char *word = strtok(words, ","); word != NULL; word = strtok(NULL, ","))
		items[list.count++] = word;
	count = dos_rdap_statuses(&list, out);
	result[0] = '\0';
	for (size_t i = 0; i < count; i++)
		strcat(strcat(result, i > 0 ? "," : ""), out[i]);
	return result;
}

int
main(void)
{
	size_t		count;
	const RdapStatusRule *rules = dos_rdap_status_rules(&count);

	for (size_t i = 0; i < COUNT(sets); i++)
		is_text(mapped(sets[i].epp), sets[i].rdap, sets[i].epp);
	ok(count == 24, "RFC 8056 section 2 has 24 rows");
	for (size_t i = 1; i < count; i++)
		ok(strcmp(rules[i - 1].epp, rules[i].epp) != 0, rules[i].epp);
	return done();
}
