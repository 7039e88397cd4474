/*
 * epp_types.c
 *		The simple types of the EPP schemas. See epp_types.h.
 *
 * Whitespace first (XML Schema part 2, section 4.3.6), then length in
 * characters, then enumeration, then the type's own function, which may
 * rewrite the value to its canonical form.
 */
#include "epp_types.h"
#include "epp_type_checks.h"
#include "gw_memory.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <libxml/uri.h>
#include <libxml/xmlmemory.h>
#include <libxml/xmlregexp.h>
#include <libxml/xmlstring.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef enum Space
{
	PRESERVE,					/* string */
	REPLACE,					/* normalizedString */
	COLLAPSE					/* token and everything that is not a string */
} Space;

typedef int (*TypeCheck) (GwBuf *value, const char *qualifier, const char **reason);

typedef struct TypeRow
{
	Space		space;
	size_t		min;
	size_t		max;			/* 0: no limit */
	const char *words;			/* enumeration "a|b|c" */
	TypeCheck	check;
	const char *reason;
} TypeRow;


static bool
is_word(const char *words, const char *text)
{
	size_t		length = strlen(text);

	for (const char *w = words; *w; w += strcspn(w, "|"), w += *w == '|')
		if (strcspn(w, "|") == length && strncmp(w, text, length) == 0)
			return true;
	return false;
}

/* xs:anyURI lets other characters than those of a URI stand for their escapes. */
static int
check_uri(GwBuf *value, const char *qualifier, const char **reason)
{
	xmlChar    *escaped = xmlURIEscapeStr((const xmlChar *) value->data, (const xmlChar *) "_-.!~*'()/?;:@&=+$,[]#%");
	xmlURI	   *uri = escaped ? xmlParseURI((const char *) escaped) : NULL;

	(void) qualifier;
	(void) reason;
	xmlFree(escaped);
	xmlFreeURI(uri);
	return uri || value->length == 0 ? 0 : SYNTAX;
}

/* All of the text from this set, and not empty. */
static bool
is_made_of(const char *text, const char *set)
{
	return *text && text[strspn(text, set)] == '\0';
}

static void
value_set(GwBuf *value, const char *text)
{
	gw_buf_reset(value);
	gw_buf_puts(value, text);
}

#define DIGITS "0123456789"

/*
 * An integer of the XSD, with leading zeros perhaps, and a sign unless its
 * type is an unsigned one; rewritten as plain decimal.
 */
static int
check_integer(GwBuf *value, long min, long max, bool is_signed)
{
	const char *text = value->data;
	char		plain[16];
	bool		negative = *text == '-';
	long		number;

	if (is_signed)
		text += *text == '+' || *text == '-';
	if (!is_made_of(text, DIGITS))
		return SYNTAX;
	text += strspn(text, "0");
	if (strlen(text) > 10)
		return SYNTAX;
	number = strtol(*text ? text : "0", NULL, 10);
	if (negative)
		number = -number;
	if (number < min || number > max)
		return SYNTAX;
	snprintf(plain, sizeof(plain), "%ld", number);
	value_set(value, plain);
	return 0;
}

static int
check_period(GwBuf *value, const char *qualifier, const char **reason)
{
	(void) qualifier;
	(void) reason;
	return check_integer(value, 1, 99, false);
}

static int
check_uint16(GwBuf *value, const char *qualifier, const char **reason)
{
	(void) qualifier;
	(void) reason;
	return check_integer(value, 0, 65535, false);
}

static int
check_uint8(GwBuf *value, const char *qualifier, const char **reason)
{
	(void) qualifier;
	(void) reason;
	return check_integer(value, 0, 255, false);
}

static int
check_max_sig_life(GwBuf *value, const char *qualifier, const char **reason)
{
	(void) qualifier;
	(void) reason;
	return check_integer(value, 1, 2147483647, true);
}

static int
check_boolean(GwBuf *value, const char *qualifier, const char **reason)
{
	(void) qualifier;
	(void) reason;
	value_set(value, value->data[0] == '1' || value->data[0] == 't' ? "true" : "false");
	return 0;
}

/* The pattern of the schema itself: \w is anything but punctuation, separators and "other". */
static int
check_roid(GwBuf *value, const char *qualifier, const char **reason)
{
	static xmlRegexp *pattern;

	(void) qualifier;
	(void) reason;
	if (pattern == NULL)
		pattern = gw_memory_checked(xmlRegexpCompile((const xmlChar *) "(\\w|_){1,80}-\\w{1,8}"));
	return xmlRegexpExec(pattern, (const xmlChar *) value->data) == 1 ? 0 : SYNTAX;
}

/* [1-9]+\.[0-9]+, and then it has to be 1.0 */
static int
check_version(GwBuf *value, const char *qualifier, const char **reason)
{
	const char *text = value->data;
	size_t		major = strspn(text, "123456789");

	(void) qualifier;
	if (major == 0 || text[major] != '.' || !is_made_of(text + major + 1, DIGITS))
		return SYNTAX;
	*reason = "must be 1.0";
	return strcmp(text, "1.0") == 0 ? 0 : 2100;
}

/* [a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})* */
static int
check_language(GwBuf *value, const char *qualifier, const char **reason)
{
	const char *part = value->data;
	bool		first = true;

	(void) qualifier;
	(void) reason;
	for (;; first = false)
	{
		size_t		length = 0;

		while (first ? isalpha((unsigned char) part[length]) : isalnum((unsigned char) part[length]))
			length++;
		if (length < 1 || length > 8)
			return SYNTAX;
		part += length;
		if (*part == '\0')
			return 0;
		if (*part++ != '-')
			return SYNTAX;
	}
}

/* (\+[0-9]{1,3}\.[0-9]{1,14})? */
static int
check_e164(GwBuf *value, const char *qualifier, const char **reason)
{
	const char *text = value->data;
	size_t		country,
				number;

	(void) qualifier;
	(void) reason;
	if (*text == '\0')
		return 0;
	if (*text != '+')
		return SYNTAX;
	country = strspn(text + 1, DIGITS);
	if (country < 1 || country > 3 || text[1 + country] != '.')
		return SYNTAX;
	number = strspn(text + 2 + country, DIGITS);
	return number >= 1 && number <= 14 && text[2 + country + number] == '\0' ? 0 : SYNTAX;
}

static int
days_of(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return month == 2 && ((year % 4 == 0 && year % 100 != 0) || year % 400 == 0) ? 29 : days[month - 1];
}

/* Z, or an hour and minute of at most 14:00 */
static bool
is_time_zone(const char *text)
{
	int			hour,
				minute;

	if (*text == '\0' || strcmp(text, "Z") == 0)
		return true;
	if (strlen(text) != 6 || (*text != '+' && *text != '-') || text[3] != ':')
		return false;
	if (strspn(text + 1, DIGITS) != 2 || strspn(text + 4, DIGITS) != 2)
		return false;
	hour = atoi(text + 1);
	minute = atoi(text + 4);
	return minute <= 59 && (hour < 14 || (hour == 14 && minute == 0));
}

/*
 * The date at the start of xs:date and xs:dateTime: a year of four digits or
 * more, perhaps negative. Returns what follows it, or NULL. *wide: the year is
 * none that we can work with.
 */
static const char *
scan_date(const char *text, bool *wide)
{
	bool		negative = *text == '-';
	const char *digits = text + negative;
	size_t		year_length = strspn(digits, DIGITS);
	const char *rest = digits + year_length;
	int			month,
				day,
				year;

	if (year_length < 4 || (year_length > 4 && *digits == '0') || strlen(rest) < 6 || rest[0] != '-' || rest[3] != '-'
		|| strspn(rest + 1, DIGITS) != 2 || strspn(rest + 4, DIGITS) < 2)
		return NULL;
	month = atoi(rest + 1);
	day = (rest[4] - '0') * 10 + rest[5] - '0';
	/* The last four digits tell leap years as well as all of them. */
	year = atoi(digits + year_length - 4);
	if (month < 1 || month > 12 || day < 1 || day > days_of(year_length > 4 && year == 0 ? 400 : year, month)
		|| (year_length == 4 && year == 0))
		return NULL;
	*wide = negative || year_length > 4;
	return rest + 6;
}

static const char wide_year[] = "must be a year between 0001 and 9999";

/* A time zone on a date means nothing to us and is dropped. */
static int
check_date(GwBuf *value, const char *qualifier, const char **reason)
{
	bool		wide;
	const char *zone = scan_date(value->data, &wide);

	(void) qualifier;
	if (zone == NULL || !is_time_zone(zone))
		return SYNTAX;
	*reason = wide_year;
	if (wide)
		return 2004;
	value->length = 10;
	value->data[10] = '\0';
	return 0;
}

/* hh:mm:ss, or midnight as 24:00:00 */
static bool
is_time(const char *text)
{
	int			hour,
				minute,
				second;

	if (strspn(text, DIGITS) != 2 || text[2] != ':' || strspn(text + 3, DIGITS) != 2 || text[5] != ':'
		|| strspn(text + 6, DIGITS) != 2)
		return false;
	hour = atoi(text);
	minute = atoi(text + 3);
	second = atoi(text + 6);
	return (hour < 24 && minute < 60 && second < 60) || (hour == 24 && minute == 0 && second == 0);
}

/* A time without zone is taken as UTC; digits of a second behind the sixth are cut off. */
static int
check_date_time(GwBuf *value, const char *qualifier, const char **reason)
{
	bool		wide;
	char	   *time = (char *) scan_date(value->data, &wide);
	char	   *zone;
	size_t		fraction = 0;

	(void) qualifier;
	if (time == NULL || *time != 'T' || !is_time(time + 1))
		return SYNTAX;
	zone = time + 9;
	if (*zone == '.')
	{
		fraction = strspn(zone + 1, DIGITS);
		if (fraction == 0 || (strncmp(time + 1, "24", 2) == 0 && strspn(zone + 1, "0") != fraction))
			return SYNTAX;
		zone += 1 + fraction;
	}
	if (!is_time_zone(zone))
		return SYNTAX;
	*reason = wide_year;
	if (wide)
		return 2004;
	if (fraction > 6)
	{
		memmove(zone - (fraction - 6), zone, strlen(zone) + 1);
		value->length -= fraction - 6;
	}
	return 0;
}

/*
 * The id is the server's own, copied by the client (RFC 5730, section
 * 2.9.2.3), so anything we never wrote names no message: canonical decimal
 * that a bigint holds.
 */
static int
check_message_id(GwBuf *value, const char *qualifier, const char **reason)
{
	static const char largest[] = "9223372036854775807";
	const char *text = value->data;
	size_t		length = strlen(text);

	(void) qualifier;
	(void) reason;
	if (!is_made_of(text, DIGITS) || *text == '0' || length > strlen(largest)
		|| (length == strlen(largest) && strcmp(text, largest) > 0))
		return UNKNOWN;
	return 0;
}

static int
check_address(GwBuf *value, const char *qualifier, const char **reason)
{
	unsigned char address[16];
	bool		v6 = strcmp(qualifier, "v6") == 0;

	*reason = v6 ? "must be an IPv6 address" : "must be an IPv4 address";
	return inet_pton(v6 ? AF_INET6 : AF_INET, value->data, address) == 1 ? 0 : VALUE;
}

static int
check_hex(GwBuf *value, const char *qualifier, const char **reason)
{
	(void) qualifier;
	for (size_t i = 0; i < value->length; i++)
	{
		if (!isxdigit((unsigned char) value->data[i]))
			return SYNTAX;
		value->data[i] = (char) toupper((unsigned char) value->data[i]);
	}
	if (value->length % 2 != 0)
		return SYNTAX;
	*reason = "must not be empty";
	return value->length > 0 ? 0 : VALUE;
}

/* XML Schema part 2, section 3.2.16: the bits behind the last octet are zero. */
static int
check_base64(GwBuf *value, const char *qualifier, const char **reason)
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	char	   *text = value->data;
	size_t		length = 0;
	size_t		digits;

	(void) qualifier;
	(void) reason;
	for (size_t i = 0; i < value->length; i++)
		if (text[i] != ' ')
			text[length++] = text[i];
	text[length] = '\0';
	value->length = length;
	digits = strspn(text, alphabet);
	if (length == 0 || length % 4 != 0 || digits + 2 < length)
		return SYNTAX;
	if (digits == length)
		return 0;
	if (strspn(text + digits, "=") != length - digits)
		return SYNTAX;
	return strchr(length - digits == 1 ? "AEIMQUYcgkosw048" : "AQgw", text[digits - 1]) ? 0 : SYNTAX;
}

static const TypeRow types[EPP_TYPE_COUNT] = {
	/*						space	 min max  words or check						reason */
	[EPP_LABEL] =			{COLLAPSE, 1, 255, .reason = "must have 1 to 255 characters"},
	[EPP_CLID] =			{COLLAPSE, 3, 16, .reason = "must have 3 to 16 characters"},
	[EPP_MIN_TOKEN] =		{COLLAPSE, 1, 0, .reason = "must not be empty"},
	[EPP_TOKEN] =			{COLLAPSE, 0, 0},
	[EPP_ROID] =			{COLLAPSE, 3, 89, .check = check_roid, .reason = "must be a repository object identifier"},
	[EPP_AUTH] =			{REPLACE, 0, 0},
	[EPP_PASSWORD] =		{COLLAPSE, 6, 16, .reason = "must have 6 to 16 characters"},
	[EPP_LONG_PASSWORD] =	{COLLAPSE, 6, 0, .reason = "must have at least 6 characters"},
	[EPP_TRID] =			{COLLAPSE, 3, 64, .reason = "must have 3 to 64 characters"},
	[EPP_VERSION] =			{COLLAPSE, 0, 0, .check = check_version, .reason = "must be a version number"},
	[EPP_LANGUAGE] =		{COLLAPSE, 1, 0, .check = check_language, .reason = "must be a language tag"},
	[EPP_URI] =				{COLLAPSE, 0, 0, .check = check_uri, .reason = "must be a URI"},
	[EPP_NORMALIZED] =		{REPLACE, 0, 0},
	[EPP_BOOLEAN] =			{COLLAPSE, 1, 5, "true|false|1|0", check_boolean, "must be true or false"},
	[EPP_POLL_OP] =			{COLLAPSE, 1, 0, "ack|req", .reason = "must be ack or req"},
	[EPP_TRANSFER_OP] =		{COLLAPSE, 1, 0, "approve|cancel|query|reject|request", .reason = "must be a transfer operation"},
	[EPP_MESSAGE_ID] =		{COLLAPSE, 0, 0, .check = check_message_id, .reason = "is not the id of a message"},
	[EPP_PERIOD] =			{COLLAPSE, 1, 0, .check = check_period, .reason = "must be an integer between 1 and 99"},
	[EPP_PERIOD_UNIT] =		{COLLAPSE, 1, 0, "y|m", .reason = "must be y or m"},
	[EPP_DATE] =			{COLLAPSE, 1, 0, .check = check_date, .reason = "must be a date"},
	[EPP_CONTACT_TYPE] =	{COLLAPSE, 1, 0, "admin|billing|tech", .reason = "must be admin, billing or tech"},
	[EPP_HOSTS] =			{COLLAPSE, 1, 0, "all|del|none|sub", .reason = "must be all, del, none or sub"},
	[EPP_CLID_CHANGE] =		{COLLAPSE, 0, 16, .reason = "must have at most 16 characters"},
	[EPP_DOMAIN_STATUS] =	{COLLAPSE, 1, 0,
							 "clientDeleteProhibited|clientHold|clientRenewProhibited|clientTransferProhibited|"
							 "clientUpdateProhibited|inactive|ok|pendingCreate|pendingDelete|pendingRenew|"
							 "pendingTransfer|pendingUpdate|serverDeleteProhibited|serverHold|serverRenewProhibited|"
							 "serverTransferProhibited|serverUpdateProhibited", .reason = "must be a status of domains"},
	[EPP_ADDRESS] =			{COLLAPSE, 3, 45, .check = check_address, .reason = "must have 3 to 45 characters"},
	[EPP_ADDRESS_FAMILY] =	{COLLAPSE, 1, 0, "v4|v6", .reason = "must be v4 or v6"},
	[EPP_HOST_STATUS] =		{COLLAPSE, 1, 0,
							 "clientDeleteProhibited|clientUpdateProhibited|linked|ok|pendingCreate|pendingDelete|"
							 "pendingTransfer|pendingUpdate|serverDeleteProhibited|serverUpdateProhibited",
							 .reason = "must be a status of hosts"},
	[EPP_COUNTRY] =			{COLLAPSE, 2, 2, .reason = "must have 2 characters"},
	[EPP_E164] =			{COLLAPSE, 0, 17, .check = check_e164, .reason = "must be a telephone number like +1.7035555555"},
	[EPP_POSTAL_CODE] =		{COLLAPSE, 0, 16, .reason = "must have at most 16 characters"},
	[EPP_POSTAL_LINE] =		{REPLACE, 1, 255, .reason = "must have 1 to 255 characters"},
	[EPP_POSTAL_OPTIONAL] = {REPLACE, 0, 255, .reason = "must have at most 255 characters"},
	[EPP_POSTAL_TYPE] =		{COLLAPSE, 1, 0, "loc|int", .reason = "must be loc or int"},
	[EPP_CONTACT_STATUS] =	{COLLAPSE, 1, 0,
							 "clientDeleteProhibited|clientTransferProhibited|clientUpdateProhibited|linked|ok|"
							 "pendingCreate|pendingDelete|pendingTransfer|pendingUpdate|serverDeleteProhibited|"
							 "serverTransferProhibited|serverUpdateProhibited", .reason = "must be a status of contacts"},
	[EPP_UINT16] =			{COLLAPSE, 1, 0, .check = check_uint16, .reason = "must be an integer between 0 and 65535"},
	[EPP_UINT8] =			{COLLAPSE, 1, 0, .check = check_uint8, .reason = "must be an integer between 0 and 255"},
	[EPP_MAX_SIG_LIFE] =	{COLLAPSE, 1, 0, .check = check_max_sig_life, .reason = "must be an integer from 1"},
	[EPP_HEX] =				{COLLAPSE, 0, 0, .check = check_hex, .reason = "must be pairs of hexadecimal digits"},
	[EPP_BASE64] =			{COLLAPSE, 1, 0, .check = check_base64, .reason = "must be base64"},
	[EPP_RESTORE_OP] =		{COLLAPSE, 1, 0, "request|report", .reason = "must be request or report"},
	[EPP_DATE_TIME] =		{COLLAPSE, 1, 0, .check = check_date_time, .reason = "must be a date and time"},
	[EPP_ANY_TEXT] =		{PRESERVE, 0, 0},
	[EPP_CURRENCY] =		{PRESERVE, 3, 3, .check = epp_check_currency, .reason = "must be a currency code"},
	[EPP_FEE_COMMAND] =		{COLLAPSE, 1, 0, "create|delete|renew|update|transfer|restore|custom",
							 .reason = "must be the name of a command"},
	[EPP_FEE] =				{COLLAPSE, 1, 0, .check = epp_check_fee, .reason = "must be an amount that is not negative"},
	[EPP_CREDIT] =			{COLLAPSE, 1, 0, .check = epp_check_credit, .reason = "must be an amount that is not positive"},
	[EPP_DURATION] =		{COLLAPSE, 1, 0, .check = epp_check_duration, .reason = "must be a duration"},
	[EPP_FEE_DRAFT_COMMAND] = {COLLAPSE, 3, 16},
	[EPP_FEE_APPLIED] =		{COLLAPSE, 1, 0, "immediate|delayed", .reason = "must be immediate or delayed"},
	[EPP_LAUNCH_PHASE] =	{COLLAPSE, 1, 0, "sunrise|landrush|claims|open|custom", .reason = "must be a launch phase"},
	[EPP_LAUNCH_FORM] =		{COLLAPSE, 1, 0, "claims|avail|trademark", .reason = "must be claims, avail or trademark"},
	[EPP_LAUNCH_OBJECT] =	{COLLAPSE, 1, 0, "application|registration", .reason = "must be application or registration"},
	[EPP_SMD_ENCODING] =	{COLLAPSE, 0, 0, .check = epp_check_encoding, .reason = "must be base64"},
	[EPP_TTL] =				{COLLAPSE, 0, 0, .check = epp_check_ttl, .reason = "must be empty or an integer between 0 and 2147483647"},
	[EPP_RECORD_TYPE] =		{COLLAPSE, 1, 0, "NS|DS|DNAME|A|AAAA|custom", .reason = "must be a record type"},
	[EPP_CUSTOM_RECORD_TYPE] = {COLLAPSE, 1, 0, .check = epp_check_record_type, .reason = "must be the mnemonic of a record type"},
	[EPP_ORG_STATUS] =		{COLLAPSE, 1, 0,
							 "ok|hold|terminated|clientDeleteProhibited|clientUpdateProhibited|clientLinkProhibited|linked|"
							 "pendingCreate|pendingUpdate|pendingDelete|serverDeleteProhibited|serverUpdateProhibited|"
							 "serverLinkProhibited", .reason = "must be a status of organizations"},
	[EPP_ORG_ROLE_STATUS] = {COLLAPSE, 1, 0, "ok|clientLinkProhibited|linked|serverLinkProhibited",
							 .reason = "must be a status of roles"},
	[EPP_ORG_CONTACT] =		{COLLAPSE, 1, 0, "admin|billing|tech|abuse|custom", .reason = "must be a type of contact"},
};

size_t
epp_text_length(const char *text)
{
	size_t		length = 0;

	for (; *text; text++)
		length += ((unsigned char) *text & 0xc0) != 0x80;
	return length;
}

/* Append the text with its white space replaced or collapsed. */
static void
append_normal(GwBuf *out, const char *text, Space space)
{
	char	   *to;
	char	   *start;

	gw_buf_reserve(out, strlen(text));
	start = to = out->data + out->length;
	for (; *text; text++)
	{
		bool		blank = *text == ' ' || *text == '\t' || *text == '\n' || *text == '\r';

		if (!blank)
			*to++ = *text;
		else if (space == PRESERVE)
			*to++ = *text;
		else if (space == REPLACE || (to > start && to[-1] != ' '))
			*to++ = ' ';
	}
	if (space == COLLAPSE && to > start && to[-1] == ' ')
		to--;
	*to = '\0';
	out->length += (size_t) (to - start);
}

int
epp_type_read(EppType type, const char *text, const char *qualifier, GwBuf *out, const char **reason)
{
	const TypeRow *row = &types[type];
	size_t		length;

	*reason = row->reason;
	append_normal(out, text, row->space);
	length = row->min || row->max ? epp_text_length(out->data) : 0;
	if (length < row->min || (row->max && length > row->max))
		return SYNTAX;
	if (row->words && !is_word(row->words, out->data))
		return SYNTAX;
	return row->check ? row->check(out, qualifier, reason) : 0;
}
