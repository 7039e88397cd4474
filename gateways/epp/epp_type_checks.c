/*
 * epp_type_checks.c
 *		Simple types of fee-1.0, signedMark-1.0 and ttl-1.0. See epp_type_checks.h.
 */
#include "epp_type_checks.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define DIGITS "0123456789"
#define CAPITALS "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define AMOUNT_DIGITS_MAX 18

/* [A-Z]{3}; the length has been seen to */
int
epp_check_currency(GwBuf *value, const char *qualifier, const char **reason)
{
	(void) qualifier;
	(void) reason;
	return strspn(value->data, CAPITALS) == 3 ? 0 : SYNTAX;
}

/* xs:decimal, of this sign or zero; rewritten without a plus. */
static int
check_decimal(GwBuf *value, bool negative, const char **reason)
{
	char	   *text = value->data;
	bool		minus = *text == '-';
	bool		signed_ = minus || *text == '+';
	char	   *number = text + signed_;
	size_t		whole = strspn(number, DIGITS);
	size_t		fraction = number[whole] == '.' ? strspn(number + whole + 1, DIGITS) : 0;
	bool		zero = number[strspn(number, "0.")] == '\0';

	if (whole + fraction == 0 || number[whole + (number[whole] == '.') + fraction] != '\0')
		return SYNTAX;
	if (!zero && minus != negative)
		return SYNTAX;
	*reason = "has too many digits";
	if (whole + fraction > AMOUNT_DIGITS_MAX)
		return RANGE;
	if (signed_ && (zero || !minus))
	{
		memmove(text, number, strlen(number) + 1);
		value->length--;
	}
	return 0;
}

int
epp_check_fee(GwBuf *value, const char *qualifier, const char **reason)
{
	(void) qualifier;
	return check_decimal(value, false, reason);
}

int
epp_check_credit(GwBuf *value, const char *qualifier, const char **reason)
{
	(void) qualifier;
	return check_decimal(value, true, reason);
}

/* Parts like 3D or 1.5S, each letter at most once and in order; what follows them, or NULL. */
static const char *
duration_parts(const char *text, const char *letters, int *count)
{
	while (*text >= '0' && *text <= '9')
	{
		const char *letter;
		bool		fraction;

		text += strspn(text, DIGITS);
		fraction = *text == '.';
		if (fraction)
		{
			if (strspn(++text, DIGITS) == 0)
				return NULL;
			text += strspn(text, DIGITS);
		}
		letter = *text ? strchr(letters, *text) : NULL;
		if (letter == NULL || (fraction && *letter != 'S'))
			return NULL;
		letters = letter + 1;
		text++;
		(*count)++;
	}
	return text;
}

/* -?PnYnMnDTnHnMnS: at least one part, and one behind T if there is a T */
int
epp_check_duration(GwBuf *value, const char *qualifier, const char **reason)
{
	const char *text = value->data + (*value->data == '-');
	int			days = 0;
	int			times = 0;

	(void) qualifier;
	(void) reason;
	if (*text != 'P')
		return SYNTAX;
	text = duration_parts(text + 1, "YMD", &days);
	if (text && *text == 'T')
	{
		text = duration_parts(text + 1, "HMS", &times);
		if (times == 0)
			return SYNTAX;
	}
	return text && *text == '\0' && days + times > 0 ? 0 : SYNTAX;
}

int
epp_check_encoding(GwBuf *value, const char *qualifier, const char **reason)
{
	(void) qualifier;
	(void) reason;
	return strcmp(value->data, "base64") == 0 ? 0 : RANGE;
}

/* Nothing, or a number with zeros and a sign in front perhaps. */
int
epp_check_ttl(GwBuf *value, const char *qualifier, const char **reason)
{
	const char *text = value->data;
	bool		minus = *text == '-';

	(void) qualifier;
	(void) reason;
	if (*text == '\0')
		return 0;
	text += *text == '+' || *text == '-';
	if (*text == '\0' || text[strspn(text, DIGITS)] != '\0')
		return SYNTAX;
	text += strspn(text, "0");
	if (strlen(text) > 10 || strtoll(*text ? text : "0", NULL, 10) > 2147483647 || (minus && *text))
		return SYNTAX;
	memmove(value->data, *text ? text : "0", (*text ? strlen(text) : 1) + 1);
	value->length = strlen(value->data);
	return 0;
}

/* A|[A-Z][A-Z0-9-]*[A-Z0-9] */
int
epp_check_record_type(GwBuf *value, const char *qualifier, const char **reason)
{
	const char *text = value->data;

	(void) qualifier;
	(void) reason;
	if (strcmp(text, "A") == 0)
		return 0;
	return strchr(CAPITALS, *text) && value->length > 1 && text[strspn(text, CAPITALS DIGITS "-")] == '\0'
		&& text[value->length - 1] != '-' ? 0 : SYNTAX;
}
