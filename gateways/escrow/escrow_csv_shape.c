/*
 * escrow_csv_shape.c
 *		Objects as CSV records. See escrow_csv_shape.h.
 *
 *		What the CSV model has no field for is a custom one (a registrar's WHOIS server, an IDN table's policy).
 */
#include "escrow_csv_shape.h"
#include "escrow_object.h"
#include "gw_memory.h"

#include <string.h>

const char *const csv_prefixes[] = {
	[STAGE_DOMAIN] = "csvDomain", [STAGE_HOST] = "csvHost", [STAGE_CONTACT] = "csvContact",
	[STAGE_REGISTRAR] = "csvRegistrar", [STAGE_IDN] = "csvIDN", [STAGE_NNDN] = "csvNNDN",
};

#define ADDRESS(form) \
	"<csvContact:fStreet isLoc=\"" form "\" index=\"0\"/><csvContact:fStreet isLoc=\"" form "\" index=\"1\"/><csvContact:fStreet isLoc=\"" form "\" index=\"2\"/>" \
	"<csvContact:fCity isLoc=\"" form "\" isRequired=\"false\"/><csvContact:fSp isLoc=\"" form "\"/><csvContact:fPc isLoc=\"" form "\"/>" \
	"<csvContact:fCc isLoc=\"" form "\" isRequired=\"false\"/>"
#define HISTORY		"<rdeCsv:fClID/><rdeCsv:fCrRr/><rdeCsv:fCrDate/><rdeCsv:fUpRr/><rdeCsv:fUpDate/>"
#define TRANSFER	"<rdeCsv:fTrStatus/><rdeCsv:fReRr/><rdeCsv:fReDate/><rdeCsv:fAcRr/><rdeCsv:fAcDate/>"
#define KEY_DATA(required) \
	"<csvDomain:fFlags isRequired=\"" required "\"/><csvDomain:fProtocol isRequired=\"" required "\"/><csvDomain:fKeyAlg isRequired=\"" required "\"/>" \
	"<csvDomain:fPubKey isRequired=\"" required "\"/>"
#define NAME_OF		"<csvDomain:fName parent=\"true\"/>"
#define ID_OF		"<csvContact:fId parent=\"true\"/>"

const CsvShape csv_shapes[CSV_SHAPES] = {
	[CSV_DOMAIN] = {"domain", NULL, STAGE_DOMAIN, "<csvDomain:fName/><rdeCsv:fRoid/><rdeCsv:fUName/><rdeCsv:fIdnTableId/><csvDomain:fOriginalName/><rdeCsv:fRegistrant/>"
	HISTORY "<rdeCsv:fExDate/><rdeCsv:fTrDate/>", true, "<csvDomain:fName/>"},
	[CSV_DOMAIN_CONTACTS] = {"domainContacts", NULL, STAGE_DOMAIN, NAME_OF "<csvContact:fId/><csvDomain:fContactType/>"},
	[CSV_DOMAIN_STATUSES] = {"domainStatuses", NULL, STAGE_DOMAIN, NAME_OF "<csvDomain:fStatus/><rdeCsv:fStatusDescription/><csvDomain:fRgpStatus/>"},
	[CSV_DOMAIN_HOSTS] = {"domainNameServers", NULL, STAGE_DOMAIN, NAME_OF "<csvHost:fName/>"},
	[CSV_DOMAIN_ATTRIBUTES] = {"domainNameServersAddresses", NULL, STAGE_DOMAIN, NAME_OF "<csvHost:fName/><csvHost:fAddr/><csvHost:fAddrVersion/>"},
	[CSV_DS] = {"dnssec", "dnssec-ds", STAGE_DOMAIN, NAME_OF "<csvDomain:fMaxSigLife/><csvDomain:fKeyTag/><csvDomain:fDsAlg/><csvDomain:fDigestType/><csvDomain:fDigest/>" KEY_DATA("false")},
	[CSV_KEYS] = {"dnssec", "dnssec-key", STAGE_DOMAIN, NAME_OF "<csvDomain:fMaxSigLife/>" KEY_DATA("true")},
	[CSV_DOMAIN_TRANSFER] = {"domainTransfer", NULL, STAGE_DOMAIN, NAME_OF TRANSFER "<rdeCsv:fExDate/>"},
	[CSV_HOST] = {"host", NULL, STAGE_HOST, "<csvHost:fName/><rdeCsv:fRoid/>" HISTORY "<rdeCsv:fTrDate/>", true, "<rdeCsv:fRoid/>"},
	[CSV_HOST_STATUSES] = {"hostStatuses", NULL, STAGE_HOST, "<rdeCsv:fRoid parent=\"true\"/><csvHost:fStatus/>"},
	[CSV_HOST_ADDRESSES] = {"hostAddresses", NULL, STAGE_HOST, "<rdeCsv:fRoid parent=\"true\"/><csvHost:fAddr isRequired=\"true\"/><csvHost:fAddrVersion isRequired=\"true\"/>"},
	[CSV_CONTACT] = {"contact", NULL, STAGE_CONTACT, "<csvContact:fId/><rdeCsv:fRoid/><csvContact:fVoice/><csvContact:fVoiceExt/><csvContact:fFax/><csvContact:fFaxExt/><csvContact:fEmail/>"
	HISTORY "<rdeCsv:fTrDate/>", true, "<csvContact:fId/>"},
	[CSV_CONTACT_STATUSES] = {"contactStatuses", NULL, STAGE_CONTACT, ID_OF "<csvContact:fStatus/>"},
	[CSV_CONTACT_POSTAL] = {"contactPostal", NULL, STAGE_CONTACT, ID_OF "<csvContact:fPostalType/><csvContact:fName/><csvContact:fOrg/><csvContact:fStreet index=\"0\"/>"
	"<csvContact:fStreet index=\"1\"/><csvContact:fStreet index=\"2\"/><csvContact:fCity/><csvContact:fSp/><csvContact:fPc/><csvContact:fCc/>"},
	[CSV_CONTACT_TRANSFER] = {"contactTransfer", NULL, STAGE_CONTACT, ID_OF TRANSFER},
	[CSV_CONTACT_DISCLOSE] = {"contactDisclose", NULL, STAGE_CONTACT, ID_OF "<csvContact:fDiscloseFlag/><csvContact:fDiscloseNameLoc/><csvContact:fDiscloseNameInt/>"
	"<csvContact:fDiscloseOrgLoc/><csvContact:fDiscloseOrgInt/><csvContact:fDiscloseAddrLoc/><csvContact:fDiscloseAddrInt/><csvContact:fDiscloseVoice/>"
	"<csvContact:fDiscloseFax/><csvContact:fDiscloseEmail/>"},
	[CSV_REGISTRAR] = {"registrar", NULL, STAGE_REGISTRAR, "<csvRegistrar:fId/><csvRegistrar:fName/><csvRegistrar:fGurid/><csvRegistrar:fStatus/>" ADDRESS("false") ADDRESS("true")
	"<csvContact:fVoice/><csvContact:fFax/><csvContact:fEmail isRequired=\"false\"/><rdeCsv:fUrl/><csvRegistrar:fWhoisUrl/><rdeCsv:fCustom name=\"whoisServer\"/>"
	"<rdeCsv:fCrDate/><rdeCsv:fUpDate/>", true, "<csvRegistrar:fId/>"},
	[CSV_IDN] = {"idnLanguage", NULL, STAGE_IDN, "<rdeCsv:fIdnTableId isRequired=\"true\"/><rdeCsv:fUrl isRequired=\"true\"/><rdeCsv:fCustom name=\"urlPolicy\" type=\"anyURI\"/>", true,
	"<rdeCsv:fIdnTableId isRequired=\"true\"/>"},
	[CSV_NNDN] = {"NNDN", NULL, STAGE_NNDN, "<csvNNDN:fAName/><rdeCsv:fUName/><rdeCsv:fIdnTableId/><csvNNDN:fOriginalName/><csvNNDN:fNameState/><csvNNDN:fMirroringNS/><rdeCsv:fCrDate/>", true,
	"<csvNNDN:fAName/>"},
};

void
csv_field(CsvOut *out, const char *text)
{
	if (out->fields++ > 0)
		gw_buf_putc(&out->record, ',');
	if (!text || !text[strcspn(text, ",\"\r\n")])
	{
		gw_buf_puts(&out->record, text ? text : "");
		return;
	}
	gw_buf_putc(&out->record, '"');
	for (; *text; text++)
	{
		if (*text == '"')
			gw_buf_putc(&out->record, '"');
		gw_buf_putc(&out->record, *text);
	}
	gw_buf_putc(&out->record, '"');
}

/* The texts of children, each a field. */
static void
children(CsvOut *out, xmlNodePtr parent, const char *const *names)
{
	for (; *names; names++)
	{
		char	   *text = object_text(object_child(parent, *names));

		csv_field(out, text);
		xmlFree(text);
	}
}

#define CHILDREN(out, parent, ...)	children(out, parent, (const char *const[]) {__VA_ARGS__, NULL})

static void
attribute(CsvOut *out, xmlNodePtr node, const char *name)
{
	char	   *text = node ? (char *) xmlGetProp(node, (const xmlChar *) name) : NULL;

	csv_field(out, text);
	xmlFree(text);
}

static void
text(CsvOut *out, xmlNodePtr node)
{
	char	   *content = object_text(node);

	csv_field(out, content);
	xmlFree(content);
}

/* The RGP status that stands in the record of a status: below pendingDelete, else below the first; none where it has a text of its own. */
static xmlNodePtr
rgp_beside(xmlNodePtr status, xmlNodePtr deleting, xmlNodePtr rgp)
{
	char	   *words = status == deleting ? object_text(status) : NULL;
	bool		beside = status == deleting && !(words && *words);

	xmlFree(words);
	return beside ? rgp : NULL;
}

/* RGP statuses below pendingDelete stand beside it, the others beside the first status: in its record while that has room. */
static void
domain_statuses(CsvOut *out, const char *name, xmlNodePtr o)
{
	xmlNodePtr	first = object_child(o, "status"),
				rgp = object_child(o, "rgpStatus"),
				deleting = first,
				beside;

	for (xmlNodePtr status = first; status; status = object_next(status))
	{
		char	   *word = (char *) xmlGetProp(status, (const xmlChar *) "s");

		if (word && strcmp(word, "pendingDelete") == 0)
			deleting = status;
		xmlFree(word);
	}
	for (xmlNodePtr status = first; status; status = object_next(status))
	{
		beside = rgp_beside(status, deleting, rgp);
		csv_field(out, name);
		attribute(out, status, "s");
		text(out, beside ? beside : status);
		attribute(out, beside, "s");
		csv_record(out);
		rgp = beside ? object_next(beside) : rgp;
	}
	for (; rgp; rgp = object_next(rgp))
	{
		csv_field(out, name);
		attribute(out, deleting, "s");
		text(out, rgp);
		attribute(out, rgp, "s");
		csv_record(out);
	}
}

static void
address_fields(CsvOut *out, xmlNodePtr address)
{
	text(out, address);
	attribute(out, address, "ip");
	csv_record(out);
}

static void
name_servers(CsvOut *outs, const char *name, xmlNodePtr ns)
{
	CsvOut	   *out = &outs[CSV_DOMAIN_ATTRIBUTES];

	for (xmlNodePtr host = object_child(ns, "hostObj"); host; host = object_next(host))
	{
		csv_field(&outs[CSV_DOMAIN_HOSTS], name);
		text(&outs[CSV_DOMAIN_HOSTS], host);
		csv_record(&outs[CSV_DOMAIN_HOSTS]);
	}
	for (xmlNodePtr host = object_child(ns, "hostAttr"); host; host = object_next(host))
	{
		xmlNodePtr	address = object_child(host, "hostAddr");

		do
		{
			csv_field(out, name);
			CHILDREN(out, host, "hostName");
			address_fields(out, address);
			address = address ? object_next(address) : NULL;
		} while (address);
	}
}

static void
dnssec(CsvOut *outs, const char *name, xmlNodePtr secdns)
{
	for (xmlNodePtr data = object_child(secdns, "dsData"); data; data = object_next(data))
	{
		csv_field(&outs[CSV_DS], name);
		CHILDREN(&outs[CSV_DS], secdns, "maxSigLife");
		CHILDREN(&outs[CSV_DS], data, "keyTag", "alg", "digestType", "digest");
		CHILDREN(&outs[CSV_DS], object_child(data, "keyData"), "flags", "protocol", "alg", "pubKey");
		csv_record(&outs[CSV_DS]);
	}
	for (xmlNodePtr data = object_child(secdns, "keyData"); data; data = object_next(data))
	{
		csv_field(&outs[CSV_KEYS], name);
		CHILDREN(&outs[CSV_KEYS], secdns, "maxSigLife");
		CHILDREN(&outs[CSV_KEYS], data, "flags", "protocol", "alg", "pubKey");
		csv_record(&outs[CSV_KEYS]);
	}
}

static void
transfer(CsvOut *out, const char *key, xmlNodePtr transfer, bool domain)
{
	if (!transfer)
		return;
	csv_field(out, key);
	CHILDREN(out, transfer, "trStatus", "reRr", "reDate", "acRr", "acDate");
	if (domain)
		CHILDREN(out, transfer, "exDate");
	csv_record(out);
}

static void
domain(CsvOut *outs, const char *name, xmlNodePtr o)
{
	CHILDREN(&outs[CSV_DOMAIN], o, "name", "roid", "uName", "idnTableId", "originalName", "registrant", "clID", "crRr", "crDate", "upRr", "upDate", "exDate", "trDate");
	csv_record(&outs[CSV_DOMAIN]);
	for (xmlNodePtr contact = object_child(o, "contact"); contact; contact = object_next(contact))
	{
		csv_field(&outs[CSV_DOMAIN_CONTACTS], name);
		text(&outs[CSV_DOMAIN_CONTACTS], contact);
		attribute(&outs[CSV_DOMAIN_CONTACTS], contact, "type");
		csv_record(&outs[CSV_DOMAIN_CONTACTS]);
	}
	domain_statuses(&outs[CSV_DOMAIN_STATUSES], name, o);
	name_servers(outs, name, object_child(o, "ns"));
	dnssec(outs, name, object_child(o, "secDNS"));
	transfer(&outs[CSV_DOMAIN_TRANSFER], name, object_child(o, "trnData"), true);
}

/* Statuses of hosts and contacts. */
static void
statuses(CsvOut *out, const char *key, xmlNodePtr o)
{
	for (xmlNodePtr status = object_child(o, "status"); status; status = object_next(status))
	{
		csv_field(out, key);
		attribute(out, status, "s");
		csv_record(out);
	}
}

static void
host(CsvOut *outs, xmlNodePtr o)
{
	char	   *roid = object_text(object_child(o, "roid"));

	CHILDREN(&outs[CSV_HOST], o, "name", "roid", "clID", "crRr", "crDate", "upRr", "upDate", "trDate");
	csv_record(&outs[CSV_HOST]);
	statuses(&outs[CSV_HOST_STATUSES], roid, o);
	for (xmlNodePtr address = object_child(o, "addr"); address; address = object_next(address))
	{
		csv_field(&outs[CSV_HOST_ADDRESSES], roid);
		address_fields(&outs[CSV_HOST_ADDRESSES], address);
	}
	xmlFree(roid);
}

/* Three lines of street, city, state, code, country. */
static void
address(CsvOut *out, xmlNodePtr address)
{
	xmlNodePtr	street = object_child(address, "street");

	for (int i = 0; i < 3; i++, street = street ? object_next(street) : NULL)
		text(out, street);
	CHILDREN(out, address, "city", "sp", "pc", "cc");
}

/* Which of the fields are disclosed or not: 1, else empty. */
static void
disclose(CsvOut *out, const char *id, xmlNodePtr disclose)
{
	static const char *const order[][2] = {{"name", "loc"}, {"name", "int"}, {"org", "loc"}, {"org", "int"}, {"addr", "loc"}, {"addr", "int"},
	{"voice", NULL}, {"fax", NULL}, {"email", NULL}};

	if (!disclose)
		return;
	csv_field(out, id);
	attribute(out, disclose, "flag");
	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++)
	{
		bool		named = false;

		for (xmlNodePtr child = object_child(disclose, order[i][0]); child; child = object_next(child))
		{
			char	   *type = (char *) xmlGetProp(child, (const xmlChar *) "type");

			named |= !order[i][1] || (type && strcmp(type, order[i][1]) == 0);
			xmlFree(type);
		}
		csv_field(out, named ? "1" : NULL);
	}
	csv_record(out);
}

static void
contact(CsvOut *outs, const char *id, xmlNodePtr o)
{
	CsvOut	   *out = &outs[CSV_CONTACT];
	CsvOut	   *postal = &outs[CSV_CONTACT_POSTAL];

	CHILDREN(out, o, "id", "roid", "voice");
	attribute(out, object_child(o, "voice"), "x");
	CHILDREN(out, o, "fax");
	attribute(out, object_child(o, "fax"), "x");
	CHILDREN(out, o, "email", "clID", "crRr", "crDate", "upRr", "upDate", "trDate");
	csv_record(out);
	statuses(&outs[CSV_CONTACT_STATUSES], id, o);
	for (xmlNodePtr info = object_child(o, "postalInfo"); info; info = object_next(info))
	{
		csv_field(postal, id);
		attribute(postal, info, "type");
		CHILDREN(postal, info, "name", "org");
		address(postal, object_child(info, "addr"));
		csv_record(postal);
	}
	transfer(&outs[CSV_CONTACT_TRANSFER], id, object_child(o, "trnData"), false);
	disclose(&outs[CSV_CONTACT_DISCLOSE], id, object_child(o, "disclose"));
}

static void
registrar(CsvOut *out, xmlNodePtr o)
{
	static const char *const forms[] = {"int", "loc"};
	xmlNodePtr	info = object_child(o, "postalInfo");
	char	   *form = info ? (char *) xmlGetProp(info, (const xmlChar *) "type") : NULL;

	CHILDREN(out, o, "id", "name", "gurid", "status");
	for (int i = 0; i < 2; i++)
		address(out, form && strcmp(form, forms[i]) == 0 ? object_child(info, "addr") : NULL);
	CHILDREN(out, o, "voice", "fax", "email", "url");
	CHILDREN(out, object_child(o, "whoisInfo"), "url", "name");
	CHILDREN(out, o, "crDate", "upDate");
	csv_record(out);
	xmlFree(form);
}

void
csv_object(CsvOut *outs, StageTable table, xmlNodePtr object)
{
	char	   *key = object_key(table, object);

	if (table == STAGE_DOMAIN)
		domain(outs, key, object);
	else if (table == STAGE_HOST)
		host(outs, object);
	else if (table == STAGE_CONTACT)
		contact(outs, key, object);
	else if (table == STAGE_REGISTRAR)
		registrar(&outs[CSV_REGISTRAR], object);
	else if (table == STAGE_IDN)
	{
		csv_field(&outs[CSV_IDN], key);
		CHILDREN(&outs[CSV_IDN], object, "url", "urlPolicy");
		csv_record(&outs[CSV_IDN]);
	}
	else
	{
		CHILDREN(&outs[CSV_NNDN], object, "aName", "uName", "idnTableId", "originalName", "nameState");
		attribute(&outs[CSV_NNDN], object_child(object, "nameState"), "mirroringNS");
		CHILDREN(&outs[CSV_NNDN], object, "crDate");
		csv_record(&outs[CSV_NNDN]);
	}
	xmlFree(key);
}
