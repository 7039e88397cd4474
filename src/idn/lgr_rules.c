/*
 * lgr_rules.c
 *	  The ruleset itself: memory, entries, names; code points and UTF-8.
 */
#include "idn/lgr_rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_SIZE	65536

typedef struct LgrBlock
{
	struct LgrBlock *next;
	size_t		used;
	size_t		size;
	char		data[];
} LgrBlock;

Lgr *
dos_lgr_new(void)
{
	return calloc(1, sizeof(Lgr));
}

void
dos_lgr_free(Lgr *lgr)
{
	LgrBlock   *block = lgr ? lgr->arena : NULL;

	while (block != NULL)
	{
		LgrBlock   *next = block->next;

		free(block);
		block = next;
	}
	free(lgr);
}

/* Zeroed memory that lives as long as the ruleset. */
void *
dos_lgr_alloc(Lgr *lgr, size_t size)
{
	LgrBlock   *block = lgr->arena;
	void	   *result;

	size = (size + 15) & ~(size_t) 15;
	if (block == NULL || block->size - block->used < size)
	{
		size_t		wanted = size > BLOCK_SIZE ? size : BLOCK_SIZE;

		block = calloc(1, sizeof(LgrBlock) + wanted + 16);
		if (block == NULL)
			abort();
		block->size = wanted;
		block->next = lgr->arena;
		lgr->arena = block;
	}
	result = block->data + block->used;
	block->used += size;
	return result;
}

char *
dos_lgr_copy(Lgr *lgr, const char *text)
{
	size_t		size = strlen(text) + 1;

	return memcpy(dos_lgr_alloc(lgr, size), text, size);
}

LgrChar *
dos_lgr_add_char(Lgr *lgr, const uint32_t *cp, int length, uint32_t last)
{
	LgrChar    *entry = dos_lgr_alloc(lgr, sizeof(LgrChar));

	memcpy(entry->cp, cp, length * sizeof(uint32_t));
	entry->length = length;
	entry->last = last;
	entry->tags = "";
	if (lgr->last_char != NULL)
		lgr->last_char->next = entry;
	else
		lgr->chars = entry;
	lgr->last_char = entry;
	lgr->char_count++;
	return entry;
}

LgrVariant *
dos_lgr_add_variant(Lgr *lgr, LgrChar *entry, const uint32_t *cp, int length, const char *type)
{
	LgrVariant *variant = dos_lgr_alloc(lgr, sizeof(LgrVariant));

	memcpy(variant->cp, cp, length * sizeof(uint32_t));
	variant->length = length;
	variant->type = type;
	variant->next = entry->variants;
	entry->variants = variant;
	lgr->has_variants = true;
	return variant;
}

LgrRule *
dos_lgr_rule(const Lgr *lgr, const char *name)
{
	LgrRule    *rule = lgr->rules;

	while (rule != NULL && strcmp(rule->name, name) != 0)
		rule = rule->next;
	return rule;
}

static int
entry_order(const void *a, const void *b)
{
	const LgrChar *x = *(LgrChar *const *) a;
	const LgrChar *y = *(LgrChar *const *) b;

	if (x->cp[0] != y->cp[0])
		return x->cp[0] < y->cp[0] ? -1 : 1;
	if (x->length != y->length)
		return x->length > y->length ? -1 : 1;
	return memcmp(x->cp, y->cp, x->length * sizeof(uint32_t));
}

static bool
bind(const Lgr *lgr, const char *name, const LgrRule **rule, char *error, size_t size)
{
	if (name == NULL)
		return true;
	*rule = dos_lgr_rule(lgr, name);
	if (*rule == NULL)
		snprintf(error, size, "rule \"%.60s\" is not defined", name);
	return *rule != NULL;
}

static bool
has_word(const char *words, const char *word)
{
	size_t		length = strlen(word);

	for (const char *at = words; *at != '\0';)
	{
		size_t		span = strcspn(at, " ");

		if (span == length && memcmp(at, word, length) == 0)
			return true;
		at += span + strspn(at + span, " ");
	}
	return false;
}

/* A class of all code points with a tag is a class of ranges, once all are known. */
static void
fill_tagged(Lgr *lgr, LgrClass *class)
{
	int			count = 0;

	for (int round = 0; round < 2; round++)
	{
		if (round == 1)
			class->ranges = dos_lgr_alloc(lgr, (count + 1) * sizeof(*class->ranges));
		count = 0;
		for (const LgrChar *entry = lgr->chars; entry != NULL; entry = entry->next)
		{
			if (entry->length != 1 || !has_word(entry->tags, class->tag))
				continue;
			if (round == 1)
			{
				class->ranges[count][0] = entry->cp[0];
				class->ranges[count][1] = entry->last;
			}
			count++;
		}
	}
	class->range_count = count;
}

bool
dos_lgr_finish(Lgr *lgr, char *error, size_t size)
{
	int			i = 0;

	if (lgr->char_count == 0)
	{
		snprintf(error, size, "the table has no code points");
		return false;
	}
	for (LgrClass *class = lgr->tagged; class != NULL; class = class->next_tagged)
		fill_tagged(lgr, class);
	lgr->sorted = dos_lgr_alloc(lgr, lgr->char_count * sizeof(LgrChar *));
	for (LgrChar *entry = lgr->chars; entry != NULL; entry = entry->next)
	{
		lgr->sorted[i++] = entry;
		if (entry->last - entry->cp[0] > lgr->range_reach)
			lgr->range_reach = entry->last - entry->cp[0];
		if (!bind(lgr, entry->when, &entry->rule, error, size))
			return false;
		for (LgrVariant *variant = entry->variants; variant != NULL; variant = variant->next)
			if (!bind(lgr, variant->when, &variant->rule, error, size))
				return false;
	}
	qsort(lgr->sorted, lgr->char_count, sizeof(LgrChar *), entry_order);
	for (i = 1; i < lgr->char_count; i++)
		if (entry_order(&lgr->sorted[i - 1], &lgr->sorted[i]) == 0)
		{
			snprintf(error, size, "U+%04X is listed twice", lgr->sorted[i]->cp[0]);
			return false;
		}
	return true;
}

bool
dos_lgr_label(const char *text, size_t length, LgrLabel *label)
{
	const unsigned char *at = (const unsigned char *) text;
	const unsigned char *end = at + length;

	label->length = 0;
	while (at < end)
	{
		int			more = *at < 0x80 ? 0 : (*at & 0xE0) == 0xC0 ? 1 : (*at & 0xF0) == 0xE0 ? 2 : (*at & 0xF8) == 0xF0 ? 3 : -1;
		uint32_t	cp = more <= 0 ? *at : *at & (0x3F >> more);

		if (more < 0 || end - at <= more || label->length == LGR_LABEL_MAX)
			return false;
		for (at++; more > 0; more--, at++)
		{
			if ((*at & 0xC0) != 0x80)
				return false;
			cp = cp << 6 | (*at & 0x3F);
		}
		if (cp == 0 || cp > 0x10FFFF)
			return false;
		label->cp[label->length++] = cp;
	}
	return label->length > 0;
}

void
dos_lgr_text(const LgrLabel *label, char *text)
{
	for (int i = 0; i < label->length; i++)
	{
		uint32_t	cp = label->cp[i];

		if (cp < 0x80)
			*text++ = (char) cp;
		else if (cp < 0x800)
		{
			*text++ = (char) (0xC0 | cp >> 6);
			*text++ = (char) (0x80 | (cp & 0x3F));
		}
		else if (cp < 0x10000)
		{
			*text++ = (char) (0xE0 | cp >> 12);
			*text++ = (char) (0x80 | (cp >> 6 & 0x3F));
			*text++ = (char) (0x80 | (cp & 0x3F));
		}
		else
		{
			*text++ = (char) (0xF0 | cp >> 18);
			*text++ = (char) (0x80 | (cp >> 12 & 0x3F));
			*text++ = (char) (0x80 | (cp >> 6 & 0x3F));
			*text++ = (char) (0x80 | (cp & 0x3F));
		}
	}
	*text = '\0';
}
