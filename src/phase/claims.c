/*
 * claims.c
 *	  SQL face of the notice rules.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"

#include "phase/claims_rules.h"

PG_FUNCTION_INFO_V1(dos_sql_claims_notice_problem);

/* (id, label, not_after) -> reason, or NULL */
Datum
dos_sql_claims_notice_problem(PG_FUNCTION_ARGS)
{
	static const char *const reasons[] = {NULL, "claims_notice_form", "claims_notice_checksum"};
	TimestampTz at = PG_GETARG_TIMESTAMPTZ(2);
	NoticeProblem problem;

	if (TIMESTAMP_NOT_FINITE(at))
		PG_RETURN_TEXT_P(cstring_to_text(reasons[NOTICE_CHECKSUM]));
	problem = dos_claims_notice_judge(text_to_cstring(PG_GETARG_TEXT_PP(0)), text_to_cstring(PG_GETARG_TEXT_PP(1)),
									  timestamptz_to_time_t(at));
	if (problem == NOTICE_OK)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(reasons[problem]));
}
