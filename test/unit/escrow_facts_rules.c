/*
 * escrow_facts_rules.c
 *		What a deposit shows of a life, and the facts that come of it: dates as stated, dates computed, words of our own.
 *		The dates of every RGP status are given on both sides of each choice (X10).
 */
#include "escrow/escrow_facts_rules.h"

#include "gw_tap.h"
#include "instant.h"

#define WATERMARK	"2026-06-01"

static const EscrowPolicy policy = {
	.add_grace = {0, DAYS(5)},
	.renew_grace = {0, DAYS(5)},
	.autorenew_grace = {0, DAYS(45)},
	.transfer_grace = {0, DAYS(5)},
	.redemption = {0, DAYS(30)},
	.pending_delete = {0, DAYS(5)},
	.pending_restore = {0, DAYS(7)},
};

/* rgp: one status; updated "" for none; what comes: "deleted D", "restored D deleted D", "KIND until D years N", "nothing"; "*" when computed */
static const struct
{
	const char *rgp;
	const char *updated;
	const char *life;
}			cases[] = {
	/* stated */
	{"addPeriod endDate=2026-06-04T09:00:00.000Z years=1", "", "add until 2026-06-04T09:00:00 years 1"},
	{"autoRenewPeriod endDate=2026-06-20T00:00:00Z", "", "autorenew until 2026-06-20 years 1"},
	{"renewPeriod endDate=2026-06-04T09:00:00.000Z years=10", "", "renew until 2026-06-04T09:00:00 years 10"},
	{"transferPeriod endDate=2026-06-04T09:00:00.000Z years=0", "", "transfer until 2026-06-04T09:00:00 years 0"},
	{"redemptionPeriod endDate=2026-06-11T00:00:00.000Z", "2026-05-01", "deleted 2026-05-12"},
	{"redemptionPeriod endDate=2026-06-11T00:00:00.000Z deletedDate=2026-05-20T01:02:03.000Z", "", "deleted 2026-05-20T01:02:03"},
	{"redemptionPeriod deletedDate=2026-05-20T01:02:03.000Z", "", "deleted 2026-05-20T01:02:03 *"},
	{"pendingDelete endDate=2026-06-03T00:00:00.000Z", "", "deleted 2026-04-29"},
	{"pendingDelete endDate=2026-06-03T00:00:00.000Z deletedDate=2026-04-30T00:00:00.000Z", "", "deleted 2026-04-30"},
	{"pendingRestore endDate=2026-06-06T09:00:00.000Z deletedDate=2026-05-10T08:30:00.000Z", "", "restored 2026-05-30T09:00:00 deleted 2026-05-10T08:30:00"},
	/* terms in months */
	{"renewPeriod endDate=2026-06-04T09:00:00.000Z years=1003", "", "renew until 2026-06-04T09:00:00 years 1003"},
	/* over at the watermark, and not */
	{"addPeriod endDate=2026-06-01T00:00:00.000Z years=1", "", "nothing"},
	{"addPeriod endDate=2026-06-01T00:00:01Z years=1", "", "add until 2026-06-01T00:00:01 years 1"},
	/* computed: created 2026-05-30, expires 2027-05-30 */
	{"addPeriod", "", "add until 2026-06-04 years 0 *"},
	{"autoRenewPeriod", "", "autorenew until 2026-07-14 years 1 *"},
	{"renewPeriod", "2026-05-31", "renew until 2026-06-05 years 1 *"},
	{"renewPeriod", "2026-05-27", "nothing *"},
	{"renewPeriod", "", "renew until 2026-06-06 years 1 *"},
	{"transferPeriod", "", "transfer until 2026-06-06 years 1 *"},
	{"redemptionPeriod", "2026-05-20", "deleted 2026-05-20 *"},
	{"redemptionPeriod", "2026-05-02", "deleted 2026-06-01 *"},
	{"redemptionPeriod", "2026-06-02", "deleted 2026-06-01 *"},
	{"redemptionPeriod", "", "deleted 2026-06-01 *"},
	{"pendingDelete", "2026-05-02", "deleted 2026-05-02 *"},
	{"pendingDelete", "2026-05-03", "deleted 2026-05-02 *"},
	{"pendingDelete", "2026-04-27", "deleted 2026-05-02 *"},
	{"pendingDelete", "", "deleted 2026-05-02 *"},
	{"pendingRestore", "2026-05-30", "restored 2026-05-30 deleted 2026-05-30 *"},
	{"pendingRestore", "2026-05-25", "restored 2026-06-01 deleted 2026-06-01 *"},
	/* no date of this calendar, no status anybody knows */
	{"redemptionPeriod endDate=2026-02-30T00:00:00Z", "", "deleted 2026-06-01 *"},
	{"redemptionPeriod endDate=2026-06-11", "", "deleted 2026-06-01 *"},
	{"restPeriod", "", "nothing *"},
	{"", "", "nothing *"},
};

static const struct
{
	const char *text;
	const char *key;
	const char *at;
}			words[] = {
	{"endDate=2000-01-01T00:00:00Z", "endDate", "2000-01-01"},
	{"x endDate=1999-12-31T23:59:59Z y", "endDate", "1999-12-31T23:59:59"},
	{"endDate=2024-02-29T12:34:56.789Z", "endDate", "2024-02-29T12:34:56"},
	{"endDate=soon endDate=2026-06-11T00:00:00Z", "endDate", "2026-06-11"},
	{"endDate=2023-02-29T00:00:00Z", "endDate", NULL},
	{"endDate=2026-06-11T24:00:00Z", "endDate", NULL},
	{"endDate=2026-06-11T00:00:00", "endDate", NULL},
	{"endDate", "endDate", NULL},
	{"", "endDate", NULL},
};

static EscrowPart
part(const char *text)
{
	return (EscrowPart) {text, strlen(text)};
}

static const char *
life_text(const EscrowLife *life)
{
	static char text[200];
	int			used = 0;

	text[0] = '\0';
	if (life->restore_at != ESCROW_NO_INSTANT)
		used += sprintf(text + used, "restored %s ", instant_text(life->restore_at));
	if (life->deleted_at != ESCROW_NO_INSTANT)
		used += sprintf(text + used, "deleted %s ", instant_text(life->deleted_at));
	for (int i = 0; i < life->grace_count; i++)
		used += sprintf(text + used, "%s until %s years %d ", life->graces[i].kind, instant_text(life->graces[i].ends_at), life->graces[i].years);
	if (used == 0)
		used += sprintf(text, "nothing ");
	sprintf(text + used - 1, "%s", life->computed_count ? " *" : "");
	return text;
}

static EscrowShown
shown_of(const char *updated)
{
	return (EscrowShown) {
		.watermark = instant(WATERMARK),
		.created_at = instant("2026-05-30"),
		.expires_at = instant("2027-05-30"),
		.updated_at = *updated ? instant(updated) : ESCROW_NO_INSTANT,
		.transferred_at = ESCROW_NO_INSTANT,
		.transfer_acts_at = ESCROW_NO_INSTANT,
	};
}

static void
several(void)
{
	EscrowShown shown = shown_of("");
	EscrowLife	life;

	shown.rgp[shown.rgp_count++] = part("renewPeriod endDate=2026-06-04T00:00:00Z years=2");
	shown.rgp[shown.rgp_count++] = part("renewPeriod endDate=2026-06-05T00:00:00Z years=1");
	dos_escrow_life(&shown, &policy, &life);
	is_text(life_text(&life), "renew until 2026-06-04 years 2 renew until 2026-06-05 years 1", "two renewals");
	shown.rgp[shown.rgp_count++] = part("redemptionPeriod endDate=2026-06-11T00:00:00Z");
	dos_escrow_life(&shown, &policy, &life);
	is_text(life_text(&life), "deleted 2026-05-12", "what is deleted has no grace");
	shown = shown_of("2026-05-20");
	shown.pending_delete = true;
	dos_escrow_life(&shown, &policy, &life);
	is_text(life_text(&life), "deleted 2026-05-20 *", "pendingDelete alone is redemption");
	shown.rgp[shown.rgp_count++] = part("pendingDelete endDate=2026-06-03T00:00:00Z");
	dos_escrow_life(&shown, &policy, &life);
	is_text(life_text(&life), "deleted 2026-04-29", "unless a status says more");
}

static void
own_words(void)
{
	EscrowWords w;

	dos_escrow_words(part("autorenew=no expiredDate=2026-05-01T00:00:00.000Z unpaidYears=1 unpaidExpiry=2026-04-25T00:00:00.000Z unpaidUntil=2026-06-20T00:00:00.000Z "
						  "expires=never phase=early%20birds derived=serverHold,serverTransferProhibited hidden=clientHold ttl=DS:60,NS:300"), &w);
	ok(w.autorenew == 0 && w.expired_at == instant("2026-05-01") && w.never, "autorenew, expiry, never");
	ok(w.unpaid_years == 1 && w.unpaid_expires_at == instant("2026-04-25") && w.unpaid_until == instant("2026-06-20"), "unpaid years");
	ok(w.phase.length == strlen("early%20birds") && w.derived.length == strlen("serverHold,serverTransferProhibited") && w.hidden.length == strlen("clientHold")
	   && w.ttl.length == strlen("DS:60,NS:300"), "texts up to a space");
	dos_escrow_words(part("unpaidYears=1 expires=nevermore myphase=x autorenew=maybe"), &w);
	ok(w.autorenew == -1 && w.unpaid_years == -1 && !w.never && !w.phase.text && w.expired_at == ESCROW_NO_INSTANT, "half a word is none");
	dos_escrow_words((EscrowPart) {NULL, 0}, &w);
	ok(w.autorenew == -1 && w.unpaid_years == -1 && !w.never && !w.ttl.text, "nothing");
}

int
main(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		EscrowShown shown = shown_of(cases[i].updated);
		EscrowLife	life;
		char		name[200];

		shown.rgp[shown.rgp_count++] = part(cases[i].rgp);
		dos_escrow_life(&shown, &policy, &life);
		snprintf(name, sizeof(name), "\"%s\", updated %s", cases[i].rgp, *cases[i].updated ? cases[i].updated : "never");
		is_text(life_text(&life), cases[i].life, name);
	}
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
	{
		int64_t		at = dos_escrow_instant_word(part(words[i].text), words[i].key);

		/* fractions are no concern of instant() */
		is_text(at == ESCROW_NO_INSTANT ? NULL : instant_text(at - ((at % USECS) + USECS) % USECS), words[i].at, words[i].text);
	}
	several();
	own_words();
	return done();
}
