/*
 * escrow_facts_rules.c
 *	  From what is shown to facts. See escrow_facts_rules.h.
 *
 *	  Nobody loses time by a computed date: where nothing says when a period began, it begins at the watermark.
 */
#include "escrow/escrow_facts_rules.h"

#include <string.h>

#include "base/period_rules.h"

#define USECS_PER_SECOND	INT64_C(1000000)

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_word(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & 0x80);
}

/* Where a key stands in a text; `whole` when no word may run into it. The rest of the text behind it. */
static EscrowPart
find(EscrowPart in, const char *key, bool whole)
{
	size_t		length = strlen(key);

	for (const char *at = in.text; at && at + length <= in.text + in.length; at++)
		if (memcmp(at, key, length) == 0 && !(whole && at > in.text && is_word(at[-1])))
			return (EscrowPart) {at + length, (size_t) (in.text + in.length - at) - length};
	return (EscrowPart) {NULL, 0};
}

/* Exactly `count` digits, and whether they are that. */
static bool
take_digits(EscrowPart *in, int count, int *number)
{
	*number = 0;
	if (in->length < (size_t) count)
		return false;
	for (int i = 0; i < count; i++)
	{
		if (!is_digit(in->text[i]))
			return false;
		*number = *number * 10 + (in->text[i] - '0');
	}
	in->text += count;
	in->length -= (size_t) count;
	return true;
}

static bool
take_mark(EscrowPart *in, char mark)
{
	if (in->length == 0 || *in->text != mark)
		return false;
	in->text++;
	in->length--;
	return true;
}

/* Days since 2000-01-01 in the calendar that began in 1582, carried back. */
static int64_t
days_of(int year, int month, int day)
{
	int			y = month <= 2 ? year - 1 : year;
	int			era = y / 400;
	int			of_era = y - era * 400;
	int			of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return (int64_t) era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 730425;
}

static bool
is_date(int year, int month, int day)
{
	static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool		leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= lengths[month - 1] + (month == 2 && leap);
}

/* Digits behind a point as microseconds; more than six are cut off. */
static int64_t
take_fraction(EscrowPart *in)
{
	int64_t		usecs = 0;
	int64_t		unit = USECS_PER_SECOND / 10;

	while (in->length > 0 && is_digit(*in->text))
	{
		usecs += (*in->text - '0') * unit;
		unit /= 10;
		in->text++;
		in->length--;
	}
	return usecs;
}

/* YYYY-MM-DD as the instant it begins in UTC. */
static bool
take_date(EscrowPart *in, int64_t *day_begins)
{
	int			year,
				month,
				day;

	if (!take_digits(in, 4, &year) || !take_mark(in, '-') || !take_digits(in, 2, &month) || !take_mark(in, '-') || !take_digits(in, 2, &day)
		|| !is_date(year, month, day))
		return false;
	*day_begins = days_of(year, month, day) * DOS_USECS_PER_DAY;
	return true;
}

/* 2026-06-11T00:00:00.000Z; what follows is left. */
static int64_t
take_instant(EscrowPart *in)
{
	int64_t		day;
	int64_t		fraction = 0;
	int			hour,
				minute,
				second;

	if (!take_date(in, &day) || !take_mark(in, 'T') || !take_digits(in, 2, &hour) || !take_mark(in, ':') || !take_digits(in, 2, &minute) || !take_mark(in, ':')
		|| !take_digits(in, 2, &second))
		return ESCROW_NO_INSTANT;
	if (take_mark(in, '.'))
		fraction = take_fraction(in);
	if (!take_mark(in, 'Z') || hour > 23 || minute > 59 || second > 59)
		return ESCROW_NO_INSTANT;
	return day + (hour * 3600 + minute * 60 + second) * USECS_PER_SECOND + fraction;
}

int64_t
dos_escrow_instant_plain(EscrowPart text)
{
	EscrowPart	rest = text;
	int64_t		instant;

	if (text.length == strlen("YYYY-MM-DD"))
		return take_date(&rest, &instant) ? instant : ESCROW_NO_INSTANT;
	instant = take_instant(&rest);
	return rest.length == 0 ? instant : ESCROW_NO_INSTANT;
}

int64_t
dos_escrow_instant_word(EscrowPart words, const char *key)
{
	int64_t		instant = ESCROW_NO_INSTANT;
	EscrowPart	rest = words;

	while (instant == ESCROW_NO_INSTANT && (rest = find(rest, key, false)).text)
		if (take_mark(&rest, '='))
			instant = take_instant(&rest);
	return instant;
}

/* One to four digits behind "key=" that are a whole word; -1 when there are none. */
static int
number_word(EscrowPart words, const char *key)
{
	EscrowPart	rest = find(words, key, false);
	int			count = 0;
	int			number;

	while ((size_t) count < rest.length && count < 4 && is_digit(rest.text[count]))
		count++;
	if (count == 0)
		return -1;
	take_digits(&rest, count, &number);
	return rest.length > 0 && is_word(*rest.text) ? -1 : number;
}

/* What stands behind "key=" up to a space. */
static EscrowPart
text_word(EscrowPart words, const char *key)
{
	EscrowPart	rest = find(words, key, true);
	size_t		length = 0;

	while (length < rest.length && rest.text[length] != ' ')
		length++;
	return length > 0 ? (EscrowPart) {rest.text, length} : (EscrowPart) {NULL, 0};
}

int64_t
dos_escrow_after(int64_t at, EscrowLength length)
{
	if (at == ESCROW_NO_INSTANT)
		return at;
	return (length.months ? dos_period_add_months(at, length.months) : at) + length.usecs;
}

static int64_t
before(int64_t at, EscrowLength length)
{
	return dos_escrow_after(at, (EscrowLength) {-length.months, -length.usecs});
}

static int64_t
first_of(int64_t a, int64_t b)
{
	return a != ESCROW_NO_INSTANT ? a : b;
}

static bool
is_status(EscrowPart status, const char *name)
{
	return status.length == strlen(name) && memcmp(status.text, name, status.length) == 0;
}

static void
add_grace(EscrowLife *life, const char *kind, int64_t ends_at, int years)
{
	life->graces[life->grace_count++] = (EscrowGrace) {kind, ends_at, years};
}

/* Does a period that began with the last update still run at the watermark? */
static bool
runs(const EscrowShown *shown, int64_t ends_at)
{
	return shown->updated_at != ESCROW_NO_INSTANT && ends_at > shown->watermark;
}

static void
take_deletion(const EscrowShown *shown, const EscrowPolicy *policy, EscrowPart status, int64_t ends, int64_t deleted, EscrowLife *life)
{
	EscrowLength both = {policy->redemption.months + policy->pending_delete.months, policy->redemption.usecs + policy->pending_delete.usecs};
	int64_t		updated = shown->updated_at;
	bool		updated_before = updated != ESCROW_NO_INSTANT && updated <= shown->watermark;
	int64_t		redeemed = dos_escrow_after(updated, policy->redemption);

	if (is_status(status, "redemptionPeriod"))
	{
		int64_t		by_end = before(ends, policy->redemption);

		if (deleted != ESCROW_NO_INSTANT && by_end != ESCROW_NO_INSTANT)
			by_end = deleted > by_end ? deleted : by_end;
		life->deleted_at = first_of(first_of(by_end, deleted), updated_before && runs(shown, redeemed) ? updated : shown->watermark);
	}
	else if (is_status(status, "pendingDelete"))
		life->deleted_at = first_of(first_of(deleted, before(ends, both)),
									updated != ESCROW_NO_INSTANT && redeemed <= shown->watermark && runs(shown, dos_escrow_after(updated, both))
									? updated : before(shown->watermark, policy->redemption));
	else if (is_status(status, "pendingRestore"))
	{
		life->restore_at = first_of(before(ends, policy->pending_restore),
									updated_before && runs(shown, dos_escrow_after(updated, policy->pending_restore)) ? updated : shown->watermark);
		life->deleted_at = first_of(deleted, life->restore_at);
	}
}

static void
take_period(const EscrowShown *shown, const EscrowPolicy *policy, EscrowPart period, EscrowLife *life)
{
	const char *space = memchr(period.text, ' ', period.length);
	EscrowPart	status = {period.text, space ? (size_t) (space - period.text) : period.length};
	int64_t		ends = dos_escrow_instant_word(period, "endDate");
	int			years = number_word(period, "years=");
	int			years_or_one = years >= 0 ? years : 1;

	if (ends == ESCROW_NO_INSTANT)
		life->computed[life->computed_count++] = status;
	if (is_status(status, "addPeriod"))
		add_grace(life, "add", first_of(ends, dos_escrow_after(shown->created_at, policy->add_grace)), years >= 0 ? years : 0);
	else if (is_status(status, "autoRenewPeriod"))
		add_grace(life, "autorenew", first_of(ends, dos_escrow_after(dos_escrow_after(shown->expires_at, (EscrowLength) {-12, 0}), policy->autorenew_grace)), years_or_one);
	else if (is_status(status, "renewPeriod"))
		add_grace(life, "renew", first_of(ends, dos_escrow_after(first_of(shown->updated_at, shown->watermark), policy->renew_grace)), years_or_one);
	else if (is_status(status, "transferPeriod"))
		add_grace(life, "transfer", first_of(ends, dos_escrow_after(first_of(first_of(shown->transferred_at, shown->transfer_acts_at), shown->watermark), policy->transfer_grace)),
				  years_or_one);
	else
		take_deletion(shown, policy, status, ends, dos_escrow_instant_word(period, "deletedDate"), life);
}

static bool
tells_deletion(EscrowPart period)
{
	static const char *const names[] = {"redemptionPeriod", "pendingDelete", "pendingRestore"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
	{
		size_t		length = strlen(names[i]);

		if (period.length >= length && memcmp(period.text, names[i], length) == 0 && (period.length == length || !is_word(period.text[length])))
			return true;
	}
	return false;
}

void
dos_escrow_life(const EscrowShown *shown, const EscrowPolicy *policy, EscrowLife *life)
{
	bool		told = false;
	int			kept = 0;

	*life = (EscrowLife) {.deleted_at = ESCROW_NO_INSTANT, .restore_at = ESCROW_NO_INSTANT};
	for (int i = 0; i < shown->rgp_count; i++)
	{
		told |= tells_deletion(shown->rgp[i]);
		take_period(shown, policy, shown->rgp[i], life);
	}
	if (shown->pending_delete && !told)
		take_period(shown, policy, (EscrowPart) {"redemptionPeriod", strlen("redemptionPeriod")}, life);
	for (int i = 0; i < life->grace_count; i++)
		if (life->deleted_at == ESCROW_NO_INSTANT && life->graces[i].ends_at != ESCROW_NO_INSTANT && life->graces[i].ends_at > shown->watermark)
			life->graces[kept++] = life->graces[i];
	life->grace_count = kept;
}

void
dos_escrow_words(EscrowPart text, EscrowWords *words)
{
	EscrowPart	never = find(text, "expires=never", true);

	*words = (EscrowWords) {
		.autorenew = find(text, "autorenew=yes", false).text ? 1 : find(text, "autorenew=no", false).text ? 0 : -1,
		.expired_at = dos_escrow_instant_word(text, "expiredDate"),
		.unpaid_years = number_word(text, "unpaidYears="),
		.unpaid_expires_at = dos_escrow_instant_word(text, "unpaidExpiry"),
		.unpaid_until = dos_escrow_instant_word(text, "unpaidUntil"),
		.release_at = dos_escrow_instant_word(text, "releaseDate"),
		.registrant_changed_at = dos_escrow_instant_word(text, "registrantDate"),
		.never = never.text && (never.length == 0 || !is_word(*never.text)),
		.ttl = text_word(text, "ttl="),
		.derived = text_word(text, "derived="),
		.hidden = text_word(text, "hidden="),
		.phase = text_word(text, "phase="),
	};
	if (words->unpaid_until == ESCROW_NO_INSTANT || words->unpaid_expires_at == ESCROW_NO_INSTANT)
		words->unpaid_years = -1;
}
