/*
 * epp_text.c
 *		Texts of result codes. See epp_text.h.
 */
#include "epp_text.h"
#include "epp_names.h"
#include "gw_memory.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

typedef struct Language
{
	char	   *name;
	char	   *texts[EPP_RESULTS_MAX];
} Language;

static Language *languages;
static int	language_count;

static void
forget(void)
{
	for (int i = 0; i < language_count; i++)
	{
		free(languages[i].name);
		for (int j = 0; j < EPP_RESULTS_MAX; j++)
			free(languages[i].texts[j]);
	}
	free(languages);
	languages = NULL;
	language_count = 0;
}

static Language *
find(const char *name)
{
	for (int i = 0; i < language_count; i++)
		if (strcasecmp(languages[i].name, name) == 0)	/* RFC 5646, section 2.1.1 */
			return &languages[i];
	return NULL;
}

/* (language, code, text), by language */
void
epp_texts_load(const PGresult *result)
{
	forget();
	if (PQnfields(result) < 3)
		return;
	for (int i = 0; i < PQntuples(result); i++)
	{
		const char *name = PQgetvalue(result, i, 0);
		int			code = atoi(PQgetvalue(result, i, 1));
		Language   *language = find(name);

		if (epp_result_text(code) == NULL)
			continue;
		if (language == NULL)
		{
			languages = gw_realloc(languages, (size_t) (language_count + 1) * sizeof(*languages));
			language = &languages[language_count++];
			memset(language, 0, sizeof(*language));
			language->name = gw_strdup(name);
		}
		free(language->texts[epp_result_number(code)]);
		language->texts[epp_result_number(code)] = gw_strdup(PQgetvalue(result, i, 2));
	}
}

const char *
epp_text(const char *language, int code)
{
	const Language *found = *language && strcmp(language, "en") != 0 ? find(language) : NULL;

	return found && epp_result_text(code) ? found->texts[epp_result_number(code)] : NULL;
}
