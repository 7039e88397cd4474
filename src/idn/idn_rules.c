/*
 * idn_rules.c
 *	  IDNA2008 through libidn2; scripts and skeletons through ICU.
 */
#include "idn/idn_rules.h"

#include <idn2.h>
#include <stdio.h>
#include <string.h>
#include <unicode/uscript.h>
#include <unicode/uspoof.h>

static const struct
{
	int			code;
	const char *reason;
	const char *sentence;		/* %04X is the code point, where one is to blame */
}			problems[] = {
	{IDN2_NOT_NFC, "idn_form", "The label is not in normalization form C."},
	{IDN2_2HYPHEN, "idn_hyphens", "The third and fourth characters may not both be hyphens."},
	{IDN2_HYPHEN_STARTEND, "idn_hyphens", "A label does not begin or end with a hyphen."},
	{IDN2_LEADING_COMBINING, "idn_combining", "U+%04X is a combining mark and may not begin a label."},
	{IDN2_DISALLOWED, "idn_disallowed", "U+%04X is not allowed in domain names (RFC 5892)."},
	{IDN2_UNASSIGNED, "idn_disallowed", "U+%04X is not assigned (RFC 5892)."},
	{IDN2_CONTEXTJ, "idn_context", "U+%04X is not allowed in this place (RFC 5892 appendix A.1 and A.2)."},
	{IDN2_CONTEXTJ_NO_RULE, "idn_context", "U+%04X is not allowed in this place (RFC 5892 appendix A)."},
	{IDN2_CONTEXTO, "idn_context", "U+%04X is not allowed in this place (RFC 5892 appendix A.3 to A.9)."},
	{IDN2_CONTEXTO_NO_RULE, "idn_context", "U+%04X is not allowed in this place (RFC 5892 appendix A)."},
	{IDN2_BIDI, "idn_bidi", "Letters and digits of different directions break the Bidi rule (RFC 5893 section 2)."},
	{IDN2_TOO_BIG_LABEL, "idn_length", "A label has at most 63 octets."},
};

static bool
is_contextual(uint32_t cp)
{
	return cp == 0x00B7 || cp == 0x0375 || cp == 0x05F3 || cp == 0x05F4 || cp == 0x200C || cp == 0x200D || cp == 0x30FB ||
		(cp >= 0x0660 && cp <= 0x0669) || (cp >= 0x06F0 && cp <= 0x06F9);
}

/* Which code point brought this result about? */
static uint32_t
culprit(const char *ulabel, int code)
{
	LgrLabel	label;

	if (!dos_lgr_label(ulabel, strlen(ulabel), &label))
		return 0;
	if (code == IDN2_CONTEXTJ || code == IDN2_CONTEXTO || code == IDN2_CONTEXTJ_NO_RULE || code == IDN2_CONTEXTO_NO_RULE)
	{
		for (int i = 0; i < label.length; i++)
			if (is_contextual(label.cp[i]) && ((label.cp[i] == 0x200C || label.cp[i] == 0x200D) == (code == IDN2_CONTEXTJ)))
				return label.cp[i];
		return label.cp[0];
	}
	for (int i = 0; i < label.length; i++)
	{
		LgrLabel	alone = {.cp = {label.cp[i]}, .length = 1};
		char		text[8];
		uint8_t    *out = NULL;
		int			rc;

		dos_lgr_text(&alone, text);
		rc = idn2_register_u8((const uint8_t *) text, NULL, &out, 0);
		idn2_free(out);
		if (rc == code)
			return label.cp[i];
	}
	return label.cp[0];
}

const char *
dos_idn_problem(const char *ulabel, char *explanation, size_t size)
{
	uint8_t    *out = NULL;
	int			rc = idn2_register_u8((const uint8_t *) ulabel, NULL, &out, 0);

	idn2_free(out);
	if (rc == IDN2_OK)
		return NULL;
	for (size_t i = 0; i < sizeof(problems) / sizeof(problems[0]); i++)
		if (problems[i].code == rc)
		{
			if (strstr(problems[i].sentence, "%04X") != NULL)
			{
				const char *rest = problems[i].sentence + strlen("U+%04X");

				snprintf(explanation, size, "U+%04X%s", (unsigned int) culprit(ulabel, rc), rest);
			}
			else
				snprintf(explanation, size, "%s", problems[i].sentence);
			return problems[i].reason;
		}
	snprintf(explanation, size, "The label is not valid under IDNA2008: %s.", idn2_strerror(rc));
	return "idn_invalid";
}

/* The scripts that a label may be in, with the combinations in which some languages are written. */
static int
scripts_of(uint32_t cp, bool *scripts)
{
	UScriptCode codes[32];
	UErrorCode	status = U_ZERO_ERROR;
	int			count = uscript_getScriptExtensions((UChar32) cp, codes, 32, &status);
	static const UScriptCode unions[][4] = {
		{USCRIPT_HAN, USCRIPT_HAN_WITH_BOPOMOFO, USCRIPT_JAPANESE, USCRIPT_KOREAN},
		{USCRIPT_HIRAGANA, USCRIPT_JAPANESE, USCRIPT_JAPANESE, USCRIPT_JAPANESE},
		{USCRIPT_KATAKANA, USCRIPT_JAPANESE, USCRIPT_JAPANESE, USCRIPT_JAPANESE},
		{USCRIPT_HANGUL, USCRIPT_KOREAN, USCRIPT_KOREAN, USCRIPT_KOREAN},
		{USCRIPT_BOPOMOFO, USCRIPT_HAN_WITH_BOPOMOFO, USCRIPT_HAN_WITH_BOPOMOFO, USCRIPT_HAN_WITH_BOPOMOFO},
	};

	memset(scripts, 0, USCRIPT_CODE_LIMIT * sizeof(bool));
	if (U_FAILURE(status))
		return 0;
	for (int i = 0; i < count; i++)
	{
		if (codes[i] == USCRIPT_COMMON || codes[i] == USCRIPT_INHERITED)
			return 0;
		scripts[codes[i]] = true;
		for (size_t u = 0; u < sizeof(unions) / sizeof(unions[0]); u++)
			for (int member = 1; member < 4 && unions[u][0] == codes[i]; member++)
				scripts[unions[u][member]] = true;
	}
	return count;
}

bool
dos_idn_mixes_scripts(const char *ulabel, char *explanation, size_t size)
{
	bool		possible[USCRIPT_CODE_LIMIT];
	bool		scripts[USCRIPT_CODE_LIMIT];
	LgrLabel	label;
	uint32_t	first = 0;

	memset(possible, true, sizeof(possible));
	if (!dos_lgr_label(ulabel, strlen(ulabel), &label))
		return false;
	for (int i = 0; i < label.length; i++)
	{
		bool		any = false;

		if (scripts_of(label.cp[i], scripts) == 0)
			continue;
		for (int s = 0; s < USCRIPT_CODE_LIMIT; s++)
			any |= possible[s] = possible[s] && scripts[s];
		if (!any)
		{
			UErrorCode	status = U_ZERO_ERROR;
			UScriptCode a = uscript_getScript((UChar32) first, &status);
			UScriptCode b = uscript_getScript((UChar32) label.cp[i], &status);

			snprintf(explanation, size, "U+%04X is %s and U+%04X is %s: a label is in one script.",
					 (unsigned int) first, uscript_getName(a), (unsigned int) label.cp[i], uscript_getName(b));
			return true;
		}
		if (first == 0)
			first = label.cp[i];
	}
	return false;
}

bool
dos_idn_skeleton(const char *ulabel, char *skeleton, size_t size)
{
	UErrorCode	status = U_ZERO_ERROR;
	USpoofChecker *checker = uspoof_open(&status);
	int32_t		length = U_SUCCESS(status) ? uspoof_getSkeletonUTF8(checker, 0, ulabel, -1, skeleton, (int32_t) size - 1, &status) : 0;

	uspoof_close(checker);
	if (U_FAILURE(status) || length < 0 || (size_t) length >= size)
		return false;
	skeleton[length] = '\0';
	return true;
}
