/*
 * epp_launch.c
 *		Launch phases: grammars of the extension and its answers (RFC 8334).
 *
 * "launch": {"phase", "phase_name", ...} with
 *	check	"type" (claims, avail, trademark)
 *	create	"type" (application, registration), "codes": [{"code", "validator"}], "smd": [base64],
 *			"notices": [{"id", "validator", "not_after", "accepted_at"}]
 *	info	"application_id", "include_mark"
 *	update, delete	"application_id"
 *
 * Answers: of a claims or trademark check "exists" and "keys": [{"key", "validator"}] for each name; of a
 * create "application_id"; of an info, and of a message about an application, also "status", "status_name", "status_text" and
 * "marks", each the XML of a mark.
 *
 * Marks come in as encodedSignedMark or as codes; plain XML marks are refused.
 */
#include "epp_extension.h"
#include "epp_xml.h"

#define PHASE \
	{1, "phase", ONE, EPP_LAUNCH_PHASE, AS_MEMBER, .key = "phase"}, \
	{2, "@name", OPTIONAL, EPP_TOKEN, AS_MEMBER, .key = "phase_name"}

#define APPLICATION(verb) \
	{0, verb, ONE, EPP_ELEMENTS, AS_OBJECT, .key = "launch"}, \
	PHASE, \
	{1, "applicationID", ONE, EPP_TOKEN, AS_MEMBER, .key = "application_id"}, \
	{.name = NULL}

const EppRow epp_launch_check_grammar[] = {
	{0, "check", ONE, EPP_ELEMENTS, AS_OBJECT, .key = "launch"},
	{1, "@type", OPTIONAL, EPP_LAUNCH_FORM, AS_MEMBER, .key = "type"},
	{1, "phase", OPTIONAL, EPP_LAUNCH_PHASE, AS_MEMBER, .key = "phase"},
	{2, "@name", OPTIONAL, EPP_TOKEN, AS_MEMBER, .key = "phase_name"},
	{.name = NULL}
};

const EppRow epp_launch_info_grammar[] = {
	{0, "info", ONE, EPP_ELEMENTS, AS_OBJECT, .key = "launch"},
	{1, "@includeMark", OPTIONAL, EPP_BOOLEAN, AS_MEMBER, .key = "include_mark"},
	PHASE,
	{1, "applicationID", OPTIONAL, EPP_TOKEN, AS_MEMBER, .key = "application_id"},
	{.name = NULL}
};

const EppRow epp_launch_create_grammar[] = {
	{0, "create", ONE, EPP_ELEMENTS, AS_OBJECT, .key = "launch"},
	{1, "@type", OPTIONAL, EPP_LAUNCH_OBJECT, AS_MEMBER, .key = "type"},
	PHASE,
	{1, "codeMark", ANY_NUMBER, EPP_ELEMENTS, AS_OBJECTS, .key = "codes", .choice = 1},
	{2, "code", OPTIONAL, EPP_MIN_TOKEN, AS_MEMBER, .key = "code"},
	{3, "@validatorID", OPTIONAL, EPP_MIN_TOKEN, AS_MEMBER, .key = "validator"},
	{2, "mark", OPTIONAL, EPP_ANYTHING, AS_UNIMPLEMENTED, .uri = EPP_URI_MARK},
	{1, "signedMark", ANY_NUMBER, EPP_ANYTHING, AS_UNIMPLEMENTED, .choice = 1, .uri = EPP_URI_SMD},
	{1, "encodedSignedMark", ANY_NUMBER, EPP_TOKEN, AS_STRINGS, .key = "smd", .choice = 1, .uri = EPP_URI_SMD},
	{2, "@encoding", OPTIONAL, EPP_SMD_ENCODING},
	{1, "notice", ANY_NUMBER, EPP_ELEMENTS, AS_OBJECTS, .key = "notices"},
	{2, "noticeID", ONE, EPP_MIN_TOKEN, AS_MEMBER, .key = "id"},
	{3, "@validatorID", OPTIONAL, EPP_MIN_TOKEN, AS_MEMBER, .key = "validator"},
	{2, "notAfter", ONE, EPP_DATE_TIME, AS_MEMBER, .key = "not_after"},
	{2, "acceptedDate", ONE, EPP_DATE_TIME, AS_MEMBER, .key = "accepted_at"},
	{.name = NULL}
};

const EppRow epp_launch_update_grammar[] = {APPLICATION("update")};
const EppRow epp_launch_delete_grammar[] = {APPLICATION("delete")};

static void
write_phase(EppResponse *response, const json_t *launch)
{
	const char *phase = epp_member(launch, "phase");

	if (phase == NULL)
		return;
	gw_buf_puts(response->out, "<launch:phase");
	epp_write_member_attribute(response, "name", launch, "phase_name");
	gw_buf_printf(response->out, ">%s</launch:phase>", phase);
}

/* One <cd> for each name (RFC 8334, section 3.1). */
static void
write_check(EppResponse *response, const EppPart *part)
{
	for (int i = 0; i < part->count; i++)
	{
		size_t		k;
		json_t	   *key;

		gw_buf_puts(response->out, "<launch:cd><launch:name");
		epp_write_member_attribute(response, "exists", part->values[i], "exists");
		gw_buf_putc(response->out, '>');
		epp_xml_text(response->out, PQgetvalue(part->result, part->first_row + i, 0));
		gw_buf_puts(response->out, "</launch:name>");
		json_array_foreach(json_object_get(part->values[i], "keys"), k, key)
		{
			gw_buf_puts(response->out, "<launch:claimKey");
			epp_write_member_attribute(response, "validatorID", key, "validator");
			gw_buf_putc(response->out, '>');
			epp_xml_text(response->out, epp_member(key, "key") ? epp_member(key, "key") : "");
			gw_buf_puts(response->out, "</launch:claimKey>");
		}
		gw_buf_puts(response->out, "</launch:cd>");
	}
}

static void
write_status(EppResponse *response, const json_t *launch)
{
	size_t		i;
	json_t	   *mark;

	if (epp_member(launch, "status"))
	{
		gw_buf_puts(response->out, "<launch:status");
		epp_write_member_attribute(response, "s", launch, "status");
		epp_write_member_attribute(response, "name", launch, "status_name");
		gw_buf_putc(response->out, '>');
		epp_xml_text(response->out, epp_member(launch, "status_text") ? epp_member(launch, "status_text") : "");
		gw_buf_puts(response->out, "</launch:status>");
	}
	json_array_foreach(json_object_get(launch, "marks"), i, mark)
		gw_buf_puts(response->out, json_string_value(mark) ? json_string_value(mark) : "");
}

void
epp_launch_write(EppResponse *response, const EppPart *part)
{
	const json_t *launch = part->values[0];
	EppVerb		verb = part->command ? part->command->verb : EPP_INFO;	/* a message has infData */
	const char *name = verb == EPP_CHECK ? "chkData" : verb == EPP_INFO ? "infData" : verb == EPP_CREATE ? "creData" : NULL;

	if (name == NULL || launch == NULL || !epp_write_extension(response, EPP_SERVICE_LAUNCH, name, NULL))
		return;
	write_phase(response, launch);
	epp_write_member(response, "applicationID", launch, "application_id");
	if (verb == EPP_CHECK)
		write_check(response, part);
	else if (verb == EPP_INFO)
		write_status(response, launch);
	epp_write_extension_end(response, EPP_SERVICE_LAUNCH, name);
}
