/*
 * epp_extension.c
 *		Extensions: what their grammars say as JSON, and what JSON becomes in answers.
 */
#include "epp_extension.h"
#include "epp_request.h"
#include "gw_tap.h"

#include <stdlib.h>
#include <string.h>

static void
test_types(void)
{
	static const struct
	{
		EppType		type;
		const char *text;
		int			code;
		const char *value;
	}			rows[] = {
		{EPP_CURRENCY, "usd", 2001, NULL},
		{EPP_CURRENCY, " USD", 2001, NULL},
		{EPP_CURRENCY, "USDX", 2001, NULL},
		{EPP_CURRENCY, "USD", 0, "USD"},
		{EPP_FEE, "", 2001, NULL},
		{EPP_FEE, ".", 2001, NULL},
		{EPP_FEE, "-0.01", 2001, NULL},
		{EPP_FEE, "1e5", 2001, NULL},
		{EPP_FEE, "1.2.3", 2001, NULL},
		{EPP_FEE, "1234567890123456789", 2004, NULL},
		{EPP_FEE, "123456789012345678", 0, "123456789012345678"},
		{EPP_FEE, " +5.00 ", 0, "5.00"},
		{EPP_FEE, "-0.0", 0, "0.0"},
		{EPP_FEE, ".5", 0, ".5"},
		{EPP_CREDIT, "5", 2001, NULL},
		{EPP_CREDIT, "-5.25", 0, "-5.25"},
		{EPP_CREDIT, "-0", 0, "0"},
		{EPP_DURATION, "P", 2001, NULL},
		{EPP_DURATION, "PT", 2001, NULL},
		{EPP_DURATION, "P5", 2001, NULL},
		{EPP_DURATION, "P5DT", 2001, NULL},
		{EPP_DURATION, "P1.5D", 2001, NULL},
		{EPP_DURATION, "P5D5D", 2001, NULL},
		{EPP_DURATION, "P1D1M", 2001, NULL},
		{EPP_DURATION, "+P5D", 2001, NULL},
		{EPP_DURATION, "P5D", 0, "P5D"},
		{EPP_DURATION, "-P1Y2M3DT4H5M6.7S", 0, "-P1Y2M3DT4H5M6.7S"},
		{EPP_TTL, "-1", 2001, NULL},
		{EPP_TTL, "2147483648", 2001, NULL},
		{EPP_TTL, "12345678901234567890", 2001, NULL},
		{EPP_TTL, "1.0", 2001, NULL},
		{EPP_TTL, "", 0, ""},
		{EPP_TTL, "-0", 0, "0"},
		{EPP_TTL, "+00300", 0, "300"},
		{EPP_TTL, "2147483647", 0, "2147483647"},
		{EPP_RECORD_TYPE, "MX", 2001, NULL},
		{EPP_RECORD_TYPE, "AAAA", 0, "AAAA"},
		{EPP_CUSTOM_RECORD_TYPE, "B", 2001, NULL},
		{EPP_CUSTOM_RECORD_TYPE, "A-", 2001, NULL},
		{EPP_CUSTOM_RECORD_TYPE, "1A", 2001, NULL},
		{EPP_CUSTOM_RECORD_TYPE, "a", 2001, NULL},
		{EPP_CUSTOM_RECORD_TYPE, "A", 0, "A"},
		{EPP_CUSTOM_RECORD_TYPE, "NSEC-3", 0, "NSEC-3"},
		{EPP_SMD_ENCODING, "hex", 2004, NULL},
		{EPP_SMD_ENCODING, "base64", 0, "base64"},
		{EPP_LAUNCH_PHASE, "quiet", 2001, NULL},
		{EPP_LAUNCH_PHASE, " custom ", 0, "custom"},
	};
	GwBuf		out = {0};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
	{
		const char *reason;
		char		name[160];

		gw_buf_reset(&out);
		snprintf(name, sizeof(name), "type %d: \"%.40s\" is %d", rows[i].type, rows[i].text, rows[i].code);
		ok(epp_type_read(rows[i].type, rows[i].text, "", &out, &reason) == rows[i].code, name);
		if (rows[i].value)
			is_text(out.data, rows[i].value, "and its value");
	}
	gw_buf_free(&out);
}

#define DOMAIN_NS " xmlns:domain=\"urn:ietf:params:xml:ns:domain-1.0\""
#define HEAD "<epp xmlns=\"urn:ietf:params:xml:ns:epp-1.0\"" DOMAIN_NS "><command>"
#define CHECK HEAD "<check><domain:check><domain:name>a.x</domain:name></domain:check></check><extension>"
#define CREATE HEAD "<create><domain:create><domain:name>a.x</domain:name><domain:authInfo><domain:pw/></domain:authInfo>" \
	"</domain:create></create><extension>"
#define UPDATE HEAD "<update><domain:update><domain:name>a.x</domain:name></domain:update></update><extension>"
#define INFO HEAD "<info><domain:info><domain:name>a.x</domain:name></domain:info></info><extension>"
#define TAIL "</extension></command></epp>"
#define FEE " xmlns=\"" EPP_URI_FEE "\""
#define LAUNCH " xmlns=\"" EPP_URI_LAUNCH "\""
#define ORGEXT " xmlns=\"" EPP_URI_ORGEXT "\""
#define TTL " xmlns=\"" EPP_URI_TTL "\""

/* What commands say; NULL: nothing. */
static void
test_commands(void)
{
	static const struct
	{
		const char *name;
		const char *text;
		const char *json;
		const char *command;
	}			rows[] = {
		{"fee check", CHECK "<check" FEE "><currency>USD</currency><command name=\"create\" phase=\"custom\" subphase=\"x\"><period "
		"unit=\"m\">024</period></command><command name=\"restore\"/></check>" TAIL,
		"{\"fee\":{\"currency\":\"USD\",\"commands\":[{\"name\":\"create\",\"phase\":\"custom\",\"subphase\":\"x\",\"unit\":\"m\",\"period\":24},"
		"{\"name\":\"restore\"}]}}"},
		{"fees and credits", CREATE "<create" FEE "><fee description=\" a  b\" refundable=\"0\">+1.50</fee><fee>2</fee><credit>-1</credit>"
		"</create>" TAIL,
		"{\"fee\":{\"fees\":[{\"description\":\" a  b\",\"refundable\":false,\"amount\":\"1.50\"},{\"amount\":\"2\"}],\"credits\":[{\"amount\":\"-1\"}]}}"},
		{"a token", CHECK "<allocationToken xmlns=\"" EPP_URI_TOKEN "\"> abc \"1\" </allocationToken>" TAIL, "{\"token\":\"abc \\\"1\\\"\"}"},
		{"asking for a token", INFO "<info xmlns=\"" EPP_URI_TOKEN "\"/>" TAIL, "{\"token\":{}}"},
		{"a launch check without anything", CHECK "<check" LAUNCH "/>" TAIL, "{\"launch\":{}}"},
		{"marks and a notice", CREATE "<create type=\"registration\"" LAUNCH "><phase name=\"n\">custom</phase><s:encodedSignedMark xmlns:s=\""
		EPP_URI_SMD "\">YQ\n==</s:encodedSignedMark><notice><noticeID validatorID=\"v\">1</noticeID><notAfter>2026-01-01T00:00:00Z</notAfter>"
		"<acceptedDate>2026-01-01T00:00:00Z</acceptedDate></notice></create>" TAIL,
		"{\"launch\":{\"type\":\"registration\",\"phase_name\":\"n\",\"phase\":\"custom\",\"smd\":[\"YQ ==\"],\"notices\":[{\"validator\":\"v\",\"id\":\"1\","
		"\"not_after\":\"2026-01-01T00:00:00Z\",\"accepted_at\":\"2026-01-01T00:00:00Z\"}]}}"},
		{"an application asked for", INFO "<info includeMark=\"1\"" LAUNCH "><phase>sunrise</phase><applicationID> a  b </applicationID></info>" TAIL,
		"{\"launch\":{\"include_mark\":true,\"phase\":\"sunrise\",\"application_id\":\"a b\"}}", "application_info"},
		{"a phase asked for", INFO "<info" LAUNCH "><phase>sunrise</phase></info>" TAIL, "{\"launch\":{\"phase\":\"sunrise\"}}", "domain_info"},
		{"an application changed, with times to live", UPDATE "<update" LAUNCH "><phase>open</phase><applicationID>1</applicationID></update><update" TTL
		"><ttl for=\"NS\">60</ttl></update>" TAIL,
		"{\"launch\":{\"phase\":\"open\",\"application_id\":\"1\"},\"ttl\":[{\"for\":\"NS\",\"ttl\":60}]}", "application_update"},
		{"times to live", UPDATE "<update" TTL "><ttl for=\"NS\">060</ttl><ttl for=\"DS\"/></update>" TAIL,
		"{\"ttl\":[{\"for\":\"NS\",\"ttl\":60},{\"for\":\"DS\",\"ttl\":null}]}"},
		{"organizations", UPDATE "<update" ORGEXT "><add><id role=\"r\">a</id><id role=\"s\">b</id></add><chg><id role=\"t\">c</id></chg></update>" TAIL,
		"{\"org\":{\"add\":[{\"role\":\"r\",\"id\":\"a\"},{\"role\":\"s\",\"id\":\"b\"}],\"chg\":[{\"role\":\"t\",\"id\":\"c\"}]}}"},
		{"two at once", CREATE "<data xmlns=\"" EPP_URI_IDN "\"><table>es</table><uname>\xc3\xb1.x</uname></data><create" TTL
		"><ttl for=\"A\">1</ttl></create>" TAIL, "{\"idn\":{\"table\":\"es\",\"uname\":\"\xc3\xb1.x\"},\"ttl\":[{\"for\":\"A\",\"ttl\":1}]}"},
		{"nothing", UPDATE "<update xmlns=\"" EPP_URI_SECDNS "\"/>" TAIL, NULL},
	};
	static EppParameters p;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
	{
		const char *values[EPP_PARAMETER_MAX];
		EppRequest	request;
		EppFlaw		flaw;
		bool		good;

		epp_parameters_reset(&p);
		good = epp_request_read(&request, rows[i].text, strlen(rows[i].text), &flaw)
			&& epp_request_parameters(&request, ~(EppServices) 0, &p, &flaw);
		ok(good, rows[i].name);
		if (good)
		{
			int			last = request.command->parameters;

			epp_parameters_store_extensions(&p, last);
			epp_parameters_values(&p, last, values);
			is_text(values[last - 1] ? values[last - 1] : "NULL", rows[i].json ? rows[i].json : "NULL", "and what it says");
			if (rows[i].command)
				is_text(request.command->name, rows[i].command, "and whom it asks");
		}
		else
			printf("# %d %s\n", flaw.code, flaw.reason);
		epp_request_free(&request);
	}
	epp_parameters_reset(&p);
}

/* A result of these rows: a name, and what extensions say. */
static PGresult *
make_result(const char *const (*rows)[2], int count)
{
	static PGresAttDesc columns[2] = {{.name = "name"}, {.name = "extension"}};
	PGresult   *result = PQmakeEmptyPGresult(NULL, PGRES_TUPLES_OK);

	PQsetResultAttrs(result, 2, columns);
	for (int i = 0; i < count; i++)
		for (int c = 0; c < 2; c++)
			PQsetvalue(result, i, c, (char *) rows[i][c], rows[i][c] ? (int) strlen(rows[i][c]) : -1);
	return result;
}

static void
test_answers(void)
{
	static const struct
	{
		const char *name;
		EppVerb		verb;
		EppServices services;
		int			count;
		const char *rows[3][2];
		const char *xml;
	}			cases[] = {
		{"nothing", EPP_CREATE, ~(EppServices) 0, 1, {{"a.x", NULL}}, ""},
		{"not JSON", EPP_CREATE, ~(EppServices) 0, 1, {{"a.x", "{"}}, ""},
		{"a key nobody writes", EPP_CREATE, ~(EppServices) 0, 1, {{"a.x", "{\"x\":1}"}}, ""},
		{"not agreed", EPP_CREATE, 0, 1, {{"a.x", "{\"fee\":{\"currency\":\"USD\"}}"}}, ""},
		{"a fee", EPP_CREATE, ~(EppServices) 0, 1, {{"a.x", "{\"fee\":{\"currency\":\"USD\",\"fees\":[{\"amount\":\"5.00\",\"description\":\"A & \\\"B\\\"\","
		"\"refundable\":true,\"grace_period\":\"P5D\"}],\"credits\":[{\"amount\":\"-1.00\"}],\"balance\":\"-5.00\",\"credit_limit\":\"9.00\"}}"}},
			"<extension><fee:creData xmlns:fee=\"" EPP_URI_FEE "\"><fee:currency>USD</fee:currency><fee:fee description=\"A &amp; &quot;B&quot;\" "
			"refundable=\"1\" grace-period=\"P5D\">5.00</fee:fee><fee:credit>-1.00</fee:credit><fee:balance>-5.00</fee:balance>"
		"<fee:creditLimit>9.00</fee:creditLimit></fee:creData></extension>"},
		{"a check of which one name has fees", EPP_CHECK, ~(EppServices) 0, 3, {{"a.x", NULL}, {"b.x", "{\"fee\":{\"currency\":\"USD\",\"avail\":false,"
		"\"commands\":[{\"name\":\"create\",\"period\":2,\"unit\":\"y\",\"reason\":\"no\"}]}}"}, {"c.x", "{\"fee\":{\"avail\":true,\"class\":\"standard\"}}"}},
			"<extension><fee:chkData xmlns:fee=\"" EPP_URI_FEE "\"><fee:currency>USD</fee:currency><fee:cd avail=\"0\"><fee:objID>b.x</fee:objID>"
			"<fee:command name=\"create\"><fee:period unit=\"y\">2</fee:period><fee:reason>no</fee:reason></fee:command></fee:cd><fee:cd avail=\"1\">"
		"<fee:objID>c.x</fee:objID><fee:class>standard</fee:class></fee:cd></fee:chkData></extension>"},
		{"claims", EPP_CHECK, ~(EppServices) 0, 2, {{"a.x", "{\"launch\":{\"phase\":\"claims\",\"exists\":true,\"keys\":[{\"key\":\"2013/a\",\"validator\":\"tmch\"}]}}"},
		{"b.x", "{\"launch\":{\"phase\":\"claims\",\"exists\":false}}"}},
			"<extension><launch:chkData xmlns:launch=\"" EPP_URI_LAUNCH "\"><launch:phase>claims</launch:phase><launch:cd><launch:name exists=\"1\">a.x"
			"</launch:name><launch:claimKey validatorID=\"tmch\">2013/a</launch:claimKey></launch:cd><launch:cd><launch:name exists=\"0\">b.x</launch:name>"
		"</launch:cd></launch:chkData></extension>"},
		{"an application", EPP_INFO, ~(EppServices) 0, 1, {{"a.x", "{\"launch\":{\"phase\":\"custom\",\"phase_name\":\"n\",\"application_id\":\"A<1\",\"status\":\"custom\","
		"\"status_name\":\"\\\"own\\\"\",\"status_text\":\"1 < 2\"}}"}},
			"<extension><launch:infData xmlns:launch=\"" EPP_URI_LAUNCH "\"><launch:phase name=\"n\">custom</launch:phase><launch:applicationID>A&lt;1</launch:applicationID>"
		"<launch:status s=\"custom\" name=\"&quot;own&quot;\">1 &lt; 2</launch:status></launch:infData></extension>"},
		{"several in one answer", EPP_INFO, ~(EppServices) 0, 1, {{"a.x", "{\"token\":\"<x>\",\"ttl\":[{\"for\":\"NS\",\"ttl\":60,\"min\":1,\"max\":9,\"default\":5},"
		"{\"for\":\"DS\"}],\"org\":[{\"role\":\"r\",\"id\":\"o\"}],\"idn\":{\"table\":\"t\"}}"}},
			"<extension><idn:data xmlns:idn=\"" EPP_URI_IDN "\"><idn:table>t</idn:table></idn:data><allocationToken:allocationToken "
			"xmlns:allocationToken=\"" EPP_URI_TOKEN "\">&lt;x&gt;</allocationToken:allocationToken><orgext:infData xmlns:orgext=\"" EPP_URI_ORGEXT
			"\"><orgext:id role=\"r\">o</orgext:id></orgext:infData><ttl:infData xmlns:ttl=\"" EPP_URI_TTL "\"><ttl:ttl for=\"NS\" min=\"1\" "
		"default=\"5\" max=\"9\">60</ttl:ttl><ttl:ttl for=\"DS\"/></ttl:infData></extension>"},
		{"empty lists", EPP_INFO, ~(EppServices) 0, 1, {{"a.x", "{\"ttl\":[],\"org\":[],\"token\":null}"}}, ""},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		GwBuf		body = {0},
					values = {0},
					out = {0};
		EppCommand	command = {.verb = cases[i].verb, .service = EPP_SERVICE_DOMAIN};
		EppResponse response = {
			.out = &body, .body = &body, .values = &values, .services = cases[i].services, .service = EPP_SERVICE_DOMAIN, .fee = EPP_SERVICE_FEE,
			.prefix = "domain", .row_count = cases[i].count,
		};
		PGresult   *result = make_result(cases[i].rows, cases[i].count);

		epp_extensions_write(&response, &command, result);
		gw_buf_puts(&out, "");
		epp_response_body(&out, &response);
		is_text(out.data, cases[i].xml, cases[i].name);
		PQclear(result);
		gw_buf_free(&body);
		gw_buf_free(&values);
		gw_buf_free(&out);
	}
}

int
main(void)
{
	test_types();
	test_commands();
	test_answers();
	return done();
}
