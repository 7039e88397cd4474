/*
 * pricing_premium.c
 *	  Which class a label has: the lists of its zone by rank, in each the label itself before patterns.
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/stratnum.h"
#include "access/table.h"
#include "catalog/namespace.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

#include "base/dname_rules.h"
#include "pricing/pricing_book.h"

/* A label found in an edition. */
typedef struct LabelFound
{
	int			edition_id;
	const char *class;			/* "": a standard name */
} LabelFound;

/* The edition of a list in force, or 0. */
static int
edition_at(const PricingBook *book, int list_id, int64_t at)
{
	for (int i = 0; i < book->edition_count; i++)
		if (book->editions[i].list_id == list_id && book->editions[i].starts_at <= at)
			return book->editions[i].id;
	return 0;
}

/* One look-up by key for all lists of the zone, without a query: a check asks for each name. */
static LabelFound *
labels_find(const char *label, const int *editions, int count, int *found_count)
{
	Oid			schema = get_namespace_oid("dos", false);
	Relation	table = table_open(get_relname_relid("premium_label", schema), AccessShareLock);
	LabelFound *found = palloc(sizeof(LabelFound) * count);
	SysScanDesc scan;
	ScanKeyData key;
	HeapTuple	row;

	*found_count = 0;
	ScanKeyInit(&key, get_attnum(RelationGetRelid(table), "label"), BTEqualStrategyNumber, F_TEXTEQ, CStringGetTextDatum(label));
	scan = systable_beginscan(table, get_relname_relid("premium_label_pkey", schema), true, GetActiveSnapshot(), 1, &key);
	while (HeapTupleIsValid(row = systable_getnext(scan)))
	{
		bool		isnull;
		int			edition = DatumGetInt32(heap_getattr(row, get_attnum(RelationGetRelid(table), "edition_id"), RelationGetDescr(table), &isnull));
		Datum		class = heap_getattr(row, get_attnum(RelationGetRelid(table), "class"), RelationGetDescr(table), &isnull);

		for (int i = 0; i < count; i++)
			if (editions[i] == edition)
				found[(*found_count)++] = (LabelFound) {edition, isnull ? "" : TextDatumGetCString(class)};
	}
	systable_endscan(scan);
	table_close(table, AccessShareLock);
	return found;
}

static bool
pattern_matches(const PricingPattern *pattern, const pg_wchar *text, int length)
{
	/* the compiled form is only read, whatever the declaration of older releases says */
	return pg_regexec((regex_t *) &pattern->compiled, text, length, 0, NULL, 0, NULL, 0) == REG_OKAY;
}

static pg_wchar *
wide_of(const char *text, int *length)
{
	pg_wchar   *wide = palloc((strlen(text) + 1) * sizeof(pg_wchar));

	*length = pg_mb2wchar_with_len(text, wide, strlen(text));
	return wide;
}

/* The first pattern of a list that matches, or NULL. */
static const PricingPattern *
pattern_find(const PricingBook *book, int list_id, const char *label, int64_t at)
{
	pg_wchar   *ascii = NULL;
	pg_wchar   *unicode = NULL;
	int			ascii_length = 0;
	int			unicode_length = 0;

	for (int i = 0; i < book->pattern_count; i++)
	{
		const PricingPattern *pattern = &book->patterns[i];

		if (pattern->list_id != list_id || at < pattern->valid.from || at >= pattern->valid.to)
			continue;
		if (ascii == NULL)
		{
			char	   *converted = strncmp(label, "xn--", 4) == 0 ? dos_dname_unicode(label) : NULL;

			ascii = wide_of(label, &ascii_length);
			unicode = wide_of(converted ? converted : label, &unicode_length);
			free(converted);
		}
		if (pattern->unicode ? pattern_matches(pattern, unicode, unicode_length) : pattern_matches(pattern, ascii, ascii_length))
			return pattern;
	}
	return NULL;
}

bool
dos_premium_find(const PricingBook *book, int zone_id, const char *name, int64_t at, PremiumFound *found)
{
	char	   *label = pnstrdup(name, strcspn(name, "."));
	int		   *editions;
	int			edition_count = 0;
	LabelFound *labels = NULL;
	int			label_count = 0;

	if (book->list_count == 0)
		return false;
	editions = palloc(sizeof(int) * book->list_count);
	for (int i = 0; i < book->list_count; i++)
	{
		int			edition = book->lists[i].zone_id == zone_id ? edition_at(book, book->lists[i].id, at) : 0;

		if (edition != 0)
			editions[edition_count++] = edition;
	}
	if (edition_count > 0)
		labels = labels_find(label, editions, edition_count, &label_count);
	for (int i = 0; i < book->list_count; i++)
	{
		const PricingList *list = &book->lists[i];
		const PricingPattern *pattern;

		if (list->zone_id != zone_id)
			continue;
		for (int n = 0; n < label_count; n++)
			if (labels[n].edition_id == edition_at(book, list->id, at))
			{
				*found = (PremiumFound) {.class = labels[n].class, .list = pstrdup(list->name)};
				return labels[n].class[0] != '\0';
			}
		pattern = pattern_find(book, list->id, label, at);
		if (pattern != NULL)
		{
			*found = (PremiumFound) {.class = pstrdup(pattern->class), .list = pstrdup(list->name), .pattern = pstrdup(pattern->pattern)};
			return pattern->class[0] != '\0';
		}
	}
	return false;
}
