/*
 * dname.c
 *	  SQL faces of the name rules.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "base/dname.h"
#include "base/dname_rules.h"
#include "base/emoji_rules.h"
#include "base/error.h"

PG_FUNCTION_INFO_V1(dos_sql_dname);
PG_FUNCTION_INFO_V1(dos_sql_dname_problem);
PG_FUNCTION_INFO_V1(dos_sql_dname_unicode);
PG_FUNCTION_INFO_V1(dos_sql_emoji_alabel);
PG_FUNCTION_INFO_V1(dos_sql_emoji_normal);
PG_FUNCTION_INFO_V1(dos_sql_emoji_is_label);
PG_FUNCTION_INFO_V1(dos_sql_dname_is_canonical);
PG_FUNCTION_INFO_V1(dos_sql_dname_ancestors);

char *
dos_dname_require(const text *name)
{
	char	   *canonical = palloc(DOS_DNAME_MAX + 1);
	size_t		length;
	DnameProblem problem = dos_dname_canonical(VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name), canonical, &length);

	if (problem != DNAME_OK)
		ereport(ERROR,
				(errcode(ERRCODE_DOS_PARAMETER_SYNTAX),
				 errmsg("name \"%s\" is not valid", text_to_cstring(name)),
				 errdetail("%s", dos_dname_problem_text(problem)),
				 dos_reason(dos_dname_problem_reason(problem)),
				 dos_element("name")));
	canonical[length] = '\0';
	return canonical;
}

Datum
dos_sql_dname(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(dos_dname_require(PG_GETARG_TEXT_PP(0))));
}

Datum
dos_sql_dname_problem(PG_FUNCTION_ARGS)
{
	text	   *name = PG_GETARG_TEXT_PP(0);
	char		canonical[DOS_DNAME_MAX + 1];
	size_t		length;
	DnameProblem problem = dos_dname_canonical(VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name), canonical, &length);

	if (problem == DNAME_OK)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(dos_dname_problem_text(problem)));
}

Datum
dos_sql_dname_unicode(PG_FUNCTION_ARGS)
{
	char	   *name = text_to_cstring(PG_GETARG_TEXT_PP(0));
	char	   *unicode = dos_dname_unicode(name);
	text	   *result = cstring_to_text(unicode ? unicode : name);

	free(unicode);
	PG_RETURN_TEXT_P(result);
}

Datum
dos_sql_dname_is_canonical(PG_FUNCTION_ARGS)
{
	text	   *name = PG_GETARG_TEXT_PP(0);

	PG_RETURN_BOOL(dos_dname_is_canonical(VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name)));
}

Datum
dos_sql_dname_ancestors(PG_FUNCTION_ARGS)
{
	text	   *name = PG_GETARG_TEXT_PP(0);
	const char *start = VARDATA_ANY(name);
	const char *end = start + VARSIZE_ANY_EXHDR(name);
	Datum		ancestors[DOS_DNAME_WIRE_MAX / 2];
	int			count = 0;

	while ((start = memchr(start, '.', end - start)) != NULL && count < (int) lengthof(ancestors))
	{
		start++;
		ancestors[count++] = PointerGetDatum(cstring_to_text_with_len(start, end - start));
	}
	PG_RETURN_ARRAYTYPE_P(construct_array(ancestors, count, TEXTOID, -1, false, TYPALIGN_INT));
}

Datum
dos_sql_emoji_alabel(PG_FUNCTION_ARGS)
{
	text	   *label = PG_GETARG_TEXT_PP(0);
	char		out[DOS_LABEL_MAX + 1];
	const char *problem = dos_emoji_alabel(VARDATA_ANY(label), VARSIZE_ANY_EXHDR(label), out);

	if (problem != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_DOS_PARAMETER_SYNTAX),
				 errmsg("\"%s\" is no label of emoji", text_to_cstring(label)),
				 errdetail("%s", problem),
				 dos_reason("emoji_label"), dos_element("domain:name")));
	PG_RETURN_TEXT_P(cstring_to_text(out));
}

Datum
dos_sql_emoji_normal(PG_FUNCTION_ARGS)
{
	text	   *label = PG_GETARG_TEXT_PP(0);
	char		out[DOS_LABEL_MAX + 1];
	uint32_t	cp[DOS_EMOJI_LABEL_MAX];
	char		normal[4 * DOS_EMOJI_LABEL_MAX + 1];

	if (dos_emoji_alabel(VARDATA_ANY(label), VARSIZE_ANY_EXHDR(label), out) != NULL)
		PG_RETURN_NULL();
	dos_emoji_text(cp, dos_emoji_label(out, strlen(out), cp), normal);
	PG_RETURN_TEXT_P(cstring_to_text(normal));
}

Datum
dos_sql_emoji_is_label(PG_FUNCTION_ARGS)
{
	text	   *label = PG_GETARG_TEXT_PP(0);
	uint32_t	cp[DOS_EMOJI_LABEL_MAX];

	PG_RETURN_BOOL(dos_emoji_label(VARDATA_ANY(label), VARSIZE_ANY_EXHDR(label), cp) > 0);
}
