/*
 * report_row.c
 *	  An event unpacked: whose it is, and what its content says, read without building anything.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/datetime.h"
#include "utils/fmgrprotos.h"

#include "report/report_row.h"

ReportText
dos_report_text(Datum value, bool isnull)
{
	text	   *content;

	if (isnull)
		return (ReportText) {0};
	content = DatumGetTextPP(value);
	return (ReportText) {VARDATA_ANY(content), (int) VARSIZE_ANY_EXHDR(content)};
}

bool
dos_report_name_in(ReportText zone, ReportText name)
{
	const char *dot = memchr(name.data, '.', name.length);
	int			below = dot ? name.length - (int) (dot + 1 - name.data) : 0;

	return dot && below == zone.length && memcmp(dot + 1, zone.data, below) == 0;
}

bool
dos_report_member(Jsonb *content, const char *key, JsonbValue *value)
{
	return content && JB_ROOT_IS_OBJECT(content) && getKeyJsonValueFromContainer(&content->root, key, (int) strlen(key), value) != NULL;
}

static ReportText
string_of(const JsonbValue *value)
{
	if (value->type != jbvString)
		return (ReportText) {0};
	return (ReportText) {value->val.string.val, value->val.string.len};
}

/* content -> 'notify' ->> 0 */
static ReportText
notified(Jsonb *content)
{
	JsonbValue	value;
	JsonbValue *first;

	if (!dos_report_member(content, "notify", &value) || value.type != jbvBinary || !JsonContainerIsArray(value.val.binary.data))
		return (ReportText) {0};
	first = getIthJsonbValueFromContainer(value.val.binary.data, 0);
	return first ? string_of(first) : (ReportText) {0};
}

/* content -> 'transfer' ->> key */
ReportText
dos_report_transfer(Jsonb *content, const char *key)
{
	JsonbValue	transfer;
	JsonbValue	value;

	if (!dos_report_member(content, "transfer", &transfer) || transfer.type != jbvBinary || !JsonContainerIsObject(transfer.val.binary.data)
		|| getKeyJsonValueFromContainer(transfer.val.binary.data, key, (int) strlen(key), &value) == NULL)
		return (ReportText) {0};
	return string_of(&value);
}

/* Figures of a fixed width; -1 when something else is among them. */
static int
figures(const char *data, int count)
{
	int			number = 0;

	for (int i = 0; i < count; i++)
	{
		if (data[i] < '0' || data[i] > '9')
			return -1;
		number = number * 10 + data[i] - '0';
	}
	return number;
}

/* "2026-05-01T12:34:56+00:00", as an event says it in UTC; anything else is left to the type's own input. */
static bool
instant_plain(ReportText content, TimestampTz *at)
{
	static const char form[] = "0000-00-00T00:00:00+00:00";
	const char *data = content.data;
	int			year,
				month,
				day,
				hour,
				minute,
				second;

	if (content.length != (int) sizeof(form) - 1 || memcmp(data + 19, form + 19, 6) != 0 || data[4] != '-' || data[7] != '-' || data[10] != 'T' || data[13] != ':' || data[16] != ':')
		return false;
	year = figures(data, 4);
	month = figures(data + 5, 2);
	day = figures(data + 8, 2);
	hour = figures(data + 11, 2);
	minute = figures(data + 14, 2);
	second = figures(data + 17, 2);
	if (year < 1 || month < 1 || month > 12 || day < 1 || day > 28 || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59)
		return false;
	*at = ((TimestampTz) (date2j(year, month, day) - POSTGRES_EPOCH_JDATE) * SECS_PER_DAY + hour * SECS_PER_HOUR + minute * SECS_PER_MINUTE + second) * USECS_PER_SEC;
	return true;
}

bool
dos_report_instant_of(ReportText content, TimestampTz *at)
{
	char		buffer[64];

	if (!content.data || content.length >= (int) sizeof(buffer))
		return false;
	if (instant_plain(content, at))
		return true;
	memcpy(buffer, content.data, content.length);
	buffer[content.length] = '\0';
	*at = DatumGetTimestampTz(DirectFunctionCall3(timestamptz_in, CStringGetDatum(buffer), ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1)));
	return true;
}

bool
dos_report_instant(Jsonb *content, const char *key, TimestampTz *at)
{
	JsonbValue	value;

	return dos_report_member(content, key, &value) && dos_report_instant_of(string_of(&value), at);
}

int
dos_report_term(Jsonb *content)
{
	JsonbValue	value;

	if (!dos_report_member(content, "years", &value) || value.type != jbvNumeric)
		return 0;
	return DatumGetInt32(DirectFunctionCall1(numeric_int4, NumericGetDatum(value.val.numeric)));
}

bool
dos_report_row(ReportText zone, const Datum *values, const bool *nulls, ReportRow *row)
{
	ReportText	event = dos_report_text(values[0], nulls[0]);
	JsonbValue	sponsor;

	row->object_name = dos_report_text(values[6], nulls[6]);
	if (nulls[1] || !dos_report_name_in(zone, row->object_name))
		return false;
	row->event = dos_report_event_find(event.data, event.length);
	if (row->event == REPORT_EVENT_COUNT)
		return false;
	row->object_id = DatumGetInt64(values[1]);
	row->written_at = DatumGetTimestampTz(values[2]);
	row->content = nulls[4] ? NULL : DatumGetJsonbP(values[4]);
	row->registrar = dos_report_text(values[3], nulls[3]);
	row->id = DatumGetInt64(values[5]);
	row->svtrid = dos_report_text(values[7], nulls[7]);
	row->other = (ReportText) {0};
	if (row->event == REPORT_TRANSFER_APPROVED || row->event == REPORT_TRANSFER_COMPLETED || row->event == REPORT_TRANSFER_REJECTED)
	{
		row->other = notified(row->content);
		row->registrar = dos_report_transfer(row->content, "requester");
	}
	else if (!row->registrar.data)
		row->registrar = notified(row->content);
	if (!row->registrar.data && dos_report_member(row->content, "sponsor", &sponsor))
		row->registrar = string_of(&sponsor);
	return true;
}
