/*
 * epp_grammar.c
 *		Frames, lexical types, and grammars with the parameters they extract.
 *
 * With files as arguments it does not test but print, for each document, the
 * result code the gateway would give it before asking the database (0: it
 * would ask); test/wire/epp/corpus compares that with the XML schemas.
 */
#include "epp_frame.h"
#include "epp_request.h"
#include "epp_response.h"
#include "epp_xml.h"
#include "gw_buf.h"
#include "gw_tap.h"

#include <libxml/parser.h>
#include <stdlib.h>

#define ALL_SERVICES (~(EppServices) 0)

static void
test_frames(void)
{
	static const struct
	{
		const char *name;
		uint8_t		bytes[5];
		size_t		available;
		EppFrameVerdict verdict;
	}			rows[] = {
		{"no byte", {0}, 0, EPP_FRAME_PARTIAL},
		{"three bytes of header", {0, 0, 0}, 3, EPP_FRAME_PARTIAL},
		{"length 0", {0, 0, 0, 0}, 4, EPP_FRAME_SHORT},
		{"length 4", {0, 0, 0, 4}, 4, EPP_FRAME_SHORT},
		{"length 5, header only", {0, 0, 0, 5}, 4, EPP_FRAME_PARTIAL},
		{"length 5, complete", {0, 0, 0, 5, 'x'}, 5, EPP_FRAME_READY},
		{"length 5, and more behind", {0, 0, 0, 5, 'x'}, 50, EPP_FRAME_READY},
		{"length at the limit", {0, 0, 1, 0}, 256, EPP_FRAME_READY},
		{"length over the limit", {0, 0, 1, 1}, 4, EPP_FRAME_LONG},
		{"length with the top bit", {0xff, 0xff, 0xff, 0xff}, 4, EPP_FRAME_LONG},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
	{
		size_t		length;

		ok(epp_frame_read(rows[i].bytes, rows[i].available, 256, &length) == rows[i].verdict, rows[i].name);
	}
}

static void
test_types(void)
{
	static const struct
	{
		EppType		type;
		const char *text;
		const char *qualifier;
		int			code;
		const char *value;
	}			rows[] = {
		{EPP_LABEL, "", "", 2001, NULL},
		{EPP_LABEL, "  ", "", 2001, NULL},
		{EPP_LABEL, "\n a.example \t", "", 0, "a.example"},
		{EPP_LABEL, "two   words", "", 0, "two words"},
		{EPP_CLID, "ab", "", 2001, NULL},
		{EPP_CLID, "abc", "", 0, "abc"},
		{EPP_CLID, "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4"
		"\xc3\xa4\xc3\xa4\xc3\xa4", "", 0, NULL},
		{EPP_CLID, "12345678901234567", "", 2001, NULL},
		{EPP_AUTH, " keeps  its spaces\n", "", 0, " keeps  its spaces "},
		{EPP_ROID, "EXAMPLE1-REP", "", 0, "EXAMPLE1-REP"},
		{EPP_ROID, "A_B-REP", "", 0, "A_B-REP"},
		{EPP_ROID, "EXAMPLE1REP", "", 2001, NULL},
		{EPP_ROID, "A-123456789", "", 2001, NULL},
		{EPP_ROID, "A-B-C", "", 2001, NULL},
		{EPP_ROID, "A.B-C", "", 2001, NULL},
		{EPP_VERSION, "1.0", "", 0, "1.0"},
		{EPP_VERSION, "2.0", "", 2100, NULL},
		{EPP_VERSION, "0.9", "", 2001, NULL},
		{EPP_LANGUAGE, "en-GB", "", 0, "en-GB"},
		{EPP_LANGUAGE, "en_GB", "", 2001, NULL},
		{EPP_LANGUAGE, "e1", "", 2001, NULL},
		{EPP_BOOLEAN, " 1 ", "", 0, "true"},
		{EPP_BOOLEAN, "false", "", 0, "false"},
		{EPP_BOOLEAN, "True", "", 2001, NULL},
		{EPP_PERIOD, "0", "", 2001, NULL},
		{EPP_PERIOD, "1", "", 0, "1"},
		{EPP_PERIOD, "099", "", 0, "99"},
		{EPP_PERIOD, "+9", "", 2001, NULL},
		{EPP_PERIOD, "100", "", 2001, NULL},
		{EPP_PERIOD, "-1", "", 2001, NULL},
		{EPP_PERIOD, "1.5", "", 2001, NULL},
		{EPP_PERIOD, "99999999999999999999", "", 2001, NULL},
		{EPP_DATE, "2026-02-28", "", 0, "2026-02-28"},
		{EPP_DATE, "2026-02-29", "", 2001, NULL},
		{EPP_DATE, "2024-02-29Z", "", 0, "2024-02-29"},
		{EPP_DATE, "2024-02-29+14:00", "", 0, "2024-02-29"},
		{EPP_DATE, "2024-02-29+14:01", "", 2001, NULL},
		{EPP_DATE, "0000-01-01", "", 2001, NULL},
		{EPP_DATE, "2024-2-9", "", 2001, NULL},
		{EPP_DATE, "20240209", "", 2001, NULL},
		{EPP_DATE, "12024-02-09", "", 2004, NULL},
		{EPP_DATE, "-2024-02-09", "", 2004, NULL},
		{EPP_ADDRESS, "192.0.2.1", "", 0, "192.0.2.1"},
		{EPP_ADDRESS, "192.0.2.1", "v6", 2005, NULL},
		{EPP_ADDRESS, "2001:db8::1", "v6", 0, "2001:db8::1"},
		{EPP_ADDRESS, "2001:db8::1", "v4", 2005, NULL},
		{EPP_ADDRESS, "::", "v6", 2001, NULL},
		{EPP_ADDRESS, "192.0.2.256", "v4", 2005, NULL},
		{EPP_COUNTRY, "US", "", 0, "US"},
		{EPP_COUNTRY, "USA", "", 2001, NULL},
		{EPP_E164, "", "", 0, ""},
		{EPP_E164, "+1.7035555555", "", 0, "+1.7035555555"},
		{EPP_E164, "+1.123456789012345", "", 2001, NULL},
		{EPP_E164, "+1234.5", "", 2001, NULL},
		{EPP_E164, "+1.", "", 2001, NULL},
		{EPP_E164, "1.5", "", 2001, NULL},
		{EPP_POSTAL_LINE, "", "", 2001, NULL},
		{EPP_POSTAL_OPTIONAL, "", "", 0, ""},
		{EPP_UINT16, "65535", "", 0, "65535"},
		{EPP_UINT16, "65536", "", 2001, NULL},
		{EPP_UINT16, "-0", "", 2001, NULL},
		{EPP_UINT8, "256", "", 2001, NULL},
		{EPP_MAX_SIG_LIFE, "0", "", 2001, NULL},
		{EPP_MAX_SIG_LIFE, "2147483647", "", 0, "2147483647"},
		{EPP_MAX_SIG_LIFE, "2147483648", "", 2001, NULL},
		{EPP_MAX_SIG_LIFE, "+7", "", 0, "7"},
		{EPP_URI, "::1", "", 2001, NULL},
		{EPP_URI, "urn:x y", "", 0, "urn:x y"},
		{EPP_HEX, "abCD", "", 0, "ABCD"},
		{EPP_HEX, "abc", "", 2001, NULL},
		{EPP_HEX, "", "", 2005, NULL},
		{EPP_HEX, "ab cd", "", 2001, NULL},
		{EPP_BASE64, "AQPJ////4Q==", "", 0, "AQPJ////4Q=="},
		{EPP_BASE64, "AQPJ // //4Q = =", "", 0, "AQPJ////4Q=="},
		{EPP_BASE64, "AQPJ////4Q=", "", 2001, NULL},
		{EPP_BASE64, "AQPJ////4R==", "", 2001, NULL},
		{EPP_BASE64, "A===", "", 2001, NULL},
		{EPP_BASE64, "", "", 2001, NULL},
		{EPP_MESSAGE_ID, "1", "", 0, "1"},
		{EPP_MESSAGE_ID, " 9223372036854775807 ", "", 0, "9223372036854775807"},
		{EPP_MESSAGE_ID, "9223372036854775808", "", 2303, NULL},
		{EPP_MESSAGE_ID, "0", "", 2303, NULL},
		{EPP_MESSAGE_ID, "01", "", 2303, NULL},
		{EPP_MESSAGE_ID, "-1", "", 2303, NULL},
		{EPP_MESSAGE_ID, "1 2", "", 2303, NULL},
		{EPP_MESSAGE_ID, "x", "", 2303, NULL},
		{EPP_MESSAGE_ID, "", "", 2303, NULL},
		{EPP_RESTORE_OP, "restore", "", 2001, NULL},
		{EPP_RESTORE_OP, " report ", "", 0, "report"},
		{EPP_DATE_TIME, "2003-07-10T22:00:00.0Z", "", 0, "2003-07-10T22:00:00.0Z"},
		{EPP_DATE_TIME, "2003-07-10T22:00:00", "", 0, "2003-07-10T22:00:00"},
		{EPP_DATE_TIME, "2003-07-10T22:00:00.123456789-05:30", "", 0, "2003-07-10T22:00:00.123456-05:30"},
		{EPP_DATE_TIME, "2003-07-10T24:00:00Z", "", 0, "2003-07-10T24:00:00Z"},
		{EPP_DATE_TIME, "2003-07-10T24:00:00.5Z", "", 2001, NULL},
		{EPP_DATE_TIME, "2003-07-10T24:00:01Z", "", 2001, NULL},
		{EPP_DATE_TIME, "2003-07-10T22:60:00Z", "", 2001, NULL},
		{EPP_DATE_TIME, "2003-07-10T22:00:60Z", "", 2001, NULL},
		{EPP_DATE_TIME, "2003-07-10T22:00Z", "", 2001, NULL},
		{EPP_DATE_TIME, "2003-07-10T22:00:00.Z", "", 2001, NULL},
		{EPP_DATE_TIME, "2003-07-10T22:00:00+14:01", "", 2001, NULL},
		{EPP_DATE_TIME, "2003-07-10t22:00:00Z", "", 2001, NULL},
		{EPP_DATE_TIME, "2003-02-29T22:00:00Z", "", 2001, NULL},
		{EPP_DATE_TIME, "2003-07-10", "", 2001, NULL},
		{EPP_DATE_TIME, "12003-07-10T22:00:00Z", "", 2004, NULL},
		{EPP_DATE_TIME, "-2003-07-10T22:00:00Z", "", 2004, NULL},
		{EPP_DOMAIN_STATUS, "clientHold", "", 0, "clientHold"},
		{EPP_DOMAIN_STATUS, "clienthold", "", 2001, NULL},
		{EPP_HOST_STATUS, "clientHold", "", 2001, NULL},
	};
	GwBuf		out = {0};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
	{
		const char *reason;
		char		name[160];
		int			code;

		gw_buf_reset(&out);
		code = epp_type_read(rows[i].type, rows[i].text, rows[i].qualifier, &out, &reason);
		snprintf(name, sizeof(name), "type %d: \"%.40s\" is %d", rows[i].type, rows[i].text, rows[i].code);
		ok(code == rows[i].code, name);
		if (code != rows[i].code)
			printf("# got %d\n", code);
		if (rows[i].value)
			is_text(out.data, rows[i].value, "and its value");
	}
	gw_buf_free(&out);
}

#define HEAD "<epp xmlns=\"urn:ietf:params:xml:ns:epp-1.0\"><command>"
#define TAIL "<clTRID>ABC-1</clTRID></command></epp>"
#define D "xmlns:d=\"urn:ietf:params:xml:ns:domain-1.0\""
#define H "xmlns=\"urn:ietf:params:xml:ns:host-1.0\""
#define C "xmlns=\"urn:ietf:params:xml:ns:contact-1.0\""
#define R "xmlns:r=\"urn:ietf:params:xml:ns:rgp-1.0\""
#define S "xmlns=\"urn:ietf:params:xml:ns:secDNS-1.1\""

/* The code a document gets; parameters in `p` if it is 0. */
static int
verdict(const char *text, size_t length, EppRequest *request, EppParameters *p, EppFlaw *flaw)
{
	epp_parameters_reset(p);
	if (!epp_request_read(request, text, length, flaw))
		return flaw->code;
	if (request->verb == EPP_HELLO)
		return 0;
	if (request->object_node && request->service < 0)
		return 2307;
	if (request->command == NULL)
		return 2001;
	if (!epp_request_parameters(request, ALL_SERVICES, p, flaw))
		return flaw->code;
	return request->command->sql == NULL && request->verb != EPP_LOGOUT ? 2101 : 0;
}

typedef struct GrammarCase
{
	const char *name;
	const char *text;
	int			code;
	/* parameter number and value, when the code is 0; ends with 0 */
	struct
	{
		int			at;
		const char *value;
	}			expect[12];
} GrammarCase;

static const GrammarCase grammar_cases[] = {
	{"unknown element", HEAD "<check><d:check " D "><d:id>x</d:id></d:check></check>" TAIL, 2001, {{0}}},
	{"missing name", HEAD "<check><d:check " D "/></check>" TAIL, 2003, {{0}}},
	{"element of another namespace", HEAD "<check><d:check " D "><name " H ">x</name></d:check></check>" TAIL, 2001, {{0}}},
	{"out of order", HEAD "<renew><d:renew " D "><d:curExpDate>2026-01-01</d:curExpDate><d:name>a.x</d:name></d:renew></renew>"
	TAIL, 2001, {{0}}},
	{"unknown attribute", HEAD "<check><d:check " D "><d:name a=\"b\">x</d:name></d:check></check>" TAIL, 2001, {{0}}},
	{"missing attribute", HEAD "<renew><d:renew " D "><d:name>a.x</d:name><d:curExpDate>2026-01-01</d:curExpDate>"
	"<d:period>1</d:period></d:renew></renew>" TAIL, 2003, {{0}}},
	{"both sides of a choice", HEAD "<create><d:create " D "><d:name>a.x</d:name><d:ns><d:hostObj>h</d:hostObj><d:hostAttr>"
	"<d:hostName>h</d:hostName></d:hostAttr></d:ns><d:authInfo><d:pw/></d:authInfo></d:create></create>" TAIL, 2001, {{0}}},
	{"neither side of a choice", HEAD "<create><d:create " D "><d:name>a.x</d:name><d:authInfo/></d:create></create>" TAIL,
	2003, {{0}}},
	{"an option that is not implemented", HEAD "<create><d:create " D "><d:name>a.x</d:name><d:authInfo><d:ext><x xmlns=\"u\"/>"
	"</d:ext></d:authInfo></d:create></create>" TAIL, 2102, {{0}}},
	{"an element in a value", HEAD "<check><d:check " D "><d:name><d:name/></d:name></d:check></check>" TAIL, 2001, {{0}}},
	{"a verb the object does not have", HEAD "<renew><renew " H "><name>a</name></renew></renew>" TAIL, 2001, {{0}}},
	{"a verb around another one", HEAD "<info><d:check " D "><d:name>a</d:name></d:check></info>" TAIL, 2001, {{0}}},
	{"a contact without type", HEAD "<create><d:create " D "><d:name>a.x</d:name><d:contact>abc</d:contact><d:authInfo><d:pw/>"
	"</d:authInfo></d:create></create>" TAIL, 2003, {{0}}},
	{"an update of nothing", HEAD "<update><d:update " D "><d:name>a.x</d:name></d:update></update>" TAIL, 2003, {{0}}},
	{"transfer of a contact", HEAD "<transfer op=\"query\"><transfer " C "><id>abc</id></transfer></transfer>" TAIL, 0, {{2, "abc"}}},
	{"transfer without op", HEAD "<transfer><d:transfer " D "><d:name>a.x</d:name></d:transfer></transfer>" TAIL, 2003, {{0}}},
	{"transfer with another op", HEAD "<transfer op=\"take\"><d:transfer " D "><d:name>a.x</d:name></d:transfer></transfer>" TAIL, 2001,
	{{0}}},
	{"transfer by another kind of authInfo", HEAD "<transfer op=\"request\"><d:transfer " D "><d:name>a.x</d:name><d:authInfo><d:ext>"
	"<x xmlns=\"u\"/></d:ext></d:authInfo></d:transfer></transfer>" TAIL, 2102, {{0}}},
	{"poll without op", HEAD "<poll/>" TAIL, 2003, {{0}}},
	{"poll with another op", HEAD "<poll op=\"peek\"/>" TAIL, 2001, {{0}}},
	{"poll ack of nothing", HEAD "<poll op=\"ack\"/>" TAIL, 2003, {{0}}},
	{"poll ack of no id of ours", HEAD "<poll op=\"ack\" msgID=\"x1\"/>" TAIL, 2303, {{0}}},
	{"restore without a change", HEAD "<update><d:update " D "><d:name>a.x</d:name></d:update></update><extension><r:update " R
	"><r:restore op=\"request\"/></r:update></extension>" TAIL, 2003, {{0}}},
	{"restore with a change", HEAD "<update><d:update " D "><d:name>a.x</d:name><d:chg><d:registrant>abc</d:registrant></d:chg>"
	"</d:update></update><extension><r:update " R "><r:restore op=\"request\"/></r:update></extension>" TAIL, 2001, {{0}}},
	{"restore with DNSSEC data", HEAD "<update><d:update " D "><d:name>a.x</d:name><d:chg/></d:update></update><extension><r:update " R
	"><r:restore op=\"request\"/></r:update><update " S "/></extension>" TAIL, 2103, {{0}}},
	{"restore without op", HEAD "<update><d:update " D "><d:name>a.x</d:name><d:chg/></d:update></update><extension><r:update " R
	"><r:restore/></r:update></extension>" TAIL, 2003, {{0}}},
	{"restore with another op", HEAD "<update><d:update " D "><d:name>a.x</d:name><d:chg/></d:update></update><extension><r:update " R
	"><r:restore op=\"undo\"/></r:update></extension>" TAIL, 2001, {{0}}},
	{"restore of nothing", HEAD "<update><d:update " D "><d:name>a.x</d:name><d:chg/></d:update></update><extension><r:update " R
	"/></extension>" TAIL, 2003, {{0}}},
	{"restore request with a report", HEAD "<update><d:update " D "><d:name>a.x</d:name><d:chg/></d:update></update><extension><r:update "
	R "><r:restore op=\"request\"><r:report/></r:restore></r:update></extension>" TAIL, 2001, {{0}}},
	{"restore report without a report", HEAD "<update><d:update " D "><d:name>a.x</d:name><d:chg/></d:update></update><extension>"
	"<r:update " R "><r:restore op=\"report\"/></r:update></extension>" TAIL, 2003, {{0}}},
	{"restore report with one statement", HEAD "<update><d:update " D "><d:name>a.x</d:name><d:chg/></d:update></update><extension>"
	"<r:update " R "><r:restore op=\"report\"><r:report><r:preData/><r:postData/><r:delTime>2003-07-10T22:00:00Z</r:delTime>"
	"<r:resTime>2003-07-20T22:00:00Z</r:resTime><r:resReason/><r:statement/></r:report></r:restore></r:update></extension>" TAIL, 2003,
	{{0}}},
	{"restore of a host", HEAD "<update><update " H "><name>h</name><add/></update></update><extension><r:update " R
	"><r:restore op=\"request\"/></r:update></extension>" TAIL, 2103, {{0}}},
	{"transfer of nothing", HEAD "<transfer op=\"query\"><d:transfer " D "/></transfer>" TAIL, 2003, {{0}}},
	{"two addresses of one type", HEAD "<update><update " C "><id>abc</id><chg><postalInfo type=\"int\"><name>a</name></postalInfo>"
	"<postalInfo type=\"int\"><name>a</name></postalInfo></chg></update></update>" TAIL, 2004, {{0}}},
	{"extension given twice", HEAD "<update><d:update " D "><d:name>a.x</d:name></d:update></update><extension><update " S "/>"
	"<update " S "/></extension>" TAIL, 2001, {{0}}},

	{"check", HEAD "<check><d:check " D "><d:name> a.x </d:name><d:name>\"b\\</d:name></d:check></check>" TAIL, 0,
	{{2, "{\"a.x\",\"\\\"b\\\\\"}"}, {0}}},
	{"CDATA, comments and references", HEAD "<check><d:check " D "><d:name><![CDATA[a]]><!-- x -->&#x2e;x</d:name></d:check></check>"
	TAIL, 0, {{2, "{\"a.x\"}"}, {0}}},
	{"info with defaults", HEAD "<info><d:info " D "><d:name>a.x</d:name></d:info></info>" TAIL, 0,
	{{2, "a.x"}, {3, NULL}, {4, NULL}, {5, NULL}, {0}}},
	{"info with everything", HEAD "<info><d:info " D "><d:name hosts=\"sub\">a.x</d:name><d:authInfo><d:pw roid=\"A-B\">p w</d:pw>"
	"</d:authInfo></d:info></info>" TAIL, 0, {{2, "a.x"}, {3, "p w"}, {4, "A-B"}, {5, "sub"}, {0}}},
	{"create with host objects", HEAD "<create><d:create " D "><d:name>a.x</d:name><d:period unit=\"y\">2</d:period><d:ns>"
	"<d:hostObj>h1</d:hostObj><d:hostObj>h2</d:hostObj></d:ns><d:registrant>jd1</d:registrant><d:contact type=\"admin\">sh8"
	"</d:contact><d:contact type=\"tech\">sh9</d:contact><d:authInfo><d:pw>x</d:pw></d:authInfo></d:create></create>" TAIL, 0,
	{{3, "2"}, {4, "y"}, {5, "{\"h1\",\"h2\"}"}, {6, NULL}, {7, "jd1"}, {8, "{\"admin:sh8\",\"tech:sh9\"}"}, {9, "x"},
	{10, NULL}, {0}}},
	{"create with host attributes and DS", HEAD "<create><d:create " D "><d:name>a.x</d:name><d:ns><d:hostAttr><d:hostName>h1"
	"</d:hostName><d:hostAddr>192.0.2.1</d:hostAddr><d:hostAddr ip=\"v6\">::1</d:hostAddr></d:hostAttr><d:hostAttr><d:hostName>h2"
	"</d:hostName></d:hostAttr></d:ns><d:authInfo><d:pw/></d:authInfo></d:create></create><extension><create " S "><maxSigLife>9"
	"</maxSigLife><dsData><keyTag>1</keyTag><alg>13</alg><digestType>2</digestType><digest>ab</digest><keyData><flags>257</flags>"
	"<protocol>3</protocol><alg>13</alg><pubKey>AQPJ</pubKey></keyData></dsData></create></extension>" TAIL, 0,
	{{5, NULL}, {6, "{\"h1 192.0.2.1 ::1\",\"h2\"}"}, {9, ""}, {10, "{\"1 13 2 AB 257 3 13 AQPJ\"}"}, {11, NULL}, {12, "9"}, {0}}},
	{"update of everything", HEAD "<update><d:update " D "><d:name>a.x</d:name><d:add><d:ns><d:hostObj>h1</d:hostObj></d:ns>"
	"<d:contact type=\"tech\">sh8</d:contact><d:status s=\"clientHold\" lang=\"en\">why</d:status></d:add><d:rem><d:status s=\"ok\"/>"
	"</d:rem><d:chg><d:registrant/><d:authInfo><d:null/></d:authInfo></d:chg></d:update></update><extension><update " S
	" urgent=\"1\"><rem><all>true</all></rem><add><keyData><flags>257</flags><protocol>3</protocol><alg>13</alg><pubKey>AQPJ"
	"</pubKey></keyData></add><chg><maxSigLife>7</maxSigLife></chg></update></extension>" TAIL, 0,
	{{3, "{\"h1\"}"}, {7, "{\"tech:sh8\"}"}, {9, "{\"clientHold\"}"}, {10, "{\"ok\"}"}, {11, ""}, {12, ""}, {13, "true"},
	{16, NULL}, {17, "{\"257 3 13 AQPJ\"}"}, {18, "7"}, {19, "true"}}},
	{"update by extension only", HEAD "<update><d:update " D "><d:name>a.x</d:name></d:update></update><extension><update " S
	"><chg/></update></extension>" TAIL, 0, {{2, "a.x"}, {18, NULL}, {0}}},
	{"poll req", HEAD "<poll op=\" req \"/>" TAIL, 0, {{2, NULL}, {0}}},
	{"poll req ignores an id", HEAD "<poll op=\"req\" msgID=\"x\"/>" TAIL, 0, {{2, NULL}, {0}}},
	{"poll ack", HEAD "<poll msgID=\" 12 \" op=\"ack\"/>" TAIL, 0, {{2, "12"}, {0}}},
	{"transfer query", HEAD "<transfer op=\"query\"><d:transfer " D "><d:name>a.x</d:name><d:period unit=\"y\">1</d:period>"
	"</d:transfer></transfer>" TAIL, 0, {{2, "a.x"}, {3, NULL}, {4, NULL}, {5, NULL}, {0}}},
	{"transfer request", HEAD "<transfer op=\"request\"><d:transfer " D "><d:name>a.x</d:name><d:period unit=\"y\">1</d:period>"
	"<d:authInfo><d:pw roid=\"A-B\">p w</d:pw></d:authInfo></d:transfer></transfer>" TAIL, 0,
	{{2, "a.x"}, {3, "p w"}, {4, "A-B"}, {5, "1"}, {6, "y"}, {0}}},
	{"transfer approve", HEAD "<transfer op=\"approve\"><d:transfer " D "><d:name>a.x</d:name><d:authInfo><d:pw>x</d:pw></d:authInfo>"
	"</d:transfer></transfer>" TAIL, 0, {{2, "a.x"}, {3, NULL}, {0}}},
	{"restore request", HEAD "<update><d:update " D "><d:name>a.x</d:name><d:add>\n</d:add><d:chg/></d:update></update><extension>"
	"<r:update " R "><r:restore op=\"request\"/></r:update></extension>" TAIL, 0, {{2, "a.x"}, {3, NULL}, {0}}},
	{"restore report", HEAD "<update><d:update " D "><d:name>a.x</d:name><d:chg/></d:update></update><extension><r:update " R
	"><r:restore op=\"report\"><r:report><r:preData>a &amp; b</r:preData><r:postData>&lt; <d:name " D ">a.x</d:name><d:pw " D ">secret</d:pw></r:postData>"
	"<r:delTime>2003-07-10T22:00:00.0Z</r:delTime><r:resTime>2003-07-20T22:00:00Z</r:resTime><r:resReason lang=\"en\">error</r:resReason>"
	"<r:statement>one, \"1\"</r:statement><r:statement lang=\"fr\">two</r:statement></r:report></r:restore></r:update></extension>" TAIL, 0,
	{{2, "a.x"}, {3, "a & b"}, {4, "&lt; <d:name xmlns:d=\"urn:ietf:params:xml:ns:domain-1.0\">a.x</d:name>"
	"<d:pw xmlns:d=\"urn:ietf:params:xml:ns:domain-1.0\"/>"}, {5, "2003-07-10T22:00:00.0Z"}, {6, "2003-07-20T22:00:00Z"}, {7, "error"},
	{8, "{\"one, \\\"1\\\"\",\"two\"}"}, {9, NULL}, {0}}},
	{"contact", HEAD "<create><create " C "><id>sh8013</id><postalInfo type=\"loc\"><name>J\xc3\xb6</name><addr><street>1</street>"
	"<street>2</street><city>D</city><cc>US</cc></addr></postalInfo><voice x=\"12\">+1.5</voice><email>a@b</email><authInfo><pw>x</pw>"
	"</authInfo><disclose flag=\"0\"><name type=\"int\"/><voice/></disclose></create></create>" TAIL, 0,
	{{3, NULL}, {4, "{\"J\xc3\xb6\",NULL,\"1\",\"2\",NULL,\"D\",NULL,NULL,\"US\"}"}, {5, "+1.5"}, {6, "12"}, {7, NULL}, {11, "false"},
	{12, "{\"name:int\",\"voice\"}"}, {0}}},
	{"contact update clears an extension", HEAD "<update><update " C "><id>sh8013</id><chg><postalInfo type=\"int\"><org/></postalInfo>"
	"<voice>+1.5</voice><fax/></chg></update></update>" TAIL, 0,
	{{5, "{NULL,\"\",NULL,NULL,NULL,NULL,NULL,NULL,NULL}"}, {6, NULL}, {7, "+1.5"}, {8, ""}, {9, ""}, {10, ""}, {11, NULL}, {0}}},
	{"host", HEAD "<update><update " H "><name>h</name><add><addr>192.0.2.1</addr><addr ip=\"v6\">2001:DB8::1</addr></add>"
	"<chg><name>i</name></chg></update></update>" TAIL, 0, {{2, "h"}, {3, "{\"192.0.2.1\",\"2001:DB8::1\"}"}, {4, NULL}, {7, "i"}, {0}}},
};

static void
test_grammars(void)
{
	static EppParameters p;

	for (size_t i = 0; i < sizeof(grammar_cases) / sizeof(grammar_cases[0]); i++)
	{
		const GrammarCase *c = &grammar_cases[i];
		EppRequest	request;
		EppFlaw		flaw = {0};
		const char *values[EPP_PARAMETER_MAX];
		int			code = verdict(c->text, strlen(c->text), &request, &p, &flaw);

		ok(code == c->code, c->name);
		if (code != c->code)
			printf("# got %d: %s\n", code, flaw.reason);
		if (code == 0 && c->code == 0)
		{
			epp_parameters_values(&p, EPP_PARAMETER_MAX, values);
			for (int e = 0; e < 12 && c->expect[e].at; e++)
				is_text(values[c->expect[e].at - 1], c->expect[e].value, "  its parameter");
			is_text(request.cltrid, "ABC-1", "  its clTRID");
		}
		epp_request_free(&request);
	}
}

/* Secrets must not come back in <value>. */
static void
test_copies(void)
{
	static const char text[] = HEAD "<create><d:create " D "><d:name>a.x</d:name><d:authInfo><d:pw>secret</d:pw></d:authInfo>"
		"</d:create></create>" TAIL;
	EppRequest	request;
	EppFlaw		flaw;
	GwBuf		out = {0};
	const xmlNode *node;

	epp_request_read(&request, text, strlen(text), &flaw);
	epp_xml_copy(&out, request.object_node);
	ok(strstr(out.data, "a.x") && !strstr(out.data, "secret"), "a copy of a command has no secret in it");
	node = epp_request_find(&request, "domain:pw", NULL);
	gw_buf_reset(&out);
	epp_xml_copy(&out, node);
	ok(node && !strstr(out.data, "secret"), "a copy of a secret is empty");
	ok(epp_request_find(&request, "domain:name", "domain \"a.x\" exists") != NULL, "the element an error means is found");
	ok(epp_request_find(&request, "nosuch:name", NULL) == NULL, "an element of no namespace is not");
	epp_request_free(&request);
	gw_buf_free(&out);
}

static void
test_times(void)
{
	static const char *const rows[][2] = {
		{"2026-11-21 11:42:11+00", "2026-11-21T11:42:11.000Z"},
		{"2026-11-21 11:42:11.1+00", "2026-11-21T11:42:11.100Z"},
		{"2026-11-21 11:42:11.123456+00", "2026-11-21T11:42:11.123Z"},
	};
	char		text[40];

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
	{
		epp_time_text(rows[i][0], text, sizeof(text));
		is_text(text, rows[i][1], "time");
	}
}

/* "file code" for each file. */
static int
print_verdicts(int count, char **files)
{
	static EppParameters p;

	for (int i = 0; i < count; i++)
	{
		FILE	   *stream = fopen(files[i], "r");
		char	   *text = NULL;
		size_t		size = 0;
		ssize_t		length = stream ? getdelim(&text, &size, '\0', stream) : -1;
		EppRequest	request;
		EppFlaw		flaw = {0};

		if (length < 0)
			return 1;
		printf("%s %d %s\n", files[i], verdict(text, (size_t) length, &request, &p, &flaw), flaw.reason);
		epp_request_free(&request);
		free(text);
		fclose(stream);
	}
	return 0;
}

int
main(int argc, char **argv)
{
	if (argc > 1)
		return print_verdicts(argc - 1, argv + 1);
	test_frames();
	test_types();
	test_grammars();
	test_copies();
	test_times();
	return done();
}
