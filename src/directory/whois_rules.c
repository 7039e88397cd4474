/*
 * whois_rules.c
 *	  WHOIS answers, pure. The usual order of the lines is that of Specification 4, and the usual labels are
 *	  those of ICANN's consistent labeling policy. Fields without a value are left out.
 */
#include "directory/whois_rules.h"

#include <stdio.h>
#include <string.h>

static const char redacted[] = "REDACTED FOR PRIVACY";

static void
line_end(WhoisAnswer *answer)
{
	dos_text_bytes(answer->text, "\r\n", 2);
}

#define EACH(octet)		(UINT64_C(0x0101010101010101) * (octet))

/* Is one of eight octets a control character? Yes may be said for a no, never the other way. */
static inline bool
has_control(uint64_t word)
{
	uint64_t	deleted = word ^ EACH(0x7F);

	return ((((word - EACH(0x20)) & ~word) | ((deleted - EACH(1)) & ~deleted)) & EACH(0x80)) != 0;
}

/* Text from the database or the client: whatever could end the line becomes a space. */
static void
clean(WhoisAnswer *answer, const char *value, size_t length)
{
	char	   *at;
	char	   *end;

	dos_text_bytes(answer->text, value, length);
	end = answer->text->data + answer->text->length;
	at = end - length;
	while (at < end)
	{
		uint64_t	word;

		/* eight at a time, as long as they are harmless */
		if (end - at >= (ptrdiff_t) sizeof(word) && (memcpy(&word, at, sizeof(word)), !has_control(word)))
		{
			at += sizeof(word);
			continue;
		}
		if ((unsigned char) *at < 0x20 || *at == 0x7F)
			*at = ' ';
		at++;
	}
}

static void
sentence(WhoisAnswer *answer, const char *text)
{
	clean(answer, text, strlen(text));
	line_end(answer);
}

static void
field(WhoisAnswer *answer, const char *label, const char *value)
{
	if (value == NULL || value[0] == '\0')
		return;
	dos_text_string(answer->text, label);
	dos_text_bytes(answer->text, ": ", 2);
	sentence(answer, value);
}

static void
number_field(WhoisAnswer *answer, const char *label, int64_t value)
{
	char		digits[24];

	if (value == 0)
		return;
	snprintf(digits, sizeof(digits), "%lld", (long long) value);
	field(answer, label, digits);
}

/* 2009-05-29T20:15:00Z: Specification 4 has no fractions of seconds. */
static void
date_of(char *date, int64_t at)
{
	dos_text_instant(date, at);
	strcpy(strrchr(date, '.'), "Z");
}

static void
date_field(WhoisAnswer *answer, const char *label, int64_t at)
{
	char		date[DOS_INSTANT_MAX];

	if (at == DIRECTORY_NEVER)
		return;
	date_of(date, at);
	field(answer, label, date);
}

static void
footer(WhoisAnswer *answer, bool with_complaint)
{
	const char *complaint = answer->policy->settings[SETTING_COMPLAINT_URL];
	char		date[DOS_INSTANT_MAX];

	if (with_complaint && dos_directory_is_icann(answer->policy))
		field(answer, "URL of the ICANN Whois Inaccuracy Complaint Form",
			  complaint ? complaint : "https://www.icann.org/wicf/");
	date_of(date, answer->database_at);
	dos_text_string(answer->text, ">>> Last update of WHOIS database: ");
	dos_text_string(answer->text, date);
	dos_text_string(answer->text, " <<<\r\n\r\n");
	if (dos_directory_is_icann(answer->policy))
		dos_text_string(answer->text, "For more information on Whois status codes, please visit https://icann.org/epp\r\n\r\n");
	sentence(answer, answer->policy->settings[SETTING_WHOIS_DISCLAIMER]);
}

/* Each status once, although the lists of EPP and RGP may share a word (pendingDelete). */
static void
status_fields(WhoisAnswer *answer, const char *label, const DirectoryList *statuses)
{
	for (size_t i = 0; i < statuses->count; i++)
	{
		char		value[120];
		size_t		before = 0;

		while (before < i && strcmp(statuses->items[before], statuses->items[i]) != 0)
			before++;
		if (before < i)
			continue;
		if (dos_directory_is_icann(answer->policy))
			snprintf(value, sizeof(value), "%s https://icann.org/epp#%s", statuses->items[i], statuses->items[i]);
		else
			snprintf(value, sizeof(value), "%s", statuses->items[i]);
		field(answer, label, value);
	}
}

/* What stands for a value that is not shown: nothing when its redaction is silent. */
static const char *
withheld(WhoisAnswer *answer, const DirectoryDomain *domain, const char *value, const DisclosureCell *cell, char *room)
{
	const char *form;

	switch (cell->method)
	{
		case METHOD_PARTIAL_VALUE:
			dos_disclosure_mask(value, room);
			return room;

		case METHOD_SILENT:
			return NULL;
		case METHOD_REPLACEMENT_VALUE:
			form = dos_directory_contact_form(answer->policy, domain->registrar, domain->name, room);
			return form ? form : redacted;
		default:
			return redacted;
	}
}

static void
contact_fields(WhoisAnswer *answer, const DirectoryDomain *domain, const DirectoryContact *contact, DirectoryRole role)
{
	static const DisclosureField order[] = {
		FIELD_HANDLE, FIELD_NAME, FIELD_ORG, FIELD_STREET, FIELD_CITY, FIELD_SP, FIELD_PC, FIELD_CC,
		FIELD_VOICE, FIELD_VOICE_X, FIELD_FAX, FIELD_FAX_X, FIELD_EMAIL,
	};
	DisclosurePolicy own;
	const DisclosurePolicy *policy = dos_directory_disclosure(answer->policy, contact, &own);
	size_t		before = answer->text->length;

	if (!dos_disclosure_shows(policy, role, FIELD_OBJECT, contact))
		return;
	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++)
	{
		const char *value = dos_disclosure_value(contact, order[i]);
		bool		is_shown = dos_disclosure_shows(policy, role, order[i], contact);
		char		label[DISCLOSURE_LABEL_MAX];
		char		room[DIRECTORY_FORM_MAX];

		if (value == NULL)
			continue;
		dos_disclosure_label(role, order[i], label);
		value = is_shown ? value : withheld(answer, domain, value, &policy->cells[role][order[i]], room);
		/* who is mentioned at all has an e-mail line, the last of the block */
		if (value == NULL && order[i] == FIELD_EMAIL && answer->text->length > before && dos_directory_is_icann(answer->policy))
			value = redacted;
		field(answer, label, value);
		if (order[i] == FIELD_STREET && is_shown)
		{
			field(answer, label, contact->postal[POSTAL_STREET2]);
			field(answer, label, contact->postal[POSTAL_STREET3]);
		}
	}
}

static void
address_fields(WhoisAnswer *answer, const char *label, const DirectoryHost *host)
{
	for (size_t i = 0; i < host->v4.count; i++)
		field(answer, label, host->v4.items[i]);
	for (size_t i = 0; i < host->v6.count; i++)
		field(answer, label, host->v6.items[i]);
}

/* Key tag, algorithm, digest type and digest; a key may follow. */
static void
ds_fields(WhoisAnswer *answer, const char *label, const DirectoryDomain *domain)
{
	for (size_t i = 0; i < domain->ds.count; i++)
	{
		const char *ds = domain->ds.items[i];
		size_t		length = 0;

		for (int word = 0; word < 4; word++)
		{
			length += word > 0 && ds[length] == ' ';
			length += strcspn(ds + length, " ");
		}
		dos_text_string(answer->text, label);
		dos_text_bytes(answer->text, ": ", 2);
		clean(answer, ds, length);
		line_end(answer);
	}
}

/* Every contact of a role, one after the other. */
static void
role_fields(WhoisAnswer *answer, const DirectoryDomain *domain, DirectoryRole role)
{
	for (size_t i = 0; i < domain->contacts[role].count; i++)
		contact_fields(answer, domain, domain->contacts[role].items[i], role);
}

static void
host_fields(WhoisAnswer *answer, const DirectoryDomain *domain, const char *label, const char *address_label)
{
	for (size_t i = 0; i < domain->host_count; i++)
	{
		field(answer, label, domain->hosts[i]->name);
		if (address_label != NULL)
			address_fields(answer, address_label, domain->hosts[i]);
	}
}

/* The value of an item that is one text of the registrar. */
static const char *
registrar_value(const DirectoryRegistrar *registrar, WhoisItem item)
{
	if (registrar == NULL)
		return NULL;
	switch (item)
	{
		case ITEM_REGISTRAR_WHOIS:
			return registrar->whois_server;
		case ITEM_REGISTRAR_URL:
			return registrar->url;
		case ITEM_REGISTRAR:
			return registrar->name;
		case ITEM_ABUSE_EMAIL:
			return registrar->abuse_email;
		case ITEM_ABUSE_PHONE:
			return registrar->abuse_voice;
		default:
			return NULL;
	}
}

static void
domain_line(WhoisAnswer *answer, const DirectoryDomain *domain, WhoisItem item, const char *label, const char *address_label)
{
	switch (item)
	{
		case ITEM_NAME:
			field(answer, label, domain->name);
			break;
		case ITEM_UNICODE:
			field(answer, label, domain->unicode_name);
			break;
		case ITEM_ROID:
			field(answer, label, domain->roid);
			break;
		case ITEM_UPDATED:
			date_field(answer, label, domain->updated_at);
			break;
		case ITEM_CREATED:
			date_field(answer, label, domain->created_at);
			break;
		case ITEM_EXPIRES:
			date_field(answer, label, domain->expires_at);
			break;
		case ITEM_IANA_ID:
			number_field(answer, label, domain->registrar ? domain->registrar->iana_id : 0);
			break;
		case ITEM_STATUS:
			status_fields(answer, label, &domain->statuses);
			break;
		case ITEM_REGISTRANT:
		case ITEM_ADMIN:
		case ITEM_TECH:
		case ITEM_BILLING:
			role_fields(answer, domain, (DirectoryRole) (item - ITEM_REGISTRANT));
			break;
		case ITEM_NAME_SERVER:
			host_fields(answer, domain, label, address_label);
			break;
		case ITEM_DNSSEC:
			field(answer, label, domain->delegated && domain->ds.count + domain->keys.count > 0 ? "signedDelegation" : "unsigned");
			break;
		case ITEM_DS:
			ds_fields(answer, label, domain);
			break;
		case ITEM_TEXT:
			sentence(answer, label);
			break;
		default:
			field(answer, label, registrar_value(domain->registrar, item));
			break;
	}
}

void
dos_whois_domain(WhoisAnswer *answer, const DirectoryDomain *domain)
{
	const WhoisLine *lines = answer->policy->whois_lines;
	size_t		count = answer->policy->whois_line_count;
	const char *address_label = NULL;

	if (count == 0)
		lines = dos_whois_lines(&count);
	for (size_t i = 0; i < count; i++)
		if (lines[i].item == ITEM_ADDRESS)
			address_label = lines[i].label ? lines[i].label : dos_whois_item_label(ITEM_ADDRESS);
	for (size_t i = 0; i < count; i++)
		if (lines[i].item != ITEM_ADDRESS)
			domain_line(answer, domain, lines[i].item, lines[i].label ? lines[i].label : dos_whois_item_label(lines[i].item), address_label);
	footer(answer, true);
}

void
dos_whois_nameserver(WhoisAnswer *answer, const DirectoryHost *host, const DirectoryRegistrar *registrar)
{
	field(answer, "Server Name", host->name);
	field(answer, "Internationalized Server Name", host->unicode_name);
	address_fields(answer, "IP Address", host);
	if (registrar != NULL)
	{
		field(answer, "Registrar", registrar->name);
		field(answer, "Registrar WHOIS Server", registrar->whois_server);
		field(answer, "Registrar URL", registrar->url);
	}
	footer(answer, false);
}

void
dos_whois_nameservers(WhoisAnswer *answer, const DirectoryHost **hosts, size_t count)
{
	sentence(answer, "Query matched more than one name server:");
	for (size_t i = 0; i < count; i++)
	{
		dos_text_string(answer->text, hosts[i]->roid);
		dos_text_string(answer->text, " (");
		dos_text_string(answer->text, hosts[i]->name);
		dos_text_string(answer->text, ")\r\n");
	}
	footer(answer, false);
}

/* Blocks of Specification 4: administrative contacts first, since that is the order of the words. */
static void
registrar_contact_fields(WhoisAnswer *answer, const DirectoryRegistrar *registrar)
{
	for (size_t i = 0; i < registrar->contact_count; i++)
	{
		const RegistrarContact *contact = &registrar->contacts[i];

		field(answer, strcmp(contact->role, "administrative") == 0 ? "Admin Contact" : "Technical Contact", contact->name);
		field(answer, "Phone Number", contact->voice);
		field(answer, "Fax Number", contact->fax);
		field(answer, "Email", contact->email);
	}
}

void
dos_whois_registrar(WhoisAnswer *answer, const DirectoryRegistrar *registrar)
{
	static const struct
	{
		const char *label;
		DirectoryPostal part;
	}			postal[] = {
		{"Street", POSTAL_STREET1}, {"Street", POSTAL_STREET2}, {"Street", POSTAL_STREET3}, {"City", POSTAL_CITY},
		{"State/Province", POSTAL_SP}, {"Postal Code", POSTAL_PC}, {"Country", POSTAL_CC},
	};

	field(answer, "Registrar", registrar->name);
	for (size_t i = 0; i < sizeof(postal) / sizeof(postal[0]); i++)
		field(answer, postal[i].label, registrar->postal[postal[i].part]);
	field(answer, "Phone Number", registrar->voice);
	field(answer, "Fax Number", registrar->fax);
	field(answer, "Email", registrar->email);
	field(answer, "Registrar WHOIS Server", registrar->whois_server);
	field(answer, "Registrar URL", registrar->url);
	registrar_contact_fields(answer, registrar);
	footer(answer, false);
}

void
dos_whois_no_match(WhoisAnswer *answer, const WhoisQuery *query)
{
	const char *own = answer->policy->settings[SETTING_WHOIS_NO_MATCH];

	if (own != NULL)
	{
		sentence(answer, own);
		footer(answer, false);
		return;
	}
	dos_text_string(answer->text, "No match for ");
	if (query->object != WHOIS_ANY)
	{
		dos_text_string(answer->text, dos_whois_object_name(query->object));
		dos_text_string(answer->text, " ");
	}
	dos_text_string(answer->text, "\"");
	clean(answer, query->term, query->length);
	dos_text_string(answer->text, "\".\r\n");
	footer(answer, false);
}

void
dos_whois_off(WhoisAnswer *answer)
{
	const char *url = answer->policy->settings[SETTING_RDAP_BASE_URL];

	dos_text_string(answer->text, "WHOIS is not offered for this zone. ");
	if (url != NULL)
	{
		dos_text_string(answer->text, "Use RDAP: ");
		sentence(answer, url);
	}
	else
		sentence(answer, "Use RDAP.");
	footer(answer, false);
}

void
dos_whois_invalid_name(WhoisAnswer *answer, const char *why)
{
	dos_text_string(answer->text, "Invalid query: ");
	sentence(answer, why);
	footer(answer, false);
}

void
dos_whois_refusal(WhoisAnswer *answer, WhoisProblem problem)
{
	static const char *const sentences[WHOIS_PROBLEM_COUNT] = {
		[WHOIS_OK] = "",
		[WHOIS_EMPTY] = "A name is needed.",
		[WHOIS_TOO_LONG] = "The line is too long.",
		[WHOIS_CHARACTER] = "Control characters and bytes that are not UTF-8 are not allowed.",
	};

	dos_whois_invalid_name(answer, sentences[problem]);
}
