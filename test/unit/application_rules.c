/*
 * application_rules.c
 *		Statuses of launch applications: every one of RFC 8334 is reached, open ones can be left, final ones cannot.
 */
#include "application/application_rules.h"

#include "gw_tap.h"

#include <string.h>

static const char *const statuses[] = {"pendingValidation", "validated", "invalid", "pendingAllocation", "custom", "allocated", "rejected"};
static const char *const acts[] = {"create", "update", "delete", "validate", "invalidate", "contend", "allocate", "reject", "customize"};

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static bool
is_one_of(const char *word, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(word, words[i]) == 0)
			return true;
	return false;
}

/* Can one get from here to there? */
static bool
reaches(const char *from, const char *to, int steps)
{
	const Transition *table;
	size_t		count = dos_application_transitions(&table);

	if (strcmp(from, to) == 0)
		return true;
	for (size_t i = 0; i < count && steps > 0; i++)
		if (strcmp(table[i].from, from) == 0 && reaches(table[i].to, to, steps - 1))
			return true;
	return false;
}

int
main(void)
{
	const Transition *table;
	size_t		count = dos_application_transitions(&table);
	bool		known = true,
				once = true;

	for (size_t i = 0; i < count; i++)
	{
		known &= strcmp(table[i].from, "requested") == 0 || is_one_of(table[i].from, statuses, LENGTH(statuses));
		known &= strcmp(table[i].to, "withdrawn") == 0 || is_one_of(table[i].to, statuses, LENGTH(statuses));
		known &= is_one_of(table[i].what, acts, LENGTH(acts));
		known &= strcmp(table[i].by, "command") == 0 || strcmp(table[i].by, "registry") == 0;
		for (size_t j = 0; j < i; j++)
			once &= strcmp(table[i].from, table[j].from) != 0 || strcmp(table[i].what, table[j].what) != 0;
	}
	ok(known, "every word of the table is known");
	ok(once, "an act leads from a status to one other");
	for (size_t s = 0; s < LENGTH(statuses); s++)
	{
		bool		final = s >= 5;

		ok(reaches("requested", statuses[s], 4), statuses[s]);
		ok(dos_application_is_final(statuses[s]) == final, "final or not");
		ok((dos_application_next(statuses[s], "reject") != NULL) == !final, "rejected from every status that is open");
		ok((dos_application_next(statuses[s], "delete") != NULL) == !final, "withdrawn from every status that is open");
		ok(dos_application_next(statuses[s], "create") == NULL, "created once");
		for (size_t a = 0; a < LENGTH(acts) && final; a++)
			ok(dos_application_next(statuses[s], acts[a]) == NULL, acts[a]);
	}
	ok(dos_application_next("pendingAllocation", "update") == NULL, "nothing changes while the outcome is being found");
	ok(dos_application_next("invalid", "allocate") == NULL, "what is not valid is not allocated");
	ok(dos_application_next("pendingValidation", "allocate") == NULL, "nor what nobody has validated");
	ok(dos_application_next("nonsense", "update") == NULL, "a status that is none");
	return done();
}
