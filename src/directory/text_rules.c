/*
 * text_rules.c
 *	  A growing piece of text, UTF-8 and instants, pure.
 */
#include "directory/text_rules.h"

#include <stdio.h>
#include <string.h>

#define SIZE_FIRST			4096

/* 2000-01-01 in days of the civil calendar that begins on 0000-03-01 */
#define DAYS_TO_2000		730425
#define DAYS_PER_400_YEARS	146097

void
dos_text_reserve(DirectoryText *text, size_t more)
{
	size_t		size = text->size ? text->size : SIZE_FIRST;

	if (more <= text->size - text->length)
		return;
	while (size - text->length < more)
		size *= 2;
	text->data = text->grow(text->data, size);
	text->size = size;
}

void
dos_text_integer(DirectoryText *text, int64_t value)
{
	char		digits[24];
	int			length = snprintf(digits, sizeof(digits), "%lld", (long long) value);

	dos_text_bytes(text, digits, (size_t) length);
}

size_t
dos_text_utf8(const char *bytes, size_t available)
{
	/* the first byte decides length and the range of the second (RFC 3629 section 4) */
	static const struct
	{
		unsigned char first_low;
		unsigned char first_high;
		unsigned char second_low;
		unsigned char second_high;
		size_t		length;
	}			forms[] = {
		{0x00, 0x7F, 0x00, 0x00, 1},
		{0xC2, 0xDF, 0x80, 0xBF, 2},
		{0xE0, 0xE0, 0xA0, 0xBF, 3},
		{0xE1, 0xEC, 0x80, 0xBF, 3},
		{0xED, 0xED, 0x80, 0x9F, 3},
		{0xEE, 0xEF, 0x80, 0xBF, 3},
		{0xF0, 0xF0, 0x90, 0xBF, 4},
		{0xF1, 0xF3, 0x80, 0xBF, 4},
		{0xF4, 0xF4, 0x80, 0x8F, 4},
	};
	const unsigned char *octets = (const unsigned char *) bytes;

	if (available == 0)
		return 0;
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
	{
		if (octets[0] < forms[i].first_low || octets[0] > forms[i].first_high)
			continue;
		if (forms[i].length > available)
			return 0;
		if (forms[i].length > 1 && (octets[1] < forms[i].second_low || octets[1] > forms[i].second_high))
			return 0;
		for (size_t tail = 2; tail < forms[i].length; tail++)
			if ((octets[tail] & 0xC0) != 0x80)
				return 0;
		return forms[i].length;
	}
	return 0;
}

/* A separator and a number of so many digits; where the text goes on. */
static char *
digits(char *out, int value, int count, const char *separator)
{
	for (; *separator != '\0'; separator++)
		*out++ = *separator;
	for (int place = count - 1; place >= 0; place--)
	{
		out[place] = (char) ('0' + value % 10);
		value /= 10;
	}
	return out + count;
}

void
dos_text_instant(char *out, int64_t instant)
{
	int64_t		seconds = instant / 1000000;
	int64_t		micros = instant % 1000000;
	int64_t		days;
	int64_t		era;
	int64_t		year;
	int			second_of_day;
	int			day_of_era;
	int			year_of_era;
	int			day_of_year;
	int			month_from_march;
	int			day;
	int			month;

	if (micros < 0)
	{
		micros += 1000000;
		seconds--;
	}
	days = seconds / 86400;
	second_of_day = (int) (seconds % 86400);
	if (second_of_day < 0)
	{
		second_of_day += 86400;
		days--;
	}
	/* civil date from days: years that begin in March, in eras of 400 */
	days += DAYS_TO_2000;
	era = (days >= 0 ? days : days - DAYS_PER_400_YEARS + 1) / DAYS_PER_400_YEARS;
	day_of_era = (int) (days - era * DAYS_PER_400_YEARS);
	year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	month_from_march = (5 * day_of_year + 2) / 153;
	day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
	month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
	year = year_of_era + era * 400 + (month <= 2);

	if (year < 0 || year > 9999)
		out += snprintf(out, 12, "%+05d", (int) year);
	else
		out = digits(out, (int) year, 4, "");
	out = digits(out, month, 2, "-");
	out = digits(out, day, 2, "-");
	out = digits(out, second_of_day / 3600, 2, "T");
	out = digits(out, second_of_day / 60 % 60, 2, ":");
	out = digits(out, second_of_day % 60, 2, ":");
	out = digits(out, (int) (micros / 1000), 3, ".");
	strcpy(out, "Z");
}
