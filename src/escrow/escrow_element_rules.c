/*
 * escrow_element_rules.c
 *	  Elements of XML. See escrow_element_rules.h.
 */
#include "escrow/escrow_element_rules.h"

#include <string.h>

void
dos_escrow_put(const EscrowWriter *out, const char *text)
{
	out->write(out->arg, text, strlen(text));
}

/* Line ends and tabs never come here: the check refuses them. */
void
dos_escrow_text_xml(const EscrowWriter *out, const char *text)
{
	const char *plain = text;

	for (;; text++)
	{
		const char *entity;

		switch (*text)
		{
			case '&':
				entity = "&amp;";
				break;
			case '<':
				entity = "&lt;";
				break;
			case '>':
				entity = "&gt;";
				break;
			case '"':
				entity = "&quot;";
				break;
			case '\0':
				entity = NULL;
				break;
			default:
				continue;
		}
		if (text > plain)
			out->write(out->arg, plain, (size_t) (text - plain));
		if (!entity)
			return;
		dos_escrow_put(out, entity);
		plain = text + 1;
	}
}

void
dos_escrow_start(const EscrowWriter *out, const char *element)
{
	dos_escrow_put(out, "<");
	dos_escrow_put(out, element);
	dos_escrow_put(out, ">");
}

void
dos_escrow_end(const EscrowWriter *out, const char *element)
{
	dos_escrow_put(out, "</");
	dos_escrow_put(out, element);
	dos_escrow_put(out, ">");
}

void
dos_escrow_element_text(const EscrowWriter *out, const char *element, const char *text)
{
	dos_escrow_start(out, element);
	dos_escrow_text_xml(out, text);
	dos_escrow_end(out, element);
}

void
dos_escrow_element(const EscrowWriter *out, const char *name, const EscrowValue *value)
{
	if (value->present)
		dos_escrow_element_text(out, name, value->text);
}

/* <element attribute="value"/>, or with a text. */
void
dos_escrow_element_with(const EscrowWriter *out, const char *name, const char *attribute, const char *value, const char *text)
{
	dos_escrow_put(out, "<");
	dos_escrow_put(out, name);
	dos_escrow_put(out, " ");
	dos_escrow_put(out, attribute);
	dos_escrow_put(out, "=\"");
	dos_escrow_text_xml(out, value);
	if (!text)
	{
		dos_escrow_put(out, "\"/>");
		return;
	}
	dos_escrow_put(out, "\">");
	dos_escrow_text_xml(out, text);
	dos_escrow_end(out, name);
}

/* Split "word rest" at its first `separator`; the word is copied, cut at its limit. */
const char *
dos_escrow_word_split(const char *text, char separator, char *word, size_t size)
{
	const char *found = strchr(text, separator);
	size_t		length = found ? (size_t) (found - text) : strlen(text);

	if (length >= size)
		length = size - 1;
	memcpy(word, text, length);
	word[length] = '\0';
	return found ? found + 1 : NULL;
}

void
dos_escrow_statuses(const EscrowWriter *out, const char *name, const EscrowValue *value)
{
	for (int i = 0; i < value->count; i++)
		dos_escrow_element_with(out, name, "s", value->items[i], NULL);
}

void
dos_escrow_address(const EscrowWriter *out, const char *name, const char *text)
{
	dos_escrow_element_with(out, name, "ip", strchr(text, ':') ? "v6" : "v4", text);
}
